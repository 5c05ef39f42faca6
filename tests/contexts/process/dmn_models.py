"""Small decision models for the tests, written as XML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from tongban.contexts.process.core.dmn.deciding import Decisions, read_decisions
from tongban.contexts.process.core.feel.text import plain

SPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def cell(tag: str, text: str, **attributes: str) -> str:
    """An element with a text."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{said}><text>{escape(text)}</text></{tag}>"


def table(
    rules: Sequence[str],
    *,
    policy: str = "UNIQUE",
    inputs: Sequence[str] = ("Age",),
    outputs: Sequence[tuple[str, str, str]] = (("", "", ""),),
    values: Sequence[str] = (),
    aggregation: str = "",
    annotations: Sequence[str] = (),
) -> str:
    """A table; a rule is written `test | test => output | output # annotation | annotation`.

    Outputs are (name, values in order of priority, default); `values` are the inputs' allowed values.
    """
    made = f'<decisionTable hitPolicy="{policy}"' + (f' aggregation="{aggregation}">' if aggregation else ">")
    for place, name in enumerate(inputs):
        allowed = cell("inputValues", values[place]) if place < len(values) and values[place] else ""
        made += f"<input>{cell('inputExpression', name)}{allowed}</input>"
    for name, listed, default in outputs:
        made += f'<output name="{name}">' + (cell("outputValues", listed) if listed else "")
        made += (cell("defaultOutputEntry", default) if default else "") + "</output>"
    made += "".join(f'<annotation name="{name}"/>' for name in annotations)
    for number, rule in enumerate(rules, 1):
        made += f'<rule id="r{number}">{_cells(rule)}</rule>'
    return made + "</decisionTable>"


def _cells(rule: str) -> str:
    logic, _, notes = rule.partition(" # ")
    tests, _, outputs = logic.partition(" => ")
    made = "".join(cell("inputEntry", text.strip()) for text in tests.split(" | "))
    made += "".join(cell("outputEntry", text.strip()) for text in outputs.split(" | "))
    return made + "".join(cell("annotationEntry", text.strip()) for text in notes.split(" | ") if notes)


def model(
    logic: str, *, inputs: Sequence[tuple[str, str]] = (("Age", "number"),), more: str = "", kind: str = ""
) -> str:
    """A model with one decision `D` over the inputs (name, type); `more` stands before it."""
    data = "".join(
        f'<inputData id="i{at}" name="{name}"><variable name="{name}" typeRef="{type_}"/></inputData>'
        for at, (name, type_) in enumerate(inputs)
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#i{at}"/></informationRequirement>' for at in range(len(inputs))
    )
    said = f' typeRef="{kind}"' if kind else ""
    return (
        f'<definitions xmlns="{SPACE}" name="m" namespace="urn:m">{more}{data}'
        f'<decision id="d" name="D"><variable name="D"{said}/>{needs}{logic}</decision></definitions>'
    )


def decided(source: str, **inputs: Any) -> Any:
    """The value of `D`, plain."""
    return plain(Decisions.value(read_decisions(source), "D", inputs))
