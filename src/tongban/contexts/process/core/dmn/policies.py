"""The seven hit policies and the aggregations: what a table answers, given the rules that hit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.builtins.figures import max_, min_, sum_
from tongban.contexts.process.core.feel.compare import equal

#: Which hits count, by policy: all of them are reported, these make the result.
SINGLE: Final = frozenset({"UNIQUE", "ANY", "PRIORITY", "FIRST"})


def chosen(
    policy: str, hits: list[int], rows: dict[int, list[Any]], priorities: Sequence[list[Any]]
) -> list[int] | None:
    """The hits that make the result, in its order; None where the policy is broken (two unique hits, two opinions)."""
    if policy == "UNIQUE" and len(hits) > 1:
        return notes.null("more than one rule hits a table of unique hits")
    if policy == "ANY" and any(equal(rows[hit], rows[hits[0]]) is not True for hit in hits[1:]):
        return notes.null("the rules that hit have different outputs")
    if policy in ("PRIORITY", "OUTPUT ORDER"):
        hits = sorted(hits, key=lambda hit: _rank(rows[hit], priorities))
    return hits[:1] if policy in SINGLE else hits


def _rank(row: Sequence[Any], priorities: Sequence[list[Any]]) -> list[int]:
    return [
        next((place for place, one in enumerate(values) if equal(one, value) is True), len(values))
        for values, value in zip(priorities, row, strict=True)
    ]


def aggregated(aggregation: str, values: list[Any]) -> Any:
    """One figure of the collected outputs."""
    if aggregation == "COUNT":
        return Decimal(len(values))
    return {"SUM": sum_, "MIN": min_, "MAX": max_}[aggregation](values)


def nothing(policy: str, aggregation: str) -> Any:
    """What a table without default answers when no rule hits."""
    if aggregation == "COUNT":
        return Decimal(0)
    return [] if policy in ("COLLECT", "RULE ORDER", "OUTPUT ORDER") and not aggregation else None
