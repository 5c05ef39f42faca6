"""Drafts that meet: the same request twice, two at the same moment, and what lists and neighbours see of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from tests.contexts.catalogue.samples import GUIDE, SHOP, with_change, write_catalogue
from tests.contexts.catalogue.test_drafting import (
    LOADER,
    NOW,
    OWNER,
    PUBLISHER,
    _loaded,
    approved,
    changed,
    officer,
)
from tongban.contexts.catalogue import actions, models, queries
from tongban.contexts.catalogue.core.life import Draft
from tongban.contexts.catalogue.core.versions import ItemNotListed
from tongban.contexts.parties.core import Role
from tongban.foundation import ledger
from tongban.kernel.refusals import NotFound, Refusal

pytestmark = pytest.mark.django_db
__all__ = ["_loaded"]  # the fixture that loads, and verifies the ledger after each test


def test_a_request_done_twice_is_done_once() -> None:
    stream = approved()
    first = actions.publish_version(stream, actor=PUBLISHER, now=NOW, request_id="p")
    again = actions.publish_version(stream, actor=PUBLISHER, now=NOW, request_id="p")
    assert first.state == again.state
    other = actions.open_draft("REG", actor=OWNER, now=NOW).row.stream_id
    for _ in range(2):
        actions.submit_draft(other, actor=OWNER, now=NOW, request_id="s")
    assert len(queries.draft(other, actor=OWNER).history) == 2


def test_lists_cost_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    stream = approved()
    for code in ("A", "B", "C"):
        actions.open_draft(code, content=with_change(GUIDE, "code", code), actor=OWNER, now=NOW)
    queries.drafts(actor=OWNER)  # the agencies are known for a while
    with django_assert_num_queries(1):
        assert len(queries.drafts(actor=OWNER)) == 4
    with django_assert_num_queries(3):
        assert isinstance(queries.draft(stream, actor=OWNER), Draft)


def test_the_database_knows_one_draft_an_item() -> None:
    row = models.Life.objects.get(stream_id=actions.open_draft("SHOP", actor=OWNER, now=NOW).row.stream_id)
    row.stream_id, row.number = "item-SHOP-0009", 9
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_what_a_change_reaches() -> None:
    found = queries.touched("REG")
    assert (found.prerequisite_of, found.next_of, found.paper_of) == (("SHOP",), (), ("SHOP",))
    assert found.items == ("SHOP",)
    assert queries.touched("SHOP").phrases == ("做买卖",)
    assert not queries.touched("NEVER")


def test_the_source_of_a_published_version_is_kept() -> None:
    assert queries.source_of("SHOP", 1) == SHOP
    state = ledger.load(ledger.kind_of("item_version"), "item-SHOP-0001")
    assert state is not None
    assert msgspec.json.decode(state.content) == SHOP
    with pytest.raises(NotFound):
        queries.source_of("SHOP", 9)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of acts that run at the same time: "done", or the name of the refusal."""
    told: list[str] = []

    def run(act: Callable[[], object]) -> None:
        try:
            act()
            told.append("done")
        except Refusal as refusal:
            told.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


@pytest.mark.django_db(transaction=True)
def test_two_drafts_at_once_are_one() -> None:
    told = at_once(*[lambda: actions.open_draft("SHOP", actor=OWNER, now=NOW)] * 2)
    assert told == ["DraftExists", "done"]


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_publish_once() -> None:
    stream = approved()
    other = officer("other", "service-bureau", Role.CATALOGUE_PUBLISHER)
    told = at_once(
        lambda: actions.publish_version(stream, actor=PUBLISHER, now=NOW),
        lambda: actions.publish_version(stream, actor=other, now=NOW),
    )
    assert told == ["WrongStage", "done"]
    assert queries.current("SHOP").item.version == 2


@pytest.mark.django_db(transaction=True)
def test_a_load_and_a_publisher_at_once_undo_neither(tmp_path: Path) -> None:
    stream = approved()
    folder = write_catalogue(tmp_path / "new", GUIDE, changed(3))
    told = at_once(
        lambda: actions.publish_version(stream, actor=PUBLISHER, now=NOW),
        lambda: actions.load(folder, actor=LOADER, now=NOW),
    )
    assert told in (["BaseMoved", "done"], ["done", "done"])
    assert queries.current("SHOP").item.version == 3
    assert models.Current.objects.filter(code="SHOP").count() == 1


@pytest.mark.usefixtures("runtime_role")
def test_the_role_the_software_runs_as_may_take_every_step() -> None:
    actions.publish_version(approved(), actor=PUBLISHER, now=NOW)
    actions.cancel_item("SHOP", on=NOW.date(), reason="取消", actor=PUBLISHER, now=NOW)
    with pytest.raises(ItemNotListed):
        queries.current("SHOP")
