"""What a case stands for in the read tables and the due table: pure, so that the ledger can compare them any time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from tongban.contexts.cases.core.automatic import rows as automatic
from tongban.contexts.cases.core.automatic.rows import TABLE_DECISION, table_rows
from tongban.contexts.cases.core.batch import rows as batch
from tongban.contexts.cases.core.course import rows as course
from tongban.contexts.cases.core.fairness import rows as fairness
from tongban.contexts.cases.core.special import rows as special
from tongban.contexts.cases.core.state import Act, CaseState, Phase, Task
from tongban.contexts.parties.core import Role
from tongban.foundation.ledger.contract import Due, Rows, Table
from tongban.kernel.clock import CHINA

_AREAS = (course, special, fairness, automatic, batch)
#: Work that stands on, or begins, when the case is over.
_AFTERWARDS = frozenset({Act.DELIVER, Act.LOOK_AGAIN, Act.RECHECK, Act.VERIFY})

CASE = Table(
    name="cases_case",
    key=("stream_id",),
    columns=(
        "stream_id", "number", "phase", "ending", "item_code", "item_version", "channel", "applicant",
        "applicant_name", "person", "division", "agency", "submitted_at", "accepted_at", "closed_at", "legal_due",
        "promised_due", "stopped", "waits_applicant", "rated",
    ),
    types=(
        "uuid", "text", "text", "text", "text", "int", "text", "uuid", "text", "text", "text", "text",
        "timestamptz", "timestamptz", "timestamptz", "date", "date", "boolean", "boolean", "boolean",
    ),
)  # fmt: skip

TASK = Table(
    name="cases_task",
    key=("stream_id", "task"),
    columns=(
        "stream_id", "task", "act", "role", "agency", "name", "name_en", "item_code", "division", "number",
        "applicant_name", "channel", "opened_at", "due", "promised_due", "legal_due", "stopped", "done_at", "done_by",
        "outcome",
    ),
    types=(
        "uuid", "text", "text", "text", "text", "text", "text", "text", "text", "text", "text", "text",
        "timestamptz", "date", "date", "date", "boolean", "timestamptz", "text", "text",
    ),
)  # fmt: skip


def rows(stream_id: str, state: CaseState) -> Rows:
    """Read rows and due rows of a case."""
    return Rows(
        tables={
            CASE.name: [_case_row(stream_id, state)],
            TASK.name: _task_rows(stream_id, state),
            batch.BATCHED.name: batch.batched(stream_id, state),
            special.NOTICE.name: special.notices(stream_id, state),
            fairness.RECUSED.name: fairness.recused(stream_id, state),
            fairness.PUBLISHED.name: fairness.published(stream_id, state),
            TABLE_DECISION.name: table_rows(stream_id, state),
        },
        due=_due(state),
    )


def _case_row(stream_id: str, state: CaseState) -> tuple[Any, ...]:
    return (
        stream_id, state.number, state.phase.value, state.ending.value, state.item_code, state.item_version,
        state.channel, state.applicant, state.applicant_name, state.person, state.division, state.agency,
        state.submitted_at, state.accepted_at, state.closed_at, state.legal_due, state.promised_due,
        state.stopped_by is not None, state.waits_applicant, state.rating is not None,
    )  # fmt: skip


def _task_rows(stream_id: str, state: CaseState) -> list[tuple[Any, ...]]:
    own = [_row(stream_id, state, task) for task in state.tasks]
    return own + [_row(stream_id, state, task, due) for task, due in _standing_tasks(state)]


def _row(stream_id: str, state: CaseState, task: Task, due: date | None = None) -> tuple[Any, ...]:
    running = task.is_open
    nearest = due or state.promised_due or state.legal_due
    return (
        stream_id, task.id, task.act, task.role, task.agency, task.name, task.name_en, state.item_code,
        state.division, state.number, state.applicant_name, state.channel, task.opened_at,
        nearest if running else None, state.promised_due if running else None, state.legal_due if running else None,
        running and task.act != Act.SPECIAL and (state.stopped_by is not None or state.phase is Phase.CORRECTING),
        task.done_at
        or task.cancelled_at
        or (state.closed_at if state.is_over and task.act not in _AFTERWARDS else None),
        task.done_by, "cancelled" if task.cancelled_at is not None else task.outcome,
    )  # fmt: skip


def _standing_tasks(state: CaseState) -> list[tuple[Task, date | None]]:
    """Work that the legal life itself sets, beside the route: intake, an extension to approve, a result to give out."""
    tasks: list[tuple[Task, date | None]] = []
    at = state.submitted_at
    if at is not None and state.phase in (Phase.SUBMITTED, Phase.PRE_PASSED, Phase.CORRECTING):
        due = state.supplement.due if state.phase is Phase.CORRECTING and state.supplement else state.notice_due
        tasks.append((_standing(Act.INTAKE, Role.WINDOW, "", "收件审查", "Intake", at), due))
    extension = state.extension
    if extension is not None and extension.approved_at is None and state.phase is Phase.ACCEPTED:
        approver = extension.agency or state.agency
        approve = _standing(Act.EXTEND, Role.APPROVER, approver, "审批延期", "Approve extension", extension.asked_at)
        tasks.append((approve, None))
    if state.phase is Phase.CLOSED and state.delivery == "window" and state.decision is not None:
        assert state.closed_at is not None
        tasks.append(
            (_standing(Act.DELIVER, Role.WINDOW, "", "发放结果", "Hand over", state.closed_at), state.delivery_due)
        )
    for area in _AREAS:
        tasks += area.tasks(state)
    return tasks


def _standing(act: Act, role: Role, agency: str, name: str, name_en: str, at: datetime) -> Task:
    return Task(
        id=act.value, node="", act=act.value, role=role.value, lane="", agency=agency, name=name, name_en=name_en,
        opened_at=at,
    )  # fmt: skip


def _due(state: CaseState) -> list[Due]:
    due = [
        Due(
            key=f"document:{owed.key}",
            at=owed.since,
            name="case.issue_licence" if owed.kind == "licence" else "case.make_document",
            args={"key": owed.key, "kind": owed.kind},
            queue="documents",
        )
        for owed in state.owed
    ]
    if state.phase in (Phase.SUBMITTED, Phase.PRE_PASSED) and state.notice_due is not None:
        due.append(Due("deem", _end_of(state.notice_due), "case.deem_accepted", queue="clocks"))
    if state.phase is Phase.CORRECTING and state.supplement is not None:
        due.append(Due("lapse", _end_of(state.supplement.due), "case.lapse_supplement", queue="clocks"))
    for area in _AREAS:
        due += area.due(state)
    return due


def _end_of(day: date) -> datetime:
    """The first moment after `day`, in official time."""
    return datetime.combine(day + timedelta(days=1), time(0, 0), CHINA)
