"""The home page: what waits for whoever is logged in, and where to start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.state import Phase
from tongban.contexts.cases.core.views import CaseLine, DraftView
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.documents.core import Licence, LicenceState
from tongban.terminals.common.presenters import clocks, words
from tongban.terminals.common.presenters.languages import either, language, said
from tongban.terminals.portal.presenters import items
from tongban.ui import dates

#: A licence that ends within so many days is shown on the home page.
SOON = timedelta(days=60)
_TILES = 8
_RUNNING = (Phase.SUBMITTED, Phase.PRE_PASSED, Phase.ACCEPTED, Phase.GRANTED)
#: Stations of the mini line (filed, accepted, reviewed, result) that are behind in each phase.
STATIONS = 4
BEHIND = {Phase.SUBMITTED: 1, Phase.PRE_PASSED: 1, Phase.CORRECTING: 1, Phase.ACCEPTED: 2, Phase.GRANTED: 3}
#: What many people come for, first on the home page; the rest follows by code.
_FIRST = (
    "IND-REG", "SS-CARD", "HF-WITHDRAW", "OLD-CARD", "DL-RENEW", "RES-PERMIT", "NURSE", "DOCTOR",
    "ENT-REG", "FOOD", "HYGIENE", "FIRE-OPEN", "SIGN", "ROAD-DIG", "BUILD-LIC", "TOBACCO",
)  # fmt: skip


def tiles(found: Iterable[Item], *, company: bool) -> list[dict[str, str]]:
    """Items that can be done online, for people or for companies."""
    serves = items.serves_companies if company else items.serves_people
    place = {code: n for n, code in enumerate(_FIRST)}
    chosen = sorted((i for i in found if serves(i)), key=lambda i: (place.get(i.code, len(place)), i.code))
    return [items.tile(item) for item in chosen[:_TILES]]


def mine(lines: Sequence[CaseLine], licences: Sequence[Licence], today: date) -> dict[str, Any]:
    """What waits, what runs, what expires, for `ui/mine.html`."""
    waiting = [line for line in lines if line.waits_applicant]
    running = sorted((line for line in lines if line.phase in _RUNNING), key=_due)
    ending = sorted((one for one in licences if _ends_soon(one, today)), key=lambda one: one.valid_to or today)
    return {
        "waiting": _waiting(waiting) if waiting else None,
        "running": {"count": len(running), "cases": [_run(line, today) for line in running[:2]]} if running else None,
        "expiring": _expiring(ending, today) if ending else None,
    }


def _ends_soon(licence: Licence, today: date) -> bool:
    in_force = licence.state is LicenceState.VALID and licence.valid_to is not None
    return in_force and licence.valid_to is not None and licence.valid_to - today <= SOON


def item_name(line: CaseLine) -> str:
    """What the case is for."""
    return said(catalogue.version(line.item_code, line.item_version).item.name)


def _waiting(lines: Sequence[CaseLine]) -> dict[str, Any]:
    papers = lines[0].phase == Phase.CORRECTING
    return {
        "count": len(lines),
        "title": item_name(lines[0]),
        "note": lines[0].applicant_name,
        "href": reverse("portal:supplement" if papers else "portal:case", args=[lines[0].id]),
        "button": _("去补材料") if papers else _("去答复"),
    }


def _due(line: CaseLine) -> date:
    """The nearest deadline first, those without one last."""
    return line.promised_due or line.legal_due or date.max


def _run(line: CaseLine, today: date) -> dict[str, Any]:
    due = clocks.left_words(line.promised_due or line.legal_due, today)
    return {
        "href": reverse("portal:case", args=[line.id]),
        "name": item_name(line),
        "done": BEHIND[Phase(line.phase)],
        "total": STATIONS,
        "note": " · ".join(filter(None, (words.line_status(line, today).words, due))),
    }


def _expiring(found: Sequence[Licence], today: date) -> dict[str, Any]:
    licence = found[0]
    assert licence.valid_to is not None
    days = dates.days_word((licence.valid_to - today).days, language(), working=False)
    return {
        "count": len(found),
        "title": either(licence.name, licence.name_en),
        "note": _("%(day)s到期，还有 %(days)s") % {"day": dates.day(licence.valid_to, language()), "days": days},
        "href": reverse("portal:guide", args=[licence.item_code]),
        "link": _("看怎么续"),
    }


def drafts(found: Iterable[DraftView]) -> list[dict[str, Any]]:
    """Unfinished applications, to go on with."""
    return [
        {
            "href": reverse("portal:draft", args=[draft.id]),
            "name": said(draft.item.name),
            "discard": reverse("portal:discard", args=[draft.id]),
            "at": draft.updated_at,
        }
        for draft in found
    ]
