"""Organisation codes as lists of real departments write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel.codes import credit_code, organisation
from tongban.kernel.codes.findings import Finding


@pytest.mark.parametrize(
    ("text", "kind", "code", "finding"),
    [
        ("11511301008778183N", "credit_code", "11511301008778183N", None),
        ("11511301008778183M", "credit_code", "11511301008778183M", Finding("check", 18)),
        ("00877868-5", "organisation_code", "008778685", None),
        ("00877836x", "organisation_code", "00877836X", None),
        (" 008778 685", "organisation_code", "008778685", None),
        ("130501003", "organisation_code", "130501003", Finding("check", 9)),
        ("TE5116020105116050", "temporary", "TE5116020105116050", None),
        ("511602000000", "division", "511602000000", None),
        ("4148481895459659776", "number", "4148481895459659776", Finding("form")),
        ("0087790701", "number", "0087790701", Finding("form")),
        ("11736", "number", "11736", Finding("form")),
        ("2222222222222", "filler", "2222222222222", Finding("form")),
        ("", "unknown", "", Finding("form")),
        ("区民政局", "unknown", "区民政局", Finding("form")),
    ],
)
def test_forms(text: str, kind: str, code: str, finding: Finding | None) -> None:
    read = organisation.read(text)
    assert (read.text, read.kind, read.code, read.finding) == (text, kind, code, finding)


def test_a_credit_code_carries_the_organisation_code() -> None:
    assert organisation.read("115113010087786859").organisation_code == "008778685"
    assert organisation.read("00877868-5").organisation_code == "008778685"
    assert organisation.read("11736").organisation_code == ""


@given(st.text(max_size=40))
def test_nothing_is_refused_and_nothing_is_lost(text: str) -> None:
    assert organisation.read(text).text == text


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8))
def test_a_right_check_character_has_no_finding(first8: str) -> None:
    code = first8 + credit_code.organisation_check_character(first8)
    read = organisation.read(code)
    if read.kind == "organisation_code":
        assert read.finding is None
