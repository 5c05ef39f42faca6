"""Due commands are given once, whatever happens to the worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.foundation.ledger import conftest, sample
from tests.foundation.ledger.conftest import NOW, command, opened
from tests.foundation.ledger.sample import PERMIT, Assign, Finish, Note
from tongban.foundation.ledger import Due, Outcome, Rows, load, register, verify, worker
from tongban.foundation.ledger.worker import DueCall

pytestmark = pytest.mark.django_db(transaction=True)
DUE = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def no_handlers() -> Iterator[None]:
    before = dict(worker.handlers)
    worker.handlers.clear()
    yield
    worker.handlers.clear()
    worker.handlers.update(before)


def finish(call: DueCall) -> Outcome[sample.Permit]:
    return command(call.stream_id, Finish(call.args["task"]), call.request_id, actor="system:clock")


def settle(call: DueCall) -> None:
    finish(call)


def wait(event: threading.Event) -> None:
    event.wait(30)


def assigned(task: str = "review") -> str:
    stream_id = opened()
    command(stream_id, Assign(task, "market", NOW))
    return stream_id


def lease_over() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_due SET leased_until = clock_timestamp() - interval '1 second'")


def test_what_is_due_is_done_at_its_time_and_its_row_goes_with_the_command() -> None:
    stream_id = assigned()
    calls: list[DueCall] = []

    def noted(call: DueCall) -> None:
        calls.append(call)
        finish(call)

    worker.handlers["sample.remind"] = noted
    assert worker.run_once(DUE - timedelta(seconds=1)) == 0
    assert worker.run_once(DUE) == 1
    assert [(c.stream_id, c.key, c.name, c.args, c.at, c.attempt) for c in calls] == [
        (stream_id, "review", "sample.remind", {"task": "review"}, DUE, 1)
    ]
    assert worker.run_once(DUE) == 0
    assert worker.unsettled() == ()
    assert verify().ok


def test_a_worker_killed_after_its_command_does_no_harm() -> None:
    """The command was committed, the worker died before it knew: the next one is answered, nothing happens twice."""
    stream_id = assigned()
    taken, _ = worker.claim(DUE, None, 1)[0]
    finish(taken)
    command(stream_id, Assign("review", "market", NOW))  # owed again meanwhile: another row, another request
    assert finish(taken).repeated
    assert load(PERMIT, stream_id).tasks.keys() == {"review"}  # type: ignore[union-attr]


def test_a_worker_killed_before_its_command_is_replaced_when_its_lease_is_over() -> None:
    stream_id = assigned()
    first, _ = worker.claim(DUE, None, 1)[0]
    assert worker.claim(DUE, None, 1) == []
    lease_over()
    second, _ = worker.claim(DUE, None, 1)[0]
    assert (second.attempt, second.request_id) == (2, first.request_id)
    finish(second)
    assert finish(first).repeated  # the slow one was not dead after all
    assert load(PERMIT, stream_id).tasks == {}  # type: ignore[union-attr]
    assert verify().ok


def test_what_fails_waits_keeps_its_reason_and_is_tried_again() -> None:
    assigned()

    def broken(call: DueCall) -> None:
        raise OSError("no paper in the printer")

    worker.handlers["sample.remind"] = broken
    assert worker.drain(DUE) == 1
    assert worker.run_once(DUE) == 0  # it waits
    (row,) = worker.unsettled()
    assert (row.attempts, row.last_error) == (1, "OSError: no paper in the printer")
    lease_over()
    worker.handlers["sample.remind"] = settle
    assert worker.run_once(DUE) == 1
    assert worker.unsettled() == ()


@pytest.mark.parametrize("why", ["refused", "undone", "unknown"])
def test_what_does_not_settle_is_kept_and_shown(why: str) -> None:
    stream_id = assigned()
    if why == "refused":
        worker.handlers["sample.remind"] = lambda call: settle(replace(call, args={"task": "x"}))
    elif why == "undone":
        worker.handlers["sample.remind"] = lambda call: None
    assert worker.drain(DUE) == 1
    (row,) = worker.unsettled()
    said = {"refused": "refused: sample_no_task", "undone": "still asks for it", "unknown": "no handler"}[why]
    assert said in row.last_error
    assert row.stream_id == stream_id
    assert verify().ok  # the row stands as long as the state says so


def test_a_row_that_changed_meanwhile_is_left_alone() -> None:
    stream_id = assigned()
    later = NOW + timedelta(days=5)

    def moved(call: DueCall) -> None:
        command(call.stream_id, Assign("review", "market", later), call.request_id)

    worker.handlers["sample.remind"] = moved
    assert worker.run_once(DUE) == 1
    assert worker.unsettled() == ()
    worker.handlers["sample.remind"] = settle
    assert worker.run_once(later + timedelta(days=3)) == 1
    assert load(PERMIT, stream_id).tasks == {}  # type: ignore[union-attr]


def test_two_workers_share_the_work_and_take_nothing_twice() -> None:
    streams = [assigned() for _ in range(12)]
    calls: list[str] = []

    def slow(call: DueCall) -> None:
        calls.append(call.stream_id)
        time.sleep(0.01)
        finish(call)

    worker.handlers["sample.remind"] = slow

    def work() -> None:
        while worker.run_once(DUE, limit=2):
            pass
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(calls) == sorted(streams)
    assert verify().ok


def queued(queue: str, work: str) -> str:
    """A stream of a kind whose tasks wait in the queue named like their agency."""

    def rows(stream_id: str, state: sample.Permit) -> Rows:
        due = [Due(key, task.due, work, {"task": key}, task.agency) for key, task in state.tasks.items()]
        return replace(sample.rows(stream_id, state), due=due)

    kind = replace(PERMIT, rows=rows)
    register(kind)
    conftest.PERMIT, before = kind, conftest.PERMIT
    try:
        stream_id = opened()
        command(stream_id, Assign("review", queue, NOW))
    finally:
        conftest.PERMIT = before
    return stream_id


def test_a_slow_queue_starves_no_other() -> None:
    release, done, stop = threading.Event(), threading.Event(), threading.Event()
    worker.handlers["slow"] = lambda call: wait(release)
    worker.handlers["quick"] = lambda call: done.set()
    queued("sms", "slow")
    queued("default", "quick")

    def now() -> datetime:
        return DUE

    thread = threading.Thread(target=worker.run, args=(now, stop))
    thread.start()
    try:
        assert done.wait(20)
        assert not release.is_set()
    finally:
        stop.set()
        release.set()
        thread.join(30)
    assert not thread.is_alive()


def test_only_the_queue_asked_for_is_served() -> None:
    queued("sms", "quick")
    calls: list[DueCall] = []
    worker.handlers["quick"] = calls.append
    assert worker.run_once(DUE, queue="default") == 0
    assert worker.queues(DUE) == ("sms",)
    assert worker.run_once(DUE, queue="sms") == 1
    assert len(calls) == 1


def test_a_request_id_of_due_work_never_meets_anothers() -> None:
    """The same work owed again at the same moment of a clock that stands still is done again."""
    stream_id = assigned()
    worker.handlers["sample.remind"] = settle
    assert worker.drain(DUE) == 1
    command(stream_id, Assign("review", "market", NOW), str(uuid4()))
    assert worker.drain(DUE) == 1
    assert load(PERMIT, stream_id).tasks == {}  # type: ignore[union-attr]
    command(stream_id, Note("x"))
    assert verify().ok
