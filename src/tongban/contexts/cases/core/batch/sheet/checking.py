"""Whether each row can become a case: the rules of the form, and nobody twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tongban.contexts.cases.core.answers import asked, problem
from tongban.contexts.cases.core.batch.sheet.columns import columns_of
from tongban.contexts.cases.core.batch.sheet.reading import Problem, Row
from tongban.contexts.cases.core.batch.sheet.values import Value
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.materials import needed_materials, typed_values

MISSING = "material_missing"


def checked(item: Item, common: Mapping[str, Value], rows: Iterable[Row], *, known: Mapping[str, int]) -> list[Row]:
    """Every row with all that is wrong in it; `known` are the people (identity number -> row) who stay in the draft."""
    columns = columns_of(item)
    first = dict(known)
    found = []
    for row in rows:
        typed = typed_values(item, {**common, **row.values})
        wrong = {one.field for one in row.problems}
        problems = list(row.problems)
        kept = dict(row.values)
        for field in columns.fields:
            if field.id in wrong:
                continue
            if not asked(field, typed):
                kept.pop(field.id, None)
            elif reason := problem(field, row.values):
                problems.append(Problem(field.id, reason))
        number = str(kept.get(columns.number, ""))
        if number in first:
            problems.append(Problem(columns.number, "duplicate", str(first[number])))
        elif number:
            first[number] = row.number
        order = {field.id: place for place, field in enumerate(columns.fields)}
        problems.sort(key=lambda one: order.get(one.field, len(order)))
        found.append(replace(row, values=kept, problems=tuple(problems)))
    return found


def lacking(item: Item, common: Mapping[str, Value], values: Mapping[str, Value], given: Iterable[str]) -> list[str]:
    """Ids of the materials that a person's case could not be filed without, and that are not there."""
    have = set(given)
    needed = needed_materials(item, {**common, **values})
    return [one.material.id for one in needed if one.must_bring and one.material.id not in have]
