"""Commands are decided and recorded once, whole, and in two round trips."""

from __future__ import annotations

import pytest

from tests.foundation.ledger.conftest import NOW, command, opened
from tests.foundation.ledger.sample import PERMIT, Note
from tongban.foundation.ledger import history, load

pytestmark = pytest.mark.django_db(transaction=True)


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
