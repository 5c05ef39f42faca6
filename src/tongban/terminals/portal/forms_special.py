"""What the applicant, and anybody, is asked in a special procedure."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tongban.ui.forms import Choice, FieldSpec


def visit_time() -> tuple[FieldSpec, ...]:
    """Why another time, and which would do."""
    return (
        FieldSpec("reason", _("为什么那天不便？"), "textarea", max_length=500),
        FieldSpec(
            "wish",
            _("哪些时间方便？"),
            required=False,
            max_length=200,
            hint=_("写两三个工作日的时段，办理机关会照着安排。"),
        ),
    )


def hearing() -> tuple[FieldSpec, ...]:
    """Ask for it, or give it up."""
    choices = (
        Choice("ask", _("申请听证"), _("二十个工作日内举行，这段时间不计入办理期限。")),
        Choice("waive", _("放弃听证"), _("放弃以后不能再申请，机关可以作决定。")),
    )
    return (
        FieldSpec("choice", _("您怎么选？"), "choice", options=choices),
        FieldSpec("reason", _("想在听证会上说什么？"), "textarea", required=False, max_length=1000),
    )


def objection() -> tuple[FieldSpec, ...]:
    """What is wrong, who says so, and how to answer them."""
    return (
        FieldSpec("text", _("您有什么异议？写明事实和理由"), "textarea", max_length=2000, rows=6),
        FieldSpec(
            "name", _("您的姓名或者单位名称"), max_length=60, autocomplete="name", hint=_("不公开，只给办理机关核实。")
        ),
        FieldSpec("contact", _("怎么联系您"), max_length=100, autocomplete="tel", hint=_("电话或者邮箱，用来答复您。")),
    )
