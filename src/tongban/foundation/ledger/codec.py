"""From events to the bytes that are hashed, and back. The format is fixed: README.md describes it with a vector."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple, get_type_hints

import msgspec

from tongban.foundation import crypto
from tongban.foundation.ledger.contract import Kind
from tongban.foundation.ledger.registry import blank
from tongban.kernel.canonical import canonical

FORMAT = 1
GENESIS = bytes(32)  # prev of a stream's first event

_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.decode


class Sealed(NamedTuple):
    """One event as it will be stored."""

    type: str
    version: int
    payload: bytes
    prev: bytes
    hash: bytes
    plain: bytes | None  # personal values and ...
    salts: bytes | None  # ... the salts of their commitments, or None where the event has none


class Envelope(NamedTuple):
    """What every event of one command has in common."""

    stream_id: str
    actor: str
    principal: str
    at: str  # see `instant`
    request_id: str


def instant(moment: datetime) -> str:
    """`moment` (aware) in the one spelling the envelope uses: UTC with microseconds."""
    if moment.tzinfo is None:
        raise ValueError("the ledger needs an aware moment")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def seal(event: Any, seq: int, prev: bytes, envelope: Envelope) -> Sealed:
    """Turn `event` into its stored form, chained to `prev`."""
    cls = type(event)
    payload = msgspec.to_builtins(event)
    plain: bytes | None = None
    salts: bytes | None = None
    personal = cls.PERSONAL
    if personal:
        values = {name: payload[name] for name in personal if payload[name] is not None}
        if values:
            salted = {name: os.urandom(16) for name in values}
            for name, value in values.items():
                payload[name] = {"$c": commitment(salted[name], value)}
            plain = canonical(values)
            salts = canonical({name: salt.hex() for name, salt in salted.items()})
    text = canonical(payload)
    digest = envelope_hash(envelope, seq, cls.TYPE, cls.VERSION, text, prev)
    return Sealed(cls.TYPE, cls.VERSION, text, prev, digest, plain, salts)


def commitment(salt: bytes, value: object) -> str:
    """The salted commitment that stands for a personal value in the hashed payload."""
    return hashlib.sha256(salt + canonical(value)).hexdigest()


def wrong_commitment(payload: str, plain: str, salts: str) -> str | None:
    """The first personal field whose value does not give the commitment in `payload`, or None."""
    body, values, salted = _decode(payload), _decode(plain), _decode(salts)
    names: set[str] = values.keys() | salted.keys()
    for name in sorted(names):
        promised = body.get(name)
        if not isinstance(promised, dict) or name not in values or name not in salted:
            return name
        if promised.get("$c") != commitment(bytes.fromhex(salted[name]), values[name]):
            return name
    return None


def envelope_hash(envelope: Envelope, seq: int, type_: str, version: int, payload: bytes, prev: bytes) -> bytes:
    """SHA-256 over the canonical JSON of the envelope.

    Written member by member in the order of RFC 8785, because the payload is canonical already; that the bytes are
    those of `canonical(dict)` is tested.
    """
    stream_id, actor, principal, at, request_id = envelope
    return hashlib.sha256(
        b'{"actor":%b,"at":"%b","payload":%b,"prev":"%b","principal":%b,"request":%b,"seq":%d,"stream":%b,"type":%b,'
        b'"v":%d,"ver":%d}'
        % (
            canonical(actor),
            at.encode(),
            payload,
            prev.hex().encode(),
            canonical(principal),
            canonical(request_id),
            seq,
            canonical(stream_id),
            canonical(type_),
            FORMAT,
            version,
        )
    ).digest()


def encode_state(state: object) -> bytes:
    """The one text of a state: members and keys sorted."""
    return _encode(state)


@lru_cache(maxsize=256)
def _state_decoder(cls: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(cls)


def decode_state(kind: Kind[Any], text: bytes | str) -> Any:
    """The state written as `text`."""
    cls: Any = kind.state
    return _state_decoder(cls).decode(text)


def fingerprint(kind: str, stream_id: str, command: Any, actor: str) -> bytes:
    """What must be equal for a request to be a repeat.

    Keyed by the installation: a command holds personal values, and a plain digest of them would outlive their erasure
    and could be guessed.
    """
    digest = hashlib.sha256(_encode([kind, stream_id, type(command).__qualname__, command, actor])).hexdigest()
    return crypto.lookup_key(digest)


def encode_json(value: object) -> bytes:
    """Any value as JSON."""
    return _encode(value)


def encode_rows(rows: list[dict[str, Any]]) -> bytes:
    """Rows as the JSON that json_to_recordset reads."""
    return _encode(rows)


def open_payload(payload: str, plain: str | None) -> dict[str, Any]:
    """The payload with its personal values joined in; erased ones are None."""
    body: dict[str, Any] = _decode(payload)
    values: Mapping[str, Any] = _decode(plain) if plain is not None else {}
    for name, value in body.items():
        if type(value) is dict and len(value) == 1 and "$c" in value:
            body[name] = values.get(name)
    return body


def decode_event(kind: Kind[Any], type_: str, version: int, payload: str, plain: str | None) -> Any:
    """The event dataclass of today's version.

    Raises `LookupError` where no event or no upcaster of this type and version is known, `msgspec.ValidationError`
    where the payload does not fit.
    """
    cls = _event_class(kind, type_)
    body = open_payload(payload, plain)
    while version < cls.VERSION:
        upcast = kind.upcasters.get((type_, version))
        if upcast is None:
            raise LookupError(f"{kind.name}: no upcaster for {type_} version {version}")
        body = upcast(body)
        version += 1
    if version != cls.VERSION:
        raise LookupError(f"{kind.name}: {type_} version {version} is newer than this software")
    for name in cls.PERSONAL:
        if body.get(name) is None:
            body[name] = _blanks(cls)[name]
    return msgspec.convert(body, cls)


def _event_class(kind: Kind[Any], type_: str) -> Any:
    events: tuple[Any, ...] = kind.events
    for cls in events:
        if type_ == cls.TYPE:
            return cls
    raise LookupError(f"{kind.name}: unknown event {type_}")


@lru_cache(maxsize=512)
def _blanks(cls: Any) -> Mapping[str, Any]:
    hints = get_type_hints(cls)
    return {name: blank(hints[name]) for name in cls.PERSONAL}
