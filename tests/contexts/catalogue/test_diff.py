"""Two catalogues, items or versions side by side."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.contexts.catalogue.samples import CATALOGUE, GUIDE, SHOP, dump, text, with_change, write_catalogue
from tongban.contexts.catalogue import actions
from tongban.contexts.catalogue.core.versions import ItemNotListed
from tongban.contexts.parties.core import system
from tongban.kernel.clock import CHINA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
CHANGED = with_change(SHOP, "promised.value", 3)


def said(a: Path | str, b: Path | str) -> list[tuple[str, str, str, object, object]]:
    found = actions.compare(str(a), str(b))
    return [(one.item, change.path, change.kind, change.old, change.new) for one in found for change in one.changes]


def test_a_catalogue_is_the_same_as_itself() -> None:
    assert said(CATALOGUE, CATALOGUE) == []


def test_folders_are_compared_item_by_item_and_file_by_file(tmp_path: Path) -> None:
    a = write_catalogue(tmp_path / "a")
    b = write_catalogue(tmp_path / "b", CHANGED, with_change(GUIDE, "code", "NEW"))
    (b / "external.yaml").write_text(dump({"agencies": ["market", "police"]}), encoding="utf-8")
    found = said(a, b)
    assert ("SHOP", "promised.value", "changed", 5, 3) in found
    assert ("NEW", "", "added", None, text("设立登记", "Registration")) in found
    assert ("REG", "", "removed", text("设立登记", "Registration"), None) in found
    assert {one[0] for one in found} == {"NEW", "REG", "SHOP", "external.yaml"}


def test_what_is_at_its_default_is_the_same_written_or_left_out(tmp_path: Path) -> None:
    a = write_catalogue(tmp_path / "a")
    b = write_catalogue(tmp_path / "b", GUIDE | {"tags": [], "consult": "", "joint": []}, SHOP)
    assert said(a, b) == []


def test_an_item_is_compared_with_its_like_in_a_folder_and_with_any_other_item(tmp_path: Path) -> None:
    a = write_catalogue(tmp_path / "a")
    b = write_catalogue(tmp_path / "b", GUIDE, CHANGED)
    assert said(a, b / "items/SHOP") == [("SHOP", "promised.value", "changed", 5, 3)]
    assert said(b / "items/SHOP/item.yaml", a) == [("SHOP", "promised.value", "changed", 3, 5)]
    assert ("SHOP", "code", "changed", "SHOP", "REG") in said(a / "items/SHOP", a / "items/REG")


@pytest.mark.django_db
def test_published_versions_are_compared_with_each_other_and_with_files(tmp_path: Path) -> None:
    a = write_catalogue(tmp_path / "a")
    b = write_catalogue(tmp_path / "b", GUIDE, CHANGED)
    for folder in (a, b):
        actions.load(folder, actor=system("test"), now=NOW)
    change = [("SHOP", "promised.value", "changed", 5, 3)]
    assert said("SHOP@1", "SHOP@2") == said("SHOP@1", "SHOP") == said(a, "SHOP") == change
    assert said("SHOP", b / "items/SHOP") == []
    for missing in ("SHOP@9", "NONE"):
        with pytest.raises(ItemNotListed):
            said("SHOP", missing)


def test_what_cannot_be_read_is_refused_with_its_place(tmp_path: Path) -> None:
    a = write_catalogue(tmp_path / "a")
    with pytest.raises(actions.NoCatalogueThere):
        said(a, tmp_path / "nowhere")
    (a / "items/SHOP/item.yaml").write_text("code: SHOP\nnonsense: 1\n", encoding="utf-8")
    with pytest.raises(actions.CatalogueRefused) as refused:
        said(a, CATALOGUE)
    assert {finding.place.file for finding in refused.value.findings} == {"items/SHOP/item.yaml"}
