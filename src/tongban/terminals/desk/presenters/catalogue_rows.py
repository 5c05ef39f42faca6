"""An item version element by element: each value with the difference from the version in force inside it, and the
checker's findings in the row of their field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.findings import Finding
from tongban.contexts.catalogue.core.items import Handling, Item
from tongban.kernel.refusals import N_, Words
from tongban.terminals.common.presenters.languages import either
from tongban.terminals.desk.elements import advice as advices
from tongban.terminals.desk.elements import words
from tongban.terminals.desk.elements.differences import Run, pairs, runs, same
from tongban.terminals.desk.elements.fields import Around
from tongban.terminals.desk.elements.paths import NEW, Content, Path, record, spoken
from tongban.terminals.desk.elements.shapes import Element, element, elements

#: Group -> elements of the item, in the order of the page; "handling." names elements of the handling.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("基本信息"), (
        "name", "short", "power", "sub_type", "power_certainty", "serves", "levels", "agency", "organ_kind", "joint",
        "base_code", "base_code_synthetic", "local_code", "local_base_code", "power_source", "delegations",
        "valid_from", "valid_to",
    )),
    (N_("依据和时限"), (
        "basis", "conditions", "quantity", "statutory", "promised", "instant", "project_type", "review",
        "handling.special",
    )),
    (N_("材料"), ("materials", "commitment", "intermediaries", "prerequisites", "next")),
    (N_("收费和结果"), ("fee", "result")),
    (N_("怎样办理"), (
        "visits", "visit_reason", "channels", "online_depth", "scope", "in_hall", "appointment", "express", "kiosk",
        "stages", "handling",
    )),
    (N_("对外说明"), ("places", "consult", "complain", "topics", "words", "faq", "situation", "tags")),
    (N_("责任与风险"), ("risks", "discretion", "uncertain")),
    (N_("表单"), ("handling.form",)),
)  # fmt: skip
#: Parts whose one line says it all: the difference stands inside the line.
_TOLD_WHOLE = frozenset({"Limit", "Basis", "Condition", "Prerequisite", "Fee", "ResultPaper", "Place", "Stage"})
#: What rules without a number of STANDARDS §3.6 are called.
RULES = {
    "source": N_("形式"),
    "language": N_("双语"),
    "agency": N_("机关"),
    "material": N_("材料"),
    "reference": N_("引用"),
    "route": N_("路线"),
    "form": N_("表单"),
    "condition": N_("条件"),
    "delegation": N_("下放"),
    "date": N_("日期"),
    "code": N_("编码"),
    "circle": N_("循环"),
}
Link = Callable[[Path], str]


@dataclass(frozen=True)
class Said:
    """A finding in words."""

    severity: str  # "error" | "warning"
    rule: str
    message: str
    advice: str
    law: str
    field: str

    @property
    def stops(self) -> bool:
        return self.severity == "error"


@dataclass(frozen=True)
class Line:
    """A further line of a row: what it is called, and its words with the difference inside."""

    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Row:
    """One element, or one member of a list."""

    path: Path
    id: str
    label: str
    runs: tuple[Run, ...]
    href: str = ""
    lines: tuple[Line, ...] = ()
    whole: tuple[tuple[str, str], ...] = ()  # every stated element of a part, to unfold
    findings: tuple[Said, ...] = ()
    changed: bool = False
    removed: bool = False
    adds: bool = False  # the row that adds a member

    @property
    def worst(self) -> str:
        """How the row stands: "error", "warning" or "" """
        kinds = {one.severity for one in self.findings}
        return "error" if "error" in kinds else "warning" if kinds else ""


@dataclass(frozen=True)
class Group:
    name: str
    rows: tuple[Row, ...]
    unstated: tuple[Row, ...]  # elements nobody has written anything into


@dataclass(frozen=True)
class Sheet:
    """The whole item. `general` are findings of no element."""

    groups: tuple[Group, ...]
    general: tuple[Said, ...]
    errors: int
    warnings: int
    sound: int  # rows without a finding
    changes: int
    first: Row | None  # the first row with something that stops it


def sheet(
    content: Content, old: Content | None, findings: Sequence[Finding], around: Around, link: Link,
    *, only_changes: bool = False,
) -> Sheet:  # fmt: skip
    """`content` row by row, beside `old` (the version in force; None = there is none)."""
    build = partial(_rows, content=content, old=old, around=around, link=link)
    built = [(_(name), [row for key in keys for row in build(key)]) for name, keys in GROUPS]
    told = [said(one) for one in findings]
    home = _homes([row for _name, rows in built for row in rows], told)
    rows = [(name, [replace(row, findings=tuple(home.get(row.path, ()))) for row in rows]) for name, rows in built]
    every = [row for _name, found in rows for row in found]
    stated = [row for row in every if row.runs or row.lines]
    return Sheet(
        groups=tuple(_group(name, found, only_changes) for name, found in rows),
        general=tuple(home.get((), ())),
        errors=sum(one.stops for one in told),
        warnings=sum(not one.stops for one in told),
        sound=sum(not row.findings for row in stated if not row.adds and not row.removed),
        changes=sum(row.changed for row in every),
        first=next((row for row in every if row.worst == "error"), None),
    )


def _group(name: str, rows: list[Row], only_changes: bool) -> Group:
    if only_changes:
        return Group(name, tuple(row for row in rows if row.changed or row.findings), ())
    shown = [row for row in rows if row.runs or row.lines or row.findings or row.changed]
    return Group(name, tuple(shown), tuple(row for row in rows if row not in shown and row.href))


def said(finding: Finding) -> Said:
    """A finding in the reader's language."""
    params = {name: _param(value) for name, value in finding.params.items()}
    if finding.rule == "source" and "key" in params:
        params["key"] = called(finding.place.field) or params["key"]
    message, advice = (_told(text, params, finding.place.field) for text in (finding.message, finding.advice))
    law = getattr(finding, "law", "")
    rule = _(RULES[finding.rule]) if finding.rule in RULES else finding.rule
    return Said(finding.severity, rule, message, advice, _(law) if law else "", finding.place.field)


