"""The stream of a batch: commands, events, what each may do, and which rows it stands for. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from tongban.contexts.cases.core.answers import check_served
from tongban.contexts.cases.core.batch.refusals import CompaniesOnly, NothingToFile
from tongban.contexts.cases.core.batch.state import BatchCase, BatchState
from tongban.contexts.cases.core.commands import Applicant, Facts
from tongban.contexts.cases.core.refusals import ItemChanged, RealLevelTooLow
from tongban.contexts.cases.core.state import Document, Material, Owed
from tongban.foundation.ledger.contract import Due, Rows, Table
from tongban.kernel.refusals import NotAllowed, NotFound

#: Filing goes on in the request itself; the worker takes over what a request left unfinished.
PATIENCE = timedelta(seconds=30)
#: More rows than this are filed by the worker alone, so that nobody waits before a white page.
AT_ONCE = 500


@dataclass(frozen=True)
class OpenBatch:
    """Take in `count` people; their rows are marked in the same transaction."""

    draft: str
    applicant: Applicant
    item_version: int
    division: str
    values: dict[str, str | list[str]]
    materials: tuple[Material, ...]
    count: int
    channel: str
    principal: str


@dataclass(frozen=True)
class CloseFiling:
    """Every row became a case or went back."""

    cases: tuple[BatchCase, ...]
    returned: int


@dataclass(frozen=True)
class RecordBatchPaper:
    key: str
    kind: str
    number: str
    title: str
    file_id: str
    sha256: str


class BatchEvent:
    """Base: defaults of the attributes that the ledger reads."""

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class BatchOpened(BatchEvent):
    """One application for many people was filed; all of them count as received now (行政许可法 29)."""

    TYPE: ClassVar[str] = "batch.opened"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"applicant", "values", "materials", "by_name"})
    number: str
    draft: str
    item_code: str
    item_version: int
    applicant: Applicant
    division: str
    agency: str
    lanes: dict[str, str]
    channel: str
    values: dict[str, str | list[str]]
    materials: tuple[Material, ...]
    count: int
    by: str
    by_name: str
    principal: str
    at: datetime


@dataclass(frozen=True)
class BatchFiled(BatchEvent):
    """Its people are cases now, each with a number; owes the one receipt for all of them."""

    TYPE: ClassVar[str] = "batch.filed"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"cases"})
    cases: tuple[BatchCase, ...]
    returned: int
    at: datetime


@dataclass(frozen=True)
class BatchPaperIssued(BatchEvent):
    TYPE: ClassVar[str] = "batch.document_issued"
    key: str
    kind: str
    number: str
    title: str
    file_id: str
    sha256: str
    at: datetime


EVENTS: tuple[type[BatchEvent], ...] = (BatchOpened, BatchFiled, BatchPaperIssued)


def decide(state: BatchState, command: Any, facts: Facts) -> list[Any]:
    """The events that `command` brings about, or a Refusal."""
    return _DECIDERS[type(command)](state, command, facts)


def _open(state: BatchState, command: OpenBatch, facts: Facts) -> list[Any]:
    """A company's batch of an item that takes batches, filed by whoever may act for it, or at a window for them."""
    if state.opened_at is not None:
        return []
    item, actor, who = facts.item, facts.actor, command.applicant
    if item.handling is None or item.handling.batch is None:
        raise NotFound
    if command.item_version != facts.current_version:
        raise ItemChanged(version=facts.current_version)
    require_filer(command, facts)
    if who.kind != "legal":
        raise CompaniesOnly
    check_served(item, who.kind)
    if command.count < 1:
        raise NothingToFile
    return [
        BatchOpened(
            number=facts.number,
            draft=command.draft,
            item_code=item.code,
            item_version=item.version,
            applicant=who,
            division=command.division,
            agency=facts.agency,
            lanes=dict(facts.lanes or {}),
            channel=command.channel,
            values=command.values,
            materials=command.materials,
            count=command.count,
            by=actor.id,
            by_name=actor.name,
            principal=command.principal,
            at=facts.now,
        )
    ]


