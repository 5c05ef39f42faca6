"""Event logs of elsewhere as pages: all of them, one with its figures and cases, one case with its course.

Read-only: these cases were not handled here, and every page says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.catalogue import queries
from tongban.contexts.parties.core import Actor
from tongban.contexts.process.core.replay.deviations import KINDS, Kind
from tongban.contexts.process.core.replay.imported import CourseStep, How, ImportedCase, KeptLog
from tongban.kernel.clock import CHINA
from tongban.terminals.common.presenters.diagram import Mark, replayed_diagram
from tongban.terminals.common.presenters.languages import language
from tongban.terminals.desk.presenters import catalogue_common as common
from tongban.ui import dates

PAGE: Final = 50
SHOWN: Final = 30


@dataclass(frozen=True)
class Asked:
    """What the address of a log asks for: `page` from 1."""

    search: str = ""
    kind: str = ""
    longest: bool = False
    page: int = 1

    @classmethod
    def of(cls, query: Any) -> Asked:
        """As the query string says; what is no such thing counts as nothing."""
        page = query.get("page", "1")
        kind = query.get("kind", "")
        return cls(
            query.get("q", "").strip()[:80],
            kind if kind in (*KINDS, "none") else "",
            query.get("order") == "longest",
            max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    def address(self, page: int) -> str:
        """The query string of another page of the same."""
        said = {"q": self.search, "kind": self.kind, "order": "longest" if self.longest else "", "page": str(page)}
        return "?" + urlencode(
            {name: value for name, value in said.items() if value and (name, value) != ("page", "1")}
        )


def logs(actor: Actor) -> dict[str, Any]:
    """Context of desk/history/logs.html."""
    lines = [
        {
            "href": reverse("desk:history_log", args=[kept.log.name]),
            "title": kept.log.title,
            "name": kept.log.name,
            "cases": kept.log.cases,
            "span": _span(kept),
            "fitting": _percent(kept.log.figures["fitness"]["fitting"], kept.log.cases),
            "imported": dates.day(kept.imported_at, language()),
        }
        for kept in queries.histories(actor=actor)
    ]
    return {"nav": "catalogue", "logs": lines, "rail": common.rail(actor, "history")}


def log(name: str, asked: Asked, actor: Actor) -> dict[str, Any]:
    """Context of desk/history/log.html. Refuses `NotFound`."""
    kept = queries.history_of(name, actor=actor)
    figures = kept.log.figures
    found = queries.history_cases(
        name,
        actor=actor,
        search=asked.search,
        kind=asked.kind,
        longest=asked.longest,
        limit=PAGE,
        offset=PAGE * (asked.page - 1),
    )
    return {
        "nav": "catalogue",
        "rail": common.rail(actor, "history"),
        "log": kept.log,
        "span": _span(kept),
        "facts": _facts(kept),
        "diagram": replayed_diagram(kept.log.route_xml, _counts(figures["picture"])),
        "deviations": [
            {"kind": kind_words(one["kind"]), "what": one["activity"], "cases": one["cases"], "events": one["events"]}
            for one in figures["deviations"][:SHOWN]
        ],
        "more": max(0, len(figures["deviations"]) - SHOWN),
        "waits": [_wait(one) for one in figures["activities"]],
        "asked": asked,
        "kinds": [("none", _("没有偏离")), *((kind, kind_words(kind)) for kind in KINDS)],
        "cases": [_line(name, one) for one in found.cases],
        "total": found.total,
        "before": asked.address(asked.page - 1) if asked.page > 1 else "",
        "after": asked.address(asked.page + 1) if found.total > PAGE * asked.page else "",
    }


def case(name: str, number: int, actor: Actor) -> dict[str, Any]:
    """Context of desk/history/case.html. Refuses `NotFound`."""
    kept, found = queries.history_of(name, actor=actor), queries.history_case(name, number, actor=actor)
    return {
        "nav": "catalogue",
        "rail": common.rail(actor, "history"),
        "log": kept.log,
        "case": found,
        "line": _line(name, found),
        "diagram": replayed_diagram(kept.log.route_xml, _marks(found.course), frozenset(found.flows), live=True),
        "steps": [_step(step) for step in found.course],
        "deviations": [(kind_words(kind), what, count) for kind, what, count in found.deviations],
        "before": reverse("desk:history_case", args=[name, number - 1]) if number > 1 else "",
        "after": reverse("desk:history_case", args=[name, number + 1]) if number < kept.log.cases else "",
    }


def kind_words(kind: str) -> str:
    """What a kind of deviation is called."""
    words: dict[Kind, str] = {
        "not_on_route": _("流程里没有这一步"),
        "skipped": _("漏了一步"),
        "out_of_order": _("次序不对"),
        "repeated": _("重复办理"),
        "began_without_start": _("没有从头开始"),
        "did_not_end": _("没有办到结束"),
    }
    return next((said for known, said in words.items() if known == kind), kind)


def _how_words(how: How) -> str:
    return {
        "on_route": _("按流程"),
        "beside": _("在流程之外"),
        "left_out": _("没有记录"),
        "ignored": _("不参加比对"),
    }[how]


def _facts(kept: KeptLog) -> list[tuple[str, str]]:
    figures, cases = kept.log.figures, kept.log.cases
    fitness, days = figures["fitness"], figures["workdays"]
    return [
        (_("办件"), f"{cases:,}"),
        (_("事件"), f"{kept.log.events:,}"),
        (_("不同的走法"), f"{figures['variants']:,}"),
        (_("完全按流程走的"), f"{fitness['fitting']:,}（{_percent(fitness['fitting'], cases)}）".translate(_plain())),
        (_("与流程相符的程度"), f"{100 * fitness['alignment']:.1f}%"),
        (
            _("用了几个工作日"),
            _("中位 %(median)s，十分之九在 %(p90)s 以内，最长 %(max)s")
            % {"median": _number(days["median"]), "p90": _number(days["p90"]), "max": _number(days["max"])},
        ),
    ]


def _plain() -> dict[int, str]:
    """English has its own brackets."""
    return {ord("（"): " (", ord("）"): ")"} if language() == "en" else {}


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "—"


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def _span(kept: KeptLog) -> str:
    first, last = (at.astimezone(CHINA).date() for at in (kept.log.first, kept.log.last))
    return f"{first.isoformat()} – {last.isoformat()}"


def _wait(one: dict[str, Any]) -> dict[str, Any]:
    days = one["workdays"]
    return {
        "activity": one["activity"],
        "events": one["events"],
        "cases": one["cases"],
        "median": _number(days["median"]),
        "p90": _number(days["p90"]),
        "max": _number(days["max"]),
        "on_route": bool(one["nodes"]),
    }


def _line(name: str, one: ImportedCase) -> dict[str, Any]:
    kinds = dict.fromkeys(kind for kind, _what, _count in one.deviations)
    return {
        "href": reverse("desk:history_case", args=[name, one.number]),
        "case": one.case,
        "start": _day(one.start),
        "end": _day(one.end),
        "days": one.days,
        "workdays": one.workdays,
        "events": one.events,
        "fits": not kinds,
        "deviations": _("、").join(kind_words(kind) for kind in kinds),
        "fitness": f"{100 * one.fitness:.0f}%",
    }


def _day(at: datetime) -> str:
    return at.astimezone(CHINA).date().isoformat()


def _step(step: CourseStep) -> dict[str, Any]:
    at = datetime.fromisoformat(step.at) if step.at else None
    return {
        "activity": step.activity,
        "at": at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if at else "",
        "waited": step.waited if at else None,
        "how": _how_words(step.how),
        "fits": step.how in ("on_route", "ignored"),
    }


def _counts(picture: dict[str, dict[str, int]]) -> dict[str, Mark]:
    """How often each element was done, and how often it was passed without a record."""
    marks = {}
    for node in {*picture["nodes"], *picture["left_out"]}:
        done, left_out = picture["nodes"].get(node, 0), picture["left_out"].get(node, 0)
        note = _("%(n)s 次") % {"n": f"{done:,}"}
        if left_out:
            note = _("%(n)s，漏 %(m)s") % {"n": f"{done:,}", "m": f"{left_out:,}"}
        marks[node] = Mark("plain", note)
    return marks


def _marks(course: Iterable[CourseStep]) -> dict[str, Mark]:
    """How the elements stand in one case."""
    seen: dict[str, list[CourseStep]] = {}
    for step in course:
        if step.node:
            seen.setdefault(step.node, []).append(step)
    marks = {}
    for node, steps in seen.items():
        days = [date.fromisoformat(step.at[:10]) for step in steps if step.at]
        if not days:
            marks[node] = Mark("left_out")
        elif len(days) > 1:
            marks[node] = Mark("done", _("%(n)s 次，%(day)s") % {"n": len(days), "day": days[-1].isoformat()})
        else:
            marks[node] = Mark("done", days[0].isoformat())
    return marks
