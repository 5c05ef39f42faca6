"""FEEL: what expressions give, construct by construct and function by function."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.language import evaluate, holds
from tongban.contexts.process.core.feel.text import plain, text_of
from tongban.contexts.process.core.feel.values import Date, feel

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def check(cases: dict[str, Any], data: dict[str, Any] | None = None) -> None:
    """Each expression's value as plain JSON (dates and times as their text)."""
    found = {text: plain(evaluate(text, data, now=NOW)) for text in cases}
    assert found == cases


def test_numbers_are_decimal_with_34_digits() -> None:
    assert evaluate("0.1 + 0.2") == Decimal("0.3")
    assert evaluate("1 / 3") == Decimal("0." + "3" * 34)
    check(
        {"2 + 3 * 4": 14, "(2 + 3) * 4": 20, "10 - 4 - 3": 3, "2 ** 3": 8, "10 ** -2": 0.01, "-3 - -4": 1, ".5 * 4": 2}
    )
    check({"1 / 0": None, "1 + null": None, '1 + "1"': None, "1.5e2": 150, "10 ** 9999": None})


def test_logic_has_three_values() -> None:
    check(
        {
            "true and null": None,
            "false and null": False,
            "null or true": True,
            "null or false": None,
            "true and 1": None,
            "not(null)": None,
            "not(true)": False,
            "true or 1": True,
        }
    )


def test_comparison_of_different_kinds_is_null_and_equality_with_null_is_an_answer() -> None:
    check(
        {
            '1 = "1"': None,
            "null = null": True,
            "1 = null": False,
            "null != 1": True,
            "1 < null": None,
            '"a" < "b"': True,
        }
    )
    check(
        {
            "[1, 2] = [1, 2]": True,
            "[1, 2] = [2, 1]": False,
            "{a: 1} = {a: 1}": True,
            "1.0 = 1": True,
            "true < false": None,
        }
    )


def test_names_may_have_spaces_signs_and_any_letters() -> None:
    data = {"Monthly Salary": 1000, "Pre-bureau risk": 3, "risk": 1, "Pre": 9, "申请 面积": 60, "a+b": 5, "🐎": 7}
    check(
        {
            "Monthly Salary * 12": 12000,
            "Pre-bureau risk - risk": 2,
            "申请 面积 > 50": True,
            "a+b + 1": 6,
            "Monthly   Salary": 1000,
            "Pre - risk": 8,
            "🐎 + 1": 8,
        },
        data,
    )
    check({"{first name: 1, b: first name + 1}.b": 2, "for my item in [1, 2] return my item + 1": [2, 3]})
    check(
        {
            "(function(first arg, other) first arg - other)(5, 3)": 2,
            "some one thing in [1] satisfies one thing = 1": True,
        }
    )


def test_ranges_open_and_closed() -> None:
    check({"1 in [1..3]": True, "1 in (1..3]": False, "3 in [1..3[": False, "3 in ]1..3]": True, "2 in (>= 2)": True})
    check({"5 in (< 3, > 4)": True, "null in [1..3]": None, "5 in (null..10]": None, "2 between 1 and 3": True})
    check({"[1..3[ = [1..3)": True, "[1..3].start": 1, "(1..3].start included": False, "[1..3].end included": True})
    check({"[1..3] = [1..4]": False, "not(4 in [1..3])": True})


def test_lists_contexts_paths_and_filters() -> None:
    people = {"people": [{"name": "李", "age": 20}, {"name": "王", "age": 35}]}
    check(
        {
            "people.name": ["李", "王"],
            "people[age > 30].name": ["王"],
            "people[1].name": "李",
            "people[-1].age": 35,
            "people[3]": None,
            "people[item.age < 30].name": ["李"],
            "[1, 2, 3][item >= 2]": [2, 3],
            "5[1]": 5,
            "{a: {b: 1}}.a.b": 1,
            "{a: 1, a: 2}": None,
            "{a: 1}.b": None,
            "null.a": None,
            "[[1, 2], [3]][1]": [1, 2],
        },
        people,
    )


def test_loops_and_quantifiers() -> None:
    check(
        {
            "for i in 1..3 return i * i": [1, 4, 9],
            "for i in 3..1 return i": [3, 2, 1],
            "for i in [1, 2], j in [10, 20] return i + j": [11, 21, 12, 22],
            "for i in 1..4 return if i = 1 then 1 else i * partial[-1]": [1, 2, 6, 24],
            "for i in [1..3) return i": [1, 2],
            "every x in [1, 2] satisfies x > 0": True,
            "some x in [1, 2] satisfies x > 2": False,
            "some x in [] satisfies true": False,
            "every x in [1, null] satisfies x > 0": None,
            "for i in null return i": None,
            'for d in @"2026-12-31"..@"2027-01-01" return d': ["2026-12-31", "2027-01-01"],
        }
    )


