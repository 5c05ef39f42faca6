"""What the route of a case asks of its applicant."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.parts.course import Awaited
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.process.core.engine import MessageNotAwaited
from tongban.terminals.common.presenters.course import message_name, until_words
from tongban.terminals.common.presenters.languages import agency_name
from tongban.ui.forms import FieldSpec

LONG = 2000


def waiting(state: CaseState) -> Awaited | None:
    """The first answer that the case waits for from its applicant."""
    if state.phase is not Phase.ACCEPTED:
        return None
    return next((one for one in state.awaited if one.sender == "applicant"), None)


def todo(view: CaseView) -> dict[str, str] | None:
    """The box that asks for the answer (ui/todo.html)."""
    one = waiting(view.state)
    if one is None:
        return None
    office = agency_name(view.state.agency)
    return {
        "title": _("等您答复：%(name)s") % {"name": message_name(one)},
        "words": _("%(office)s在等您的答复，收到以后接着办。") % {"office": office},
        "meta": until_words(one, view.state),
        "href": reverse("portal:answer", args=[view.id, one.id]),
        "button": _("去答复"),
    }


def asked(view: CaseView, wait: str) -> dict[str, str]:
    """What the page says above the field. Refuses MessageNotAwaited where something else came first."""
    one = next((one for one in view.state.awaited if one.id == wait and one.sender == "applicant"), None)
    if one is None:
        raise MessageNotAwaited
    return {"name": message_name(one), "until": until_words(one, view.state)}


def specs() -> tuple[FieldSpec, ...]:
    """The one field."""
    return (FieldSpec("text", _("您的答复"), "textarea", required=True, max_length=LONG, rows=5),)
