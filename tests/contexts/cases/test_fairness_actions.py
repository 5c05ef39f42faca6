"""Fair procedure on a real database: the papers made, who finds the case, commissions, and renewal by the clock."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest

from tongban.contexts.cases import actions, queries
from tongban.contexts.cases.core import refusals_fair as rf
from tongban.contexts.cases.core.views import WorktableFilter
from tongban.contexts.cases.jobs import organ
from tongban.contexts.documents import actions as document_actions
from tongban.contexts.documents import queries as documents
from tongban.contexts.documents.core.licence import Licence, LicenceOrder
from tongban.contexts.parties import actions as parties_actions
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role, refusals
from tongban.foundation import ledger
from tongban.kernel.refusals import NotAllowed, NotFound

from .city import SETUP, City, accepted, build, decide, png, request, review_all

MARKET = "market-linjiang"


@pytest.fixture
def city(db: None) -> City:
    return build()


def chief_of(city: City, agency: str = MARKET) -> Actor:
    return city.officer(agency, Role.APPROVER, name="chief")


def tell(city: City, case_id: str) -> None:
    actions.notify_intention(
        case_id=case_id, facts="灶间只有 4 平方米", reasons="面积不够", basis="办法第十二条", actor=chief_of(city),
        request_id=request(), now=city.now,
    )  # fmt: skip


def kinds(city: City, case_id: str) -> list[str]:
    return [one.kind for one in city.state(case_id).documents]


def test_a_statement_with_its_file_is_kept_once_and_seen_by_those_of_the_case(city: City) -> None:
    case_id = accepted(city)
    review_all(city, case_id)
    tell(city, case_id)
    say = partial(
        actions.state_defence, case_id=case_id, text="漏算了二楼", files=[("图.png", png())], actor=city.owner,
        request_id=request(), now=city.now,
    )  # fmt: skip
    say()
    say()  # the same request again
    (said,) = city.state(case_id).statements
    stored, data = queries.material_bytes(case_id, said.papers[0].file_id, actor=chief_of(city))
    assert (stored.media_type, data) == ("image/png", png())
    with pytest.raises(NotFound):
        queries.material_bytes(case_id, said.papers[0].file_id, actor=city.stranger)
    with pytest.raises(NotFound):
        actions.state_defence(
            case_id=case_id,
            text="x",
            files=[("图.png", png())],
            actor=city.stranger,
            request_id=request(),
            now=city.now,
        )
    actions.decide_case(
        case_id=case_id, task=next(t.id for t in city.state(case_id).open_tasks), outcome="deny", reasons="面积不够",
        considered="二楼没有报建", actor=chief_of(city), request_id=request(), now=city.now,
    )  # fmt: skip
    city.work()
    assert {"intended_adverse", "defence_record", "denial"} <= set(kinds(city, case_id))
    assert ledger.verify().ok


def test_who_keeps_out_finds_neither_the_case_nor_its_tasks(city: City) -> None:
    case_id = accepted(city)
    reviewer = city.officer(MARKET, Role.REVIEWER, name="弟弟")
    other = city.officer(MARKET, Role.REVIEWER, name="别人")
    number = city.state(case_id).number
    look = partial(queries.worktable, chosen=WorktableFilter(), today=city.now.date())
    assert {line.case_id for line in look(actor=reviewer).lines} == {case_id}
    actions.ask_recusal(case_id=case_id, reason="我弟弟开的店", actor=reviewer, request_id=request(), now=city.now)
    waiting = look(actor=chief_of(city)).lines
    assert [line.act for line in waiting] == ["recuse"]
    actions.decide_recusal(
        case_id=case_id, recusal="1", grant=True, actor=chief_of(city), request_id=request(), now=city.now
    )
    assert look(actor=reviewer).lines == ()
    assert {line.case_id for line in look(actor=other).lines} == {case_id}
    assert queries.find_cases(number[-6:], actor=reviewer) == ()
    assert len(queries.find_cases(number[-6:], actor=other)) == 1
    with pytest.raises(NotFound):
        queries.case(case_id, actor=reviewer)
    city.work()
    assert "recusal" in kinds(city, case_id)
    assert ledger.verify().ok


def test_the_applicant_names_an_officer_of_the_organ(city: City) -> None:
    case_id = accepted(city)
    offered = {id_: agency for id_, _name, agency in queries.officers_of_case(case_id, actor=city.owner)}
    named = city.second[MARKET].removeprefix("officer:")
    assert offered[named] == MARKET
    ask = partial(actions.ask_recusal, case_id=case_id, reason="亲戚", actor=city.owner, now=city.now)
    with pytest.raises(rf.NotOfThisCase):
        ask(officer=city.second["health-linjiang"], request_id=request())
    with pytest.raises(rf.NotOfThisCase):
        ask(officer="nobody", request_id=request())
    ask(officer=named, request_id=request())
    assert city.state(case_id).recusals[0].officer_name == "李四"
    with pytest.raises(NotFound):
        queries.officers_of_case(case_id, actor=city.stranger)


def test_an_interested_party_answers_with_number_and_code_and_nothing_else(city: City) -> None:
    case_id = accepted(city)
    once = request()
    for _repeat in range(2):
        actions.inform_interested(
            case_id=case_id, name="三号楼业主", contact="13900000009", interest="油烟", actor=chief_of(city),
            request_id=once, now=city.now,
        )  # fmt: skip
    (told,) = city.state(case_id).interested
    assert len(told.code) == 8
    number = city.state(case_id).number
    say = partial(actions.hear_interested, text="排烟口太近", actor=city.stranger, now=city.now)
    for wrong in ({"number": number, "code": "00000000x"}, {"number": "1" * 43, "code": told.code}):
        with pytest.raises(rf.InterestedUnknown):
            say(**wrong, request_id=request())
    say(number=f" {number.lower()} ", code=told.code, request_id=request())
    assert city.state(case_id).interested[0].statement == "排烟口太近"
    city.work()
    assert "interested_notice" in kinds(city, case_id)
    assert ledger.verify().ok


def test_the_minutes_name_officers_of_the_organ_and_the_decision_follows(city: City) -> None:
    case_id = accepted(city)
    review_all(city, case_id)
    members = [_appoint(city, f"m{n}", Role.REVIEWER) for n in range(3)]
    hold = partial(
        actions.hold_meeting, case_id=case_id, on=city.now.date(), place="会议室", discussion="争议在油烟",
        actor=chief_of(city), now=city.now,
    )  # fmt: skip
    with pytest.raises(rf.MeetingTooSmall):
        hold(
            votes={**dict.fromkeys(members[:2], "grant"), city.second["health-linjiang"]: "grant"}, request_id=request()
        )
    hold(votes=dict.fromkeys(members, "deny"), request_id=request())
    with pytest.raises(rf.AgainstTheVote):
        decide(city, case_id)
    decide(city, case_id, "deny", "油烟超标")
    city.work()
    assert {"minutes", "denial"} <= set(kinds(city, case_id))


def _appoint(city: City, name: str, *roles: Role, agency: str = MARKET) -> str:
    account = parties_actions.create_account(name=name, password="long-enough-2026", actor=SETUP, now=city.now)
    return parties_actions.create_officer(
        account_id=account, name=name, name_en=name, badge=name, agency=agency, roles=list(roles), actor=SETUP,
        now=city.now, request_id=request(),
    )  # fmt: skip


def _sign_in(city: City, name: str) -> Actor:
    account = parties_actions.create_account(name=name, password="long-enough-2026", actor=SETUP, now=city.now)
    parties_actions.create_officer(
        account_id=account, name=name, name_en=name, badge=name, agency=MARKET, roles=[Role.CHIEF_REPRESENTATIVE],
        actor=SETUP, now=city.now, request_id=request(),
    )  # fmt: skip
    return parties.actor_of(account, now=city.now)


def test_a_commission_is_given_works_is_published_and_ends(city: City) -> None:
    case_id = accepted(city)
    review_all(city, case_id)
    task = next(t.id for t in city.state(case_id).open_tasks)
    seated = _sign_in(city, "首席")
    officer = seated.id.removeprefix("officer:")
    give = partial(
        parties_actions.give_commission, officer_id=officer, items=("FOOD",),
        until=city.now.date() + timedelta(days=30), now=city.now,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        give(actor=city.officer(MARKET, Role.REVIEWER), request_id=request())
    with pytest.raises(NotFound):
        give(actor=chief_of(city, "health-linjiang"), request_id=request())
    with pytest.raises(refusals.CommissionEmpty):
        give(items=(), actor=chief_of(city), request_id=request())
    with pytest.raises(refusals.NoChiefRepresentative):
        give(officer_id=city.second[MARKET].removeprefix("officer:"), actor=chief_of(city), request_id=request())
    look = partial(queries.worktable, chosen=WorktableFilter(), today=city.now.date())
    assert look(actor=seated).lines == ()
    commission = give(actor=chief_of(city), request_id=request())
    seated = parties.actor_of(seated.account_id, now=city.now)
    assert [line.act for line in look(actor=seated).lines] == ["decide"]
    assert [one.officer_name for one in parties.commissions(today=city.now.date())] == ["首席"]
    assert len(queries.find_cases(city.state(case_id).number[-6:], actor=seated)) == 1
    actions.decide_case(case_id=case_id, task=task, outcome="grant", actor=seated, request_id=request(), now=city.now)
    assert city.state(case_id).decision.commission == commission
    parties_actions.revoke_commission(
        officer_id=officer, commission_id=commission, reason="轮岗", actor=chief_of(city), now=city.now,
        request_id=request(),
    )  # fmt: skip
    assert parties.actor_of(seated.account_id, now=city.now).commissions == ()
    assert parties.commissions(today=city.now.date()) == ()
    assert ledger.verify().ok


def test_a_commission_ends_with_its_last_day(city: City) -> None:
    seated = _sign_in(city, "首席")
    parties_actions.give_commission(
        officer_id=seated.id.removeprefix("officer:"), items=("FOOD",), until=city.now.date(), actor=chief_of(city),
        now=city.now, request_id=request(),
    )  # fmt: skip
    assert len(parties.actor_of(seated.account_id, now=city.now).commissions) == 1
    assert parties.actor_of(seated.account_id, now=city.now + timedelta(days=1)).commissions == ()


def _licensed(city: City) -> Licence:
    """A hygiene licence of the company that ends in two months."""
    order = LicenceOrder(
        case_id=str(uuid4()), item_code="HYGIENE", item_name="公共场所卫生许可", item_name_en="Hygiene licence",
        holder_party_id=city.owner.principals[1].id, holder_name="江畔小馆", holder_number_masked="9142",
        organ=organ("health-linjiang"), valid_months=2, holder_kind="legal",
    )  # fmt: skip
    return document_actions.issue_licence(order, actor=SETUP, request_id=request(), now=city.now)


def test_a_licence_that_nobody_renewed_in_time_is_renewed_by_the_worker(city: City) -> None:
    old = _licensed(city)
    assert old.valid_to == date(2026, 5, 1)
    with pytest.raises(rf.LicenceToRenewUnknown):
        city.file("HYGIENE-RENEW", licence_number="HYGIENE-2020-000009-X")
    case_id = city.file("HYGIENE-RENEW", licence_number=old.number.lower())
    actions.accept(case_id=case_id, actor=city.window, request_id=request(), now=city.now)
    assert city.state(case_id).renewal.late is False
    city.now += old.valid_to - city.now.date()
    city.work()
    assert city.state(case_id).decision is None  # its last day
    city.later(days=1).work()
    city.work()
    state = city.state(case_id)
    assert (state.ending, state.renewal.deemed_at is not None) == ("granted", True)
    renewed = documents.licence_numbered(state.licence.number, today=city.now.date())
    assert renewed is not None
    assert (renewed.valid_from, renewed.item_code) == (old.valid_to + timedelta(days=1), "HYGIENE")
    assert "deemed_renewal" in kinds(city, case_id)
    found, total = queries.published_decisions()
    assert (total, found[0].by_law, found[0].item_code) == (1, True, "HYGIENE-RENEW")
    assert ledger.verify().ok


def test_published_decisions_are_narrowed_and_masked(city: City) -> None:
    granted, denied = accepted(city), accepted(city)
    for case_id, outcome in ((granted, "grant"), (denied, "deny")):
        review_all(city, case_id)
        decide(city, case_id, outcome, "理由")
    found, total = queries.published_decisions()
    assert (total, {one.outcome for one in found}) == (2, {"grant", "deny"})
    assert [one.number for one in queries.published_decisions(outcome="deny")[0]] == [city.state(denied).number]
    assert queries.published_decisions(item_code="SIGN") == ((), 0)
    assert queries.published_items() == ("FOOD",)
    assert {one.decided_on for one in found} == {city.now.date()}
