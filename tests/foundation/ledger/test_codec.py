"""The hashed envelope: fixed bytes, upcasting, commitments."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar

import pytest
import rfc8785
from django.db import connection

from tests.foundation.ledger.conftest import NOW, opened
from tests.foundation.ledger.sample import PERMIT, Noted, Opened
from tongban.foundation.ledger import ERASED, codec, history, verify
from tongban.foundation.ledger.registry import blank, register
from tongban.kernel.canonical import canonical

README = Path(codec.__file__).with_name("README.md")
ENVELOPE = codec.Envelope(
    "5b0e5b1e-0000-5000-8000-000000000001", 'person:王\u2028"1"', "company:二", "2026-03-02T01:30:00.000000Z", "r-1"
)


def test_the_vector_of_the_readme() -> None:
    """Fixed for ever: a change here would break every ledger in the field."""
    payload = '{"name":{"$c":"2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"},"tags":["餐饮"]}'
    assert hashlib.sha256(b"secret").hexdigest() in payload
    digest = codec.envelope_hash(ENVELOPE, 1, "opened", 2, payload.encode(), codec.GENESIS)
    assert digest.hex() == "ebdac5d93dd92fa0124252a499487aa20b1a4f490e5b8ca4c42187b1f625cd37"
    assert digest.hex() in README.read_text(encoding="utf-8")


def test_the_envelope_is_the_canonical_json_of_its_members() -> None:
    """An independent implementation of RFC 8785 comes to the same bytes."""
    payload = {"text": "é\u0001/\\", "n": 7, "list": [True, None]}
    members = {
        "v": 1, "stream": ENVELOPE.stream_id, "seq": 12, "type": "noted", "ver": 1, "payload": payload,
        "actor": ENVELOPE.actor, "principal": ENVELOPE.principal, "at": ENVELOPE.at, "request": ENVELOPE.request_id,
        "prev": "07" * 32,
    }  # fmt: skip
    ours = codec.envelope_hash(ENVELOPE, 12, "noted", 1, canonical(payload), b"\x07" * 32)
    assert ours == hashlib.sha256(rfc8785.dumps(members)).digest()


def test_one_moment_has_one_spelling() -> None:
    there = datetime(2026, 3, 2, 9, 30, 0, 5, tzinfo=timezone(timedelta(hours=8)))
    assert codec.instant(there) == codec.instant(there.astimezone(UTC)) == "2026-03-02T01:30:00.000005Z"
    with pytest.raises(ValueError, match="aware"):
        codec.instant(datetime(2026, 3, 2, 9, 30))  # noqa: DTZ001


def test_personal_values_are_committed_to_with_a_salt_of_their_own() -> None:
    event = Opened("P1", "李雷", date(1990, 5, 17), NOW)
    first, second = (codec.seal(event, 1, codec.GENESIS, ENVELOPE) for _ in range(2))
    assert "李雷" not in first.payload.decode()
    assert "1990" not in first.payload.decode()
    assert first.payload != second.payload
    assert first.plain is not None
    assert first.salts is not None
    assert json.loads(first.plain) == {"name": "李雷", "born": "1990-05-17"}
    body, salts = json.loads(first.payload), json.loads(first.salts)
    expected = hashlib.sha256(bytes.fromhex(salts["name"]) + '"李雷"'.encode()).hexdigest()
    assert body["name"] == {"$c": expected}
    assert codec.wrong_commitment(first.payload.decode(), first.plain.decode(), first.salts.decode()) is None
    assert codec.wrong_commitment(first.payload.decode(), first.plain.decode(), second.salts.decode()) == "born"


def test_an_absent_personal_value_is_said_openly() -> None:
    sealed = codec.seal(Opened("P1", "李雷", None, NOW), 1, codec.GENESIS, ENVELOPE)
    assert json.loads(sealed.payload)["born"] is None


def test_events_come_back_as_they_went_in() -> None:
    event = Opened("P1", "李雷", date(1990, 5, 17), NOW, ("a", "b"), "kiosk")
    sealed = codec.seal(event, 1, codec.GENESIS, ENVELOPE)
    assert sealed.plain is not None
    assert codec.decode_event(PERMIT, "opened", 2, sealed.payload.decode(), sealed.plain.decode()) == event


def test_an_erased_value_leaves_a_mark() -> None:
    sealed = codec.seal(Opened("P1", "李雷", date(1990, 5, 17), NOW), 1, codec.GENESIS, ENVELOPE)
    event = codec.decode_event(PERMIT, "opened", 2, sealed.payload.decode(), None)
    assert (event.name, event.born) == (ERASED, None)


def test_old_versions_are_upcast_and_unknown_ones_refused() -> None:
    old = '{"at":"2026-03-02T09:30:00+08:00","born":null,"name":"李雷","number":"P1","tags":[]}'
    assert codec.decode_event(PERMIT, "opened", 1, old, None).channel == "counter"
    with pytest.raises(LookupError, match="newer"):
        codec.decode_event(PERMIT, "opened", 3, old, None)
    with pytest.raises(LookupError, match="unknown event"):
        codec.decode_event(PERMIT, "closed", 1, old, None)
    with pytest.raises(LookupError, match="no upcaster"):
        codec.decode_event(PERMIT, "noted", 0, '{"text":"x"}', None)


@pytest.mark.django_db(transaction=True)
def test_a_stream_with_an_old_event_reads_and_verifies() -> None:
    """History as an older version wrote it: stored and hashed in its own shape, read in today's."""
    stream_id = opened()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER USER")
        cursor.execute("SELECT payload, request_id FROM ledger_event WHERE stream_id = %s", (stream_id,))
        payload, request_id = cursor.fetchone()
        body = json.loads(payload)
        del body["channel"]
        text = canonical(body)
        envelope = codec.Envelope(stream_id, "person:1", "person:1", codec.instant(NOW), request_id)
        hash_ = codec.envelope_hash(envelope, 1, "opened", 1, text, codec.GENESIS)
        cursor.execute(
            "UPDATE ledger_event SET payload = %s, version = 1, hash = %s WHERE stream_id = %s",
            (text.decode(), hash_, stream_id),
        )
        cursor.execute(
            "UPDATE ledger_stream SET head = %s, state = replace(state, 'portal', 'counter') WHERE id = %s",
            (hash_, stream_id),
        )
        cursor.execute('UPDATE sample_permit SET extra = extra || \'{"channel": "counter"}\'')
        cursor.execute("ALTER TABLE ledger_event ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_no_truncate")
    assert history(PERMIT, stream_id)[0].event.channel == "counter"
    report = verify()
    assert report.ok, report


