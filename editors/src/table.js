// The drawing board of decision tables: dmn-js with the check and a form that tries the tables.

import Modeler from "dmn-js/lib/Modeler.js";
import { Findings } from "./findings.js";
import { fit } from "./fit.js";
import { Grounds } from "./grounds.js";
import { Saving } from "./saving.js";
import { tabs } from "./tabs.js";
import { NARROWEST, given, later, said } from "./talk.js";
import { Trial } from "./trial.js";
import { translating } from "./words.js";
import words from "./words_dmn.js";

/** A style sheet of our own for what is marked: cells are drawn anew at will, so classes would not last. */
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const cells = (ids) => ids.map((id) => `[data-row-id="${CSS.escape(id)}"], .djs-element[data-element-id="${CSS.escape(id)}"] .djs-visual > :first-child`).join(", ");

function mark(marks) {
  const rules = [];
  if (marks.stop?.length) rules.push(`${cells(marks.stop)} { box-shadow: inset 0 0 0 2px #b3261e; stroke: #b3261e !important; }`);
  if (marks.hit?.length) rules.push(`${cells(marks.hit)} { background: #fff0d6 !important; box-shadow: inset 0 2px 0 #f5b041, inset 0 -2px 0 #f5b041; }`);
  sheet.replaceSync(rules.join("\n"));
}

/** The switch between the graph and its tables, which dmn-js leaves to the page. */
function views(modeler, box) {
  const names = { drd: said("决策图", "Graph"), decisionTable: said("表", "Table"), literalExpression: said("表达式", "Expression"), boxedExpression: said("知识", "Knowledge") };
  const draw = () => {
    const active = modeler.getActiveView();
    box.replaceChildren(...modeler.getViews().map((view) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn sml";
      button.textContent = `${names[view.type] || ""}${view.type === "drd" ? "" : ` · ${view.element.name || view.element.id}`}`;
      button.setAttribute("aria-pressed", view === active);
      button.addEventListener("click", () => modeler.open(view));
      return button;
    }));
  };
  modeler.on("views.changed", draw);
  draw();
}

async function openAt(modeler, element) {
  const view = modeler.getViews().find((one) => one.element.id === element || one.element.name === element);
  if (view) await modeler.open(view);
}

async function draw(box, page) {
  const common = { additionalModules: [translating(words)] };
  const at = (id) => document.getElementById(id);
  const modeler = new Modeler({
    container: box, drd: common, decisionTable: common, literalExpression: common, boxedExpression: common,
  });
  window.tongban = { modeler };
  const choose = tabs(document.querySelector("[role=tablist]"));
  const xml = async () => (await modeler.saveXML({ format: true })).xml;
  const findings = new Findings({
    list: at("findings"), says: at("findings-says"), address: page.check, key: page.key, xml,
    shown: (found) => mark({ stop: found.flatMap((one) => one.steps || []) }),
    chosen: async (one) => { await openAt(modeler, one.element); mark({ stop: one.steps || [] }); },
  });
  const saving = new Saving({
    button: at("save"), says: at("save-says"), box: at("save-box"), address: page.save, seen: page.seen, xml, shown: (theirs) => modeler.importXML(theirs),
  });
  const trial = new Trial({ box: at("panel-play"), address: page.play, xml, decided: async (answer) => { await openAt(modeler, answer.table); mark({ hit: answer.rules }); } });
  const changed = later(10, () => { saving.changed(); findings.soon(); });
  const grounds = new Grounds({ modeler, box: at("panel-form"), changed });
  await modeler.importXML(box.querySelector("textarea").value);
  views(modeler, at("views"));
  const follow = () => {
    const viewer = modeler.getActiveViewer();
    if (!viewer || viewer.tongbanFollowed) return;
    viewer.tongbanFollowed = true;
    viewer.on("commandStack.changed", changed);
    grounds.follow(viewer);
    if (modeler.getActiveView().type === "drd") fit(viewer.get("canvas"), 60, 80);
  };
  modeler.on("views.changed", follow);
  follow();
  grounds.show();
  for (const form of document.querySelectorAll("form[data-saves]")) {
    form.addEventListener("submit", async (event) => {
      if (!saving.dirty) return;
      event.preventDefault();
      if (await saving.save()) form.submit();
    });
  }
  document.addEventListener("click", (event) => { if (event.target.closest("[data-tab]")) choose(event.target.closest("[data-tab]").dataset.tab); });
  await findings.now();
  await trial.ask();
}

const box = document.querySelector("[data-island=table]");
if (box && window.innerWidth >= NARROWEST) draw(box, given());
