"""Figures of the tables that decide, in rows; and the disagreements for who answers for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.queries import Disagreement, TableFigures
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties.core import Actor
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.desk.presenters.rail import Link, Rail


@dataclass(frozen=True)
class Row:
    """One version of one table for one item."""

    item: str
    table: str
    href: str  # the table in the catalogue, "" where the officer has no part in it
    print: str
    versions: str
    asked: int
    granted: int
    to_people: int
    drawn: int
    agreed: int
    disagreed: int
    reviews: int


@dataclass(frozen=True)
class Case:
    """One case in which a person disagreed."""

    href: str
    number: str
    item: str
    table: str
    table_href: str
    kind: str
    reasons: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    cases: tuple[Case, ...]
    granted: int
    to_people: int
    drawn: int
    open: int


def page(figures: Sequence[TableFigures], found: Iterable[Disagreement], actor: Actor) -> Page:
    """Everything the page shows."""
    items = {item.code: said(item.name) for item in catalogue.items()}
    drawn = sum(one.drawn for one in figures)
    return Page(
        rows=tuple(_row(one, items, actor) for one in figures),
        cases=tuple(_case(one, items, actor) for one in found),
        granted=sum(one.granted for one in figures),
        to_people=sum(one.to_people for one in figures),
        drawn=drawn,
        open=drawn - sum(one.agreed + one.disagreed for one in figures),
    )


def _row(one: TableFigures, items: dict[str, str], actor: Actor) -> Row:
    return Row(
        item=items.get(one.item_code, one.item_code),
        table=one.reference,
        href=_table(one.reference, actor),
        print=one.digest[:8] or _("没有问过"),
        versions=_("、").join(str(number) for number in one.versions),
        asked=one.asked,
        granted=one.granted,
        to_people=one.to_people,
        drawn=one.drawn,
        agreed=one.agreed,
        disagreed=one.disagreed,
        reviews=one.reviews,
    )


def _case(one: Disagreement, items: dict[str, str], actor: Actor) -> Case:
    return Case(
        href=reverse("desk:case", args=[one.case_id]) if one.case_id and actor.works_at_desk else "",
        number=words.short_number(one.number),
        item=items.get(one.item_code, one.item_code),
        table=one.reference,
        table_href=_table(one.reference, actor),
        kind=_("抽查复核") if one.kind == "recheck" else _("人工复核"),
        reasons=one.reasons,
        by=one.by_name,
        at=one.at,
    )


def _table(reference: str, actor: Actor) -> str:
    """The table's page in the catalogue, for who works there."""
    if not actor.works_on_catalogue:
        return ""
    return reverse("desk:model", args=["table", reference.partition("#")[0]])


def small_rail() -> Rail:
    """For who works on the catalogue and not at the desk."""
    lists = (
        Link(reverse("desk:models"), _("流程和决策表")),
        Link(reverse("desk:rechecks"), _("规则统计"), current=True),
    )
    return Rail(lists, ())
