"""The page that asks one element, and the page of the whole source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core import rights
from tongban.contexts.catalogue.core.findings import Finding
from tongban.contexts.catalogue.queries.life import decisions, organ_of, routes
from tongban.contexts.parties.core import Actor
from tongban.foundation.ledger.contract import Recorded
from tongban.kernel.refusals import NotFound
from tongban.terminals.common.presenters.languages import either, language, said
from tongban.terminals.desk.elements import paths, words
from tongban.terminals.desk.elements.differences import Run, pairs, runs
from tongban.terminals.desk.elements.fields import Around
from tongban.terminals.desk.elements.paths import NEW, Content, Path, Target
from tongban.terminals.desk.elements.shapes import Element, element
from tongban.terminals.desk.forms_catalogue import Form
from tongban.terminals.desk.presenters import catalogue_common as common
from tongban.terminals.desk.presenters import catalogue_page as pages
from tongban.terminals.desk.presenters import catalogue_rows as rows
from tongban.ui import dates
from tongban.ui.forms.reading import Value

Told = tuple[tuple[str, tuple[Run, ...]], ...]


@dataclass(frozen=True)
class Member:
    href: str
    name: str
    words: str


@dataclass(frozen=True)
class Nested:
    """A list or part with pages of its own, beneath the questions of its owner."""

    label: str
    hint: str
    members: tuple[Member, ...]
    add: str  # address of a new one, "" where there can't be another
    add_words: str


@dataclass(frozen=True)
class Move:
    """A button beside "save": what it does, and whether it takes something away."""

    do: str
    name: str
    danger: bool = False


def around(place: Target) -> Around:
    """What the choices of `place` depend on; routes and tables only where one is chosen."""
    kinds = {one.kind for one in place.inline}
    drawn = [(key, key) for key in sorted(routes())] if "route" in kinds else []
    return common.around(routes=drawn, tables=_tables() if "table" in kinds else ())


def _tables() -> list[tuple[str, str]]:
    """The references that an item may name, each with what the decision is called."""
    found = []
    for key, file in sorted(decisions().items()):
        names = file.decisions.top()
        for name in names:
            named = file.decisions.node(name).element
            title = either(named.label or name, named.label_en)
            found.append((key if len(names) == 1 else f"{key}#{name}", f"{key} · {title}"))
    return found


def around_new(actor: Actor) -> Around:
    """The organs that this officer may begin an item for."""
    known, organ = common.around(), organ_of(actor)
    mine = tuple(pair for pair in known.agencies if rights.may_draft(actor, organ, pair[0]))
    return Around(agencies=mine or ((organ, common.organ_name(organ)),), powers=known.powers)


def begun(values: dict[str, Value]) -> dict[str, Any]:
    """The content a new item begins with."""
    name = {language: str(values.get(f"name-{language}", "")) for language in ("zh", "en")}
    return {
        "code": str(values["code"]).upper(),
        "name": {language: text for language, text in name.items() if text},
        "power": str(values["power"]),
        "agency": str(values["agency"]),
    }


# -- one element -------------------------------------------------------------------------------------------------------


def page(shown: pages.View, place: Target, form: Form) -> dict[str, Any]:
    """The context of `desk/catalogue/edit.html`."""
    known = common.around()
    name = paths.spoken(place.path)
    told = [rows.said(one) for one in shown.findings if not place.new and _inside(one, name)]
    return {
        "nav": "catalogue",
        "title": title(place),
        "form": form,
        "item": said(shown.draft.row.name),
        "tag": _("第 %(n)s 版草稿") % {"n": shown.draft.row.number},
        "back": way_back(shown.draft.row.stream_id, place),
        "nested": () if place.new else tuple(_nested(one, place, known, shown) for one in place.nested),
        "nested_later": place.new and bool(place.nested),
        "findings": told,
        "before": _before(shown, place, known),
        "saved": _said(place, place.values, known) if form.status == 409 else (),
        "moves": _moves(place),
        "stopped": any(one.severity == "error" for one in shown.findings),
        "rail": common.rail(shown.actor, ""),
    }


def title(place: Target) -> str:
    """What is edited: 承诺时限, 申请材料 2."""
    if place.index is None:
        return place.last.label
    if place.new:
        return _("%(what)s：加一条") % {"what": place.last.label}
    return _("%(label)s %(n)s") % {"label": place.last.label, "n": place.index + 1}


def _inside(finding: Finding, name: str) -> bool:
    field = finding.place.field
    return field == name or field.startswith((f"{name}.", f"{name}["))


def _owner_page(path: Path) -> Path:
    """The path of the page from which `path` is reached; () = the sheet of the version."""
    on_sheet = 3 if path[:2] in (("handling", "form"), ("handling", "special")) else 2
    if len(path) <= on_sheet:
        return ()
    return path[:-2] if isinstance(path[-1], int) or path[-1] == NEW else path[:-1]


def way_back(stream_id: str, place: Target, do: str = "") -> str:
    """Where one goes on after `do`: the page of the owner for what is nested, else the row on the sheet. A new member
    with lists of its own is opened again, to fill them."""
    at = place.path
    if place.index is not None:
        at = (*at[:-1], place.index + {"up": -1, "down": 1}.get(do, 0))
    if place.new and place.nested and do not in ("", "none"):
        return reverse("desk:catalogue_edit", args=[stream_id, paths.address(at)])
    if owner := _owner_page(at):
        return reverse("desk:catalogue_edit", args=[stream_id, paths.address(owner)])
    if do in ("delete", "none") or (place.new and not do):
        at = at[:-1] if place.index is not None else at
    return reverse("desk:catalogue_version", args=[stream_id]) + "#r-" + "-".join(str(step) for step in at)


def _nested(one: Element, place: Target, known: Around, shown: pages.View) -> Nested:
    made = shown.draft.row.stream_id

    def link(*steps: str | int) -> str:
        return reverse("desk:catalogue_edit", args=[made, paths.address((*place.path, *steps))])

    value = place.values.get(one.name)
    if one.kind == "record":
        text = words.summary(one, value, known) if value else ""
        only = Member(link(one.name), one.label, text or _("没有写"))
        return Nested(one.label, one.hint, (only,), "", "")
    members = tuple(
        Member(link(one.name, n), f"{n + 1}  {words.title(one, each, known)}", words.summary(one, each, known))
        for n, each in enumerate(paths.members(value))
    )
    return Nested(one.label, one.hint, members, link(one.name, NEW), _("加一条"))


def _before(shown: pages.View, place: Target, known: Around) -> Told:
    """What the version in force says at the same place, element by element."""
    if shown.old is None or place.new:
        return ()
    values = _old_values(shown.old, shown.draft.content, place)
    return _said(place, values, known) if values is not None else ()


def _said(place: Target, values: Content, known: Around) -> Told:
    found = []
    for one in place.inline:
        value = values.get(one.name, one.default)
        text = words.both(value) if one.kind in ("said", "short") else words.said(one, value, known)
        if text:
            found.append((one.label, runs(None, text)))
    return tuple(found)


def _old_values(old: Content, new: Content, place: Target) -> Content | None:
    """The values of the version in force; a member of a list is found by what it is called, wherever it stood."""
    if place.index is None:
        try:
            return paths.target(old, place.path).values
        except NotFound:
            return None
    if len(place.path) != 2:
        return None
    name = str(place.path[0])
    for was, _n, _now, number in pairs(place.last, old.get(name), new.get(name)):
        if number == place.index:
            return paths.record(was) if was is not None else None
    return None


def _moves(place: Target) -> tuple[Move, ...]:
    if place.new:
        none = place.path[:1] == ("materials",) and not place.count
        return (Move("none", _("一份也不用交")),) if none else ()
    found = []
    if place.index is not None and place.index > 0:
        found.append(Move("up", _("上移")))
    if place.index is not None and place.index + 1 < place.count:
        found.append(Move("down", _("下移")))
    if place.whole:
        found.append(Move("delete", _("删掉这一条") if place.index is not None else _("整项不写"), danger=True))
    return tuple(found)


def after(content: Content, place: Target, values: dict[str, Any], do: str) -> dict[str, Any]:
    """The content after the answers, and after the button that was pressed."""
    if do == "delete":
        return paths.remove(content, place)
    if do == "none" and place.new and not place.count:  # said outright: nobody brings a paper
        return {**content, str(place.path[0]): []}
    if place.new:
        values = _keyed(content, place, values)
    whole = paths.put(content, place, values)
    if do in ("up", "down") and place.index is not None:
        return paths.move(whole, place, -1 if do == "up" else 1)
    return whole


def _keyed(content: Content, place: Target, values: dict[str, Any]) -> dict[str, Any]:
    """A new member that needs a key and has none gets the next free one."""
    needs = element(place.owner, "id")
    if needs is None or needs.kind != "slot" or values.get("id"):
        return values
    prefix = place.owner.__name__.lower()
    taken = str(content)
    number = next(n for n in range(place.count + 1, place.count + 1000) if f"'{prefix}_{n}'" not in taken)
    return {"id": f"{prefix}_{number}", **values}


def conflict(last: Recorded) -> str:
    """Who has saved meanwhile, and that nothing typed is lost."""
    who = common.person(getattr(last.event, "by", ""))
    return _(
        "%(who)s 在 %(at)s 改过这份草稿，您的改动还没有保存。您填的都在下面；看过对方的改动，要存就再按一次保存。"
    ) % {
        "who": who,
        "at": dates.moment(last.at, language()),
    }


# -- the whole source --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wrong:
    line: int
    message: str
    advice: str


def source_page(shown: pages.View, form: Form, wrong: tuple[Finding, ...]) -> dict[str, Any]:
    """The context of `desk/catalogue/source.html`."""
    told = [(one.place.line, rows.said(one)) for one in wrong]
    return {
        "nav": "catalogue",
        "form": form,
        "item": said(shown.draft.row.name),
        "tag": _("第 %(n)s 版草稿") % {"n": shown.draft.row.number},
        "back": reverse("desk:catalogue_version", args=[shown.draft.row.stream_id]),
        "wrong": [Wrong(line, one.message, one.advice) for line, one in told],
        "rail": common.rail(shown.actor, ""),
    }