def _told(text: str, params: Mapping[str, object], field: str) -> str:
    if not text:
        return ""
    words = advices.in_words(_(text), field)
    return words % params if params else words


def _param(value: object) -> object:
    """A value that a finding names: words in both languages, or a message, in the reader's."""
    if isinstance(value, Words):
        return either(value.zh, value.en)
    return advices.stages(_(value)) if isinstance(value, str) and value else value


def called(field: str) -> str:
    """What the element at a path of a finding is called: materials[2].need is 必要程度; "" for what is none."""
    owner: type | None = Item
    one: Element | None = None
    for step in re.findall(r"[a-z_]+", field):
        if one is not None and one.kind in ("said", "short") and step in ("zh", "en"):
            language = _("%(label)s（中文）") if step == "zh" else _("%(label)s（英文）")
            return language % {"label": one.label}
        one = element(owner, step) if owner is not None else None
        owner = one.part if one is not None else None
    return one.label if one is not None else ""


def _homes(rows: list[Row], told: list[Said]) -> dict[Path, list[Said]]:
    """Path of a row -> the findings that belong into it: the row with the longest path that leads to the field."""
    by_name = {spoken(row.path): row.path for row in rows if not row.removed}
    found: dict[Path, list[Said]] = {}
    for one in told:
        at = one.field
        while at and at not in by_name:
            at = at[: max(at.rfind("."), at.rfind("["), 0)]
        found.setdefault(by_name.get(at, ()), []).append(one)
    return found


# -- rows --------------------------------------------------------------------------------------------------------------


def _rows(key: str, *, content: Content, old: Content | None, around: Around, link: Link) -> list[Row]:
    """The rows of one element of the page."""
    path: Path = tuple(key.split("."))
    owner, values, before = Item, content, old
    if len(path) == 2:
        if not record(content.get("handling")) and not record((old or {}).get("handling")):
            return []
        values = record(content.get("handling"))
        before = record(old.get("handling")) if old is not None else None
        owner = Handling  # type: ignore[assignment]
    one = element(owner, str(path[-1]))
    assert one is not None
    new_value, old_value = values.get(one.name), before.get(one.name) if before is not None else None
    if one.kind == "records":
        return _member_rows(one, path, new_value, old_value, before is not None, around, link)
    return [_single_row(one, path, new_value, old_value, before is not None, around, link)]


