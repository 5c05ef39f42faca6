"""The published lists: every item in exactly one of the ten types, and on the lists that its own words put it on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contexts.catalogue.samples import CATALOGUE, GUIDE, SHOP, dump, text
from tongban.contexts.catalogue.core.beside import NOTHING_BESIDE, Beside, Duty, Listed
from tongban.contexts.catalogue.core.figures import Figures, by_level, by_organ, figures
from tongban.contexts.catalogue.core.items import Item, Text
from tongban.contexts.catalogue.core.lists import (
    ITEM_LISTS,
    LINE_LISTS,
    TEN_TYPES,
    PowerType,
    applied_for,
    lines,
    list_ids,
    on_list,
    responsibilities,
    ten_types,
)
from tongban.contexts.catalogue.core.source import parse_item


def item_of(base: dict[str, Any] = GUIDE, **changes: Any) -> Item:
    parsed = parse_item(dump(base | changes), "item.yaml")
    assert parsed.item is not None, parsed.findings
    return parsed.item


def shipped() -> list[Item]:
    found = (parse_item(path.read_text(encoding="utf-8"), path.name) for path in CATALOGUE.glob("items/*/item.yaml"))
    return [one.item for one in found if one.item is not None]


@pytest.mark.parametrize(
    ("power", "sub_type", "expected"),
    [
        ("01", "", "licence"),
        ("02", "", "penalty"),
        ("03", "measure", "measure"),
        ("03", "execution", "execution"),
        ("03", "", "measure"),
        ("04", "", "levy"),
        ("05", "", "payment"),
        ("06", "", "inspection"),
        ("07", "", "confirmation"),
        ("08", "", "reward"),
        ("09", "", "other"),
        ("10", "adjudication", "other"),
        ("10", "filing", "other"),
        ("11", "", "other"),
        ("20", "", "service"),
        ("21", "", "service"),
    ],
)
def test_every_power_falls_into_one_of_the_ten_types(power: str, sub_type: str, expected: str) -> None:
    assert ten_types(item_of(power=power, sub_type=sub_type)) == expected


def test_the_ten_are_ten_and_the_lists_by_type_part_the_catalogue() -> None:
    assert len(TEN_TYPES) == 10
    items = shipped()
    assert len(items) > 70
    by_type = [[item.code for item in items if ten_types(item) is one] for one in PowerType]
    assert sorted(code for codes in by_type for code in codes) == sorted(item.code for item in items)
    powers = {item.code for item in on_list("power", items)}
    assert powers.isdisjoint(item.code for item in on_list("service", items))
    assert powers | {item.code for item in on_list("service", items)} == {item.code for item in items}


@given(st.sampled_from(["01", "02", "03", "05", "10", "20"]), st.sampled_from(["", "measure", "execution", "filing"]))
def test_exactly_one(power: str, sub_type: str) -> None:
    item = item_of(power=power, sub_type=sub_type)
    assert sum(ten_types(item) is one for one in PowerType) == 1


@pytest.mark.parametrize(
    ("list_id", "on", "off"),
    [
        ("commitment", {"commitment": True}, {}),
        ("tolerance", {"materials": [dict(SHOP["materials"][0], need="tolerable")]}, {"materials": SHOP["materials"]}),
        ("instant", {}, {"instant": False, "promised": {"value": 2, "unit": "workday", "certainty": "D"}}),
        ("instant", {}, {"power": "02"}),
        ("one-visit", {"visits": 1}, {"visits": 2}),
        ("no-meeting", {"online_depth": 3}, {"online_depth": 1}),
        ("city-wide", {"scope": 4}, {"scope": 6}),
        ("cross-province", {"scope": 2}, {"scope": 4}),
        ("electronic-licence-exempt", {"materials": SHOP["materials"]}, {}),
        ("fee", {"fee": {"charged": True}}, {"fee": {"charged": True}, "serves": [1]}),
        ("first-offence", {"tags": ["first-offence"]}, {"tags": ["other"]}),
        (
            "delegated",
            {"delegations": [{"giver": "market", "takers": ["x"], "level": 5, "kind": "entrusted", "basis": "法"}]},
            {},
        ),
    ],
)
def test_an_item_stands_on_a_list_by_what_it_says(list_id: str, on: dict[str, Any], off: dict[str, Any]) -> None:
    yes, no = item_of(**on), item_of(**off)
    assert on_list(list_id, [yes, no]) == (yes,)


def test_lists_of_lines_name_the_items_they_concern() -> None:
    proof = dict(SHOP["materials"][0], proof=True, element="plan")
    item = item_of(
        SHOP, materials=[proof], intermediaries=[{"code": "J1", "name": text("测绘", "Survey"), "basis": "法"}]
    )
    around = Beside(
        proofs=(Listed("plan", Text("平面图", "Plan"), "法", "market"), Listed("none", Text("无", "None"))),
        intermediaries=(Listed("J1", Text("测绘", "Survey")),),
        negative=(Listed("N1", Text("禁止", "Forbidden")),),
        fees=(Listed("F1", Text("登记费", "Fee")),),
    )
    items = [item, item_of()]
    assert [(one.code, [i.code for i in one.items]) for one in lines("proof", items, around)] == [
        ("plan", ["SHOP"]), ("none", []),
    ]  # fmt: skip
    assert [i.code for i in lines("intermediary", items, around)[0].items] == ["SHOP"]
    assert lines("negative", items, around)[0].items == ()
    assert [one.code for one in lines("fee", items, around)] == ["F1"]


def test_the_index_names_every_list_once() -> None:
    tags = ("first-offence", "instant", "one-thing")  # the last two are derived and named by a tag as well
    around = Beside(tags=tuple(Listed(code, Text(code, code)) for code in tags))
    found = list_ids(around)
    assert found == (*ITEM_LISTS, *LINE_LISTS, "first-offence")
    assert len(set(found)) == len(found)


DUTIES = (
    Duty("accept", Text("窗口", "Window"), Text("收", "Take"), Text("不收", "Refusing"), ""),
    Duty("decide", Text("首长", "Head"), Text("定", "Decide"), Text("乱定", "Wrongly"), ""),
    Duty("decide", Text("局长", "Director"), Text("批", "Grant"), Text("乱批", "Wrongly"), "01"),
)


def test_who_answers_is_what_the_item_says_and_else_the_list_of_duties() -> None:
    stages = [
        {"kind": "decide", "hours": 8, "position": text("处长", "Chief")},
        {"kind": "deliver", "name": text("送", "Send"), "agency": "post"},
    ]
    decide, deliver = responsibilities(item_of(stages=stages), DUTIES)
    assert (decide.position, decide.duty, decide.hours, decide.agency) == (
        Text("处长", "Chief"), Text("批", "Grant"), 8, "market",
    )  # fmt: skip
    assert (deliver.agency, deliver.position, deliver.stated) == ("post", None, True)


def test_an_item_without_stages_takes_those_of_its_kind_of_power() -> None:
    found = responsibilities(item_of(power="05", stages=[]), DUTIES)
    assert [(one.kind, one.position, one.stated) for one in found] == [
        ("accept", Text("窗口", "Window"), False), ("decide", Text("首长", "Head"), False),
    ]  # fmt: skip
    assert responsibilities(item_of(stages=[]), ()) == ()


# -- figures ----------------------------------------------------------------------------------------------------------


def limit(value: int, unit: str = "workday") -> dict[str, Any]:
    return {"value": value, "unit": unit, "certainty": "D"}


def slow(statutory: dict[str, Any] | None, promised: dict[str, Any] | None, **more: Any) -> Item:
    return item_of(statutory=statutory, promised=promised, instant=False, **more)


def test_promises_are_compared_with_the_law_in_one_unit() -> None:
    items = [
        slow(limit(20), limit(5)),
        slow(limit(10), limit(10)),
        slow(limit(2, "month"), limit(30, "day")),
        slow(limit(15, "day"), limit(7)),  # days with working days: told apart
        slow(limit(20), limit(0)),
        slow(None, limit(3)),
        item_of(),  # instant: three days in law, none promised
    ]
    found = figures(items)
    assert (found.compared, found.apart, found.legal_days, found.promised_days) == (5, 1, 113, 45)
    assert found.compression == pytest.approx(1 - 45 / 113)
    assert found.slow == 1
    assert found.instant == 2


def test_depth_and_visits_count_each_item_once_and_leave_out_what_nobody_applies_for() -> None:
    items = [
        item_of(online_depth=1, visits=2),
        item_of(online_depth=2, visits=1),
        item_of(online_depth=3, visits=0),
        item_of(online_depth=3, visits=5, fee={"charged": True}),
        item_of(power="02", online_depth=3),
    ]
    found = figures(items)
    assert (found.items, found.deep, found.visits, found.charged) == (4, (1, 1, 2), (1, 1, 2), 1)
    assert (found.at_least(1), found.at_least(2), found.at_least(3)) == (4, 3, 2)
    assert found.share(found.at_least(3)) == 0.5


def test_no_items_no_rates() -> None:
    assert figures([]) == Figures()
    assert Figures().compression == Figures().share(0) == 0.0


def test_figures_by_organ_and_by_level() -> None:
    items = [item_of(levels=[3, 4]), item_of(levels=[4]), item_of(agency="health"), item_of(agency="fire", power="06")]
    assert {key: one.items for key, one in by_organ(items).items()} == {"market": 2, "health": 1}
    assert {key: one.items for key, one in by_level(items).items()} == {3: 1, 4: 3}


def test_the_shipped_catalogue_counts_up() -> None:
    items = shipped()
    whole = figures(items)
    assert whole.items == sum(1 for item in items if applied_for(item)) == sum(whole.deep) == sum(whole.visits)
    assert sum(one.items for one in by_organ(items).values()) == whole.items
    assert 0 < whole.compression < 1
    assert lines("negative", items, NOTHING_BESIDE) == ()
