"""Registering, correcting, mandates and the one-statement actor, on the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contexts.parties.conftest import LI, NOW, ROOT, ZHOU, Login
from tongban.contexts.parties import actions, models, queries
from tongban.contexts.parties.core import ANONYMOUS, Role, refusals
from tongban.contexts.parties.projections import PARTY
from tongban.foundation import ledger
from tongban.kernel.refusals import NotAllowed, NotFound, Refusal

pytestmark = pytest.mark.django_db
LogIn = Callable[..., Login]
Ids = Callable[[], str]


def test_who_acts_is_one_statement(log_in: LogIn) -> None:
    zhou = log_in(ZHOU)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        actor = queries.actor_of(zhou.account, now=NOW, epoch=zhou.epoch)
    assert len(asked) == 1
    assert (actor.kind, actor.name, actor.real_level) == ("citizen", "周敏", 3)
    assert [(p.kind, p.name, p.relation) for p in actor.principals] == [
        ("natural", "周敏", "self"),
        ("legal", "江畔小馆", "mandate"),
    ]
    assert actor.principals[0].id_number_masked == "4299**********0140"
    assert actor.principals[1].id_number_masked == "92429901MA4KDEM1XQ"


def test_an_officer_is_one_statement_too(appoint: LogIn) -> None:
    window = appoint("window1", Role.WINDOW, agency="service-centre", window="A01")
    with CaptureQueriesContext(connection) as asked:
        actor = queries.actor_of(window.account, now=NOW)
    assert len(asked) == 1
    assert (actor.agency, actor.window, actor.window_items) == ("service-centre", "A01", frozenset({"*"}))
    assert actor.may_receive("FOOD")


def test_an_ended_session_is_nobody(log_in: LogIn) -> None:
    zhou = log_in(ZHOU)
    actions.end_sessions(account_id=zhou.account, actor=zhou.actor, now=NOW)
    assert queries.actor_of(zhou.account, now=NOW, epoch=zhou.epoch) == ANONYMOUS


def test_logging_in_again_registers_nothing_twice_and_never_lowers_the_level(log_in: LogIn) -> None:
    first = log_in(ZHOU)
    again = log_in(replace(ZHOU, real_level=1))
    assert again.account == first.account
    assert again.actor == first.actor
    assert log_in(replace(ZHOU, real_level=4)).actor.real_level == 4
    assert [e.type for e in ledger.history(PARTY, first.actor.party_id)] == ["party.registered", "party.corrected"]


def test_numbers_phones_and_addresses_never_stand_in_clear(log_in: LogIn) -> None:
    zhou = log_in(ZHOU)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM parties_party t")
        columns = cursor.fetchone()[0]
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'ledger_%'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM \"{table}\" t")
            columns += cursor.fetchone()[0] or ""
    assert ZHOU.id_number not in columns
    assert ZHOU.phone not in columns
    own = queries.particulars(zhou.actor.party_id, actor=zhou.actor)
    assert (own.id_number, own.phone) == (ZHOU.id_number, ZHOU.phone)


def test_guessing_another_citizens_party_finds_nothing(log_in: LogIn, request_id: Ids) -> None:
    zhou, li = log_in(ZHOU), log_in(LI)
    company = zhou.actor.principals[1].id
    for other in (zhou.actor.party_id, company, "00000000-0000-0000-0000-000000000000", "not-an-id"):
        with pytest.raises(NotFound):
            queries.party(other, actor=li.actor)
        with pytest.raises(NotFound):
            queries.particulars(other, actor=li.actor)
        with pytest.raises(NotFound):
            queries.mandates(other, actor=li.actor)
        with pytest.raises(NotFound):
            actions.correct_party(party_id=other, phone="1", actor=li.actor, now=NOW, request_id=request_id())
        with pytest.raises(NotFound):
            actions.grant_mandate(
                from_party=other, to_party=li.actor.party_id, actor=li.actor, now=NOW, request_id=request_id()
            )
    with pytest.raises(NotFound):
        queries.find_party(ZHOU.id_number, actor=li.actor)


def test_wrong_check_digits_are_declined_on_entry(request_id: Ids) -> None:
    with pytest.raises(Refusal):
        actions.register_natural(
            name="周敏", id_number="429901198705120141", actor=ROOT, now=NOW, request_id=request_id()
        )
    with pytest.raises(Refusal):
        actions.register_legal(
            name="江畔小馆", credit_number="92429901MA4KDEM1XX", actor=ROOT, now=NOW, request_id=request_id()
        )
    assert not models.Party.objects.exists()


def test_a_window_finds_or_registers_a_person_once(appoint: LogIn, request_id: Ids) -> None:
    window = appoint("window1", Role.WINDOW, agency="service-centre", window="A01").actor
    assert queries.find_party(LI.id_number, actor=window) is None
    one = request_id()
    made = actions.register_natural(
        name="李雪", id_number=LI.id_number.lower(), phone="13900000002", actor=window, now=NOW, request_id=one
    )
    repeated = actions.register_natural(
        name="李雪", id_number=LI.id_number.lower(), phone="13900000002", actor=window, now=NOW, request_id=one
    )
    assert (repeated.party_id, repeated.repeated) == (made.party_id, True)
    found = queries.find_party(f" {LI.id_number} ", actor=window)
    assert found is not None
    assert (found.id, found.phone_masked, found.real_level) == (made.party_id, "139****0002", 4)
    with pytest.raises(refusals.PartyKnown):
        actions.register_natural(name="李雪", id_number=LI.id_number, actor=window, now=NOW, request_id=request_id())


def test_a_reviewer_registers_nobody(appoint: LogIn, request_id: Ids) -> None:
    reviewer = appoint("reviewer1", Role.REVIEWER).actor
    with pytest.raises(NotAllowed):
        actions.register_natural(name="李雪", id_number=LI.id_number, actor=reviewer, now=NOW, request_id=request_id())


def test_citizens_correct_their_phone_but_not_their_name(log_in: LogIn, request_id: Ids) -> None:
    zhou = log_in(ZHOU).actor
    actions.correct_party(party_id=zhou.party_id, phone="13811112222", actor=zhou, now=NOW, request_id=request_id())
    assert queries.particulars(zhou.party_id, actor=zhou).phone == "13811112222"
    with pytest.raises(NotAllowed):
        actions.correct_party(party_id=zhou.party_id, name="周天", actor=zhou, now=NOW, request_id=request_id())


def test_a_mandate_lasts_from_its_first_to_its_last_day(log_in: LogIn, request_id: Ids) -> None:
    zhou, li = log_in(ZHOU), log_in(LI)
    company = zhou.actor.principals[1].id
    actions.grant_mandate(
        from_party=company,
        to_party=li.actor.party_id,
        items=["FOOD"],
        valid_from=date(2026, 3, 5),
        valid_to=date(2026, 3, 10),
        actor=zhou.actor,
        now=NOW,
        request_id=request_id(),
    )

    def may_act(days: int) -> bool:
        actor = queries.actor_of(li.account, now=NOW + timedelta(days=days))
        held = actor.principal(company)
        return held is not None and held.covers("FOOD") and not held.covers("SIGN")

    assert [may_act(days) for days in (2, 3, 8, 9)] == [False, True, True, False]


def test_a_revoked_mandate_ends_at_once(log_in: LogIn, request_id: Ids) -> None:
    zhou, li = log_in(ZHOU), log_in(LI)
    given = actions.grant_mandate(
        from_party=zhou.actor.party_id, to_party=li.actor.party_id, actor=zhou.actor, now=NOW, request_id=request_id()
    )
    assert queries.actor_of(li.account, now=NOW).principal(zhou.actor.party_id) is not None
    assert [m.in_force(NOW.date()) for m in queries.mandates(li.actor.party_id, actor=li.actor)] == [True]
    actions.revoke_mandate(
        from_party=zhou.actor.party_id, mandate_id=given, actor=li.actor, now=NOW, request_id=request_id()
    )
    assert queries.actor_of(li.account, now=NOW).principal(zhou.actor.party_id) is None
    with pytest.raises(refusals.MandateUnknown):
        actions.revoke_mandate(
            from_party=zhou.actor.party_id, mandate_id=given, actor=zhou.actor, now=NOW, request_id=request_id()
        )


def test_an_agent_cannot_hand_the_mandate_on(log_in: LogIn, request_id: Ids) -> None:
    zhou, li = log_in(ZHOU), log_in(LI)
    company = zhou.actor.principals[1].id
    actions.grant_mandate(
        from_party=company, to_party=li.actor.party_id, actor=zhou.actor, now=NOW, request_id=request_id()
    )
    agent = queries.actor_of(li.account, now=NOW)
    with pytest.raises(NotAllowed):
        actions.grant_mandate(
            from_party=company, to_party=zhou.actor.party_id, actor=agent, now=NOW, request_id=request_id()
        )


def test_a_mandate_to_nobody_is_declined(log_in: LogIn, request_id: Ids) -> None:
    zhou = log_in(ZHOU).actor
    with pytest.raises(NotFound):
        actions.grant_mandate(
            from_party=zhou.party_id,
            to_party="00000000-0000-0000-0000-000000000000",
            actor=zhou,
            now=NOW,
            request_id=request_id(),
        )


def test_every_act_carries_its_actor(log_in: LogIn, request_id: Ids) -> None:
    zhou, li = log_in(ZHOU).actor, log_in(LI).actor
    actions.grant_mandate(from_party=zhou.party_id, to_party=li.party_id, actor=zhou, now=NOW, request_id=request_id())
    assert [(e.type, e.actor) for e in ledger.history(PARTY, zhou.party_id)] == [
        ("party.registered", "system:identity"),
        ("party.mandate_granted", f"person:{zhou.party_id}"),
    ]


def test_numbers_in_clear_are_for_windows_not_for_every_officer(log_in: LogIn, appoint: LogIn) -> None:
    zhou = log_in(ZHOU).actor
    for role in Role:
        officer = replace(appoint(f"one-{role.value}", role).actor, roles=frozenset({role}))
        if role is Role.WINDOW:
            assert queries.particulars(zhou.party_id, actor=officer).phone == ZHOU.phone
            continue
        with pytest.raises(NotFound):
            queries.particulars(zhou.party_id, actor=officer)
