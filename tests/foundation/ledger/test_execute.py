"""Commands are decided and recorded once, whole, and in two round trips."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.foundation.ledger import sample
from tests.foundation.ledger.conftest import NOW, command, number, opened
from tests.foundation.ledger.sample import PERMIT, Assign, Finish, Note, Open
from tests.foundation.ledger.witness import at_once, everything
from tongban.foundation.ledger import (
    Conflict,
    Read,
    RequestReused,
    history,
    load,
    next_number,
    stream_id_for,
    verify,
    wire,
)
from tongban.kernel.refusals import NotFound

pytestmark = pytest.mark.django_db(transaction=True)


# -- one command -----------------------------------------------------------------------------------------------------


def test_a_command_is_recorded_with_state_history_and_read_rows() -> None:
    stream_id = opened()
    outcome = command(stream_id, Note("补一句", 2))
    assert (outcome.first_seq, outcome.last_seq, outcome.repeated) == (2, 3, False)
    assert load(PERMIT, stream_id) == outcome.state
    events = history(PERMIT, stream_id)
    assert [e.type for e in events] == ["opened", "noted", "noted"]
    assert events[-1].hash == outcome.hash
    assert events[0].event.name == "王小明"
    assert events[0].at == NOW
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, name, born, opened, tags, extra->>'channel', notes FROM sample_permit")
        assert cursor.fetchone() == ("P1", "王小明", sample.Open("", NOW).born, NOW, ["food", "餐饮"], "portal", 2)


def test_read_rows_and_due_rows_come_change_and_go() -> None:
    stream_id = opened()
    command(stream_id, Assign("review", "market", NOW))
    command(stream_id, Assign("inspect", "fire", NOW))
    command(stream_id, Assign("review", "health", NOW + timedelta(days=1)))
    command(stream_id, Finish("inspect"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT task, agency, due FROM sample_task")
        assert cursor.fetchall() == [("review", "health", NOW + timedelta(days=4))]
        cursor.execute("SELECT key, at, name, args->>'task', fence FROM ledger_due")
        assert cursor.fetchall() == [("review", NOW + timedelta(days=4), "sample.remind", "review", 4)]
    assert verify().ok


def test_text_of_every_sort_survives() -> None:
    awkward = 'O\'Neil "x" \\ \t\n é 餐饮 𠮷 %s $1 {}'
    stream_id = opened(awkward)
    state = command(stream_id, Note(awkward)).state
    assert (state.name, state.notes) == (awkward, (awkward,))
    assert load(PERMIT, stream_id) == state
    assert verify().ok


def test_a_large_state_passes_through_the_socket() -> None:
    stream_id = opened()
    command(stream_id, Note("长" * 2_000_000))
    state = command(stream_id, Note("短")).state
    assert len(state.notes[0]) == 2_000_000


def test_a_refusal_leaves_nothing() -> None:
    stream_id = opened()
    before = everything()
    with pytest.raises(sample.AlreadyOpen):
        command(stream_id, Open("李雷", NOW), reads=[next_number("sample")], facts=number)
    with pytest.raises(sample.NoSuchTask):
        command(stream_id, Finish("nothing"))
    with pytest.raises(sample.NotOpen):
        command(str(uuid4()), Note("x"))
    assert everything() == before


def test_a_fault_in_a_projection_leaves_nothing_and_is_no_conflict() -> None:
    stream_id = opened()
    before = everything()
    with pytest.raises(IntegrityError, match="sample_permit_number_key"):
        command(str(uuid4()), Open("李雷", NOW), facts=1)
    assert everything() == before
    assert command(stream_id, Note("x")).last_seq == 2  # the connection is as good as before


def test_numbers_have_no_gaps() -> None:
    first, refused = opened(), str(uuid4())
    with pytest.raises(sample.NotOpen):
        command(refused, Note("x"), reads=[next_number("sample")], facts=number)
    second = opened()
    numbers = [state.number for stream in (first, second) if (state := load(PERMIT, stream))]
    assert numbers == ["P1", "P2"]


def test_reads_see_what_was_committed_and_arrive_in_their_types() -> None:
    stream_id = opened()
    seen: dict[str, Any] = {}
    reads = [
        Read("permit", "SELECT name, opened, tags, extra FROM sample_permit WHERE stream_id = %s", (stream_id,)),
        Read("none", "SELECT 1 WHERE %s > 2", (1,)),
        Read("like", "SELECT 'a%%b' || %s::text", (None,)),
    ]
    command(stream_id, Note("x"), reads=reads, facts=seen.update)
    name, when, tags, extra = seen["permit"]
    assert (name, when, tags, extra) == ("王小明", NOW, ["food", "餐饮"], {"channel": "portal", "has_tasks": False})
    assert seen["none"] is None
    assert seen["like"] == (None,)


# -- round trips -----------------------------------------------------------------------------------------------------


def test_a_step_takes_two_round_trips_and_one_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    stream_id = opened()
    trips: list[list[str]] = []
    real = wire.run

    def counting(raw: psycopg.Connection[Any], calls: Any) -> Any:
        trips.append([call.statement.sql.decode().split()[0] for call in calls])
        return real(raw, calls)

    monkeypatch.setattr(wire, "run", counting)
    with CaptureQueriesContext(connection) as seen:
        command(stream_id, Assign("review", "market", NOW), reads=[Read("one", "SELECT 1")], facts=lambda rows: None)
    assert trips == [["BEGIN", "SELECT", "SELECT", "SELECT"], ["WITH", "COMMIT"]]
    assert len(seen) == 2  # nothing of Django's beside them


def test_a_round_trip_waits_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything a trip sends leaves before the first answer is awaited."""
    stream_id = opened()
    command(stream_id, Note("statements are prepared"))
    syncs = []
    real = wire._send
    monkeypatch.setattr(wire, "_send", lambda *args: syncs.append(len(args[1])) or real(*args))
    command(stream_id, Note("x"))
    assert syncs == [3, 2]


