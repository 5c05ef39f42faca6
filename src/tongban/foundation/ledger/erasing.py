"""Erasing the personal values of a stream: the chain stays whole, the values are gone."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from tongban.foundation.ledger import codec, projection, statements, wire
from tongban.foundation.ledger.contract import Kind
from tongban.foundation.ledger.reading import history
from tongban.kernel.refusals import NotFound


def erase(kind: Kind[Any], stream_id: str) -> int:
    """Delete the personal values and salts of every event of the stream so far; returns how many events had some.

    State, read rows and due rows are made anew from what is left, in the same transaction. Who erased, and on what
    basis, is an event of its own that the caller records first. Refuses `NotFound`.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT state FROM ledger_stream WHERE id = %s AND kind = %s FOR UPDATE", (stream_id, kind.name))
        found = cursor.fetchone()
        if found is None:
            raise NotFound
        old = codec.decode_state(kind, found[0])
        cursor.execute("DELETE FROM ledger_private WHERE stream_id = %s", (stream_id,))
        erased = int(cursor.rowcount)
        state = kind.state()
        for recorded in history(kind, stream_id):
            state = kind.evolve(state, recorded.event)
        text = codec.encode_state(state)
        cursor.execute("UPDATE ledger_stream SET state = %s WHERE id = %s", (text.decode(), stream_id))
        before, after = (projection.rows_of(kind, stream_id, s) for s in (old, state))
        shapes, params = projection.changes(kind, stream_id, before, after)
        if shapes:
            call = wire.Call(statements.reproject(shapes), (stream_id.encode(), *params))
            wire.run(connection.connection, [call])
    return erased
