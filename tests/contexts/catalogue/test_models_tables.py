"""Decision tables live as routes do: judged, published, and items go over to them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from tests.contexts.catalogue.modelled import (
    BUREAU,
    LATER,
    LEGAL,
    NOW,
    OWNER,
    PUBLISHER,
    RENAMED,
    REVIEW,
    approved,
    loaded,
    officer,
    opened,
)
from tests.contexts.catalogue.samples import CATALOGUE
from tongban.contexts.catalogue import actions, queries
from tongban.contexts.catalogue.core import modelling as m
from tongban.contexts.catalogue.core import tables
from tongban.contexts.catalogue.core.modelling import ModelDraft
from tongban.contexts.parties.core import Role, system
from tongban.foundation import ledger
from tongban.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db
KEY = "old-card"
TABLE = (CATALOGUE / f"decisions/{KEY}.dmn").read_text("utf-8")
#: Who is older than 64 is decided at once, instead of 59.
OLDER = TABLE.replace("&gt;= 60", "&gt;= 65").replace("&lt; 60", "&lt; 65")
REVIEWER = officer("reviewer", "service-bureau", Role.CATALOGUE_REVIEWER)


@pytest.fixture
def _city() -> None:
    actions.load(CATALOGUE, actor=system("test"), now=NOW)


def ready(xml: str, key: str = KEY) -> str:
    """A table that only waits for its publisher."""
    stream = actions.open_model(kind="table", key=key, xml=xml, actor=BUREAU, now=NOW).stream_id
    actions.submit_model(stream_id=stream, actor=BUREAU, now=NOW)
    actions.review_model(stream_id=stream, verdict="approve", actor=REVIEWER, now=NOW)
    actions.review_model_legality(stream_id=stream, verdict="approve", actor=LEGAL, now=NOW)
    return stream


def outcome(version: int, age: int) -> object:
    found = queries.version("OLD-CARD", version)
    values = {"age": age, "local": "yes"}
    return tables.judged(found.decisions, KEY, values, NOW).outputs["outcome"]


@pytest.mark.usefixtures("_city")
def test_a_table_goes_into_force_with_its_item() -> None:
    assert OLDER != TABLE
    before = queries.current("OLD-CARD").item.version
    row = next(row for row in queries.models(kind="table", actor=BUREAU) if row.key == KEY)
    assert (row.users, row.name.en) == (("OLD-CARD",), "Senior citizen card: decided at once")
    stream = ready(OLDER)
    [impact] = queries.model_impact(stream, actor=PUBLISHER).items
    assert (impact.code, impact.ready) == ("OLD-CARD", True)
    actions.publish_model(stream_id=stream, items=("OLD-CARD",), actor=PUBLISHER, now=LATER)
    after = queries.current("OLD-CARD")
    assert after.item.version == before + 1
    assert [outcome(version, 62) for version in (before, before + 1)] == ["grant", "human"]
    unchanged = queries.version("OLD-CARD", before).decisions.keys() - {KEY}
    assert unchanged
    for other in unchanged:
        assert after.decisions[other].digest == queries.version("OLD-CARD", before).decisions[other].digest
    assert ledger.verify().ok
    assert queries.damaged() == ()
    report = actions.load(CATALOGUE, actor=system("test"), now=LATER)
    assert (report.published, queries.current("OLD-CARD").item.version) == ((), before + 1)


@pytest.mark.usefixtures("_city")
def test_gaps_overlaps_and_cells_are_told_with_an_example() -> None:
    wrong = TABLE.replace("&gt;= 60", "&gt;= 61")
    [gap, *_] = [one for one in queries.check_model("table", wrong, KEY) if one.severity == "error"]
    assert gap.line > 1
    assert gap.trace
    assert "60" in "".join(gap.trace) or "60" in gap.message.en
    assert gap.message.zh != gap.message.en
    unread = queries.check_model("table", TABLE.replace("&gt;= 60", "&gt;&gt; 60", 1), KEY)
    assert any(one.severity == "error" and ">> 60" in one.message.zh for one in unread)
    stream = actions.open_model(kind="table", key=KEY, xml=wrong, actor=BUREAU, now=NOW).stream_id
    with pytest.raises(m.ModelHasErrors):
        actions.submit_model(stream_id=stream, actor=BUREAU, now=NOW)


@pytest.mark.parametrize("xml", ["", "no xml", "<a/>", TABLE[:300], "<!DOCTYPE a><a/>"])
def test_what_is_no_table_says_so(xml: str) -> None:
    found = queries.check_model("table", xml, KEY)
    assert [one.severity for one in found] == ["error"]


@pytest.mark.usefixtures("_city")
def test_a_table_keeps_what_its_items_ask_of_it() -> None:
    """A table that no longer answers what an item's form asks breaks a rule of the item: nothing is published."""
    stream = ready(TABLE.replace('"outcome"', '"verdict"'))
    with pytest.raises(m.PinnedItemWrong) as refused:
        actions.publish_model(stream_id=stream, items=("OLD-CARD",), actor=PUBLISHER, now=LATER)
    assert refused.value.item == "OLD-CARD"
    assert queries.published_model("table", KEY) == TABLE


