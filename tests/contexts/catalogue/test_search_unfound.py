"""What was looked for in vain is counted, tells nothing about a person, and never gets in the way."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tongban.contexts.catalogue import actions, models, queries
from tongban.contexts.catalogue.actions import unfound
from tongban.contexts.catalogue.core.unfound import MOST_CHARACTERS, kept
from tongban.kernel.clock import CHINA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfound, "_throttle", unfound._Throttle())


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("  火星　移民 ", "火星 移民"),
        ("ＫＴＶ", "ktv"),
        ("我的身份证 42990119900307123X", "我的身份证 #################x"),
        ("打13900000001找我", "打###########找我"),
        ("１３９0٣٤ 张三", "###### 张三"),
        ("寄到 wang@example.com 谢谢", "寄到 谢谢"),
        ("2026", ""),
        ("😀！？", ""),
        ("\x00\n", ""),
        ("许" * 200, "许" * 60),
    ],
)
def test_what_is_kept_is_one_spelling_without_numbers(typed: str, left: str) -> None:
    assert kept(typed) == left


@given(st.text(max_size=150))
def test_no_digit_and_no_long_text_is_ever_kept(typed: str) -> None:
    left = kept(typed)
    assert len(left) <= MOST_CHARACTERS
    assert not any(character.isdigit() for character in left)
    assert kept(left) == left or not left


@pytest.mark.django_db
def test_words_are_counted_by_the_day_and_listed_by_how_often() -> None:
    for _ in range(3):
        assert actions.note_unfound("火星移民", now=NOW)
    assert actions.note_unfound("火星移民", now=NOW + timedelta(days=2))
    assert actions.note_unfound("月球 13900000001", now=NOW)
    assert not actions.note_unfound("12345678901", now=NOW)
    first, second = queries.unfound(10)
    assert (first.words, first.count, first.first, first.last) == ("火星移民", 4, date(2026, 3, 2), date(2026, 3, 4))
    assert (second.words, second.count) == ("月球 ###########", 1)
    assert [one.words for one in queries.unfound(1)] == ["火星移民"]
    assert [one.words for one in queries.unfound(10, since=date(2026, 3, 3))] == ["火星移民"]


@pytest.mark.django_db
def test_a_note_is_one_statement_and_a_flood_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfound, "MOST_A_MINUTE", 5)
    with CaptureQueriesContext(connection) as seen:
        written = [actions.note_unfound(f"火星{'移' * n}", now=NOW) for n in range(20)]
    assert written == [True] * 5 + [False] * 15
    assert sum("catalogue_note_unfound" in one["sql"] for one in seen) == 5
    assert actions.note_unfound("火星", now=NOW + timedelta(minutes=1))


@pytest.mark.django_db
def test_a_broken_table_breaks_no_page() -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE catalogue_unfound RENAME TO away")
        assert not actions.note_unfound("火星", now=NOW)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO catalogue_unfound")
    assert queries.unfound() == ()


@pytest.mark.django_db(transaction=True)
def test_who_would_have_to_wait_gives_up() -> None:
    actions.note_unfound("火星", now=NOW)
    took: list[float] = []

    def beside() -> None:
        began = datetime.now(CHINA)
        actions.note_unfound("火星", now=NOW)
        took.append((datetime.now(CHINA) - began).total_seconds())
        connection.close()

    with transaction.atomic():
        models.Unfound.objects.select_for_update().get(words="火星")
        thread = threading.Thread(target=beside)
        thread.start()
        thread.join(timeout=10)
        assert took, "it waits for the lock"
    assert took[0] < 2
    assert queries.unfound()[0].count == 1
