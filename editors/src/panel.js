// What stands on the chosen element: a plain form of our own, every change of which can be undone like a stroke.

import { is } from "bpmn-js/lib/util/ModelUtil.js";
import { h, later, said } from "./talk.js";

const ACTIVITY = "bpmn:Activity";
const UNITS = [
  ["workday", "工作日", "working days"], ["day", "天（自然日）", "calendar days"], ["week", "周", "weeks"], ["month", "个月", "months"],
  ["year", "年", "years"], ["hour", "小时", "hours"], ["minute", "分钟", "minutes"],
];
const QUORUMS = [
  ["", "全部说完，没有人反对", "All heard, nobody against"], ["all", "全部同意（一人反对即止）", "All agree (ends at the first against)"],
  ["any", "一人同意即可", "Any one agrees"], ["majority", "多数同意", "A majority agrees"], ["weighted", "按权重过线", "Enough weight agrees"],
];
const UNDRAWN = new Set(["label"]);

export class Panel {
  constructor({ modeler, box, options, readonly }) {
    Object.assign(this, { box, options, readonly });
    for (const name of ["modeling", "elementRegistry", "canvas", "bpmnFactory", "moddle", "selection"]) this[name] = modeler.get(name, false);
    const bus = modeler.get("eventBus");
    const soon = later(0, () => this.show()); // when a field is left for the next one, that one has the focus by then
    bus.on(["selection.changed", "commandStack.changed", "import.done"], soon);
  }

  /** Show the form of what is chosen; while somebody types in it, it stays as it is. */
  show() {
    const chosen = this.selection?.get() || [];
    const element = chosen.length === 1 ? chosen[0].labelTarget || chosen[0] : this.canvas.getRootElement();
    const own = this.box.contains(document.activeElement);
    if (own && this.element === element) return;
    this.element = element;
    if (!element?.businessObject || UNDRAWN.has(element.type)) return;
    this.business = element.businessObject;
    this.box.replaceChildren(...(chosen.length > 1 ? [h("p", { class: "mut" }, said("选中了多个元素。", "Several elements are chosen."))] : this.fields()));
  }

  set(properties) {
    this.modeling.updateProperties(this.element, properties);
  }

  setOn(target, properties) {
    this.modeling.updateModdleProperties(this.element, target, properties);
  }

  // -- fields ---------------------------------------------------------------------------------------------------------

  field(label, value, change, { hint, list, type = "text", rows } = {}) {
    const id = `p-${++this.constructor.count}`;
    const attributes = { id, class: "in", disabled: this.readonly, autocomplete: "off", onchange: (event) => change(event.target.value.trim()) };
    const input = rows ? h("textarea", { ...attributes, rows }) : h("input", { ...attributes, type, list, min: type === "number" ? 1 : null });
    input.value = value ?? "";
    if (hint) input.setAttribute("aria-describedby", `${id}-h`);
    return h("div", { class: "pf" }, h("label", { for: id }, label), input, hint ? h("p", { class: "hint", id: `${id}-h` }, hint) : null);
  }

  choice(label, value, options, change, hint) {
    const id = `p-${++this.constructor.count}`;
    const known = options.some(([key]) => key === (value ?? ""));
    const all = known ? options : [[value ?? "", value || said("（没有选）", "(not chosen)")], ...options];
    const select = h("select", { id, disabled: this.readonly, onchange: (event) => change(event.target.value) },
      all.map(([key, zh, en]) => h("option", { value: key, selected: key === (value ?? "") }, said(zh, en || zh))));
    return h("div", { class: "pf" }, h("label", { for: id }, label), select, hint ? h("p", { class: "hint" }, hint) : null);
  }

  tick(label, value, change) {
    return h("label", { class: "pf tick" }, h("input", { type: "checkbox", checked: value, disabled: this.readonly, onchange: (event) => change(event.target.checked) }), label);
  }

  plain(name, label, more) {
    return this.field(label, this.business.get(name), (value) => this.set({ [name]: value || undefined }), more);
  }

