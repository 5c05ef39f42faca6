"""S-FEEL conditions: the comparisons of DMN 1.3 chapter 9 that routes, forms and lists of materials are written in.

Known: `=` `!=` `<` `<=` `>` `>=`, `and`, `or`, `not(…)`, `in (1, > 5, [7..9])`, `in ["a", "b"]`, `in [1..9)`, `in` a
name that holds a list, `between … and …`, numbers, strings, `true`, `false`, `null`, `date("2026-01-01")`, names
(Chinese too) and paths `a.b`.

A name without a value makes its comparison false, `!=` too: nobody decides on an unanswered question. Only `= null`
and `!= null` ask whether a value is there. Values of different kinds are never equal and never in order.
No arithmetic, no functions, no code, no side effects.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from lark import Lark, Token, Transformer, UnexpectedInput, v_args

from tongban.kernel.refusals import N_, Refusal

Data = Mapping[str, Any]
Term = Callable[[Data], Any]
Test = Callable[[Data, Any], bool]

#: A longer condition is none that a lawyer could read.
LONGEST: Final = 1000

GRAMMAR: Final = r"""
?start: disjunction
?disjunction: conjunction
    | disjunction "or" conjunction         -> either
?conjunction: comparison
    | conjunction "and" comparison         -> both
?comparison: term
    | "not" "(" disjunction ")"            -> negate
    | term OPERATOR term                   -> compare
    | term "in" "(" tests ")"              -> is_in
    | term "in" range                      -> is_in
    | term "in" "[" terms "]"              -> is_in
    | term "in" path                       -> is_in_value
    | term "between" term "and" term       -> between
tests: test ("," test)*
?test: term                                -> equals
    | OPERATOR term                        -> unary
    | range
terms: equal ("," equal)*                  -> tests
?equal: term                               -> equals
range: "[" term ".." term "]"              -> closed
    | "[" term ".." term (")" | "[")       -> open_end
    | ("(" | "]") term ".." term "]"       -> open_start
    | ("(" | "]") term ".." term (")" | "[") -> open
?term: path
    | "(" disjunction ")"
    | NUMBER                               -> number
    | STRING                               -> string
    | "true"                               -> true
    | "false"                              -> false
    | "null"                               -> null
    | "date" "(" STRING ")"                -> day
