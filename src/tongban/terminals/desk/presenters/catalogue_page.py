"""The page of one version of an item: its head with the steps of its life and the next act, its rows, its effects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.cases import queries as cases
from tongban.contexts.catalogue import queries
from tongban.contexts.catalogue.core.findings import Finding
from tongban.contexts.catalogue.core.life import Draft, LifeStage, VersionRow
from tongban.contexts.catalogue.core.versions import ItemNotListed
from tongban.contexts.parties.core import Actor
from tongban.kernel.clock import CHINA
from tongban.terminals.common.presenters import words as shared
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.common.requests import new_request_id
from tongban.terminals.desk.elements.paths import Path, address, record
from tongban.terminals.desk.presenters import catalogue_common as common
from tongban.terminals.desk.presenters import catalogue_history
from tongban.terminals.desk.presenters import catalogue_rows as rows
from tongban.terminals.desk.presenters.rail import Link


@dataclass(frozen=True)
class Step:
    """One step of the life in the head: "done", "on" or "" (still to come)."""

    words: str
    state: str


@dataclass(frozen=True)
class Act:
    """Something to press: a link, or a form that posts. `key` is its letter on the keyboard."""

    name: str
    href: str
    post: bool = False
    key: str = ""
    primary: bool = False
    danger: bool = False


@dataclass(frozen=True)
class Head:
    name: str
    tag: str
    sub: str
    steps: tuple[Step, ...]
    acts: tuple[Act, ...]
    note: str  # what the last reviewer wrote with a version given back
    code: str
    stream_id: str


@dataclass(frozen=True)
class Impact:
    """What publishing or cancelling reaches, in words."""

    lines: tuple[str, ...]
    packages: tuple[str, ...] = ()
    items: tuple[tuple[str, str], ...] = ()  # name, address


@dataclass(frozen=True)
class View:
    """A version with everything a page needs of it, read once."""

    draft: Draft
    old: dict[str, Any] | None
    findings: tuple[Finding, ...]
    hands: common.Hands
    actor: Actor
    now: datetime

    @property
    def editable(self) -> bool:
        return self.draft.row.stage is LifeStage.DRAFT and self.hands.drafts


def view(stream_id: str, *, actor: Actor, now: datetime) -> View:
    """Read a version, the one it follows, and what the checker says. Refuses `NotFound`."""
    draft = queries.draft(stream_id, actor=actor)
    row = draft.row
    old = queries.source_of(row.code, row.base) if row.base else None
    open_ = row.stage in (
        LifeStage.DRAFT, LifeStage.DEPARTMENT_REVIEW, LifeStage.LEGAL_REVIEW, LifeStage.APPROVED
    )  # fmt: skip
    findings = queries.check_draft(draft.content, row.code, today=now.astimezone(CHINA).date()) if open_ else ()
    return View(draft, old, findings, common.hands(actor, row.agency), actor, now)


def page(shown: View, *, only_changes: bool = False, edits: bool = True) -> dict[str, Any]:
    """The context of `desk/catalogue/version.html`."""
    sheet = rows.sheet(
        shown.draft.content, shown.old, shown.findings, common.around(), _linker(shown, edits=edits),
        only_changes=only_changes,
    )  # fmt: skip
    return {
        "nav": "catalogue",
        "head": head(shown, sheet),
        "sheet": sheet,
        "compared": shown.old is not None,
        "number": shown.draft.row.number,
        "base": shown.draft.row.base,
        "only_changes": only_changes,
        "checked": shown.draft.row.stage not in (LifeStage.PUBLISHED, LifeStage.SUPERSEDED, LifeStage.CANCELLED),
        "impact": impact(shown.draft.row.code, shown.draft.row.number, shown.actor),
        "editable": shown.editable,
        "rail": common.rail(shown.actor, "", parts=parts(shown, sheet)),
        "stream_id": shown.draft.row.stream_id,
        "request_id": new_request_id(),
        "imported": tuple((str(name), str(cell)) for name, cell in record(shown.draft.content.get("imported")).items()),
        "history": catalogue_history.history(shown.draft.history),
    }


def _linker(shown: View, *, edits: bool) -> rows.Link:
    def link(path: Path) -> str:
        if not (edits and shown.editable):
            return ""
        return reverse("desk:catalogue_edit", args=[shown.draft.row.stream_id, address(path)])

    return link


# -- head --------------------------------------------------------------------------------------------------------------


def head(shown: View, sheet: rows.Sheet) -> Head:
    """The head of the page, with the one next act first."""
    row = shown.draft.row
    content = shown.draft.content
    power = content.get("power")
    facts = [
        shared.power_words(power) if isinstance(power, str) and power else "",
        common.organ_name(row.agency),
        _in_force(row.code, row.number),
        row.code,
    ]
    returned = row.stage is LifeStage.DRAFT and shown.draft.state.note
    return Head(
        name=said(row.name),
        tag=_tag(shown),
        sub=" · ".join(filter(None, facts)),
        steps=_steps(row.stage),
        acts=_acts(shown, sheet),
        note=shown.draft.state.note if returned else "",
        code=row.code,
        stream_id=row.stream_id,
    )


def without_acts(found: Head) -> Head:
    """The head of a page that has its own button."""
    return replace(found, acts=())


def _tag(shown: View) -> str:
    row = shown.draft.row
    if row.stage is LifeStage.DRAFT:
        return _("第 %(n)s 版草稿") % {"n": row.number}
    return _("第 %(n)s 版，%(stage)s") % {"n": row.number, "stage": common.stage_words(row)}


def _in_force(code: str, number: int) -> str:
    try:
        current = queries.current(code)
    except ItemNotListed:
        return _("还没有现行版本")
    day = current.published_at.astimezone(CHINA).date().isoformat()
    if current.item.version == number:
        return _("%(day)s 起现行") % {"day": day}
    return _("现行第 %(n)s 版自 %(day)s") % {"n": current.item.version, "day": day}


def _steps(stage: LifeStage) -> tuple[Step, ...]:
    at = next((n for n, (_words, stages) in enumerate(common.STEPS) if stage in stages), -1)
    return tuple(
        Step(_(words), "on" if n == at else "done" if n < at else "") for n, (words, _stages) in enumerate(common.STEPS)
    )


def _acts(shown: View, sheet: rows.Sheet) -> tuple[Act, ...]:
    """The one next act first, then the others that are possible now."""
    row, hands, made = shown.draft.row, shown.hands, [shown.draft.row.stream_id]
    found: list[Act] = []
    if row.stage is LifeStage.DRAFT and hands.drafts:
        if sheet.first is not None:
            found.append(Act(_("改下一处拦下的"), _stop(sheet), key="n", primary=True))
        elif sheet.errors:
            found.append(Act(_("看拦下的"), "#general", key="n", primary=True))
        else:
            found.append(Act(_("送部门审"), reverse("desk:catalogue_submit", args=made), True, primary=True))
    if hands.waits_for(row.stage):
        names = {
            LifeStage.DEPARTMENT_REVIEW: _("去部门审"),
            LifeStage.LEGAL_REVIEW: _("去法制审"),
            LifeStage.APPROVED: _("改公布日期") if row.effective_from else _("去公布"),
        }
        found.append(Act(names[row.stage], reverse("desk:catalogue_review", args=made), primary=True))
    if row.stage is LifeStage.PUBLISHED:
        found.append(Act(_("看事项"), reverse("desk:catalogue_item", args=[row.code])))
    return tuple(found)


def _stop(sheet: rows.Sheet) -> str:
    """The form of the first thing that stops the draft. What is wrong with a whole list has none: it stands on the
    sheet; an empty list begins with its first member."""
    first = sheet.first
    if first is None:
        return "#general" if sheet.errors else ""
    members = (row for group in sheet.groups for row in group.rows if row.path[:-1] == first.path and not row.removed)
    return f"#{first.id}" if first.adds and any(members) else first.href


def next_stop(shown: View) -> str:
    """The address of the form of the next thing that stops the draft; of its page when nothing does."""
    around = common.around()
    sheet = rows.sheet(shown.draft.content, shown.old, shown.findings, around, _linker(shown, edits=True))
    at, page = _stop(sheet), reverse("desk:catalogue_version", args=[shown.draft.row.stream_id])
    return at if at.startswith("/") else page + at


def parts(shown: View, sheet: rows.Sheet) -> tuple[Link, ...]:
    """This item in the rail: its rows, its source, what was done to it."""
    row = shown.draft.row
    made = [row.stream_id]
    stops = _("%(n)s 拦") % {"n": sheet.errors} if sheet.errors else ""
    found = [Link(reverse("desk:catalogue_version", args=made), _("要素"), stops, current=True)]
    if shown.editable:
        found.append(Link(reverse("desk:catalogue_source", args=made), _("源文本")))
    if not shown.hands.waits_for(row.stage) and row.stage is not LifeStage.DRAFT:
        found[0] = replace(found[0], count="")
    found.append(Link(reverse("desk:catalogue_version", args=made) + "#log", _("经过"), str(len(shown.draft.history))))
    found.append(Link(reverse("desk:catalogue_item", args=[row.code]), _("各版本")))
    if _may_abandon(shown):
        found.append(Link(reverse("desk:catalogue_abandon", args=made), _("放弃草稿")))
    return tuple(found)


def _may_abandon(shown: View) -> bool:
    open_ = shown.draft.state.is_open
    return open_ and (shown.hands.drafts or shown.hands.publishes)


# -- what it reaches ---------------------------------------------------------------------------------------------------


def impact(code: str, number: int, actor: Actor) -> Impact:
    """What a new version of `code` reaches: open cases by version, packages, items that refer to it, search phrases."""
    found = queries.touched(code)
    lines = [
        ngettext("在办 %(n)s 件按第 %(v)s 版办完", "在办 %(n)s 件按第 %(v)s 版办完", count) % {"n": count, "v": version}
        for version, count in sorted(cases.open_by_version(code, actor=actor).items())
        if version != number
    ]
    lines += [
        words % {"n": n}
        for n, words in (
            (len(found.packages), ngettext("%(n)s 个“一件事”含有它", "%(n)s 个“一件事”含有它", len(found.packages))),
            (len(found.items), ngettext("%(n)s 个事项提到它", "%(n)s 个事项提到它", len(found.items))),
            (len(found.phrases), ngettext("%(n)s 个常用说法会搜到它", "%(n)s 个常用说法会搜到它", len(found.phrases))),
        )
        if n
    ]
    named = {item.code: said(item.name) for item in queries.items()}
    packages = {one.id: said(one.name) for one in queries.beside().packages}
    return Impact(
        tuple(lines) or (_("没有在办件，也没有别的事项提到它"),),
        tuple(packages.get(one, one) for one in found.packages),
        tuple((named.get(one, one), reverse("desk:catalogue_item", args=[one])) for one in found.items),
    )


# -- versions of an item -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Version:
    href: str
    number: int
    stage: str
    since: str
    until: str
    digest: str


def item(code: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """The context of `desk/catalogue/item.html`: an item with its versions. Refuses `ItemNotListed`."""
    found = queries.versions_of(code)
    if not found:
        raise ItemNotListed(item=code)
    current = next((one for one in found if one.stage is LifeStage.PUBLISHED), None)
    agency = queries.current(code).item.agency if current else ""
    content = queries.source_of(code, found[0].number) if not current else queries.source_of(code, current.number)
    agency = agency or str(content.get("agency", ""))
    hands = common.hands(actor, agency)
    on_the_way = next((one for one in queries.drafts(actor=actor, limit=common.MOST_DRAFTS) if one.code == code), None)
    sheet = rows.sheet(content, None, (), common.around(), lambda path: "")
    return {
        "nav": "catalogue",
        "name": said(found[0].name),
        "code": code,
        "sub": " · ".join(filter(None, (common.organ_name(agency), code))),
        "in_force": current is not None,
        "ends": _day(current.ends_on) if current and current.ends_on else "",
        "sheet": sheet,
        "versions": versions(found),
        "draft": reverse("desk:catalogue_version", args=[on_the_way.stream_id]) if on_the_way else "",
        "draft_stage": common.stage_words(on_the_way) if on_the_way else "",
        "may_open": hands.drafts and on_the_way is None,
        "may_cancel": hands.publishes and current is not None,
        "next_number": max(one.number for one in found) + 1,
        "impact": impact(code, 0, actor),
        "rail": common.rail(actor, ""),
        "request_id": new_request_id(),
    }


def versions(found: tuple[VersionRow, ...]) -> tuple[Version, ...]:
    """Every version that was, is or will be in force."""
    return tuple(
        Version(
            href=reverse("desk:catalogue_version", args=[one.stream_id]),
            number=one.number,
            stage=_stage(one),
            since=_day(one.effective_from or one.published_at),
            until=_day(one.ended_at or one.ends_on),
            digest=one.digest,
        )
        for one in found
    )


def _stage(one: VersionRow) -> str:
    return {
        LifeStage.APPROVED: _("等到那天公布"),
        LifeStage.PUBLISHED: _("现行"),
        LifeStage.SUPERSEDED: _("已被替代"),
        LifeStage.CANCELLED: _("已取消"),
    }.get(one.stage, "")


def _day(value: Any) -> str:
    if value is None:
        return ""
    return (value.astimezone(CHINA).date() if isinstance(value, datetime) else value).isoformat()