def _single_row(one: Element, path: Path, new: Any, old: Any, compared: bool, around: Around, link: Link) -> Row:
    changed = compared and not same(one, old, new)
    if one.kind == "record":
        return _part_row(one, path, one.label, new, old if compared else None, changed, around, link(path))
    speak = words.both if one.kind in ("said", "short") else partial(_speak, one, around)
    before = speak(old if old is not None else one.default) if compared else None
    after = speak(new if new is not None else one.default)
    quiet = not changed and new in (None, one.default)
    return Row(path, _id(path), one.label, () if quiet else runs(before, after), link(path), changed=changed)


def _speak(one: Element, around: Around, value: Any) -> str:
    return words.said(one, value, around)


def _part_row(
    one: Element, path: Path, label: str, new: Any, old: Any, changed: bool, around: Around, href: str
) -> Row:
    """A part (limit, fee, a material): its one line, beneath it what changed in it, and everything to unfold."""
    assert one.part is not None
    after = words.summary(one, new, around) if new else ""
    inside = one.part.__name__ in _TOLD_WHOLE
    before = words.summary(one, old, around) if old else None
    shown = runs(before, after) if inside and before is not None else runs("" if changed and not old else None, after)
    if not new and old:
        shown = (Run("del", before or label),)
    lines = _changed_lines(one, record(new), record(old), around, after if inside else "") if new and old else ()
    if one.kind == "record" and one.name == "handling" and not new and not old:
        shown = ()
    whole = tuple(words.details(one, record(new), around)) if new else ()
    return Row(path, _id(path), label, shown, href, lines, whole, changed=changed)


def _changed_lines(one: Element, new: Content, old: Content, around: Around, told: str) -> tuple[Line, ...]:
    """What changed in a part, but for what its one line has told."""
    assert one.part is not None
    found = []
    for each in elements(one.part):
        if same(each, old.get(each.name), new.get(each.name)) or (one.name == "handling" and each.kind == "records"):
            continue
        speak = words.both if each.kind in ("said", "short") else partial(_speak, each, around)
        before, after = speak(old.get(each.name, each.default)), speak(new.get(each.name, each.default))
        if before != after and not (told and after and after in told):
            found.append(Line(each.label, runs(before, after)))
    return tuple(found)


def _member_rows(one: Element, path: Path, new: Any, old: Any, compared: bool, around: Around, link: Link) -> list[Row]:
    rows = []
    for was, _place, now, number in pairs(one, old if compared else new, new):
        if number is None:
            label = words.title(one, was, around)
            gone = (Run("del", words.summary(one, was, around) or label),)
            rows.append(Row((*path, f"gone-{_place}"), "", label, gone, changed=True, removed=True))
            continue
        label = f"{number + 1}  {words.title(one, now, around)}"
        changed = compared and (was is None or not _same_member(one, was, now))
        at = (*path, number)
        row = _part_row(one, at, label, now, was if compared and was is not None else None, changed, around, link(at))
        rows.append(row if row.runs or row.lines else replace(row, runs=(Run("", "—"),)))
    add = Row(path, _id(path), one.label, (), link((*path, NEW)), adds=True)
    return [*rows, add]


def _same_member(one: Element, was: Any, now: Any) -> bool:
    assert one.part is not None
    old, new = record(was), record(now)
    return all(same(each, old.get(each.name), new.get(each.name)) for each in elements(one.part))


def _id(path: Path) -> str:
    return "r-" + "-".join(str(step) for step in path)


def filled(content: Mapping[str, Any]) -> int:
    """How many elements say something: a measure of how far a draft has come."""
    return sum(content.get(one.name) not in (None, one.default, "", [], {}) for one in elements(Item))
