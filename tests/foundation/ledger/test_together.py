"""Many commands at once, several streams at once, and trouble on the way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.foundation.ledger import sample
from tests.foundation.ledger.conftest import NOW, command, number, opened
from tests.foundation.ledger.sample import PERMIT, Note, Open
from tests.foundation.ledger.witness import at_once, everything
from tongban.foundation.ledger import (
    Order,
    Outcome,
    RequestReused,
    codec,
    events_after,
    execute_many,
    execution,
    load,
    next_number,
    stream_id_for,
    verify,
)

pytestmark = pytest.mark.django_db(transaction=True)


# -- many at once ----------------------------------------------------------------------------------------------------


def test_commands_to_one_stream_follow_each_other() -> None:
    stream_id = opened()

    def notes() -> None:
        for turn in range(10):
            command(stream_id, Note(str(turn)))

    assert at_once(*[notes] * 6) == [None] * 6
    state = load(PERMIT, stream_id)
    assert state is not None
    assert len(state.notes) == 60
    assert verify().ok


def test_the_same_request_at_once_is_done_once() -> None:
    stream_id, request_id = opened(), str(uuid4())
    outcomes = at_once(*[lambda: command(stream_id, Note("一次"), request_id)] * 6)
    assert sorted(outcome.repeated for outcome in outcomes) == [False] + [True] * 5
    assert {outcome.last_seq for outcome in outcomes} == {2}
    assert verify().ok


def test_the_same_opening_at_once_opens_one_stream() -> None:
    """The double click: every answer is that of the one that won."""
    request_id = str(uuid4())
    stream_id = stream_id_for(request_id)
    reads = [next_number("sample")]
    outcomes = at_once(*[lambda: command(stream_id, Open("李雷", NOW), request_id, reads=reads, facts=number)] * 6)
    assert sorted(outcome.repeated for outcome in outcomes) == [False] + [True] * 5
    assert {outcome.state.number for outcome in outcomes} == {"P1"}


def test_a_stream_opened_between_two_reads_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The double click that comes just when the first one commits: no stream to lock, but an answer to its request."""
    request_id = str(uuid4())
    stream_id = stream_id_for(request_id)
    reads = [next_number("sample")]
    first = command(stream_id, Open("李雷", NOW), request_id, reads=reads, facts=number)
    found, seen = execution._Attempt._found, []

    def late(self: Any, order: Any, result: Any) -> Any:
        seen.append(order)
        return execution._Locked(0, codec.GENESIS, None) if len(seen) == 1 else found(self, order, result)

    monkeypatch.setattr(execution._Attempt, "_found", late)
    again = command(stream_id, Open("李雷", NOW), request_id, reads=reads, facts=number)
    assert again.repeated
    assert (again.state, again.hash) == (first.state, first.hash)


def test_of_two_different_openings_of_one_stream_the_second_is_decided_anew() -> None:
    stream_id = str(uuid4())
    reads = [next_number("sample")]
    outcomes = at_once(*[lambda: command(stream_id, Open("李雷", NOW), str(uuid4()), reads=reads, facts=number)] * 4)
    assert sum(isinstance(outcome, Outcome) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, sample.AlreadyOpen) for outcome in outcomes) == 3
    assert verify().ok


# -- several streams -------------------------------------------------------------------------------------------------


def both(first: str, second: str, text: str, request_id: str) -> tuple[Outcome[Any], ...]:
    orders = [Order(PERMIT, first, Note(text)), Order(PERMIT, second, Note(text))]
    return execute_many(orders, actor="person:1", principal="person:1", request_id=request_id, now=NOW)


def test_several_streams_are_locked_in_order_and_never_deadlock(monkeypatch: pytest.MonkeyPatch) -> None:
    from tongban.foundation.ledger import execution

    monkeypatch.setattr(execution, "TRIES", 1)  # a deadlock would come out as Conflict
    one, two = opened(), opened()

    def pairs(first: str, second: str) -> Callable[[], None]:
        def work() -> None:
            for turn in range(15):
                both(first, second, str(turn), str(uuid4()))

        return work

    assert at_once(pairs(one, two), pairs(two, one), pairs(one, two), pairs(two, one)) == [None] * 4
    assert len(load(PERMIT, one).notes) == len(load(PERMIT, two).notes) == 60  # type: ignore[union-attr]
    assert verify().ok


def test_several_streams_are_all_recorded_or_none() -> None:
    one, two, request_id = opened(), opened(), str(uuid4())
    outcomes = both(two, one, "一起", request_id)
    assert [outcome.stream_id for outcome in outcomes] == [two, one]
    again = both(two, one, "一起", request_id)
    assert [outcome.repeated for outcome in again] == [True, True]
    before = everything()
    with pytest.raises(sample.NotOpen):
        both(one, str(uuid4()), "x", str(uuid4()))
    with pytest.raises(RequestReused):
        both(two, one, "另一句", request_id)
    with pytest.raises(ValueError, match="one order for each stream"):
        both(one, one, "x", str(uuid4()))
    assert everything() == before


# -- trouble ---------------------------------------------------------------------------------------------------------


def test_a_lost_connection_is_replaced_and_the_command_done_once() -> None:
    stream_id = opened()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]

    def kill() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", (pid,))

    assert at_once(kill) == [None]
    assert command(stream_id, Note("x")).last_seq == 2
    assert verify().ok


def test_forgotten_statements_are_prepared_again() -> None:
    stream_id = opened()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert command(stream_id, Note("x")).last_seq == 2


# -- the cursor over everything --------------------------------------------------------------------------------------


def test_events_of_all_streams_can_be_followed() -> None:
    streams = [opened(), opened()]
    command(streams[0], Note("x"))
    first = events_after(0, limit=2)
    assert [event.stream_id for event in first] == streams
    rest = events_after(first[-1].position)
    assert [(event.stream_id, event.type, event.kind) for event in rest] == [(streams[0], "noted", "sample")]
    assert events_after(rest[-1].position) == ()


def test_an_event_that_commits_late_is_not_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    from tongban.foundation.ledger import reading

    early, late = opened(), opened()
    start = events_after(0)[-1].position
    written, proceed = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            command(early, Note("早"))
            written.set()
            proceed.wait(20)

    thread = threading.Thread(target=lambda: at_once(slow))
    thread.start()
    assert written.wait(20)
    command(late, Note("晚"))
    monkeypatch.setattr(reading, "PATIENCE", 0.1)
    assert events_after(start) == ()  # the late one is there, but something before it may still come
    proceed.set()
    thread.join()
    monkeypatch.setattr(reading, "PATIENCE", 30)  # transactions of other databases of the server are waited for, too
    assert [event.stream_id for event in events_after(start)] == [early, late]