def test_floats_have_no_place_in_an_event() -> None:
    with pytest.raises(ValueError, match="float"):
        codec.seal(Noted(1.5), 1, codec.GENESIS, ENVELOPE)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Details:
    name: str
    age: int
    notes: tuple[str, ...]
    more: dict[str, Any]
    born: date | None


def test_every_kind_of_personal_field_has_an_empty_form() -> None:
    empty = {"name": ERASED, "age": 0, "notes": [], "more": {}, "born": None}
    assert blank(Details) == empty
    assert blank(str | None) is None
    with pytest.raises(TypeError, match="must accept None"):
        blank(date)


def test_a_kind_that_could_not_be_kept_is_refused() -> None:
    from dataclasses import replace

    @dataclass(frozen=True)
    class Born:
        TYPE: ClassVar[str] = "noted"
        VERSION: ClassVar[int] = 1
        PERSONAL: ClassVar[frozenset[str]] = frozenset()

    with pytest.raises(TypeError, match="two events"):
        register(replace(PERMIT, events=(*PERMIT.events, Born)))
    table = replace(PERMIT.tables[1], columns=("task", "agency", "due"), types=("text", "text", "timestamptz"))
    with pytest.raises(TypeError, match="stream_id"):
        register(replace(PERMIT, tables=(table,)))