  fields() {
    const found = [h("h3", { class: "sec1" }, this.kind())];
    const business = this.business;
    if (!is(business, "bpmn:SequenceFlow") && !is(business, "bpmn:TextAnnotation") && !is(business, "bpmn:Collaboration")) {
      found.push(this.plain("name", said("名称（中文）", "Name (Chinese)"), { rows: 2 }));
      if (this.takes("tongban:nameEn")) found.push(this.plain("tongban:nameEn", said("名称（英文）", "Name (English)")));
    }
    if (is(business, "bpmn:Activity")) found.push(...this.activity());
    if (is(business, "bpmn:Event")) found.push(...this.event());
    if (is(business, "bpmn:SequenceFlow")) found.push(...this.flow());
    if (is(business, "bpmn:Lane")) found.push(this.agency());
    if (is(business, "bpmn:Participant") && business.processRef) found.push(this.runs(business.processRef));
    if (is(business, "bpmn:Process")) found.push(this.runs(business));
    if (is(business, "bpmn:FlowNode")) found.push(this.identity());
    return found;
  }

  takes(name) {
    return Boolean(this.business.$model.getPropertyDescriptor?.(this.business, name) ?? this.business.$descriptor.propertiesByName[name]);
  }

  kind() {
    const names = [
      ["bpmn:UserTask", "有人办的环节", "Task of a person"], ["bpmn:BusinessRuleTask", "由决策表判断", "Judged by a decision table"],
      ["bpmn:ServiceTask", "平台办的环节", "Task of the platform"], ["bpmn:SendTask", "发消息", "Send a message"], ["bpmn:ReceiveTask", "等消息", "Receive a message"],
      ["bpmn:CallActivity", "调用另一条流程", "Call of another route"], ["bpmn:SubProcess", "子流程", "Sub-process"], ["bpmn:Task", "有人办的环节", "Task of a person"],
      ["bpmn:ExclusiveGateway", "排他网关", "Exclusive gateway"], ["bpmn:ParallelGateway", "并行网关", "Parallel gateway"], ["bpmn:InclusiveGateway", "包容网关", "Inclusive gateway"],
      ["bpmn:EventBasedGateway", "事件网关", "Event-based gateway"], ["bpmn:StartEvent", "开始", "Start"], ["bpmn:EndEvent", "结束", "End"],
      ["bpmn:BoundaryEvent", "挂在环节上的事件", "Event on a task"], ["bpmn:Event", "途中的事件", "Event on the way"], ["bpmn:SequenceFlow", "连线", "Flow"],
      ["bpmn:Lane", "泳道", "Lane"], ["bpmn:Participant", "泳池", "Pool"], ["bpmn:Process", "整条流程", "The whole route"], ["bpmn:Collaboration", "整张图", "The whole drawing"],
    ];
    const found = names.find(([type]) => is(this.business, type));
    return found ? said(found[1], found[2]) : said("批注", "Note");
  }

  identity() {
    const hint = said("条件里写 编号_outcome 指这一环节的结果", "Conditions name this task's result as id_outcome");
    return this.field(said("编号", "Id"), this.business.id, (value) => {
      const taken = this.moddle.ids.assigned(value);
      if (/^[A-Za-z_][\w-]*$/.test(value) && (!taken || taken === this.business)) this.set({ id: value });
      else this.show((document.activeElement?.blur(), undefined));
    }, { hint: is(this.business, ACTIVITY) ? hint : "" });
  }

  runs(process) {
    return this.tick(said("可以运行（公布前要勾上）", "Can be run (needed for publishing)"), process.isExecutable === true, (value) => this.setOn(process, { isExecutable: value }));
  }

  // -- tasks ----------------------------------------------------------------------------------------------------------

