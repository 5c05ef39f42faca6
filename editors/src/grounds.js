// The notes of each rule (legal basis, reason, next step in both languages), which dmn-js keeps but does not show.

import { h, said } from "./talk.js";

const NAMES = ["依据", "basis_en", "理由", "reason", "下一步", "next"];

/** Sets a property of a model element, and back: what is typed here can be undone like a stroke. */
class Setting {
  execute(context) {
    context.before = context.target[context.name];
    context.target[context.name] = context.value;
    return [];
  }

  revert(context) {
    context.target[context.name] = context.before;
    return [];
  }
}

export class Grounds {
  constructor({ modeler, box, changed }) {
    Object.assign(this, { modeler, box, changed });
    modeler.on("views.changed", () => this.show());
  }

  /** Follow a view that was opened. */
  follow(viewer) {
    if (this.modeler.getActiveView().type !== "decisionTable") return;
    viewer.get("commandStack").registerHandler("tongban.set", Setting);
    viewer.on("elements.changed", () => this.show());
  }

  show() {
    if (this.box.contains(document.activeElement)) return;
    const view = this.modeler.getActiveView();
    const table = view?.type === "decisionTable" ? view.element.decisionLogic : null;
    if (!table) {
      this.box.replaceChildren(h("p", { class: "mut" }, said("打开一张表，在这里写每条规则的依据和理由。", "Open a table to write the legal basis and the reason of each rule.")));
      return;
    }
    const clauses = table.get("annotation");
    this.box.replaceChildren(this.adding(table, clauses), ...table.get("rule").map((rule, n) => this.rule(rule, n, clauses)));
  }

  set(target, name, value) {
    this.modeler.getActiveViewer().get("commandStack").execute("tongban.set", { target, name, value });
    this.changed();
  }

  make(type, attributes, parent) {
    const made = parent.$model.create(type, attributes);
    made.$parent = parent;
    return made;
  }

  adding(table, clauses) {
    const left = NAMES.filter((name) => !clauses.some((one) => one.name === name));
    if (!left.length) return "";
    const select = h("select", { id: "ground-new" }, left.map((name) => h("option", {}, name)));
    const add = () => {
      this.set(table, "annotation", [...clauses, this.make("dmn:RuleAnnotationClause", { name: select.value }, table)]);
      document.activeElement?.blur();
      this.show();
    };
    return h("div", { class: "pf" }, h("label", { for: "ground-new" }, said("每条规则再写一项", "One more note of every rule")), h("div", { class: "row2" }, select, h("button", { type: "button", class: "btn sml", onclick: add }, said("加", "Add"))));
  }

  rule(rule, n, clauses) {
    const entries = rule.get("annotationEntry");
    const write = (place, text) => {
      const filled = clauses.map((_clause, at) => this.make("dmn:RuleAnnotation", { text: at === place ? text : entries[at]?.text || "" }, rule));
      this.set(rule, "annotationEntry", filled);
    };
    return h("fieldset", { class: "pf" }, h("legend", {}, h("b", {}, said(`第 ${n + 1} 条规则`, `Rule ${n + 1}`))), clauses.map((clause, at) => {
      const id = `ground-${n}-${at}`;
      const input = h("textarea", { id, class: "in", rows: 2, onchange: (event) => write(at, event.target.value.trim()) });
      input.value = entries[at]?.text || "";
      return h("div", { class: "ask0" }, h("label", { for: id, "data-own-words": true }, clause.name || said("说明", "Note")), input);
    }));
  }
}
