"""Boxed expressions, compiled to functions of the scope."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.tables import TableRun
from tongban.contexts.process.core.dmn.workshop import Workshop
from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.access import at_place, item_scope
from tongban.contexts.process.core.feel.calls import invoke
from tongban.contexts.process.core.feel.language import Run
from tongban.contexts.process.core.feel.loops import quantified, rounds
from tongban.contexts.process.core.feel.scope import Scope
from tongban.contexts.process.core.feel.types import ANY, Function, Parameter, Type, fitted

TableRuns = list[TableRun]


def compiled_logic(logic: m.Expression, name: str, shop: Workshop, tables: TableRuns) -> Run:
    """A boxed expression as a function; its tables are put into `tables`."""
    if isinstance(logic, m.Literal):
        return shop.expression(logic, name)
    run = _COMPILERS[type(logic)](logic, name, shop, tables)
    type_ = shop.type_of(logic.type, name, logic.line)
    if type_ is ANY or isinstance(logic, m.FunctionBox):
        return run
    return lambda scope: fitted(run(scope), type_)


def _table(logic: m.Table, name: str, shop: Workshop, tables: TableRuns) -> Run:
    made = TableRun(logic, shop)
    tables.append(made)
    return made


def _context(logic: m.Context, name: str, shop: Workshop, tables: TableRuns) -> Run:
    entries: list[tuple[str | None, Type, Run]] = []
    for entry in logic.entries:
        run = compiled_logic(entry.value, name, shop, tables)
        if entry.variable is None or not entry.variable.name:
            entries.append((None, ANY, run))
        else:
            # what an entry that holds a function says is the type of the function, which its definition says itself
            said = ANY if isinstance(entry.value, m.FunctionBox) else shop.type_of(
                entry.variable.type, name, entry.variable.line
            )  # fmt: skip
            entries.append((entry.variable.name, said, run))

    def run_context(scope: Scope) -> Any:
        made: dict[str, Any] = {}
        inner = Scope(made, scope)
        for key, type_, run in entries:
            value = run(inner)
            if key is None:
                return value
            made[key] = fitted(value, type_)
        return made

    return run_context


def _invocation(logic: m.Invocation, name: str, shop: Workshop, tables: TableRuns) -> Run:
    function = compiled_logic(logic.function, name, shop, tables)
    names = [binding.variable.name for binding in logic.bindings if binding.variable]
    arguments = [compiled_logic(binding.value, name, shop, tables) for binding in logic.bindings]

    def run(scope: Scope) -> Any:
        called = function(scope)
        return invoke(called, [argument(scope) for argument in arguments], names, scope.running)

    return run


def _items(logic: m.Items, name: str, shop: Workshop, tables: TableRuns) -> Run:
    members = [compiled_logic(member, name, shop, tables) for member in logic.members]
    return lambda scope: [member(scope) for member in members]


def _relation(logic: m.Relation, name: str, shop: Workshop, tables: TableRuns) -> Run:
    types = [shop.type_of(column.type, name, column.line) for column in logic.columns]
    names = [column.name for column in logic.columns]
    rows = [[compiled_logic(cell, name, shop, tables) for cell in row] for row in logic.rows]

    def run(scope: Scope) -> Any:
        return [
            {key: fitted(cell(scope), type_) for key, type_, cell in zip(names, types, row, strict=True)}
            for row in rows
        ]

    return run


def function_of(
    logic: m.FunctionBox, name: str, shop: Workshop, tables: TableRuns, result: Type = ANY
) -> Callable[[Scope], Function]:
    """A function definition as a maker of functions that see the scope they were made in."""
    parameters = tuple(Parameter(one.name, shop.type_of(one.type, name, one.line)) for one in logic.parameters)
    names = tuple(one.name for one in parameters)
    body = compiled_logic(logic.body, name, shop, tables)
    known = logic.kind == "FEEL"

    def make(scope: Scope) -> Function:
        def call(*arguments: Any) -> Any:
            if not known:
                return notes.null(f"functions of kind {logic.kind} are not called")
            return fitted(body(Scope(dict(zip(names, arguments, strict=True)), scope)), result)

        return Function(parameters, result, call)

    return make


def _function(logic: m.FunctionBox, name: str, shop: Workshop, tables: TableRuns) -> Run:
    return function_of(logic, name, shop, tables)


def _conditional(logic: m.Conditional, name: str, shop: Workshop, tables: TableRuns) -> Run:
    condition, then, otherwise = (
        compiled_logic(part, name, shop, tables) for part in (logic.condition, logic.then, logic.otherwise)
    )
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


def _loop(logic: m.Loop, name: str, shop: Workshop, tables: TableRuns) -> Run:
    source = compiled_logic(logic.source, name, shop, tables)
    body = compiled_logic(logic.body, name, shop, tables)
    iterators = [(logic.variable, source, None)]
    if logic.kind == "filter":
        return lambda scope: _filtered(source(scope), body, scope)
    if logic.kind != "for":
        return lambda scope: quantified(iterators, body, scope, every=logic.kind == "every")

    def run(scope: Scope) -> list[Any] | None:
        made: list[Any] = []
        for inner in rounds(iterators, scope, {"partial": made}):
            if inner is None:
                return None
            made.append(body(inner))
        return made

    return run


def _filtered(members: Any, body: Run, scope: Scope) -> Any:
    if members is None:
        return notes.null("null is filtered")
    members = members if isinstance(members, list) else [members]
    made = []
    for member in members:
        scope.running.spend()
        kept = body(item_scope(member, scope))
        if isinstance(kept, Decimal):
            return at_place(members, kept)
        if not isinstance(kept, bool):
            return notes.null("the condition of a filter is neither true nor false")
        if kept:
            made.append(member)
    return made


_COMPILERS: Final[dict[type[m.Expression], Callable[[Any, str, Workshop, TableRuns], Run]]] = {
    m.Table: _table,
    m.Context: _context,
    m.Invocation: _invocation,
    m.Items: _items,
    m.Relation: _relation,
    m.FunctionBox: _function,
    m.Conditional: _conditional,
    m.Loop: _loop,
}
