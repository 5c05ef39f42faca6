"""Search narrows by the seven axes, finds packages, and takes whatever is typed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contexts.catalogue.samples import CATALOGUE
from tongban.contexts.catalogue.actions import read_folder
from tongban.contexts.catalogue.core.folder import Folder, check_files
from tongban.contexts.catalogue.core.search import AXES, Index, build, facets, search, suggest
from tongban.contexts.catalogue.core.search import text as words
from tongban.contexts.catalogue.core.search.facets import VALUES, Choices, count, fits
from tongban.contexts.catalogue.core.synonyms import NO_SYNONYMS


@pytest.fixture(scope="module")
def folder() -> Folder:
    return check_files(read_folder(CATALOGUE), date(2026, 3, 2))


@pytest.fixture(scope="module")
def index(folder: Folder) -> Index:
    return build(tuple(folder.items.values()), folder.synonyms, folder.beside.packages)


def test_there_are_seven_axes_and_every_item_stands_on_each(folder: Folder) -> None:
    assert set(AXES) == set(VALUES)
    assert len(AXES) == 7
    for item in folder.items.values():
        assert all(VALUES[axis](item) for axis in AXES), item.code


def choices() -> st.SearchStrategy[Choices]:
    values = {
        "nature": ["power", "service"], "serves": ["natural", "legal"], "organ": ["market", "police", "nobody"],
        "form": ["online", "both"], "level": ["3", "4"], "topic": ["corp:010"], "area": ["city", "county"],
    }  # fmt: skip
    return st.fixed_dictionaries(
        {}, optional={axis: st.lists(st.sampled_from(own), unique=True).map(tuple) for axis, own in values.items()}
    )


@given(chosen=choices())
def test_counts_say_what_choosing_would_leave(folder: Folder, chosen: Choices) -> None:
    """Against the plain definition: an axis counts the items that fit all other axes."""
    items = tuple(folder.items.values())
    for facet in count(items, chosen):
        others = {axis: values for axis, values in chosen.items() if axis != facet.axis}
        expected = Counter(v for item in items if fits(item, others) for v in VALUES[facet.axis](item))
        assert {value.value: value.count for value in facet.values if value.count} == dict(expected)
        assert {value.value for value in facet.values if value.chosen} == set(chosen.get(facet.axis, ()))


def test_choices_on_several_axes_must_all_fit(index: Index) -> None:
    every = search(index, "许可", language="zh-hans", limit=500, chosen={})
    chosen: Choices = {"serves": ("natural",), "organ": ("market", "health")}
    kept = search(index, "许可", language="zh-hans", limit=500, chosen=chosen)
    assert kept.every == every.count == len(every.hits)
    assert [hit.item.code for hit in kept.hits] == [
        hit.item.code for hit in every.hits if 1 in hit.item.serves and hit.item.agency in ("market", "health")
    ]
    assert 0 < kept.count < every.count
    nothing = search(index, "许可", language="zh-hans", chosen={"organ": ("nobody",)})
    assert (nothing.hits, nothing.count, nothing.every) == ((), 0, every.count)


def test_form_follows_the_channels_and_else_the_depth(folder: Folder) -> None:
    item = folder.items["FOOD"]
    assert facets.form(replace(item, channels=(1,))) == ("offline",)
    assert facets.form(replace(item, channels=(2, 3))) == ("online",)
    assert facets.form(replace(item, channels=(1, 2))) == ("online", "offline", "both")
    assert facets.form(replace(item, channels=(), online_depth=1)) == ("offline",)
    assert facets.form(replace(item, channels=(), online_depth=3)) == ("online", "offline", "both")


def test_area_is_the_widest_reach(folder: Folder) -> None:
    item = folder.items["FOOD"]
    assert facets.area(replace(item, scope=1)) == ("country",)
    assert facets.area(replace(item, scope=2)) == ("province_wide",)
    assert facets.area(replace(item, scope=0, levels=(4, 3))) == ("city",)
    assert facets.area(replace(item, scope=0, levels=())) == ()


def test_a_thing_done_once_is_found_as_one(index: Index, folder: Folder) -> None:
    assert folder.beside.packages
    for package in folder.beside.packages:
        found = search(index, package.name.zh, language="zh-hans").packages
        assert package.id in [hit.package.id for hit in found], package.name.zh
        assert all(hit.reasons for hit in found)
    assert search(index, "护照", language="zh-hans").packages == ()


def test_what_was_mended_can_be_searched_as_written(index: Index) -> None:
    mended = search(index, "驾使证丢了", language="zh-hans")
    assert mended.hits[0].item.code == "DL-REISSUE"
    assert mended.understood is not None
    assert "驾驶证" in mended.understood
    exactly = search(index, "驾使证丢了", language="zh-hans", literally=True)
    assert exactly.understood is None or "驾使" not in exactly.understood
    assert search(index, "restarant", language="en", literally=True).hits == ()


def test_nothing_found_names_words_and_items_that_are_near(index: Index) -> None:
    for language in ("zh-hans", "en"):
        result = search(index, "火星登记处移民飞船", language=language)
        assert result.hits == ()
        assert 0 < len(result.nearby) <= 5
        assert 0 < len(result.suggestions) <= 5
        assert not any(words.is_chinese(one) == (language == "en") for one in result.suggestions)
        assert all(search(index, one, language=language).hits for one in result.suggestions)


@pytest.mark.parametrize(
    "typed",
    [
        "'; DROP TABLE catalogue_version; --", "<script>alert(1)</script>", "😀" * 50, "%s %(n)s {0}", "\x00\x01",
        "许" * 100,
        "(" * 100, "a" * 100, "1" * 100, "的" * 100, "\u202e开饭店", "ﷺ" * 20, "\ud800", "é" * 90, "١٢٣", "許可證",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_only_words(index: Index, typed: str) -> None:
    assert search(index, typed, language="zh-hans", chosen={}).count <= len(index.items)
    suggest(index, typed, language="en")


def test_an_empty_list_and_one_without_synonyms_can_be_searched(folder: Folder) -> None:
    assert search(build((), NO_SYNONYMS), "开饭店", language="zh-hans").hits == ()
    alone = build((folder.items["FOOD"],), NO_SYNONYMS)
    assert search(alone, "食品经营许可", language="zh-hans").hits[0].item.code == "FOOD"
    assert suggest(build((), NO_SYNONYMS), "开", language="zh-hans") == ()


def test_synonyms_are_data_that_a_city_extends(folder: Folder) -> None:
    items = tuple(folder.items.values())
    unknown = "捣鼓嘎啦粑粑"
    assert search(build(items, NO_SYNONYMS), unknown, language="zh-hans").hits == ()
    more = replace(
        folder.synonyms,
        phrases=(*folder.synonyms.phrases, replace(folder.synonyms.phrases[0], say=("嘎啦粑粑",), items=("FOOD",))),
    )
    assert search(build(items, more), unknown, language="zh-hans").hits[0].item.code == "FOOD"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("licence", "lisense", True),
        ("certificate", "certifcat", True),
        ("cat", "dogs", False),
        ("abc", "abcdef", False),
    ],
)
def test_two_edits(left: str, right: str, *, expected: bool) -> None:
    assert words.two_edits_apart(left, right) is expected
    assert words.two_edits_apart(right, left) is expected


def test_sounds_that_are_mixed_up_are_alike() -> None:
    assert words.alike("shipinjingyingxuke") == words.alike("sipinjinyinxuke")
    assert words.alike("zhengshu") == words.alike("zensu")
    assert words.alike("fa") != words.alike("ha")
