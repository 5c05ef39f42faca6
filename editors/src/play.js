// Play a case: the server replays what was done so far on the drawing as it is now, and says what is possible next.

import { ask, h, said } from "./talk.js";

export class Play {
  constructor({ box, address, xml, today, marked, options }) {
    Object.assign(this, { box, address, xml, marked, options, moves: [], data: {} });
    this.start = h("input", { type: "date", class: "in", id: "play-start", value: today });
    this.length = h("input", { type: "number", class: "in", id: "play-length", min: 0, max: 365, value: 20 });
    this.day = "";
    this.outcome = h("div", { "aria-live": "polite" });
    box.replaceChildren(
      h("div", { class: "pf two" }, h("span", {}, h("label", { for: "play-start" }, said("受理日期", "Accepted on")), this.start),
        h("span", {}, h("label", { for: "play-length" }, said("法定时限（工作日）", "Legal limit (working days)")), this.length)),
      h("div", { class: "row2" },
        h("button", { type: "button", class: "btn sml", onclick: () => this.begin(), "data-play": "begin" }, said("从头演练", "Play from the start")),
        h("button", { type: "button", class: "btn sml", onclick: () => this.back(), "data-play": "back" }, said("退一步", "One step back"))),
      this.outcome);
  }

  begin() {
    this.moves = [{ kind: "begin" }];
    this.data = {};
    return this.replay();
  }

  back() {
    if (this.moves.length > 1) this.moves.pop();
    return this.replay();
  }

  move(kind, of, data) {
    const asked = this.data;
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ""));
    this.moves.push({ kind, of, on: this.day, data: { ...given, ...data } });
    return this.replay();
  }

  async replay() {
    const answer = await ask(this.address, { xml: await this.xml(), start: this.start.value, limit: Number(this.length.value), moves: this.moves });
    if (answer.refused_move !== undefined) this.moves.length = Math.max(1, answer.refused_move);
    this.show(answer);
  }

  show(answer) {
    if (!answer.tasks) {
      this.outcome.replaceChildren(h("p", { class: "note warn" }, answer.message));
      this.marked([], []);
      return;
    }
    this.day = answer.day;
    this.marked(answer.done, [...answer.tasks, ...answer.waits].map((one) => one.node));
    const on = h("input", { type: "date", class: "in", id: "play-day", value: answer.day, min: answer.day, onchange: (event) => { this.day = event.target.value; } });
    this.outcome.replaceChildren(...[
      answer.message ? h("p", { class: "note warn" }, answer.message) : null,
      h("dl", { class: "kv days0" },
        h("dt", {}, said("法定到期", "Legally due")), h("dd", { "data-legal": answer.legal.due }, `${answer.legal.due}${answer.legal.late ? said("（已过）", " (passed)") : ""}`),
        h("dt", {}, said("已用", "Used")), h("dd", {}, said(`${answer.legal.used} 个工作日`, `${answer.legal.used} working days`))),
      answer.ended ? h("p", { class: "note ok", role: "status" }, said("走完了：", "Ended: "), answer.ended)
        : h("div", { class: "pf" }, h("label", { for: "play-day" }, said("下一步在哪天", "The next step is on")), on),
      answer.ended ? null : this.questions(answer.asks),
      ...answer.tasks.map((task) => this.task(task)),
      ...answer.waits.map((wait) => this.wait(wait)),
      h("h3", { class: "sec1" }, said("走过的", "What was done")),
      h("ol", { class: "done0" }, answer.log.map((line) => h("li", {}, h("b", {}, line.day), " ", line.words))),
    ].filter(Boolean));
  }

  questions(asks) {
    if (!asks.length) return null;
    return h("fieldset", { class: "pf" }, h("legend", {}, said("条件要用的数据", "What the conditions read")), asks.map((name, n) => {
      const input = h("input", { class: "in", id: `ask-${n}`, autocomplete: "off", value: this.data[name] ?? "", oninput: (event) => { this.data[name] = event.target.value.trim(); } });
      return h("div", { class: "ask0" }, h("label", { for: `ask-${n}`, "data-own-words": true }, name), input);
    }));
  }

  task(task) {
    const done = (outcome) => this.move("complete", task.id, outcome ? { outcome } : {});
    const choices = task.outcomes.length ? task.outcomes : [["", said("办完", "Done")]];
    return h("div", { class: "todo0", "data-node": task.node }, h("b", {}, task.name),
      h("p", { class: "mut" }, [task.who, task.since].filter(Boolean).join(" · ")),
      h("div", { class: "row2" }, choices.map(([value, words]) => h("button", { type: "button", class: "btn sml", onclick: () => done(value) }, words, h("span", { class: "vh" }, ` ${task.name}`)))));
  }

  wait(wait) {
    const timer = wait.kind === "timer";
    const words = timer ? said(`到点：${wait.due || said("由人告知", "told by a person")}`, `Comes on ${wait.due || "a person's word"}`) : said(`收到消息“${wait.message}”`, `The message “${wait.message}” comes`);
    return h("div", { class: "todo0", "data-node": wait.node }, h("b", {}, wait.name), wait.counted ? h("p", { class: "mut" }, wait.counted) : null,
      h("div", { class: "row2" }, h("button", { type: "button", class: "btn sml", onclick: () => this.move(timer ? "fire" : "deliver", wait.id) }, words)));
  }
}
