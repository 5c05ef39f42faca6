"""The portal's questions: an item's fields as the design system asks them, and the portal's own."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.items import Field
from tongban.contexts.parties.core import Principal
from tongban.terminals.common.presenters import forms
from tongban.ui.forms import Choice, FieldSpec

#: More choices than this make a list to open instead of radio buttons.
_MANY = 8


def questions(fields: Iterable[Field]) -> tuple[FieldSpec, ...]:
    """An item's fields for `ui.forms`."""
    return forms.questions(fields, most_radios=_MANY)


def start(principals: Iterable[Principal], districts: Iterable[tuple[str, str]]) -> tuple[FieldSpec, ...]:
    """For whom, and where."""
    who = tuple(
        Choice(p.id, p.name, hint, own_words=True)
        for p in principals
        for hint in [_("我自己") if p.relation == "self" else _("我代办 · %(n)s") % {"n": p.id_number_masked}]
    )
    return (
        FieldSpec("principal", _("给谁办？"), "choice", options=who),
        FieldSpec(
            "division",
            _("在哪个区？"),
            "choice",
            hint=_("店、工地、房子或者您住的地方在哪个区，就选哪个区。"),
            options=tuple(Choice(code, name) for code, name in districts),
        ),
    )


def promise(*, instant: bool = False, commits: bool = False) -> tuple[FieldSpec, ...]:
    """The statement before filing; who decides, where a table may (`instant`); the commitment, where it was chosen."""
    who = (
        Choice("table", _("符合公开的规则就当场准予"), _("由系统判断，几秒钟；不符合的转给工作人员，不会被系统拒绝")),
        Choice("person", _("由工作人员办理"), _("不用系统判断，按承诺的期限办")),
    )
    return (
        *((FieldSpec("decider", _("谁来决定？"), "choice", required=False, options=who),) if instant else ()),
        *((FieldSpec("promised", _("我已读完上面的承诺内容，我承诺。"), "confirm"),) if commits else ()),
        FieldSpec("promise", _("以上内容真实。如果有假，我知道许可会被撤销，并承担法律责任。"), "confirm"),
    )


def ask_person() -> tuple[FieldSpec, ...]:
    """What a person shall explain."""
    hint = _("一句话也可以。只能申请一次，工作人员会写明理由答复您。")
    return (FieldSpec("reason", _("您想问清楚什么，或者哪里不对？"), "textarea", hint=hint, max_length=1000),)


def withdrawal() -> tuple[FieldSpec, ...]:
    return (FieldSpec("reason", _("为什么撤回？"), "textarea", required=False, max_length=500),)


def score_words() -> dict[int, str]:
    """The five levels (GB/T 39734-2020)."""
    return {5: _("非常满意"), 4: _("满意"), 3: _("基本满意"), 2: _("不满意"), 1: _("非常不满意")}


def rating(tags: Iterable[tuple[str, str]]) -> tuple[FieldSpec, ...]:
    """One of five levels, what was good or bad, and a sentence."""
    levels = tuple(Choice(str(score), words) for score, words in score_words().items())
    return (
        FieldSpec("score", _("您满意吗？"), "choice", options=levels),
        FieldSpec(
            "details",
            _("哪里好，哪里不好？"),
            "multi",
            required=False,
            hint=_("不满意的，请勾一项或者写一句，我们才能改。"),
            options=tuple(Choice(value, name) for value, name in tags),
        ),
        FieldSpec("text", _("想说的话"), "textarea", required=False, max_length=500),
    )


def rating_tags() -> tuple[tuple[str, str], ...]:
    """Short judgements to tick."""
    return (
        ("fast", _("办得快")),
        ("clear", _("说得清楚")),
        ("kind", _("态度好")),
        ("slow", _("等太久")),
        ("unclear", _("说不清楚")),
        ("papers", _("材料要得多")),
        ("rude", _("态度差")),
        ("site", _("网页不好用")),
    )


def progress() -> tuple[FieldSpec, ...]:
    """Number and code from the receipt."""
    return (
        FieldSpec("number", _("办件编号"), hint=_("在收件凭证上，可以带空格。"), max_length=80, autocomplete="off"),
        FieldSpec("code", _("查询码"), hint=_("6 位数字，在编号下面。"), max_length=12, autocomplete="off"),
    )
