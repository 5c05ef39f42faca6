"""Public notices, for anybody; and the files of special procedures, for whoever may see the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.parts.special import Attachment, Course, Objection, PublicNotice
from tongban.contexts.cases.core.special.common import is_open, procedure
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.documents import queries as documents
from tongban.contexts.documents.core.files import StoredFile
from tongban.contexts.parties.core import Actor
from tongban.kernel.refusals import NotFound

from .cases import _uuid
from .states import state_of

#: Lines of the published list; older ones are found through their case.
MOST = 200


@dataclass(frozen=True)
class NoticeLine:
    """One line of the published list."""

    case_id: str
    special: str
    item_code: str
    item_version: int
    division: str
    agency: str
    title: str
    first: date
    last: date
    ended: bool


@dataclass(frozen=True)
class NoticeView:
    """A notice as anybody sees it: its text, and the answers to objections, without who objected."""

    case_id: str
    special: str
    item: Item
    agency: str
    notice: PublicNotice
    open: bool  # may be objected to
    document: str  # file id of the written notice, "" while it is being made
    answered: tuple[Objection, ...]
    waiting: int


def notices(*, today: date, division: str = "") -> tuple[NoticeLine, ...]:
    """What is published, those that still stand first."""
    where, params = ["true"], list[str]()
    if division:
        where.append("division = %s")
        params.append(division.replace("\0", ""))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream_id::text, special, item_code, item_version, division, agency, title, first_day, last_day,"  # noqa: S608 - own texts
            f" ended FROM cases_notice WHERE {' AND '.join(where)}"
            " ORDER BY (ended OR last_day < %s), last_day DESC, stream_id, special LIMIT %s",
            [*params, today, MOST],
        )
        return tuple(NoticeLine(*row) for row in cursor.fetchall())


def notice(case_id: str, special: str, *, today: date) -> NoticeView:
    """One published notice. Refuses NotFound for a case without it."""
    case_id = _uuid(case_id)
    state = state_of(case_id)
    one = procedure(state, special, Course.NOTICE)
    if one.notice is None:
        raise NotFound
    stands = is_open(state, one) and not state.is_over and one.notice.first <= today <= one.notice.last
    return NoticeView(
        case_id=case_id,
        special=special,
        item=catalogue.version(state.item_code, state.item_version).item,
        agency=state.agency,
        notice=one.notice,
        open=stands,
        document=written(state, special),
        answered=tuple(x for x in one.notice.objections if x.answer),
        waiting=sum(not x.answer for x in one.notice.objections),
    )


def written(state: CaseState, special: str) -> str:
    """The file of this very notice, "" while it is being made: a later notice of the case begins after the one before
    has ended, so its paper comes after that one's."""
    published = [one.id for one in state.procedures if one.notice is not None]
    papers = [one.file_id for one in state.documents if one.kind == "public_notice"]
    place = published.index(special)
    return papers[place] if place < len(papers) else ""


def notice_bytes(case_id: str, special: str, *, today: date) -> tuple[StoredFile, bytes]:
    """The written notice, which is public. Refuses NotFound."""
    found = notice(case_id, special, today=today)
    if not found.document:
        raise NotFound
    return documents.file(found.document)


def special_bytes(case_id: str, file_id: str, *, actor: Actor) -> tuple[StoredFile, bytes]:
    """A photograph or report of a special procedure, to whoever may see the case. Refuses NotFound."""
    state = state_of(_uuid(case_id))
    rights.require_sight(actor, state)
    if all(one.file_id != file_id for one in attachments(state)):
        raise NotFound
    return documents.file(file_id)


def attachments(state: CaseState) -> Iterator[Attachment]:
    """Every file of every special procedure."""
    for one in state.procedures:
        if one.visit is not None:
            yield from one.visit.photos
        if one.test is not None and one.test.report is not None:
            yield one.test.report
