"""Ways to a goal: a package ("open a restaurant") or one item with all it needs; and the city's graph of papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.beside import Package
from tongban.contexts.catalogue.core.graph import GraphReport, Plan, Step, days
from tongban.contexts.catalogue.core.guidance import Answers, kept_among
from tongban.contexts.catalogue.core.guidance import questions as of_item
from tongban.contexts.catalogue.core.items import Field, Item
from tongban.terminals.common.presenters import ways
from tongban.terminals.common.presenters.answers import shown
from tongban.terminals.common.presenters.languages import agency_of_item, said
from tongban.terminals.portal import forms
from tongban.ui.forms import BoundField, bind, read
from tongban.ui.forms.reading import Posted
from tongban.ui.pictures import GoalWay, Web, goal_text

#: So many lines of a ranking are shown; the command prints all.
_MOST = 12


@dataclass(frozen=True)
class WayPage:
    """The page of one goal. While questions are open, `way` is None and `maybe` lists what may belong to it."""

    goal: str
    name: str
    short: str
    lead: str
    package: bool
    fields: tuple[BoundField, ...]
    kept: tuple[tuple[str, str], ...]
    chips: tuple[str, ...]
    change: str
    maybe: list[dict[str, str]]
    way: GoalWay | None
    lines: tuple[str, ...]
    rows: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    papers: list[dict[str, str]]
    papers_title: str
    blocked: list[str]
    first: dict[str, str] | None


def questions(goal: str) -> tuple[Field, ...]:
    """What must be known before the way can be drawn: a package's questions, or an item's. Refuses `ItemNotListed`."""
    package = _package(goal)
    return package.questions if package else of_item(catalogue.current(goal).item)


def answers_in(goal: str, query: Posted) -> dict[str, str | list[str]]:
    """The answers in an address, only those of this goal's questions and among what they offer."""
    asked = questions(goal)
    return kept_among(asked, read(forms.questions(asked), query).values)


def page(goal: str, answers: Answers, *, change: bool = False) -> WayPage:
    """Everything the page of `goal` shows for these answers. Refuses `ItemNotListed`, `UnknownGoal`."""
    package = _package(goal)
    item = None if package else catalogue.current(goal).item
    asked = questions(goal)
    open_ = [field for field in asked if field.id not in answers]
    ready = not open_ and not change
    plan = catalogue.way(goal, answers) if ready else None
    offices = _offices(plan) if plan else {}
    drawn = ways.goal_way(plan, offices, catalogue.papers()) if plan and plan.steps else None
    now = asked if change else open_
    return WayPage(
        goal=goal,
        name=said(package.name if package else item.name if item else None),
        short=said(package.short if package else item.short if item else None),
        lead=agency_of_item(package.lead if package else item.agency if item else ""),
        package=package is not None,
        fields=bind(forms.questions(now), answers),
        kept=() if change else tuple(_pairs(answers)),
        chips=tuple(_chip(field, answers[field.id]) for field in asked if field.id in answers) if not change else (),
        change=f"{reverse('portal:way', args=[goal])}?{urlencode([*_pairs(answers), ('change', '1')])}",
        maybe=_maybe(package) if package and not ready else [],
        way=drawn,
        lines=goal_text(drawn) if drawn else (),
        rows=[_row(step, offices) for step in plan.steps] if plan else [],
        figures=_figures(plan) if plan else [],
        papers=_papers(plan) if plan else [],
        papers_title=_papers_title(plan) if plan else "",
        blocked=[said(catalogue.paper_names().get(code)) or code for code in plan.blocked] if plan else [],
        first=_first(plan) if plan else None,
    )


def overview() -> list[dict[str, Any]]:
    """Every package, for `ui/pack.html`."""
    return [
        {
            "href": reverse("portal:way", args=[package.id]),
            "name": said(package.name),
            "note": said(package.short),
            "lines": min(len(package.items), 5),
        }
        for package in catalogue.packages()
    ]


def _package(goal: str) -> Package | None:
    return next((one for one in catalogue.packages() if one.id == goal), None)


def _items() -> Mapping[str, Item]:
    return {item.code: item for item in catalogue.items()}


def _offices(plan: Plan) -> dict[str, str]:
    return {step.agency: agency_of_item(step.agency, short=True) for step in plan.steps if step.agency}


def _pairs(answers: Answers) -> list[tuple[str, str]]:
    return [(name, one) for name, value in answers.items() for one in (value if isinstance(value, list) else [value])]


def _chip(field: Field, answer: Any) -> str:
    """An answer as it can be read alone: a bare yes or no comes with its question."""
    words = shown(field, answer)
    bare = {option.value for option in field.options} == {"yes", "no"}
    return f"{said(field.label)} {words}" if bare else words


def _maybe(package: Package) -> list[dict[str, str]]:
    known = _items()
    return [
        {
            "href": reverse("portal:guide", args=[member.item]),
            "name": said(known[member.item].name),
            "note": agency_of_item(known[member.item].agency, short=True),
        }
        for member in package.items
    ]


