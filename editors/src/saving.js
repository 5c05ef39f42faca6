// Saving: what was drawn is never lost. Where somebody else has saved meanwhile, both are kept and shown.

import { ask, h, said } from "./talk.js";

export class Saving {
  constructor({ button, says, box, address, seen, requestId, xml, shown }) {
    Object.assign(this, { button, says, box, address, seen, requestId, xml, shown });
    this.dirty = false;
    button.addEventListener("click", () => this.save());
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        this.save();
      }
    }, true);
    window.addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
  }

  changed() {
    this.dirty = true;
    this.says.textContent = said("有没保存的改动", "Changes not saved yet");
  }

  /** Save; `over`: the digest of the other's version that is knowingly replaced. */
  async save(over) {
    const xml = await this.xml();
    const mark = (this.mark = {});
    this.says.textContent = said("正在保存…", "Saving…");
    const answer = await ask(this.address, { xml, seen: over || this.seen, request_id: crypto.randomUUID?.() });
    if (answer.status === 200) {
      this.seen = answer.digest;
      if (this.mark === mark) this.dirty = false;
      this.box.replaceChildren();
      this.says.textContent = said("已保存", "Saved");
    } else {
      this.says.textContent = said("没有保存", "Not saved");
      this.box.replaceChildren(this.refused(answer, xml));
      this.box.querySelector("[tabindex]")?.focus();
    }
    return answer.status === 200;
  }

  refused(answer, xml) {
    const moved = answer.code === "model_moved" && answer.theirs;
    return h("div", { class: "errsum said0", role: "alert", tabindex: "-1" },
      h("h2", { class: "h3" }, moved ? said("别人先保存了一份", "Somebody else saved first") : said("没有保存", "Not saved")),
      h("p", {}, answer.message || said("请再试一次。", "Please try again.")),
      moved ? h("p", { class: "row2" },
        h("button", { type: "button", class: "btn sml", onclick: () => this.keep(xml) }, said("下载我画的", "Download mine")),
        h("button", { type: "button", class: "btn sml", onclick: () => this.take(answer) }, said("下载我画的，打开对方存的", "Download mine, open theirs")),
        h("button", { type: "button", class: "btn sml danger", onclick: () => this.save(answer.digest) }, said("用我的替换对方的", "Replace theirs with mine")),
      ) : null);
  }

  keep(xml) {
    const link = h("a", { href: URL.createObjectURL(new Blob([xml], { type: "application/xml" })), download: "mine.xml" });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  /** Show the other's version; one's own is downloaded first, so that nothing is lost. */
  async take(answer) {
    this.keep(await this.xml());
    this.seen = answer.digest;
    await this.shown(answer.theirs);
    this.dirty = false;
    this.box.replaceChildren();
    this.says.textContent = said("这是对方存的；您画的已下载", "This is theirs; yours was downloaded");
  }
}