def require_filer(command: OpenBatch, facts: Facts) -> None:
    """The actor may file for the applicant, online or at a window. Refuses NotAllowed, RealLevelTooLow."""
    actor = facts.actor
    assert facts.item.handling is not None
    if command.channel == "window":
        if not actor.may_receive(facts.item.code):
            raise NotAllowed
        return
    principal = actor.principal(command.applicant.party)
    if actor.kind != "citizen" or principal is None or not principal.covers(facts.item.code):
        raise NotAllowed
    level = facts.item.handling.minimum_real_level
    if actor.real_level < level:
        raise RealLevelTooLow(level=level)


def _close(state: BatchState, command: CloseFiling, facts: Facts) -> list[Any]:
    if state.opened_at is None:
        raise NotFound
    if state.filed_at is not None:
        return []
    return [BatchFiled(cases=command.cases, returned=command.returned, at=facts.now)]


def _record(state: BatchState, command: RecordBatchPaper, facts: Facts) -> list[Any]:
    if facts.actor.kind != "system":
        raise NotAllowed
    if all(owed.key != command.key for owed in state.owed):
        return []
    return [
        BatchPaperIssued(
            key=command.key,
            kind=command.kind,
            number=command.number,
            title=command.title,
            file_id=command.file_id,
            sha256=command.sha256,
            at=facts.now,
        )
    ]


_DECIDERS: dict[type, Callable[[BatchState, Any, Facts], list[Any]]] = {
    OpenBatch: _open,
    CloseFiling: _close,
    RecordBatchPaper: _record,
}


def evolve(state: BatchState, event: Any) -> BatchState:
    """The state after `event`."""
    return _EVOLVERS[type(event)](state, event)


def _opened(state: BatchState, event: BatchOpened) -> BatchState:
    return BatchState(
        number=event.number,
        draft=event.draft,
        item_code=event.item_code,
        item_version=event.item_version,
        applicant=event.applicant,
        division=event.division,
        agency=event.agency,
        lanes=event.lanes,
        channel=event.channel,
        values=event.values,
        materials=event.materials,
        count=event.count,
        opened_at=event.at,
        opened_by=event.by,
        opened_by_name=event.by_name,
        principal=event.principal,
    )


def _filed(state: BatchState, event: BatchFiled) -> BatchState:
    owed = (Owed("batch_receipt", "batch_receipt", event.at),) if event.cases else ()
    return replace(state, filed_at=event.at, cases=event.cases, returned=event.returned, owed=owed)


def _issued(state: BatchState, event: BatchPaperIssued) -> BatchState:
    paper = Document(event.kind, event.number, event.title, event.file_id, event.sha256, event.at)
    owed = tuple(one for one in state.owed if one.key != event.key)
    return replace(state, documents=(*state.documents, paper), owed=owed)


_EVOLVERS: dict[type, Callable[[BatchState, Any], BatchState]] = {
    BatchOpened: _opened,
    BatchFiled: _filed,
    BatchPaperIssued: _issued,
}

BATCH = Table(
    name="cases_batch",
    key=("stream_id",),
    columns=(
        "stream_id", "number", "draft", "item_code", "item_version", "applicant", "applicant_name", "agency",
        "division", "opened_at", "filed_at", "count",
    ),
    types=(
        "uuid", "text", "uuid", "text", "int", "uuid", "text", "text", "text", "timestamptz", "timestamptz", "int",
    ),
)  # fmt: skip


def rows(stream_id: str, state: BatchState) -> Rows:
    """Read row and due rows of a batch."""
    if state.applicant is None:
        return Rows(tables={})
    count = len(state.cases) if state.filed_at is not None else state.count
    row = (
        stream_id, state.number, state.draft, state.item_code, state.item_version, state.applicant.party,
        state.applicant.name, state.agency, state.division, state.opened_at, state.filed_at, count,
    )  # fmt: skip
    return Rows(tables={BATCH.name: [row]}, due=_due(state))


def _due(state: BatchState) -> list[Due]:
    assert state.opened_at is not None
    if state.filed_at is None:
        at = state.opened_at + (timedelta(0) if state.count > AT_ONCE else PATIENCE)
        return [Due("file", at, "batch.file", queue="batches")]
    return [Due(f"document:{owed.key}", owed.since, "batch.make_document", {"key": owed.key}, "documents")
            for owed in state.owed]  # fmt: skip
