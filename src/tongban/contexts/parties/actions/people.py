"""Registering and correcting parties, giving and ending mandates, and signing in a citizen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from tongban.contexts.parties import models, queries
from tongban.contexts.parties.core import Actor, Role, refusals, system
from tongban.contexts.parties.core import party as rules
from tongban.contexts.parties.core.identity import LegalIdentity, VerifiedIdentity
from tongban.contexts.parties.core.people import mask
from tongban.contexts.parties.projections import PARTY
from tongban.foundation import crypto, ledger
from tongban.kernel.clock import CHINA
from tongban.kernel.codes import citizen_id, credit_code
from tongban.kernel.refusals import NotAllowed, NotFound

#: Who may enter and correct parties beside the parties themselves: windows and the system's own work.
_REGISTRARS = frozenset({Role.WINDOW, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Registered:
    """A party as it now stands."""

    party_id: str
    repeated: bool = False


@dataclass(frozen=True)
class SignedIn:
    """The account to keep in a session, and the epoch after which the session ends."""

    account_id: str
    epoch: int


def _may_register(actor: Actor) -> None:
    if actor.kind != "system" and not actor.roles & _REGISTRARS:
        raise NotAllowed


def _day(now: datetime) -> date:
    return now.astimezone(CHINA).date()


def _sealed(text: str) -> str:
    return crypto.seal(text.encode()).hex() if text else ""


def _details(
    id_type: str, number: str, *, name: str, phone: str, address: str, real_level: int, shown: tuple[int, int]
) -> rules.Details:
    return rules.Details(
        name=name.strip(),
        id_type=id_type,
        number=_sealed(number),
        lookup=queries.lookup(number),
        masked=mask(number, *shown),
        phone=_sealed(phone.strip()),
        phone_masked=mask(phone.strip(), 3, 4),
        address=_sealed(address.strip()),
        real_level=real_level,
    )


def _digest(*clear: object) -> str:
    return crypto.lookup_key("\n".join(str(part) for part in clear)).hex()


def _register(
    kind: rules.PartyKind, details: rules.Details, digest: str, *, actor: Actor, now: datetime, request_id: str
) -> Registered:
    stream_id = ledger.stream_id_for(request_id)
    known = models.Party.objects.filter(lookup=details.lookup).values_list("stream_id", flat=True).first()
    if known is not None and str(known) != stream_id:
        raise refusals.PartyKnown(field="id_number")
    try:
        outcome = ledger.execute(
            PARTY,
            stream_id,
            rules.Register(kind, digest),
            facts=details,
            actor=actor.id,
            principal="",
            request_id=request_id,
            now=now,
        )
    except IntegrityError:  # two windows at once: the unique number decides
        raise refusals.PartyKnown(field="id_number") from None
    return Registered(stream_id, outcome.repeated)


def register_natural(
    *,
    name: str,
    id_number: str,
    phone: str = "",
    address: str = "",
    real_level: int = 4,
    actor: Actor,
    now: datetime,
    request_id: str,
) -> Registered:
    """Enter a natural person. In person at a window is real-name level 4 (STANDARDS §7.3).

    Refuses a citizen number with a wrong check digit or birth date, `PartyKnown`, `NameMissing`, `NotAllowed`.
    Records `party.registered`.
    """
    _may_register(actor)
    number = citizen_id.parse(id_number, _day(now)).text
    details = _details(
        "citizen_id", number, name=name, phone=phone, address=address, real_level=real_level, shown=(4, 4)
    )
    digest = _digest(name, number, phone, address, real_level)
    return _register("natural", details, digest, actor=actor, now=now, request_id=request_id)


def register_legal(
    *,
    name: str,
    credit_number: str,
    phone: str = "",
    address: str = "",
    actor: Actor,
    now: datetime,
    request_id: str,
) -> Registered:
    """Enter an organisation by its unified social credit code (GB 32100-2015).

    Refuses a code with a wrong check character, `PartyKnown`, `NameMissing`, `NotAllowed`. Records
    `party.registered`. The code is public (企业信息公示暂行条例 6) and therefore shown whole.
    """
    _may_register(actor)
    number = credit_code.parse(credit_number).text
    details = _details("credit_code", number, name=name, phone=phone, address=address, real_level=2, shown=(18, 0))
    digest = _digest(name, number, phone, address)
    return _register("legal", details, digest, actor=actor, now=now, request_id=request_id)


def correct_party(
    *,
    party_id: str,
    name: str | None = None,
    phone: str | None = None,
    address: str | None = None,
    real_level: int | None = None,
    actor: Actor,
    now: datetime,
    request_id: str,
) -> None:
    """Correct a party's particulars; None leaves as is. Citizens may change their own phone and address, never name
    or level.

    Refuses `NotFound` for parties that are not the actor's, `NotAllowed`, `NameMissing`. Records `party.corrected`
    unless nothing changes.
    """
    _may_correct(actor, party_id, only_contact=name is None and real_level is None)
    digest = _digest(name, phone, address, real_level)
    state = ledger.load(PARTY, party_id)
    if state is None:
        raise NotFound
    phone = _changed(phone, state.details.phone)
    address = _changed(address, state.details.address)
    changes = rules.Changes(
        name=None if name is None else name.strip(),
        phone=None if phone is None else _sealed(phone),
        phone_masked=None if phone is None else mask(phone, 3, 4),
        address=None if address is None else _sealed(address),
        real_level=real_level,
    )
    ledger.execute(
        PARTY,
        party_id,
        rules.Correct(digest),
        facts=changes,
        actor=actor.id,
        principal=party_id,
        request_id=request_id,
        now=now,
    )


def _may_correct(actor: Actor, party_id: str, *, only_contact: bool) -> None:
    if not queries.may_see(actor, party_id):
        raise NotFound
    if actor.kind != "citizen":
        _may_register(actor)
    elif actor.party_id != party_id or not only_contact:
        raise NotAllowed


def _changed(given: str | None, sealed: str) -> str | None:
    """`given`, or None where it says what stands there already: sealing it again would look like a change."""
    return None if given is None or given.strip() == queries.clear(sealed) else given.strip()


def grant_mandate(
    *,
    from_party: str,
    to_party: str,
    items: Sequence[str] = ("*",),
    valid_from: date | None = None,
    valid_to: date | None = None,
    basis: rules.Basis = "granted",
    actor: Actor,
    now: datetime,
    request_id: str,
) -> str:
    """Let `to_party` act for `from_party` in `items` ("*" = all) from `valid_from` (default today) to `valid_to`, both
    days included. Returns the mandate's id.

    May be given by the person itself, the legal representative, or entered at a window (民法典 161, 165, 169).
    Refuses `NotAllowed` for an agent who would hand the mandate on, `NotFound` for a party that is not the actor's or
    not there, `MandateToOneself`, `MandatePeriodWrong`, `MandateScopeMissing`. Records `party.mandate_granted`.
    """
    _may_dispose(actor, from_party)
    if not models.Party.objects.filter(stream_id=queries.as_uuid(to_party)).exists():
        raise NotFound(field="to_party")
    mandate_id = ledger.stream_id_for(request_id, "mandate")
    ledger.execute(
        PARTY,
        from_party,
        rules.Grant(from_party, mandate_id, to_party, tuple(items), valid_from, valid_to, basis),
        facts=_day(now),
        actor=actor.id,
        principal=from_party,
        request_id=request_id,
        now=now,
    )
    return mandate_id


def revoke_mandate(*, from_party: str, mandate_id: str, actor: Actor, now: datetime, request_id: str) -> None:
    """End a mandate at once: by the party that gave it, by the one who holds it (民法典 173), or at a window.

    Refuses `NotFound` for a party that is not the actor's and `MandateUnknown`. Records `party.mandate_revoked`.
    """
    row = models.Mandate.objects.filter(id=queries.as_uuid(mandate_id), stream_id=queries.as_uuid(from_party)).first()
    if row is None:
        raise NotFound
    if not (actor.party_id and actor.party_id == str(row.to_party)):
        _may_dispose(actor, from_party)
    ledger.execute(
        PARTY,
        from_party,
        rules.Revoke(mandate_id),
        actor=actor.id,
        principal=from_party,
        request_id=request_id,
        now=now,
    )


def _may_dispose(actor: Actor, party_id: str) -> None:
    """Mandates of a party are its own affair: the person itself, the legal representative of an organisation, or a
    window. An agent may not hand the mandate on (民法典 169). Others don't learn that the party exists."""
    if actor.kind == "citizen":
        if actor.principal(party_id) is None:
            raise NotFound
        if party_id != actor.party_id and not _represents(actor.party_id, party_id):
            raise NotAllowed
    elif actor.kind == "anonymous":
        raise NotFound
    else:
        _may_register(actor)


