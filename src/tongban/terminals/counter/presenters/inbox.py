"""Home of the window: what waits, nearest deadline first; results of a search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.views import CaseLine, DraftView, TaskLine, Worktable, WorktableFilter
from tongban.contexts.cases.queries import COUNT_CAP
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor
from tongban.terminals.common.presenters import lamps, words
from tongban.terminals.common.presenters.languages import language, said
from tongban.ui import dates

#: Acts a window does; the order of the tabs.
ACTS = ("intake", "deliver")


@dataclass(frozen=True)
class Row:
    """One case in a list of the window."""

    href: str
    lamp: str
    words: str
    until: str
    item: str
    applicant: str
    step: str
    note: str
    tail: str


@dataclass(frozen=True)
class Unfinished:
    """A reception that was kept for later."""

    href: str
    item: str
    applicant: str
    at: datetime


def rows(table: Worktable, today: date) -> tuple[Row, ...]:
    """The open tasks of a page."""
    return tuple(_row(line, today) for line in table.lines)


def _row(line: TaskLine, today: date) -> Row:
    waits = line.act == "intake" and line.stopped
    lamp = lamps.of_day(line.due, today)
    return Row(
        href=reverse("counter:case", args=[line.case_id]),
        lamp="pause" if waits else lamp.name,
        words=_("等申请人补正") if waits else lamp.words,
        until=dates.dense_day(line.due, language()) if line.due else "",
        item=item_name(line.item_code),
        applicant=line.applicant_name,
        step=words.act_words(line.act),
        note=words.channel_words(line.channel),
        tail=words.short_number(line.number),
    )


def item_name(code: str) -> str:
    """What an item is called, also one that is no longer on the list."""
    known = {item.code: item for item in catalogue.items()}
    return said(known[code].name) if code in known else code


def case_rows(lines: Iterable[CaseLine], today: date) -> tuple[Row, ...]:
    """Cases that were looked for, or that belong to a party."""
    return tuple(_case_row(line, today) for line in lines)


def _case_row(line: CaseLine, today: date) -> Row:
    status = words.line_status(line, today)
    due = line.promised_due or line.legal_due
    running = line.closed_at is None and due is not None
    lamp = lamps.of_day(due, today, stopped=line.stopped) if running else None
    if line.waits_applicant:
        name, text = "today", _("等申请人补正") if line.phase == "correcting" else _("等申请人答复")
    elif lamp is not None:
        name, text = lamp.name, lamp.words
    else:
        name, text = ("y" if line.ending == "granted" else "ok"), status.words
    return Row(
        href=reverse("counter:case", args=[line.id]),
        lamp=name,
        words=text,
        until=dates.dense_day(due, language()) if due and running else "",
        item=item_name(line.item_code),
        applicant=line.applicant_name,
        step=words.phase_words(line.phase),
        note=dates.day(line.submitted_at, language()),
        tail=words.short_number(line.number),
    )


def unfinished(drafts: Iterable[DraftView]) -> tuple[Unfinished, ...]:
    """Receptions kept for later, with the names of the applicants."""
    found = tuple(drafts)
    names = parties.parties(draft.principal for draft in found) if found else {}
    return tuple(
        Unfinished(
            href=reverse("counter:draft", args=[draft.id]),
            item=said(draft.item.name),
            applicant=names[draft.principal].name if draft.principal in names else "",
            at=draft.updated_at,
        )
        for draft in found
    )


def tabs(chosen: WorktableFilter) -> tuple[dict[str, object], ...]:
    """All, to receive, to hand over."""
    names = [("", _("全部")), *((act, words.act_words(act)) for act in ACTS)]
    return tuple({"href": _address(act=act), "text": name, "current": chosen.act == act} for act, name in names)


def counts(table: Worktable, chosen: WorktableFilter) -> tuple[dict[str, object], ...]:
    """How many by deadline; each opens its own list."""
    bands = (
        ("late", "over", _("超期 %(n)s")),
        ("today", "today", _("今天 %(n)s")),
        ("soon", "soon", _("三天内 %(n)s")),
        ("calm", "ok", _("不急 %(n)s")),
        ("stopped", "pause", _("等补正 %(n)s")),
    )
    return tuple(
        {
            "lamp": lamp,
            "words": text % {"n": _capped(table.counts.get(band, 0))},
            "href": _address(act=chosen.act, band="" if chosen.band == band else band),
            "current": chosen.band == band,
        }
        for band, lamp, text in bands
    )


def _capped(count: int) -> str:
    return f"{COUNT_CAP - 1}+" if count >= COUNT_CAP else str(count)


def more(table: Worktable, chosen: WorktableFilter) -> str:
    """The address of the next page, "" at the end."""
    return _address(act=chosen.act, band=chosen.band, after=table.more) if table.more else ""


def _address(**given: str) -> str:
    kept = {name: value for name, value in given.items() if value}
    home = reverse("counter:home")
    return f"{home}?{urlencode(kept)}" if kept else home


def authorised(actor: Actor) -> tuple[str, ...] | None:
    """What this window receives, by name; None for a window that receives everything."""
    if "*" in actor.window_items:
        return None
    return tuple(item_name(code) for code in sorted(actor.window_items))
