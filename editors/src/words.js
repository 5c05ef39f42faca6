// The words of bpmn-js and dmn-js in Chinese; in English they speak for themselves.

import { said } from "./talk.js";

const chinese = said("zh", "en") === "zh";

/** A module that translates by `words`; what is missing is told to whoever builds this, and shown as it is. */
export function translating(words) {
  return { translate: ["value", (template, values = {}) => translated(words, template, values)] };
}

export function translated(words, template, values = {}) {
  const text = chinese ? words[template] ?? missing(template) : template;
  return text.replace(/{\s*([^}\s]+)\s*}/g, (whole, name) => (name in values ? values[name] : whole));
}

function missing(template) {
  (window.tongbanMissing ||= new Set()).add(template);
  return template;
}
