"""Whatever is changed beside the ledger, `verify` finds it and names the row."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import connection

from tests.foundation.ledger.conftest import NOW, command, opened
from tests.foundation.ledger.sample import PERMIT, Assign, Finish, Note
from tongban.foundation.ledger import Problem, codec, erase, history, load, registry, verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stream_id() -> str:
    """A stream with six events between two others, everything in it."""
    opened("李雷")
    found = opened("韩梅梅")
    command(found, Note("第一句", 2))
    command(found, Assign("review", "market", NOW))
    command(found, Assign("inspect", "fire", NOW))
    command(found, Finish("inspect"))
    opened("张三")
    return found


def tamper(sql: str, *params: object) -> None:
    """Change rows as somebody could who rules the database: with every trigger off."""
    with connection.cursor() as cursor:
        for switch in ("DISABLE", "ENABLE"):
            for table in ("ledger_event", "ledger_private", "ledger_request"):
                cursor.execute(f"ALTER TABLE {table} {switch} TRIGGER USER")
            if switch == "DISABLE":
                cursor.execute(sql, params)
                assert cursor.rowcount == 1
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_no_truncate")


def test_an_honest_ledger_verifies(stream_id: str) -> None:
    seen: list[tuple[int, int | None]] = []
    report = verify(progress=lambda done, total: seen.append((done, total)))
    assert report.ok, report
    assert (report.streams, report.events) == (3, 8)
    assert report.rows == 3 + 1 + 1  # permits, one task, its due row
    assert seen[-1] == (3, 3)
    assert "all as recorded" in str(report)


EVENT, STREAM, PRIVATE = "ledger_event", "ledger_stream", "ledger_private"
CASES: dict[str, tuple[str, str, str, str]] = {
    "payload edited": (
        "UPDATE ledger_event SET payload = replace(payload, '第一句', '第二句') WHERE stream_id = %s AND seq = 2",
        EVENT, " 2", "contents",
    ),
    "actor edited": (
        "UPDATE ledger_event SET actor = 'officer:9' WHERE stream_id = %s AND seq = 3", EVENT, " 3", "contents",
    ),
    "moment edited": (
        "UPDATE ledger_event SET at = at + interval '1 microsecond' WHERE stream_id = %s AND seq = 3",
        EVENT, " 3", "contents",
    ),
    "event deleted in the middle": (
        "DELETE FROM ledger_event WHERE stream_id = %s AND seq = 3", EVENT, " 3", "is missing",
    ),
    "last event deleted": ("DELETE FROM ledger_event WHERE stream_id = %s AND seq = 6", EVENT, " 6", "is missing"),
    "last event deleted and version set back": (
        "WITH gone AS (DELETE FROM ledger_event WHERE stream_id = %s AND seq = 6 RETURNING stream_id)"
        " UPDATE ledger_stream SET version = 5 FROM gone WHERE id = stream_id",
        STREAM, "", "head",
    ),
    "event inserted": (
        "INSERT INTO ledger_event (stream_id, seq, type, version, payload, at, actor, principal, request_id, prev_hash,"
        " hash) SELECT stream_id, 7, type, version, payload, at, actor, principal, request_id, hash, hash"
        " FROM ledger_event WHERE stream_id = %s AND seq = 6",
        EVENT, " 7", "contents",
    ),
    "link edited": (
        "UPDATE ledger_event SET prev_hash = hash WHERE stream_id = %s AND seq = 4", EVENT, " 4", "prev_hash",
    ),
    "head edited": ("UPDATE ledger_stream SET head = sha256(head) WHERE id = %s", STREAM, "", "head"),
    "state edited": (
        "UPDATE ledger_stream SET state = replace(state, 'market', 'health') WHERE id = %s", STREAM, "", "tasks is",
    ),
    "state spelled otherwise": (
        "UPDATE ledger_stream SET state = state || ' ' WHERE id = %s", STREAM, "", "spelling",
    ),
    "stream deleted": ("DELETE FROM ledger_stream WHERE id = %s", EVENT, " ", "no stream"),
    "stream of a kind nobody knows": (
        "UPDATE ledger_stream SET kind = 'other' WHERE id = %s", STREAM, "", "not registered",
    ),
    "private value edited": (
        "UPDATE ledger_private SET plain = replace(plain, '韩梅梅', '韩红红') WHERE stream_id = %s",
        PRIVATE, " 1", "name",
    ),
    "private salt edited": (
        "UPDATE ledger_private SET salts = overlay(salts placing '0123456789' from 10) WHERE stream_id = %s",
        PRIVATE, " 1", "born",
    ),
    "private salt broken": (
        "UPDATE ledger_private SET salts = overlay(salts placing 'zz' from 10) WHERE stream_id = %s",
        PRIVATE, " 1", "can't be read",
    ),
    "read row edited": (
        "UPDATE sample_permit SET name = '韩红红' WHERE stream_id = %s", "sample_permit", "", "name is \"韩红红\"",
    ),
    "read array edited": (
        "UPDATE sample_permit SET tags = tags || '{x}' WHERE stream_id = %s", "sample_permit", "", "tags is",
    ),
    "read document edited": (
        "UPDATE sample_permit SET extra = '{}' WHERE stream_id = %s", "sample_permit", "", "extra is {}",
    ),
    "read row missing": ("DELETE FROM sample_task WHERE stream_id = %s", "sample_task", " review", "missing"),
    "read row extra": (
        "INSERT INTO sample_task VALUES (%s, 'extra', 'health', now())", "sample_task", " extra", "no state",
    ),
    "due row missing": ("DELETE FROM ledger_due WHERE stream_id = %s", "ledger_due", " review", "missing"),
    "due time edited": (
        "UPDATE ledger_due SET at = at + interval '1 day' WHERE stream_id = %s", "ledger_due", " review", "at is",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_tampering_is_found_and_named(case: str, stream_id: str) -> None:
    sql, table, key, what = CASES[case]
    tamper(sql, stream_id)
    report = verify()
    assert not report.ok
    assert report.problem is not None
    assert report.problem.table == table
    assert report.problem.key.startswith(stream_id + key)
    assert what in report.problem.what
    if case not in ("stream deleted", "stream of a kind nobody knows"):
        assert verify([stream_id]).problem == report.problem


STRAY = {
    "sample_task": "INSERT INTO sample_task VALUES (%s, 'extra', 'health', now())",
    "ledger_due": "INSERT INTO ledger_due (stream_id, key, queue, name, at, args, fence)"
    " VALUES (%s, 'extra', 'default', 'x', now(), '{}', 1)",
    "ledger_private": "INSERT INTO ledger_private VALUES (%s, 1, '{}', '{}')",
}


@pytest.mark.parametrize("table", STRAY)
def test_rows_of_no_stream_are_found(table: str, stream_id: str) -> None:
    tamper(STRAY[table], "nowhere")
    report = verify()
    assert report.problem is not None
    assert (report.problem.table, report.problem.what) == (table, "there is no stream it belongs to")
    assert report.problem.key.startswith("nowhere ")


def test_rechaining_a_changed_event_is_found_by_the_stream(stream_id: str) -> None:
    """Somebody who knows the format changes the last event and its hash, but not the stream."""
    last = history(PERMIT, stream_id)[-1]
    payload = '{"task":"review"}'
    envelope = codec.Envelope(stream_id, last.actor, last.principal, codec.instant(last.at), last.request_id)
    prev = bytes.fromhex(history(PERMIT, stream_id)[-2].hash)
    hash_ = codec.envelope_hash(envelope, last.seq, last.type, last.version, payload.encode(), prev)
    tamper(
        "UPDATE ledger_event SET payload = %s, hash = %s WHERE stream_id = %s AND seq = %s",
        payload, hash_, stream_id, last.seq,
    )  # fmt: skip
    assert verify().problem == Problem("ledger_stream", stream_id, "head is not the hash of its last event")


def test_a_stream_that_is_not_there_is_a_problem() -> None:
    assert not verify(["nowhere"]).ok


def test_erased_values_are_gone_and_the_chain_holds(stream_id: str) -> None:
    hashes = [event.hash for event in history(PERMIT, stream_id)]
    assert erase(PERMIT, stream_id) == 1
    assert erase(PERMIT, stream_id) == 0
    assert [event.hash for event in history(PERMIT, stream_id)] == hashes
    first = history(PERMIT, stream_id)[0].event
    assert (first.name, first.born) == ("***", None)
    state = load(PERMIT, stream_id)
    assert state is not None
    assert (state.name, state.born) == ("***", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, born FROM sample_permit WHERE stream_id = %s", (stream_id,))
        assert cursor.fetchone() == ("***", None)
        cursor.execute(
            "SELECT count(*) FROM ledger_stream s JOIN ledger_event e ON e.stream_id = s.id"
            " WHERE s.state LIKE '%%韩梅梅%%' OR e.payload LIKE '%%韩梅梅%%'"
        )
        assert cursor.fetchone() == (0,)
    assert verify().ok
    command(stream_id, Note("以后"))
    report = verify()
    assert report.ok, report


def test_verify_holds_one_batch_of_streams(stream_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from tongban.foundation.ledger import verifying

    monkeypatch.setattr(verifying, "BATCH", 2)
    report = verify()
    assert report.ok
    assert report.streams == 3


@pytest.fixture
def unregistered() -> Callable[[], None]:
    return registry._kinds.clear


def test_a_ledger_without_its_kinds_does_not_pass(stream_id: str, unregistered: Callable[[], None]) -> None:
    unregistered()
    report = verify()
    assert report.problem is not None
    assert "not registered" in report.problem.what


def test_a_member_that_came_with_a_later_version_is_no_tampering() -> None:
    """States written before a member was added lack it; it has its default, so nothing is wrong."""
    stream_id = opened()
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM ledger_stream WHERE id = %s", [stream_id])
        before = json.loads(cursor.fetchone()[0])
    assert before["notes"] == []
    del before["notes"]
    tamper("UPDATE ledger_stream SET state = %s WHERE id = %s", codec.encode_json(before).decode(), stream_id)
    assert verify().ok
    before["unknown"] = 1
    tamper("UPDATE ledger_stream SET state = %s WHERE id = %s", codec.encode_json(before).decode(), stream_id)
    assert not verify().ok
