"""Diagrams for tests, written as short as they can be."""

from __future__ import annotations

from itertools import pairwise

from tongban.contexts.process.core import bpmn, soundness
from tongban.contexts.process.core.routes import Route

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tongban="urn:tongban:bpmn:1"'
    ' xmlns:other="urn:other">\n'
)


def flow(source: str, target: str, condition: str = "") -> str:
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>\n'


def flows(text: str) -> str:
    """`a b c; b d` as flows a-b, b-c, b-d."""
    made = ""
    for chain in text.split(";"):
        names = chain.split()
        made += "".join(flow(left, right) for left, right in pairwise(names))
    return made


def users(names: str) -> str:
    return "".join(f'<userTask id="{one}" name="{one.upper()}"/>\n' for one in names.split())


def ends(names: str) -> str:
    return "".join(f'<endEvent id="{one}"/>\n' for one in names.split())


def boundary(key: str, host: str, kind: str, *, interrupting: bool = True, inside: str = "") -> str:
    cancel = "true" if interrupting else "false"
    definition = f"<{kind}EventDefinition{inside}/>" if not inside.startswith("<") else inside
    return f'<boundaryEvent id="{key}" attachedToRef="{host}" cancelActivity="{cancel}">{definition}</boundaryEvent>\n'


def timer(length: int = 5, unit: str = "workday") -> str:
    return f' tongban:length="{length}" tongban:unit="{unit}"'


def xml(body: str, *, beside: str = "", executable: bool = True) -> bytes:
    runs = "true" if executable else "false"
    text = f'{HEAD}<process id="p" name="流程" isExecutable="{runs}">\n<startEvent id="s"/>\n{body}</process>\n{beside}'
    return f"{text}</definitions>".encode()


def verdict(body: str, *, beside: str = "", executable: bool = True) -> soundness.Verdict:
    return soundness.judge(bpmn.read(xml(body, beside=beside, executable=executable)))


def route(body: str, *, beside: str = "", executable: bool = True) -> Route:
    """The first route of a diagram that must be in order."""
    found = verdict(body, beside=beside, executable=executable)
    assert found.is_ok, (found.refusals, found.findings)
    return found.routes[0]
