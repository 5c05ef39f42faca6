"""Written acts: worded, numbered, sealed, kept."""

from __future__ import annotations

import uuid
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from tongban.contexts.documents.actions.files import keep
from tongban.contexts.documents.core import acts
from tongban.contexts.documents.core.acts import DocumentFacts, DocumentKind, IssuedDocument, Organ
from tongban.contexts.documents.models import Issued
from tongban.contexts.documents.queries import issued_of
from tongban.contexts.parties.core import Actor
from tongban.foundation.pdf import Typesetter
from tongban.kernel.clock import CHINA

TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "documents"


@cache
def typesetter() -> Typesetter:
    """The process's typesetter over this context's templates."""
    return Typesetter(TEMPLATES)


def render_document(
    kind: str, facts: DocumentFacts, *, organ: Organ, number: str, issued_on: date, demo: bool | None = None
) -> bytes:
    """The act as PDF/A-2b. `demo` marks it 演示 (None = as the installation is). Records nothing.

    Refuses `UnknownKind`, `FactsMissing` (an act that lacks what its law wants stated), `TwoInspectorsNeeded`.
    """
    which = acts.kind_of(kind)
    acts.require(which, facts)
    title, title_en, _ = acts.TITLES[which]
    values: dict[str, Any] = {f.name: plain(getattr(facts, f.name)) for f in fields(facts)}
    page = {
        "title": title,
        "title_en": title_en,
        "number": number,
        "issued_on": plain(issued_on),
        "demo": settings.TONGBAN_DEMO if demo is None else demo,
        "organ": {f.name: getattr(organ, f.name) for f in fields(organ)},
        **values,
    }
    at = datetime(issued_on.year, issued_on.month, issued_on.day, tzinfo=CHINA)
    return typesetter().pdf(f"{which.value}.typ", page, at=at)


def issue_document(
    kind: str, facts: DocumentFacts, *, agency: Organ, actor: Actor, now: datetime, request_id: str = ""
) -> IssuedDocument:
    """Word, number and keep an act of `agency`; the caller has checked that the actor may perform the act itself.

    With a `request_id` the same act is issued once: a repeat returns the first. The number comes from a counter of
    organ, kind and year, held until the surrounding transaction ends; gaps are possible, repeats are not.
    Refuses as `render_document`. Records the file and the issue.
    """
    request = request_id or str(uuid.uuid4())
    if request_id and (found := issued_for(request_id)) is not None:
        return found
    which = acts.kind_of(kind)
    acts.require(which, facts)
    today = now.astimezone(CHINA).date()
    with transaction.atomic():
        serial = next_serial(f"{acts.short_name(agency)}|{which.value}|{today.year}")
        if request_id and (found := issued_for(request_id)) is not None:
            return found  # another process issued it while this one waited for the counter
        number = acts.document_number(agency, which, today.year, serial)
        data = render_document(kind, facts, organ=agency, number=number, issued_on=today)
        title = acts.TITLES[which][0]
        file = keep(data, media_type="application/pdf", filename=f"{title} {number}.pdf", owner=actor.id, now=now)
        row = Issued.objects.create(
            id=uuid.uuid4(),
            kind=which.value,
            number=number,
            title=title,
            agency=agency.key,
            case_number=facts.case_number,
            file_id=file.id,
            sha256=file.sha256,
            issued_on=today,
            issued_by=actor.id,
            request_id=request,
        )
    return issued_of(row)


def issued_for(request_id: str) -> IssuedDocument | None:
    """The act this request already issued, or None."""
    row = Issued.objects.filter(request_id=request_id).first()
    return None if row is None else issued_of(row)


def next_serial(series: str) -> int:
    """The next number of a series; locks the series until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_counter (series, value) VALUES (%s, 1) "
            "ON CONFLICT (series) DO UPDATE SET value = documents_counter.value + 1 RETURNING value",
            (series,),
        )
        (value,) = cursor.fetchone()
    return int(value)


def plain(value: Any) -> Any:
    """A value as the templates read it: dates in words, records as dictionaries."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return [plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return value


__all__ = ["DocumentKind", "issue_document", "issued_for", "next_serial", "plain", "render_document"]
