"""Rules of files, acts and licences, without a database."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contexts.documents.samples import FACTS, ORDER, ORGAN, PDF, picture
from tongban.contexts.documents.core import acts, files
from tongban.contexts.documents.core import licence as rules
from tongban.contexts.documents.core.acts import DocumentKind, Officer, Organ
from tongban.contexts.documents.core.licence import LicenceState

ALL = ("pdf", "jpeg", "png")


@pytest.mark.parametrize(("data", "kind"), [(PDF, "pdf"), (picture(), "png"), (picture("JPEG"), "jpeg")])
def test_a_true_file_is_what_it_contains(data: bytes, kind: str) -> None:
    # The name says something else each time: it does not matter.
    assert files.accept(data, "photo.exe", ALL, 1 << 20) == (kind, "photo.exe")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"MZ\x90\x00" + b"\x00" * 100, "EXE"),
        (b"PK\x03\x04rest", "ZIP/Office"),
        (b"<html><script>alert(1)</script>", "HTML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "SVG/XML"),
        (picture("GIF"), "GIF"),
        (b"hello", files.UNKNOWN_FORMAT),
    ],
)
def test_a_file_of_another_type_is_refused_by_content(data: bytes, found: str) -> None:
    with pytest.raises(files.FileTypeRefused) as refused:
        files.accept(data, "scan.pdf", ALL, 1 << 20)
    assert refused.value.params["found"] == found
    assert refused.value.params["accepted"] == "PDF / JPEG / PNG"


def test_an_accepted_type_is_only_accepted_where_it_is_listed() -> None:
    with pytest.raises(files.FileTypeRefused):
        files.accept(picture(), "a.png", ("pdf",), 1 << 20)


@pytest.mark.parametrize(
    "data",
    [
        picture()[:60],  # cut off
        picture("JPEG", (400, 400))[:200],
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
        b"%PDF-1.7 and nothing else",
        PDF.replace(b"startxref", b"startxxxx"),
    ],
)
def test_a_file_that_does_not_keep_its_header_is_damaged(data: bytes) -> None:
    with pytest.raises(files.FileDamaged):
        files.accept(data, "a", ALL, 1 << 20)


def test_a_decompression_bomb_is_not_opened() -> None:
    header = bytearray(picture())
    header[16:24] = (60_000).to_bytes(4, "big") * 2  # claims 3.6 thousand million points
    with pytest.raises(files.FileDamaged):
        files.accept(bytes(header), "bomb.png", ALL, 1 << 20)


def test_size_limits_stand_on_the_byte() -> None:
    assert files.accept(PDF, "a.pdf", ALL, len(PDF))[0] == "pdf"
    with pytest.raises(files.FileTooLarge) as refused:
        files.accept(PDF + b" " * (2 << 20), "a.pdf", ALL, 1 << 20)
    assert refused.value.params["limit_mib"] == "1"
    assert refused.value.params["size_mib"] == "2.1"
    with pytest.raises(files.FileEmpty):
        files.accept(b"", "a.pdf", ALL, 1 << 20)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\平面图.pdf", "平面图.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("\u202egnp.exe", "gnp.exe"),
        ('a"b<c>.png', "a_b_c_.png"),
        ("  ...", "文件"),
        ("", "文件"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert files.clean_name(name) == clean


@given(st.text(max_size=400))
def test_a_clean_name_is_short_and_harmless(name: str) -> None:
    clean = files.clean_name(name)
    assert 0 < len(clean) <= files.MAX_NAME
    assert not set(clean) & set('/\\\r\n\0<>"')


@given(st.binary(max_size=300))
def test_sniffing_never_raises_anything_else(data: bytes) -> None:
    with contextlib.suppress(files.UndecodableError):
        assert isinstance(files.sniff(data), str)


def test_a_denial_without_reasons_or_remedies_does_not_go_out() -> None:
    """行政许可法 38(2)."""
    for field in ("reasons", "review_organ", "court", "basis"):
        empty: object = () if isinstance(getattr(FACTS, field), tuple) else ""
        with pytest.raises(acts.FactsMissing) as refused:
            acts.require(DocumentKind.DENIAL, replace(FACTS, **{field: empty}))
        assert refused.value.params["missing"] == field
    with pytest.raises(acts.FactsMissing):
        acts.require(DocumentKind.DENIAL, replace(FACTS, reasons=(" ", "")))


def test_an_inspection_needs_two_different_officers() -> None:
    """行政许可法 34(3)."""
    same = (Officer("王强", "1"), Officer("王强", "1"))
    with pytest.raises(acts.TwoInspectorsNeeded):
        acts.require(DocumentKind.INSPECTION, replace(FACTS, officers=same))
    acts.require(DocumentKind.INSPECTION, FACTS)


def test_every_kind_needs_somebody_addressed_and_a_case() -> None:
    for kind in DocumentKind:
        with pytest.raises(acts.FactsMissing):
            acts.require(kind, replace(FACTS, case_number=""))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(acts.UnknownKind):
        acts.kind_of("../house")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("江城市市场监督管理局", "江市监"),
        ("江城市临江区市场监督管理局", "临市监"),
        ("江城市望山区住房和城乡建设局", "望住建"),
        ("江城市公安局交警支队", "江公交"),
        ("江城市公安局", "江公"),
        ("某处", "某处"),
    ],
)
def test_organs_have_a_short_name(name: str, short: str) -> None:
    assert acts.short_name(Organ("x", name)) == short


def test_numbers_read_as_customary() -> None:
    assert acts.document_number(ORGAN, DocumentKind.ACCEPTANCE, 2026, 12) == "临市监许受〔2026〕12号"
    assert acts.document_number(replace(ORGAN, short="江审"), DocumentKind.GRANT, 2026, 1) == "江审许准〔2026〕1号"


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 3, 20), 60, date(2031, 3, 19)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 12, 15), 1, date(2027, 1, 14)),
    ],
)
def test_validity_ends_the_day_before_the_corresponding_day(start: date, months: int, end: date) -> None:
    assert rules.valid_until(start, months) == end


def test_validity_may_have_no_end() -> None:
    assert rules.valid_until(date(2026, 3, 20), None) is None


def test_states_follow_the_record_first_and_then_the_calendar() -> None:
    start, end = date(2026, 3, 20), date(2027, 3, 19)
    assert rules.state_on("valid", start, end, start - timedelta(days=1)) is LicenceState.NOT_YET
    assert rules.state_on("valid", start, end, start) is LicenceState.VALID
    assert rules.state_on("valid", start, end, end) is LicenceState.VALID
    assert rules.state_on("valid", start, end, end + timedelta(days=1)) is LicenceState.EXPIRED
    assert rules.state_on("valid", start, None, date(2200, 1, 1)) is LicenceState.VALID
    assert rules.state_on("revoked", start, end, end + timedelta(days=1)) is LicenceState.REVOKED


@given(st.integers(1, 999_999), st.integers(0, 9), st.integers(0, 5))
def test_the_check_sign_of_a_number_catches_one_wrong_digit(serial: int, digit: int, place: int) -> None:
    number = rules.licence_number("FOOD", 2026, serial)
    body = number.split("-")[2]
    wrong = body[:place] + str(digit) + body[place + 1 :]
    if wrong != body:
        assert rules.licence_number("FOOD", 2026, int(wrong))[-1] != number[-1]


def test_numbers_are_found_however_they_are_typed() -> None:
    number = rules.licence_number("FIRE-OPEN", 2026, 7)
    assert rules.lookup_key(f"  {number.lower().replace('-', ' ')}。") == rules.lookup_key(number)


def test_persons_are_masked_and_companies_are_not() -> None:
    assert rules.mask_name("周小敏", "natural") == "周**"
    assert rules.mask_name("周", "natural") == "周*"
    assert rules.mask_name("江畔小馆有限公司", "legal") == "江畔小馆有限公司"
    assert "88" not in rules.mask_value("江城市临江区滨江路 88 号 2 单元", "natural")
    assert rules.mask_value("热食类", "legal") == "热食类"


def _issued() -> rules.LicenceIssued:
    return rules.LicenceIssued(
        number="N", identifier="I", token="T", item_code="FOOD", name="证", name_en="L", case_id="c",
        holder_party_id="p", holder_name="周敏", holder_number_masked="4**X", holder_kind="natural", agency="market",
        agency_name="局", agency_name_en="Office", issued_on=date(2026, 3, 20), valid_from=date(2026, 3, 20),
        valid_to=None, file_id="f", sha256="s", facts=ORDER.facts, conditions=(),
    )  # fmt: skip


def test_a_licence_ends_once() -> None:
    state = rules.evolve(rules.LicenceStream(), _issued())
    with pytest.raises(rules.LicenceAlreadyIssued):
        rules.decide(state, rules.Issue(_issued()), None)
    for reason, basis in (("", "《许可法》69"), ("欺骗", " ")):
        with pytest.raises(rules.ReasonAndBasisNeeded):
            rules.decide(state, rules.Revoke(date(2026, 4, 1), reason, basis), None)
    (event,) = rules.decide(state, rules.Revoke(date(2026, 4, 1), "欺骗取得", "《行政许可法》第六十九条"), None)
    ended = rules.evolve(state, event)
    assert ended.status == "revoked"
    for command in (rules.Revoke(date(2026, 4, 2), "a", "b"), rules.Supersede(date(2026, 4, 2), "x")):
        with pytest.raises(rules.LicenceNotInForce):
            rules.decide(ended, command, None)
    (newer,) = rules.decide(state, rules.Supersede(date(2026, 4, 2), "x"), None)
    assert rules.evolve(state, newer).status == "superseded"


def test_a_licence_never_issued_cannot_be_revoked() -> None:
    with pytest.raises(rules.LicenceNotInForce):
        rules.decide(rules.LicenceStream(), rules.Revoke(date(2026, 4, 1), "a", "b"), None)
    assert rules.rows("s", rules.LicenceStream()).tables == {"documents_licence": ()}


def test_an_erased_licence_still_has_its_row() -> None:
    state = rules.evolve(rules.LicenceStream(), replace(_issued(), holder_name="***", facts=None))
    (row,) = rules.rows("s", state).tables["documents_licence"]
    assert row[rules.TABLE.columns.index("facts")] == []
