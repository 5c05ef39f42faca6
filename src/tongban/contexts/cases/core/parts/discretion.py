"""Values of discretion: what the decider found and chose, and what the published table said to it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Chosen:
    """For one matter of discretion of the item: the circumstances that the form does not ask, as found, and the amount
    chosen in yuan ("" = within the band)."""

    id: str
    amount: str = ""
    found: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Weighed:
    """What the table said, and what was chosen: recorded with the decision. `low` and `high` are "" where the table
    gave no answer; `digest` is that of the table's file."""

    id: str
    table: str
    digest: str
    step: str
    low: str
    high: str
    amount: str
    departs: bool
    basis: tuple[str, ...] = ()
    found: dict[str, str] = field(default_factory=dict)