  activity() {
    const business = this.business;
    const found = [];
    const rule = is(business, "bpmn:BusinessRuleTask");
    if (rule) found.push(this.plain("tongban:decision", said("用哪张决策表", "Which decision table"), { list: "tables", hint: said("写“表”或者“表#决策”", "Written “table” or “table#decision”") }));
    else if (is(business, "bpmn:CallActivity")) found.push(this.plain("calledElement", said("调用哪条流程", "Which route is called"), { list: "routes" }));
    else if (!is(business, "bpmn:SubProcess") && !is(business, "bpmn:ReceiveTask") && !is(business, "bpmn:SendTask")) found.push(this.choice(said("做什么", "What is done"), business.get("tongban:act"), this.options.acts, (value) => this.set({ "tongban:act": value || undefined })));
    if (is(business, "bpmn:SendTask") || is(business, "bpmn:ReceiveTask")) found.push(this.message(business));
    if (is(business, "bpmn:ReceiveTask")) found.push(this.sender());
    const person = is(business, "bpmn:UserTask") || is(business, "bpmn:ManualTask") || business.$type === "bpmn:Task";
    if (person) found.push(this.choice(said("谁来办", "Who does it"), business.get("tongban:role"), this.options.roles, (value) => this.set({ "tongban:role": value || undefined })));
    if (!is(business, "bpmn:SubProcess")) found.push(this.lane(), person ? this.agency() : null);
    if (person || is(business, "bpmn:SubProcess")) found.push(...this.several());
    return found.filter(Boolean);
  }

  agency() {
    const hint = said("不写的，由事项定哪个机关在这条泳道里办", "If left open, the item says whose lane it is");
    return this.plain("tongban:agency", said("机关", "Agency"), { list: "agencies", hint });
  }

  lane() {
    const lanes = this.elementRegistry.filter((one) => is(one, "bpmn:Lane") && !one.children.some((inner) => is(inner, "bpmn:Lane")));
    if (!lanes.length) return null;
    const mine = lanes.find((one) => (one.businessObject.flowNodeRef || []).includes(this.business));
    const options = lanes.map((one) => [one.id, one.businessObject.name || one.id]);
    return this.choice(said("泳道", "Lane"), mine?.id, options, (value) => this.moveTo(lanes.find((one) => one.id === value)));
  }

  moveTo(lane) {
    const shape = this.element;
    const y = Math.round(lane.y + lane.height / 2 - (shape.y + shape.height / 2));
    this.modeling.moveElements([shape], { x: 0, y }, lane.parent && is(lane.parent, "bpmn:Lane") ? lane.parent : this.canvas.getRootElement() === shape.parent ? shape.parent : lane, { primaryShape: shape });
  }

  several() {
    const business = this.business;
    const loop = business.loopCharacteristics;
    const toggle = this.tick(said("由多人办", "Done by several"), Boolean(loop), (value) => {
      const made = value ? this.bpmnFactory.create("bpmn:MultiInstanceLoopCharacteristics") : undefined;
      if (made) made.$parent = business;
      this.set(value ? { loopCharacteristics: made, "tongban:reviewers": "2" } : { loopCharacteristics: undefined, "tongban:reviewers": undefined, "tongban:quorum": undefined, "tongban:weights": undefined, "tongban:threshold": undefined, "tongban:agrees": undefined });
      this.again();
    });
    if (!is(loop, "bpmn:MultiInstanceLoopCharacteristics")) return [toggle];
    const weighted = business.get("tongban:quorum") === "weighted";
    return [
      toggle,
      this.tick(said("一个接一个，不同时", "One after the other"), loop.isSequential === true, (value) => this.setOn(loop, { isSequential: value })),
      this.plain("tongban:reviewers", said("几个人", "How many"), { hint: said("数字，或者数据里的名字", "A number, or a name in the data") }),
      this.choice(said("怎样算通过", "When it passes"), business.get("tongban:quorum") || "", QUORUMS, (value) => { this.set({ "tongban:quorum": value || undefined }); this.again(); }),
      weighted ? this.plain("tongban:weights", said("各人的权重", "Weights"), { hint: "1, 1, 2" }) : null,
      weighted ? this.plain("tongban:threshold", said("过线的百分比", "Percent needed"), { hint: said("不写就是 50", "50 if left open") }) : null,
      this.plain("tongban:agrees", said("怎样算同意", "What counts as agreeing"), { hint: 'outcome = "pass"' }),
    ].filter(Boolean);
  }

  /** Draw the form anew although it has the focus: other fields belong to it now. */
  again() {
    document.activeElement?.blur();
    this.show();
  }

  // -- events and flows -----------------------------------------------------------------------------------------------

