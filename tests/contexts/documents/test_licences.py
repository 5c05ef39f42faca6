"""Licences: issued once, signed, verified by anybody, revoked by those who may."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import HandClock
from tests.contexts.documents.samples import FACTS, ORDER, ORGAN, PAPERS, officer
from tongban.contexts.documents import actions, queries
from tongban.contexts.documents.core import LicenceState, Verified
from tongban.contexts.documents.core.licence import LicenceNotInForce, ReasonAndBasisNeeded
from tongban.contexts.parties.core import ANONYMOUS, Actor, Role
from tongban.foundation import ledger
from tongban.foundation.pdf import own_seal, seal_keys
from tongban.foundation.storage import DiskStore, use
from tongban.kernel.clock import CHINA
from tongban.kernel.codes import licence_id as identifiers
from tongban.kernel.refusals import NotAllowed, NotFound

pytestmark = pytest.mark.django_db
APPROVER = officer("market-linjiang", Role.APPROVER)


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, settings: LazySettings) -> object:
    settings.TONGBAN_DATA = tmp_path
    settings.TONGBAN_DEMO = True
    settings.TONGBAN_BASE_URL = "http://city.example"
    use(DiskStore(tmp_path / "files"))
    yield
    use(None)


def issue(clock: HandClock, request_id: str = "case-1:licence", **changes: object) -> object:
    return actions.issue_licence(
        replace(ORDER, **changes),  # type: ignore[arg-type]
        actor=PAPERS,
        request_id=request_id,
        now=clock.now(),
    )


def test_a_licence_is_numbered_identified_and_recorded(clock: HandClock) -> None:
    held = issue(clock)
    assert held.number.startswith("FOOD-2026-000001-")
    assert identifiers.check(held.identifier) is None
    assert identifiers.parse(held.identifier).organ == ORGAN.credit_code
    assert (held.valid_from, held.valid_to) == (date(2026, 3, 2), date(2031, 3, 1))
    assert held.state is LicenceState.VALID
    (event,) = ledger.history(ledger.kind_of("licence"), held.id)
    assert event.type == "licence.issued"
    assert event.principal == f"party:{ORDER.holder_party_id}"
    assert ledger.verify(streams=[held.id]).ok


def test_the_paper_says_what_the_record_says(clock: HandClock) -> None:
    held = issue(clock)
    record, data = queries.file(held.file_id)
    text = "".join(pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().split())
    words = (
        "食品经营许可证", held.number, held.identifier, "周小敏", "热食类食品制售", "2026年3月2日至2031年3月1日",
        "演示文书", "显著位置公示",
    )  # fmt: skip
    for word in words:
        assert word in text, word
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 1
    assert record.filename == f"食品经营许可证 {held.number}.pdf"


def test_a_repeat_returns_the_first_licence_and_another_case_is_refused(clock: HandClock) -> None:
    first = issue(clock)
    clock.advance(days=1)
    assert issue(clock) == first
    with pytest.raises(ledger.RequestReused):
        issue(clock, case_id="another case")
    assert len(queries.licences_of([ORDER.holder_party_id], today=clock.now().date())) == 1


def test_citizens_issue_nothing(clock: HandClock) -> None:
    for actor in (ANONYMOUS, Actor(kind="citizen", id="person:1", party_id=ORDER.holder_party_id)):
        with pytest.raises(NotAllowed):
            actions.issue_licence(ORDER, actor=actor, request_id="x", now=clock.now())


def test_the_wallet_takes_one_statement_however_many(clock: HandClock) -> None:
    for n in range(3):
        issue(clock, request_id=f"r{n}", case_id=f"case {n}")
    with CaptureQueriesContext(connection) as counted:
        found = queries.licences_of([ORDER.holder_party_id, "another"], today=clock.now().date())
    assert len(counted) == 1
    assert len(found) == len({licence.number for licence in found}) == 3
    assert queries.licences_of(["nobody"], today=clock.now().date()) == ()


def test_states_pass_from_valid_to_expired_with_the_day(clock: HandClock) -> None:
    held = issue(clock, valid_months=12)
    states = []
    for day in (date(2027, 3, 1), date(2027, 3, 2)):
        moment = datetime(day.year, day.month, day.day, 0, 0, tzinfo=CHINA)
        states.append(queries.verify_token(held.token, moment).state)
    assert states == [Verified.VALID, Verified.EXPIRED]


def test_a_stranger_sees_the_verdict_and_masked_facts(clock: HandClock) -> None:
    held = issue(clock)
    found = queries.verify_token(held.token, clock.now())
    assert found.state is Verified.VALID
    assert found.holder == "周**"
    assert "88" not in "".join(fact.value for fact in found.facts)
    assert (found.file_intact, found.sealed, found.chained) == (True, True, True)
    for typed in (held.number, held.number.lower().replace("-", " "), held.identifier, f" {held.identifier} "):
        assert queries.verify_number(typed, clock.now()) == found


def test_companies_are_shown_whole(clock: HandClock) -> None:
    held = issue(clock, holder_kind="legal", holder_name="江畔餐饮有限公司")
    assert queries.verify_token(held.token, clock.now()).holder == "江畔餐饮有限公司"


@pytest.mark.parametrize("guess", ["", "x", "' OR 1=1 --", "../../etc", "A" * 5000, "\x00", "null"])
def test_wrong_tokens_and_numbers_all_get_the_same_answer(clock: HandClock, guess: str) -> None:
    issue(clock)
    for found in (queries.verify_token(guess, clock.now()), queries.verify_number(guess, clock.now())):
        assert found == queries.verify_token("never given", clock.now())
        assert found.state is Verified.UNKNOWN


def test_only_an_approver_of_the_issuing_organ_revokes(clock: HandClock) -> None:
    held = issue(clock)
    why = {"reason": "以欺骗手段取得", "basis": "《中华人民共和国行政许可法》第六十九条第二款"}
    strangers = (
        officer("market-linjiang", Role.REVIEWER, Role.WINDOW),
        officer("market-wangshan", Role.APPROVER),
        Actor(kind="citizen", id="person:1", agency="market-linjiang", roles=frozenset({Role.APPROVER})),
        ANONYMOUS,
    )
    for n, actor in enumerate(strangers):
        with pytest.raises(NotAllowed):
            actions.revoke_licence(held.id, **why, actor=actor, request_id=f"no{n}", now=clock.now())
    with pytest.raises(ReasonAndBasisNeeded):
        actions.revoke_licence(held.id, reason=" ", basis="x", actor=APPROVER, request_id="r0", now=clock.now())
    clock.advance(days=3)
    gone = actions.revoke_licence(held.id, **why, actor=APPROVER, request_id="r1", now=clock.now())
    assert gone.state is LicenceState.REVOKED
    assert gone.revoked_on == date(2026, 3, 5)
    assert "欺骗" in gone.revoked_reason
    assert queries.verify_token(held.token, clock.now()).state is Verified.REVOKED
    # A repeat is answered; a second revocation is refused and changes nothing.
    assert actions.revoke_licence(held.id, **why, actor=APPROVER, request_id="r1", now=clock.now()) == gone
    with pytest.raises(LicenceNotInForce):
        actions.revoke_licence(held.id, **why, actor=APPROVER, request_id="r2", now=clock.now())
    assert len(ledger.history(ledger.kind_of("licence"), held.id)) == 2
    with pytest.raises(NotFound):
        actions.revoke_licence("nothing", **why, actor=APPROVER, request_id="r3", now=clock.now())


def test_our_file_is_recognised_and_a_changed_byte_is_not(clock: HandClock) -> None:
    held = issue(clock)
    data = queries.file(held.file_id)[1]
    good = queries.check_pdf(data, clock.now())
    assert (good.signed, good.intact, good.trusted, good.matches_record) == (True, True, True, True)
    assert good.number == held.number
    assert good.verification is not None
    assert good.verification.state is Verified.VALID
    changed = bytearray(data)
    changed[data.index(b"stream\n") + 40] ^= 1
    for forged in (bytes(changed), data + b"\n% more"):
        bad = queries.check_pdf(forged, clock.now())
        assert (bad.signed, bad.intact, bad.trusted, bad.matches_record) == (True, False, False, False)
        assert bad.verification is None


def test_an_unsigned_or_broken_file_proves_nothing(clock: HandClock) -> None:
    issue(clock)
    plain = actions.render_document("grant", FACTS, organ=ORGAN, number="1", issued_on=date(2026, 3, 2))
    assert queries.check_pdf(plain, clock.now()).signed is False
    assert queries.check_pdf(b"%PDF-1.7 nonsense", clock.now()).readable is False
    assert queries.check_pdf(b"", clock.now()).readable is False


def test_a_file_signed_by_another_key_is_not_trusted(clock: HandClock, tmp_path: Path) -> None:
    plain = actions.render_document("grant", FACTS, organ=ORGAN, number="1", issued_on=date(2026, 3, 2))
    stranger = seal_keys(tmp_path / "other", city="江城市", demo=True, now=clock.now())
    forged = queries.check_pdf(stranger.sign(plain, reason="", location="", at=clock.now()), clock.now())
    assert (forged.signed, forged.intact, forged.trusted, forged.signer) == (True, True, False, "")


def test_a_paper_changed_in_the_store_is_noticed(clock: HandClock, tmp_path: Path) -> None:
    held = issue(clock)
    path = tmp_path / "files" / held.sha256[:2] / held.sha256[2:4] / held.sha256
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 something else")
    found = queries.verify_token(held.token, clock.now())
    assert (found.state, found.file_intact, found.sealed) == (Verified.VALID, False, False)
    with pytest.raises(NotFound):
        queries.file(held.file_id)


def test_a_row_changed_behind_the_ledgers_back_is_noticed(clock: HandClock) -> None:
    held = issue(clock, valid_months=12)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_licence SET valid_to = '2099-01-01' WHERE stream_id = %s", [held.id])
    assert queries.verify_token(held.token, clock.now()).chained is False


def test_keys_are_private_made_once_and_marked_as_demo(clock: HandClock, tmp_path: Path) -> None:
    seal = own_seal(clock.now())
    assert seal is own_seal(clock.now())
    assert "演示" in seal.name
    for name in ("ca.key", "seal.key"):
        assert (tmp_path / "keys" / name).stat().st_mode & 0o777 == 0o600
    before = (tmp_path / "keys" / "seal.crt").read_bytes()
    real = seal_keys(tmp_path / "real", city="江城市", demo=False, now=clock.now())
    assert "演示" not in real.name
    assert (tmp_path / "keys" / "seal.crt").read_bytes() == before


def test_the_runtime_role_can_issue_and_revoke(clock: HandClock, runtime_role: None) -> None:
    held = issue(clock)
    why = {"reason": "以欺骗手段取得", "basis": "《行政许可法》第六十九条"}
    gone = actions.revoke_licence(held.id, **why, actor=APPROVER, request_id="r1", now=clock.now())
    assert gone.state is LicenceState.REVOKED
