"""Activities done by several: numbers, weights and the rule by which they agree."""

from __future__ import annotations

import re
from typing import Final, cast

from tongban.contexts.process.core import sfeel
from tongban.contexts.process.core.bpmn import reasons
from tongban.contexts.process.core.bpmn.diagram import Findings
from tongban.contexts.process.core.bpmn.refusals import QuorumUnreadable
from tongban.contexts.process.core.bpmn.tree import Element
from tongban.contexts.process.core.routes import Multi, Quorum

_RULES: Final = frozenset({"", "all", "majority", "any", "weighted"})
_NAME: Final = re.compile(r"[^\W\d]\w*")
CAMUNDA: Final = "http://camunda.org/schema/1.0/bpmn"


def multi_of(activity: Element, found: Findings, *, executable: bool) -> Multi | None:
    """How several do `activity`; None when one does."""
    for child in activity:
        if child.tag == "standardLoopCharacteristics":
            found.outside(child, reasons.ELEMENTS["standardLoopCharacteristics"], activity)
    loop = activity.child("multiInstanceLoopCharacteristics")
    if loop is None:
        return None
    if loop.attributes.get("behavior", "All") != "All":
        found.outside(loop, reasons.MULTI_BEHAVIOUR, activity)
        return None
    ours = {**activity.ours(), **loop.ours()}
    count, collection = _number(loop, ours)
    multi = _multi(loop, ours, count, collection)
    if multi is None or not (count or collection or multi.weights):
        if executable or multi is None:
            found.refuse(QuorumUnreadable, activity)
            return None
        found.note(activity, reasons.ONE_PERSON)
        count = "1"
    until = _until(loop, activity, found, executable=executable)
    return Multi(multi.parallel, count, collection, multi.quorum, multi.weights, multi.threshold, multi.agrees, until)


def _multi(loop: Element, ours: dict[str, str], count: str, collection: str) -> Multi | None:
    rule, weights = ours.get("quorum", ""), _whole_numbers(ours.get("weights", ""))
    threshold, agrees = ours.get("threshold", "50").removesuffix("%"), ours.get("agrees", Multi.agrees)
    fits = weights is not None and rule in _RULES and threshold.isdigit() and 0 < int(threshold) <= 100
    if not fits or weights is None or (rule == "weighted" and not weights):
        return None
    if any(text and not text.isdigit() and not _NAME.fullmatch(text) for text in (count, collection)):
        return None
    try:
        sfeel.compile_condition(agrees)
    except sfeel.ConditionRefused:
        return None
    parallel = loop.attributes.get("isSequential", "false") not in ("true", "1")
    return Multi(parallel, count, collection, cast("Quorum", rule), weights, int(threshold), agrees)


def _number(loop: Element, ours: dict[str, str]) -> tuple[str, str]:
    """How many: a number or a name, and the name of a list."""
    cardinality = loop.child("loopCardinality")
    count = ours.get("reviewers", "") or (cardinality.text.removeprefix("=").strip() if cardinality else "")
    collection = ours.get("reviewerList", "") or loop.of_space(CAMUNDA).get("collection", "")
    for inner in loop.walk():
        if inner.tag == "loopCharacteristics" and not collection:
            collection = inner.attributes.get("inputCollection", "").removeprefix("=").strip()
    wrapped = re.fullmatch(r"[$#]\{\s*(\w+)\s*\}", count or collection)
    if wrapped and count:
        count = wrapped[1]
    elif wrapped:
        collection = wrapped[1]
    return count, "" if count else collection


def _until(loop: Element, activity: Element, found: Findings, *, executable: bool) -> str:
    condition = loop.child("completionCondition")
    text = condition.text.removeprefix("=").strip() if condition is not None else ""
    try:
        sfeel.compile_condition(text)
    except sfeel.ConditionRefused:
        if executable:
            found.refuse(QuorumUnreadable, activity)
        else:
            found.note(activity, reasons.WAITS_FOR_ALL)
        return ""
    return text


def _whole_numbers(text: str) -> tuple[int, ...] | None:
    """The weights of the reviewers; None when they cannot be read."""
    parts = [part.strip() for part in text.split(",")] if text.strip() else []
    if not all(part.isdigit() and 0 < int(part) <= 1000 for part in parts):
        return None
    return tuple(map(int, parts))
