"""Elements as questions: the specs of a page, the values that stand in them, and what was answered.

A draft may be unfinished, so nothing is refused for being empty (`unfinished`): an empty answer means "not stated", and
the checker says what is missing. What cannot be read at all (a day that does not exist, a word where a number belongs)
is told beside its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tongban.terminals.desk.elements.paths import Content, members, record
from tongban.terminals.desk.elements.shapes import Element
from tongban.ui.forms import Choice, FieldSpec
from tongban.ui.forms.reading import Value

_LINE, _LONG = 400, 4000
#: Closed lists up to this length are radio buttons.
_MOST_RADIOS = 6
_SPARE_ROWS = 2


@dataclass(frozen=True)
class Around:
    """What the choices of some elements depend on: value and words of agencies, routes, tables, lists and powers."""

    agencies: tuple[tuple[str, str], ...] = ()
    routes: tuple[tuple[str, str], ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    powers: tuple[tuple[str, str], ...] = ()
    tables: tuple[tuple[str, str], ...] = ()  # references to decision tables


def unfinished(asked: Iterable[FieldSpec]) -> tuple[FieldSpec, ...]:
    """The same questions, none of which must be answered."""
    return tuple(replace(spec, required=False) for spec in asked)


def name(element: Element) -> str:
    """Under which name an element is posted."""
    return f"e-{element.name}"


def specs(element: Element, values: Content, around: Around, *, least: int = 0) -> tuple[FieldSpec, ...]:
    """The questions of one element: one, two for a text in both languages, a row for each member of a short list (at
    `least` so many)."""
    rows = max(least, _rows(values.get(element.name)))
    match element.kind:
        case "said" | "short":
            long = element.kind == "said"
            return _both(name(element), element.label, element.hint, required=element.required, long=long)
        case "texts":
            return tuple(spec for row in range(rows) for spec in _text_row(element, row))
        case "options":
            return tuple(spec for row in range(rows) for spec in _option_row(element, row))
        case "lanes":
            return tuple(spec for row in range(rows) for spec in _lane_row(element, row, around))
        case _:
            return (_single(element, around),)


def _single(element: Element, around: Around) -> FieldSpec:
    key, label, hint = name(element), element.label, element.hint
    required = element.required and element.default is None
    choices = _choices(element, around)
    match element.kind:
        case "integer":
            lowest = None if element.key == "Field.minimum" else 0
            return FieldSpec(key, label, "integer", required=required, hint=hint, minimum=lowest, maximum=10**9)
        case "date":
            return FieldSpec(key, label, "date", required=required, hint=hint)
        case "lines":
            return FieldSpec(key, label, "textarea", required=required, hint=hint, max_length=_LONG, rows=5)
        case "choices" | "numbers" | "agencies" | "tags":
            return FieldSpec(key, label, "multi", required=required, hint=hint, options=choices)
        case "text" | "slot" | "law":
            return FieldSpec(key, label, required=required, hint=hint, max_length=_LINE, autocomplete="off")
    if len(choices) > _MOST_RADIOS:
        return FieldSpec(key, label, "select", required=required, hint=hint, options=choices)
    if not element.required and element.kind != "flag":
        choices = (*choices, Choice("", _("不写")))
    return FieldSpec(key, label, "choice", required=required, hint=hint, options=choices)


def _choices(element: Element, around: Around) -> tuple[Choice, ...]:
    match element.kind:
        case "flag" | "maybe":
            return (Choice("yes", _("是")), Choice("no", _("否")))
        case "agency" | "agencies":
            pairs = around.agencies
        case "route":
            pairs = around.routes
        case "table":
            pairs = around.tables
        case "tags":
            pairs = around.tags
        case "power":
            pairs = around.powers
        case _:
            pairs = element.choices if element.among else ()
    return tuple(Choice(value, capfirst(words)) for value, words in pairs)


def _both(key: str, label: str, hint: str, *, required: bool = False, long: bool = False) -> tuple[FieldSpec, ...]:
    """A text in both languages."""
    chinese, english = _("%(label)s（中文）") % {"label": label}, _("%(label)s（英文）") % {"label": label}
    if long:
        return (
            FieldSpec(f"{key}-zh", chinese, "textarea", required, hint, max_length=_LONG, rows=3),
            FieldSpec(f"{key}-en", english, "textarea", required, max_length=_LONG, rows=3),
        )
    return (
        FieldSpec(f"{key}-zh", chinese, required=required, hint=hint, max_length=_LINE),
        FieldSpec(f"{key}-en", english, required=required, max_length=_LINE),
    )


def _rows(value: Any) -> int:
    return (len(value) if isinstance(value, Mapping) else len(members(value))) + _SPARE_ROWS


def _numbered(element: Element, row: int) -> str:
    return _("%(label)s %(n)s") % {"label": element.label, "n": row + 1}


def _text_row(element: Element, row: int) -> tuple[FieldSpec, ...]:
    return _both(f"{name(element)}-{row}", _numbered(element, row), element.hint if not row else "")


def _option_row(element: Element, row: int) -> tuple[FieldSpec, ...]:
    key, label = f"{name(element)}-{row}", _numbered(element, row)
    hint = _("值用小写英文，条件里用它；整行空着就是不要这一行") if not row else ""
    value = FieldSpec(f"{key}-value", _("%(label)s：值") % {"label": label}, required=False, hint=hint)
    return (value, *_both(key, label, ""))


def _lane_row(element: Element, row: int, around: Around) -> tuple[FieldSpec, ...]:
    key, label = f"{name(element)}-{row}", _numbered(element, row)
    agencies = tuple(Choice(value, words) for value, words in around.agencies)
    return (
        FieldSpec(f"{key}-lane", _("%(label)s：路线里的角色") % {"label": label}, required=False,
                  hint=element.hint if not row else ""),
        FieldSpec(f"{key}-agency", _("%(label)s：机关") % {"label": label}, "select", False, options=agencies),
    )  # fmt: skip


# -- what stands in the fields -----------------------------------------------------------------------------------------


def shown(elements: Iterable[Element], values: Content) -> dict[str, Value]:
    """The values of `elements` as their fields show them."""
    found: dict[str, Value] = {}
    for one in elements:
        found |= _shown(one, values.get(one.name, one.default))
    return found


def _shown(element: Element, value: Any) -> dict[str, Value]:
    key = name(element)
    match element.kind:
        case "said" | "short":
            return _pair(key, value)
        case "texts":
            return _merged(_pair(f"{key}-{row}", one) for row, one in enumerate(members(value)))
        case "options":
            rows = [(f"{key}-{row}", record(one)) for row, one in enumerate(members(value))]
            return _merged({f"{at}-value": _plain(one.get("value")), **_pair(at, one.get("label"))} for at, one in rows)
        case "lanes":
            pairs = enumerate(record(value).items())
            return _merged({f"{key}-{n}-lane": str(lane), f"{key}-{n}-agency": _plain(one)} for n, (lane, one) in pairs)
        case "lines":
            return {key: "\n".join(_plain(one) for one in members(value))}
        case "choices" | "numbers" | "agencies" | "tags":
            return {key: [_plain(one) for one in members(value)]}
        case "flag" | "maybe":
            return {key: "yes" if value is True else "no" if value is False else ""}
        case "number":
            return {key: _plain(value) if value else ""}
        case _:
            return {key: _plain(value)}


def _pair(key: str, value: Any) -> dict[str, Value]:
    texts = record(value)
    return {f"{key}-zh": _plain(texts.get("zh")), f"{key}-en": _plain(texts.get("en"))}


def _plain(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _merged(rows: Iterable[dict[str, Value]]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for row in rows:
        found |= row
    return found


# -- what was answered -------------------------------------------------------------------------------------------------


def answered(elements: Iterable[Element], before: Content, values: Mapping[str, Value]) -> dict[str, Any]:
    """`before` with the answers of `elements`; what says no more than the default is left out."""
    after = dict(before)
    for one in elements:
        value = _kept(one, before.get(one.name), _answer(one, values))
        if one.name in before and value == before[one.name]:
            continue  # also where it is written out although it says no more than the default
        if value in (None, "", [], {}) or (not one.required and value == _bare(one.default)):
            after.pop(one.name, None)
        else:
            after[one.name] = value
    return after


def _kept(element: Element, before: Any, answer: Any) -> Any:
    """The answer in the words of what stood there: an empty text stays one, several ticks keep their order."""
    if answer is None and before == "":
        return before
    if element.kind in ("choices", "numbers", "agencies", "tags"):
        stood = [one for one in members(before) if one in answer]
        return [*stood, *(one for one in answer if one not in stood)]
    return answer


def _bare(default: Any) -> Any:
    return list(default) if isinstance(default, tuple) else default


def _answer(element: Element, values: Mapping[str, Value]) -> Any:
    key = name(element)
    match element.kind:
        case "said" | "short":
            return _text(values, key)
        case "texts":
            return [text for row in _posted_rows(values, key) if (text := _text(values, f"{key}-{row}"))]
        case "options":
            return [one for row in _posted_rows(values, key) if (one := _option(values, f"{key}-{row}"))]
        case "lanes":
            rows = [(values.get(f"{key}-{n}-lane"), values.get(f"{key}-{n}-agency")) for n in _posted_rows(values, key)]
            return {str(lane): str(agency or "") for lane, agency in rows if lane}
    value = values.get(key, "")
    match element.kind:
        case "lines":
            return [line.strip() for line in str(value).splitlines() if line.strip()]
        case "numbers":
            return [int(one) for one in value]
        case "choices" | "agencies" | "tags":
            return list(value)
        case "flag" | "maybe":
            return {"yes": True, "no": False}.get(str(value))
        case "integer":
            return int(str(value)) if value != "" else None
        case "number":
            return int(str(value)) if value else 0
        case _:
            return str(value) or None


def _text(values: Mapping[str, Value], key: str) -> dict[str, str] | None:
    """A text in the languages in which it was given; the checker asks for the other."""
    given = {language: str(values.get(f"{key}-{language}", "")) for language in ("zh", "en")}
    return {language: text for language, text in given.items() if text} or None


def _option(values: Mapping[str, Value], key: str) -> dict[str, Any] | None:
    value, label = str(values.get(f"{key}-value", "")), _text(values, key)
    return {"value": value, **({"label": label} if label else {})} if value or label else None


def _posted_rows(values: Mapping[str, Value], key: str) -> list[int]:
    """The rows of a short list that came with the form."""
    numbers = {one.removeprefix(f"{key}-").split("-")[0] for one in values if one.startswith(f"{key}-")}
    return sorted(int(one) for one in numbers if one.isdigit())
