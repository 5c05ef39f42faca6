"""Decision tables are stored once under their digest, pinned with versions, and found again."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.contexts.catalogue.samples import CATALOGUE, GUIDE, SHOP, text, with_change, write_catalogue
from tongban.contexts.catalogue import actions, models, queries
from tongban.contexts.catalogue.core.exports import City
from tongban.contexts.catalogue.core.items import Text
from tongban.contexts.catalogue.core.tables import judged
from tongban.contexts.catalogue.queries.life import check_draft
from tongban.contexts.parties.core import system
from tongban.kernel.clock import CHINA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
LOADER = system("test")
pytestmark = pytest.mark.django_db


def with_tables(folder: Path, *items: dict[str, Any], keys: tuple[str, ...] = ("old-card-eligible",)) -> Path:
    made = write_catalogue(folder, GUIDE, *(items or (shop(),)))
    (made / "decisions").mkdir(exist_ok=True)
    for key in keys:
        shutil.copy(CATALOGUE / f"decisions/{key}.dmn", made / "decisions")
    return made


def shop(**more: Any) -> dict[str, Any]:
    local = {
        "id": "local",
        "label": text("本地？", "Local?"),
        "kind": "choice",
        "options": [{"value": "yes", "label": text("是", "Yes")}, {"value": "no", "label": text("否", "No")}],
    }
    with_field = with_change(SHOP, "handling.form.0.fields", [*SHOP["handling"]["form"][0]["fields"], local])
    return with_change(with_field, "handling.eligibility", "old-card-eligible") | more


def test_a_version_is_pinned_to_its_table_and_answers_by_it(tmp_path: Path) -> None:
    folder = with_tables(tmp_path)
    actions.load(folder, actor=LOADER, now=NOW)
    version = queries.current("SHOP")
    assert version.decisions.keys() == {"old-card-eligible"}
    found = judged(version.decisions, "old-card-eligible", {"age": 61, "local": "no"}, NOW)
    assert found.outputs == {"eligible": True}
    assert found.digest == models.Decision.objects.get().digest
    assert actions.load(folder, actor=LOADER, now=NOW).published == ()
    assert queries.current("REG").decisions == {}


def test_a_changed_table_is_a_new_version_and_the_old_one_keeps_the_old_table(tmp_path: Path) -> None:
    folder = with_tables(tmp_path)
    actions.load(folder, actor=LOADER, now=NOW)
    path = folder / "decisions/old-card-eligible.dmn"
    path.write_text(path.read_text("utf-8").replace("&lt; 60", "&lt; 65").replace("&gt;= 60", "&gt;= 65"), "utf-8")
    assert actions.load(folder, actor=LOADER, now=NOW).published == (("SHOP", 2),)
    queries.refresh()
    for number, eligible in ((1, True), (2, False)):
        version = queries.version("SHOP", number)
        answer = judged(version.decisions, "old-card-eligible", {"age": 61, "local": "no"}, NOW)
        assert answer.outputs["eligible"] is eligible
    assert models.Decision.objects.count() == 2


def test_a_table_that_nothing_uses_makes_no_new_versions(tmp_path: Path) -> None:
    actions.load(with_tables(tmp_path), actor=LOADER, now=NOW)
    assert (
        actions.load(with_tables(tmp_path, keys=("old-card-eligible", "food-fine")), actor=LOADER, now=NOW).published
        == ()
    )
    assert models.Decision.objects.count() == 2


def test_an_unsound_table_or_a_reference_to_none_keeps_everything_out(tmp_path: Path) -> None:
    folder = with_tables(tmp_path)
    path = folder / "decisions/old-card-eligible.dmn"
    path.write_text(path.read_text("utf-8").replace("&lt; 60", "&lt; 59"), "utf-8")
    with pytest.raises(actions.CatalogueRefused) as refused:
        actions.load(folder, actor=LOADER, now=NOW)
    assert {(one.rule, one.place.file) for one in refused.value.findings if one.severity == "error"} == {
        ("table", "decisions/old-card-eligible.dmn")
    }
    path.unlink()
    with pytest.raises(actions.CatalogueRefused) as refused:
        actions.load(folder, actor=LOADER, now=NOW)
    assert [one.place.field for one in refused.value.findings if one.severity == "error"] == ["handling.eligibility"]
    assert not models.Decision.objects.exists()


@pytest.mark.parametrize("sql", ["UPDATE catalogue_decision SET body = ''", "DELETE FROM catalogue_decision"])
def test_stored_tables_never_change(tmp_path: Path, sql: str) -> None:
    actions.load(with_tables(tmp_path), actor=LOADER, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_table_that_was_tampered_with_is_named(tmp_path: Path) -> None:
    actions.load(with_tables(tmp_path), actor=LOADER, now=NOW)
    digest = models.Decision.objects.get().digest
    assert queries.damaged() == ()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE catalogue_decision DISABLE TRIGGER USER")
        cursor.execute("UPDATE catalogue_decision SET body = body || ' '")
    assert queries.damaged() == (f"decision old-card-eligible {digest[:12]}",)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalogue_decision")
    assert queries.damaged() == (f"decision old-card-eligible {digest[:12]}",)


def test_drafts_are_checked_against_the_stored_tables(tmp_path: Path) -> None:
    actions.load(with_tables(tmp_path), actor=LOADER, now=NOW)

    def found(reference: str) -> list[str]:
        content = with_change(shop(), "handling.eligibility", reference)
        return [one.rule for one in check_draft(content, "SHOP", today=NOW.date()) if one.rule == "table"]

    assert found("old-card-eligible") == []
    assert found("nothing") == ["table"]


def test_tables_cost_one_statement_and_only_at_first(tmp_path: Path) -> None:
    actions.load(with_tables(tmp_path), actor=LOADER, now=NOW)
    with CaptureQueriesContext(
        connection,
    ) as first:
        queries.current("SHOP")
    assert sum("catalogue_decision" in one["sql"] for one in first.captured_queries) == 1
    with CaptureQueriesContext(connection) as again:
        queries.current("SHOP")
        queries.version("SHOP", 1)
    assert len(again) == 0


def test_two_folders_whose_tables_differ_are_told_apart(tmp_path: Path) -> None:
    one, two = with_tables(tmp_path / "one"), with_tables(tmp_path / "two")
    assert actions.compare(str(one), str(two)) == ()
    path = two / "decisions/old-card-eligible.dmn"
    path.write_text(path.read_text("utf-8").replace("60", "65"), "utf-8")
    assert [found.item for found in actions.compare(str(one), str(two))] == ["decisions/old-card-eligible.dmn"]


def test_a_folder_that_is_called_like_a_table_is_none(tmp_path: Path) -> None:
    one, two = with_tables(tmp_path / "one"), with_tables(tmp_path / "two")
    (two / "decisions/folder.dmn").mkdir()
    assert actions.compare(str(one), str(two)) == ()


def test_what_is_in_force_is_handed_on_with_its_tables(tmp_path: Path) -> None:
    actions.load(with_tables(tmp_path, keys=("old-card-eligible", "food-fine")), actor=LOADER, now=NOW)
    handed = queries.handed(city=City(Text("城", "City"), "429900", "http://city"), at=NOW)
    stored = (CATALOGUE / "decisions/old-card-eligible.dmn").read_text("utf-8")
    assert handed.decisions["old-card-eligible"] == stored
