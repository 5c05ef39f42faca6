"""From a list to drafts in the ledger: once, by those who may, all of it or nothing."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.contexts.catalogue.lists import HEADER, QUIRKS, row, shared, written
from tests.contexts.catalogue.samples import write_catalogue
from tongban.contexts.catalogue import actions, models, queries
from tongban.contexts.catalogue.core.importing import ListRefused
from tongban.contexts.parties.core import Actor, Role, system
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
SYSTEM = system("test")
pytestmark = pytest.mark.django_db


def test_the_real_list_becomes_drafts_within_ten_seconds() -> None:
    data = shared("service-items", "guangan_items.csv").read_bytes()
    begun = time.perf_counter()
    report = actions.import_list(data, actor=SYSTEM, now=NOW)
    assert time.perf_counter() - begun < 10
    assert report.rows == 859
    assert len(report.imported) + len(report.refused) + len(report.not_opened) == 859
    assert len(report.imported) >= 859 * 0.97
    assert len(queries.drafts(actor=SYSTEM)) == len(report.imported)


def test_a_draft_holds_the_row_as_it_was_and_says_where_it_came_from() -> None:
    report = actions.import_list(written(QUIRKS), actor=SYSTEM, now=NOW)
    assert len(report.imported) == len(QUIRKS)
    rows = {one.code: one for one in queries.drafts(actor=SYSTEM)}
    found = queries.draft(rows[report.imported[2]].stream_id, actor=SYSTEM)
    assert found.content["imported"] == dict(zip(HEADER, QUIRKS[2], strict=True))
    assert found.state.origin == "import"
    assert found.row.name.zh == "查询"
    assert found.row.errors > 0


def test_the_same_list_again_makes_no_second_drafts() -> None:
    first = actions.import_list(written(QUIRKS), actor=SYSTEM, now=NOW)
    again = actions.import_list(
        written([*QUIRKS, row("新增", "Z-000147-001-12511300452258950C")]), actor=SYSTEM, now=NOW
    )
    assert again.already == first.imported
    assert len(again.imported) == 1
    assert models.Life.objects.count() == len(QUIRKS) + 1


def test_an_abandoned_draft_may_be_imported_anew() -> None:
    first = actions.import_list(written([row()]), actor=SYSTEM, now=NOW)
    [draft] = queries.drafts(actor=SYSTEM)
    actions.abandon_draft(draft.stream_id, actor=SYSTEM, now=NOW + timedelta(hours=1))
    again = actions.import_list(written([row()]), actor=SYSTEM, now=NOW + timedelta(hours=2))
    assert again.imported == first.imported


def test_a_dry_run_and_a_refused_file_write_nothing() -> None:
    report = actions.import_list(written(QUIRKS), actor=SYSTEM, now=NOW, dry_run=True)
    assert len(report.imported) == len(QUIRKS)
    with pytest.raises(ListRefused):
        actions.import_list(written(QUIRKS)[:-9], actor=SYSTEM, now=NOW)
    assert models.Life.objects.count() == 0


def test_only_catalogue_owners_and_only_for_their_own_organ(tmp_path: Path) -> None:
    actions.load(write_catalogue(tmp_path), actor=SYSTEM, now=NOW)
    nobody = Actor("officer", "1", agency="market")
    owner = Actor("officer", "2", agency="market", roles=frozenset({Role.CATALOGUE_OWNER}))
    with pytest.raises(NotAllowed):
        actions.import_list(written(QUIRKS), actor=nobody, now=NOW)
    actions.import_list(written(QUIRKS), actor=owner, now=NOW)
    assert {one.agency for one in queries.drafts(actor=SYSTEM)} == {"market"}


def test_an_agency_that_the_city_lacks_is_refused(tmp_path: Path) -> None:
    actions.load(write_catalogue(tmp_path), actor=SYSTEM, now=NOW)
    with pytest.raises(ListRefused, match="agency_unknown"):
        actions.import_list(written(QUIRKS), actor=SYSTEM, now=NOW, agency="moon")
    report = actions.import_list(written(QUIRKS), actor=SYSTEM, now=NOW, agency="market")
    assert len(report.imported) == len(QUIRKS)