# -- repeats ---------------------------------------------------------------------------------------------------------


def test_a_repeat_is_answered_and_not_done_again() -> None:
    stream_id, request_id = opened(), str(uuid4())
    first = command(stream_id, Note("一次"), request_id)
    command(stream_id, Note("后来"))
    before = everything()
    again = command(stream_id, Note("一次"), request_id)
    assert (again.repeated, again.first_seq, again.last_seq) == (True, first.first_seq, first.last_seq)
    assert again.state.notes == ("一次", "后来")
    assert everything() == before


def test_a_repeat_is_answered_even_where_the_command_would_now_be_refused() -> None:
    request_id = str(uuid4())
    stream_id = stream_id_for(request_id)
    reads = [next_number("sample")]
    outcomes = [command(stream_id, Open("李雷", NOW), request_id, reads=reads, facts=number) for _ in range(2)]
    assert [outcome.repeated for outcome in outcomes] == [False, True]
    assert outcomes[0].state == outcomes[1].state
    assert load(PERMIT, opened()).number == "P2"  # type: ignore[union-attr]  # the repeat used up no number


def test_a_command_that_changes_nothing_is_remembered_too() -> None:
    stream_id, request_id = opened(), str(uuid4())
    first = command(stream_id, Note("x", 0), request_id)
    assert (first.first_seq, first.last_seq, first.repeated) == (2, 1, False)
    assert command(stream_id, Note("x", 0), request_id).repeated
    assert verify().ok


@pytest.mark.parametrize("difference", ["command", "stream", "actor", "type"])
def test_a_request_id_can_not_be_used_for_something_else(difference: str) -> None:
    stream_id, other, request_id = opened(), opened(), str(uuid4())
    command(stream_id, Note("一次"), request_id)
    before = everything()
    with pytest.raises(RequestReused) as caught:
        command(
            other if difference == "stream" else stream_id,
            {"command": Note("两次"), "type": Finish("一次")}.get(difference, Note("一次")),
            request_id,
            actor="person:2" if difference == "actor" else "person:1",
        )
    assert caught.value.status == 409
    assert everything() == before


