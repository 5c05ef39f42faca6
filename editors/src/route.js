// The drawing board of routes: bpmn-js with the subset, the form, the check, and playing; or the picture to look at.

import Modeler from "bpmn-js/lib/Modeler.js";
import Viewer from "bpmn-js/lib/NavigatedViewer.js";
import descriptor from "./descriptor.js";
import { Findings } from "./findings.js";
import { fit } from "./fit.js";
import { Panel } from "./panel.js";
import { Play } from "./play.js";
import { Saving } from "./saving.js";
import subset from "./subset.js";
import { tabs } from "./tabs.js";
import { NARROWEST, given, later } from "./talk.js";
import { translating } from "./words.js";
import words from "./words_bpmn.js";

/** Room for the palette, in pixels. */
const PALETTE = 110;

/** Marks elements; what was marked so before is not marked any more. */
function marker(modeler) {
  const marked = new Map();
  return (mark, ids) => {
    const canvas = modeler.get("canvas");
    const registry = modeler.get("elementRegistry");
    for (const id of marked.get(mark) || []) if (registry.get(id)) canvas.removeMarker(id, mark);
    const there = ids.filter((id) => registry.get(id));
    for (const id of there) canvas.addMarker(id, mark);
    marked.set(mark, there);
  };
}

async function open(modeler, xml) {
  await modeler.importXML(xml);
  fit(modeler.get("canvas"), modeler.get("palette", false) ? PALETTE : 0);
}

async function look(box) {
  const viewer = new Viewer({ container: box, moddleExtensions: { tongban: descriptor }, additionalModules: [translating(words)] });
  await open(viewer, box.querySelector("textarea").value);
  const mark = marker(viewer);
  for (const [name, ids] of Object.entries(JSON.parse(box.dataset.marks || "{}"))) mark(`tb-${name}`, ids);
}

async function draw(box, page) {
  const modeler = new Modeler({
    container: box, moddleExtensions: { tongban: descriptor }, additionalModules: [subset, translating(words)],
  });
  window.tongban = { modeler };
  const mark = marker(modeler);
  const choose = tabs(document.querySelector("[role=tablist]"));
  const xml = async () => (await modeler.saveXML({ format: true })).xml;
  const at = (id) => document.getElementById(id);
  new Panel({ modeler, box: at("panel-form"), options: page });
  const select = (one) => {
    const element = modeler.get("elementRegistry").get(one.element);
    mark("tb-trace", one.steps || []);
    if (!element) return;
    modeler.get("canvas").scrollToElement?.(element);
    modeler.get("selection").select(element.labelTarget || element);
  };
  const findings = new Findings({
    list: at("findings"), says: at("findings-says"), address: page.check, key: page.key, xml, chosen: select,
    shown: (found) => {
      const ids = (severity) => found.filter((one) => one.severity === severity).map((one) => one.element);
      mark("tb-stop", ids("error"));
      mark("tb-warn", ids("warning"));
      mark("tb-trace", []);
    },
  });
  const saving = new Saving({
    button: at("save"), says: at("save-says"), box: at("save-box"), address: page.save, seen: page.seen, xml, shown: (theirs) => open(modeler, theirs),
  });
  new Play({ box: at("panel-play"), address: page.play, xml, today: page.today, marked: (done, now) => { mark("tb-done", done); mark("tb-now", now); } });
  await open(modeler, box.querySelector("textarea").value);
  modeler.get("eventBus").on("commandStack.changed", later(10, () => { saving.changed(); findings.soon(); }));
  for (const form of document.querySelectorAll("form[data-saves]")) saved(form, saving);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-tab]")) choose(event.target.closest("[data-tab]").dataset.tab); });
  await findings.now();
}

/** A step of the life (handing in) first saves what was drawn. */
function saved(form, saving) {
  form.addEventListener("submit", async (event) => {
    if (!saving.dirty) return;
    event.preventDefault();
    if (await saving.save()) form.submit();
  });
}

for (const box of document.querySelectorAll("[data-island=route]")) {
  if (box.dataset.mode === "draw" && window.innerWidth >= NARROWEST) draw(box, given());
  else look(box);
}
