"""A draft's way to the citizen: four persons, one by one, and everything on the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.catalogue.samples import GUIDE, SHOP, text, with_change, with_visits, write_catalogue
from tongban.contexts.catalogue import actions, jobs, models, queries
from tongban.contexts.catalogue.core import life
from tongban.contexts.catalogue.core.life import Draft, LifeStage
from tongban.contexts.catalogue.core.versions import ItemNotListed
from tongban.contexts.parties.core import Actor, Role, system
from tongban.foundation import ledger
from tongban.foundation.ledger import worker
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed, NotFound

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
LOADER = system("test")
pytestmark = pytest.mark.django_db


def officer(name: str, agency: str, *roles: Role) -> Actor:
    return Actor(kind="officer", id=f"officer:{name}", name=name, agency=agency, roles=frozenset(roles))


OWNER = officer("owner", "market", Role.CATALOGUE_OWNER)
DEPARTMENT = officer("department", "market", Role.CATALOGUE_REVIEWER)
LEGAL = officer("legal", "service-bureau", Role.LEGAL_REVIEWER)
PUBLISHER = officer("publisher", "service-bureau", Role.CATALOGUE_PUBLISHER)
BUREAU = officer("bureau", "service-bureau", Role.CATALOGUE_OWNER)
ALL_ROLES = (Role.CATALOGUE_OWNER, Role.CATALOGUE_REVIEWER, Role.LEGAL_REVIEWER, Role.CATALOGUE_PUBLISHER)
HEALTH = officer("health", "health", *ALL_ROLES)


@pytest.fixture(autouse=True)
def _loaded(tmp_path: Path) -> Iterator[None]:
    actions.load(write_catalogue(tmp_path), actor=LOADER, now=NOW)
    yield
    assert ledger.verify().ok, ledger.verify().problem


def changed(visits: int = 1) -> dict[str, Any]:
    return with_visits(SHOP, visits)


def approved(content: dict[str, Any] | None = None, code: str = "SHOP", owner: Actor = OWNER) -> str:
    """A version of SHOP that only waits for its publisher."""
    opened = actions.open_draft(code, content=content or changed(), actor=owner, now=NOW)
    stream = opened.row.stream_id
    actions.submit_draft(stream, actor=owner, now=NOW)
    actions.review_draft(stream, verdict="approve", note="同意", actor=DEPARTMENT, now=NOW)
    actions.review_legality(stream, verdict="approve", actor=LEGAL, now=NOW)
    return stream


def work(now: datetime) -> int:
    """What the worker would do at `now`."""
    worker.handlers.update(
        {
            "catalogue.publish": lambda call: jobs.publish(call, now),
            "catalogue.cancel": lambda call: jobs.cancel(call, now),
        }
    )
    return worker.drain(now)


def test_the_whole_way() -> None:
    opened = actions.open_draft("SHOP", actor=OWNER, now=NOW)
    assert (opened.row.stream_id, opened.row.stage, opened.state.base) == ("item-SHOP-0002", LifeStage.DRAFT, 1)
    assert opened.content == SHOP
    stream = opened.row.stream_id
    saved = actions.save_draft(stream, content=changed(), actor=OWNER, now=NOW)
    assert saved.content["visits"] == 1
    actions.submit_draft(stream, actor=OWNER, now=NOW)
    actions.review_draft(stream, verdict="approve", note="同意", actor=DEPARTMENT, now=NOW)
    actions.review_legality(stream, verdict="approve", note="合法", actor=LEGAL, now=NOW)
    assert queries.current("SHOP").item.visits == 0
    done = actions.publish_version(stream, actor=PUBLISHER, now=NOW)
    assert done.row.stage is LifeStage.PUBLISHED
    found = queries.current("SHOP")
    assert (found.item.version, found.item.visits, found.published_at) == (2, 1, NOW)
    assert found.route is not None
    assert queries.version("SHOP", 1).item.visits == 0
    assert models.Version.objects.get(code="SHOP", version=2).published_by == PUBLISHER.id
    assert [(row.number, row.stage) for row in queries.versions_of("SHOP")] == [
        (2, LifeStage.PUBLISHED),
        (1, LifeStage.SUPERSEDED),
    ]
    assert [(one.type, one.actor) for one in done.history] == [
        ("item.drafted", OWNER.id),
        ("item.draft_saved", OWNER.id),
        ("item.draft_submitted", OWNER.id),
        ("item.department_approved", DEPARTMENT.id),
        ("item.legality_approved", LEGAL.id),
        ("item.version_published", PUBLISHER.id),
    ]
    assert queries.drafts(actor=OWNER) == ()


def test_a_new_item_is_born_the_same_way() -> None:
    content = with_change(with_change(GUIDE, "code", "NEW"), "name", text("新登记", "New registration"))
    stream = approved(content, "NEW")
    actions.publish_version(stream, actor=PUBLISHER, now=NOW)
    assert queries.current("NEW").item.version == 1


@pytest.mark.parametrize("step", ["department", "legal", "publish"])
def test_the_drafter_alone_publishes_nothing(step: str) -> None:
    alone = officer("alone", "service-bureau", *ALL_ROLES)
    stream = actions.open_draft("SHOP", content=changed(), actor=alone, now=NOW).row.stream_id
    actions.submit_draft(stream, actor=alone, now=NOW)
    if step != "department":
        actions.review_draft(stream, verdict="approve", actor=DEPARTMENT, now=NOW)
    if step == "publish":
        actions.review_legality(stream, verdict="approve", actor=LEGAL, now=NOW)
    act: Callable[[], Draft] = {
        "department": lambda: actions.review_draft(stream, verdict="approve", actor=alone, now=NOW),
        "legal": lambda: actions.review_legality(stream, verdict="approve", actor=alone, now=NOW),
        "publish": lambda: actions.publish_version(stream, actor=alone, now=NOW),
    }[step]
    with pytest.raises(life.SamePerson) as refused:
        act()
    assert "起草人" in str(refused.value)


def test_nobody_saves_over_what_they_have_not_seen() -> None:
    stream = actions.open_draft("SHOP", actor=OWNER, now=NOW).row.stream_id
    before = queries.draft(stream, actor=OWNER).content
    first = {**before, "short": {"zh": "先到", "en": "first"}}
    actions.save_draft(stream, content=first, instead_of=before, actor=OWNER, now=NOW)
    with pytest.raises(life.ContentMoved):
        actions.save_draft(stream, content=changed(), instead_of=before, actor=OWNER, now=NOW)
    assert queries.draft(stream, actor=OWNER).content == first
    actions.save_draft(stream, content=changed(), instead_of=first, actor=OWNER, now=NOW)


def test_whoever_edited_in_between_is_a_drafter_too() -> None:
    editor = officer("editor", "market", Role.CATALOGUE_OWNER, Role.CATALOGUE_REVIEWER)
    stream = actions.open_draft("SHOP", actor=OWNER, now=NOW).row.stream_id
    actions.save_draft(stream, content=changed(), actor=editor, now=NOW)
    actions.submit_draft(stream, actor=OWNER, now=NOW)
    with pytest.raises(life.SamePerson):
        actions.review_draft(stream, verdict="approve", actor=editor, now=NOW)


def test_a_return_gives_the_reason_and_starts_anew() -> None:
    stream = approved()
    with pytest.raises(life.NoteMissing):
        actions.return_approved(stream, note=" ", actor=PUBLISHER, now=NOW)
    back = actions.return_approved(stream, note="电话写错了", actor=PUBLISHER, now=NOW)
    assert (back.row.stage, back.state.note) == (LifeStage.DRAFT, "电话写错了")
    assert (back.state.department_reviewer, back.state.legal_reviewer) == ("", "")
    with pytest.raises(life.WrongStage):
        actions.publish_version(stream, actor=PUBLISHER, now=NOW)


def test_a_draft_may_be_incomplete_but_not_be_submitted_so() -> None:
    content = with_change(SHOP, "basis", [])
    opened = actions.open_draft("SHOP", content=content, actor=OWNER, now=NOW)
    assert opened.row.errors
    with pytest.raises(life.DraftHasErrors) as refused:
        actions.submit_draft(opened.row.stream_id, actor=OWNER, now=NOW)
    assert "Q20" in {finding.rule for finding in refused.value.findings}
    almost = {"name": text("半成品", "Half done")}
    assert actions.save_draft(opened.row.stream_id, content=almost, actor=OWNER, now=NOW).row.name.zh == "半成品"


def test_a_basis_repealed_yesterday_stops_the_publication() -> None:
    stream = approved(with_change(SHOP, "basis.0.effective_to", "2026-03-02"))
    with pytest.raises(life.DraftHasErrors):
        actions.publish_version(stream, actor=PUBLISHER, now=NOW + timedelta(days=1))
    with pytest.raises(life.DraftHasErrors):
        actions.publish_version(stream, effective_from=date(2026, 3, 3), actor=PUBLISHER, now=NOW)
    actions.publish_version(stream, actor=PUBLISHER, now=NOW)


def test_a_later_day_is_the_worker_s() -> None:
    stream = approved()
    waiting = actions.publish_version(stream, effective_from=date(2026, 4, 1), actor=PUBLISHER, now=NOW)
    assert (waiting.row.stage, waiting.row.effective_from) == (LifeStage.APPROVED, date(2026, 4, 1))
    assert queries.current("SHOP").item.version == 1
    with pytest.raises(life.LifeNotYetDue):
        actions.put_in_force(stream, now=NOW)
    with pytest.raises(life.DraftExists):
        actions.open_draft("SHOP", actor=OWNER, now=NOW)
    assert [row.number for row in queries.versions_of("SHOP")] == [2, 1]
    assert work(datetime(2026, 3, 31, 23, 59, tzinfo=CHINA)) == 0
    assert work(datetime(2026, 4, 1, 0, 0, tzinfo=CHINA)) == 1
    assert queries.current("SHOP").item.version == 2
    assert queries.draft(stream, actor=PUBLISHER).state.publisher == PUBLISHER.id
    assert work(datetime(2026, 4, 1, 1, 0, tzinfo=CHINA)) == 0
    actions.put_in_force(stream, now=datetime(2026, 4, 2, tzinfo=CHINA))  # a repeat does nothing


def test_a_law_that_ends_before_the_day_of_force_stops_the_worker() -> None:
    stream = approved(with_change(SHOP, "basis.0.effective_to", "2026-04-30"))
    actions.publish_version(stream, effective_from=date(2026, 4, 1), actor=PUBLISHER, now=NOW)
    with pytest.raises(life.DraftHasErrors):
        actions.put_in_force(stream, now=datetime(2026, 5, 1, tzinfo=CHINA))
    assert work(datetime(2026, 5, 1, tzinfo=CHINA)) == 1
    assert queries.current("SHOP").item.version == 1
    assert "draft_has_errors" in worker.unsettled()[0].last_error


@pytest.mark.parametrize(
    ("content", "day", "refusal"),
    [
        ({}, date(2026, 3, 1), life.DayPassed),
        ({"valid_from": "2026-05-01"}, date(2026, 4, 1), life.OutsideValidity),
        ({"valid_to": "2026-03-31"}, date(2026, 4, 1), life.OutsideValidity),
    ],
)
def test_days_that_can_t_be(content: dict[str, str], day: date, refusal: type[Exception]) -> None:
    stream = approved(changed() | content)
    with pytest.raises(refusal):
        actions.publish_version(stream, effective_from=day, actor=PUBLISHER, now=NOW)


def test_a_version_never_comes_into_force_before_the_one_it_follows() -> None:
    later = NOW + timedelta(days=30)
    actions.publish_version(approved(), effective_from=later.date(), actor=PUBLISHER, now=NOW)
    work(later)
    stream = approved(changed(2))  # drafted, as its clock says, before version 2 was in force
    with pytest.raises(life.DatesOverlap):
        actions.publish_version(stream, effective_from=date(2026, 3, 10), actor=PUBLISHER, now=NOW)


def test_content_says_from_when_and_until_when() -> None:
    stream = approved(changed() | {"valid_from": "2026-05-01", "valid_to": "2026-05-31"})
    actions.publish_version(stream, actor=PUBLISHER, now=NOW)
    assert queries.current("SHOP").item.version == 1
    work(datetime(2026, 5, 1, tzinfo=CHINA))
    assert queries.current("SHOP").item.version == 2
    work(datetime(2026, 5, 31, 23, tzinfo=CHINA))
    assert queries.current("SHOP").item.version == 2
    work(datetime(2026, 6, 1, tzinfo=CHINA))
    with pytest.raises(ItemNotListed):
        queries.current("SHOP")


def test_cancelling_takes_the_item_off_the_list_and_keeps_its_versions() -> None:
    with pytest.raises(life.NoteMissing):
        actions.cancel_item("SHOP", on=NOW.date(), reason=" ", actor=PUBLISHER, now=NOW)
    with pytest.raises(life.DayPassed):
        actions.cancel_item("SHOP", on=date(2026, 3, 1), reason="国务院取消", actor=PUBLISHER, now=NOW)
    actions.cancel_item("SHOP", on=NOW.date(), reason="国务院取消", actor=PUBLISHER, now=NOW, request_id="c")
    actions.cancel_item("SHOP", on=NOW.date(), reason="国务院取消", actor=PUBLISHER, now=NOW, request_id="c")
    with pytest.raises(ItemNotListed):
        queries.current("SHOP")
    assert queries.version("SHOP", 1).item.code == "SHOP"
    assert [hit.item.code for hit in queries.search("做买卖", language="zh-hans").hits] in ([], ["REG"])
    assert queries.touched("REG").items == ()
    with pytest.raises(ItemNotListed):
        actions.cancel_item("SHOP", on=NOW.date(), reason="再来", actor=PUBLISHER, now=NOW)


def test_a_cancelled_item_comes_back_only_by_a_draft_or_a_changed_file(tmp_path: Path) -> None:
    actions.cancel_item("SHOP", on=NOW.date(), reason="国务院取消", actor=PUBLISHER, now=NOW)
    same = actions.load(tmp_path, actor=LOADER, now=NOW)
    assert (same.published, same.unchanged) == ((), ("REG", "SHOP"))
    again = actions.load(write_catalogue(tmp_path, GUIDE, changed()), actor=LOADER, now=NOW)
    assert again.published == (("SHOP", 2),)


def test_a_later_cancellation_survives_a_new_version() -> None:
    stream = approved()
    actions.cancel_item("SHOP", on=date(2026, 4, 1), reason="国务院取消", actor=PUBLISHER, now=NOW)
    actions.publish_version(stream, actor=PUBLISHER, now=NOW)
    assert queries.versions_of("SHOP")[0].ends_on == date(2026, 4, 1)
    with pytest.raises(life.LifeNotYetDue):
        actions.end_version(stream, now=NOW)
    work(datetime(2026, 4, 1, tzinfo=CHINA))
    with pytest.raises(ItemNotListed):
        queries.current("SHOP")


def test_a_draft_of_a_cancelled_item_is_not_published_unseen() -> None:
    stream = approved()
    actions.cancel_item("SHOP", on=NOW.date(), reason="国务院取消", actor=PUBLISHER, now=NOW)
    with pytest.raises(life.BaseGone):
        actions.publish_version(stream, actor=PUBLISHER, now=NOW)
    actions.abandon_draft(stream, actor=PUBLISHER, now=NOW)
    back = approved(changed())
    actions.publish_version(back, actor=PUBLISHER, now=NOW)
    assert queries.current("SHOP").item.version == 3


def test_a_load_in_between_is_not_undone_by_a_draft(tmp_path: Path) -> None:
    stream = approved()
    actions.load(write_catalogue(tmp_path, GUIDE, changed(3)), actor=LOADER, now=NOW)
    assert queries.current("SHOP").item.version == 3
    with pytest.raises(life.BaseMoved):
        actions.publish_version(stream, actor=PUBLISHER, now=NOW)


def test_a_load_keeps_what_was_reviewed_here(tmp_path: Path) -> None:
    actions.publish_version(approved(), actor=PUBLISHER, now=NOW)
    same = actions.load(tmp_path, actor=LOADER, now=NOW)
    assert (same.published, same.unchanged) == ((), ("REG", "SHOP"))
    assert queries.current("SHOP").item.visits == 1
    other = actions.load(write_catalogue(tmp_path, GUIDE, changed(2)), actor=LOADER, now=NOW)
    assert (other.published, other.overridden) == ((("SHOP", 3),), ("SHOP",))


def test_a_file_for_a_later_day_waits(tmp_path: Path) -> None:
    later = changed() | {"valid_from": "2026-04-01"}
    report = actions.load(write_catalogue(tmp_path, GUIDE, later), actor=LOADER, now=NOW)
    assert (report.published, report.scheduled) == ((), (("SHOP", 2),))
    assert actions.load(tmp_path, actor=LOADER, now=NOW).scheduled == ()
    other = later | {"visits": 2}
    assert actions.load(write_catalogue(tmp_path, GUIDE, other), actor=LOADER, now=NOW).scheduled == (("SHOP", 3),)
    work(datetime(2026, 4, 1, tzinfo=CHINA))
    assert (queries.current("SHOP").item.version, queries.current("SHOP").item.visits) == (3, 2)


def test_an_expired_file_is_refused_and_nothing_loaded(tmp_path: Path) -> None:
    expired = changed() | {"valid_to": "2026-03-01"}
    other = with_visits(GUIDE, 1)
    with pytest.raises(life.OutsideValidity):
        actions.load(write_catalogue(tmp_path, other, expired), actor=LOADER, now=NOW)
    assert queries.current("REG").item.visits == 0


def test_a_folder_becomes_drafts(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path, GUIDE, changed())
    opened = actions.load_drafts(folder, actor=LOADER, now=NOW)
    assert [(one.code, one.stream_id, one.refusal) for one in opened] == [("SHOP", "item-SHOP-0002", None)]
    assert queries.current("SHOP").item.visits == 0
    again = actions.load_drafts(folder, actor=LOADER, now=NOW)
    assert [type(one.refusal) for one in again] == [life.DraftExists]


def test_many_drafts_at_once_each_accounted_for() -> None:
    rows = [(f"ROW-{n}", with_change(GUIDE, "code", f"ROW-{n}")) for n in range(205)]
    rows += [("row", GUIDE), ("ROW-1", GUIDE), ("SHOP", {"visits": 0.5})]
    made = actions.open_drafts(rows, actor=BUREAU, now=NOW, origin="import")
    assert [type(one.refusal) for one in made[205:]] == [life.CodeInvalid, life.DraftExists, life.ContentInvalid]
    assert all(one.stream_id == f"item-{one.code}-0001" for one in made[:205])
    assert len(queries.drafts(actor=BUREAU)) == 205
    assert actions.open_drafts([], actor=BUREAU, now=NOW, origin="import") == ()


def test_one_draft_at_a_time() -> None:
    first = actions.open_draft("SHOP", actor=OWNER, now=NOW)
    with pytest.raises(life.DraftExists):
        actions.open_draft("SHOP", actor=BUREAU, now=NOW)
    actions.abandon_draft(first.row.stream_id, actor=OWNER, now=NOW)
    with pytest.raises(life.WrongStage):
        actions.save_draft(first.row.stream_id, content=changed(), actor=OWNER, now=NOW)
    assert actions.open_draft("SHOP", actor=BUREAU, now=NOW).row.number == 3


@pytest.mark.parametrize("code", ["shop", "", "X" * 41, "A-", "A\0"])
def test_codes_have_one_form(code: str) -> None:
    with pytest.raises(life.CodeInvalid):
        actions.open_draft(code, content=GUIDE, actor=OWNER, now=NOW)


def test_a_new_code_needs_content_and_a_draft_keeps_its_code() -> None:
    with pytest.raises(life.CodeInvalid):
        actions.open_draft("NEVER", actor=OWNER, now=NOW)
    stream = actions.open_draft("SHOP", actor=OWNER, now=NOW).row.stream_id
    with pytest.raises(life.CodeInvalid):
        actions.save_draft(stream, content=GUIDE, actor=OWNER, now=NOW)


def test_everybody_for_the_own_organ() -> None:
    with pytest.raises(NotAllowed):
        actions.open_draft("SHOP", actor=HEALTH, now=NOW)
    district = officer("district", "market-nowhere", Role.CATALOGUE_OWNER)
    stream = approved()
    for act in (
        lambda: actions.save_draft(stream, content=changed(), actor=HEALTH, now=NOW),
        lambda: actions.submit_draft(stream, actor=HEALTH, now=NOW),
        lambda: actions.review_draft(stream, verdict="approve", actor=HEALTH, now=NOW),
        lambda: actions.review_draft(stream, verdict="approve", actor=OWNER, now=NOW),
        lambda: actions.review_legality(stream, verdict="approve", actor=DEPARTMENT, now=NOW),
        lambda: actions.publish_version(stream, actor=HEALTH, now=NOW),
        lambda: actions.publish_version(stream, actor=LEGAL, now=NOW),
        lambda: actions.publish_version(stream, actor=LOADER, now=NOW),
        lambda: actions.abandon_draft(stream, actor=HEALTH, now=NOW),
        lambda: actions.cancel_item("SHOP", on=NOW.date(), reason="x", actor=OWNER, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotFound):
        queries.draft(stream, actor=HEALTH)
    with pytest.raises(NotFound):
        queries.draft("item-NEVER-0001", actor=OWNER)
    assert queries.drafts(actor=HEALTH) == ()
    assert queries.drafts(actor=Actor(kind="citizen", id="person:1")) == ()
    assert [row.stream_id for row in queries.drafts(actor=LEGAL)] == [stream]
    assert queries.drafts(actor=LEGAL, stage=LifeStage.DRAFT) == ()
    assert queries.drafts(actor=district) == ()  # no such organ is registered here: its key is its own
