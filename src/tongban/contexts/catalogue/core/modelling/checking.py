"""What is wrong with a route or a table before it may be handed in: pure, and all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from tongban.contexts.catalogue.core import tables
from tongban.contexts.catalogue.core.decisions import DecisionFile, Shelf
from tongban.contexts.catalogue.core.findings import Severity
from tongban.contexts.catalogue.core.items import Text
from tongban.contexts.process.core import bpmn
from tongban.contexts.process.core.dmn.analysis import TableFinding, analysed
from tongban.contexts.process.core.dmn.xmltree import read_tree
from tongban.contexts.process.core.drawing import drawn
from tongban.contexts.process.core.routes import NotOneProcess, Route
from tongban.contexts.process.core.soundness import REASONS, judge, unready
from tongban.kernel.refusals import N_, Refusal

#: Text of a route or table, in characters: a page of drawing, not a library.
LONGEST: Final = 1_000_000
#: What the checker looks at in seconds: more flows, cells or tags are several models.
MOST_FLOWS: Final = 1_000
MOST_CELLS: Final = 4_000
MOST_TAGS: Final = 40_000
_FLOW: Final = re.compile(r"<(?:[\w.-]+:)?sequenceFlow\b")
_CELL: Final = re.compile(r"<(?:[\w.-]+:)?(?:inputEntry|outputEntry)\b")
_TO_MODELER: Final = N_("请在图上点开这一处改正。")


def too_much(xml: str) -> bool:
    """More than anybody could oversee, and than may be looked at while somebody waits: told before it is read."""
    if len(xml) > LONGEST or xml.count("<") > MOST_TAGS:
        return True
    return len(_FLOW.findall(xml)) > MOST_FLOWS or len(_CELL.findall(xml)) > MOST_CELLS


@dataclass(frozen=True)
class Fault:
    """One fault. `message` and `advice` are message ids in Chinese with values from `params`; `trace`: names of the
    elements done on the way to a fault of the route, or of the inputs of an example of a table."""

    severity: Severity
    element: str
    line: int
    message: str
    advice: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    trace: tuple[str, ...] = ()


def checked(
    kind: Literal["route", "table"], key: str, xml: str, known: Mapping[str, DecisionFile]
) -> tuple[Fault, ...]:
    """Every fault of the route or table `key`, errors first and by line; `known` are the decision files in force."""
    if too_much(xml):
        limits = {"flows": MOST_FLOWS, "cells": MOST_CELLS}
        return (Fault("error", "", 1, _TOO_MUCH, N_("请把它拆成几张。"), limits),)
    found = _route(xml, known) if kind == "route" else _table(key, xml, known)
    return tuple(sorted(found, key=lambda fault: (fault.severity != "error", fault.line)))


def name_of(kind: Literal["route", "table"], xml: str, key: str) -> Text:
    """What the route or table calls itself in both languages; its key where it says nothing or can't be read."""
    try:
        zh, en = _route_name(xml) if kind == "route" else _table_name(xml)
    except Refusal:
        zh, en = "", ""
    return Text(zh or key, en or zh or key)


def _route_name(xml: str) -> tuple[str, str]:
    for route in bpmn.read(xml.encode()).routes:
        return route.name, route.name_en
    return "", ""


def _table_name(xml: str) -> tuple[str, str]:
    root = read_tree(xml)
    english = (
        value
        for name, value in root.attributes.items()
        if name.startswith("{urn:tongban:") and name.endswith("}nameEn")
    )
    return root.get("name"), next(english, "")


#: The English name of a table, as our own editor writes it and as routes do.
_ENGLISH: Final = ("{urn:tongban:dmn:1}nameEn", f"{{{bpmn.TONGBAN}}}nameEn")


# -- routes ----------------------------------------------------------------------------------------------------------


