"""A small catalogue whose items use one route, and the persons who change it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.contexts.catalogue.samples import CATALOGUE, SHOP, text, with_change, write_catalogue
from tongban.contexts.catalogue import actions, queries
from tongban.contexts.catalogue.core.modelling import ModelDraft
from tongban.contexts.parties.core import Actor, Role, system
from tongban.kernel.clock import CHINA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
LATER = NOW + timedelta(hours=1)
LOADER = system("test")
REVIEW = (CATALOGUE / "routes/review.bpmn").read_text("utf-8")
#: The same route with another word in it: nothing that a case rests in changes.
RENAMED = REVIEW.replace('name="书面审查"', 'name="审查材料"')


def officer(name: str, agency: str, *roles: Role) -> Actor:
    return Actor(kind="officer", id=f"officer:{name}", name=name, agency=agency, roles=frozenset(roles))


OWNER = officer("owner", "market", Role.CATALOGUE_OWNER)
DEPARTMENT = officer("department", "market", Role.CATALOGUE_REVIEWER)
LEGAL = officer("legal", "service-bureau", Role.LEGAL_REVIEWER)
PUBLISHER = officer("publisher", "service-bureau", Role.CATALOGUE_PUBLISHER)
ALL_ROLES = (Role.CATALOGUE_OWNER, Role.CATALOGUE_REVIEWER, Role.LEGAL_REVIEWER, Role.CATALOGUE_PUBLISHER)
BUREAU = officer("bureau", "service-bureau", Role.CATALOGUE_OWNER)
HEALTH = officer("health", "health", *ALL_ROLES)
CITIZEN = Actor(kind="citizen", id="citizen:1", name="甲", agency="", roles=frozenset())
STALL = with_change(with_change(SHOP, "code", "STALL"), "name", text("摊位许可", "Stall licence"))


def loaded(folder: Path) -> Path:
    """SHOP and STALL on the route "review", and REG, which is a guide."""
    write_catalogue(folder)
    write_catalogue(folder, with_change(STALL, "base_code", "000131003000"))
    actions.load(folder, actor=LOADER, now=NOW)
    return folder


def opened(xml: str | None = RENAMED, key: str = "review", owner: Actor = OWNER) -> ModelDraft:
    """A draft of a route."""
    return actions.open_model(kind="route", key=key, xml=xml, actor=owner, now=NOW)


def approved(xml: str = RENAMED, key: str = "review") -> str:
    """A version that only waits for its publisher."""
    stream = opened(xml, key).stream_id
    actions.submit_model(stream_id=stream, actor=OWNER, now=NOW)
    actions.review_model(stream_id=stream, verdict="approve", note="同意", actor=DEPARTMENT, now=NOW)
    actions.review_model_legality(stream_id=stream, verdict="approve", actor=LEGAL, now=NOW)
    return stream


def publish(stream: str, *items: str, **more: Any) -> ModelDraft:
    """Into force, with these items."""
    return actions.publish_model(stream_id=stream, items=items, actor=PUBLISHER, now=LATER, **more)


def name_of_review(code: str) -> str:
    """What the review is called on the route that an item is handled on."""
    route = queries.current(code).route
    assert route is not None
    return route.nodes["document_review"].name
