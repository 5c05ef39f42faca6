"""Elements in words: one line for a value or a part of an item, whatever an unfinished draft holds there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core import items as i
from tongban.terminals.common.presenters.languages import either, is_english
from tongban.terminals.desk.elements.fields import Around
from tongban.terminals.desk.elements.paths import Content, members, record
from tongban.terminals.desk.elements.shapes import Element, element, elements

_UNITS = ("workday", "day", "month")


def said(one: Element, value: Any, around: Around) -> str:
    """A value as readers see it; "" for what is not stated."""
    match one.kind:
        case "said" | "short":
            return text(value)
        case "texts":
            return _("；").join(filter(None, map(text, members(value))))
        case "options":
            return _("；").join(filter(None, (text(record(each).get("label")) for each in members(value))))
        case "lanes":
            pairs = record(value).items()
            return _("；").join(f"{lane}: {_listed(around.agencies, organ)}" for lane, organ in pairs)
        case "record":
            return summary(one, value, around) if value else ""
        case "records":
            return _("；").join(summary(one, each, around) for each in members(value))
        case "flag" | "maybe":
            return {True: _("是"), False: _("否")}.get(value, "") if isinstance(value, bool) else ""
        case "lines":
            return _("、").join(_plain(each) for each in members(value))
        case "choices" | "numbers" | "agencies" | "tags":
            return _("、").join(_listed(_pairs(one, around), each) for each in members(value))
        case "number" | "choice" | "agency" | "route" | "table" | "power":
            return _listed(_pairs(one, around), value) if value else ""
        case _:
            return _plain(value)


def _pairs(one: Element, around: Around) -> tuple[tuple[str, str], ...]:
    match one.kind:
        case "agency" | "agencies":
            return around.agencies
        case "tags":
            return around.tags
        case "route":
            return around.routes
        case "table":
            return around.tables
        case "power":
            return around.powers
        case _:
            return one.choices


def _listed(pairs: tuple[tuple[str, str], ...], value: Any) -> str:
    return dict(pairs).get(str(value), _plain(value))


def _plain(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def text(value: Any) -> str:
    """A text in the language in force, else in the other."""
    texts = record(value)
    zh, en = _plain(texts.get("zh")), _plain(texts.get("en"))
    return either(zh, en) or en


def both(value: Any) -> str:
    """A text in both languages, as a reviewer must see it."""
    texts = record(value)
    found = [_plain(texts.get("zh")), _plain(texts.get("en"))]
    return " / ".join(filter(None, reversed(found) if is_english() else found))


# -- one line for a part -----------------------------------------------------------------------------------------------


def summary(one: Element, value: Any, around: Around) -> str:
    """A part or a member of a list in one line."""
    values = record(value)
    speak = _SUMMARIES.get(one.part) if one.part else None
    return speak(values, around) if speak else _("；").join(line for _label, line in details(one, values, around))


def details(one: Element, values: Content, around: Around) -> list[tuple[str, str]]:
    """Every stated element of a part: what it is called, and its value, texts in both languages."""
    assert one.part is not None
    found = []
    for each in elements(one.part):
        value = values.get(each.name, each.default)
        words = both(value) if each.kind in ("said", "short") else said(each, value, around)
        if words and each.kind not in ("record", "records") and value != each.default:
            found.append((each.label, words))
    return found


def _value(values: Content, owner: type, name: str, around: Around) -> str:
    one = element(owner, name)
    assert one is not None
    return said(one, values.get(name, one.default), around)


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def limit(values: Content, around: Around) -> str:
    """20 个工作日 · 批准后可延长 10."""
    value, unit = values.get("value"), values.get("unit")
    if value == 0:
        return _("当天")
    if not isinstance(value, int) or unit not in _UNITS:
        return _joined(_plain(value), _plain(unit))
    length = {"workday": _("%(n)s 个工作日"), "day": _("%(n)s 天"), "month": _("%(n)s 个月")}[unit] % {"n": value}
    extend = values.get("extend")
    return _joined(length, _("批准后可以延长 %(n)s") % {"n": extend} if extend else "")


def _basis(values: Content, around: Around) -> str:
    law, article = _law(values), _plain(values.get("article"))
    return _("%(law)s 第 %(article)s 条") % {"law": law, "article": article} if article else law


def _law(values: Content) -> str:
    law, english = _plain(values.get("law")), _plain(values.get("law_en"))
    return english if is_english() and english else f"《{law}》" if law else ""


def _material(values: Content, around: Around) -> str:
    return _joined(
        _value(values, i.Material, "need", around),
        _value(values, i.Material, "source", around),
        _value(values, i.Material, "format", around),
        _value(values, i.Material, "basis", around),
    )


def _question(values: Content, around: Around) -> str:
    return _joined(_value(values, i.Field, "kind", around), _plain(values.get("when")))


def _place(values: Content, around: Around) -> str:
    return _joined(*(text(values.get(name)) for name in ("address", "hours")), _plain(values.get("phone")))


def _step(values: Content, around: Around) -> str:
    return _("、").join(filter(None, (text(record(one).get("label")) for one in members(values.get("fields")))))


def _special(values: Content, around: Around) -> str:
    stops = _("停表") if values.get("stops") is True else _("照常计时")
    longest = values.get("max_days")
    days = _("最长 %(n)s 个工作日") % {"n": longest} if longest else ""
    return _joined(stops, text(values.get("basis")), days)


def _prerequisite(values: Content, around: Around) -> str:
    names = _("、").join(_plain(one) for one in members(values.get("items")))
    groups = [f"({_prerequisite(record(one), around)})" for one in members(values.get("groups"))]
    when = _plain(values.get("when"))
    return _joined(_value(values, i.Prerequisite, "mode", around), names, *groups, when)


def _fee(values: Content, around: Around) -> str:
    if values.get("charged") is False:
        return _("不收费")
    if values.get("charged") is not True:
        return ""
    return _joined(_("收费"), *(text(values.get(name)) for name in ("name", "standard", "basis")))


def _result(values: Content, around: Around) -> str:
    months = values.get("valid_months")
    valid = _("有效 %(n)s 个月") % {"n": months} if months else ""
    return _joined(text(values.get("name")), _value(values, i.ResultPaper, "kind", around), valid)


def _stage(values: Content, around: Around) -> str:
    hours = values.get("hours")
    words = _("%(n)s 个工作小时") % {"n": hours} if hours else ""
    return _joined(text(values.get("name")), words, _value(values, i.Stage, "agency", around),
                   text(values.get("position")))  # fmt: skip


def _handling(values: Content, around: Around) -> str:
    return _joined(_value(values, i.Handling, "route", around), _value(values, i.Handling, "agencies", around))


def _of(owner: type, *names: str) -> Callable[[Content, Around], str]:
    """A summary that strings these elements together."""
    return lambda values, around: _joined(*(_value(values, owner, name, around) for name in names))


_SUMMARIES: Mapping[type, Callable[[Content, Around], str]] = {
    i.Basis: _basis,
    i.Condition: _of(i.Condition, "text", "basis"),
    i.Limit: limit,
    i.Material: _material,
    i.Field: _question,
    i.Place: _place,
    i.FormStep: _step,
    i.SpecialProcedure: _special,
    i.Prerequisite: _prerequisite,
    i.Fee: _fee,
    i.ResultPaper: _result,
    i.Question: _of(i.Question, "answer"),
    i.Stage: _stage,
    i.RiskPoint: _of(i.RiskPoint, "grade", "position", "text"),
    i.Discretion: _of(i.Discretion, "position", "basis"),
    i.Delegation: _of(i.Delegation, "kind", "takers", "basis"),
    i.Intermediary: _of(i.Intermediary, "basis"),
    i.Handling: _handling,
}
_TITLES: Mapping[type, str] = {
    i.Basis: "",
    i.Condition: "",
    i.Material: "name",
    i.Field: "label",
    i.Place: "name",
    i.FormStep: "title",
    i.SpecialProcedure: "name",
    i.Question: "question",
    i.Discretion: "name",
    i.Intermediary: "name",
}


def title(one: Element, value: Any, around: Around) -> str:
    """What a member of a list is called beside its number: the material's name, the stage."""
    values, name = record(value), _TITLES.get(one.part or object, "")
    if one.part is i.Stage:
        words = _value(values, i.Stage, "kind", around)
    elif one.part is i.RiskPoint:
        words = _value(values, i.RiskPoint, "stage", around)
    elif one.part is i.Delegation:
        words = _value(values, i.Delegation, "giver", around)
    else:
        words = text(values.get(name)) if name else ""
    return words or one.label
