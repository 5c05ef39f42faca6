"""Reads of documents. Who may see a file is decided above (material bytes leave only through `cases.queries`)."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from tongban.contexts.documents.core import licence as rules
from tongban.contexts.documents.core.acts import IssuedDocument
from tongban.contexts.documents.core.files import StoredFile
from tongban.contexts.documents.core.licence import (
    Fact,
    Licence,
    LicenceState,
    PdfVerdict,
    Verification,
    Verified,
)
from tongban.contexts.documents.models import File, Issued
from tongban.contexts.documents.models import Licence as Row
from tongban.contexts.parties.core import Actor
from tongban.foundation import ledger
from tongban.foundation.pdf import inspect_signature, own_seal
from tongban.foundation.storage import FileMissingError, store
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotFound

#: First keyword of every licence's PDF; its number and identifier follow.
MARK = "tongban-licence"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
_UNKNOWN = Verification(state=Verified.UNKNOWN)


def stored(file_id: str) -> StoredFile:
    """The record of a file without its bytes. Refuses `NotFound`."""
    row = File.objects.filter(id=_uuid(file_id)).first()
    if row is None:
        raise NotFound
    return file_of(row)


def file_of(row: File) -> StoredFile:
    """A row as the value that crosses the door."""
    return StoredFile(
        id=str(row.id),
        sha256=row.sha256,
        media_type=row.media_type,
        size=row.size,
        filename=row.filename,
        owner=row.owner,
        created_at=row.created_at,
    )


def file(file_id: str) -> tuple[StoredFile, bytes]:
    """A file and its bytes, checked against their digest. Refuses `NotFound`."""
    record = stored(file_id)
    try:
        return record, store().get(record.sha256)
    except FileMissingError:
        raise NotFound from None


def issued(case_number: str) -> tuple[IssuedDocument, ...]:
    """The written acts of a case, oldest first."""
    rows = Issued.objects.filter(case_number=case_number).order_by("issued_on", "number")
    return tuple(issued_of(row) for row in rows)


def issued_of(row: Issued) -> IssuedDocument:
    """A row as the value that crosses the door."""
    return IssuedDocument(
        id=str(row.id),
        file_id=str(row.file_id),
        number=row.number,
        sha256=row.sha256,
        kind=row.kind,
        title=row.title,
        issued_on=row.issued_on,
        agency=row.agency,
    )


def licence(licence_id: str, *, today: date) -> Licence:
    """One licence with its state on `today`. Refuses `NotFound`."""
    row = Row.objects.filter(stream_id=_uuid(licence_id)).first()
    if row is None:
        raise NotFound
    return shaped(row, today)


def licence_numbered(number: str, *, today: date) -> Licence | None:
    """The licence with this number, however it is spaced or written; None where there is none. For rules that know
    whose it must be, never for pages."""
    key = rules.lookup_key(number[:200])
    row = Row.objects.filter(number_key=key).first() if key else None
    return shaped(row, today) if row else None


def licences_of(party_ids: Iterable[str], *, today: date) -> tuple[Licence, ...]:
    """The licences these parties hold, newest first: one statement."""
    rows = Row.objects.filter(holder_party_id__in=list(party_ids)).order_by("-issued_on", "-number")
    return tuple(shaped(row, today) for row in rows)


def licences_for(actor: Actor, *, today: date) -> tuple[Licence, ...]:
    """The licences of the citizen and of everybody they act for, as far as each mandate reaches, newest first."""
    held = licences_of([principal.id for principal in actor.principals], today=today)
    return tuple(one for one in held if _reaches(actor, one))


def licence_for(licence_id: str, *, actor: Actor, today: date) -> Licence:
    """One licence of `licences_for`. Refuses `NotFound` for anybody else's."""
    found = licence(licence_id, today=today)
    if not _reaches(actor, found):
        raise NotFound
    return found


def _reaches(actor: Actor, held: Licence) -> bool:
    principal = actor.principal(held.holder_party_id)
    return principal is not None and principal.covers(held.item_code)


