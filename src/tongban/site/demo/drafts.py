"""Versions on their way in the demo city, one at every step of their life: at each desk somebody has one to do."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tongban.contexts.catalogue import actions, queries
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role

Content = dict[str, Any]


def build_drafts(now: datetime) -> int:
    """Open the drafts that were not opened before, and take each as far as it goes; answers how many were opened."""
    opened = 0
    for code, change, steps in _DRAFTS:
        agency = queries.current(code).item.agency
        if len(queries.versions_of(code)) > 1 or any(row.code == code for row in queries.drafts(actor=_lawyer())):
            continue
        owner = _officer(agency, Role.CATALOGUE_OWNER)
        draft = actions.open_draft(code, actor=owner, now=now)
        content = copy.deepcopy(draft.content)
        change(content)
        actions.save_draft(draft.row.stream_id, content=content, actor=owner, now=now)
        for step in steps:
            step(draft.row.stream_id, agency, now)
        opened += 1
    return opened


def _officer(agency: str, role: Role) -> Actor:
    one = next(one for one in parties.officers(agency) if role in one.roles)
    return Actor(kind="officer", id=f"officer:{one.id}", name=one.name, agency=agency, roles=one.roles)


def _lawyer() -> Actor:
    return _officer("service-bureau", Role.LEGAL_REVIEWER)


def _submit(stream_id: str, agency: str, now: datetime) -> None:
    actions.submit_draft(stream_id, actor=_officer(agency, Role.CATALOGUE_OWNER), now=now)


def _review(stream_id: str, agency: str, now: datetime) -> None:
    actions.review_draft(stream_id, verdict="approve", actor=_officer(agency, Role.CATALOGUE_REVIEWER), now=now)


def _review_legality(stream_id: str, agency: str, now: datetime) -> None:
    actions.review_legality(stream_id, verdict="approve", note="内容与依据一致。", actor=_lawyer(), now=now)


def _road(content: Content) -> None:
    """A promise shorter than its stages, and a catch-all among the materials: the checker stops both."""
    content["promised"]["value"] = 2
    paper = content["materials"][-1]
    paper["name"] = {"zh": "施工方案等相关材料", "en": "Construction plan and other related papers"}


def _words(*more: str) -> Callable[[Content], None]:
    def change(content: Content) -> None:
        content["words"] = [*content.get("words", ()), *more]

    return change


#: Item, what its author changes, and how far the version has come.
_DRAFTS: tuple[tuple[str, Callable[[Content], None], tuple[Callable[[str, str, datetime], None], ...]], ...] = (
    ("ROAD-DIG", _road, ()),
    ("FOOD-FILE", _words("卖包装好的零食"), (_submit,)),
    ("DIBAO", _words("生活太困难了"), (_submit, _review)),
    ("HYGIENE", _words("开理发店要办什么"), (_submit, _review, _review_legality)),
)
