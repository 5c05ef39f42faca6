"""The difference of two contents: complete, and told as people would tell it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contexts.catalogue.samples import SHOP, text, with_change
from tongban.contexts.catalogue.core.difference import Change, difference

PLAN, HEALTH, LICENCE = SHOP["materials"]
CONTENTS = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "a", "甲"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "name", "zh", "law", "kind"]), inner, max_size=4)
    ),
    max_leaves=20,
)


def test_the_same_says_nothing() -> None:
    assert difference(SHOP, copy.deepcopy(SHOP)) == ()


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("visits", 1, Change("visits", "changed", 0, 1)),
        ("name.en", "Shop", Change("name.en", "changed", "Shop licence (new)", "Shop")),
        ("promised", None, Change("promised", "changed", SHOP["promised"], None)),
        ("instant", 0, Change("instant", "changed", False, 0)),
        ("words", ["开店", "做生意"], Change("words[做生意]", "added", None, "做生意")),
        ("serves", [2], Change("serves[1]", "removed", 1, None)),
        ("serves", [2, 1], Change("serves", "changed", ["1", "2"], ["2", "1"])),
        ("words", ..., Change("words", "removed", ["开店"], None)),
        ("consult", "0700-1", Change("consult", "added", None, "0700-1")),
        ("materials.0.name.zh", "图", Change("materials[plan].name.zh", "changed", "平面图", "图")),
        ("materials", [HEALTH, LICENCE], Change("materials[plan]", "removed", PLAN, None)),
        (
            "materials",
            [LICENCE, PLAN, HEALTH],
            Change("materials", "changed", ["plan", "health", "licence"], ["licence", "plan", "health"]),
        ),
        ("basis.0.gist.zh", "须登记。", Change("basis[登记条例 3].gist.zh", "changed", "应当登记。", "须登记。")),
        (
            "handling.form.0.fields.1.options.0.label.en",
            "Yea",
            Change("handling.form[shop].fields[food].options[yes].label.en", "changed", "Yes", "Yea"),
        ),
    ],
)
def test_one_change_is_told_by_its_name(path: str, value: Any, expected: Change) -> None:
    assert difference(SHOP, with_change(SHOP, path, value)) == (expected,)


def test_members_are_known_wherever_they_stand() -> None:
    new = with_change(SHOP, "materials", [HEALTH, {**PLAN, "copies": 2}])
    assert {(change.path, change.kind) for change in difference(SHOP, new)} == {
        ("materials[plan].copies", "added"),
        ("materials[licence]", "removed"),
        ("materials", "changed"),
    }


def test_members_that_nothing_tells_apart_go_by_their_place() -> None:
    questions = [{"question": text("几天？", "Days?"), "answer": text("五", "5")}] * 2
    other = [questions[0], {"question": text("几天？", "Days?"), "answer": text("六", "6")}]
    changes = difference({"faq": questions}, {"faq": other})
    assert [change.path for change in changes] == ["faq[2].answer.zh", "faq[2].answer.en"]
    assert [change.kind for change in difference({"faq": questions}, {"faq": other[:1]})] == ["removed"]
    assert [change.kind for change in difference({"faq": other[:1]}, {"faq": questions * 2})] == ["added"] * 3


@given(st.dictionaries(st.sampled_from("abc"), CONTENTS), st.dictionaries(st.sampled_from("abc"), CONTENTS))
def test_nothing_is_overlooked_and_nothing_made_up(old: dict[str, Any], new: dict[str, Any]) -> None:
    changes = difference(old, new)
    assert bool(changes) == (repr(_sorted(old)) != repr(_sorted(new)))
    mirrored = {"added": "removed", "removed": "added", "changed": "changed"}
    back = {(change.path, mirrored[change.kind]) for change in difference(new, old)}
    assert back == {(change.path, change.kind) for change in changes}


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(child) for child in value] if isinstance(value, list) else value
