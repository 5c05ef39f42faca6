"""The ledger: every matter is a stream of events, decided by a pure function and recorded in one transaction."""

from tongban.foundation.ledger.contract import Due, Event, Kind, Order, Outcome, Read, Recorded, Rows, Table
from tongban.foundation.ledger.erasing import erase
from tongban.foundation.ledger.execution import execute, execute_many, stream_id_for
from tongban.foundation.ledger.reading import events_after, history, load, load_many
from tongban.foundation.ledger.reads import next_number
from tongban.foundation.ledger.refusals import Conflict, RequestReused
from tongban.foundation.ledger.registry import ERASED, kind_of, kinds, register
from tongban.foundation.ledger.verifying import Problem, Report, verify

__all__ = [
    "ERASED",
    "Conflict",
    "Due",
    "Event",
    "Kind",
    "Order",
    "Outcome",
    "Problem",
    "Read",
    "Recorded",
    "Report",
    "RequestReused",
    "Rows",
    "Table",
    "erase",
    "events_after",
    "execute",
    "execute_many",
    "history",
    "kind_of",
    "kinds",
    "load",
    "load_many",
    "next_number",
    "register",
    "stream_id_for",
    "verify",
]
