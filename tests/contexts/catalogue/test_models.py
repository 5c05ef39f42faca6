"""A route's way to its publisher: four persons, one by one, and everything on the record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.catalogue.modelled import (
    ALL_ROLES,
    BUREAU,
    CITIZEN,
    DEPARTMENT,
    HEALTH,
    LEGAL,
    NOW,
    OWNER,
    PUBLISHER,
    RENAMED,
    REVIEW,
    loaded,
    name_of_review,
    officer,
    opened,
    publish,
)
from tongban.contexts.catalogue import actions, queries
from tongban.contexts.catalogue.core import life
from tongban.contexts.catalogue.core import modelling as m
from tongban.contexts.catalogue.core.life import LifeStage
from tongban.contexts.parties.core import Actor, Role
from tongban.foundation import ledger
from tongban.kernel.refusals import NotAllowed, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    yield loaded(tmp_path)
    assert ledger.verify().ok, ledger.verify().problem
    assert queries.damaged() == ()


def test_the_whole_way() -> None:
    assert [(row.key, row.in_force and row.in_force.origin, row.users) for row in listed()] == [
        ("review", "load", ("SHOP", "STALL"))
    ]
    draft = opened(None)
    assert (draft.stream_id, draft.stage, draft.base, draft.xml) == ("model-route-review-0002", "draft", 1, REVIEW)
    saved = actions.save_model(stream_id=draft.stream_id, xml=RENAMED, seen=draft.digest, actor=OWNER, now=NOW)
    assert saved.name.zh
    assert saved.users == ("SHOP", "STALL")
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
    assert after.item.short == before.item.short
    assert after.item.materials == before.item.materials
    assert (name_of_review("SHOP"), name_of_review("STALL")) == ("审查材料", "书面审查")
    old = queries.version("SHOP", 1).route
    assert old is not None
    assert old.nodes["document_review"].name == "书面审查"
    assert queries.published_model("route", "review") == RENAMED
    assert [one.stage for one in queries.model_versions("route", "review")] == ["published", "superseded"]
    assert queries.model_version("route", "review", 1).xml == REVIEW


def listed(actor: Actor = OWNER) -> Any:
    return queries.models(kind="route", actor=actor)


def test_the_four_steps_are_four_persons() -> None:
    alone = officer("alone", "service-bureau", *ALL_ROLES)
    stream = actions.open_model(kind="route", key="review", xml=RENAMED, actor=alone, now=NOW).stream_id
    actions.submit_model(stream_id=stream, actor=alone, now=NOW)
    with pytest.raises(life.SamePerson):
        actions.review_model(stream_id=stream, verdict="approve", actor=alone, now=NOW)
    both = officer("both", "service-bureau", Role.CATALOGUE_REVIEWER, Role.LEGAL_REVIEWER, Role.CATALOGUE_PUBLISHER)
    actions.review_model(stream_id=stream, verdict="approve", actor=both, now=NOW)
    with pytest.raises(life.SamePerson):
        actions.review_model_legality(stream_id=stream, verdict="approve", actor=both, now=NOW)
    actions.review_model_legality(stream_id=stream, verdict="approve", actor=LEGAL, now=NOW)
    for person in (alone, both):
        with pytest.raises(life.SamePerson):
            actions.publish_model(stream_id=stream, actor=person, now=NOW)


@pytest.mark.parametrize("actor", [CITIZEN, DEPARTMENT, LEGAL, PUBLISHER, officer("plain", "market", Role.REVIEWER)])
def test_only_owners_draft(actor: Actor) -> None:
    stream = opened().stream_id
    with pytest.raises(NotAllowed):
        actions.open_model(kind="route", key="other", xml=REVIEW, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.save_model(stream_id=stream, xml=REVIEW, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.submit_model(stream_id=stream, actor=actor, now=NOW)


def test_another_department_neither_reviews_nor_changes_what_others_use() -> None:
    stream = opened().stream_id
    actions.submit_model(stream_id=stream, actor=OWNER, now=NOW)
    for step in (actions.review_model, actions.review_model_legality):
        with pytest.raises(NotAllowed):
            step(stream_id=stream, verdict="approve", actor=HEALTH, now=NOW)
    with pytest.raises(NotAllowed):
        actions.publish_model(stream_id=stream, actor=HEALTH, now=NOW)
    with pytest.raises(NotAllowed):
        actions.abandon_model(stream_id=stream, actor=HEALTH, now=NOW)
    actions.abandon_model(stream_id=stream, actor=OWNER, now=NOW)
    with pytest.raises(m.ModelInUseElsewhere) as refused:
        actions.open_model(kind="route", key="review", xml=RENAMED, actor=HEALTH, now=NOW)
    assert refused.value.params["items"] == "SHOP, STALL"
    assert actions.open_model(kind="route", key="health", xml=RENAMED, actor=HEALTH, now=NOW).agency == "health"


def test_who_takes_no_part_sees_nothing_on_its_way() -> None:
    stream = opened().stream_id
    assert listed(CITIZEN) == ()
    for actor in (CITIZEN, officer("plain", "market", Role.REVIEWER)):
        with pytest.raises(NotFound):
            queries.model(stream, actor=actor)
    with pytest.raises(NotFound):
        queries.model_version("route", "review", 2)
    assert [row.may_draft for row in listed(OWNER)] == [True]
    assert [row.may_draft for row in listed(HEALTH)] == [False]


def test_a_text_that_moved_is_not_overwritten() -> None:
    draft = opened(None)
    saved = actions.save_model(stream_id=draft.stream_id, xml=RENAMED, seen=draft.digest, actor=OWNER, now=NOW)
    with pytest.raises(m.ModelMoved):
        actions.save_model(stream_id=draft.stream_id, xml=REVIEW + " ", seen=draft.digest, actor=BUREAU, now=NOW)
    assert queries.model(draft.stream_id, actor=OWNER).xml == RENAMED
    again = actions.save_model(stream_id=draft.stream_id, xml=RENAMED, seen=draft.digest, actor=OWNER, now=NOW)
    assert again.seen == saved.seen  # the same text again is nothing new


def test_one_draft_at_a_time_and_a_repeat_finds_its_own() -> None:
    first = actions.open_model(kind="route", key="review", actor=OWNER, now=NOW, request_id="one")
    assert actions.open_model(kind="route", key="review", actor=OWNER, now=NOW, request_id="one") == first
    with pytest.raises(m.ModelExists):
        opened()
    actions.abandon_model(stream_id=first.stream_id, actor=OWNER, now=NOW)
    assert opened().number == 3


@pytest.mark.parametrize("key", ["", "Review", "a b", "../x", "审查", "a" * 61, "new-one"])
def test_keys(key: str) -> None:
    with pytest.raises(m.ModelKeyInvalid):
        actions.open_model(kind="route", key=key, actor=OWNER, now=NOW)


@pytest.mark.parametrize("xml", ["\0", "<a>\x01</a>", "\ud800", "x" * 1_000_001])
def test_texts_that_cannot_be_kept(xml: str) -> None:
    with pytest.raises(m.ModelTextInvalid):
        opened(xml)


def test_what_is_wrong_may_be_kept_and_not_handed_in() -> None:
    draft = opened(REVIEW.replace('tongban:act="review"', ""))
    assert draft.state.errors == 1
    [finding] = queries.check_model("route", draft.xml, "review")
    assert (finding.severity, finding.element) == ("error", "document_review")
    assert finding.line == 1 + draft.xml[: draft.xml.index('<bpmn:userTask id="document_review"')].count("\n")
    assert "document_review" in finding.message.zh
    assert "document_review" in finding.message.en
    assert finding.message.zh != finding.message.en
    with pytest.raises(m.ModelHasErrors) as refused:
        actions.submit_model(stream_id=draft.stream_id, actor=OWNER, now=NOW)
    assert [fault.element for fault in refused.value.faults] == ["document_review"]
    for broken in ("", "no xml", "<a/>", REVIEW[:400]):
        saved = actions.save_model(stream_id=draft.stream_id, xml=broken, actor=OWNER, now=NOW)
        assert saved.state.errors
        assert saved.name.zh == "review"


def test_the_same_again_is_not_handed_in() -> None:
    with pytest.raises(m.ModelSaysTheSame):
        actions.submit_model(stream_id=opened(None).stream_id, actor=OWNER, now=NOW)


def test_a_return_needs_its_reason_and_starts_anew() -> None:
    stream = opened().stream_id
    actions.submit_model(stream_id=stream, actor=OWNER, now=NOW)
    with pytest.raises(life.NoteMissing):
        actions.review_model(stream_id=stream, verdict="return", actor=DEPARTMENT, now=NOW)
    back = actions.review_model(stream_id=stream, verdict="return", note="补上审查", actor=DEPARTMENT, now=NOW)
    assert (back.stage, back.state.note, back.state.department_reviewer) == (LifeStage.DRAFT, "补上审查", "")
    with pytest.raises(life.WrongStage):
        actions.review_model(stream_id=stream, verdict="approve", actor=DEPARTMENT, now=NOW)


def test_a_review_answers_for_what_was_seen() -> None:
    stream = opened().stream_id
    seen = actions.submit_model(stream_id=stream, actor=OWNER, now=NOW).seen
    actions.review_model(stream_id=stream, verdict="return", note="改", actor=DEPARTMENT, now=NOW)
    actions.submit_model(stream_id=stream, actor=OWNER, now=NOW)
    with pytest.raises(life.ChangedSince):
        actions.review_model(stream_id=stream, verdict="approve", seen=seen, actor=DEPARTMENT, now=NOW)
