"""An installation from before versions had streams keeps every version, byte by byte."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.contexts.catalogue.samples import GUIDE, SHOP, dump, with_visits, write_catalogue
from tongban.contexts.catalogue import actions, models, queries
from tongban.contexts.catalogue.actions.adopting import source_of
from tongban.contexts.catalogue.core import source, yaml_source
from tongban.contexts.catalogue.core.life import LifeStage
from tongban.contexts.parties.core import system
from tongban.foundation import ledger
from tongban.kernel.clock import CHINA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
LATER = NOW + timedelta(days=100)


@pytest.fixture
def before(tmp_path: Path, transactional_db: None) -> Iterator[list[tuple[Any, ...]]]:
    """The tables as they were, with three versions of two items."""
    for folder, items in (("a", (GUIDE, SHOP)), ("b", (GUIDE, with_visits(SHOP, 1)))):
        actions.load(write_catalogue(tmp_path / folder, *items), actor=system("old"), now=NOW)
    rows = _versions()
    newest = [("catalogue", name) for app, name in MigrationExecutor(connection).loader.graph.leaf_nodes("catalogue")]
    MigrationExecutor(connection).migrate([("catalogue", "0001_initial")])
    with connection.cursor() as cursor:  # the streams of a later time
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER ALL")
        cursor.execute("ALTER TABLE ledger_request DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM ledger_request; DELETE FROM ledger_event; DELETE FROM ledger_stream")
        cursor.execute("ALTER TABLE ledger_event ENABLE TRIGGER ALL")
        cursor.execute("ALTER TABLE ledger_request ENABLE TRIGGER ALL")
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_no_truncate")  # as conftest has it
        cursor.execute("SELECT count(*) FROM catalogue_version")
        assert cursor.fetchone() == (3,)
    MigrationExecutor(connection).migrate(newest)
    yield rows
    queries.refresh()


def _versions() -> list[tuple[Any, ...]]:
    columns = ("code", "version", "body", "digest", "route_id", "published_at", "published_by")
    return list(models.Version.objects.order_by("code", "version").values_list(*columns))


def test_every_version_gets_its_stream(before: list[tuple[Any, ...]]) -> None:
    assert _versions() == []
    assert actions.adopt(now=LATER) == 3
    assert _versions() == before
    assert {(row.code, row.version) for row in models.Current.objects.all()} == {("REG", 1), ("SHOP", 2)}
    assert [(row.number, row.stage, row.published_at) for row in queries.versions_of("SHOP")] == [
        (2, LifeStage.PUBLISHED, NOW),
        (1, LifeStage.SUPERSEDED, NOW),
    ]
    assert queries.current("SHOP").item.visits == 1
    assert ledger.verify().ok, ledger.verify().problem
    assert actions.adopt(now=LATER) == 0
    assert ledger.history(ledger.kind_of("item_version"), "item-SHOP-0002")[0].at == LATER


def test_what_was_adopted_goes_on_as_everything(before: list[tuple[Any, ...]], tmp_path: Path) -> None:
    actions.adopt(now=LATER)
    assert actions.load(tmp_path / "b", actor=system("new"), now=LATER).published == ()
    assert actions.load(tmp_path / "a", actor=system("new"), now=LATER).published == (("SHOP", 3),)
    assert queries.source_of("SHOP", 1) == SHOP
    assert ledger.verify().ok


@pytest.mark.parametrize("sample", [GUIDE, SHOP])
def test_the_source_of_an_item_makes_the_item(sample: dict[str, Any]) -> None:
    item = source.parse_item(dump(sample), "item.yaml").item
    assert item is not None
    said = source_of(item)
    assert said == sample
    document = yaml_source.Document("", said)
    source.check_shape(document, type(item), given={"version": 0})
    assert document.findings == []
