"""A draft is told everything it lacks, is judged as far as it goes, and never breaks the checker."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contexts.catalogue.samples import GUIDE, SHOP, dump, with_change
from tongban.contexts.catalogue.core.check import Surroundings, check_content
from tongban.contexts.catalogue.core.findings import Finding
from tongban.contexts.catalogue.core.source import parse_item

TODAY = date(2026, 3, 2)
REG = parse_item(dump(GUIDE), "x").item
assert REG is not None
AROUND = Surroundings(TODAY, {"REG": REG}, {}, frozenset({"SEAL"}), frozenset({"market"}))
REQUIRED = {
    "code", "name", "short", "power", "power_certainty", "serves", "levels", "agency", "base_code",
    "base_code_synthetic", "basis", "statutory", "promised", "instant", "visits", "materials", "fee", "result",
}  # fmt: skip


def told(content: Any) -> set[tuple[str, str]]:
    return {(one.rule, one.place.field) for one in check_content(content, AROUND)}


def test_a_sound_draft_has_only_what_its_city_lacks() -> None:
    assert told(GUIDE) == set()
    assert told(SHOP) == {("route", "handling.route")}


def test_an_empty_draft_lacks_every_required_element_and_nothing_follows_from_that() -> None:
    found = check_content({}, AROUND)
    assert {one.place.field for one in found if one.rule == "source"} == REQUIRED
    assert {one.rule for one in found} == {"source", "Q15"}  # stages have a default: having none is a real finding
    assert all(one.place.file == "" and one.place.line == 0 for one in found)


@pytest.mark.parametrize(
    ("path", "value", "also"),
    [
        ("promised", ..., ("Q20", "basis")),
        ("statutory", ..., ("Q20", "basis")),
        ("name.en", ..., ("Q20", "basis")),
        ("visits", "none", ("Q20", "basis")),
        ("materials.0.name", "申请书", ("Q20", "basis")),
        ("fee", [], ("Q20", "basis")),
        ("result", None, ("Q20", "basis")),
    ],
)
def test_what_is_wrong_is_told_once_and_the_rest_is_judged(path: str, value: Any, also: tuple[str, str]) -> None:
    broken = with_change(with_change(GUIDE, "basis", []), path, value)
    field = path.replace(".0", "[0]")
    assert told(broken) == {("source", field), also}


def test_a_wrong_element_of_a_material_hides_no_other_material() -> None:
    broken = with_change(SHOP, "materials.0", {"id": "plan"})
    broken = with_change(broken, "materials.1.basis", "")
    found = told(broken)
    assert ("Q17", "materials[1].basis") in found
    assert {field for rule, field in found if rule == "source"} == {
        f"materials[0].{name}" for name in ("name", "need", "source", "certainty")
    }
    assert ("Q17", "materials[0].basis") in found  # it has a default, so its absence is a finding of its own


def test_unknown_keys_and_versions_are_refused() -> None:
    assert told(GUIDE | {"colour": "red", "version": 3}) == {("source", "colour"), ("source", "version")}


def test_the_findings_name_the_law() -> None:
    found: tuple[Finding, ...] = check_content(with_change(GUIDE, "basis", []), AROUND)
    assert [one.law for one in found] == ["行政许可法第四条"]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(SHOP)), values)
def test_no_value_anywhere_breaks_the_checker(name: str, value: Any) -> None:
    for one in check_content(SHOP | {name: value}, AROUND):
        assert one.message % one.params


@given(st.dictionaries(st.sampled_from(sorted(SHOP)), values, max_size=12))
def test_no_content_breaks_the_checker(content: dict[str, Any]) -> None:
    assert check_content(content, AROUND)
