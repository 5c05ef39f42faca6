"""Licences as cards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tongban.contexts.documents.actions.licences import qr_svg, verify_address
from tongban.contexts.documents.core import Licence, LicenceState
from tongban.contexts.parties.core import Actor
from tongban.terminals.common.presenters.languages import either

_COLOURS = ("", "b", "c", "d")


def states() -> dict[LicenceState, tuple[str, str]]:
    """Class and word of each state."""
    return {
        LicenceState.VALID: ("ok", _("有效")),
        LicenceState.EXPIRED: ("wait", _("已过期")),
        LicenceState.REVOKED: ("bad", _("已撤销")),
        LicenceState.SUPERSEDED: ("plain", _("已换发")),
        LicenceState.NOT_YET: ("plain", _("还没生效")),
    }


def card(licence: Licence, *, link: bool) -> dict[str, Any]:
    """A licence for `ui/licence.html`."""
    kind, word = states()[licence.state]
    facts = [
        {"term": _("持证人"), "value": licence.holder_name},
        {"term": _("证号"), "value": licence.number},
        {"term": _("有效到"), "value": licence.valid_to.isoformat() if licence.valid_to else _("长期有效")},
    ]
    return {
        "id": licence.id,
        "name": either(licence.name, licence.name_en),
        "colour": _COLOURS[sum(licence.item_code.encode()) % len(_COLOURS)],
        "kind": kind,
        "status": word,
        "facts": facts,
        "agency": _("%(agency)s 发") % {"agency": either(licence.agency_name, licence.agency_name_en)},
        "href": reverse("portal:licence", args=[licence.id]) if link else "",
    }


def wallet(actor: Actor, licences: Sequence[Licence]) -> list[dict[str, Any]]:
    """The cards of everybody the actor acts for, oneself first."""
    return [
        {"name": principal.name, "cards": [card(one, link=True) for one in mine]}
        for principal in actor.principals
        if (mine := [one for one in licences if one.holder_party_id == principal.id])
    ]


def _scalable(svg: str) -> SafeString:
    """The code with a field of its own size instead of a fixed one, so that the page says how large it is."""
    return SafeString(re.sub(r'width="(\d+)" height="(\d+)"', r'viewBox="0 0 \1 \2"', svg, count=1))


def licence(found: Licence) -> dict[str, Any]:
    """One licence whole, with the code to show and the paper to take away."""
    return {
        "card": card(found, link=False),
        "qr": _scalable(qr_svg(verify_address(found.token))),
        "verify": verify_address(found.token),
        "pdf": reverse("portal:document", args=[found.case_id, found.file_id]),
        "case": reverse("portal:case", args=[found.case_id]),
        "facts": [{"term": either(f.label, f.label_en), "value": f.value} for f in found.facts],
        "conditions": found.conditions,
        "identifier": found.identifier,
        "issued": found.issued_on,
        "revoked": found.revoked_reason,
        "revoked_on": found.revoked_on,
    }
