"""Licences: issued on a decision, signed, kept; revoked by the organ that issued them."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from io import BytesIO
from typing import Any

import segno
from django.conf import settings

from tongban.contexts.documents import queries
from tongban.contexts.documents.actions.acts import next_serial, plain, typesetter
from tongban.contexts.documents.actions.files import keep
from tongban.contexts.documents.core import licence as rules
from tongban.contexts.documents.core.files import StoredFile
from tongban.contexts.documents.core.licence import KIND, Fact, Issue, Licence, LicenceIssued, LicenceOrder, Revoke
from tongban.contexts.documents.models import Licence as Row
from tongban.contexts.parties.core import Actor, Role
from tongban.foundation import ledger
from tongban.foundation.pdf import own_seal
from tongban.kernel.clock import CHINA
from tongban.kernel.codes import licence_id as identifiers
from tongban.kernel.refusals import NotAllowed


def issue_licence(order: LicenceOrder, *, actor: Actor, request_id: str, now: datetime) -> Licence:
    """Make, sign and record the licence of a decision to grant (行政许可法 39).

    Called by the case once it has decided, as the system or the deciding officer. A repeat of `request_id` for the
    same case returns the first licence. Refuses `NotAllowed` for citizens, `RequestReused` for another case's request.
    Records the file and the event `licence.issued`; numbers come from a counter and may have gaps.
    """
    if actor.kind not in ("officer", "system"):
        raise NotAllowed
    stream_id = ledger.stream_id_for(request_id, "licence")
    today = now.astimezone(CHINA).date()
    if (found := _already(stream_id, order, today)) is not None:
        return found
    event = _made(order, today, now, actor)
    try:
        ledger.execute(
            KIND,
            stream_id,
            Issue(event),
            actor=actor.id,
            principal=f"party:{order.holder_party_id}",
            request_id=request_id,
            now=now,
        )
    except (ledger.RequestReused, ledger.Conflict, rules.LicenceAlreadyIssued):
        # The same request, at the same moment in another process, was first: its licence is the answer.
        if (found := _already(stream_id, order, today)) is not None:
            return found
        raise
    return queries.licence(stream_id, today=today)


def revoke_licence(
    licence_id: str, *, reason: str, basis: str, actor: Actor, request_id: str, now: datetime
) -> Licence:
    """Revoke a licence (行政许可法 69), by an approver of the organ that issued it.

    `reason` and `basis` (law and article) are printed for the holder. Refuses `NotFound`, `NotAllowed`,
    `LicenceNotInForce`, `ReasonAndBasisNeeded`. Records `licence.revoked`.
    """
    today = now.astimezone(CHINA).date()
    held = queries.licence(licence_id, today=today)
    if not (actor.kind == "officer" and actor.has(Role.APPROVER) and actor.agency == held.agency):
        raise NotAllowed
    ledger.execute(
        KIND,
        held.id,
        Revoke(on=today, reason=reason, basis=basis),
        actor=actor.id,
        principal=f"agency:{held.agency}",
        request_id=request_id,
        now=now,
    )
    return queries.licence(held.id, today=today)


def _already(stream_id: str, order: LicenceOrder, today: date) -> Licence | None:
    row = Row.objects.filter(stream_id=stream_id).first()
    if row is None:
        return None
    if (row.case_id, row.item_code) != (order.case_id, order.item_code):
        raise ledger.RequestReused
    return queries.shaped(row, today)


def _made(order: LicenceOrder, today: date, now: datetime, actor: Actor) -> LicenceIssued:
    """Number the licence, set and sign its paper, and keep it."""
    serial = next_serial(f"licence|{today.year}")
    start = order.valid_from or today
    number = rules.licence_number(order.item_code, today.year, serial)
    identifier = identifiers.make(rules.type_code(order), order.organ.credit_code, f"{today.year}{serial:06d}").text
    event = LicenceIssued(
        number=number,
        identifier=identifier,
        token=secrets.token_urlsafe(16),
        item_code=order.item_code,
        name=order.licence_name or order.item_name,
        name_en=order.licence_name_en or order.item_name_en,
        case_id=order.case_id,
        holder_party_id=order.holder_party_id,
        holder_name=order.holder_name,
        holder_number_masked=order.holder_number_masked,
        holder_kind=order.holder_kind,
        agency=order.organ.key,
        agency_name=order.organ.name,
        agency_name_en=order.organ.name_en,
        issued_on=today,
        valid_from=start,
        valid_to=rules.valid_until(start, order.valid_months),
        file_id="",
        sha256="",
        facts=tuple(Fact(*fact) for fact in order.facts),
        conditions=order.conditions,
    )
    file = _paper(order, event, now, actor)
    return rules.with_file(event, file.id, file.sha256)


def _paper(order: LicenceOrder, event: LicenceIssued, now: datetime, actor: Actor) -> StoredFile:
    page: dict[str, Any] = {
        "demo": settings.TONGBAN_DEMO,
        "organ": plain(order.organ),
        "name": event.name,
        "name_en": event.name_en,
        "number": event.number,
        "identifier": event.identifier,
        "holder_name": event.holder_name,
        "holder_number_masked": event.holder_number_masked,
        "item_name": order.item_name,
        "facts": [[fact.label, fact.value] for fact in event.facts or ()],
        "validity": _validity(event),
        "conditions": list(event.conditions),
        "qr": qr_svg(verify_address(event.token)),
        "issued_on": plain(event.issued_on),
        "verify_at": f"{settings.TONGBAN_BASE_URL}/verify/",
    }
    at = now.replace(microsecond=0)
    pdf = typesetter().pdf("licence.typ", page, at=at)
    signed = own_seal(now).sign(pdf, reason=f"{event.name} {event.number}", location=order.organ.name, at=at)
    name = f"{event.name} {event.number}.pdf"
    return keep(signed, media_type="application/pdf", filename=name, owner=actor.id, now=now)


def _validity(event: LicenceIssued) -> str:
    if event.valid_to is None:
        return f"{plain(event.valid_from)} 起长期有效"
    return f"{plain(event.valid_from)} 至 {plain(event.valid_to)}"


def verify_address(token: str) -> str:
    """The address in the code of a licence."""
    return f"{settings.TONGBAN_BASE_URL}/verify/{token}"


def qr_svg(text: str) -> str:
    """`text` as a QR code in SVG, error correction M, quiet zone included."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()
