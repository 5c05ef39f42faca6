"""Materials by answers, and prerequisites by what one holds."""

from __future__ import annotations

import pytest

from tests.contexts.catalogue.samples import CATALOGUE, SHOP, dump, with_change
from tongban.contexts.catalogue.core.items import Item, Prerequisite, Text
from tongban.contexts.catalogue.core.materials import needed_materials
from tongban.contexts.catalogue.core.prerequisites import in_words, named, unmet
from tongban.contexts.catalogue.core.source import parse_item

ANY = Prerequisite("any", ("ENT-REG", "IND-REG"))
NESTED = Prerequisite(
    "all",
    ("LAND",),
    (
        Prerequisite("any", ("A",), (Prerequisite("all", ("B", "C")),)),
        Prerequisite("all", ("PLAN",), when="area > 300"),
    ),
)


def item_of(text: str) -> Item:
    item = parse_item(text, "item.yaml").item
    assert item is not None
    return item


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, [("plan", "always"), ("licence", "fetched")]),
        ({"food": "no"}, [("plan", "always"), ("licence", "fetched")]),
        ({"food": "yes"}, [("plan", "always"), ("health", "answers"), ("licence", "fetched")]),
    ],
)
def test_materials_follow_the_answers(values: dict[str, str], expected: list[tuple[str, str]]) -> None:
    needed = needed_materials(item_of(dump(SHOP)), values)
    assert [(one.material.id, one.reason) for one in needed] == expected
    assert [one.material.id for one in needed if one.must_bring] == [i for i, why in expected if why != "fetched"]


def test_a_tolerable_material_may_follow_and_a_generated_one_is_nobodys_burden() -> None:
    changed = with_change(with_change(SHOP, "materials.0.need", "tolerable"), "materials.2.source", "generated")
    plan, licence = needed_materials(item_of(dump(changed)), {})
    assert (plan.reason, plan.must_bring, plan.may_bring) == ("later", False, True)
    assert (licence.reason, licence.must_bring, licence.may_bring) == ("generated", False, False)


@pytest.mark.parametrize("held", ["ENT-REG", "IND-REG"])
def test_food_accepts_either_registration(held: str) -> None:
    food = item_of((CATALOGUE / "items/FOOD/item.yaml").read_text(encoding="utf-8"))
    assert unmet(food.prerequisites, {held}, {}) == ()
    (missing,) = unmet(food.prerequisites, set(), {})
    assert missing.mode == "any"
    assert set(missing.items) == {"ENT-REG", "IND-REG"}


@pytest.mark.parametrize(
    ("held", "values", "expected"),
    [
        ({"LAND", "A"}, {}, ()),
        ({"LAND", "B", "C"}, {"area": 200}, ()),
        ({"LAND", "A"}, {"area": 301}, ("PLAN",)),
        ({"A"}, {}, ("LAND",)),
        ({"LAND", "B"}, {}, ("A", "B", "C")),
        (set(), {"area": 301}, ("LAND", "A", "B", "C", "PLAN")),
    ],
)
def test_groups_in_groups(held: set[str], values: dict[str, int], expected: tuple[str, ...]) -> None:
    missing = unmet(NESTED, held, values)
    assert tuple(code for group in missing for code in named(group)) == expected


def test_no_prerequisite_and_one_whose_condition_fails_ask_for_nothing() -> None:
    assert unmet(None, set(), {}) == ()
    assert unmet(Prerequisite("all", ("X",), when="area > 300"), set(), {"area": 100}) == ()


def test_an_any_group_whose_members_are_all_off_asks_only_for_those_that_are_on() -> None:
    group = Prerequisite("any", ("X",), (Prerequisite("all", ("Y",), when="area > 300"),))
    (missing,) = unmet(group, set(), {"area": 100})
    assert tuple(named(missing)) == ("X",)


def test_groups_read_as_words_in_both_languages() -> None:
    names = {"ENT-REG": Text("企业营业执照", "Company licence"), "IND-REG": Text("个体营业执照", "Sole trader licence")}
    assert in_words(ANY, names) == Text("企业营业执照 或 个体营业执照", "Company licence or Sole trader licence")
    (_, either) = unmet(NESTED, set(), {})
    assert in_words(either, {}).en == "A or (B and C)"
