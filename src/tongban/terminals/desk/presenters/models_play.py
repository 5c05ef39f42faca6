"""Playing a case on a drawing: the moves that the editor sends, and what it shows of the play."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.cases.core.path import moment_of
from tongban.contexts.cases.core.review import OUTCOMES
from tongban.contexts.catalogue.core import tables
from tongban.contexts.catalogue.queries.life import decisions
from tongban.contexts.process import queries as process
from tongban.contexts.process.core import bpmn, engine, playing, soundness
from tongban.contexts.process.core.clocks import Limit, deadline
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.contexts.process.core.routes import Node, Route, Timer
from tongban.foundation.i18n import say
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import N_, Refusal
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import either as named

#: Limits that are longer are no limits of law.
LONGEST = 1000


class NotPlayable(Refusal):
    """The drawing cannot be run yet."""

    code = "model_not_playable"
    message = N_("这张图还不能演练。请先按“检查”里拦下的改正。")


class PlayUnreadable(Refusal):
    """What the editor sent is no play."""

    code = "play_unreadable"
    message = N_("演练的日期、时限或者步骤读不懂。请从头演练。")


def page(given: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """How far the case came. Refuses `NotPlayable`, `PlayUnreadable`."""
    route = _route(str(given.get("xml", "")))
    start, limit, moves = _moves(given)
    calendar = process.calendar()

    def when(timer: Timer, day: date) -> datetime:
        return moment_of(timer.lengths, timer.moment, datetime.combine(day, time(10), CHINA), calendar).at.astimezone(
            CHINA
        )

    known = {key: file.decisions for key, file in decisions().items()}

    def judge(reference: str, data: Mapping[str, Any]) -> Any:
        there = tables.key_of(reference) in known
        return tables.judged(known, reference, data, now).result if there else playing.NO_TABLE

    play = playing.played(route, moves, start, when=when, judge=judge)
    due = deadline(calendar, start, Limit(limit, "workday"), today=play.day)
    answer = _answer(route, play) | {"asks": _asks(route, known)}
    answer["legal"] = {"due": str(due.date), "used": due.used, "late": (due.remaining or 0) < 0}
    return answer


def _route(xml: str) -> Route:
    """The route as cases would run it; one that lacks something for publishing is played as it is drawn."""
    with contextlib.suppress(Refusal):
        return soundness.publishable(xml.encode())
    verdict = soundness.judge(bpmn.read_or_refused(xml.encode()))
    if verdict.refusals or not verdict.routes:
        raise NotPlayable
    return verdict.routes[0]


def _moves(given: Mapping[str, Any]) -> tuple[date, int, tuple[playing.Move, ...]]:
    try:
        moves = tuple(_move(one) for one in given.get("moves", ()))
        limit = int(given.get("limit", 20))
        if not 0 <= limit <= LONGEST or len(moves) > LONGEST:
            raise PlayUnreadable
        return date.fromisoformat(str(given.get("start", ""))), limit, moves
    except (TypeError, ValueError, AttributeError, OverflowError):
        raise PlayUnreadable from None


def _move(one: Mapping[str, Any]) -> playing.Move:
    on, data = one.get("on"), one.get("data") or {}
    return playing.Move(
        cast(playing.Kind, one["kind"]) if "kind" in one else "begin", str(one.get("of") or ""),
        date.fromisoformat(on) if on else None, {str(key): _typed(value) for key, value in data.items()},
    )  # fmt: skip


def _typed(value: Any) -> Any:
    """What was typed as the value it looks like: a number, yes or no, or text."""
    text = str(value)
    if text in ("true", "false"):
        return text == "true"
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return text


def _answer(route: Route, play: playing.Play) -> dict[str, Any]:
    refused = {"refused_move": play.refused[0], "message": say(play.refused[1])} if play.refused else {}
    ended = play.position.ended
    return refused | {
        "day": play.day.isoformat(),
        "done": [*play.done, *([ended] if ended else [])],
        "ended": _name(route.nodes[ended]) if ended else "",
        "tasks": [_task(route, one) for one in play.next if one.kind == "task"],
        "waits": [_wait(route, one) for one in play.next if one.kind != "task"],
        "log": [{"day": line.on.isoformat(), "words": _line(route, line)} for line in play.lines],
    }


def _asks(route: Route, known: Mapping[str, Decisions]) -> list[str]:
    """The names that conditions and tables of the route read, but for what tasks and tables answer."""
    found = dict.fromkeys(playing.asked(route))
    for node in route.nodes.values():
        if node.kind == "rule" and tables.key_of(node.decision) in known:
            with contextlib.suppress(Refusal):
                found |= dict.fromkeys(tables.input_names(known, node.decision))
    return [name for name in found if not name.endswith(("_outcome", "_result"))]


def _name(node: Node) -> str:
    return named(node.name, node.name_en) or node.id


def _task(route: Route, one: playing.Waiting) -> dict[str, Any]:
    node = route.nodes[one.node]
    lane = next((lane for lane in route.lanes if lane.id == node.lane), None)
    who = [role_words(node.role) if node.role else "", named(lane.name, lane.name_en) if lane else "", node.decision]
    known = {str(act.value): outcomes for act, outcomes in OUTCOMES.items()} | {"decide": ("grant", "deny")}
    return {
        "id": one.id,
        "node": one.node,
        "name": _name(node),
        "who": " · ".join(filter(None, who)),
        "since": _("%(day)s 起") % {"day": one.since.isoformat()},
        "outcomes": [[value, words.outcome_words(value)] for value in known.get(node.act, ())],
    }


def _wait(route: Route, one: playing.Waiting) -> dict[str, Any]:
    node = route.nodes[one.node]
    timer = node.event.timer if node.event else None
    counted = [_length(length, unit) for length, unit in timer.lengths] if timer else []
    since = _("从 %(day)s 起算") % {"day": one.since.isoformat()}
    return {
        "id": one.id,
        "node": one.node,
        "kind": one.kind,
        "name": _name(node),
        "message": node.event.name if node.event else "",
        "due": one.due.isoformat() if one.due else "",
        "counted": _("，").join([since, *counted]) if counted else "",
    }


def _length(length: int, unit: str) -> str:
    return {
        "workday": ngettext("%(n)s 个工作日", "%(n)s 个工作日", length),
        "day": ngettext("%(n)s 天", "%(n)s 天", length),
        "week": ngettext("%(n)s 周", "%(n)s 周", length),
        "month": ngettext("%(n)s 个月", "%(n)s 个月", length),
        "year": ngettext("%(n)s 年", "%(n)s 年", length),
        "hour": ngettext("%(n)s 小时", "%(n)s 小时", length),
        "minute": ngettext("%(n)s 分钟", "%(n)s 分钟", length),
    }.get(unit, "%(n)s " + unit) % {"n": length}


def _line(route: Route, line: playing.Line) -> str:
    """One line of what was done."""
    if not line.node:
        found = _("开始")
    elif line.kind == "complete":
        outcome = words.outcome_words(line.outcome) if line.outcome else ""
        found = _name(route.nodes[line.node]) + (f"：{outcome}" if outcome else "")
    else:
        found = _("%(name)s 到了") % {"name": _name(route.nodes[line.node])}
    if line.own:
        found = _("平台：%(what)s") % {"what": found}
    rounds = [effect for effect in line.effects if isinstance(effect, engine.RoundDecided)]
    told = [
        (_("%(yes)s 人同意，%(no)s 人不同意，通过") if one.agreed else _("%(yes)s 人同意，%(no)s 人不同意，不通过"))
        % {"yes": one.yes, "no": one.no}
        for one in rounds
    ]
    taken = [effect for effect in line.effects if isinstance(effect, engine.TaskCancelled)]
    told += [_("收回：%(name)s") % {"name": _name(route.nodes[one.task.node])} for one in taken]
    return _("；").join([found, *told])


def role_words(role: str) -> str:
    """Who does a task."""
    return {"reviewer": _("审查人员"), "approver": _("审批人员"), "window": _("窗口人员")}.get(role, role)
