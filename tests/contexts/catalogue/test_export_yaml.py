"""YAML out and in again: nothing lost, and in the style people write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.contexts.catalogue.handing import CITY, made, shipped
from tests.contexts.catalogue.samples import CATALOGUE
from tongban.contexts.catalogue import actions, queries
from tongban.contexts.catalogue.core import beside, source, yaml_source
from tongban.contexts.catalogue.core.exports import Handed, as_yaml
from tongban.contexts.catalogue.core.folder import Files, check_files
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.parties.core import system


def read_back(files: dict[str, bytes]) -> Files:
    """The files of an export as a folder."""
    texts = {path: body.decode() for path, body in files.items()}

    def of(top: str) -> dict[str, str]:
        return {path: text for path, text in texts.items() if path.startswith(top)}

    lists = {path: texts[path] for path, _ in beside.FILES.values() if path in texts}
    return Files(
        of("items/"),
        of("routes/"),
        texts["synonyms.yaml"],
        texts["external.yaml"],
        lists,
        of("packages/"),
        of("decisions/"),
    )


def test_the_shipped_catalogue_comes_back_as_it_was() -> None:
    handed = shipped()
    folder = check_files(read_back(as_yaml.files(handed)), date(2026, 3, 2))
    assert tuple(item for _, item in sorted(folder.items.items())) == handed.items
    assert (folder.beside, folder.external, folder.synonyms) == (handed.beside, handed.external, handed.synonyms)
    assert {key: text for key, (_, text) in folder.routes.items()} == dict(handed.routes)
    assert {key: file.text for key, file in folder.decisions.items()} == dict(handed.decisions)
    assert handed.decisions
    assert len(handed.items) == len(list((CATALOGUE / "items").glob("*/item.yaml")))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(made(Item))
def test_any_item_comes_back_as_it_was(item: Item) -> None:
    item = replace(item, version=0)
    text = as_yaml.text(as_yaml.item_source(item))
    parsed = source.parse_item(text, "item.yaml")
    assert [str(finding) for finding in parsed.findings] == []
    assert parsed.item == item


def test_the_style_is_that_of_the_files_people_write() -> None:
    item = next(one for one in shipped().items if one.code == "FOOD")
    text = as_yaml.text(as_yaml.item_source(item))
    for line in (
        "code: FOOD",
        "name: {zh: 食品经营许可（新办）, en: Food business licence (new)}",
        'power: "01"',
        "- law: 食品安全法",
        "fee: {charged: false}",
    ):
        assert line in text.splitlines()
    assert "&id" not in text
    assert max(len(line) for line in text.splitlines() if line.isascii()) <= 120


def test_what_other_readers_take_for_numbers_is_quoted() -> None:
    text = as_yaml.text({"code": "000199003000", "date": "2021-04-29", "float": "1.5e3", "no": "no", "number": 5})
    assert text == 'code: "000199003000"\ndate: "2021-04-29"\nfloat: "1.5e3"\n"no": "no"\nnumber: 5\n'
    assert yaml_source.read(text, "x").data["number"] == 5


@pytest.mark.django_db
def test_what_is_in_force_comes_back_as_it_was_loaded(tmp_path: Path) -> None:
    actions.load(CATALOGUE, actor=system("test"), now=shipped().at)
    handed = queries.handed(city=CITY, at=shipped().at)
    assert [replace(item, version=0) for item in handed.items] == list(shipped().items)
    for path, body in as_yaml.files(handed).items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body)
    again: Handed = actions.hand_on(tmp_path, city=CITY, at=shipped().at)
    used = {item.handling.route for item in again.items if item.handling}
    assert (again.items, again.beside) == (shipped().items, shipped().beside)
    assert again.routes == shipped().routes
    assert used <= again.routes.keys()
    assert actions.load(tmp_path, actor=system("test"), now=shipped().at).published == ()
    assert [one.item for one in actions.compare(str(CATALOGUE), str(tmp_path)) if "/" not in one.item] == []
