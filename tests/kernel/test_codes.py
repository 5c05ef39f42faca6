"""Identifiers against the vectors of STANDARDS §5 and §15 no. 6-7, and against python-stdnum."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_37_36

from tongban.kernel.codes import case_number, citizen_id, credit_code, division, item, licence_id
from tongban.kernel.codes.findings import CodeRefused, Finding

CREDIT_CODES = [
    "91110000101623741K",
    "911101066976941872",
    "11440232MB2D06811W",
    "12441500196720244T",
    "11100000000013338W",
    "11110000000021135M",
]
TASK = "11440232MB2D06811W4000117051000"


# --- citizen numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["11010519491231002X", "440524188001010014", "320124198808240056"])
def test_citizen_numbers_that_hold(text: str) -> None:
    assert citizen_id.check(text) is None
    assert citizen_id.parse(f" {text[:6]} {text[6:].lower()} ").text == text


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("320124198808240057", Finding("check", 18)),
        ("32012419880824005", Finding("form")),
        ("32012419880824005a", Finding("form")),
        ("３20124198808240056", Finding("form")),
        ("000124198808240056", Finding("division", 1)),
        ("320124198802300056", Finding("date", 7)),
    ],
)
def test_citizen_numbers_that_do_not(text: str, finding: Finding) -> None:
    assert citizen_id.check(text) == finding
    with pytest.raises(citizen_id.CitizenIdRefused) as refused:
        citizen_id.parse(text)
    assert refused.value.finding.fault in {finding.fault, "form"}


def test_a_citizen_number_tells_birth_and_sex_and_hides_itself() -> None:
    number = citizen_id.parse("11010519491231002X")
    assert (number.birth, number.sex, number.masked) == (date(1949, 12, 31), "female", "1101**********002X")
    assert "0519491231" not in f"{number} {number!r}"
    assert citizen_id.check(number.text, today=date(1949, 12, 30)) == Finding("date", 7)
    assert citizen_id.check(number.text, today=date(1949, 12, 31)) is None


@given(
    st.sampled_from(["110105", "320124", "440524"]), st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.integers(1, 999)
)
def test_made_citizen_numbers_have_the_check_of_the_peer(place: str, birth: date, sequence: int) -> None:
    number = citizen_id.make(place, birth, sequence)
    assert ric.calc_check_digit(number.text) == number.text[-1]
    assert (number.birth, number.sex) == (birth, "male" if sequence % 2 else "female")


# --- credit codes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", CREDIT_CODES)
def test_credit_codes_that_hold(text: str) -> None:
    assert credit_code.check(text) is None
    parsed = credit_code.parse(f"{text[:9]}-{text[9:].lower()}")
    assert parsed.text == text
    assert parsed.organisation_kind + parsed.division + parsed.organisation_code + text[17] == text


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("91350211M0000XUF46", Finding("check", 18)),  # real, and wrong: a warning only
        ("91110000101623741", Finding("form")),
        ("9111000010162374IK", Finding("form")),
        ("9111000A101623741K", Finding("form")),
        ("01110000101623741K", Finding("part", 1)),
    ],
)
def test_credit_codes_that_do_not(text: str, finding: Finding) -> None:
    assert credit_code.check(text) == finding
    with pytest.raises(credit_code.CreditCodeRefused):
        credit_code.parse(text)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8), st.sampled_from(["91", "92", "11"]))
def test_made_credit_codes_hold_for_the_peer(first8: str, kind: str) -> None:
    made = credit_code.make(kind, "429901", first8)
    assert uscc.is_valid(made.text)
    assert made.organisation_code[:8] == first8


@given(st.sampled_from(CREDIT_CODES), st.integers(0, 17), st.sampled_from(credit_code.ALPHABET))
def test_any_single_wrong_character_is_found(text: str, place: int, character: str) -> None:
    wrong = text[:place] + character + text[place + 1 :]
    assert (credit_code.check(wrong) is None) == (wrong == text)


@pytest.mark.parametrize("code", ["101623741", "MB2D06811", "000013338", "697694187"])
def test_organisation_codes_carry_their_own_check(code: str) -> None:
    assert credit_code.organisation_check_character(code[:8]) == code[8]


# --- licence identifiers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "character"),
    [
        (("11100000000013338W011", "11110000000021135M", "20230329701", "003"), "Y"),
        (("11100000000013338W009", "11330105002500287C", "2025052201", "002"), "0"),
    ],
)
def test_licence_ids_of_real_licences(parts: tuple[str, str, str, str], character: str) -> None:
    made = licence_id.make(parts[0], parts[1], parts[2], int(parts[3]))
    assert made.check_character == character
    assert made.text == ".".join(("1.2.156.3005.2", *parts, character))
    assert licence_id.parse(made.text) == made
    assert licence_id.check(made.text[:-1] + ("1" if character != "1" else "2")) == Finding("check", len(made.text))


@given(st.text(licence_id.ALPHABET, min_size=1, max_size=60))
def test_mod_37_36_equals_the_peer(text: str) -> None:
    assert licence_id.check_character(text) == mod_37_36.calc_check_digit(text)


def test_changed_content_is_a_new_version() -> None:
    first = licence_id.make("11100000000013338W011", "11110000000021135M", "1")
    assert (first.version, first.next_version().version) == ("001", "002")
    with pytest.raises(licence_id.LicenceIdRefused):
        licence_id.make("11100000000013338W011", "11110000000021135M", "1", 999).next_version()


@pytest.mark.parametrize("text", ["", "1.2.156.3005.2", "1.2.156.3005.3.a.b.c.001.0", "1.2.156.3005.2.a.b.c.001.0"])
def test_other_texts_are_no_licence_ids(text: str) -> None:
    assert licence_id.check(text) == Finding("form")


# --- divisions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "level", "parent"),
    [
        ("420000", "province", ""),
        ("429900", "city", "420000"),
        ("429901", "county", "429900"),
        ("429901001", "township", "429901"),
        ("429901001000", "township", "429901"),
        ("429901001001", "village", "429901001"),
    ],
)
def test_divisions(text: str, level: str, parent: str) -> None:
    found = division.parse(text)
    assert (found.level, found.parent) == (level, parent)
    assert not parent or division.Division(parent).contains(text)
    assert not parent or not found.contains(parent)
    assert found.contains(text)


@pytest.mark.parametrize("text", ["", "42", "4299011", "42990a", "990000", "４２９９００"])
def test_other_texts_are_no_divisions(text: str) -> None:
    assert division.check(text) is not None
    with pytest.raises(division.DivisionRefused):
        division.parse(text)


# --- items and cases -------------------------------------------------------------------------------------------------


def test_the_real_item_code_parses_into_its_parts() -> None:
    found = item.parse(TASK)
    assert (found.credit_code, found.level, found.base.text) == ("11440232MB2D06811W", "4", "000117051000")
    base = found.base
    assert (base.prefix, base.type, base.department, base.main_item, base.sub_item) == ("00", "01", "17", "051", "000")
    assert base.is_national
    assert item.make("11440232MB2D06811W", 4, "000117051000").text == TASK
    assert item.make_handling(TASK, 7).sequence == "07"
    assert item.parse(TASK + "07").base == base
    assert not item.parse_base("442199806003").is_national


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (TASK[:-1], Finding("form")),
        (TASK + "A1", Finding("form")),
        (TASK[:18] + "8" + TASK[19:], Finding("part", 19)),
        (TASK[:19] + "99" + TASK[21:], Finding("division", 20)),
        (TASK[:21] + "00" + TASK[23:], Finding("part", 22)),
        (TASK[:17] + "X" + TASK[18:], Finding("check", 18)),
    ],
)
def test_item_codes_that_do_not_hold(text: str, finding: Finding) -> None:
    assert item.check(text) == finding
    with pytest.raises(item.ItemCodeRefused):
        item.parse(text)


def test_the_43_digit_case_number_parses_into_its_parts() -> None:
    text = case_number.make(TASK, date(2026, 3, 2), 17)
    assert (len(text), text[31:]) == (43, "202603020017")
    found = case_number.parse(f"{text[:20]} {text[20:].lower()}")
    assert (found.task_code.text, found.day, found.sequence) == (TASK, date(2026, 3, 2), 17)


def test_the_10000th_case_of_a_day_rolls_over() -> None:
    before, after = (case_number.make(TASK, date(2026, 3, 2), n) for n in (9999, 10_000))
    assert (len(before), len(after)) == (43, 44)
    assert case_number.parse(after).sequence == 10_000
    assert case_number.check(after[:39] + "0" + after[39:]) == Finding("form", 32)


@given(st.integers(1, 10**9), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_case_numbers_round_trip_and_never_meet(n: int, day: date) -> None:
    text = case_number.make(TASK, day, n)
    found = case_number.parse(text)
    assert (found.day, found.sequence) == (day, n)
    assert case_number.make(TASK, day, n + 1) != text


@pytest.mark.parametrize(
    ("tail", "finding"),
    [
        ("202602300001", Finding("date", 32)),
        ("202603020000", Finding("part", 40)),
        ("20260302001", Finding("form")),
        ("2026030200O1", Finding("form", 32)),
    ],
)
def test_case_numbers_that_do_not_hold(tail: str, finding: Finding) -> None:
    assert case_number.check(TASK + tail) == finding
    with pytest.raises(case_number.CaseNumberRefused):
        case_number.parse(TASK + tail)


@pytest.mark.parametrize("module", [citizen_id, credit_code, division, item, licence_id, case_number])
@given(text=st.text(max_size=50))
def test_any_text_is_answered(module: Any, text: str) -> None:
    check: Callable[[str], Finding | None] = module.check
    if check(text) is not None:
        with pytest.raises(CodeRefused):
            module.parse(text + "#")
