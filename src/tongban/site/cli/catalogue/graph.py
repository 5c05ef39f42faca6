"""`tongban catalogue graph`: who needs whose paper, where it goes in circles, and the way to a goal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.language import in_operator_language
from tongban.site.operating import ready

if TYPE_CHECKING:
    from tongban.contexts.catalogue.core.beside import Beside, Organ
    from tongban.contexts.catalogue.core.folder import Paper
    from tongban.contexts.catalogue.core.graph import Graph, GraphReport, Plan
    from tongban.contexts.catalogue.core.items import Item, Text

#: So many lines of each part are printed for people; --json holds all of them.
_LINES = 10


def add(catalogue: Group) -> None:
    """Add the command."""
    made = catalogue.add(
        "graph",
        run,
        "who needs whose paper: circles, the longest chain, what sharing registers would save, the way to a goal",
        "Days are working days. serial_days: one thing after another; parallel_days: all that is independent at once.\n"
        "Without --goal they are those of the end of the longest chain of papers that wait for each other.\n"
        "Exit 1: the goal is unknown, or nobody can reach it because its papers go in a circle.",
    )
    made.add_argument("--goal", metavar="ID", default="", help="code of an item or id of a package")
    made.add_argument("--format", choices=("text", "json", "svg"), default="text", help="how to answer (default: text)")
    made.add_argument("--in-force", action="store_true", help="what the installation has published, not the files")
    common.with_path(made)
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban catalogue graph`. Needs a database only for --in-force."""
    city = _in_force(given) if given.in_force or given.data else _of_files(given)
    found, names = city.report, city.names
    if given.json or given.format == "json":
        common.print_json(as_json(found, names))
    elif given.format == "svg":
        with in_operator_language():
            sys.stdout.write(_drawn(city, given.goal) + "\n")
    else:
        with in_operator_language():
            _print(found, names)
    return 1 if given.goal and found.way and found.way.blocked else 0


@dataclass(frozen=True)
class City:
    """What the answer is made of."""

    graph: Graph
    report: GraphReport
    names: Mapping[str, Text]
    organs: tuple[Organ, ...]
    papers: tuple[Paper, ...]


def _of_files(given: argparse.Namespace) -> City:
    import django

    django.setup()
    from tongban.contexts.catalogue import actions
    from tongban.contexts.catalogue.core import graph
    from tongban.contexts.catalogue.core.folder import read_files

    folder = read_files(actions.read_folder(common.folder(given)))
    common.note_unread(folder.findings)
    papers, lists = folder.external.papers, folder.beside
    made = graph.build(folder.items.values(), papers)
    found = graph.report(made, folder.items, lists.registers, lists.packages, given.goal)
    return City(made, found, _names(folder.items.values(), papers, lists), lists.organs, papers)


def _in_force(given: argparse.Namespace) -> City:
    ready.ready(seeded=False)
    from tongban.contexts.catalogue import queries

    papers, lists = queries.papers(), queries.beside()
    found = queries.graph_report(given.goal)
    return City(queries.graph(), found, _names(queries.items(), papers, lists), lists.organs, papers)


def _names(items: Iterable[Item], papers: Iterable[Paper], lists: Beside) -> Mapping[str, Text]:
    return (
        {item.code: item.name for item in items}
        | {paper.code: paper.name for paper in papers}
        | {register.key: register.name for register in lists.registers}
    )


def _drawn(city: City, goal: str) -> str:
    from tongban.terminals.common.presenters import ways
    from tongban.terminals.common.presenters.languages import said
    from tongban.ui.pictures import goal_svg, web

    offices = {organ.key: said(organ.name) for organ in city.organs}
    if goal and city.report.way:
        return goal_svg(ways.goal_way(city.report.way, offices, city.papers))
    issuers = {paper.code: said(paper.issuer) for paper in city.papers}
    return web(ways.web(city.graph, city.report, offices, city.names, issuers))


def as_json(found: GraphReport, names: Mapping[str, Text]) -> dict[str, Any]:
    """The stable shape: circles and critical_path are lists of codes, days are numbers of working days."""
    from tongban.contexts.catalogue.core.graph import days

    answer: dict[str, Any] = {
        "goal": found.way.goal if found.way else "",
        "papers": found.papers,
        "demands": found.demands,
        "circles": [list(circle.items) for circle in found.circles],
        "knots": [
            {"items": list(circle.items), "hard": circle.hard, "size": len(circle.knot)} for circle in found.circles
        ],
        "blocked": list(found.blocked),
        "critical_path": list(found.critical_path),
        "serial_days": days(found.serial_days),
        "parallel_days": days(found.parallel_days),
        "savings": [
            {
                "register": one.register,
                "name": names[one.register].zh,
                "items": list(one.items),
                "papers": one.papers,
                "visits": one.visits,
                "days": days(one.days),
            }
            for one in found.savings
        ],
        "nobody_issues": [one.code for one in found.outside if not one.named],
        "issued_by_others": [{"code": one.code, "items": list(one.items)} for one in found.outside if one.named],
    }
    return answer | {"plan": _plan(found.way)} if found.way else answer


def _plan(way: Plan) -> dict[str, Any]:
    from tongban.contexts.catalogue.core.graph import days

    return {
        "name": {"zh": way.name.zh, "en": way.name.en},
        "steps": [
            {
                "code": step.code,
                "name": step.name.zh,
                "agency": step.agency,
                "start": days(step.start),
                "finish": days(step.finish),
                "after": list(step.after),
            }
            for step in way.steps
        ],
        "papers_once": [{"name": one.name.zh, "items": list(one.items)} for one in way.carried],
        "papers_asked": way.asked_papers,
        "visits": way.visits,
        "blocked": list(way.blocked),
    }


def _print(found: GraphReport, names: Mapping[str, Text]) -> None:
    from django.utils.translation import get_language
    from django.utils.translation import gettext as _

    from tongban.contexts.catalogue.core.graph import days

    language = get_language() or "zh-hans"

    def called(code: str) -> str:
        return names[code].in_language(language) if code in names else code

    print(_("%(papers)s 种证件和批件，%(demands)s 处要求") % {"papers": found.papers, "demands": found.demands})
    for circle in found.circles:
        way = " → ".join(called(code) for code in (*circle.items, circle.items[0]))
        print((_("绕圈：%(way)s") if circle.hard else _("绕圈（另有路可走）：%(way)s")) % {"way": way})
    if not found.circles:
        print(_("没有互为前置的证明。"))
    if found.way is not None:
        print(_("去“%(goal)s”的路：") % {"goal": found.way.name.in_language(language)})
        for step in found.way.steps:
            span = f"{days(step.start)}-{days(step.finish)}"
            print(f"  {span:>9}  {step.code:<14} {step.name.in_language(language)}")
        print(_("最长的一串：%(chain)s") % {"chain": " → ".join(called(code) for code in found.critical_path)})
        sums = {"serial": days(found.serial_days), "parallel": days(found.parallel_days)}
        print(_("一件一件办要 %(serial)s 个工作日，能同时的同时办要 %(parallel)s 个工作日") % sums)
    for one in found.savings[:_LINES]:
        params = {"name": called(one.register), "papers": one.papers, "visits": one.visits, "days": days(one.days)}
        print(_("共享“%(name)s”：少交 %(papers)s 份，少跑 %(visits)s 次，少等 %(days)s 个工作日") % params)
    for absent in found.outside[:_LINES]:
        line = _("由清单以外的单位核发：%(paper)s") if absent.named else _("没有单位核发：%(paper)s")
        print(f"{line % {'paper': called(absent.code)}} ({', '.join(absent.items)})")
