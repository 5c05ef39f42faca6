"""Every element of every item has a name, a form, and comes back from its form as it was. No database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from tongban.contexts.catalogue.core import yaml_source
from tongban.contexts.catalogue.core.items import Item
from tongban.terminals.desk import forms_catalogue as forms
from tongban.terminals.desk.elements import advice, differences, fields, paths, shapes, sources, words
from tongban.terminals.desk.elements.choices import CHOICES
from tongban.terminals.portal.presenters.topics import topic_names

CATALOGUE = Path(__file__).parents[3] / "catalogue"
TABLES = sorted(one.stem for one in CATALOGUE.glob("decisions/*.dmn"))
ITEMS = sorted(CATALOGUE.glob("items/*/item.yaml"))


def read(path: Path) -> Any:
    return yaml_source.read(path.read_text(), path.name).data


@pytest.fixture(scope="module")
def around() -> fields.Around:
    def pairs(values: list[str]) -> tuple[tuple[str, str], ...]:
        return tuple((one, one) for one in values)

    return fields.Around(
        agencies=pairs(read(CATALOGUE / "external.yaml")["agencies"]),
        routes=pairs([one.stem for one in CATALOGUE.glob("routes/*.bpmn")]),
        tables=pairs([*TABLES, "food-fine#货值不足一万元的罚款", "food-fine#货值一万元以上的罚款"]),
        tags=pairs([one["code"] for one in read(CATALOGUE / "lists" / "tags.yaml")]),
        powers=pairs([f"{n:02}" for n in (*range(1, 11), 20)]),
    )


def test_every_element_has_a_name_and_every_choice_its_words() -> None:
    for one in shapes.all_elements():
        assert one.key in shapes.LABELS, f"{one.key} needs a line in labels_item or labels_parts"
        if one.kind in ("choice", "choices", "number", "numbers"):
            assert one.among in CHOICES, f"{one.key} needs its words in choices"
    assert not set(shapes.LABELS) - {one.key for one in shapes.all_elements()}


def places(owner: type, values: paths.Content, path: paths.Path = ()) -> Iterator[paths.Path]:
    """Every place of an item that has a form."""
    for one in shapes.elements(owner):
        value = values.get(one.name)
        if one.kind == "records":
            for n, member in enumerate(paths.members(value)):
                yield (*path, one.name, n)
                yield from places(one.part or object, member, (*path, one.name, n))
        elif one.kind == "record":
            if value:
                yield (*path, one.name)
                yield from places(one.part or object, value, (*path, one.name))
        elif not path:
            yield (one.name,)


def posted(form: forms.Form) -> QueryDict:
    """The form as a browser sends it when nobody touches it."""
    post = QueryDict(mutable=True)
    for bound in form.bound:
        if bound.parts:
            post.update({part.name: part.value for part in bound.parts})
        elif bound.several:
            post.setlist(bound.spec.id, [one.value for one in bound.options if one.chosen])
        elif bound.options:
            post[bound.spec.id] = next((one.value for one in bound.options if one.chosen), "")
        else:
            post[bound.spec.id] = bound.value
    return post


def test_every_form_gives_back_what_stood_in_it(around: fields.Around) -> None:
    seen = 0
    for item in ITEMS:
        content = read(item)
        for path in places(Item, content):
            place = paths.target(content, path)
            form = forms.element_form(place, around, 1)
            answer = forms.answered(forms.element_specs(place, around), posted(form), unfinished=True)
            assert answer.ok, (item.parent.name, path, answer.errors)
            assert paths.put(content, place, forms.element_values(place, answer)) == content, (item.parent.name, path)
            seen += 1
    assert seen > 3000


@pytest.mark.parametrize("item", ITEMS, ids=lambda path: path.parent.name)
def test_the_source_as_text_says_the_same(item: Path) -> None:
    content = read(item)
    assert sources.parse(sources.dump(content)) == (content, ())


def test_broken_text_is_told_with_its_line() -> None:
    assert [one.place.line for one in sources.parse("a: 1\nb: [2\n")[1]] == [3]
    assert sources.parse("- a\n")[1]
    assert sources.parse("")[1]


@pytest.mark.parametrize("broken", [7, "x", [1], {"zh": 1}, [{"id": 2}], {"fields": "x"}, None, True])
def test_whatever_a_draft_holds_is_said_and_asked(broken: Any, around: fields.Around) -> None:
    for one in shapes.elements(Item):
        content = {one.name: broken}
        assert isinstance(words.said(one, broken, around), str)
        for was, _at, now, _place in differences.pairs(one, broken, [{}]):
            assert differences.same(one, was, now) in (True, False)
        if one.kind != "records":
            forms.element_form(paths.target(content, (one.name,)), around, 1)


def test_members_are_matched_by_what_they_are_called() -> None:
    materials = shapes.element(Item, "materials")
    assert materials is not None
    old = [{"id": "a"}, {"id": "b"}, {"id": "c"}]
    new = [{"id": "c"}, {"id": "x"}, {"id": "a"}]
    found = [(was and was["id"], now and now["id"]) for was, _n, now, _m in differences.pairs(materials, old, new)]
    assert sorted(found, key=str) == sorted([("b", None), ("c", "c"), (None, "x"), ("a", "a")], key=str)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("7 个工作日", "5 个工作日", "-7 +5 = 个工作日"),
        ("", "新的", "+新的"),
        ("旧的", "", "-旧的"),
        ("完全不同的一句话", "ABC", "-完全不同的一句话 +ABC"),
        (None, "第一版", "=第一版"),
    ],
)
def test_the_difference_stands_inside(old: str | None, new: str, expected: str) -> None:
    signs = {"": "=", "ins": "+", "del": "-"}
    assert " ".join(f"{signs[run.kind]}{run.text}" for run in differences.runs(old, new)) == expected


@pytest.mark.parametrize(
    ("language", "text", "field", "said"),
    [
        ("zh-hans", "请写 visit_reason，或者不用到场。", "visit_reason", "请写“为什么要到现场”，或者不用到场。"),
        ("zh-hans", "“%(name)s”：请改 need: exempt。", "materials[0]", "“%(name)s”：请改“必要程度”选“免交”。"),
        ("zh-hans", "请把样本放进 files 并写 result.sample。", "result", "请把样本放进 files 并写“结果样本文件”。"),
        ("zh-hans", "请核对编码，或登记在 basic.yaml。", "base_code", "请核对编码，或登记在 basic.yaml。"),
        ("en", "Write a reason for the result, odd_word.", "result", "Write a reason for the result, odd_word."),
    ],
)  # fmt: skip
def test_advice_speaks_the_words_of_the_form(language: str, text: str, field: str, said: str) -> None:
    with translation.override(language):
        assert advice.in_words(text, field) == said


def test_stages_are_said_in_words() -> None:
    assert advice.stages("accept, decide") == "受理环节、决定环节"
    assert advice.stages("accept, lunch") == "accept, lunch"


def test_every_topic_of_the_portal_can_be_chosen() -> None:
    assert dict(CHOICES["topics"]) == topic_names()
    assert shapes.element(Item, "topics").choices[0] == ("person:005", "个人：生育收养")  # type: ignore[union-attr]
