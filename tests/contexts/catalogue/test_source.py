"""YAML is read strictly: each slip is told with its line and path, and nothing is guessed."""

from __future__ import annotations

import pytest

from tests.contexts.catalogue.samples import GUIDE, SHOP, dump, with_change
from tongban.contexts.catalogue.core import yaml_source
from tongban.contexts.catalogue.core.source import parse_item


def test_a_sound_item_is_read_with_the_version_it_is_given() -> None:
    parsed = parse_item(dump(SHOP), "item.yaml", version=7)
    assert parsed.findings == ()
    assert parsed.item is not None
    assert parsed.item.version == 7
    assert parsed.item.materials[1].when == 'food = "yes"'
    assert parsed.item.can_be_handled


def test_words_stay_words() -> None:
    document = yaml_source.read("a: no\nb: 2023-12-01\nc: 010\nd: 12:30\ne: true\nf: -3\ng: ~\n", "x")
    assert document.data == {"a": "no", "b": "2023-12-01", "c": "010", "d": "12:30", "e": True, "f": -3, "g": None}
    assert document.findings == []


@pytest.mark.parametrize(
    ("text", "line", "path"),
    [
        ("a: 1\na: 2\n", 2, "a"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", 4, "a.b"),
        ("a: &x [1]\nb: *x\n", 2, "b"),
        ("a: &x [*x]\n", 1, "a[0]"),
        ("a: &x 1\nb: *x\n", 2, "b"),
        ("a: " + "[" * 100_000, 1, ""),  # deeper than the stack of the C parser
        ("a: 1\n" + "- " * 100_000, 2, ""),
        ("a:\n" + "".join(" " * depth + "b:\n" for depth in range(1, 1000)), 121, ""),
        ("a: " + "x" * 5_000_000, 0, ""),
        ("a:\n\tb: 1\n", 2, ""),
        ("a: 1\x00\n", 0, ""),
        ("a: 1\nb: 0.5\n", 2, "b"),
        ("a: !!int x\n", 1, "a"),
        ("a: !!bool 1\n", 1, "a"),
        ("a:\n  ? [b]\n  : 1\n", 1, "a"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "a"),
        ("a: 1\nb: !secret x\n", 2, "b"),
        ("a: 1\n  b: 2\n", 2, ""),
        ("a: [1, 2\n", 2, ""),
        ("", 0, ""),
        ("a: 1\nb: \ufffd\n", 2, ""),
        ("a: 1\n--- \nb: 2\n", 2, ""),
    ],
)
def test_bad_yaml_is_refused_with_its_place(text: str, line: int, path: str) -> None:
    findings = yaml_source.read(text, "item.yaml").findings
    assert findings
    assert all(finding.rule == "source" and finding.severity == "error" for finding in findings)
    assert findings[0].place.file == "item.yaml"
    assert findings[0].place.line == line
    assert findings[0].place.field == path


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("name.en", ..., "name.en"),
        ("colour", "red", "colour"),
        ("basis.0.artikel", "3", "basis[0].artikel"),
        ("power", 1, "power"),
        ("serves", "1", "serves"),
        ("serves.0", "1", "serves[0]"),
        ("instant", "yes", "instant"),
        ("visits", True, "visits"),
        ("power_certainty", "X", "power_certainty"),
        ("statutory.unit", "week", "statutory.unit"),
        ("statutory", [], "statutory"),
        ("version", 3, "version"),
    ],
)
def test_a_wrong_shape_is_refused_with_field_and_line(path: str, value: object, field: str) -> None:
    text = dump(with_change(GUIDE, path, value))
    parsed = parse_item(text, "items/REG/item.yaml")
    assert parsed.item is None
    assert [finding.place.field for finding in parsed.findings] == [field]
    place = parsed.findings[0].place
    key = field.replace("]", "").replace("[", ".").split(".")[0]
    first = next(number for number, line in enumerate(text.splitlines(), start=1) if line.startswith(f"{key}:"))
    assert place.line >= first > 0


def test_every_slip_is_told_at_once() -> None:
    broken = with_change(with_change(with_change(GUIDE, "power", 1), "agency", ...), "colour", "red")
    fields = {finding.place.field for finding in parse_item(dump(broken), "x").findings}
    assert fields == {"power", "agency", "colour"}


def test_a_bomb_of_aliases_is_told_line_by_line() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    found = yaml_source.read(bomb, "x").findings
    assert found
    assert {finding.place.line for finding in found} == set(range(2, 41))


@pytest.mark.parametrize(
    ("written", "encoding"), [("辦事指南", "big5"), ("食品经营许可（新办）", "gbk"), ("食品经营许可", "utf-16")]
)
def test_other_encodings_are_refused(written: str, encoding: str) -> None:
    text = f"name: {written}\n".encode(encoding).decode("utf-8-sig", errors="replace")
    found = yaml_source.read(text, "item.yaml").findings
    assert [finding.rule for finding in found] == ["source"]
    assert "UTF-8" in found[0].message


def test_a_tab_is_named() -> None:
    assert [finding.message for finding in yaml_source.read("a:\n\tb: 1\n", "x").findings] == ["缩进用了制表符。"]


def test_a_file_that_is_no_mapping_is_refused() -> None:
    assert [f.rule for f in parse_item("- a\n- b\n", "x").findings] == ["source"]
