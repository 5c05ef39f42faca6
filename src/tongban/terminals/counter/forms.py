"""The counter's questions: an item's fields as the design system asks them, and the window's own."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.items import Field
from tongban.terminals.common.presenters import forms
from tongban.ui.forms import Choice, FieldSpec

#: More choices than this make a list to open instead of radio buttons.
_MANY = 6


def questions(fields: Iterable[Field]) -> tuple[FieldSpec, ...]:
    """An item's fields for `ui.forms`, dense."""
    return forms.questions(fields, most_radios=_MANY, rows=3)


def person() -> tuple[FieldSpec, ...]:
    """A natural person, from the identity card that is shown."""
    return (
        FieldSpec("id_number", _("身份证号码"), "citizen_id", hint=_("照身份证填，18 位。"), autocomplete="off"),
        FieldSpec("name", _("姓名"), max_length=50, autocomplete="off"),
        FieldSpec("phone", _("手机号"), "phone", required=False, autocomplete="off"),
        FieldSpec("address", _("住址"), required=False, autocomplete="off"),
        FieldSpec("seen", _("本人在场，看过身份证原件，人证一致"), "confirm"),
    )


def company() -> tuple[FieldSpec, ...]:
    """An organisation, from its licence."""
    return (
        FieldSpec(
            "credit_number", _("统一社会信用代码"), "credit_code", hint=_("照营业执照填，18 位。"), autocomplete="off"
        ),
        FieldSpec("name", _("单位名称"), max_length=100, autocomplete="off"),
        FieldSpec("phone", _("联系电话"), "phone", required=False, autocomplete="off"),
        FieldSpec("address", _("住所"), required=False, autocomplete="off"),
    )


def mandate(*, of_company: bool) -> tuple[FieldSpec, ...]:
    """Who lets whom act; the paper is at the window."""
    if of_company:
        number = FieldSpec("number", _("代办人的身份证号码"), "citizen_id", autocomplete="off")
    else:
        hint = _("单位填统一社会信用代码，个人填身份证号码。")
        number = FieldSpec("number", _("委托人的证件号码"), hint=hint, max_length=30, autocomplete="off")
    return (
        number,
        FieldSpec("valid_to", _("委托到哪一天"), "date", required=False, hint=_("授权书没有写截止日期的，空着。")),
        FieldSpec("seen", _("看过授权委托书和双方证件的原件"), "confirm"),
    )


def receiver() -> tuple[FieldSpec, ...]:
    """To whom a result is handed."""
    return (
        FieldSpec("to", _("领取人姓名"), max_length=50, hint=_("写来领的人，会印在送达回证上。"), autocomplete="off"),
        FieldSpec("seen", _("看过领取人的身份证件；代领的看过委托书"), "confirm"),
    )


def defence() -> tuple[FieldSpec, ...]:
    """What somebody says at the window before an adverse decision."""
    ways = (
        Choice("done", _("说完了")),
        Choice("more", _("先记这些，期限内还会补充")),
        Choice("waive", _("没有要说的，放弃陈述申辩")),
    )
    return (
        FieldSpec("text", _("对方说了什么"), "textarea", required=False, max_length=4000, rows=6, hint=_("照原话记。")),
        FieldSpec("way", _("说完了吗？"), "choice", options=ways),
    )
