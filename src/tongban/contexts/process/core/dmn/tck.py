"""The cases of the DMN Technology Compatibility Kit: read, put to a model, and compared, one result at a time.

A result counts as passed when the value is the expected one (numbers within 0.00000001, as the kit compares), and
where an error is expected, when the engine answers null. A crash, a refusal and an unreadable model count as failed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tongban.contexts.process.core.dmn.deciding import Decisions, read_decisions
from tongban.contexts.process.core.dmn.refusals import ModelRefused, NoModel
from tongban.contexts.process.core.dmn.xmltree import KIND, NIL, Element, read_tree
from tongban.contexts.process.core.feel.compare import equal
from tongban.contexts.process.core.feel.parts import read_date, read_date_time, read_duration, read_time
from tongban.contexts.process.core.feel.text import plain
from tongban.contexts.process.core.feel.values import Range
from tongban.kernel.refusals import Refusal

SPACE: Final = "http://www.omg.org/spec/DMN/20160719/testcase"
NEAR: Final = Decimal("0.00000001")
_READERS: Final = {"date": read_date, "time": read_time, "dateTime": read_date_time, "duration": read_duration}
_NUMBERS: Final = frozenset({"decimal", "double", "float", "integer", "int", "long", "short", "byte", "number"})


@dataclass(frozen=True)
class Wanted:
    """One expected result."""

    node: str
    value: Any
    error: bool


@dataclass(frozen=True)
class Case:
    """A case: what is asked, with which inputs, and the expected results."""

    id: str
    kind: str  # decision, decisionService, bkm
    invoked: str
    inputs: Mapping[str, Any]
    results: tuple[Wanted, ...]


@dataclass(frozen=True)
class Suite:
    """A file of cases; `model` is the name of the model's file."""

    model: str
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Verdict:
    """How one result came out."""

    case: str
    node: str
    passed: bool
    expected: Any
    actual: Any
    error: str = ""


def read_suite(content: bytes | str) -> Suite:
    """The cases in a file."""
    root = read_tree(content)
    if root.tag != "testCases" or root.space != SPACE:
        raise NoModel(root.tag, root.line)
    return Suite(root.text_of("modelName"), tuple(map(_case, root.all("testCase"))))


def _case(element: Element) -> Case:
    results = tuple(
        Wanted(
            node=" ".join(one.get("name").split()),
            value=_value(expected) if (expected := one.first("expected")) else None,
            error=one.get("errorResult") == "true",
        )
        for one in element.all("resultNode")
    )
    inputs = {" ".join(one.get("name").split()): _value(one) for one in element.all("inputNode")}
    return Case(element.get("id"), element.get("type"), element.get("invocableName"), inputs, results)


def _value(element: Element) -> Any:
    """A list, a context of components, or a single value."""
    if element.get(NIL) == "true":
        return None
    members = element.first("list")
    if members is not None:
        return None if members.get(NIL) == "true" else [_value(item) for item in members.all("item")]
    components = list(element.all("component"))
    if components:
        return {component.get("name"): _value(component) for component in components}
    single = element.first("value")
    return _single(single) if single is not None else None


def _single(element: Element) -> Any:
    if element.get(NIL) == "true":
        return None
    kind = element.get(KIND).rpartition(":")[2]
    text = element.text
    if kind in _NUMBERS:
        try:
            return Decimal(text.strip())
        except InvalidOperation:
            return text
    if kind == "boolean":
        return text.strip() == "true"
    read = _READERS.get(kind)
    return read(text.strip()) if read else text


def same(expected: Any, actual: Any) -> bool:
    """Whether a value is the expected one."""
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(expected - actual) < NEAR
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(same, expected, actual))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(same(expected[key], actual[key]) for key in expected)
    if isinstance(expected, (list, dict)) or isinstance(actual, (list, dict, Range)):
        return False
    return equal(expected, actual) is True


def run_suite(suite: Suite, model: bytes | str, others: Sequence[bytes | str], now: datetime) -> Iterator[Verdict]:
    """Every expected result of a suite, put to its model; never raises."""
    try:
        decisions = read_decisions(model, others, strict=False)
    except (ModelRefused, RecursionError) as error:
        for case in suite.cases:
            for wanted in case.results:
                yield Verdict(case.id, wanted.node, False, plain(wanted.value), None, str(error))
        return
    for case in suite.cases:
        for wanted in case.results:
            yield _verdict(decisions, case, wanted, now)


def _verdict(decisions: Decisions, case: Case, wanted: Wanted, now: datetime) -> Verdict:
    expected = plain(wanted.value)
    try:
        actual = _asked(decisions, case, wanted, now)
    except Refusal as error:
        return Verdict(case.id, wanted.node, False, expected, None, str(error))
    except Exception as error:  # a crash is a failed result, never a broken run
        return Verdict(case.id, wanted.node, False, expected, None, f"{type(error).__name__}: {error}")
    passed = actual is None if wanted.error else same(wanted.value, actual)
    return Verdict(case.id, wanted.node, passed, expected, plain(actual))


def _asked(decisions: Decisions, case: Case, wanted: Wanted, now: datetime) -> Any:
    if case.kind in ("", "decision") or not case.invoked:
        return decisions.value(wanted.node, case.inputs, now=now)
    result = decisions.invoke(case.invoked, case.inputs, now=now)
    return result[wanted.node] if isinstance(result, dict) and wanted.node in result else result
