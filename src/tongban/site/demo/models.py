"""Routes and tables on their way in the demo city: one drawn with a fault in it, one drawn well, one in review."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tongban.contexts.catalogue import actions, queries
from tongban.contexts.parties.core import Role

from .drafts import _officer


def build_models(now: datetime) -> int:
    """Open the drafts of routes and tables that were not opened before; answers how many were."""
    opened = 0
    for kind, key, agency, change, submits in _DRAFTS:
        owner = _officer(agency, Role.CATALOGUE_OWNER)
        known = next((one for one in queries.models(kind=kind, actor=owner) if one.key == key), None)
        if known and (known.draft or (known.in_force and known.in_force.number > 1)):
            continue
        common: dict[str, Any] = {"actor": owner, "now": now}
        draft = actions.open_model(kind=kind, key=key, xml=None if known else change(""), **common)
        if known:
            actions.save_model(stream_id=draft.stream_id, xml=change(draft.xml), **common)
        if submits:
            actions.submit_model(stream_id=draft.stream_id, **common)
        opened += 1
    return opened


def _visit_first(_before: str) -> str:
    """Inspection and review at once, joined by the wrong gateway: the check shows the way to the fault."""
    xml = queries.published_model("route", "review-inspect")
    for old, new in (
        ("review-inspect", "visit-first"),
        ("书面审查与现场核查", "先看现场再审查"),
        ("Document review and on-site inspection", "A visit before the review"),
    ):
        xml = xml.replace(old, new)
    return re.sub(
        r'parallelGateway( id="join">.*?)parallelGateway', r"exclusiveGateway\1exclusiveGateway", xml, flags=re.S
    )


def _basis(before: str) -> str:
    """The basis is told to the sentence."""
    return before.replace("行政处罚法第三十三条第一款", "行政处罚法第三十三条第一款第一句")


def _older(before: str) -> str:
    """The reason, in plainer words."""
    return before.replace("按身份证号码，您还未满六十周岁", "按您的身份证号码，您还不到六十周岁")


#: Kind, key, whose, what the author changes, and whether it is handed in.
_DRAFTS: tuple[tuple[Any, str, str, Callable[[str], str], bool], ...] = (
    ("route", "visit-first", "market", _visit_first, False),
    ("table", "food-fine", "market", _basis, False),
    ("table", "old-card", "civil", _older, True),
)
