"""The rules of parties, mandates and offices, without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.contexts.parties.core import Principal, Role, organisation, party, refusals
from tongban.contexts.parties.core.people import mask

TODAY = date(2026, 3, 2)
DETAILS = party.Details(name="周敏", id_type="citizen_id", number="c1", lookup="k1", masked="4299**********0140")


def fold(*events: party.Event) -> party.PartyState:
    state = party.PartyState()
    for event in events:
        state = party.evolve(state, event)
    return state


def registered() -> party.PartyState:
    return fold(*party.decide(party.PartyState(), party.Register("natural", "d"), DETAILS))


def grant(**changes: object) -> party.Grant:
    values = {
        "party_id": "p1",
        "mandate_id": "m1",
        "to_party": "p2",
        "items": ("*",),
        "valid_from": None,
        "valid_to": None,
        "basis": "granted",
    }
    return party.Grant(**(values | changes))  # type: ignore[arg-type]


def test_registering_keeps_everything_that_was_given() -> None:
    assert registered() == party.PartyState("natural", DETAILS)


def test_nobody_is_registered_twice() -> None:
    with pytest.raises(refusals.PartyKnown):
        party.decide(registered(), party.Register("natural", "d"), DETAILS)


def test_a_party_needs_a_name() -> None:
    with pytest.raises(refusals.NameMissing):
        party.decide(party.PartyState(), party.Register("natural", "d"), party.Details(name="  "))


@pytest.mark.parametrize("level", [-1, 5])
def test_real_name_levels_run_from_0_to_4(level: int) -> None:
    with pytest.raises(refusals.RealLevelUnknown):
        party.decide(registered(), party.Correct("d"), party.Changes(real_level=level))


@pytest.mark.parametrize("command", [party.Correct("d"), grant(), party.Revoke("m1")])
def test_nothing_happens_to_nobody(command: party.Command) -> None:
    with pytest.raises(refusals.PartyUnknown):
        party.decide(party.PartyState(), command, TODAY)


def test_a_correction_that_changes_nothing_records_nothing() -> None:
    assert party.decide(registered(), party.Correct("d"), party.Changes(name="周敏")) == []


def test_a_correction_changes_only_what_it_names() -> None:
    events = party.decide(registered(), party.Correct("d"), party.Changes(phone="sealed", phone_masked="139****0001"))
    details = party.evolve(registered(), events[0]).details
    assert (details.phone, details.phone_masked, details.number) == ("sealed", "139****0001", "c1")


def test_a_mandate_begins_today_unless_said_otherwise() -> None:
    (event,) = party.decide(registered(), grant(), TODAY)
    assert isinstance(event, party.MandateGranted)
    assert event.mandate.valid_from == TODAY


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"to_party": "p1"}, refusals.MandateToOneself),
        ({"items": ()}, refusals.MandateScopeMissing),
        ({"valid_to": date(2026, 3, 1)}, refusals.MandatePeriodWrong),
        ({"valid_from": date(2026, 4, 1), "valid_to": date(2026, 3, 31)}, refusals.MandatePeriodWrong),
    ],
)
def test_senseless_mandates_are_declined(changes: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        party.decide(registered(), grant(**changes), TODAY)


def test_a_mandate_is_revoked_once() -> None:
    state = party.evolve(registered(), party.decide(registered(), grant(), TODAY)[0])
    state = party.evolve(state, party.decide(state, party.Revoke("m1"), None)[0])
    assert state.mandates[0].revoked
    with pytest.raises(refusals.MandateUnknown):
        party.decide(state, party.Revoke("m1"), None)


def test_a_mandate_covers_its_items_only() -> None:
    limited = Principal("p", "legal", "甲公司", "9142", "mandate", frozenset({"FOOD"}))
    assert limited.covers("FOOD")
    assert not limited.covers("SIGN")
    assert Principal("p", "natural", "乙", "4299").covers("SIGN")


@given(st.text(min_size=0, max_size=40), st.integers(0, 6), st.integers(0, 6))
def test_a_mask_keeps_the_length_and_hides_the_middle(text: str, head: int, tail: int) -> None:
    masked = mask(text, head, tail)
    assert masked[:head] == text[:head]
    if len(text) > head + tail:
        assert len(masked) == len(text)
        assert set(masked[head : len(text) - tail]) == {"*"}


def test_the_standard_shows_a_citizen_number_as_1101_stars_002x() -> None:
    assert mask("11010519491231002X", 4, 4) == "1101**********002X"


@pytest.mark.parametrize(
    ("division", "expected"),
    [
        ("429901001001", ["429901001001", "429901001", "429901", "429900", "420000"]),
        ("429901000000", ["429901", "429900", "420000"]),
        ("429901001000", ["429901001", "429901", "429900", "420000"]),
        ("429900", ["429900", "420000"]),
    ],
)
def test_a_place_lies_in_the_places_above_it(division: str, expected: list[str]) -> None:
    assert list(organisation.lineage(division)) == expected


def agency(key: str, base: str, division: str, level: organisation.Level = "city") -> organisation.Agency:
    name = organisation.Name(key, key)
    return organisation.Agency(key, base, name, name, "11440232MB2D06811W", level, division)


AGENCIES = {
    a.key: a
    for a in (
        agency("market", "market", "429900"),
        agency("market-linjiang", "market", "429901", "district"),
        agency("ecology", "ecology", "429900"),
        agency("pipelines", "pipelines", "429900"),
    )
}


@pytest.mark.parametrize(
    ("key", "division", "found"),
    [
        ("market", "429901", "market-linjiang"),
        ("market", "429901001001", "market-linjiang"),
        ("market", "429902", "market"),
        ("market", "429900", "market"),
        ("ecology", "429901001", "ecology"),
        ("market-linjiang", "429902", "market-linjiang"),
    ],
)
def test_the_organ_in_charge_is_the_nearest_one(key: str, division: str, found: str) -> None:
    assert organisation.resolve(AGENCIES, key, division).key == found


def test_an_office_that_nobody_holds_is_named() -> None:
    with pytest.raises(refusals.AgencyUnknown) as refused:
        organisation.resolve(AGENCIES, "treasury", "429901")
    assert refused.value.params == {"key": "treasury"}


def test_an_officer_is_appointed_with_roles_and_leaves_without() -> None:
    appoint = organisation.Appoint("acc", "王芳", "Wang Fang", "LJ001", "market-linjiang", (Role.REVIEWER,))
    state = organisation.OfficerState()
    for event in organisation.decide(state, appoint, None):
        state = organisation.evolve(state, event)
    assert (state.roles, state.active) == (("reviewer",), True)
    assert organisation.decide(state, organisation.SetRoles(("reviewer",)), None) == []
    for event in organisation.decide(state, organisation.Leave(), None):
        state = organisation.evolve(state, event)
    assert (state.roles, state.active) == ((), False)
    with pytest.raises(refusals.OfficerUnknown):
        organisation.decide(state, organisation.SetRoles(("reviewer",)), None)