def test_functions_are_values_with_named_and_typed_parameters() -> None:
    check(
        {
            "{f: function(a, b) a - b, r: f(b: 1, a: 5)}.r": 4,
            '(function(a: number) a + 1)("x")': None,
            "(function(a) a)(1, 2)": None,
            "(function(a) a)([1])": [1],
            "{fact: function(n) if n <= 1 then 1 else n * fact(n - 1), r: fact(10)}.r": 3628800,
            '(function(a) external {java: {class: "X"}})(1)': None,
        }
    )


def test_instance_of() -> None:
    check(
        {
            "1 instance of number": True,
            "null instance of Any": False,
            "[1] instance of list<number>": True,
            '["a"] instance of list<number>': False,
            "{a: 1, b: 2} instance of context<a: number>": True,
            "[1..2] instance of range<number>": True,
            '@"P1D" instance of days and time duration': True,
            "(function(a: number) a + 1) instance of function<number> -> number": True,
            "(function(a: string) a) instance of function<number> -> string": False,
            "sum instance of function<list<number>> -> number": True,
            '@"2026-01-01" instance of date and time': False,
        }
    )


def test_dates_times_and_durations() -> None:
    check(
        {
            'date("2026-02-28") + duration("P1D")': "2026-03-01",
            '@"2026-01-31" + @"P1M"': "2026-02-28",
            '@"2026-03-01" - @"2026-02-01"': "P28D",
            'date("2026-02-30")': None,
            'date("2026-2-3")': None,
            '@"2024-02-29" + @"P1Y"': "2025-02-28",
            'time("10:00:00") + @"PT15H"': "01:00:00",
            'date and time("2026-01-01T10:00:00+08:00") = date and time("2026-01-01T02:00:00Z")': True,
            'date and time("2026-07-01T10:00:00@Europe/Paris").time offset': "PT2H",
            '@"P1Y2M".months': 2,
            'date and time("2026-01-01T24:00:00")': "2026-01-02T00:00:00",
            '@"P2D" * 1.5': "P3D",
            '@"P1D" / @"PT6H"': 4,
            '@"2026-11-22".weekday': 7,
            '@"10:11:12.5".second': 12.5,
            'duration("P1Y1D")': None,
            '-@"P1D"': "-P1D",
            "date(-44, 3, 15)": "-0044-03-15",
            'years and months duration(@"2025-12-31", @"2026-11-30")': "P10M",
            'date and time(@"2026-11-22", @"08:00:00")': "2026-11-22T08:00:00",
            '@"PT36H"': "P1DT12H",
            '@"P13M"': "P1Y1M",
            "now()": "2026-11-22T09:30:00Z",
            "today()": "2026-11-22",
            'time("10:00:00@No/Where")': None,
            'time(10, 30, 15.25, @"PT8H")': "10:30:15.25+08:00",
            '@"2026-01-01T00:00:00" > @"2025-12-31T23:59:59"': True,
        }
    )


def test_named_arguments_must_be_the_functions_own() -> None:
    check({'substring(string: "abc", start position: 2)': "bc", 'substring(text: "abc", start position: 2)': None})
    check({"modulo(dividend: 7, divisor: 4)": 3, "abs(1, 2)": None, "abs()": None})


def test_unary_tests() -> None:
    assert holds("> 5", 6)
    assert not holds("> 5", 5)
    assert holds('"a", "b"', "b")
    assert not holds('not("a", "b")', "b")
    assert holds("-", None)
    assert holds("[1..3], 7", 7)
    assert holds("? > 2 and ? < 4", 3)
    assert not holds("false", True)
    assert holds("limit", 3, {"limit": 3})
    assert holds("< limit", 2, {"limit": 3})
    assert holds("null", None)
    assert not holds("not(null)", None)
    assert holds('date("2026-01-01"), > @"2026-02-01"', date(2026, 3, 1))
    assert holds("not(< 3)", 5)


def test_plain_values_become_feel_and_back() -> None:
    assert feel({"a": [1, 2.5, date(2026, 1, 2)]}) == {"a": [Decimal(1), Decimal("2.5"), Date(2026, 1, 2)]}
    assert text_of(feel(time(8, 30))) == "08:30:00"
    assert text_of(feel(timedelta(hours=25))) == "P1DT1H"
    assert text_of(feel(datetime(2026, 1, 1, tzinfo=UTC))) == "2026-01-01T00:00:00Z"
    assert feel(float("nan")) is None
    assert plain(Decimal("0.1")) == 0.1
    assert plain(Decimal("0.1234567890123456789")) == "0.1234567890123456789"
    assert plain(Decimal("1E+40")) == "1" + "0" * 40


def test_a_null_says_why_to_who_listens() -> None:
    with notes.listening() as heard:
        assert evaluate("1 / 0") is None
        assert evaluate("unknown + 1") is None
    assert "division by zero" in heard
    assert any("unknown" in note for note in heard)


def test_comments_and_blanks() -> None:
    check({"1 + // one\n 2": 3, "1 /* x */ + 2": 3, "  1\t+\n2 ": 3, '"a\\u00e9\\n\\""': 'aé\n"'})