  event() {
    const business = this.business;
    const definition = business.eventDefinitions?.[0];
    if (!definition) return [];
    if (is(definition, "bpmn:TimerEventDefinition")) return this.timer(definition);
    if (is(definition, "bpmn:MessageEventDefinition")) return [this.message(definition), is(business, "bpmn:ThrowEvent") ? null : this.sender()].filter(Boolean);
    if (is(definition, "bpmn:ErrorEventDefinition")) return [this.code(definition, "errorRef", "bpmn:Error", "errorCode", said("出错的代码", "Code of the error"))];
    if (is(definition, "bpmn:EscalationEventDefinition")) return [this.code(definition, "escalationRef", "bpmn:Escalation", "escalationCode", said("上报的代码", "Code of the escalation"))];
    return [];
  }

  timer(definition) {
    const business = this.business;
    const stated = definition.timeDuration?.body || definition.timeDate?.body || "";
    const change = (properties) => {
      if (stated) this.setOn(definition, { timeDuration: undefined, timeDate: undefined });
      this.set(properties);
    };
    const unit = business.get("tongban:unit") || definition.get("tongban:unit");
    return [
      this.field(said("时长", "Length"), business.get("tongban:length") || definition.get("tongban:length"), (value) => change({ "tongban:length": value || undefined, "tongban:unit": unit || "workday" }), { type: "number", hint: stated ? said(`文件里写的是 ${stated}`, `The file says ${stated}`) : "" }),
      this.choice(said("单位", "Unit"), unit, UNITS, (value) => change({ "tongban:unit": value })),
      is(business, "bpmn:BoundaryEvent") ? this.tick(said("到点就中断环节", "Interrupts the task when it comes"), business.cancelActivity !== false, (value) => this.set({ cancelActivity: value })) : null,
    ].filter(Boolean);
  }

  /** Who may answer for the message that is awaited: the applicant, another system, or who works in a lane. */
  sender() {
    const lanes = this.elementRegistry.filter((one) => is(one, "bpmn:Lane")).map((one) => [one.id, one.businessObject.name || one.id]);
    const options = [["applicant", "申请人", "The applicant"], ["system", "别的系统", "Another system"], ...lanes];
    return this.choice(said("谁来答复", "Who answers"), this.business.get("tongban:from") || "applicant", options, (value) => this.set({ "tongban:from": value || undefined }));
  }

  message(holder) {
    return this.field(said("消息的名称", "Name of the message"), holder.messageRef?.name, (value) => this.refer(holder, "messageRef", "bpmn:Message", "name", value), { list: "messages" });
  }

  code(holder, reference, type, attribute, label) {
    return this.field(label, holder[reference]?.[attribute], (value) => this.refer(holder, reference, type, attribute, value));
  }

  /** Let `holder` refer to the root element that is called so; one that is not there is made. */
  refer(holder, reference, type, attribute, value) {
    const definitions = this.canvas.getRootElement().businessObject.$parent;
    const roots = definitions.get("rootElements");
    let target = value ? roots.find((one) => is(one, type) && one[attribute] === value) : undefined;
    if (value && !target) {
      target = this.bpmnFactory.create(type, { name: value, [attribute]: value });
      target.$parent = definitions;
      this.setOn(definitions, { rootElements: [...roots, target] });
    }
    this.setOn(holder, { [reference]: target });
  }

  flow() {
    const business = this.business;
    const source = business.sourceRef;
    const chooses = is(source, "bpmn:ExclusiveGateway") || is(source, "bpmn:InclusiveGateway") || is(source, "bpmn:Activity");
    const isDefault = source.default === business;
    return [
      this.plain("name", said("名称", "Name")),
      chooses ? this.tick(said("别的条件都不成立时走这里", "Taken when no other condition holds"), isDefault, (value) => {
        this.setOn(source, { default: value ? business : undefined });
        if (value) this.set({ conditionExpression: undefined });
        this.again();
      }) : null,
      chooses && !isDefault ? this.field(said("条件", "Condition"), business.conditionExpression?.body, (value) => this.condition(value), {
        rows: 3, hint: said('S-FEEL，如 review_outcome = "pass" and area > 100', 'S-FEEL, e.g. review_outcome = "pass" and area > 100'),
      }) : null,
    ].filter(Boolean);
  }

  condition(value) {
    const expression = value ? this.bpmnFactory.create("bpmn:FormalExpression", { body: value }) : undefined;
    if (expression) expression.$parent = this.business;
    this.set({ conditionExpression: expression });
  }
}
Panel.count = 0;
