"""FEEL's functions, each at least once with what it gives and mostly once with what it does not take."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contexts.process.test_feel import check
from tongban.contexts.process.core.feel.builtins.registry import BUILTINS

STRINGS: dict[str, Any] = {
    'substring("foobar", 3)': "obar",
    'substring("foobar", -2)': "ar",
    'substring("foobar", 3, 2)': "ob",
    'substring("foobar", 0)': None,
    'substring("横綱力士", 2, 1)': "綱",
    'string length("横綱")': 2,
    'upper case("aß")': "ASS",
    'lower case("ÄB")': "äb",
    'substring before("foobar", "bar")': "foo",
    'substring after("foobar", "ob")': "ar",
    'substring after("foobar", "x")': "",
    'contains("foobar", "ob")': True,
    'starts with("foobar", "foo")': True,
    'ends with("foobar", "foo")': False,
    'split("a;b;;c", ";")': ["a", "b", "", "c"],
    'split("a b", "\\s")': ["a", "b"],
    'string join(["a", null, "b"], "-")': "a-b",
    'string join(["a"], "-", "<", ">")': "<a>",
    "string join([1])": None,
    'replace("abracadabra", "bra", "*")': "a*cada*",
    'replace("abc", "(b)", "[$1]")': "a[b]c",
    'replace("a", "b*", "x")': None,
    'matches("foobar", "^fo*b")': True,
    'matches("FOO", "foo", "i")': True,
    'matches("a", "[")': None,
    'matches("a", "a", "z")': None,
    'matches("2026-11", "^\\d{4}-\\d{2}$")': True,
    'matches("横", "\\p{IsCJKUnifiedIdeographs}")': True,
    'matches("b", "[a-z-[aeiou]]")': True,
    'matches("hello world", "hello\\ sworld", "x")': True,
    'matches("abab", "^(ab)\\1$")': True,
    'matches("a.c", "a.c", "q")': True,
}

LISTS: dict[str, Any] = {
    "list contains([1, null], null)": True,
    "count([])": 0,
    "count([1, 2])": 2,
    "min([3, 1])": 1,
    "max(3, 1)": 3,
    "min([])": None,
    'max(["a", "b"])': "b",
    "sum([1, 2])": 3,
    "sum([])": None,
    'sum([@"P1D", @"P2D"])': "P3D",
    "mean([1, 2])": 1.5,
    "product([2, 3])": 6,
    "median([1, 4, 2, 3])": 2.5,
    "decimal(stddev([2, 4, 7, 5]), 6)": 2.081666,
    "mode([6, 1, 9, 6, 1])": [1, 6],
    "mode([])": [],
    "all([true, null])": None,
    "all([])": True,
    "any([false, true])": True,
    "any()": None,
    "all(true, false)": False,
    "sublist([1, 2, 3], 2)": [2, 3],
    "sublist([1, 2, 3], -2, 1)": [2],
    "sublist([1], 3)": None,
    "append([1], 2, 3)": [1, 2, 3],
    "concatenate([1], [2, 3])": [1, 2, 3],
    "insert before([1, 3], 2, 2)": [1, 2, 3],
    "remove([1, 2, 3], 2)": [1, 3],
    "reverse([1, 2])": [2, 1],
    "index of([1, 2, 1], 1)": [1, 3],
    "union([1, 2], [2, 3])": [1, 2, 3],
    "distinct values([1, 1, null])": [1, None],
    "flatten([[1, [2]], 3])": [1, 2, 3],
    "sort([3, 1, 2])": [1, 2, 3],
    "sort([1, 2, 3], function(x, y) x > y)": [3, 2, 1],
    'sort([1, "a"])': None,
    "list replace([1, 2], 2, 9)": [1, 9],
    "list replace([1, 2], function(i, n) i = 1, 9)": [9, 2],
}

NUMBERS: dict[str, Any] = {
    "decimal(1/3, 2)": 0.33,
    "decimal(2.5, 0)": 2,
    "floor(-1.5)": -2,
    "ceiling(-1.5)": -1,
    "floor(1.56, 1)": 1.5,
    "round up(1.121, 2)": 1.13,
    "round down(-1.126, 2)": -1.12,
    "round half up(2.5, 0)": 3,
    "round half down(2.5, 0)": 2,
    "round half up(-1.5, 0)": -2,
    "abs(-10)": 10,
    'abs(@"-P1D")': "P1D",
    "modulo(-12, 5)": 3,
    "modulo(12, -5)": -3,
    "modulo(1, 0)": None,
    "sqrt(16)": 4,
    "sqrt(-1)": None,
    "decimal(log(10), 4)": 2.3026,
    "log(0)": None,
    "decimal(exp(5), 4)": 148.4132,
    "odd(5)": True,
    "even(-2)": True,
    "even(1.5)": False,
    'number("1,000.5", ",", ".")': 1000.5,
    'number("x", ",", ".")': None,
    'number("1", ",", ",")': None,
    "string(1.50)": "1.50",
    'string([1, "a", {b c: null}])': '[1, "a", {b c: null}]',
    "string(null)": None,
    'string(@"P1D")': "P1D",
    "string([1..3])": "[1..3]",
    'range("[1..3]") = [1..3]': True,
    'range("[3..1]")': None,
    'range("[a..b]")': None,
}

OTHERS: dict[str, Any] = {
    'get value({a: 1}, "a")': 1,
    'get value({a: {b: 2}}, ["a", "b"])': 2,
    'get value({a: 1}, "x")': None,
    "get entries({a: 1})": [{"key": "a", "value": 1}],
    'context([{key: "a", value: 1}])': {"a": 1},
    'context([{key: "a", value: 1}, {key: "a", value: 2}])': None,
    'context put({a: 1}, "b", 2)': {"a": 1, "b": 2},
    'context put({a: {b: 1}}, ["a", "b"], 2)': {"a": {"b": 2}},
    "context merge([{a: 1}, {a: 2, b: 3}])": {"a": 2, "b": 3},
    "before(1, [2..3])": True,
    "after([5..6], 4)": True,
    "meets([1..5], [5..9])": True,
    "met by([5..9], [1..5))": False,
    "overlaps([1..5], [3..8])": True,
    "overlaps before([1..5], [3..8])": True,
    "overlaps after([3..8], [1..5])": True,
    "finishes(5, [1..5])": True,
    "finished by([1..5], [3..5])": True,
    "includes([1..9], [2..3])": True,
    "during(2, [1..9])": True,
    "starts(1, [1..9])": True,
    "started by([1..9], [1..3])": True,
    "coincides([1..2], [1..2])": True,
    'before(1, "a")': None,
    'is(@"10:00:00Z", @"10:00:00+00:00")': True,
    "is(1, 1.0)": True,
    'is(1, "1")': False,
    'day of year(@"2026-12-31")': 365,
    'day of week(@"2026-11-22")': "Sunday",
    'month of year(@"2026-11-22")': "November",
    'week of year(@"2025-12-29")': 1,
    'week of year(@"2023-01-01")': 52,
}


@pytest.mark.parametrize("cases", [STRINGS, LISTS, NUMBERS, OTHERS], ids=["strings", "lists", "numbers", "others"])
def test_functions(cases: dict[str, Any]) -> None:
    check(cases)


def test_every_function_is_tried_somewhere_here() -> None:
    tried = " ".join([*STRINGS, *LISTS, *NUMBERS, *OTHERS]) + " not( date( time( duration( date and time( now( today("
    tried += " years and months duration( and( or("
    assert [name for name in BUILTINS if f"{name}(" not in tried] == []
