"""What the colleagues said, side by side; what is still out stands among it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.state import Act, Extension, Task
from tongban.contexts.cases.core.views import CaseView
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import agency_name, either, language
from tongban.ui import dates

_LAMPS = {"pass": "y", "agree": "y", "conditions": "w", "fail": "n", "disagree": "n"}


@dataclass(frozen=True)
class Opinion:
    """One column: context of ui/staff/opinions.html."""

    office: str
    lamp: str
    result: str
    text: str
    meta: str
    waiting: bool


def opinions(view: CaseView) -> tuple[Opinion, ...]:
    """Every review, opinion and inspection of the case."""
    return tuple(_opinion(task, over=view.state.is_over) for task in view.state.tasks if task.act != Act.DECIDE)


def _opinion(task: Task, *, over: bool) -> Opinion:
    office = f"{agency_name(task.agency, short=True)} · {either(task.name, task.name_en)}"
    if task.cancelled_at is not None:
        back = _("%(day)s 由流程收回") % {"day": dates.moment(task.cancelled_at, language())}
        return Opinion(office, "ok", _("不用办了"), "", back, waiting=False)
    if task.done_at is None:
        sent = _("%(day)s 送到") % {"day": dates.moment(task.opened_at, language())}
        return Opinion(office, "ok", _("不用办了") if over else _("还没回"), "", sent, not over)
    said = [task.opinion]
    if task.conditions:
        said.append(_("条件：%(text)s") % {"text": task.conditions})
    names = _("、").join(filter(None, (task.done_by_name, task.second_officer_name)))
    meta = f"{names} · {dates.moment(task.done_at, language())}"
    result = words.outcome_words(task.outcome)
    return Opinion(office, _LAMPS.get(task.outcome, "w"), result, " ".join(filter(None, said)), meta, waiting=False)


def answered(found: tuple[Opinion, ...]) -> str:
    """共 4 份，回了 3 份."""
    back = sum(not one.waiting for one in found)
    return _("共 %(all)s 份，回了 %(back)s 份") % {"all": len(found), "back": back}


@dataclass(frozen=True)
class Procedure:
    """The extension, in the order of a definition list."""

    name: str
    lamp: str
    words: str
    text: str


def procedures(view: CaseView) -> tuple[Procedure, ...]:
    """The extension; special procedures have a panel of their own."""
    found: list[Procedure] = []
    extension = view.state.extension
    if extension is not None:
        asked = _("%(who)s %(day)s 提出：%(why)s") % {
            "who": extension.asked_by_name,
            "day": dates.day(extension.asked_at, language()),
            "why": extension.reason,
        }
        limit = view.item.statutory
        lamp, state = _extension_state(extension, working=limit is None or limit.unit == "workday")
        found.append(Procedure(_("延期"), lamp, state, asked))
    return tuple(found)


def _extension_state(extension: Extension, *, working: bool) -> tuple[str, str]:
    if extension.refused:
        return "n", _("没有批准：%(why)s") % {"why": extension.refused}
    if extension.approved_at is not None:
        return "y", _("%(who)s批准，延长 %(days)s") % {
            "who": extension.approved_by_name,
            "days": dates.days_word(extension.days, language(), working=working),
        }
    return "run", _("等审批人批准")