@pytest.mark.usefixtures("_city")
def test_a_rule_task_names_a_table_that_is_there() -> None:
    ruled = REVIEW.replace("<bpmn:userTask", "<bpmn:businessRuleTask", 1).replace(
        "</bpmn:userTask>", "</bpmn:businessRuleTask>", 1
    )
    for table, right in (("never", False), (KEY, True)):
        xml = ruled.replace('tongban:act="review"', f'tongban:decision="{table}"', 1)
        errors = [one for one in queries.check_model("route", xml, "review") if one.severity == "error"]
        assert (not errors) is right
        assert all(table in one.message.zh for one in errors)


# -- two at once -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_publishers_one_is_first_and_nothing_is_done_twice(tmp_path: Path) -> None:
    loaded(tmp_path)
    stream = approved()
    second = officer("second", "service-bureau", Role.CATALOGUE_PUBLISHER)
    told = both(
        lambda: actions.publish_model(stream_id=stream, items=("SHOP",), actor=PUBLISHER, now=LATER),
        lambda: actions.publish_model(stream_id=stream, items=("SHOP", "STALL"), actor=second, now=LATER),
    )
    assert sorted(told) == ["done", "wrong_stage"]
    versions = {code: queries.current(code).item.version for code in ("SHOP", "STALL")}
    assert versions == {"SHOP": 2, "STALL": 1 if told[0] == "done" else 2}
    assert ledger.verify().ok


@pytest.mark.django_db(transaction=True)
def test_of_two_drafts_one_is_opened(tmp_path: Path) -> None:
    loaded(tmp_path)
    assert sorted(both(opened, lambda: opened(owner=BUREAU))) == ["done", "model_draft_exists"]


@pytest.mark.django_db(transaction=True)
def test_of_two_that_save_one_is_told(tmp_path: Path) -> None:
    loaded(tmp_path)
    draft = opened(None)

    def save(xml: str) -> Callable[[], ModelDraft]:
        return lambda: actions.save_model(stream_id=draft.stream_id, xml=xml, seen=draft.digest, actor=OWNER, now=NOW)

    assert sorted(both(save(RENAMED), save(RENAMED + " "))) == ["done", "model_moved"]


@pytest.mark.django_db(transaction=True)
def test_an_item_that_is_published_meanwhile_keeps_its_change(tmp_path: Path) -> None:
    """A draft of SHOP and a route that takes SHOP with it: in whatever order, both are in force at the end."""
    from tests.contexts.catalogue.samples import SHOP, with_visits
    from tests.contexts.catalogue.test_drafting import approved as approved_item

    loaded(tmp_path)
    item, stream = approved_item(with_visits(SHOP, 1)), approved()
    told = both(
        lambda: actions.publish_version(item, actor=PUBLISHER, now=LATER),
        lambda: actions.publish_model(stream_id=stream, items=("SHOP",), actor=PUBLISHER, now=LATER),
    )
    assert told == ["done", "done"]
    queries.refresh()
    found = queries.current("SHOP")
    assert found.route is not None
    assert (found.item.visits, found.route.nodes["document_review"].name) == (1, "审查材料")
    assert ledger.verify().ok


def both(*works: Callable[[], object]) -> list[str]:
    """What became of each, done at the same moment: "done", or the code of the refusal."""
    told = [""] * len(works)
    gate = threading.Barrier(len(works))

    def run(place: int) -> None:
        gate.wait()
        try:
            works[place]()
            told[place] = "done"
        except Refusal as refusal:
            told[place] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told
