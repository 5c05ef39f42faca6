"""The worktable, the list of what was done, and what was found: rows, groups, filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.views import CaseLine, TaskLine, Worktable, WorktableFilter
from tongban.contexts.cases.queries import COUNT_CAP
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role
from tongban.contexts.process import queries as process
from tongban.kernel.workdays import Calendar
from tongban.terminals.common.presenters import lamps, words
from tongban.terminals.common.presenters.languages import either, language, said
from tongban.ui import dates

#: Band -> lamp.
BANDS = {"late": "over", "today": "today", "soon": "soon", "calm": "ok", "stopped": "pause"}
_ACTS = {
    Role.REVIEWER: ("review", "inspect", "opinion", "recheck", "verify", "special"),
    Role.APPROVER: ("decide", "extend", "recuse", "look_again", "special"),
    Role.CHIEF_REPRESENTATIVE: ("decide",),
}


@dataclass(frozen=True)
class Row:
    """One task in the list. `used` is None where no promise is counted."""

    case_id: str
    href: str
    preview: str
    lamp: lamps.Lamp
    until: str
    used: int | None
    promised: int | None
    item: str
    applicant: str
    step: str
    channel: str
    tail: str


@dataclass(frozen=True)
class Group:
    lamp: str
    name: str
    note: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Tab:
    """A band as a filter, with its count."""

    href: str
    lamp: str
    name: str
    count: str
    current: bool


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Page:
    """The worktable page."""

    groups: tuple[Group, ...]
    tabs: tuple[Tab, ...]
    acts: tuple[Option, ...]
    items: tuple[Option, ...]
    chosen: WorktableFilter
    current: Row | None
    more: str
    first: str
    total: str


def page(found: Worktable, chosen: WorktableFilter, actor: Actor, today: date, *, current: str = "") -> Page:
    """Everything the worktable shows of `found`. The row of case `current`, else the first, is the one beside it."""
    calendar, items = process.calendar(), {item.code: item for item in catalogue.items()}
    rows = [_row(line, items, today, calendar, chosen) for line in found.lines]
    groups = tuple(
        Group(BANDS[band], band_name(band), _group_note(band, found.counts), tuple(run))
        for band, run in groupby(rows, key=lambda row: row.lamp.band)
    )
    return Page(
        groups=groups,
        tabs=_tabs(found.counts, chosen),
        acts=_act_options(actor, chosen),
        items=_item_options(actor, items, chosen),
        chosen=chosen,
        current=next((row for row in rows if row.case_id == current), rows[0] if rows else None),
        more=_address(chosen, after=found.more) if found.more else "",
        first=_address(chosen, after="") if chosen.after else "",
        total=_capped(found.counts.values()),
    )


def _row(line: TaskLine, items: Mapping[str, Item], today: date, calendar: Calendar, chosen: WorktableFilter) -> Row:
    item = items.get(line.item_code)
    used, promised = _used(line, item, today, calendar)
    return Row(
        case_id=line.case_id,
        href=f"{reverse('desk:case', args=[line.case_id])}?{urlencode({'task': line.task})}",
        preview=_address(chosen, after=chosen.after, case=line.case_id),
        lamp=lamps.of_day(line.due, today, stopped=line.stopped),
        until=dates.dense_day(line.due, language()) if line.due and not line.stopped else "",
        used=used,
        promised=promised,
        item=said(item.name) if item else line.item_code,
        applicant=line.applicant_name,
        step=either(line.name, line.name_en),
        channel=words.channel_words(line.channel),
        tail=words.short_number(line.number),
    )


def _used(line: TaskLine, item: Item | None, today: date, calendar: Calendar) -> tuple[int | None, int | None]:
    """Days used of the promise, in its own working days; nothing where it is stopped or counted otherwise."""
    limit = item.promised if item else None
    if limit is None or limit.unit != "workday" or limit.value == 0:
        return None, None
    if line.promised_due is None:
        return None, limit.value
    if line.promised_due < today:
        return limit.value + max(1, calendar.count_workdays(line.promised_due, today)), limit.value
    return max(0, limit.value - calendar.count_workdays(today, line.promised_due)), limit.value


def band_name(band: str) -> str:
    return {
        "late": _("超期"),
        "today": _("今天到期"),
        "soon": _("3 个工作日内"),
        "calm": _("宽裕"),
        "stopped": _("停表"),
    }[band]


def _group_note(band: str, counts: Mapping[str, int]) -> str:
    count = _("%(n)s 件") % {"n": _capped([counts.get(band, 0)])}
    return _("%(count)s · 不计时，原因已书面告知") % {"count": count} if band == "stopped" else count


def _capped(counts: Iterable[int]) -> str:
    """A count that stops at the cap is told as such; so is a sum with such a part."""
    found = list(counts)
    return "99+" if any(one >= COUNT_CAP for one in found) or sum(found) >= COUNT_CAP else str(sum(found))


def _tabs(counts: Mapping[str, int], chosen: WorktableFilter) -> tuple[Tab, ...]:
    whole = Tab(_address(chosen, band=""), "", _("全部"), _capped(counts.values()), not chosen.band)
    bands = (
        Tab(_address(chosen, band=band), lamp, band_name(band), _capped([counts.get(band, 0)]), chosen.band == band)
        for band, lamp in BANDS.items()
    )
    return (whole, *bands)


def acts_of(actor: Actor) -> tuple[str, ...]:
    """The acts an officer may find on the worktable."""
    return tuple(act for role, acts in _ACTS.items() if actor.has(role) for act in acts)


def _act_options(actor: Actor, chosen: WorktableFilter) -> tuple[Option, ...]:
    return tuple(Option(act, words.act_words(act), act == chosen.act) for act in acts_of(actor))


def _item_options(actor: Actor, items: Mapping[str, Item], chosen: WorktableFilter) -> tuple[Option, ...]:
    """Items that the officer's organ is in charge of, or has a part in."""
    organ = parties.agencies().get(actor.agency)
    base = organ.base if organ else actor.agency
    mine = [
        item for item in items.values()
        if item.handling is not None and (base == item.agency or base in item.handling.agencies.values())
    ]  # fmt: skip
    return tuple(Option(item.code, said(item.name), item.code == chosen.item) for item in mine)


