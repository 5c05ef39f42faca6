"""Loading: whole or not at all, once, by those who may; what is published stays."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.contexts.catalogue.samples import GUIDE, SHOP, text, with_change, with_visits, write_catalogue
from tongban.contexts.catalogue import actions, models, queries
from tongban.contexts.catalogue.core.findings import errors
from tongban.contexts.catalogue.core.versions import ItemNotListed
from tongban.contexts.parties.core import Actor, Role, system
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
LOADER = system("test")
pytestmark = pytest.mark.django_db


def test_a_load_publishes_and_the_same_load_again_does_nothing(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path)
    seen: list[tuple[int, int]] = []
    first = actions.load(folder, actor=LOADER, now=NOW, progress=lambda done, of: seen.append((done, of)))
    again = actions.load(folder, actor=LOADER, now=NOW + timedelta(days=1))
    assert first.published == (("REG", 1), ("SHOP", 1))
    assert seen == [(1, 2), (2, 2)]
    assert again.published == ()
    assert again.unchanged == ("REG", "SHOP")
    found = queries.current("SHOP")
    assert (found.item.version, found.published_at, len(found.digest)) == (1, NOW, 64)
    assert found.route is not None
    assert found.route.id
    assert queries.current("REG").route is None
    assert models.Version.objects.values_list("published_by", flat=True).distinct().get() == "system:test"


def test_a_change_is_a_new_version_and_the_old_one_stays(tmp_path: Path) -> None:
    actions.load(write_catalogue(tmp_path), actor=LOADER, now=NOW)
    old = queries.current("SHOP")
    changed = with_visits(SHOP, 1)
    report = actions.load(write_catalogue(tmp_path, GUIDE, changed), actor=LOADER, now=NOW)
    assert report.published == (("SHOP", 2),)
    assert queries.current("SHOP").item.visits == 1
    assert queries.version("SHOP", 1) == old
    queries.refresh()
    assert queries.version("SHOP", 1) == old


def test_a_changed_route_is_a_new_version_of_the_items_that_use_it(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path)
    actions.load(folder, actor=LOADER, now=NOW)
    before = queries.current("SHOP")
    route = folder / "routes/review.bpmn"
    route.write_text(
        route.read_text(encoding="utf-8").replace("Lead department", "Department in charge"), encoding="utf-8"
    )
    assert actions.load(folder, actor=LOADER, now=NOW).published == (("SHOP", 2),)
    after = queries.current("SHOP")
    assert before.digest != after.digest
    assert before.route is not None
    assert after.route is not None
    assert [lane.name_en for lane in after.route.lanes] == ["Department in charge"]
    assert queries.version("SHOP", 1).route == before.route


def test_one_error_and_nothing_is_loaded(tmp_path: Path) -> None:
    broken = with_change(SHOP, "promised.value", 11)
    with pytest.raises(actions.CatalogueRefused) as refused:
        actions.load(write_catalogue(tmp_path, GUIDE, broken), actor=LOADER, now=NOW)
    assert [finding.rule for finding in errors(refused.value.findings)] == ["Q3"]
    assert refused.value.params == {"errors": 1}
    assert queries.items() == ()
    assert not models.Version.objects.exists()
    assert not models.Words.objects.exists()


def test_what_the_folder_no_longer_holds_stays_in_force_and_is_told(tmp_path: Path) -> None:
    actions.load(write_catalogue(tmp_path / "a"), actor=LOADER, now=NOW)
    alone = write_catalogue(tmp_path / "b", GUIDE)
    (alone / "synonyms.yaml").unlink()
    report = actions.load(alone, actor=LOADER, now=NOW)
    assert report.kept == ("SHOP",)
    assert queries.current("SHOP").item.version == 1


@pytest.mark.parametrize(
    "actor",
    [
        Actor(kind="citizen", id="person:1"),
        Actor(kind="officer", id="officer:1", roles=frozenset({Role.WINDOW, Role.APPROVER})),
        Actor(kind="anonymous", id="anonymous"),
    ],
)
def test_only_catalogue_owners_load(tmp_path: Path, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        actions.load(write_catalogue(tmp_path), actor=actor, now=NOW)
    assert queries.items() == ()


def test_a_path_without_a_catalogue(tmp_path: Path) -> None:
    with pytest.raises(actions.NoCatalogueThere):
        actions.check(tmp_path, today=NOW.date())


def test_a_file_in_gbk_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path)
    item = folder / "items/SHOP/item.yaml"
    item.write_bytes(item.read_text(encoding="utf-8").encode("gbk"))
    findings = [
        finding for finding in actions.check(folder, today=NOW.date()) if finding.place.file.endswith("SHOP/item.yaml")
    ]
    assert [(finding.rule, finding.place.line) for finding in findings] == [("source", 3)]


def test_a_file_with_a_bom_is_read(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path)
    item = folder / "items/SHOP/item.yaml"
    item.write_bytes(b"\xef\xbb\xbf" + item.read_bytes())
    assert errors(actions.check(folder, today=NOW.date())) == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE catalogue_version SET body = '{}'",
        "DELETE FROM catalogue_version",
        "UPDATE catalogue_route SET body = ''",
        "DELETE FROM catalogue_route",
        "UPDATE catalogue_current SET version = 9",
        "INSERT INTO catalogue_current VALUES ('NEVER', 1)",
        "INSERT INTO catalogue_version (code, version, body, digest, published_at, published_by)"
        " SELECT code, version, body, digest, published_at, published_by FROM catalogue_version",
    ],
)
def test_the_database_itself_keeps_what_is_published(tmp_path: Path, sql: str) -> None:
    actions.load(write_catalogue(tmp_path), actor=LOADER, now=NOW)
    with connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute(sql)


def test_reads_by_what_is_listed(tmp_path: Path) -> None:
    actions.load(write_catalogue(tmp_path), actor=LOADER, now=NOW)
    assert [item.code for item in queries.items()] == ["REG", "SHOP"]
    assert [item.code for item in queries.handled()] == ["SHOP"]
    assert [item.code for item in queries.by_agency("market")] == ["REG", "SHOP"]
    assert queries.by_agency("health") == ()
    assert [(paper.code, paper.issuer.en) for paper in queries.papers()] == [("SEAL", "Police")]
    assert {code: name.en for code, name in queries.paper_names().items()} == {
        "REG": "Business licence",
        "SHOP": "Business licence",
        "SEAL": "Seal",
    }
    assert queries.search("做买卖", language="zh-hans").hits[0].item.code == "SHOP"
    with pytest.raises(ItemNotListed):
        queries.current("NEVER")
    with pytest.raises(ItemNotListed):
        queries.version("SHOP", 2)


def test_the_steady_state_runs_no_statement(tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    actions.load(write_catalogue(tmp_path), actor=LOADER, now=NOW)
    queries.search("开店", language="zh-hans")
    with django_assert_num_queries(0):
        for _ in range(3):
            queries.current("SHOP")
            queries.version("SHOP", 1)
            queries.items()
            queries.search("开店", language="zh-hans")
            queries.suggest("开")


def test_a_look_that_finds_nothing_new_is_one_statement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.load(write_catalogue(tmp_path), actor=LOADER, now=NOW)
    queries.search("开店", language="zh-hans")
    monkeypatch.setattr("tongban.contexts.catalogue.queries.listed.FRESH_SECONDS", 0.0)
    with CaptureQueriesContext(connection) as captured:
        queries.search("开店", language="zh-hans")
    assert len(captured) == 1


def test_another_process_s_load_is_seen_after_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.load(write_catalogue(tmp_path), actor=LOADER, now=NOW)
    queries.current("SHOP")
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(queries, "refresh", lambda: None)
        changed = with_change(SHOP, "name", text("新店铺许可", "New shop licence"))
        actions.load(write_catalogue(tmp_path, GUIDE, changed), actor=LOADER, now=NOW)
    assert queries.current("SHOP").item.version == 1
    monkeypatch.setattr("tongban.contexts.catalogue.queries.listed.FRESH_SECONDS", 0.0)
    assert queries.current("SHOP").item.version == 2
    assert queries.search("新店铺许可", language="zh-hans").hits[0].item.version == 2


def test_the_read_under_the_lock_tells_the_version_in_force(tmp_path: Path) -> None:
    actions.load(write_catalogue(tmp_path), actor=LOADER, now=NOW)
    for code, expected in (("SHOP", (1,)), ("NEVER", None)):
        read = queries.current_version_read(code)
        with connection.cursor() as cursor:
            cursor.execute(read.sql, read.params)
            assert cursor.fetchone() == expected


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_publish_once(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path)
    reports: list[actions.LoadReport] = []

    def load() -> None:
        try:
            reports.append(actions.load(folder, actor=LOADER, now=NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(report.published) for report in reports) == [0, 2]
    assert models.Version.objects.count() == 2


@pytest.mark.usefixtures("runtime_role")
def test_the_role_the_software_runs_as_may_load_but_not_rewrite(tmp_path: Path) -> None:
    actions.load(write_catalogue(tmp_path), actor=LOADER, now=NOW)
    actions.load(write_catalogue(tmp_path, GUIDE, with_visits(SHOP, 1)), actor=LOADER, now=NOW)
    assert queries.current("SHOP").item.version == 2
    with connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("DELETE FROM catalogue_version")
