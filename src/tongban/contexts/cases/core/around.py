"""What a written act names beside the case, and how its facts are made: shared by the papers of every area."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from tongban.contexts.cases.core.state import CaseState, Owed
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.documents.core.acts import DocumentFacts
from tongban.kernel.clock import CHINA


@dataclass(frozen=True)
class Remedies:
    """Where an adverse act can be challenged: reconsideration organ and court (行政复议法 20, 行政诉讼法 46)."""

    review_organ: str
    court: str


@dataclass(frozen=True)
class Around:
    """What a paper names beside the case: organs' and officers' names, remedies."""

    item: Item
    remedies: Remedies


#: How the facts of one kind of document follow from the case.
Facts = Callable[[CaseState, Owed, Around, DocumentFacts], DocumentFacts]


def day(moment: datetime | None) -> date | None:
    """The day in official time, whatever zone the moment came in."""
    return moment.astimezone(CHINA).date() if moment is not None else None


def minute(moment: datetime) -> str:
    """The minute in official time, as papers print it."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
