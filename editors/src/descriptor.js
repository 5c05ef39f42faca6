// Our attributes on BPMN elements, so that copying, replacing and writing keep them. docs/process.md says what they mean.

const text = (...names) => names.map((name) => ({ name, isAttr: true, type: "String" }));

export default {
  name: "Tongban",
  prefix: "tongban",
  uri: "urn:tongban:bpmn:1",
  xml: { tagAlias: "lowerCase" },
  associations: [],
  types: [
    { name: "Named", extends: ["bpmn:FlowNode", "bpmn:Lane", "bpmn:Process", "bpmn:Participant"], properties: text("nameEn") },
    { name: "Placed", extends: ["bpmn:Activity", "bpmn:Lane", "bpmn:Participant"], properties: text("role", "agency") },
    { name: "Acting", extends: ["bpmn:Activity"], properties: text("act", "decision", "reviewers", "reviewerList", "quorum", "weights", "threshold", "agrees") },
    { name: "Answered", extends: ["bpmn:Event", "bpmn:ReceiveTask"], properties: text("from") },
    { name: "Timed", extends: ["bpmn:Event", "bpmn:TimerEventDefinition"], properties: text("length", "unit", "days") },
  ],
};