path: NAME ("." NAME)*
OPERATOR: "<=" | ">=" | "!=" | "=" | "<" | ">"
NUMBER: /-?\d+(\.\d+)?/
STRING: /"([^"\\]|\\["\\])*"/
NAME: /[^\W\d]\w*/
%ignore /\s+/
"""

_ORDER: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class ConditionRefused(Refusal):
    """A condition that is not S-FEEL, or more than the declared part of it."""

    code = "condition_refused"
    message = N_("条件“%(expression)s”在第%(column)s个字符处读不懂。请用 S-FEEL 的比较式书写。")


class _Literal:
    """A term that is always the same; `null` is one, so that `x = null` can be told from a name without a value."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __call__(self, data: Data) -> Any:
        return self.value


def _compare(sign: str, left: Any, right: Any, *, asks_null: bool) -> bool:
    """The comparison of two values under the rules of this module's docstring."""
    if left is None or right is None:
        return asks_null and sign in ("=", "!=") and _ORDER[sign](left is None, right is None)
    if type(left) is not type(right):
        left, right = _alike(left, right)
        if left is None:
            return False
    if isinstance(left, bool) and sign not in ("=", "!="):
        return False
    try:
        return bool(_ORDER[sign](left, right))
    except TypeError:
        return False


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """Both values as one kind, or (None, None): whole and decimal numbers are one kind, dates come as ISO text too."""
    if isinstance(left, bool) or isinstance(right, bool):
        return None, None
    if isinstance(left, (int, float, Decimal)) and isinstance(right, (int, float, Decimal)):
        return _exact(left), _exact(right)
    if isinstance(left, (date, str)) and isinstance(right, (date, str)):
        pair = (_as_date(left), _as_date(right))
        return pair if None not in pair else (None, None)
    return (left, right) if isinstance(left, type(right)) or isinstance(right, type(left)) else (None, None)


def _exact(number: float | Decimal) -> Decimal | int:
    return Decimal(repr(number)) if isinstance(number, float) else number


def _as_date(value: date | str) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _is_null(term: Any) -> bool:
    return isinstance(term, _Literal) and term.value is None


@v_args(inline=True)
class _Compiler(Transformer[Token, Any]):
    """Turns the parse into closures, bottom up; no tree is kept."""

    def either(self, left: Term, right: Term) -> Term:
        return lambda data: left(data) is True or right(data) is True

    def both(self, left: Term, right: Term) -> Term:
        return lambda data: left(data) is True and right(data) is True

    def negate(self, inner: Term) -> Term:
        return lambda data: inner(data) is not True

    def compare(self, left: Term, sign: Token, right: Term) -> Term:
        text = str(sign)
        null = _is_null(left) or _is_null(right)
        return lambda data: _compare(text, left(data), right(data), asks_null=null)

    def between(self, value: Term, low: Term, high: Term) -> Term:
        inside = self.closed(low, high)
        return lambda data: inside(data, value(data))

    def is_in(self, value: Term, test: Test) -> Term:
        return lambda data: test(data, value(data))

    def is_in_value(self, value: Term, path: Term) -> Term:
        def test(data: Data) -> bool:
            wanted, found = value(data), path(data)
            members = found if isinstance(found, (list, tuple, set, frozenset)) else (found,)
            return any(_compare("=", wanted, member, asks_null=False) for member in members)

        return test

    def tests(self, *tests: Test) -> Test:
        return lambda data, value: any(test(data, value) for test in tests)

    def equals(self, term: Term) -> Test:
        return self.unary("=", term)

    def unary(self, sign: str, term: Term) -> Test:
        text, null = str(sign), _is_null(term)
        return lambda data, value: _compare(text, value, term(data), asks_null=null)

    def closed(self, low: Term, high: Term) -> Test:
        return self._range(">=", low, "<=", high)

    def open_end(self, low: Term, high: Term) -> Test:
        return self._range(">=", low, "<", high)

    def open_start(self, low: Term, high: Term) -> Test:
        return self._range(">", low, "<=", high)

    def open(self, low: Term, high: Term) -> Test:
        return self._range(">", low, "<", high)

    def _range(self, above: str, low: Term, below: str, high: Term) -> Test:
        def inside(data: Data, value: Any) -> bool:
            return _compare(above, value, low(data), asks_null=False) and _compare(
                below, value, high(data), asks_null=False
            )

        return inside

    def number(self, token: Token) -> Term:
        return _Literal(Decimal(token) if "." in token else int(token))

    def string(self, token: Token) -> Term:
        return _Literal(token[1:-1].replace('\\"', '"').replace("\\\\", "\\"))

    def true(self) -> Term:
        return _Literal(True)

    def false(self) -> Term:
        return _Literal(False)

    def null(self) -> Term:
        return _Literal(None)

    def day(self, token: Token) -> Term:
        try:
            return _Literal(date.fromisoformat(token[1:-1]))
        except ValueError:
            raise UnexpectedDate((token.start_pos or 0) + 1) from None

    def path(self, *names: Token) -> Term:
        first, rest = str(names[0]), tuple(map(str, names[1:]))

        def value(data: Data) -> Any:
            found = data.get(first)
            for name in rest:
                found = found.get(name) if isinstance(found, Mapping) else None
            return found

        return value


class UnexpectedDate(Exception):  # noqa: N818 - carried out of the grammar, turned into a refusal below
    def __init__(self, column: int) -> None:
        super().__init__(column)
        self.column = column


_parser = Lark(GRAMMAR, parser="lalr", lexer="contextual", transformer=_Compiler(), maybe_placeholders=False)
_reader = Lark(GRAMMAR, parser="lalr", lexer="contextual", maybe_placeholders=False)


@lru_cache(maxsize=4096)
def compile_condition(expression: str) -> Callable[[Data], bool]:
    """`expression` as a function of data; blank means always.

    Refuses (`ConditionRefused`) what is not in the subset, naming the character.
    """
    if not expression.strip():
        return lambda data: True
    if len(expression) > LONGEST:
        raise ConditionRefused(expression=expression[:40] + "…", column=LONGEST + 1)
    try:
        term: Term = _parser.parse(expression)  # type: ignore[assignment]
    except UnexpectedInput as error:
        ended = getattr(error, "token", None) is not None and error.token.type == "$END"  # type: ignore[attr-defined]
        column = len(expression) + 1 if ended else (error.pos_in_stream or 0) + 1
        raise ConditionRefused(expression=expression, column=column) from None
    except UnexpectedDate as error:
        raise ConditionRefused(expression=expression, column=error.column) from None
    return lambda data: term(data) is True


def evaluate(expression: str, data: Data) -> bool:
    """Whether `expression` (S-FEEL) holds over `data`; blank holds always. A value that is not `true` does not hold."""
    return compile_condition(expression)(data)


def names(expression: str) -> frozenset[str]:
    """The first names of all paths in `expression`: what a checker compares with the questions a form asks."""
    compile_condition(expression)
    if not expression.strip():
        return frozenset()
    return frozenset(str(node.children[0]) for node in _reader.parse(expression).find_data("path"))
