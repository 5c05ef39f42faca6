// What the check says, beside the drawing: a list of findings, each of which leads to its element.

import { ask, h, later, said } from "./talk.js";

/** Keeps the list right. `shown` gets the findings each time, `chosen` one that was pressed. */
export class Findings {
  constructor({ list, says, address, xml, key, shown, chosen }) {
    Object.assign(this, { list, says, address, xml, key, shown, chosen });
    this.soon = later(500, () => this.now());
  }

  async now() {
    this.running?.abort();
    this.running = new AbortController();
    const answer = await ask(this.address, { xml: await this.xml(), key: this.key }, this.running.signal);
    if (answer) this.tell(answer.findings || [{ severity: "error", message: answer.message, trace: [] }]);
  }

  tell(found) {
    this.found = found;
    const stops = found.filter((one) => one.severity === "error").length;
    this.says.textContent = !found.length
      ? said("没有问题", "Nothing found")
      : said(`拦下 ${stops}，提醒 ${found.length - stops}`, `${stops} stop it, ${found.length - stops} to look at`);
    this.says.dataset.stops = stops;
    this.list.replaceChildren(...found.map((one) => this.row(one)));
    this.shown(found);
  }

  row(one) {
    const stops = one.severity === "error";
    const kind = stops ? said("拦下", "Stops it") : said("提醒", "Look at it");
    const parts = [
      h("b", {}, kind, one.name ? h("span", { "data-own-words": true }, ` · ${one.name}`) : ""),
      h("span", { class: "msg0", "data-own-words": true }, one.message || ""), // it names what is drawn
      one.advice ? h("span", {}, one.advice) : null,
      one.trace?.length ? h("span", { class: "way0" }, said("走法：", "The way there: "), h("span", { "data-own-words": true }, one.trace.join(" → "))) : null,
      one.example ? h("span", { class: "way0" }, said("例如：", "For example: "), h("span", { "data-own-words": true }, one.example)) : null,
    ];
    return h("li", {}, h("button", { type: "button", class: stops ? "stop" : "warn0", onclick: () => this.chosen(one) }, ...parts));
  }
}
