"""Conditions of flows: S-FEEL, or a person chooses where the diagram speaks another language or none."""

from __future__ import annotations

from dataclasses import dataclass

from tongban.contexts.process.core import sfeel
from tongban.contexts.process.core.bpmn import reasons
from tongban.contexts.process.core.bpmn.diagram import Findings
from tongban.contexts.process.core.bpmn.tree import Element
from tongban.contexts.process.core.routes import (
    ConditionUnreadable,
    MisplacedCondition,
    NoDefaultFlow,
    UnknownReference,
)


@dataclass(frozen=True)
class Condition:
    """What stands on one flow. `text`: S-FEEL, "" = none; `foreign`: something else stands there, or an expression
    without words (`blank`); `column`: where S-FEEL could not be read, 0 = nowhere."""

    text: str = ""
    foreign: bool = False
    column: int = 0
    blank: bool = False

    @property
    def is_there(self) -> bool:
        """Whether the flow is conditional at all."""
        return bool(self.text or self.foreign or self.column)


def condition_of(flow: Element, language: str) -> Condition:
    """The condition on `flow`; `language`: the file's own expression language."""
    expression = flow.child("conditionExpression")
    text = expression.text.removeprefix("=").strip() if expression is not None else ""
    if expression is None:
        return Condition()
    if not text:
        return Condition(foreign=True, blank=True)
    own = expression.attributes.get("language", "")
    if text.startswith(("${", "#{")) or (own and "feel" not in own.lower()):
        return Condition(foreign=True)
    try:
        sfeel.compile_condition(text)
    except sfeel.ConditionRefused as refused:
        if language and "feel" not in language.lower():
            return Condition(foreign=True)
        return Condition(column=int(str(refused.params["column"])))
    return Condition(text)


class Choice:
    """The flows that leave one node, and how one of them is found."""

    def __init__(self, node: Element, kind: str, flows: list[tuple[Element, Condition]]) -> None:
        self.node = node
        self.kind = kind
        self.flows = flows
        self.default = node.attributes.get("default", "")

    def settle(self, found: Findings, *, executable: bool) -> bool:
        """Whether a person chooses here; refuses or notes what is not as it must be."""
        if self.default and self.default not in {flow.id for flow, _ in self.flows}:
            found.refuse(UnknownReference, self.node)
        conditional = [(flow, one) for flow, one in self.flows if one.is_there]
        chooses = self.kind in ("exclusive", "inclusive") and len(self.flows) > 1
        splits = self.kind == "activity" and len(self.flows) > 1
        if not chooses and not (splits and conditional):
            for flow, one in conditional:
                if not one.blank:
                    found.refuse(MisplacedCondition, flow)
            return False
        return self._chosen(found, strict=chooses, executable=executable)

    def _chosen(self, found: Findings, *, strict: bool, executable: bool) -> bool:
        """`strict`: every flow but the default one needs a condition, as at gateways."""
        others = [(flow, one) for flow, one in self.flows if flow.id != self.default]
        missing = [flow for flow, one in others if not one.is_there] if strict else []
        bad = [(flow, one) for flow, one in others if one.column]
        foreign = any(one.foreign for _, one in others)
        lacks_default = not self.default and (strict or not any(not one.is_there for _, one in others))
        if not (missing or bad or foreign or lacks_default):
            for flow, one in self.flows:
                if flow.id == self.default and one.is_there and not one.blank:
                    found.refuse(MisplacedCondition, flow)
            return False
        if executable and not foreign and len(missing) < len(others):
            for flow, one in bad:
                found.refuse(ConditionUnreadable, flow, one.column)
            for flow in missing:
                found.refuse(MisplacedCondition, flow)
            if lacks_default and not bad and not missing:
                found.refuse(NoDefaultFlow, self.node)
            return False
        found.note(self.node, reasons.CHOSEN)
        return True