def _address(chosen: WorktableFilter, *, band: str | None = None, after: str = "", case: str = "") -> str:
    wanted = {
        "band": chosen.band if band is None else band, "act": chosen.act, "item": chosen.item, "q": chosen.words,
        "after": after, "case": case,
    }  # fmt: skip
    kept = {name: value for name, value in wanted.items() if value}
    return reverse("desk:worktable") + (f"?{urlencode(kept)}" if kept else "")


def address(**filters: str) -> str:
    """The worktable under `filters`."""
    return _address(WorktableFilter(**filters))


# -- other lists -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DoneRow:
    href: str
    at: object
    step: str
    outcome: str
    item: str
    applicant: str
    tail: str


def done_rows(lines: Sequence[TaskLine]) -> tuple[DoneRow, ...]:
    """What the officer did."""
    items = {item.code: item for item in catalogue.items()}
    return tuple(
        DoneRow(
            href=reverse("desk:case", args=[line.case_id]),
            at=line.done_at,
            step=either(line.name, line.name_en),
            outcome=words.outcome_words(line.outcome),
            item=said(items[line.item_code].name) if line.item_code in items else line.item_code,
            applicant=line.applicant_name,
            tail=words.short_number(line.number),
        )
        for line in lines
    )


@dataclass(frozen=True)
class FoundRow:
    href: str
    item: str
    applicant: str
    number: str
    tail: str
    state: str
    lamp: lamps.Lamp | None
    submitted: object


def found_rows(lines: Sequence[CaseLine], today: date) -> tuple[FoundRow, ...]:
    """Cases that were looked for."""
    items = {item.code: item for item in catalogue.items()}
    return tuple(_found(line, items, today) for line in lines)


def _found(line: CaseLine, items: Mapping[str, Item], today: date) -> FoundRow:
    due = line.promised_due or line.legal_due
    runs = line.closed_at is None and (due is not None or line.stopped)
    return FoundRow(
        href=reverse("desk:case", args=[line.id]),
        item=said(items[line.item_code].name) if line.item_code in items else line.item_code,
        applicant=line.applicant_name,
        number=line.number,
        tail=words.short_number(line.number),
        state=words.ending_words(line.ending) or words.phase_words(line.phase),
        lamp=lamps.of_day(due, today, stopped=line.stopped) if runs else None,
        submitted=line.submitted_at,
    )
