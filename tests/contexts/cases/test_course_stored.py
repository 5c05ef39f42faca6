"""A case's way through the ledger and the worker on PostgreSQL: after each story everything stands as recorded."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.contexts.cases.city import City, request
from tests.contexts.cases.courses import DECIDE, RISK, city_on, drawn, publish, sound, task
from tests.contexts.cases.test_course import ANSWERED, EITHER, REMINDED
from tests.contexts.cases.test_course_ways import ESCALATED, RULED, several
from tests.contexts.process.drawings import boundary, ends, flows, timer
from tongban.contexts.cases import actions, jobs, queries
from tongban.contexts.cases.actions import recomputing
from tongban.contexts.cases.core import refusals as r
from tongban.contexts.cases.core.occurred import course as o
from tongban.contexts.cases.core.state import CaseState, Phase
from tongban.contexts.parties.core import Actor, Role, system
from tongban.contexts.process import actions as process
from tongban.contexts.process import queries as process_queries
from tongban.contexts.process.core.engine import MessageNotAwaited
from tongban.foundation.ledger import worker
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotAllowed, Refusal
from tongban.site.cli.main import main

pytestmark = pytest.mark.django_db
MARKET = "market-linjiang"


def node(city: City, case_id: str, name: str) -> Any:
    return next(one for one in city.state(case_id).open_tasks if one.node == name)


def do(city: City, case_id: str, name: str, outcome: str = "pass", who: str = "") -> None:
    """Complete the first open task of node `name`, by an officer of its organ."""
    one = node(city, case_id, name)
    actions.complete_task(
        case_id=case_id, task=one.id, outcome=outcome, opinion="看过了", actor=reviewer(city, one.agency, who),
        request_id=request(), now=city.now,
    )  # fmt: skip


def reviewer(city: City, agency: str = MARKET, name: str = "") -> Actor:
    return city.officer(agency, Role.REVIEWER, name=name or agency)


def chief(city: City) -> Actor:
    return city.officer(MARKET, Role.APPROVER, name="chief")


def decided(city: City, case_id: str) -> CaseState:
    one = next(task for task in city.state(case_id).open_tasks if task.act == "decide")
    actions.decide_case(
        case_id=case_id, task=one.id, outcome="grant", reasons="符合", actor=chief(city), request_id=request(),
        now=city.now,
    )  # fmt: skip
    city.work()
    sound(case_id)
    return city.state(case_id)


def opened(city: City, case_id: str) -> set[str]:
    return {one.node for one in city.state(case_id).open_tasks}


def told(case_id: str) -> list[str]:
    return [type(one.event).__name__ for one in queries.case(case_id, actor=system("test")).history]


def timers() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') FROM ledger_due"
                       " WHERE key LIKE 'timer:%' ORDER BY key")  # fmt: skip
        return [(row[0], row[1]) for row in cursor.fetchall()]


def test_the_worker_reminds_and_then_takes_the_task_back(tmp_path: Path) -> None:
    city, case_id = city_on(REMINDED, tmp_path)
    assert timers() == [("timer:w2", "2026-03-05 00:00"), ("timer:w3", "2026-03-07 00:00")]
    city.now = datetime(2026, 3, 4, 23, 59, tzinfo=CHINA)
    city.work()
    assert opened(city, case_id) == {"a"}
    city.later(minutes=2)
    city.work()
    assert told(case_id).count("TimerFired") == 1
    assert timers() == [("timer:w3", "2026-03-07 00:00")]
    city.now = datetime(2026, 3, 9, 8, 0, tzinfo=CHINA)
    city.work()
    assert opened(city, case_id) == {"again"}
    sound(case_id)
    one = node(city, case_id, "again")
    actions.complete_task(
        case_id=case_id, task=one.id, outcome="pass", actor=chief(city), request_id=request(), now=city.now
    )
    other = city.officer(MARKET, Role.APPROVER, name="other")
    decide = node(city, case_id, "decide")
    actions.decide_case(
        case_id=case_id, task=decide.id, outcome="grant", actor=other, request_id=request(), now=city.now
    )
    city.work()
    assert city.state(case_id).phase is Phase.DELIVERED
    sound(case_id)


def test_given_twice_a_timer_comes_once(tmp_path: Path) -> None:
    city, case_id = city_on(REMINDED, tmp_path)
    city.now = datetime(2026, 3, 5, 9, 0, tzinfo=CHINA)
    call = next(call for call, _ in worker.claim(city.now, "clocks", 10) if call.key == "timer:w2")
    jobs.fire_timer(call, city.now)  # the worker was killed after this: its lease runs out, another does it again
    jobs.fire_timer(call, city.now)
    assert told(case_id).count("TimerFired") == 1
    sound(case_id)


def test_the_applicant_and_an_organ_answer(tmp_path: Path) -> None:
    city, case_id = city_on(ANSWERED, tmp_path)
    do(city, case_id, "a")
    state = city.state(case_id)
    (line,) = [one for one in queries.my_cases(actor=city.owner) if one.id == case_id]
    assert line.waits_applicant
    actions.give_message(
        case_id=case_id, wait=state.awaited[0].id, text="已经改好", actor=city.owner, request_id=request(), now=city.now
    )
    doctor = reviewer(city, "health-linjiang")
    (waiting,) = city.state(case_id).awaited
    table = queries.worktable(actor=doctor, chosen=queries_filter(), today=city.now.date())
    assert [one.act for one in table.lines if one.case_id == case_id] == ["message"]
    sound(case_id)
    actions.give_message(
        case_id=case_id, wait=waiting.id, text="同意", actor=doctor, request_id=request(), now=city.now
    )
    assert queries.case(case_id, actor=doctor).state.awaited == ()
    assert decided(city, case_id).phase is Phase.DELIVERED


def queries_filter() -> Any:
    from tongban.contexts.cases.core.views import WorktableFilter

    return WorktableFilter()


def test_a_majority_of_three_and_an_escalation(tmp_path: Path) -> None:
    city, case_id = city_on(several("majority"), tmp_path)
    do(city, case_id, "a", who="first")
    with pytest.raises(r.AnsweredInRound):
        do(city, case_id, "a", who="first")
    do(city, case_id, "a", who="second")
    assert opened(city, case_id) == {"decide"}
    assert decided(city, case_id).phase is Phase.DELIVERED


def test_an_escalation_waits_for_the_approver(tmp_path: Path) -> None:
    city, case_id = city_on(ESCALATED, tmp_path)
    city.now = datetime(2026, 3, 4, 1, 0, tzinfo=CHINA)
    city.work()
    table = queries.worktable(actor=chief(city), chosen=queries_filter(), today=city.now.date())
    assert [one.act for one in table.lines if one.case_id == case_id] == ["escalation"]
    actions.settle_escalation(
        case_id=case_id, number=1, note="已催办", actor=chief(city), request_id=request(), now=city.now
    )
    sound(case_id)
    do(city, case_id, "a")
    assert decided(city, case_id).phase is Phase.DELIVERED


def test_the_event_that_comes_first_takes_the_way(tmp_path: Path) -> None:
    city, case_id = city_on(EITHER, tmp_path)
    wait = city.state(case_id).awaited[0].id
    city.now = datetime(2026, 3, 6, 1, 0, tzinfo=CHINA)
    city.work()
    with pytest.raises(MessageNotAwaited):
        actions.give_message(
            case_id=case_id, wait=wait, text="付了", actor=city.owner, request_id=request(), now=city.now
        )
    assert opened(city, case_id) == {"a"}
    do(city, case_id, "a")
    assert decided(city, case_id).phase is Phase.DELIVERED


def test_a_table_of_the_route_is_pinned_recorded_and_decides(tmp_path: Path) -> None:
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions/risk.dmn").write_text(RISK, encoding="utf-8")
    city, case_id = city_on(RULED, tmp_path, form="retail")
    do(city, case_id, "a")
    city.work()
    view = queries.case(case_id, actor=system("test"))
    assert view.state.phase is Phase.DELIVERED
    record = next(one for one in view.history if isinstance(one.event, o.RuleDecided))
    assert record.event.inputs == {"form": "retail", "a_outcome": "pass"}
    assert record.event.digest == view.route_decisions["risk"].digest
    with connection.cursor() as cursor:  # personal: in the hashed envelope only as a commitment
        at = (case_id, record.seq)
        cursor.execute("SELECT payload::text FROM ledger_event WHERE stream_id = %s AND seq = %s", at)
        assert "retail" not in cursor.fetchone()[0].split('"result"')[0]
    sound(case_id)


# --- the calendar ----------------------------------------------------------------------------------------------------


def test_a_changed_calendar_moves_the_timers_of_open_cases(tmp_path: Path) -> None:
    city, case_id = city_on(REMINDED, tmp_path)
    calls = [call for call, _ in worker.claim(datetime(2026, 3, 8, tzinfo=CHINA), "clocks", 10)]
    stale = next(call for call in calls if call.key == "timer:w3")
    year = process_queries.calendar().years[2026]
    process.load_year(
        replace(year, rest=year.rest | {date(2026, 3, 4)}), source="江政办〔2026〕9号", actor="system:x", now=city.now
    )
    recomputing.recompute_clocks(year=2026, reason="江政办〔2026〕9号", now=city.now)
    assert timers() == [("timer:w2", "2026-03-06 00:00"), ("timer:w3", "2026-03-10 00:00")]
    sound(case_id)
    jobs.fire_timer(stale, datetime(2026, 3, 10, 9, 0, tzinfo=CHINA))
    assert opened(city, case_id) == {"a"}  # what was due at the old moment does nothing any more
    city.now = datetime(2026, 3, 10, 9, 0, tzinfo=CHINA)
    city.work()
    assert opened(city, case_id) == {"again"}
    sound(case_id)


# --- the race --------------------------------------------------------------------------------------------------------

DECIDED_IN_TIME = drawn(
    DECIDE
    + boundary("late", "decide", "timer", inside=timer(2))
    + task("higher", "decide", role="approver")
    + ends("e over")
    + flows("s decide e; late higher over"),
    lead="decide higher",
)


@pytest.fixture
def emptied() -> Iterator[None]:
    """Threads have connections of their own, so what they see is committed."""
    yield
    connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(4))
def test_a_timer_and_a_decision_at_once_one_wins(tmp_path: Path, turn: int, emptied: None) -> None:
    city, case_id = city_on(DECIDED_IN_TIME, tmp_path)
    now = datetime(2026, 3, 6, 9, 0, tzinfo=CHINA)
    timer_ = city.state(case_id).timers[0]
    one = node(city, case_id, "decide")
    start, ends_of = threading.Barrier(2), dict[str, str]()

    def run(name: str, act: Any) -> None:
        try:
            start.wait()
            act()
            ends_of[name] = "done"
        except Refusal as refusal:
            ends_of[name] = refusal.code
        finally:
            connection.close()

    def fire() -> None:
        actions.fire_timer(case_id=case_id, timer=timer_.id, version=timer_.version, request_id=request(), now=now)

    def decide() -> None:
        actions.decide_case(
            case_id=case_id, task=one.id, outcome="grant", actor=chief(city), request_id=request(), now=now
        )

    threads = [threading.Thread(target=run, args=pair) for pair in (("timer", fire), ("decide", decide))]
    for thread in threads if turn % 2 else reversed(threads):
        thread.start()
    for thread in threads:
        thread.join()
    state = city.state(case_id)
    fired = told(case_id).count("TimerFired")
    assert ends_of["timer"] == "done"  # a timer that comes too late does nothing, and is no fault
    if fired:
        assert (state.decision, ends_of["decide"]) == (None, "step_taken_back")
        assert {task.node for task in state.open_tasks} == {"higher"}
    else:
        assert (state.phase, ends_of["decide"]) == (Phase.GRANTED, "done")
    sound(case_id)


# --- new versions of the route ---------------------------------------------------------------------------------------

OLD = drawn(task("a") + task("b") + DECIDE + ends("e") + flows("s a b decide e"), lead="a b decide")
AHEAD = drawn(task("a") + task("c") + DECIDE + ends("e") + flows("s a c decide e"), lead="a c decide")
ELSEWHERE = drawn(task("n") + DECIDE + ends("e") + flows("s n decide e"), lead="n decide")


def test_an_open_case_goes_over_to_the_route_of_a_new_version(tmp_path: Path) -> None:
    city, case_id = city_on(OLD, tmp_path)
    behind = city.file("FOOD")
    actions.accept(case_id=behind, actor=city.window, request_id=request(), now=city.now)
    do(city, behind, "a")
    waiting = city.file("FOOD")
    version = publish(AHEAD, tmp_path, city)
    give = {"item": "FOOD", "reason": "流程改版", "now": city.now}
    with pytest.raises(NotAllowed):
        actions.migrate_route(**give, actor=chief(city))
    operator = system("operator")
    dry = {one.case_id: one for one in actions.migrate_route(**give, dry_run=True, actor=operator)}
    assert {key: one.is_free for key, one in dry.items()} == {case_id: True, behind: False, waiting: True}
    assert [element for element, _ in dry[behind].reasons()] == ["b"]
    assert "RouteMigrated" not in told(case_id)
    found = actions.migrate_route(**give, actor=operator)
    assert {one.case_id for one in found if one.is_free} == {case_id, waiting}
    assert {one.case_id for one in actions.migrate_route(**give, actor=operator)} == {behind}
    state = city.state(case_id)
    assert (state.item_version, state.route_version) == (version - 1, version)
    do(city, case_id, "a")
    assert opened(city, case_id) == {"c"}
    do(city, case_id, "c")
    assert decided(city, case_id).phase is Phase.DELIVERED
    actions.accept(case_id=waiting, actor=city.window, request_id=request(), now=city.now)
    do(city, waiting, "a")
    assert opened(city, waiting) == {"c"}
    do(city, behind, "b")
    assert decided(city, behind).phase is Phase.DELIVERED
    for one in (case_id, behind, waiting):
        sound(one)


def test_a_process_that_knows_the_old_route_learns_of_the_new_one(tmp_path: Path) -> None:
    from tongban.contexts.cases.actions import running

    city, case_id = city_on(OLD, tmp_path)
    publish(AHEAD, tmp_path, city)
    actions.migrate_route(item="FOOD", case_id=case_id, reason="改版", actor=system("operator"), now=city.now)
    running._ROUTES.clear()  # as another process that has not seen the case since
    do(city, case_id, "a")
    assert opened(city, case_id) == {"c"}
    sound(case_id)


def test_the_operator_migrates_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    city, case_id = city_on(OLD, tmp_path)
    number = city.state(case_id).number
    elsewhere, version = (str(publish(xml, tmp_path, city)) for xml in (ELSEWHERE, AHEAD))
    assert main(["process", "migrate", "--case", number, "--to", elsewhere, "--dry-run", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["item"], answer["moved"], answer["stayed"]) == ("FOOD", 0, 1)
    (line,) = answer["cases"]
    assert (line["number"], line["moves"]) == (number, False)
    assert [one["element"] for one in line["obstacles"]] == ["a"]
    assert all(one["reason"] for one in line["obstacles"])
    assert main(["process", "migrate", "--item", "FOOD", "--to", elsewhere]) == 1
    assert number in capsys.readouterr().out
    assert main(["process", "migrate", "--item", "FOOD", "--to", version, "--reason", "改版", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["moved"] == 1
    assert city.state(case_id).route_version == int(version)
    assert main(["process", "migrate", "--case", "NEVER", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["refused"]["code"] == "not_found"
    with pytest.raises(SystemExit) as usage:
        main(["process", "migrate"])
    assert usage.value.code == 2
    sound(case_id)
