"""Decision tables: compiled once, then answered by looking each input up in its column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.columns import Column
from tongban.contexts.process.core.dmn.policies import aggregated, chosen, nothing
from tongban.contexts.process.core.dmn.workshop import Workshop
from tongban.contexts.process.core.feel import nodes as n
from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.language import Run
from tongban.contexts.process.core.feel.refusals import ExpressionRefused, ExpressionTooLarge
from tongban.contexts.process.core.feel.scope import MISSING, Scope
from tongban.contexts.process.core.feel.types import fitted

_NOWHERE: Final = Scope({})


@dataclass(frozen=True, slots=True)
class Hit:
    """A table's answer once: its inputs' values, the rules that hit, those that made the result, and the result."""

    table: m.Table
    values: tuple[Any, ...]
    hits: tuple[int, ...]  # from 0
    chosen: tuple[int, ...]
    result: Any
    refused_input: int | None = None  # the column whose value is not among its input values


class TableRun:
    """A table as a function of the scope."""

    def __init__(self, table: m.Table, shop: Workshop) -> None:
        self.table = table
        self.cells = [
            [shop.cell(table, row + 1, place + 1, rule.inputs[place]) for row, rule in enumerate(table.rules)]
            for place in range(len(table.inputs))
        ]
        self._inputs = [
            (
                _plain_name(column, shop),
                shop.expression(column.expression, table.name),
                Column(cells),
                self._allowed(column, shop),
            )
            for column, cells in zip(table.inputs, self.cells, strict=True)
        ]
        self._types = [shop.type_of(output.type, table.name, output.line) for output in table.outputs]
        self._nodes: list[n.Node | None] = []  # of the outputs
        self._rows = [self._row(index, rule, shop) for index, rule in enumerate(table.rules)]
        self._default = [
            shop.expression(output.default, table.name) if output.default else None for output in table.outputs
        ]
        self._priorities = [self._listed(output, shop) for output in table.outputs]
        self._names = [output.name or output.label for output in table.outputs]
        self._all = (1 << len(table.rules)) - 1
        self._ready = self._constants()

    def _allowed(self, column: m.Input, shop: Workshop) -> Any:
        return shop.tests(column.allowed, self.table.name, column.line) if column.allowed else None

    def _constants(self) -> list[Any]:
        """The result of each rule alone, where all are constants of a single output; else nothing."""
        single = self.table.policy in ("UNIQUE", "ANY", "PRIORITY", "FIRST") and len(self.table.outputs) == 1
        if not single or not all(isinstance(node, n.Literal) for node in self._nodes):
            return []
        return [self._outputs(row, _NOWHERE)[0] for row in range(len(self._rows))]

    def _row(self, index: int, rule: m.Rule, shop: Workshop) -> list[Run]:
        made = []
        for place, literal in enumerate(rule.outputs):
            try:
                if literal.text:
                    self._nodes.append(shop.language.expression(literal.text).node)
                else:
                    self._nodes.append(None)
                made.append(shop.expression(literal, self.table.name))
            except (ExpressionRefused, ExpressionTooLarge) as error:
                shop.cell_problem(self.table, index + 1, len(self.table.inputs) + place + 1, literal, error)
                self._nodes.append(None)
                made.append(_unreadable)
        return made

    def _listed(self, output: m.Output, shop: Workshop) -> list[Any]:
        """The values of an output in their order of priority."""
        if not output.allowed:
            return []
        try:
            tests = shop.language.tests(output.allowed)
        except (ExpressionRefused, ExpressionTooLarge):
            shop.tests(output.allowed, self.table.name, output.line)
            return []
        return [test.value for test in tests.tests if isinstance(test, n.Literal)]

    def __call__(self, scope: Scope) -> Any:
        """The table's answer."""
        values: list[Any] = []
        mask = self._all
        names = scope.names
        for place, (name, run, column, allowed) in enumerate(self._inputs):
            value = names.get(name, MISSING)
            if value is MISSING:
                value = run(scope)
            values.append(value)
            if allowed is not None and value is not None and not allowed(scope, value):
                notes.null(f"the value of “{self.table.inputs[place].label}” is not among those allowed")
                return self._tell(scope, values, [], [], None, place)
            if mask:
                mask = column.passed(value, mask, scope)
        hits = []
        while mask:
            low = mask & -mask
            hits.append(low.bit_length() - 1)
            mask ^= low
        return self._answer(scope, values, hits)

    def _answer(self, scope: Scope, values: list[Any], hits: list[int]) -> Any:
        table = self.table
        if not hits:
            return self._tell(scope, values, [], [], self._nothing(scope))
        if self._ready and (len(hits) == 1 or table.policy == "FIRST"):
            return self._tell(scope, values, hits, hits[:1], self._ready[hits[0]])
        wanted = hits[:1] if table.policy == "FIRST" else hits
        rows = {hit: self._outputs(hit, scope) for hit in wanted}
        picked = chosen(table.policy, wanted, rows, self._priorities)
        if picked is None:
            return self._tell(scope, values, hits, [], None)
        results = [self._shaped(rows[hit]) for hit in picked]
        if table.aggregation:
            result = aggregated(table.aggregation, results)
        else:
            result = results[0] if table.policy in ("UNIQUE", "ANY", "PRIORITY", "FIRST") else results
        return self._tell(scope, values, hits, picked, result)

    def _outputs(self, hit: int, scope: Scope) -> list[Any]:
        return [fitted(run(scope), type_) for run, type_ in zip(self._rows[hit], self._types, strict=True)]

    def _shaped(self, row: list[Any]) -> Any:
        return row[0] if len(row) == 1 else dict(zip(self._names, row, strict=True))

    def _nothing(self, scope: Scope) -> Any:
        if any(run is not None for run in self._default):
            result = self._shaped([run(scope) if run is not None else None for run in self._default])
            return result if self.table.policy not in ("COLLECT", "RULE ORDER", "OUTPUT ORDER") else [result]
        notes.null("no rule hits")
        return nothing(self.table.policy, self.table.aggregation)

    def _tell(
        self,
        scope: Scope,
        values: list[Any],
        hits: list[int],
        picked: list[int],
        result: Any,
        refused: int | None = None,
    ) -> Any:
        trace = scope.running.trace
        if trace is not None:
            trace.append(Hit(self.table, tuple(values), tuple(hits), tuple(picked), result, refused))
        return result


def _plain_name(column: m.Input, shop: Workshop) -> str:
    """The name that a column's expression is, if it is nothing more and has no type to be fitted to; else ""."""
    if column.expression.type:
        return ""
    try:
        node = shop.language.expression(column.expression.text).node
    except (ExpressionRefused, ExpressionTooLarge):
        return ""  # told where the expression is compiled
    return node.name if isinstance(node, n.Name) else ""


def _unreadable(scope: Scope) -> None:
    return notes.null("the cell cannot be read")
