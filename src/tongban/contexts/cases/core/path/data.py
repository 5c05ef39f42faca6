"""What conditions and tables of a route may name."""

from __future__ import annotations

from typing import Any

from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.materials import typed_values


def route_data(state: CaseState, item: Item, outcome: str = "") -> dict[str, Any]:
    """The answers; of each finished task `<node>_outcome` and `<act>_outcome`; what tables answered as `<node>_result`,
    the entries of a context by their own names too (an answer of the form goes before one of the same name) and its
    `outcome` as `<node>_outcome`; and `outcome` of the step that is being left.

    An activity of several speaks by the result of its round alone ("pass" or "fail").
    """
    data: dict[str, Any] = {}
    for ruling in state.rulings:
        if isinstance(ruling.result, dict):
            data |= ruling.result
    data |= typed_values(item, state.values)
    for ruling in state.rulings:
        data[f"{ruling.node}_result"] = ruling.result
        if (said := outcome_of(ruling.result)) is not None:
            data[f"{ruling.node}_outcome"] = said
    for task in state.tasks:
        if task.done_at is not None:
            data[f"{task.node}_outcome"] = task.outcome
            if not task.round:
                data[f"{task.act}_outcome"] = task.outcome
    for result in state.round_results:
        data[f"{result.node}_outcome"] = "pass" if result.agreed else "fail"
    if outcome:
        data["outcome"] = outcome
    return data


def outcome_of(result: Any) -> str | None:
    """The entry `outcome` of what a table answered, where it has one."""
    said = result.get("outcome") if isinstance(result, dict) else None
    return said if isinstance(said, str) else None
