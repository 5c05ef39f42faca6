"""What a step in the life of a version must never let through, whoever asks and however the content looks."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.contexts.catalogue.lists import row, written
from tests.contexts.catalogue.samples import GUIDE, SHOP, with_change, write_catalogue
from tests.contexts.catalogue.test_drafting import (
    ALL_ROLES,
    BUREAU,
    DEPARTMENT,
    HEALTH,
    LEGAL,
    NOW,
    OWNER,
    PUBLISHER,
    _loaded,
    approved,
    changed,
    officer,
)
from tongban.contexts.catalogue import actions, queries
from tongban.contexts.catalogue.core import life
from tongban.contexts.catalogue.queries import life as life_reads
from tongban.contexts.parties.core import Actor
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed

pytestmark = pytest.mark.django_db
__all__ = ["_loaded"]  # the fixture that loads, and verifies the ledger after each test
LATER = datetime(2026, 4, 2, tzinfo=CHINA)


def test_only_the_clock_puts_in_force_and_ends() -> None:
    stream = approved()
    actions.publish_version(stream, effective_from=date(2026, 4, 1), actor=PUBLISHER, now=NOW)
    for someone in (HEALTH, PUBLISHER, Actor(kind="citizen", id="person:1")):
        with pytest.raises(NotAllowed):
            actions.put_in_force(stream, now=LATER, actor=someone)
        with pytest.raises(NotAllowed):
            actions.end_version(stream, now=LATER, actor=someone)
    assert queries.current("SHOP").item.version == 1


@pytest.mark.parametrize(
    "content",
    [{"name": {"zh": "一\0", "en": "One"}}, {"agency": "a\0"}, {"summary": [{"\0": 1}]}, {"name": {"zh": "\\\0"}}],
)
def test_a_text_that_no_database_holds_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(life.ContentInvalid):
        actions.open_draft("NEW", content=content, actor=BUREAU, now=NOW)


def test_a_backslash_before_a_code_is_only_text() -> None:
    content = {"name": {"zh": r"\u0000 和 \\u0000", "en": "One"}}
    assert actions.open_draft("NEW", content=content, actor=BUREAU, now=NOW).content["name"] == content["name"]


def test_a_list_whose_rows_are_all_wrong_is_read_for_nobody_but_its_owners() -> None:
    data = written([row(name="")])
    for someone in (Actor(kind="citizen", id="person:1"), PUBLISHER):
        with pytest.raises(NotAllowed):
            actions.import_list(data, actor=someone, now=NOW)
    assert len(actions.import_list(data, actor=OWNER, now=NOW).refused) == 1


@pytest.mark.parametrize(("kind", "refused"), [("9" * 5000, 1), ("0" * 5000 + "20", 0), ("0", 1)])
def test_a_type_of_any_length_is_read_or_refused(kind: str, refused: int) -> None:
    data = written([row(kind=kind, kind_name="")])
    assert len(actions.import_list(data, actor=BUREAU, now=NOW).refused) == refused


def test_who_loaded_a_file_that_waits_does_not_publish_it_sooner(tmp_path: Path) -> None:
    loader = officer("loader", "service-bureau", *ALL_ROLES)
    actions.load(write_catalogue(tmp_path, GUIDE, changed() | {"valid_from": "2026-04-01"}), actor=loader, now=NOW)
    stream = "item-SHOP-0002"
    with pytest.raises(life.SamePerson):
        actions.publish_version(stream, actor=loader, now=NOW)
    actions.return_approved(stream, note="电话写错了", actor=PUBLISHER, now=NOW)
    actions.submit_draft(stream, actor=OWNER, now=NOW)
    with pytest.raises(life.SamePerson):
        actions.review_draft(stream, verdict="approve", actor=loader, now=NOW)


def test_a_cancellation_makes_no_version_live_longer() -> None:
    actions.publish_version(approved(changed() | {"valid_to": "2026-03-31"}), actor=PUBLISHER, now=NOW)
    with pytest.raises(life.OutsideValidity):
        actions.cancel_item("SHOP", on=date(2026, 4, 1), reason="国务院取消", actor=PUBLISHER, now=NOW)
    actions.cancel_item("SHOP", on=date(2026, 3, 31), reason="国务院取消", actor=PUBLISHER, now=NOW)
    assert queries.versions_of("SHOP")[0].ends_on == date(2026, 3, 31)


def test_what_is_saved_while_it_is_checked_is_not_handed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = actions.open_draft("SHOP", content=changed(), actor=OWNER, now=NOW).row.stream_id
    check = life_reads.check_draft

    def meanwhile(*given: Any, **named: Any) -> Any:
        monkeypatch.undo()
        actions.save_draft(stream, content=with_change(SHOP, "basis", []), actor=BUREAU, now=NOW)
        return check(*given, **named)

    monkeypatch.setattr(life_reads, "check_draft", meanwhile)
    with pytest.raises(life.ChangedSince):
        actions.submit_draft(stream, actor=OWNER, now=NOW, request_id="s")
    assert queries.draft(stream, actor=OWNER).row.stage is life.LifeStage.DRAFT
    actions.save_draft(stream, content=changed(), actor=OWNER, now=NOW)
    done = actions.submit_draft(stream, actor=OWNER, now=NOW, request_id="s")  # a refusal was not remembered as done
    assert done.row.stage is life.LifeStage.DEPARTMENT_REVIEW


def test_nobody_approves_or_publishes_what_came_after_they_looked() -> None:
    """Returned, changed and handed in again between a reviewer's page and the click on it."""
    stream = actions.open_draft("SHOP", content=changed(), actor=OWNER, now=NOW).row.stream_id
    looked = actions.submit_draft(stream, actor=OWNER, now=NOW).history[-1].seq
    actions.review_draft(stream, verdict="return", note="电话写错了", actor=DEPARTMENT, now=NOW)
    actions.save_draft(stream, content=changed(3), actor=OWNER, now=NOW)
    now_there = actions.submit_draft(stream, actor=OWNER, now=NOW).history[-1].seq
    with pytest.raises(life.ChangedSince):
        actions.review_draft(stream, verdict="approve", actor=DEPARTMENT, now=NOW, seen=looked, request_id="r")
    for _ in range(2):  # a repeat is answered as the first time
        actions.review_draft(stream, verdict="approve", actor=DEPARTMENT, now=NOW, seen=now_there, request_id="r")
    with pytest.raises(life.ChangedSince):
        actions.review_legality(stream, verdict="approve", actor=LEGAL, now=NOW, seen=looked)
    actions.review_legality(stream, verdict="approve", actor=LEGAL, now=NOW, seen=now_there + 1)
    with pytest.raises(life.ChangedSince):
        actions.publish_version(stream, actor=PUBLISHER, now=NOW, seen=looked)
    actions.publish_version(stream, actor=PUBLISHER, now=NOW, seen=now_there + 2)
    assert queries.current("SHOP").item.visits == 3


def test_an_owner_gives_no_item_to_another_organ() -> None:
    stream = actions.open_draft("SHOP", actor=OWNER, now=NOW).row.stream_id
    with pytest.raises(NotAllowed):
        actions.save_draft(stream, content=changed() | {"agency": "health"}, actor=OWNER, now=NOW)


def test_a_route_changed_beside_the_ledger_is_named() -> None:
    assert queries.damaged() == ()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE catalogue_route DISABLE TRIGGER USER")
        cursor.execute("UPDATE catalogue_route SET body = body || ' ' WHERE key = 'review'")
        cursor.execute("ALTER TABLE catalogue_route ENABLE TRIGGER USER")
        cursor.execute("UPDATE catalogue_words SET body = body || ' ' WHERE name = 'synonyms'")
    assert [one.rsplit(" ", 1)[0] for one in queries.damaged()] == ["route review", "words"]
