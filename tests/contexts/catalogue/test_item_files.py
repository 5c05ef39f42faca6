"""Files beside items: kept with a load, read by name, and nothing that is not what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contexts.cases.world import at
from tests.contexts.catalogue.handing import CITY
from tests.contexts.catalogue.samples import write_catalogue
from tongban.contexts.catalogue import actions, queries
from tongban.contexts.catalogue.core.exports import FORMATS
from tongban.contexts.catalogue.core.item_files import ItemFileRefused, media_type_of
from tongban.contexts.parties.core import system
from tongban.foundation.storage import MemoryStore, use
from tongban.kernel.refusals import NotFound

PDF = b"%PDF-1.7 a form"


@pytest.fixture(autouse=True)
def _memory() -> object:
    use(MemoryStore())
    yield
    use(None)


def put(folder: Path, name: str, data: bytes = PDF) -> Path:
    home = write_catalogue(folder) / "items" / "SHOP" / "files"
    home.mkdir(parents=True, exist_ok=True)
    (home / name).write_bytes(data)
    return folder


def load(folder: Path) -> None:
    actions.load(folder, actor=system("test"), now=at("2026-03-02 09:00"))


@pytest.mark.django_db
def test_a_file_is_kept_with_the_load_and_read_by_its_name(tmp_path: Path) -> None:
    load(put(tmp_path, "平面图（空白）.pdf"))
    found, data = queries.item_file("SHOP", "平面图（空白）.pdf")
    assert (data, found.media_type, found.size) == (PDF, "application/pdf", len(PDF))
    with CaptureQueriesContext(connection) as seen:
        queries.item_file("SHOP", "平面图（空白）.pdf")
    assert len(seen) == 1
    for item, name in (("SHOP", "other.pdf"), ("REG", "平面图（空白）.pdf"), ("SHOP", "../item.yaml")):
        with pytest.raises(NotFound):
            queries.item_file(item, name)


@pytest.mark.django_db
def test_a_changed_file_takes_the_place_of_the_old_one_and_a_missing_one_is_gone(tmp_path: Path) -> None:
    load(put(tmp_path, "plan.pdf"))
    load(put(tmp_path, "plan.pdf", PDF + b" again"))
    assert queries.item_file("SHOP", "plan.pdf")[1] == PDF + b" again"
    (tmp_path / "items/SHOP/files/plan.pdf").unlink()
    load(tmp_path)
    with pytest.raises(NotFound):
        queries.item_file("SHOP", "plan.pdf")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [("plan.exe", PDF), ("plan.pdf", b"MZ"), ("plan.pdf", b""), ("plan", PDF), ("a b.pdf", PDF), ("plan.html", b"<p>")],
)
def test_what_is_not_what_it_says_loads_nothing(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(ItemFileRefused):
        load(put(tmp_path, name, data))
    assert queries.items() == ()


def test_a_file_has_a_most() -> None:
    assert media_type_of("items/A/files/a.PDF", PDF) == "application/pdf"
    with pytest.raises(ItemFileRefused):
        media_type_of("items/A/files/a.pdf", b"%PDF-" + b"x" * (10 * 1024 * 1024))


@pytest.mark.django_db
def test_an_export_hands_the_files_on(tmp_path: Path) -> None:
    """What is exported and loaded again lacks nothing, from the tables as from a folder."""
    source, target = put(tmp_path / "a", "plan.pdf"), tmp_path / "b"
    load(source)
    for handed in (
        queries.handed(city=CITY, at=at("2026-03-02 09:00")),
        actions.hand_on(source, city=CITY, at=at("2026-03-02 09:00")),
    ):
        made = FORMATS["yaml"](handed)
        assert made["items/SHOP/files/plan.pdf"] == PDF
        for name, body in made.items():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(body)
        load(target)
        assert queries.item_file("SHOP", "plan.pdf")[1] == PDF


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../OUT", "OTHER", "开店", "P P"])
def test_a_package_is_named_as_its_file_so_that_no_export_leaves_its_folder(tmp_path: Path, name: str) -> None:
    folder = write_catalogue(tmp_path)
    words = {"zh": "开店", "en": "Opening a shop"}
    pack = {"id": name, "name": words, "short": dict(words), "lead": "market", "items": [{"item": "SHOP"}]}
    file = folder / "packages" / ("P.yaml" if "/" in name or name == "OTHER" else f"{name}.yaml")
    file.parent.mkdir()
    file.write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")
    for act in (lambda: load(folder), lambda: actions.hand_on(folder, city=CITY, at=at("2026-03-02 09:00"))):
        with pytest.raises(actions.CatalogueRefused) as refused:
            act()
        assert [finding.place.field for finding in refused.value.findings] == ["id"]
