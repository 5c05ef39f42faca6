"""What is wrong with the tables of a model before anybody asks them: overlaps, gaps, cells that do not parse.

Inputs are independent, so two rules overlap exactly where in every column a piece of the domain passes both; a gap is
a combination of pieces that no rule passes. Each finding has an example that shows it. Cells that compute something
are never guessed at: their rules count as covering, and the finding `unjudged` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from tongban.contexts.process.core.dmn import model as m
from tongban.contexts.process.core.dmn.compiled import Part
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.contexts.process.core.dmn.domains import MOST_TESTS, Domain, Piece, domain_of
from tongban.contexts.process.core.dmn.refusals import CellNotRead, ModelRefused, TableGap, TableOverlap
from tongban.contexts.process.core.dmn.tables import TableRun
from tongban.contexts.process.core.dmn.workshop import Workshop
from tongban.contexts.process.core.feel.scope import Scope
from tongban.contexts.process.core.feel.text import plain
from tongban.contexts.process.core.feel.types import ANY, ListOf, Named, Type

#: Of one kind and table, that many are told; the rest have the same cure.
MOST: Final = 50
#: Combinations that are looked at for gaps, per table.
MOST_COMBINATIONS: Final = 200_000

#: Policies under which two hits are a mistake, and those under which none is.
_SINGLE: Final = frozenset({"UNIQUE", "ANY", "PRIORITY", "FIRST"})


@dataclass(frozen=True)
class TableFinding:
    """One finding: `kind` is overlap, gap, cell, model, unjudged or unfinished; rules and columns count from 1.

    `example` gives an input by its column's name; `where` the pieces of the domain that it stands for.
    """

    kind: str
    severity: str  # error, warning
    table: str
    line: int
    rules: tuple[int, ...] = ()
    column: int = 0
    example: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    refusal: ModelRefused | None = None


def analysed(decisions: Decisions) -> tuple[TableFinding, ...]:
    """Every finding of a model's own tables, by line; faults of the model itself first come as what they refuse."""
    found = [_of_problem(problem) for problem in decisions.problems]
    for run, shop in _tables(decisions.part):
        known = len(shop.problems)
        found += _TableAnalysis(run, shop).findings()
        del shop.problems[known:]  # what the analysis reads again is known
    return tuple(sorted(found, key=lambda one: (one.line, one.kind)))


def sound(decisions: Decisions) -> None:
    """Refuse a model with an error: what cannot be read, an overlap, a gap under a policy that wants one answer."""
    for finding in analysed(decisions):
        if finding.severity == "error" and finding.refusal is not None:
            raise finding.refusal


def _of_problem(problem: ModelRefused) -> TableFinding:
    kind = "cell" if isinstance(problem, CellNotRead) else "model"
    rule, place = problem.params.get("rule", 0), problem.params.get("place", 0)
    rules = (rule,) if isinstance(rule, int) and rule else ()
    column = place if isinstance(place, int) else 0
    return TableFinding(kind, "error", problem.element, problem.line, rules, column, refusal=problem)


def _tables(part: Part) -> Iterator[tuple[TableRun, Workshop]]:
    for node in part.nodes.values():
        yield from ((run, part.shop) for run in node.tables)


