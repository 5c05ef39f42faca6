"""A route comes into force: every item that was chosen goes over with it or none; and files say no less than before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.contexts.catalogue.handing import CITY
from tests.contexts.catalogue.modelled import (
    DEPARTMENT,
    LATER,
    LEGAL,
    LOADER,
    NOW,
    OWNER,
    PUBLISHER,
    RENAMED,
    REVIEW,
    approved,
    loaded,
    name_of_review,
    publish,
)
from tests.contexts.catalogue.samples import SHOP, with_visits, write_catalogue
from tongban.contexts.catalogue import actions, queries
from tongban.contexts.catalogue.core import modelling as m
from tongban.foundation import ledger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    yield loaded(tmp_path)
    assert ledger.verify().ok, ledger.verify().problem
    assert queries.damaged() == ()


def test_the_new_version_of_an_item_names_its_four_persons() -> None:
    stream = approved()
    publish(stream, "SHOP", "STALL")
    version = queries.draft("item-SHOP-0002", actor=PUBLISHER)
    state = version.state
    assert (state.author, state.department_reviewer, state.legal_reviewer, state.publisher) == (
        OWNER.id,
        DEPARTMENT.id,
        LEGAL.id,
        PUBLISHER.id,
    )
    assert (state.origin, version.history[0].type) == ("model route review@2", "item.pinned")
    assert version.history[0].event.model == stream
    assert queries.model(stream, actor=OWNER).state.items == (("SHOP", 2), ("STALL", 2))
    assert name_of_review("SHOP") == name_of_review("STALL") == "审查材料"
    assert queries.source_of("SHOP", 2) == queries.source_of("SHOP", 1)


def test_a_repeat_of_publishing_changes_nothing() -> None:
    stream = approved()
    first = publish(stream, "SHOP", request_id="p")
    again = publish(stream, "SHOP", request_id="p")
    assert again.seen == first.seen
    assert queries.current("SHOP").item.version == 2


def test_an_open_draft_of_an_item_follows_and_nothing_of_it_is_lost() -> None:
    content = with_visits(SHOP, 1)
    item = actions.open_draft("SHOP", content=content, actor=OWNER, now=NOW).row.stream_id
    publish(approved(), "SHOP")
    after = queries.draft(item, actor=OWNER)
    assert (after.state.base, after.content["visits"]) == (3, 1)
    assert after.history[-1].type == "item.draft_rebased"
    actions.submit_draft(item, actor=OWNER, now=NOW)
    actions.review_draft(item, verdict="approve", actor=DEPARTMENT, now=NOW)
    actions.review_legality(item, verdict="approve", actor=LEGAL, now=NOW)
    actions.publish_version(item, actor=PUBLISHER, now=LATER)
    assert queries.current("SHOP").item.visits == 1
    assert name_of_review("SHOP") == "审查材料"


def lane_more() -> str:
    """The route with a second lane that does the review."""
    return REVIEW.replace(
        "<bpmn:flowNodeRef>document_review</bpmn:flowNodeRef>",
        "",
    ).replace(
        "</bpmn:laneSet>",
        '<bpmn:lane id="second" name="协办部门" tongban:nameEn="Second department">'
        "<bpmn:flowNodeRef>document_review</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>",
    )


def test_a_lane_without_an_organ_keeps_everything_back() -> None:
    stream = approved(lane_more())
    impact = queries.model_impact(stream, actor=PUBLISHER)
    assert [(one.code, one.ready, [lane.en for lane in one.lanes]) for one in impact.items] == [
        ("SHOP", False, ["Second department"]),
        ("STALL", False, ["Second department"]),
    ]
    with pytest.raises(m.LaneWithoutAgency) as refused:
        publish(stream, "SHOP")
    assert (refused.value.item, refused.value.lane) == ("SHOP", "second")
    assert (queries.current("SHOP").item.version, name_of_review("SHOP")) == (1, "书面审查")
    assert queries.published_model("route", "review") == REVIEW
    publish(stream)  # without items it may: a new item can name it
    assert queries.current("SHOP").item.version == 1
    assert queries.published_model("route", "review") != REVIEW


def test_only_items_that_use_it_go_over() -> None:
    with pytest.raises(m.ItemNotOnModel):
        publish(approved(), "REG")
    assert queries.published_model("route", "review") == REVIEW


def test_what_stays_behind_is_told_by_element() -> None:
    stream = approved(REVIEW.replace("document_review", "paper_review"))
    assert queries.model_impact(stream, actor=PUBLISHER).stays.keys() >= {"document_review"}
    assert "gone" in queries.model_impact(stream, actor=PUBLISHER).stays["document_review"]


def test_no_other_change_is_undone_unseen(folder: Path) -> None:
    stream = approved()
    (folder / "routes/review.bpmn").write_text(REVIEW.replace('name="作出决定"', 'name="决定"'), "utf-8")
    actions.load(folder, actor=LOADER, now=LATER)
    with pytest.raises(m.ModelBaseMoved):
        publish(stream, "SHOP")


# -- files and what is published here --------------------------------------------------------------------------------


def test_loading_the_same_folder_again_undoes_nothing(folder: Path) -> None:
    publish(approved(), "SHOP")
    report = actions.load(folder, actor=LOADER, now=LATER)
    assert set(report.unchanged) == {"REG", "SHOP", "STALL"}
    assert (name_of_review("SHOP"), name_of_review("STALL")) == ("审查材料", "书面审查")
    assert queries.published_model("route", "review") == RENAMED


def test_a_changed_item_of_the_folder_is_handled_on_the_route_in_force(folder: Path) -> None:
    publish(approved(), "SHOP")
    write_catalogue(folder, with_visits(SHOP, 1))
    report = actions.load(folder, actor=LOADER, now=LATER)
    assert (report.published, report.overridden) == ((("SHOP", 3),), ("SHOP",))
    assert (queries.current("SHOP").item.visits, name_of_review("SHOP")) == (1, "审查材料")


def test_a_changed_file_supersedes_and_both_are_on_record(folder: Path) -> None:
    publish(approved(), "SHOP")
    third = REVIEW.replace('name="书面审查"', 'name="看材料"')
    (folder / "routes/review.bpmn").write_text(third, "utf-8")
    report = actions.load(folder, actor=LOADER, now=LATER)
    assert set(report.published) == {("SHOP", 3), ("STALL", 2)}
    assert name_of_review("SHOP") == name_of_review("STALL") == "看材料"
    told = [(one.number, one.stage.value, one.origin) for one in queries.model_versions("route", "review")]
    assert told == [(3, "published", "load"), (2, "superseded", "desk"), (1, "superseded", "load")]


def test_an_export_writes_what_is_in_force() -> None:
    publish(approved(), "SHOP", "STALL")
    assert queries.handed(city=CITY, at=NOW).routes == {"review": RENAMED}


def test_routes_in_use_from_before_get_their_streams() -> None:
    adopt_again()
    before = queries.model_versions("route", "review")
    assert [(one.number, one.origin, one.stage) for one in before] == [(1, "adopted", "published")]
    assert actions.adopt(now=LATER) == 0
    assert queries.model_versions("route", "review") == before


def adopt_again() -> None:
    """As an installation that was loaded before routes had streams."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalogue_model")
        for table, name in (("ledger_request", "stream_id"), ("ledger_event", "stream_id"), ("ledger_stream", "id")):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table} WHERE {name} LIKE 'model-%%'")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    actions.adopt(now=LATER)


def test_a_lost_text_is_named() -> None:
    publish(approved())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE catalogue_route DISABLE TRIGGER USER")
        cursor.execute("UPDATE catalogue_route SET body = body || ' ' WHERE body = %s", [RENAMED])
        [found] = queries.damaged()
        cursor.execute("DELETE FROM catalogue_route WHERE body = %s", [RENAMED + " "])
        [missing] = queries.damaged()
        cursor.execute(
            "INSERT INTO catalogue_route (digest, key, body) VALUES (%s, 'review', %s)",
            [queries.model_versions("route", "review")[0].digest, RENAMED],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE catalogue_route ENABLE TRIGGER USER")
    assert found == missing
    assert found.startswith("route review ")
