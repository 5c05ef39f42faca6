"""What a new route or table begins with: small, but whole, so that there is something to change."""

from __future__ import annotations

from itertools import pairwise
from xml.sax.saxutils import quoteattr

from tongban.contexts.catalogue.core.modelling import ModelKind

_SPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:tongban="urn:tongban:bpmn:1"'
)
#: id, element, Chinese and English name, further attributes, x, width, height
_NODES = (
    ("start", "startEvent", "受理后进入审查", "Accepted", "", 212, 36, 36),
    ("review", "userTask", "审查", "Review", ' tongban:act="review" tongban:role="reviewer"', 310, 110, 70),
    ("decide", "userTask", "作出决定", "Decide", ' tongban:act="decide" tongban:role="approver"', 490, 110, 70),
    ("end", "endEvent", "审查结束", "Reviewed", "", 672, 36, 36),
)
_MIDDLE = 175


def blank(kind: ModelKind, key: str, zh: str, en: str) -> str:
    """The text of a new route or table named so in both languages."""
    return _route(key, zh, en) if kind == "route" else _table(key, zh, en)


def _route(key: str, zh: str, en: str) -> str:
    names = f"name={quoteattr(zh)} tongban:nameEn={quoteattr(en)}"
    flows = [(one[0], two[0]) for one, two in pairwise(_NODES)]
    nodes = [_node(one, flows) for one in _NODES]
    members = "".join(f"<bpmn:flowNodeRef>{one[0]}</bpmn:flowNodeRef>" for one in _NODES)
    arrows = [f'<bpmn:sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}" />' for a, b in flows]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<bpmn:definitions {_SPACES} id="definitions" targetNamespace="urn:tongban:routes">',
            f'<bpmn:collaboration id="collaboration"><bpmn:participant id="pool" {names} processRef={quoteattr(key)} />'
            "</bpmn:collaboration>",
            f'<bpmn:process id={quoteattr(key)} {names} isExecutable="true">',
            '<bpmn:laneSet id="lanes"><bpmn:lane id="lead" name="主办部门" tongban:nameEn="Lead department">'
            f"{members}</bpmn:lane></bpmn:laneSet>",
            *nodes,
            *arrows,
            "</bpmn:process>",
            _drawn(flows),
            "</bpmn:definitions>",
            "",
        ]
    )


def _node(one: tuple[str, str, str, str, str, int, int, int], flows: list[tuple[str, str]]) -> str:
    key, tag, zh, en, more, *_size = one
    inner = "".join(f"<bpmn:incoming>{a}-{b}</bpmn:incoming>" for a, b in flows if b == key)
    inner += "".join(f"<bpmn:outgoing>{a}-{b}</bpmn:outgoing>" for a, b in flows if a == key)
    return f'<bpmn:{tag} id="{key}" name="{zh}" tongban:nameEn="{en}"{more}>{inner}</bpmn:{tag}>'


def _drawn(flows: list[tuple[str, str]]) -> str:
    at = {key: (x, width, height) for key, _tag, _zh, _en, _more, x, width, height in _NODES}
    shapes = [
        _shape("pool", 100, 80, 660, 190, ' isHorizontal="true"'),
        _shape("lead", 130, 80, 630, 190, ' isHorizontal="true"'),
        *(_shape(key, x, _MIDDLE - height // 2, width, height) for key, (x, width, height) in at.items()),
    ]
    edges = [
        f'<bpmndi:BPMNEdge id="{a}-{b}_di" bpmnElement="{a}-{b}">'
        f'<di:waypoint x="{at[a][0] + at[a][1]}" y="{_MIDDLE}" /><di:waypoint x="{at[b][0]}" y="{_MIDDLE}" />'
        "</bpmndi:BPMNEdge>"
        for a, b in flows
    ]
    plane = "".join([*shapes, *edges])
    head = '<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">'
    return f"{head}{plane}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"


def _shape(key: str, x: int, y: int, width: int, height: int, more: str = "") -> str:
    bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}" />'
    return f'<bpmndi:BPMNShape id="{key}_di" bpmnElement="{key}"{more}>{bounds}</bpmndi:BPMNShape>'


def _table(key: str, zh: str, en: str) -> str:
    name = quoteattr(zh)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:di="http://www.omg.org/spec/DMN/20180521/DI/" xmlns:tongban="urn:tongban:bpmn:1" id="definitions" name={name} tongban:nameEn={quoteattr(en)} namespace={quoteattr("urn:tongban:decisions:" + key)}>
  <inputData id="input_1" name="area"><variable id="input_1_v" name="area" typeRef="number" /></inputData>
  <decision id="decision_1" name={name}>
    <variable id="decision_1_v" name={name} typeRef="string" />
    <informationRequirement id="requires_1"><requiredInput href="#input_1" /></informationRequirement>
    <decisionTable id="table_1" hitPolicy="UNIQUE">
      <input id="column_1" label="area"><inputExpression id="column_1_e" typeRef="number"><text>area</text></inputExpression></input>
      <output id="column_2" label="outcome" name="outcome" typeRef="string" />
      <annotation name="依据" />
      <rule id="rule_1"><inputEntry id="cell_1"><text>&lt;= 100</text></inputEntry><outputEntry id="cell_2"><text>"grant"</text></outputEntry><annotationEntry><text></text></annotationEntry></rule>
      <rule id="rule_2"><inputEntry id="cell_3"><text>&gt; 100</text></inputEntry><outputEntry id="cell_4"><text>"human"</text></outputEntry><annotationEntry><text></text></annotationEntry></rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="diagram">
      <dmndi:DMNShape id="decision_1_di" dmnElementRef="decision_1"><dc:Bounds x="220" y="80" width="180" height="80" /></dmndi:DMNShape>
      <dmndi:DMNShape id="input_1_di" dmnElementRef="input_1"><dc:Bounds x="247" y="240" width="125" height="45" /></dmndi:DMNShape>
      <dmndi:DMNEdge id="requires_1_di" dmnElementRef="requires_1"><di:waypoint x="310" y="240" /><di:waypoint x="310" y="180" /><di:waypoint x="310" y="160" /></dmndi:DMNEdge>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""  # noqa: E501 - one element a line, as modelers write them