def seal_root(now: datetime) -> bytes:
    """The certificate (PEM) that all seals of this installation chain to, for checking without us."""
    return own_seal(now).root_pem()


def verify_token(token: str, now: datetime) -> Verification:
    """What the code on a licence says, to anybody. A wrong code and one never given get the same answer."""
    return _told(Row.objects.filter(token=token).first() if _TOKEN.fullmatch(token) else None, now)


def verify_number(number: str, now: datetime) -> Verification:
    """The same by licence number or GB/T 36904 identifier, however it is spaced or written."""
    key = rules.lookup_key(number[:200])
    if not key:
        return _UNKNOWN
    identifier = "".join(c for c in number[:200].upper() if c.isascii() and (c.isalnum() or c == "."))
    return _told(Row.objects.filter(Q(number_key=key) | Q(identifier=identifier)).first(), now)


def check_pdf(data: bytes, now: datetime) -> PdfVerdict:
    """Whether a PDF somebody holds is one this city issued: its signature, and our record of its digest."""
    signature = inspect_signature(data, own_seal(now), at=now)
    if not signature.readable:
        return PdfVerdict(readable=False)
    row = Row.objects.filter(sha256=hashlib.sha256(data).hexdigest()).first()
    claimed = [part.strip() for part in signature.keywords.split(",")]
    ours = claimed[:1] == [MARK] and len(claimed) == 3
    number, identifier = (claimed[1], claimed[2]) if ours else ("", "")
    return PdfVerdict(
        readable=True,
        signed=signature.signed,
        intact=signature.intact,
        trusted=signature.intact and signature.trusted,
        signer=signature.signer if signature.trusted else "",
        number=row.number if row else number,
        identifier=row.identifier if row else identifier,
        matches_record=row is not None,
        verification=_told(row, now) if row else None,
    )


def shaped(row: Row, today: date) -> Licence:
    """A row of the read table as the value that crosses the door."""
    return Licence(
        id=str(row.stream_id),
        number=row.number,
        identifier=row.identifier,
        token=row.token,
        item_code=row.item_code,
        name=row.name,
        name_en=row.name_en,
        case_id=row.case_id,
        holder_party_id=row.holder_party_id,
        holder_name=row.holder_name,
        holder_number_masked=row.holder_number_masked,
        holder_kind=row.holder_kind,
        agency=row.agency,
        agency_name=row.agency_name,
        agency_name_en=row.agency_name_en,
        issued_on=row.issued_on,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        state=rules.state_on(row.status, row.valid_from, row.valid_to, today),
        revoked_on=row.ended_on,
        revoked_reason=row.ended_reason,
        file_id=row.file_id,
        sha256=row.sha256,
        facts=tuple(Fact(*fact) for fact in row.facts),
        conditions=tuple(row.conditions),
    )


def _told(row: Row | None, now: datetime) -> Verification:
    if row is None:
        return _UNKNOWN
    found = shaped(row, now.astimezone(CHINA).date())
    try:
        paper = store().get(found.sha256)
    except FileMissingError:
        paper = b""
    signature = inspect_signature(paper, own_seal(now), at=now) if paper else None
    kind = found.holder_kind
    return Verification(
        state=Verified(found.state.value),
        number=found.number,
        identifier=found.identifier,
        name=found.name,
        name_en=found.name_en,
        holder=rules.mask_name(found.holder_name, kind),
        holder_number=found.holder_number_masked,
        agency_name=found.agency_name,
        agency_name_en=found.agency_name_en,
        issued_on=found.issued_on,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        revoked_on=found.revoked_on if found.state is LicenceState.REVOKED else None,
        sha256=found.sha256,
        facts=tuple(Fact(f.label, rules.mask_value(f.value, kind), f.label_en) for f in found.facts),
        file_intact=bool(paper),
        sealed=signature is not None and signature.intact and signature.trusted,
        chained=ledger.verify(streams=[found.id]).ok,
    )


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound from None