class _TableAnalysis:
    def __init__(self, run: TableRun, shop: Workshop) -> None:
        self.table = run.table
        self.domains = [
            self._domain(column, cells, shop) for column, cells in zip(run.table.inputs, run.cells, strict=True)
        ]
        self._left = MOST_COMBINATIONS

    def _domain(self, column: m.Input, cells: Sequence[Any], shop: Workshop) -> Domain:
        type_ = _type_of_column(column, shop)
        allowed: list[Callable[[Any], bool]] = [type_.admits] if isinstance(type_, Named) else []
        text = column.allowed or _allowed_text(column, shop)
        named = None
        if text:
            run = shop.tests(text, self.table.name, column.line)
            named = shop.language.tests(text) if run is not None else None
            if run is not None:
                admits = run
                allowed.append(lambda value: admits(Scope({"?": value}), value))
        return domain_of(cells, type_, allowed, named, MOST_TESTS // len(self.table.inputs))

    def findings(self) -> Iterator[TableFinding]:
        """Overlaps, gaps, and what could not be judged."""
        for place, domain in enumerate(self.domains):
            if not domain.pieces or domain.unjudged:
                rules = tuple(row + 1 for row in range(len(self.table.rules)) if domain.unjudged >> row & 1)
                yield TableFinding("unjudged", "warning", self.table.name, self.table.line, rules, place + 1)
        if not self.domains or not all(domain.pieces for domain in self.domains):
            return
        if self.table.policy in ("UNIQUE", "ANY"):
            yield from self._overlaps()
        if self.table.policy in _SINGLE and not any(output.default for output in self.table.outputs):
            yield from self._gaps()

    def _overlaps(self) -> Iterator[TableFinding]:
        unjudged = 0
        for domain in self.domains:
            unjudged |= domain.unjudged
        count = 0
        for first, rule in enumerate(self.table.rules):
            common = ~unjudged & ~((2 << first) - 1) if not unjudged >> first & 1 else 0
            for domain in self.domains:
                together = 0
                for piece in domain.pieces:
                    together |= piece.rules if piece.rules >> first & 1 else 0
                common &= together
            for second in _bits(common & ((1 << len(self.table.rules)) - 1)):
                if self.table.policy == "ANY" and _outputs(rule) == _outputs(self.table.rules[second]):
                    continue
                count += 1
                if count > MOST:
                    return
                yield self._overlap(first, second)

    def _overlap(self, first: int, second: int) -> TableFinding:
        both = 1 << first | 1 << second
        pieces = [next(piece for piece in domain.pieces if piece.rules & both == both) for domain in self.domains]
        rules = (first + 1, second + 1)
        line = self.table.rules[second].line
        example, where = self._told(pieces)
        refusal = TableOverlap(self.table.name, line, first=rules[0], second=rules[1], example=_sentence(example))
        return TableFinding("overlap", "error", self.table.name, line, rules, 0, example, where, refusal)

    def _gaps(self) -> Iterator[TableFinding]:
        for pieces in islice(self._uncovered(0, (1 << len(self.table.rules)) - 1, []), MOST):
            example, where = self._told(pieces)
            refusal = TableGap(self.table.name, self.table.line, example=_sentence(example))
            yield TableFinding("gap", "error", self.table.name, self.table.line, (), 0, example, where, refusal)
        if self._left < 0:
            yield TableFinding("unfinished", "warning", self.table.name, self.table.line)

    def _uncovered(self, place: int, rules: int, chosen: list[Piece]) -> Iterator[list[Piece]]:
        """Combinations that no rule passes; pieces that the same rules pass are looked at once."""
        self._left -= 1
        if self._left < 0:
            return
        if not rules or place == len(self.domains):
            if not rules:
                yield [*chosen, *(domain.pieces[0] for domain in self.domains[place:])]
            return
        groups: dict[int, list[Piece]] = {}
        for piece in self.domains[place].pieces:
            groups.setdefault(piece.rules & rules, []).append(piece)
        for left, pieces in groups.items():
            written = " / ".join(piece.written for piece in pieces)
            shown = Piece(_plainest(pieces).example, written, left)
            yield from self._uncovered(place + 1, left, [*chosen, shown])

    def _told(self, pieces: Sequence[Piece]) -> tuple[dict[str, Any], dict[str, str]]:
        names = [column.label for column in self.table.inputs]
        example = {name: plain(piece.example) for name, piece in zip(names, pieces, strict=True)}
        return example, {name: piece.written for name, piece in zip(names, pieces, strict=True)}


def _plainest(pieces: Sequence[Piece]) -> Piece:
    """The piece whose example is a named value rather than one between, if there is one."""
    return min(pieces, key=lambda piece: len(piece.written))


def _sentence(example: Mapping[str, Any]) -> str:
    return "，".join(f"{name} = {value}" for name, value in example.items())


def _outputs(rule: m.Rule) -> tuple[str, ...]:
    return tuple(output.text for output in rule.outputs)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _type_of_column(column: m.Input, shop: Workshop) -> Type:
    """The type of the input that a column names, else the one that the column says."""
    base, _, rest = column.expression.text.partition(".")
    found = next((one for one in shop.model.elements.values() if one.variable.name == base), None)
    if found is not None:
        type_ = shop.type_of(found.variable.type, column.label, column.line)
        for name in rest.split(".") if rest else ():
            entries = getattr(type_.plain(), "entries", {})
            type_ = entries.get(name, ANY)
        if type_ is not ANY and not isinstance(type_.plain(), ListOf):
            return type_
    return shop.type_of(column.expression.type, column.label, column.line)


def _allowed_text(column: m.Input, shop: Workshop) -> str:
    """The allowed values of the column's named type, as they are written."""
    type_ = _type_of_column(column, shop)
    return next((item.allowed for item in shop.model.types if item.name == getattr(type_, "name", "")), "")
