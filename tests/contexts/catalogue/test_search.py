"""Search finds by citizens' words: the shipped items, as they are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contexts.catalogue.samples import CATALOGUE
from tongban.contexts.catalogue.actions import read_folder
from tongban.contexts.catalogue.core.folder import check_files
from tongban.contexts.catalogue.core.search import Index, build, search, suggest
from tongban.contexts.catalogue.core.search import text as words


@pytest.fixture(scope="module")
def index() -> Index:
    folder = check_files(read_folder(CATALOGUE), date(2026, 3, 2))
    return build(tuple(folder.items.values()), folder.synonyms)


@pytest.mark.parametrize(
    ("typed", "code", "how"),
    [
        ("开饭店", "FOOD", "exact"),
        ("我想开个饭店，怎么办理？", "FOOD", "exact"),
        ("食品经营许可", "FOOD", "exact"),
        ("食品 经营", "FOOD", "part"),
        ("食品经营需可", "FOOD", "sound"),
        ("spjyxk", "FOOD", "initials"),
        ("SPJYXK", "FOOD", "initials"),
        ("shipin", "FOOD", "pinyin"),
        ("shi pin jing ying xu ke", "FOOD", "pinyin"),
        ("shipinjinyingxuke", "FOOD", "slip"),
        ("kaifandian", "FOOD", "pinyin"),
        ("restaurant", "FOOD", "exact"),
        ("restarant", "FOOD", "slip"),
        ("How do I open a restaurant?", "FOOD", "exact"),
        ("food business licence", "FOOD", "exact"),
        ("ｆｏｏｄ", "FOOD", "exact"),
        ("老人坐公交", "OLD-CARD", "exact"),
        ("挖马路", "ROAD-DIG", "exact"),
        ("孩子上户口", "BIRTH-HUKOU", "exact"),
        ("买房过户", "REALTY", "exact"),
        ("get married", "MARRY", "exact"),
        ("砍树", "FOREST-CUT", "exact"),
        ("shebaoka", "SS-CARD", "pinyin"),
        ("withdraw housing fund", "HF-WITHDRAW", "exact"),
    ],
)
def test_the_first_hit_is_the_one_meant(index: Index, typed: str, code: str, how: str) -> None:
    first = search(index, typed, language="zh-hans").hits[0]
    assert first.item.code == code
    assert first.reasons[0].how == how


def test_a_slip_is_told_as_it_was_read(index: Index) -> None:
    assert search(index, "食品经营需可", language="zh-hans").understood == "食品经营许可"
    assert search(index, "restarant", language="en").understood == "restaurant"
    assert search(index, "开饭店", language="zh-hans").understood is None
    understood = search(index, "食品经营需可", language="en").understood
    assert understood is not None
    assert not words.is_chinese(understood)


def test_hits_may_be_kept_to_one_kind_of_applicant(index: Index) -> None:
    everybody = {hit.item.code for hit in search(index, "营业执照", language="zh-hans").hits}
    people = search(index, "营业执照", language="zh-hans", serves=1).hits
    assert "ENT-REG" in everybody
    assert people
    assert all(1 in hit.item.serves for hit in people)


def test_the_limit_holds_and_the_order_is_by_score(index: Index) -> None:
    hits = search(index, "许可", language="zh-hans", limit=3).hits
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("typed", ["", "   ", "！？", "zzzzqqqq", "量子纠缠飞船"])
def test_nothing_is_found_for_nothing(index: Index, typed: str) -> None:
    assert search(index, typed, language="zh-hans").hits == ()


@given(st.text(max_size=150))
def test_no_words_break_search(index: Index, typed: str) -> None:
    result = search(index, typed, language="zh-hans")
    assert len({hit.item.code for hit in result.hits}) == len(result.hits)
    assert all(hit.reasons for hit in result.hits)
    suggest(index, typed, language="en")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("食品经", "FOOD"), ("shipinj", "FOOD"), ("spj", "FOOD"), ("resta", "FOOD"), ("社保", "SS-CARD")],
)
def test_suggestions_come_while_typing(index: Index, typed: str, code: str) -> None:
    assert code in [suggestion.item.code for suggestion in suggest(index, typed, language="zh-hans")][:3]


def test_suggestions_are_in_the_language_of_the_page(index: Index) -> None:
    suggested = suggest(index, "shipin", language="en")
    assert suggested
    assert not any(words.is_chinese(suggestion.matched) for suggestion in suggested)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("cat", "cart", True),
        ("cat", "cta", True),
        ("cat", "cut", True),
        ("cat", "at", True),
        ("cat", "cat", False),
        ("cat", "tac", False),
        ("ab", "abcd", False),
    ],
)
def test_one_edit(left: str, right: str, *, expected: bool) -> None:
    assert words.one_edit_apart(left, right) is expected
    assert words.one_edit_apart(right, left) is expected