def _route(xml: str, known: Mapping[str, DecisionFile]) -> Iterator[Fault]:
    diagram = bpmn.read_or_refused(xml.encode())
    verdict = judge(diagram)
    for refused in verdict.refusals:
        yield _refused(refused.refusal)
    if verdict.refusals:
        return
    for other in verdict.routes[1:]:
        yield _refused(NotOneProcess(other.id, diagram.lines.get(other.id, 1)))
    for route in verdict.routes[:1]:
        for refusal in unready(route, diagram):
            yield _refused(refusal)
        yield from _rules(route, known, diagram.lines)
        yield from _english(xml, diagram.lines)
    for finding in verdict.findings:
        params = {"reason": REASONS[finding.kind], "name": finding.name or finding.element}
        message = N_("“%(name)s”：%(reason)s。")
        yield Fault("error", finding.element, finding.line, message, _TO_MODELER, params, finding.trace)


def _refused(refusal: Refusal) -> Fault:
    element, line = refusal.params.get("element", ""), refusal.params.get("line", 0)
    return Fault(
        "error", str(element), line if isinstance(line, int) else 0, refusal.message, _TO_MODELER, refusal.params
    )


def _rules(route: Route, known: Mapping[str, DecisionFile], lines: Mapping[str, int]) -> Iterator[Fault]:
    """Tasks that are decided by a table name one that is in force."""
    decisions = {key: file.decisions for key, file in known.items()}
    for node in route.nodes.values():
        if node.kind != "rule" or not node.decision:
            continue
        try:
            tables.resolve(decisions, node.decision)
        except Refusal as refusal:
            advice = N_("请先公布这张决策表，或改成已有的一张。")
            yield Fault("error", node.id, lines.get(node.id, 0), refusal.message, advice, refusal.params)


def _english(xml: str, lines: Mapping[str, int]) -> Iterator[Fault]:
    """Everybody sees the way of a case: what is named in Chinese is named in English too."""
    drawing = drawn(xml.encode())
    named = [(one.id, one.name, one.name_en) for one in drawing.shapes]
    named += [(edge.id, edge.name, edge.name_en) for edge in drawing.edges]
    for key, name, name_en in named:
        if not name.isascii() and not name_en and key in lines:
            message, advice = N_("“%(name)s”没有英文名称。"), N_("请补上英文名称（tongban:nameEn）。")
            yield Fault("warning", key, lines[key], message, advice, {"name": name})


# -- tables ----------------------------------------------------------------------------------------------------------


def _table(key: str, xml: str, known: Mapping[str, DecisionFile]) -> Iterator[Fault]:
    texts = {name: file.text for name, file in known.items()} | {key: xml}
    files, refused = Shelf().read(texts)
    if key not in files:
        yield _refused(refused[key])
        return
    decisions = files[key].decisions
    if not decisions.names:
        yield Fault("error", "", 1, N_("文件里没有决策。"), N_("请至少画一个决策。"))
    space = decisions.part.model.namespace
    for other, file in files.items():
        if other != key and space and file.decisions.part.model.namespace == space:
            message, advice = N_("命名空间与 %(key)s 的相同，引用时分不清。"), N_("请换一个 namespace。")
            yield Fault("error", "", 1, message, advice, {"key": other})
    for finding in analysed(decisions):
        yield _of_table(finding)


def _of_table(finding: TableFinding) -> Fault:
    severity: Severity = "error" if finding.severity == "error" else "warning"
    trace = tuple(f"{name} = {value}" for name, value in finding.example.items())
    message, params = _UNFINISHED, {"table": finding.table, "column": finding.column}
    if finding.kind == "unjudged":
        message = _UNJUDGED
    if finding.refusal is not None:
        message, params = finding.refusal.message, dict(finding.refusal.params)
    return Fault(severity, finding.table, finding.line, message, _CURES[finding.kind], params, trace)


_TOO_MUCH: Final = N_("图或表太大，没有检查：一张图最多 %(flows)s 条连线，一个文件最多 %(cells)s 个单元格。")
_UNJUDGED: Final = N_("决策表“%(table)s”第%(column)s列有要计算的单元格，查不出重叠和空白。")
_UNFINISHED: Final = N_("决策表“%(table)s”太大，没有把全部组合查完。")
_CURES: Final[Mapping[str, str]] = {
    "overlap": N_("请改其中一条规则，或者换一种命中策略。"),
    "gap": N_("请补一条规则，或者写默认输出。"),
    "cell": N_("请点开这一格改正。"),
    "model": N_("请按提示改正。"),
    "unjudged": N_("请用试算逐条核对。"),
    "unfinished": N_("请把它拆成几张表。"),
}
