"""The questions of a fair procedure: what the applicant says, who should keep out, what interested parties think."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tongban.ui.forms import Choice, FieldSpec


def defence() -> tuple[FieldSpec, ...]:
    """State and defend, or give it up."""
    ways = (
        Choice("done", _("我说完了，不用等到期")),
        Choice("more", _("先说这些，期限内可能还要补充")),
        Choice("waive", _("我没有要说的，放弃陈述申辩")),
    )
    return (
        FieldSpec(
            "text", _("您要说明什么？"), "textarea", required=False, max_length=4000, rows=8,
            hint=_("哪里和事实不符、有什么理由、还有什么证据。不会因为您说了就作更不利的决定。"),
        ),
        FieldSpec(
            "file", _("附一份材料"), "file", required=False, accept=".pdf,.jpg,.jpeg,.png",
            hint=_("PDF 或者图片，最大 20 MB。还有的可以再提交一次。"),
        ),
        FieldSpec("way", _("说完了吗？"), "choice", options=ways),
    )  # fmt: skip


def recusal(officers: Iterable[tuple[str, str]]) -> tuple[FieldSpec, ...]:
    """Who should keep out, and why."""
    options = tuple(Choice(value, name, own_words=True) for value, name in officers)
    return (
        FieldSpec("officer", _("申请谁回避？"), "select", options=options, hint=_("承办单位的工作人员。")),
        FieldSpec(
            "reason", _("为什么？"), "textarea", max_length=2000,
            hint=_("例如：和对方有亲属关系、和这件事有利害关系，可能影响公正办理。"),
        ),
    )  # fmt: skip


def interested() -> tuple[FieldSpec, ...]:
    """Number and code of the notice, and what they think."""
    return (
        FieldSpec("number", _("办件编号"), hint=_("在告知书上，可以带空格。"), max_length=80, autocomplete="off"),
        FieldSpec("code", _("意见码"), hint=_("告知书上的 8 位数字。"), max_length=12, autocomplete="off"),
        FieldSpec(
            "text", _("您的意见"), "textarea", max_length=4000, rows=8,
            hint=_("这件事对您有什么影响、您同意还是反对、为什么。"),
        ),
    )  # fmt: skip
