"""Reading forms: tolerant of typing, strict about what is kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tongban.ui.forms import Choice, FieldSpec, Kind, bind, read, summary

OPTIONS = (Choice("a", "甲"), Choice("b", "乙"), Choice("c", "丙"))


def one(kind: Kind, typed: str, **more: object) -> tuple[object, str]:
    """Value and error of one field `x` posted as `typed`."""
    spec = FieldSpec("x", "问题", kind, options=OPTIONS, **more)  # type: ignore[arg-type]
    post = QueryDict(mutable=True)
    post["x"] = typed
    found = read((spec,), post)
    return found.values.get("x"), found.errors.get("x", "")


@given(st.integers(-(10**14), 10**14))
def test_integers_survive_full_width_digits_and_grouping(number: int) -> None:
    wide = f"{number:,}".translate(str.maketrans("0123456789,-", "０１２３４５６７８９，－"))
    assert one("integer", wide) == (str(number), "")


@pytest.mark.parametrize("typed", ["1.5", "一", "12a", "1e3", "--1", "²"])
def test_what_is_no_integer_is_told(typed: str) -> None:
    value, error = one("integer", typed)
    assert value is None
    assert "整数" in error


def test_bounds_are_told_with_the_bound() -> None:
    assert "9" in one("integer", "8", minimum=9)[1]
    assert "9" in one("integer", "10", maximum=9)[1]
    assert one("integer", "9", minimum=9, maximum=9) == ("9", "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1200.5", "1200.50"), ("￥1,200", "1200.00"), ("１２元", "12.00"), ("0.05", "0.05")],
)
def test_money_is_kept_with_two_decimals(typed: str, kept: str) -> None:
    assert one("money", typed) == (kept, "")


@pytest.mark.parametrize("typed", ["1.234", "NaN", "Infinity", "1e5", "十元", "-"])
def test_what_is_no_money_is_told(typed: str) -> None:
    assert one("money", typed)[0] is None


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_every_real_day_reads_from_three_boxes_and_binds_back(day: date) -> None:
    spec = FieldSpec("d", "哪天", "date")
    found = read((spec,), QueryDict(f"d-year={day.year}&d-month={day.month}&d-day={day.day}"))
    assert found.values == {"d": day.isoformat()}
    parts = bind((spec,), found.values)[0].parts
    assert [p.value for p in parts] == [str(day.year), str(day.month), str(day.day)]


@pytest.mark.parametrize(
    ("year", "month", "day"), [("2026", "2", "29"), ("2026", "13", "1"), ("26", "1", "1"), ("x", "1", "1")]
)
def test_days_that_do_not_exist_are_refused_and_shown_as_typed(year: str, month: str, day: str) -> None:
    spec = FieldSpec("d", "哪天", "date")
    found = read((spec,), QueryDict(f"d-year={year}&d-month={month}&d-day={day}"))
    assert "没有这一天" in found.errors["d"]
    assert [p.value for p in bind((spec,), found.raw, found.errors)[0].parts] == [year, month, day]


def test_a_half_filled_day_names_what_is_missing() -> None:
    found = read((FieldSpec("d", "哪天？", "date"),), QueryDict("d-year=2026&d-day=3"))
    assert found.errors["d"] == "哪天：还差 月"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138 0000 4172", "13800004172"),
        ("+86-138-0000-4172", "13800004172"),
        ("１３８００００４１７２", "13800004172"),
        ("027-87654321", "02787654321"),
    ],
)
def test_phones_are_kept_as_digits(typed: str, kept: str) -> None:
    assert one("phone", typed) == (kept, "")


@pytest.mark.parametrize("typed", ["12345", "23800004172", "138000041722", "电话"])
def test_what_is_no_phone_is_told(typed: str) -> None:
    assert one("phone", typed)[0] is None


def test_codes_are_checked_by_their_check_digit() -> None:
    assert one("citizen_id", "11010519491231002x") == ("11010519491231002X", "")
    assert "身份证" in one("citizen_id", "110105194912310021")[1]
    assert one("credit_code", "91350100M000100Y43") == ("91350100M000100Y43", "")
    assert one("credit_code", "91350100M000100Y44")[1]


def test_choices_outside_the_list_are_refused() -> None:
    assert one("choice", "b") == ("b", "")
    assert one("choice", "z")[0] is None
    assert one("select", "z")[0] is None


def test_several_are_kept_in_the_order_of_the_list() -> None:
    spec = FieldSpec("x", "哪些", "multi", options=OPTIONS)
    assert read((spec,), QueryDict("x=c&x=a")).values == {"x": ["a", "c"]}
    assert read((spec,), QueryDict("x=a&x=zzz")).errors
    assert read((spec,), QueryDict("")).errors
    assert [o.chosen for o in bind((spec,), {"x": ["c"]})[0].options] == [False, False, True]


def test_required_fields_say_so_and_optional_ones_stay_empty() -> None:
    assert one("text", " \t ")[1] == "请填写：问题"
    assert one("text", "", required=False) == ("", "")
    assert one("confirm", "")[1] == "请勾选：问题"
    assert one("confirm", "on") == ("yes", "")


def test_length_is_bounded_and_control_signs_go() -> None:
    assert "3" in one("text", "一二三四", max_length=3)[1]
    assert one("text", "a\x00b\x07") == ("ab", "")


def test_files_are_asked_for_only_when_missing() -> None:
    spec = FieldSpec("f", "图", "file")
    assert read((spec,), QueryDict("")).errors == {"f": "请上传：图"}
    assert read((spec,), QueryDict(""), {"f": object()}).ok


def test_passwords_never_come_back() -> None:
    spec = FieldSpec("p", "密码", "password")
    found = read((spec,), QueryDict("p= geheim "))
    assert found.values == {"p": " geheim "}
    assert found.raw == {"p": ""}


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=30)))
def test_unasked_keys_never_get_through(posted: dict[str, str]) -> None:
    post = QueryDict(mutable=True)
    post.update(posted)
    found = read((FieldSpec("asked", "问", required=False),), post)
    assert set(found.values) | set(found.errors) == {"asked"}


def test_the_summary_links_to_each_field_in_order() -> None:
    specs = (FieldSpec("a", "甲"), FieldSpec("d", "乙", "date"), FieldSpec("c", "丙", "choice", options=OPTIONS))
    found = read(specs, QueryDict(""))
    box = summary(bind(specs, found.raw, found.errors))
    assert [item.target for item in box.items] == ["a-field", "d-year", "c-1"]
    assert box.title == "还有 3 处要改"
    assert summary((), "已经有人先做了").items[0].target == ""