def _represents(person: str, company: str) -> bool:
    rows = models.Mandate.objects.filter(stream_id=company, to_party=person, revoked=False)
    return rows.filter(basis="legal_representative").exists()


def sign_in(identity: VerifiedIdentity, *, now: datetime, request_id: str) -> SignedIn:
    """The account of a person the identity provider vouches for; enters person, organisations and mandates as needed.

    A better proof raises the recorded real-name level; a weaker one never lowers it. Refuses a number with a wrong
    check digit. Records what changed, in the name of system:identity. Returns the account.
    """
    actor = system("identity")
    number = citizen_id.parse(identity.id_number, _day(now)).text
    known = queries.find_party(number, actor=actor)
    if known is None:
        party_id = register_natural(
            name=identity.name,
            id_number=number,
            phone=identity.phone,
            address=identity.address,
            real_level=identity.real_level,
            actor=actor,
            now=now,
            request_id=f"{request_id} person",
        ).party_id
    else:
        party_id = known.id
        if identity.real_level > known.real_level:
            correct_party(
                party_id=party_id,
                real_level=identity.real_level,
                actor=actor,
                now=now,
                request_id=f"{request_id} level",
            )
    for legal in identity.legal:
        _represent(legal, party_id, actor=actor, now=now, request_id=f"{request_id} {legal.credit_code}")
    account, _ = models.Account.objects.get_or_create(
        party_id=party_id, defaults={"kind": "citizen", "name": f"citizen-{party_id}", "password": "!"}
    )
    return SignedIn(str(account.id), account.epoch)


def _represent(legal: LegalIdentity, person: str, *, actor: Actor, now: datetime, request_id: str) -> None:
    """See to it that the organisation is entered and its legal representative holds the mandate of the office."""
    known = queries.find_party(legal.credit_code, actor=actor)
    company = known.id if known else ""
    if not company:
        company = register_legal(
            name=legal.name,
            credit_number=legal.credit_code,
            address=legal.address,
            actor=actor,
            now=now,
            request_id=f"{request_id} party",
        ).party_id
    if not _represents(person, company):
        grant_mandate(
            from_party=company,
            to_party=person,
            basis="legal_representative",
            actor=actor,
            now=now,
            request_id=f"{request_id} mandate",
        )
