"""A log of elsewhere, kept whole, read-only, and for those who may look."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tests.contexts.process.replays import shared
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties.core import Actor, Role
from tongban.contexts.process import actions, queries
from tongban.contexts.process.core import bpmn
from tongban.contexts.process.core.replay.history import History
from tongban.contexts.process.core.replay.imported import (
    Courses,
    HistoryExists,
    HistoryNameInvalid,
    ImportedCase,
    ImportedLog,
    imported_cases,
    imported_log,
)
from tongban.contexts.process.core.replay.log import Log, whole
from tongban.contexts.process.core.replay.matching import match
from tongban.contexts.process.core.replay.report import compare
from tongban.contexts.process.core.replay.table import traces as table_traces
from tongban.contexts.process.core.seeds import official_years
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotFound
from tongban.kernel.workdays import Calendar
from tongban.site.cli.main import main

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
ROUTE = """<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t"><process id="p" name="三步">
<startEvent id="s"/><userTask id="a" name="收件"/><userTask id="b" name="审查"/><userTask id="c" name="决定"/>
<endEvent id="e"/>
<sequenceFlow id="f0" sourceRef="s" targetRef="a"/><sequenceFlow id="f1" sourceRef="a" targetRef="b"/>
<sequenceFlow id="f2" sourceRef="b" targetRef="c"/><sequenceFlow id="f3" sourceRef="c" targetRef="e"/>
</process></definitions>"""
#: One as the route says, one without its review, one with a step of its own, each over a weekend or a week.
LOG = """case,activity,time
1,收件,2026-03-02T09:00
1,审查,2026-03-05T09:00
1,决定,2026-03-09T09:00
2,收件,2026-03-06T09:00
2,决定,2026-03-09T09:00
3,收件,2026-03-02T09:00
3,盖章,2026-03-03T09:00
3,审查,2026-03-03T10:00
3,决定,2026-03-13T09:00
"""
LOOKS = Actor(kind="officer", id="officer:s", name="s", agency="service-bureau", roles=frozenset({Role.SUPERVISOR}))
PLAIN = Actor(kind="officer", id="officer:p", name="p", agency="market", roles=frozenset({Role.REVIEWER}))
CITIZEN = Actor(kind="citizen", id="citizen:1", name="c", agency="", roles=frozenset())


def played(name: str = "own") -> tuple[ImportedLog, list[ImportedCase]]:
    [route] = bpmn.read(ROUTE.encode()).routes
    years = {year.year: year for year in official_years(first=1)}
    log, history, courses = Log(), History(Calendar(years)), Courses()
    for trace in table_traces(iter([LOG.encode()]), {}, "utf-8"):
        log.add(trace)
        history.add(trace)
        courses.add(trace)
    found = match(route, whole(log).activities, None)
    report = compare(log, route, found)
    kept = imported_log(name, "示例", "own.csv", ROUTE, history, report, route, found)
    return kept, list(imported_cases(history, courses, report, route, found))


def keep(name: str = "own") -> None:
    log, cases = played(name)
    assert actions.import_history(log, cases, actor="system:operator", now=NOW) == 3


def test_what_is_kept_is_what_was_recorded() -> None:
    keep()
    [kept] = queries.history_logs()
    assert (kept.log.name, kept.log.cases, kept.log.events, kept.imported_by) == ("own", 3, 9, "system:operator")
    assert kept.log.route_xml == ROUTE
    assert kept.log.figures["fitness"]["fitting"] == 1
    assert kept.log.figures["picture"]["nodes"] == {"a": 3, "b": 2, "c": 3}
    assert kept.log.figures["picture"]["left_out"] == {"b": 1}
    assert ("skipped", "审查") in {(one["kind"], one["activity"]) for one in kept.log.figures["deviations"]}
    first, second, third = queries.history_cases("own").cases
    assert (first.case, first.days, first.workdays, first.deviations) == ("1", 7, 5, ())
    assert [(step.activity, step.node, step.waited) for step in first.course] == [
        ("收件", "a", 0),
        ("审查", "b", 3),
        ("决定", "c", 2),
    ]
    assert first.flows == ("f0", "f1", "f2", "f3")
    assert [(kind, what) for kind, what, _ in second.deviations] == [("skipped", "审查")]
    assert [(step.activity, step.how) for step in second.course] == [
        ("收件", "on_route"),
        ("审查", "left_out"),
        ("决定", "on_route"),
    ]
    assert [(kind, what) for kind, what, _ in third.deviations] == [("not_on_route", "盖章")]
    assert [step.how for step in third.course] == ["on_route", "beside", "on_route", "on_route"]


def test_cases_are_found_by_number_deviation_and_length() -> None:
    keep()

    def numbers(**asked: object) -> list[int]:
        return [one.number for one in queries.history_cases("own", **asked).cases]  # type: ignore[arg-type]

    assert numbers(search="2") == [2]
    assert numbers(kind="none") == [1]
    assert numbers(kind="skipped") == [2]
    assert numbers(longest=True) == [3, 1, 2]
    assert numbers(limit=1, offset=1) == [2]
    assert queries.history_cases("own", kind="none").total == 1
    assert queries.history_case("own", 2).case == "2"
    for name, number in (("own", 4), ("other", 1), ("\0", 1)):
        with pytest.raises(NotFound):
            queries.history_case(name, number)


def test_it_is_never_changed() -> None:
    keep()
    with pytest.raises(HistoryExists):
        keep()
    for statement in (
        "UPDATE process_history_case SET days = 1",
        "DELETE FROM process_history_case",
        "UPDATE process_history_log SET title = ''",
        "DELETE FROM process_history_log",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert queries.history_cases("own").total == 3


@pytest.mark.parametrize("name", ["", "A", "-a", "a b", "a/b", "a" * 61, "名"])
def test_names_stand_in_addresses(name: str) -> None:
    with pytest.raises(HistoryNameInvalid):
        keep(name)
    assert queries.history_logs() == ()


def test_a_log_that_breaks_half_way_leaves_nothing() -> None:
    log, cases = played()

    def broken() -> object:
        yield cases[0]
        raise OSError("cut")

    with pytest.raises(OSError, match="cut"):
        actions.import_history(log, broken(), actor="system:operator", now=NOW)  # type: ignore[arg-type]
    assert queries.history_logs() == ()


def test_who_may_look() -> None:
    keep()
    assert len(catalogue.histories(actor=LOOKS)) == 1
    assert catalogue.history_case("own", 1, actor=LOOKS).case == "1"
    for actor in (PLAIN, CITIZEN):
        assert catalogue.histories(actor=actor) == ()
        assert catalogue.history_cases("own", actor=actor).total == 0
        with pytest.raises(NotFound):
            catalogue.history_of("own", actor=actor)
        with pytest.raises(NotFound):
            catalogue.history_case("own", 1, actor=actor)


RECEIPT = """<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t"><process id="p" name="Receipt">
<startEvent id="s"/><userTask id="a" name="Confirmation of receipt"/>
<userTask id="b" name="T02 Check confirmation of receipt"/><endEvent id="e"/>
<sequenceFlow id="f0" sourceRef="s" targetRef="a"/><sequenceFlow id="f1" sourceRef="a" targetRef="b"/>
<sequenceFlow id="f2" sourceRef="b" targetRef="e"/></process></definitions>"""


@pytest.mark.django_db(transaction=True)
def test_a_real_log_is_kept_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log = shared("eventlog-receipt", "receipt.xes.gz")
    monkeypatch.setattr("tongban.site.operating.ready.ready", lambda **_: None)  # the test's own database is up
    route = tmp_path / "receipt.bpmn"
    route.write_text(RECEIPT, "utf-8")
    given = ["process", "replay", str(log), "--route", str(route), "--weekends", "--import", "receipt", "--json"]
    assert main(given) == 0
    capsys.readouterr()
    assert queries.history_log("receipt").log.cases == 1434
    assert queries.history_cases("receipt", limit=2000).total == 1434
    assert main(given) == 1
    assert json.loads(capsys.readouterr().out)["refused"]["code"] == "history_exists"
