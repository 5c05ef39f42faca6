"""Files beside items: kept with a load, read by name, and nothing that is not what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contexts.cases.world import at
from tests.contexts.catalogue.samples import write_catalogue
from tongban.contexts.catalogue import actions, queries
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
