"""Which questions narrow an item, and what the answers leave of its materials."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contexts.catalogue.samples import CATALOGUE, SHOP, dump, text, with_change
from tongban.contexts.catalogue.core.beside import Law
from tongban.contexts.catalogue.core.guidance import MOST_QUESTIONS, force, kept, personal, questions
from tongban.contexts.catalogue.core.items import Basis, Item, Text
from tongban.contexts.catalogue.core.materials import needed_materials
from tongban.contexts.catalogue.core.source import parse_item

SHIPPED = sorted(CATALOGUE.glob("items/*/item.yaml"))


def item_of(content: dict[str, Any]) -> Item:
    parsed = parse_item(dump(content), "item.yaml")
    assert parsed.item is not None, parsed.findings
    return parsed.item


def choice(key: str, *values: str, **more: Any) -> dict[str, Any]:
    options = [{"value": value, "label": text(value, value)} for value in values]
    return {"id": key, "label": text(key, key), "kind": "choice", "options": options} | more


def paper(key: str, when: str = "", **more: Any) -> dict[str, Any]:
    made = {"id": key, "name": text(key, key), "need": "required", "source": "self", "certainty": "D"}
    return made | ({"when": when} if when else {}) | more


#: A guide without a form here: the number of rooms is only asked of those who let, the pool only of large houses.
HOUSE: dict[str, Any] = SHOP | {
    "code": "HOUSE",
    "handling": None,
    "prerequisites": {
        "mode": "all",
        "items": ["REG"],
        "groups": [{"mode": "any", "items": ["A", "B"], "when": 'lets = "yes"'}],
    },
    "situation": [
        choice("lets", "yes", "no"),
        {"id": "rooms", "label": text("几间", "Rooms"), "kind": "integer", "maximum": 99, "when": 'lets = "yes"'},
        {
            "id": "extras",
            "label": text("另有", "Extras"),
            "kind": "multi",
            "options": [{"value": v, "label": text(v, v)} for v in ("pool", "bar")],
        },
    ],
    "materials": [
        paper("deed"),
        paper("contract", 'lets = "yes"', need="situational"),
        paper("fire", "rooms > 10", need="situational"),
        paper("water", '"pool" in extras', need="situational"),
        paper("id", need="exempt", source="government"),
        paper("later", need="tolerable"),
    ],
}


def shown(item: Item, **answers: Any) -> list[tuple[str, bool]]:
    return [(one.material.id, one.sure) for one in personal(item, answers).materials]


def ids(fields: Any) -> list[str]:
    return [field.id for field in fields]


def test_a_form_is_asked_only_for_what_conditions_read() -> None:
    assert ids(questions(item_of(SHOP))) == ["food"]
    assert questions(item_of(with_change(SHOP, "materials.1.when", ...))) == ()


def test_an_item_that_states_its_situation_is_asked_that() -> None:
    assert ids(questions(item_of(HOUSE))) == ["lets", "rooms", "extras"]


def test_at_most_six_and_those_that_decide_most_in_the_order_of_the_form() -> None:
    fields = [choice(f"q{n}", "yes", "no") for n in range(9)]
    papers = [paper(f"p{n}", f'q{n} = "yes"') for n in range(9)]
    papers += [paper(f"r{n}", f'q{n} = "no"') for n in (7, 8)]
    content = SHOP | {
        "materials": papers,
        "handling": SHOP["handling"] | {"form": [{"id": "all", "title": text("题", "All"), "fields": fields}]},
    }
    assert ids(questions(item_of(content))) == ["q0", "q1", "q2", "q3", "q7", "q8"]
    assert MOST_QUESTIONS == 6


def test_a_question_comes_with_the_one_that_decides_whether_it_is_asked() -> None:
    fields = [choice("a", "yes", "no"), choice("b", "yes", "no", when='a = "yes"'), choice("c", "yes", "no")]
    content = SHOP | {
        "materials": [paper("p", 'b = "yes"')],
        "handling": SHOP["handling"] | {"form": [{"id": "all", "title": text("题", "All"), "fields": fields}]},
    }
    assert ids(questions(item_of(content))) == ["a", "b"]


def test_before_any_answer_nothing_is_dropped_and_nothing_doubtful_demanded() -> None:
    found = personal(item_of(HOUSE), {})
    assert shown(item_of(HOUSE)) == [
        ("deed", True), ("contract", False), ("fire", False), ("water", False), ("id", True), ("later", True),
    ]  # fmt: skip
    assert found.spared == ()
    assert ids(found.questions) == ids(found.open) == ["lets", "extras"]
    assert [one.material.id for one in found.materials if one.must_bring] == ["deed"]


@pytest.mark.parametrize(
    ("answers", "needed", "spared", "still"),
    [
        ({"lets": "no"}, ["deed", "water?", "id", "later"], ["contract", "fire"], ["extras"]),
        ({"lets": "yes"}, ["deed", "contract", "fire?", "water?", "id", "later"], [], ["rooms", "extras"]),
        ({"lets": "yes", "rooms": "12"}, ["deed", "contract", "fire", "water?", "id", "later"], [], ["extras"]),
        ({"lets": "yes", "rooms": "10", "extras": ["bar"]}, ["deed", "contract", "id", "later"], ["fire", "water"], []),
        ({"lets": "no", "extras": ["pool"]}, ["deed", "water", "id", "later"], ["contract", "fire"], []),
    ],
)
def test_answers_leave_a_personal_list(
    answers: dict[str, Any], needed: list[str], spared: list[str], still: list[str]
) -> None:
    found = personal(item_of(HOUSE), answers)
    assert [one.material.id + ("" if one.sure else "?") for one in found.materials] == needed
    assert [material.id for material in found.spared] == spared
    assert ids(found.open) == still


def test_papers_needed_first_follow_the_answers_too() -> None:
    item = item_of(HOUSE)

    def first(**answers: str) -> list[tuple[str, ...]]:
        return [group.items for group in personal(item, answers).first]

    assert first() == first(lets="yes") == [("REG",), ("A", "B")]
    assert first(lets="no") == [("REG",)]


def test_only_known_questions_and_offered_answers_are_kept() -> None:
    item = item_of(HOUSE)
    given = {
        "lets": "maybe", "rooms": "100", "extras": ["pool", "helipad"], "owner": "eve", "deed": "x",
    }  # fmt: skip
    assert kept(item, given) == {"extras": ["pool"]}
    assert kept(item, {"lets": ["yes"], "rooms": "7", "extras": "pool"}) == {"rooms": "7"}
    assert kept(item, {"rooms": "-1"}) == kept(item, {"rooms": "٣"}) == kept(item, {"rooms": ""}) == {}


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["lets", "rooms", "extras", "x"]),
        st.one_of(
            st.text(max_size=4), st.sampled_from(["yes", "no", "7", "50"]), st.lists(st.sampled_from(["pool", "q"]))
        ),
    )
)
def test_whatever_an_address_says_the_list_holds(given_: dict[str, Any]) -> None:
    item = item_of(HOUSE)
    answers = kept(item, given_)
    assert kept(item, answers) == answers
    found = personal(item, answers)
    told = {one.material.id for one in found.materials} | {one.id for one in found.spared}
    assert told == {material.id for material in item.materials}
    sure = [one.material.id for one in found.materials if one.sure]
    by_rule = [one.material.id for one in needed_materials(item, answers)]
    assert [key for key in by_rule if key in sure] == sure
    assert {one.id for one in found.spared}.isdisjoint(by_rule)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_with_every_question_answered_nothing_is_in_doubt(path: Any) -> None:
    item = parse_item(path.read_text(encoding="utf-8"), path.name).item
    if item is None:
        pytest.skip("its shape is another test's matter")
    fields = questions(item)
    assert len(fields) <= MOST_QUESTIONS
    answers: dict[str, Any] = {}
    for _round in range(len(fields) + 1):
        for field in personal(item, answers).open:
            first = field.options[0].value if field.options else "1"
            answers[field.id] = [first] if field.kind == "multi" else first
    found = personal(item, kept(item, answers))
    assert found.open == ()
    every = {field.id for step in (item.handling.form if item.handling else ()) for field in step.fields}
    if len(fields) < MOST_QUESTIONS and (item.situation or every):
        unsure = [one.material.id for one in found.materials if not one.sure]
        assert unsure == []


@pytest.mark.parametrize(
    ("own", "law", "expected"),
    [
        (("", ""), None, "unknown"),
        (("2020-01-01", ""), None, "in_force"),
        (("2020-01-01", "2026-03-01"), None, "in_force"),
        (("2020-01-01", "2026-02-28"), None, "ended"),
        (("2026-03-02", ""), None, "coming"),
        (("2020-01-01", ""), Law("法", "Law", "law", effective_to="2025-12-31"), "ended"),
        (("", ""), Law("法", "Law", "law", effective_from="2004-07-01"), "in_force"),
    ],
)
def test_a_basis_stands_by_its_own_dates_and_by_those_of_its_law(
    own: tuple[str, str], law: Law | None, expected: str
) -> None:
    basis = Basis("法", "1", Text("条", "article"), "V", effective_from=own[0], effective_to=own[1])
    assert force(basis, law, date(2026, 3, 1)) == expected