def test_a_stream_of_another_kind_is_not_there() -> None:
    from dataclasses import replace

    from tongban.foundation.ledger import execute

    stream_id = opened()
    other = replace(PERMIT, name="other")
    assert load(other, stream_id) is None
    assert history(other, stream_id) == ()
    with pytest.raises(NotFound):
        execute(other, stream_id, Note("x"), actor="a", principal="a", request_id="r", now=NOW)


# -- inside a transaction of the caller ------------------------------------------------------------------------------


def test_inside_an_outer_transaction_it_ends_with_that() -> None:
    before = everything()
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        stream_id = opened()
        command(stream_id, Note("x"))
        assert load(PERMIT, stream_id) is not None
        raise RuntimeError
    assert everything() == before
    with transaction.atomic():
        stream_id = opened()
    assert load(PERMIT, stream_id) is not None


def test_a_refusal_inside_an_outer_transaction_leaves_it_usable() -> None:
    with transaction.atomic():
        stream_id = opened()
        with pytest.raises(sample.NoSuchTask):
            command(stream_id, Finish("nothing"))
        command(stream_id, Note("x"))
    assert verify([stream_id]).ok


def test_losing_a_race_inside_an_outer_transaction_is_a_conflict() -> None:
    stream_id, opened_there, proceed = str(uuid4()), threading.Event(), threading.Event()

    def holder() -> None:
        with transaction.atomic():
            command(stream_id, Open("李雷", NOW), facts=1)
            opened_there.set()
            proceed.wait(20)

    def loser() -> None:
        assert opened_there.wait(20)
        threading.Timer(0.3, proceed.set).start()
        with transaction.atomic():
            command(stream_id, Open("韩梅梅", NOW), facts=2)

    assert [type(result) for result in at_once(holder, loser)] == [type(None), Conflict]


# -- few and many rows -----------------------------------------------------------------------------------------------


def test_few_rows_and_many_rows_are_written_alike() -> None:
    """Up to four rows of a table go as values, more as one document: the rows are the same."""
    from dataclasses import replace

    from tongban.foundation.ledger import Kind, execute, register, statements

    def decide(state: sample.Permit, order: Any, facts: Any) -> list[Any]:
        if state.opened is None:
            return [sample.Opened("P" + order[0], "x", None, NOW)]
        finished = [sample.Finished(task) for task in state.tasks if task not in order]
        return finished + [sample.Assigned(task, "market", NOW + facts) for task in order]

    kind: Kind[sample.Permit] = replace(PERMIT, decide=decide)
    register(kind)
    awkward = ["'", '"', "\\", "é", "x y", "{", ",", "$1", "%s"]
    stream_id = str(uuid4())

    def order(tasks: list[str], wait: timedelta = timedelta()) -> None:
        who = "person:1"
        execute(kind, stream_id, tasks, facts=wait, actor=who, principal=who, request_id=str(uuid4()), now=NOW)
        with connection.cursor() as cursor:
            cursor.execute("SELECT task, due FROM sample_task")
            found = sorted(cursor.fetchall())
        report = verify()
        assert report.ok, report
        if load(kind, stream_id).tasks:  # type: ignore[union-attr]
            assert found == sorted((task, NOW + wait) for task in tasks)

    order(["open"])
    assert len(awkward) > statements.FEW
    order(awkward)
    order(awkward, timedelta(days=1))  # many updates
    order(awkward[:3], timedelta(days=2))  # many deletes, few updates
    order(awkward[2:5])  # few of each
    order([])


def test_awkward_arrays_and_documents_survive() -> None:
    stream_id = str(uuid4())
    tags = ('"', "\\", "a,b", "{}", "", "NULL", "餐 饮")
    command(stream_id, Open("x", NOW, tags=tags), facts=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tags FROM sample_permit")
        assert tuple(cursor.fetchone()[0]) == tags
    assert verify().ok
