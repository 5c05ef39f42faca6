"""What a grant brings: a signed paper, or the decision alone, which ends the case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tongban.contexts.cases.core import events as e
from tongban.contexts.cases.core.state import Ending
from tongban.contexts.catalogue.core.items import Item

#: Results that are issued as a signed paper with a code; the rest (money, a connection) have the decision alone.
PAPERS = ("licence", "approval", "certificate", "registration")


def has_paper(item: Item) -> bool:
    """Whether a grant of this item is followed by a licence or another signed paper, which then closes the case."""
    return item.result.kind in PAPERS


def closing(item: Item, *, outcome: str, at: datetime) -> list[Any]:
    """`Closed`, where the decision ends the case; nothing where a paper is still to be made."""
    if outcome == "grant" and has_paper(item):
        return []
    return [e.Closed(ending=Ending.GRANTED if outcome == "grant" else Ending.DENIED, at=at)]
