"""A route's way into force: four persons, and every item that was chosen goes over with it, or none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.catalogue.samples import CATALOGUE, SHOP, text, with_change, with_visits, write_catalogue
from tongban.contexts.catalogue import actions, models, queries
from tongban.contexts.catalogue.core import life
from tongban.contexts.catalogue.core import modelling as m
from tongban.contexts.catalogue.core.life import LifeStage
from tongban.contexts.catalogue.core.modelling import ModelDraft
from tongban.contexts.parties.core import Actor, Role, system
from tongban.foundation import ledger
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed, NotFound

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
LATER = NOW + timedelta(hours=1)
LOADER = system("test")
REVIEW = (CATALOGUE / "routes/review.bpmn").read_text("utf-8")
#: The same route with another word in it: nothing that a case rests in changes.
RENAMED = REVIEW.replace('name="书面审查"', 'name="审查材料"')
pytestmark = pytest.mark.django_db


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


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    write_catalogue(tmp_path)
    write_catalogue(tmp_path, with_change(STALL, "base_code", "000131003000"))
    actions.load(tmp_path, actor=LOADER, now=NOW)
    yield tmp_path
    assert ledger.verify().ok, ledger.verify().problem
    assert queries.damaged() == ()


def opened(xml: str | None = RENAMED, key: str = "review", owner: Actor = OWNER) -> ModelDraft:
    return actions.open_model(kind="route", key=key, xml=xml, actor=owner, now=NOW)


def approved(xml: str = RENAMED, key: str = "review") -> str:
    """A version that only waits for its publisher."""
    stream = opened(xml, key).stream_id
    actions.submit_model(stream_id=stream, actor=OWNER, now=NOW)
    actions.review_model(stream_id=stream, verdict="approve", note="同意", actor=DEPARTMENT, now=NOW)
    actions.review_model_legality(stream_id=stream, verdict="approve", actor=LEGAL, now=NOW)
    return stream


def publish(stream: str, *items: str, **more: Any) -> ModelDraft:
    return actions.publish_model(stream_id=stream, items=items, actor=PUBLISHER, now=LATER, **more)


def name_of_review(code: str) -> str:
    route = queries.current(code).route
    assert route is not None
    return route.nodes["document_review"].name


def test_the_whole_way() -> None:
    assert [(row.key, row.in_force and row.in_force.origin, row.users) for row in listed()] == [
        ("review", "load", ("SHOP", "STALL"))
    ]
    draft = opened(None)
    assert (draft.stream_id, draft.stage, draft.base, draft.xml) == ("model-route-review-0002", "draft", 1, REVIEW)
    saved = actions.save_model(stream_id=draft.stream_id, xml=RENAMED, seen=draft.digest, actor=OWNER, now=NOW)
    assert saved.name.zh and saved.users == ("SHOP", "STALL")
    stream = draft.stream_id
    actions.submit_model(stream_id=stream, actor=OWNER, now=NOW)
    actions.review_model(stream_id=stream, verdict="approve", actor=DEPARTMENT, now=NOW)
    actions.review_model_legality(stream_id=stream, verdict="approve", actor=LEGAL, now=NOW)
    before = queries.current("SHOP")
    done = publish(stream, "SHOP")
    assert [(one.type, one.actor) for one in done.history] == [
        ("model.drafted", OWNER.id),
        ("model.saved", OWNER.id),
        ("model.submitted", OWNER.id),
        ("model.department_approved", DEPARTMENT.id),
        ("model.legality_approved", LEGAL.id),
        ("model.published", PUBLISHER.id),
    ]
    after = queries.current("SHOP")
    assert (before.item.version, after.item.version) == (1, 2)
    assert after.item.short == before.item.short and after.item.materials == before.item.materials
    assert (name_of_review("SHOP"), name_of_review("STALL")) == ("审查材料", "书面审查")
    old = queries.version("SHOP", 1).route
    assert old is not None and old.nodes["document_review"].name == "书面审查"
    assert queries.published_model("route", "review") == RENAMED
    assert [one.stage for one in queries.model_versions("route", "review")] == ["published", "superseded"]
    assert queries.model_version("route", "review", 1).xml == REVIEW


def listed(actor: Actor = OWNER) -> Any:
    return queries.models(kind="route", actor=actor)
