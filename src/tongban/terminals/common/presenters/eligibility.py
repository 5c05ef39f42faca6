"""What the table of eligibility says to an application before it is filed: advice for whoever files, never a block."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.views import DraftView
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.tables import Judgement, judged, values_of
from tongban.terminals.common.presenters.languages import either


def advised(draft: DraftView, kind: str, now: datetime) -> Judgement | None:
    """The answer to a draft for an applicant of this kind ("natural", "legal"); None without a table, and where the
    answers so far do not tell."""
    version = catalogue.version(draft.item.code, draft.item.version)
    handling = version.item.handling
    if handling is None or not handling.eligibility:
        return None
    values = values_of(version.item, draft.values, now=now, applicant_kind=kind)
    found = judged(version.decisions, handling.eligibility, values, now)
    eligible = found.outputs.get("eligible")
    return found if eligible is False or (eligible is True and not found.missing) else None


def gates(draft: DraftView, kind: str, now: datetime) -> list[dict[str, str]]:
    """The same for `ui/staff/gates.html`: a line a reason; nothing where somebody qualifies."""
    found = advised(draft, kind, now)
    if found is None or found.outputs.get("eligible") is True:
        return []
    note = _("只是提示，申请人要交照样收")
    return [{"lamp": "w", "text": either(one.zh, one.en), "note": note} for one in found.reasons]
