// Try a table: a form of what its decision needs, and which rule answered, with its legal basis.

import { ask, h, said } from "./talk.js";

export class Trial {
  constructor({ box, address, xml, decided }) {
    Object.assign(this, { box, address, xml, decided, values: {}, decision: "" });
  }

  /** Ask which decisions and inputs there are now, keeping what was typed. */
  async ask() {
    const answer = await ask(this.address, { xml: await this.xml(), decision: this.decision });
    if (!answer.decisions) return this.box.replaceChildren(h("p", { class: "note warn" }, answer.message), this.again());
    this.decision = answer.decision;
    this.box.replaceChildren(this.choice(answer), ...answer.inputs.map((one, n) => this.input(one, n)),
      h("div", { class: "row2" }, h("button", { type: "button", class: "btn sml", "data-try": true, onclick: () => this.decide() }, said("试一试", "Try it")), this.again()),
      (this.outcome = h("div", { "aria-live": "polite" })));
  }

  again() {
    return h("button", { type: "button", class: "btn sml", onclick: () => this.ask() }, said("重读输入", "Read the inputs again"));
  }

  choice(answer) {
    return h("div", { class: "pf" }, h("label", { for: "try-d" }, said("哪个决策", "Which decision")),
      h("select", { id: "try-d", onchange: (event) => { this.decision = event.target.value; this.ask(); } },
        answer.decisions.map((name) => h("option", { value: name, selected: name === answer.decision }, name))));
  }

  input(one, n) {
    const keep = (event) => { this.values[one.name] = event.target.value; };
    const value = this.values[one.name] ?? "";
    const options = one.options.length ? [["", said("（没有值）", "(no value)")], ...one.options] : [];
    return h("div", { class: "pf" }, h("label", { for: `try-${n}`, "data-own-words": true }, one.label, one.label === one.name ? null : h("code", { class: "mut sm" }, ` · ${one.name}`)),
      options.length ? h("select", { id: `try-${n}`, onchange: keep }, options.map(([key, words]) => h("option", { value: key, selected: key === value }, words)))
        : h("input", { id: `try-${n}`, class: "in", autocomplete: "off", value, type: one.type === "number" ? "number" : one.type === "date" ? "date" : "text", step: "any", oninput: keep }));
  }

  async decide() {
    const answer = await ask(this.address, { xml: await this.xml(), decision: this.decision, values: this.values });
    if (answer.result === undefined) return this.outcome.replaceChildren(h("p", { class: "note warn" }, answer.message));
    this.outcome.replaceChildren(...[
      h("p", { class: "note ok" }, said("结果：", "Result: "), h("b", {}, answer.result)),
      ...answer.tables.map((table) => h("div", { class: "todo0" }, h("b", {}, table.name), h("p", {}, table.words), table.basis ? h("p", { class: "mut" }, said("依据：", "Legal basis: "), table.basis) : null)),
      answer.notes.length ? h("p", { class: "mut" }, answer.notes.join(" · ")) : null,
    ].filter(Boolean));
    await this.decided(answer);
  }
}
