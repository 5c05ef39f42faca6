// Only what the platform runs is offered: in the palette, in the pad beside an element, and in its menu of kinds.
// docs/process.md states the subset. What a file from elsewhere holds beside it stays, and the check refuses it by name.

import { said } from "./talk.js";

const MENU = new Set([
  "replace-with-none-start", "replace-with-message-start",
  "replace-with-none-intermediate-throw", "replace-with-message-intermediate-catch", "replace-with-message-intermediate-throw",
  "replace-with-timer-intermediate-catch", "replace-with-escalation-intermediate-throw",
  "replace-with-none-end", "replace-with-message-end", "replace-with-escalation-end", "replace-with-error-end", "replace-with-terminate-end",
  "replace-with-exclusive-gateway", "replace-with-parallel-gateway", "replace-with-inclusive-gateway", "replace-with-event-based-gateway",
  "replace-with-user-task", "replace-with-service-task", "replace-with-send-task", "replace-with-receive-task",
  "replace-with-manual-task", "replace-with-rule-task", "replace-with-call-activity",
  "replace-with-subprocess", "replace-with-expanded-subprocess", "replace-with-collapsed-subprocess",
  "replace-with-message-boundary", "replace-with-timer-boundary", "replace-with-escalation-boundary", "replace-with-error-boundary",
  "replace-with-non-interrupting-message-boundary", "replace-with-non-interrupting-timer-boundary", "replace-with-non-interrupting-escalation-boundary",
  "replace-with-sequence-flow", "replace-with-default-flow", "replace-with-conditional-flow",
  "toggle-parallel-mi", "toggle-sequential-mi", "toggle-non-interrupting",
]);
const TOOLS = ["hand-tool", "lasso-tool", "space-tool", "global-connect-tool", "tool-separator", "create.start-event"];
const AFTER = ["create.subprocess-expanded", "create.participant-expanded"];
const PAD = /^(lane-|append\.(end-event|text-annotation|receive-task|message-|timer-)|replace$|connect$|delete$)/;

/** Everything that is created from the palette, beside the plain tools. */
const CREATES = [
  ["end-event", "event", "bpmn:EndEvent", "bpmn-icon-end-event-none", ["结束", "End event"]],
  ["timer", "event", "bpmn:IntermediateCatchEvent", "bpmn-icon-intermediate-event-catch-timer", ["等一段时间", "Wait for a time"], { eventDefinitionType: "bpmn:TimerEventDefinition" }],
  ["message", "event", "bpmn:IntermediateCatchEvent", "bpmn-icon-intermediate-event-catch-message", ["等一条消息", "Wait for a message"], { eventDefinitionType: "bpmn:MessageEventDefinition" }],
  ["user-task", "activity", "bpmn:UserTask", "bpmn-icon-user-task", ["有人办的环节", "Task of a person"]],
  ["rule-task", "activity", "bpmn:BusinessRuleTask", "bpmn-icon-business-rule-task", ["由决策表判断", "Judged by a decision table"]],
  ["service-task", "activity", "bpmn:ServiceTask", "bpmn-icon-service-task", ["平台办的环节", "Task of the platform"]],
  ["exclusive", "gateway", "bpmn:ExclusiveGateway", "bpmn-icon-gateway-xor", ["排他网关：只走一条", "Exclusive gateway: one way"]],
  ["parallel", "gateway", "bpmn:ParallelGateway", "bpmn-icon-gateway-parallel", ["并行网关：同时走", "Parallel gateway: all ways"]],
];

class Subset {
  constructor(palette, contextPad, popupMenu, create, autoPlace, elementFactory) {
    this.create = create;
    this.autoPlace = autoPlace;
    this.elementFactory = elementFactory;
    palette.registerProvider(500, this);
    contextPad.registerProvider(500, this);
    popupMenu.registerProvider("bpmn-replace", 500, this);
  }

  getPaletteEntries() {
    return (entries) => {
      const kept = {};
      for (const key of TOOLS) if (entries[key]) kept[key] = entries[key];
      for (const [key, group, type, className, title, options] of CREATES) {
        const start = (event) => this.create.start(event, this.elementFactory.createShape({ type, ...options }));
        kept[`create.${key}`] = { group, className, title: said(...title), action: { dragstart: start, click: start } };
      }
      for (const key of AFTER) if (entries[key]) kept[key] = entries[key];
      return kept;
    };
  }

  getContextPadEntries(element) {
    return (entries) => {
      const kept = {};
      if (entries["append.append-task"]) Object.assign(kept, this.appends(element));
      for (const [key, entry] of Object.entries(entries)) if (PAD.test(key)) kept[key] = entry;
      return kept;
    };
  }

  appends(element) {
    const kept = {};
    for (const [key, , type, className, title, options] of CREATES) {
      if (["end-event", "message", "service-task"].includes(key)) continue;
      const shape = () => this.elementFactory.createShape({ type, ...options });
      const words = said(`接上：${title[0]}`, `Append: ${title[1]}`);
      kept[`append.${key}`] = {
        group: "model", className, title: words,
        action: {
          click: () => this.autoPlace.append(element, shape()),
          dragstart: (event) => this.create.start(event, shape(), { source: element }),
        },
      };
    }
    return kept;
  }

  getMultiElementContextPadEntries() {
    return (entries) => (entries.delete ? { delete: entries.delete } : {});
  }

  getPopupMenuEntries() {
    return (entries) => Object.fromEntries(Object.entries(entries).filter(([key]) => MENU.has(key)));
  }

  getPopupMenuHeaderEntries() {
    return (entries) => Object.fromEntries(Object.entries(entries).filter(([key]) => MENU.has(key)));
  }
}
Subset.$inject = ["palette", "contextPad", "popupMenu", "create", "autoPlace", "elementFactory"];

export default { __init__: ["subset"], subset: ["type", Subset] };
