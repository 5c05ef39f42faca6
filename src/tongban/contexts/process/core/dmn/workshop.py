"""What all parts of a model share while it is compiled: the language with its names and types, and what went wrong.

A fault is kept, not raised: a checker wants them all, and a decision that does not touch the faulty place still works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.refusals import CellNotRead, ExpressionNotRead, ModelRefused, TypeNotKnown
from tongban.contexts.process.core.feel import nodes as n
from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.language import Language, Run, cell_run
from tongban.contexts.process.core.feel.refusals import ExpressionRefused, ExpressionTooLarge
from tongban.contexts.process.core.feel.scope import Scope
from tongban.contexts.process.core.feel.types import ANY, BY_NAME, ContextOf, FunctionOf, ListOf, Named, Type, fitted


class Workshop:
    """One model being compiled; `others` are the compiled models it imports, by import name."""

    def __init__(self, model: m.Model, imported: Sequence[tuple[str, Workshop]]) -> None:
        self.model = model
        self.problems: list[ModelRefused] = []
        self.types: dict[str, Named] = {}
        names = set(names_of(model)) | {name for name, _ in imported}
        for name, other in imported:
            prefix = f"{name}." if name else ""
            self.types.update({f"{prefix}{known}": type_ for known, type_ in other.types.items() if "." not in known})
            names |= other.names
        self.names: frozenset[str] = frozenset(names)
        self.types.update({item.name: Named(item.name) for item in model.types})
        self.language = Language(self.names, self.types)
        for item in model.types:
            self._fill(self.types[item.name], item)

    # -- types

    def type_of(self, reference: str, element: str, line: int) -> Type:
        """The type that a typeRef names; Any for none."""
        if not reference:
            return ANY
        local = reference.rpartition(":")[2]
        for name in (reference, local):
            if name in self.types:
                return self.types[name]
            if name in BY_NAME:
                return BY_NAME[name]
        self.problems.append(TypeNotKnown(element, line, type=reference))
        return ANY

    def _fill(self, named: Named, item: m.ItemDefinition) -> None:
        base = self._base(item)
        if item.collection:
            member = Named(f"{item.name} member", base)
            member.allowed = self._allowed(item.allowed, item)
            base = ListOf(member)
            named.allowed = self._allowed(item.constraint, item)
        else:
            named.allowed = self._allowed(item.allowed or item.constraint, item)
        named.base = base if not _circular(base, named) else ANY

    def _base(self, item: m.ItemDefinition) -> Type:
        if item.components:
            entries: dict[str, Type] = {}
            for component in item.components:
                entries[component.name] = Named(component.name)
                self._fill(entries[component.name], component)  # type: ignore[arg-type]
            return ContextOf(entries, item.name)
        if item.function is not None:
            parameters, result = item.function
            types = tuple(self.type_of(parameter.type, item.name, item.line) for parameter in parameters)
            return FunctionOf(types, self.type_of(result, item.name, item.line))
        return self.type_of(item.type, item.name, item.line)

    def _allowed(self, text: str, item: m.ItemDefinition) -> Callable[[Any], bool] | None:
        if not text:
            return None
        run = self.tests(text, item.name, item.line)
        return None if run is None else lambda value: run(Scope({"?": value}), value)

    # -- expressions

    def expression(self, literal: m.Literal, element: str) -> Run:
        """A literal expression as a function; what does not parse is a problem, and null."""
        type_ = self.type_of(literal.type, element, literal.line)
        if not literal.text:
            return lambda scope: None
        try:
            run = self.language.expression(literal.text).run
        except ExpressionTooLarge as error:
            return self._broken(literal, element, str(error.params["expression"]), 1)
        except ExpressionRefused as error:
            return self._broken(literal, element, str(error.params["expression"]), int(str(error.params["column"])))
        return run if type_ is ANY else lambda scope: fitted(run(scope), type_)

    def _broken(self, literal: m.Literal, element: str, text: str, column: int) -> Run:
        self.problems.append(ExpressionNotRead(element, literal.line, expression=text, column=column))
        return lambda scope: notes.null(f"the expression at line {literal.line} cannot be read")

    def tests(self, text: str, element: str, line: int) -> Callable[[Scope, Any], bool] | None:
        """Unary tests as a function of scope and value; None, and a problem, where they don't parse."""
        try:
            return cell_run(self.language.tests(text))
        except (ExpressionRefused, ExpressionTooLarge) as error:
            column = error.params.get("column", 1)
            self.problems.append(ExpressionNotRead(element, line, expression=text[:200], column=column))
            return None

    def cell(self, table: m.Table, rule: int, place: int, literal: m.Literal) -> n.Tests | None:
        """A cell's tests; None, and a problem that says where, when it does not parse."""
        try:
            return self.language.tests(literal.text)
        except (ExpressionRefused, ExpressionTooLarge) as error:
            self.cell_problem(table, rule, place, literal, error)
            return None

    def cell_problem(
        self, table: m.Table, rule: int, place: int, literal: m.Literal, error: ExpressionRefused | ExpressionTooLarge
    ) -> None:
        """Keep that a cell does not parse."""
        column = error.params.get("column", 1)
        self.problems.append(
            CellNotRead(
                table.name,
                literal.line,
                rule=rule,
                place=place,
                expression=literal.text[:200],
                column=column,
            )
        )


def _circular(base: Type, named: Named) -> bool:
    seen = base
    for _ in range(100):
        if seen is named:
            return True
        if not isinstance(seen, Named):
            return False
        seen = seen.base
    return True


def names_of(model: m.Model) -> Iterator[str]:
    """All names that a model introduces anywhere."""
    for one in model.imports:
        yield one.name
    for item in model.types:
        yield from _names_of_item(item)
    for element in model.elements.values():
        yield element.name
        yield element.variable.name
        logic = getattr(element, "logic", None)
        if logic is not None:
            yield from _names_of_logic(logic)


def _names_of_item(item: m.ItemDefinition) -> Iterator[str]:
    yield item.name
    for component in item.components:
        yield from _names_of_item(component)


def _names_of_logic(logic: m.Expression) -> Iterator[str]:
    if isinstance(logic, m.Table):
        yield from (output.name for output in logic.outputs if output.name)
    if isinstance(logic, m.FunctionBox):
        yield from (parameter.name for parameter in logic.parameters)
    if isinstance(logic, m.Relation):
        yield from (column.name for column in logic.columns)
    if isinstance(logic, m.Loop):
        yield logic.variable
    if isinstance(logic, (m.Context, m.Invocation)):
        entries = logic.entries if isinstance(logic, m.Context) else logic.bindings
        yield from (entry.variable.name for entry in entries if entry.variable)
    for part in parts_of(logic):
        yield from _names_of_logic(part)


def parts_of(logic: m.Expression) -> Iterable[m.Expression]:
    """The boxed expressions directly inside another."""
    if isinstance(logic, m.Context):
        return [entry.value for entry in logic.entries]
    if isinstance(logic, m.Invocation):
        return [logic.function, *(entry.value for entry in logic.bindings)]
    if isinstance(logic, m.Items):
        return logic.members
    if isinstance(logic, m.Relation):
        return [cell for row in logic.rows for cell in row]
    if isinstance(logic, m.FunctionBox):
        return [logic.body]
    if isinstance(logic, m.Conditional):
        return [logic.condition, logic.then, logic.otherwise]
    return [logic.source, logic.body] if isinstance(logic, m.Loop) else []