def _row(step: Step, offices: Mapping[str, str]) -> dict[str, Any]:
    item = _items().get(step.code)
    issuer = next((said(paper.issuer) for paper in catalogue.papers() if paper.code == step.code), "")
    names = catalogue.paper_names()
    return {
        "href": reverse("portal:guide", args=[step.code]) if item else "",
        "apply": reverse("portal:apply", args=[step.code]) if item and item.can_be_handled else "",
        "name": said(step.name),
        "office": offices.get(step.agency) or issuer,
        "after": _("、").join(said(names.get(code)) or code for code in step.after),
        "days": _days(step.finish - step.start) if not step.outside else "",
    }


def _days(value: Fraction) -> str:
    number = days(value)
    if not number:
        return _("当天")
    return ngettext("%(n)s 个工作日", "%(n)s 个工作日", int(number) if number == 1 else 2) % {"n": number}


def _figures(plan: Plan) -> list[dict[str, Any]]:
    """One thing after another against all at once, each paper once; what saves nothing is not shown."""
    found = [
        _figure(_("时间"), _("个工作日"), plan.serial_days, plan.parallel_days),
        _figure(_("要带的材料"), _("份"), Fraction(plan.asked_papers), Fraction(len(plan.carried))),
    ]
    return [one for one in found if one["width"] < 100]


def _figure(name: str, unit: str, apart: Fraction, together: Fraction) -> dict[str, Any]:
    width = round(100 * together / apart) if apart else 100
    label = _("一件一件办要 %(a)s %(unit)s，一起办要 %(b)s %(unit)s")
    params = {"a": days(apart), "b": days(together), "unit": unit}
    return {
        "name": name,
        "value": days(together),
        "unit": unit,
        "width": width,
        "apart": _("一件一件办：%(a)s %(unit)s") % params,
        "label": label % params,
    }


def _papers(plan: Plan) -> list[dict[str, str]]:
    known = _items()
    found = []
    for one in sorted(plan.carried, key=lambda paper: -len(paper.items)):
        names = [said(known[code].name) for code in one.items if code in known]
        tag = _("%(n)s 件共用") % {"n": len(names)} if len(names) > 1 else ""
        found.append(
            {"name": said(one.name), "tag": tag, "text": _("用于：%(items)s") % {"items": _("、").join(names)}}
        )
    return found


def _papers_title(plan: Plan) -> str:
    if not plan.asked_papers:
        return _("什么材料都不用带")
    if plan.asked_papers == len(plan.carried):
        return ngettext("要准备 %(n)s 份材料", "要准备 %(n)s 份材料", plan.asked_papers) % {"n": plan.asked_papers}
    return _("%(all)s 份材料，您只要准备 %(own)s 份") % {"all": plan.asked_papers, "own": len(plan.carried)}


def _first(plan: Plan) -> dict[str, str] | None:
    """What can be begun here and now: the first step that is handled on the platform."""
    known = _items()
    for step in plan.steps:
        item = known.get(step.code)
        if item is not None and item.can_be_handled:
            return {"href": reverse("portal:apply", args=[step.code]), "name": said(item.name)}
    return None


# -- the city ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CityPage:
    """Who needs whose paper: the picture, circles in words, rankings, and where one can go."""

    web: Web
    circles: list[dict[str, Any]]
    chain: list[dict[str, str]]
    chain_days: str
    savings: list[dict[str, Any]]
    nobody: list[dict[str, str]]
    others: list[dict[str, str]]
    goals: list[dict[str, str]]
    packages: list[dict[str, Any]]


def city(report: GraphReport) -> CityPage:
    """The page of the whole city."""
    names = catalogue.paper_names()
    known = _items()
    offices = {item.agency: agency_of_item(item.agency, short=True) for item in known.values()}
    issuers = {paper.code: said(paper.issuer) for paper in catalogue.papers()}

    def called(code: str) -> str:
        return said(names.get(code)) or code

    return CityPage(
        web=ways.web(catalogue.graph(), report, offices, names, issuers),
        circles=[
            {"names": [called(code) for code in (*one.items, one.items[0])], "hard": one.hard} for one in report.circles
        ],
        chain=[
            {"href": reverse("portal:guide", args=[code]) if code in known else "", "name": called(code)}
            for code in report.critical_path
        ],
        chain_days=_days(report.parallel_days),
        savings=_savings(report),
        nobody=_absent(report, called, named=False),
        others=_absent(report, called, named=True),
        goals=[{"value": code, "name": said(item.name)} for code, item in sorted(known.items())],
        packages=overview(),
    )


def _savings(report: GraphReport) -> list[dict[str, Any]]:
    registers = {register.key: register for register in catalogue.beside().registers}
    return [
        {
            "name": said(registers[one.register].name),
            "keeper": agency_of_item(registers[one.register].keeper, short=True),
            "items": len(one.items),
            "papers": one.papers,
            "visits": one.visits,
            "days": days(one.days),
        }
        for one in report.savings[:_MOST]
        if one.papers
    ]


def _absent(report: GraphReport, called: Any, *, named: bool) -> list[dict[str, str]]:
    found: Sequence[Any] = [one for one in report.outside if one.named == named]
    return [
        {"name": called(one.code), "note": _("、").join(called(code) for code in one.items)} for one in found[:_MOST]
    ]
