"""Turns an expression into nested Python functions, once; running it then looks up names and calls them.

No text is handed to Python. What FEEL calls an error becomes null, with a note for who listens (notes.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tongban.contexts.process.core.feel import nodes as n
from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.access import filtered, member
from tongban.contexts.process.core.feel.arithmetic import OPERATIONS, negative
from tongban.contexts.process.core.feel.builtins.registry import BUILTINS
from tongban.contexts.process.core.feel.calls import invoke
from tongban.contexts.process.core.feel.compare import equal, less, less_or_equal, not_, same_kind, satisfies, within
from tongban.contexts.process.core.feel.inference import infer
from tongban.contexts.process.core.feel.loops import quantified, rounds
from tongban.contexts.process.core.feel.scope import MISSING, Scope
from tongban.contexts.process.core.feel.types import Function, Parameter
from tongban.contexts.process.core.feel.values import Range

Run = Callable[[Scope], Any]

COMPARISONS: Final[dict[str, Callable[[Any, Any], bool | None]]] = {
    "=": equal,
    "!=": lambda left, right: not_(equal(left, right)),
    "<": less,
    "<=": less_or_equal,
    ">": lambda left, right: less(right, left),
    ">=": lambda left, right: less_or_equal(right, left),
}


def compiled(node: n.Node) -> Run:
    """`node` as a function of the scope it runs in."""
    return _BY_KIND[type(node)](node)


def _literal(node: n.Literal) -> Run:
    value = node.value
    return lambda scope: value


def _name(node: n.Name) -> Run:
    name = node.name
    builtin = BUILTINS.get(name)

    def run(scope: Scope) -> Any:
        found = scope.find(name)
        if found is not MISSING:
            return found
        return builtin if builtin is not None else notes.null(f"“{name}” is not known here")

    return run


def _path(node: n.Path) -> Run:
    base, name = compiled(node.base), node.name
    return lambda scope: member(base(scope), name)


def _filter(node: n.Filter) -> Run:
    base, condition = compiled(node.base), compiled(node.condition)
    logical = isinstance(node.condition, (n.Compare, n.And, n.Or, n.In, n.Between, n.Quantified, n.InstanceOf))
    return lambda scope: filtered(base(scope), condition, scope, logical=logical)


def _call(node: n.Call) -> Run:
    function = compiled(node.function)
    arguments = [compiled(argument) for argument in node.arguments]
    names = node.names

    def run(scope: Scope) -> Any:
        called = function(scope)
        return invoke(called, [argument(scope) for argument in arguments], names, scope.running)

    return run


def _negative(node: n.Negative) -> Run:
    value = compiled(node.value)
    return lambda scope: negative(value(scope))


def _arithmetic(node: n.Arithmetic) -> Run:
    left, right, operation = compiled(node.left), compiled(node.right), OPERATIONS[node.sign]
    return lambda scope: operation(left(scope), right(scope))


def _compare(node: n.Compare) -> Run:
    left, right, comparison = compiled(node.left), compiled(node.right), COMPARISONS[node.sign]
    return lambda scope: comparison(left(scope), right(scope))


def _between(node: n.Between) -> Run:
    value, low, high = compiled(node.value), compiled(node.low), compiled(node.high)

    def run(scope: Scope) -> bool | None:
        first, last = low(scope), high(scope)
        return within(value(scope), Range(first, last)) if first is not None and last is not None else None

    return run


def _unary_value(node: n.UnaryTest) -> Run:
    """An operator and a value, standing for themselves: a range open to one side."""
    value, sign = compiled(node.value), node.sign

    def run(scope: Scope) -> Range | None:
        end = value(scope)
        if end is None or sign == "!=":
            return None
        if sign == "=":
            return Range(end, end)
        return Range(None, end, False, sign == "<=") if sign[0] == "<" else Range(end, None, sign == ">=", False)

    return run


def passing(node: n.Node, *, whole: bool = True) -> Callable[[Scope, Any], bool | None]:
    """A unary test as a function of the scope and the value that is tested."""
    if isinstance(node, n.UnaryTest):
        end, comparison = compiled(node.value), COMPARISONS[node.sign]
        return lambda scope, value: comparison(value, end(scope))
    run, asks, bounds = compiled(node), mentions_value(node), isinstance(node, n.RangeNode)

    def test(scope: Scope, value: Any) -> bool | None:
        result = run(scope)
        if result is None and bounds:
            return None
        if isinstance(result, bool) and (asks or not isinstance(value, bool)):
            return result
        return satisfies(value, result, whole=whole)

    return test


def mentions_value(node: Any) -> bool:
    """Whether the expression speaks of `?`, the value that is tested."""
    if isinstance(node, n.Name):
        return node.name == "?"
    if isinstance(node, tuple):
        return any(map(mentions_value, node))
    if isinstance(node, (n.Node, n.Iterator)):
        return any(mentions_value(getattr(node, part)) for part in node.__slots__)
    return False


def _in(node: n.In) -> Run:
    value = compiled(node.value)
    tests = [passing(test, whole=len(node.tests) > 1) for test in node.tests]

    def run(scope: Scope) -> bool | None:
        return any_of(scope, value(scope), tests)

    return run


def any_of(scope: Scope, value: Any, tests: list[Callable[[Scope, Any], bool | None]]) -> bool | None:
    """Whether one of the tests passes; null when none does and one cannot be told."""
    answer: bool | None = False
    for test in tests:
        passed = test(scope, value)
        if passed is True:
            return True
        if passed is None:
            answer = None
    return answer


def _tests(node: n.Tests) -> Run:
    tests, negated = [passing(test) for test in node.tests], node.negated

    def run(scope: Scope) -> bool | None:
        passed = any_of(scope, scope.find("?"), tests) if tests else True
        return passed is not True if negated else passed

    return run


def _and(node: n.And) -> Run:
    left, right = compiled(node.left), compiled(node.right)

    def run(scope: Scope) -> bool | None:
        first = left(scope)
        if first is False:
            return False
        second = right(scope)
        if second is False:
            return False
        return True if first is True and second is True else None

    return run


def _or(node: n.Or) -> Run:
    left, right = compiled(node.left), compiled(node.right)

    def run(scope: Scope) -> bool | None:
        first = left(scope)
        if first is True:
            return True
        second = right(scope)
        if second is True:
            return True
        return False if first is False and second is False else None

    return run


def _if(node: n.If) -> Run:
    condition, then, otherwise = compiled(node.condition), compiled(node.then), compiled(node.otherwise)
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


def _for(node: n.For) -> Run:
    result = compiled(node.result)
    iterators = [_iterator(iterator) for iterator in node.iterators]

    def run(scope: Scope) -> list[Any] | None:
        made: list[Any] = []
        for inner in rounds(iterators, scope, {"partial": made}):
            if inner is None:
                return None
            value = result(inner)
            if isinstance(value, str):
                scope.running.spend(len(value) // 100)  # a thousand long texts are much, too
            made.append(value)
        return made

    return run


def _iterator(node: n.Iterator) -> tuple[str, Run, Run | None]:
    return node.name, compiled(node.source), compiled(node.end) if node.end is not None else None


def _quantified(node: n.Quantified) -> Run:
    condition, every = compiled(node.condition), node.every
    iterators = [_iterator(iterator) for iterator in node.iterators]
    return lambda scope: quantified(iterators, condition, scope, every=every)


def _lambda(node: n.Lambda) -> Run:
    parameters = tuple(Parameter(name, kind) for name, kind in node.parameters)
    names = tuple(name for name, _ in node.parameters)
    result = infer(node.body, dict(node.parameters))
    body = compiled(node.body)

    def run(scope: Scope) -> Function:
        def call(*arguments: Any) -> Any:
            return body(Scope(dict(zip(names, arguments, strict=True)), scope))

        def outside(*arguments: Any) -> None:
            return notes.null("functions outside the language are not called")

        return Function(parameters, result, outside if node.external else call)

    return run


def _instance_of(node: n.InstanceOf) -> Run:
    value, kind = compiled(node.value), node.type

    def run(scope: Scope) -> bool:
        found = value(scope)
        return kind.name == "Null" if found is None else kind.holds(found)

    return run


def _list(node: n.ListNode) -> Run:
    members = [compiled(entry) for entry in node.members]
    return lambda scope: [entry(scope) for entry in members]


def _context(node: n.ContextNode) -> Run:
    entries = [(name, compiled(entry)) for name, entry in node.entries]
    unique = len({name for name, _ in entries}) == len(entries)

    def run(scope: Scope) -> dict[str, Any] | None:
        if not unique:
            return notes.null("a context names an entry twice")
        made: dict[str, Any] = {}
        inner = Scope(made, scope)
        for name, entry in entries:
            made[name] = entry(inner)
        return made

    return run


def _range(node: n.RangeNode) -> Run:
    low, high = compiled(node.low), compiled(node.high)
    low_closed, high_closed = node.low_closed, node.high_closed

    def run(scope: Scope) -> Range | None:
        first, last = low(scope), high(scope)
        if not same_kind(first, last):
            return notes.null("the ends of a range are not of one kind")
        return Range(first, last, low_closed, high_closed)

    return run


_BY_KIND: Final[dict[type[n.Node], Callable[[Any], Run]]] = {
    n.Literal: _literal,
    n.Name: _name,
    n.Path: _path,
    n.Filter: _filter,
    n.Call: _call,
    n.Negative: _negative,
    n.Arithmetic: _arithmetic,
    n.Compare: _compare,
    n.Between: _between,
    n.UnaryTest: _unary_value,
    n.In: _in,
    n.Tests: _tests,
    n.And: _and,
    n.Or: _or,
    n.If: _if,
    n.For: _for,
    n.Quantified: _quantified,
    n.Lambda: _lambda,
    n.InstanceOf: _instance_of,
    n.ListNode: _list,
    n.ContextNode: _context,
    n.RangeNode: _range,
}
