"""Public verification: anybody, without login, in both languages; a guess teaches nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import HandClock
from tests.contexts.documents.samples import FACTS, ORDER, ORGAN, PAPERS, officer, picture
from tongban.contexts.documents import actions, queries
from tongban.contexts.documents.core import Licence
from tongban.contexts.parties.core import Role
from tongban.foundation.storage import DiskStore, use

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, settings: LazySettings) -> object:
    settings.TONGBAN_DATA = tmp_path
    settings.TONGBAN_DEMO = True
    use(DiskStore(tmp_path / "files"))
    yield
    use(None)


@pytest.fixture
def held(clock: HandClock) -> Licence:
    return actions.issue_licence(replace(ORDER, valid_months=12), actor=PAPERS, request_id="r", now=clock.now())


def get(client: Client, name: str, *args: str, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    return answer.content.decode()


def test_the_code_on_a_licence_leads_to_the_verdict(client: Client, held: Licence) -> None:
    page = get(client, "common:verify_token", held.token)
    assert "这张证是真的，现在有效" in page
    assert "周**" in page
    assert "周小敏" not in page
    assert "滨江路 88" not in page
    assert held.sha256[:4] in page
    assert held.number in page


def test_a_number_finds_the_same(client: Client, held: Licence) -> None:
    for typed in (held.number, held.number.lower(), held.identifier):
        assert "现在有效" in get(client, "common:verify_number", number=typed)


def test_states_are_said_in_words(client: Client, held: Licence, clock: HandClock) -> None:
    before = clock.now()
    clock.advance(days=400)
    assert "已过期" in get(client, "common:verify_token", held.token)
    clock.set(before)
    actions.revoke_licence(
        held.id,
        reason="以欺骗手段取得",
        basis="《行政许可法》第六十九条",
        actor=officer(ORGAN.key, Role.APPROVER),
        request_id="x",
        now=clock.now(),
    )
    page = get(client, "common:verify_token", held.token)
    assert "已撤销" in page
    assert "2026 年 3 月 2 日" in page
    assert "现在有效" not in page


@pytest.mark.parametrize("token", ["nonsense-token-of-some-length", "x", "%00", "a" * 300])
def test_a_wrong_code_is_not_found_politely(client: Client, held: Licence, token: str) -> None:
    page = get(client, "common:verify_token", token)
    assert "查不到这张证" in page
    assert held.number not in page
    assert "SHA-256 指纹" not in page


def test_a_wrong_number_looks_like_one_never_given(client: Client, held: Licence) -> None:
    mains = set()
    for number in ("FOOD-2026-000001-0", "FOOD-2026-999999-Z"):
        page = get(client, "common:verify_number", number=number)
        mains.add(page[page.index("<main") : page.index("</main>")])
    assert len(mains) == 1
    assert "查不到" in mains.pop()


def test_an_empty_question_is_asked_again(client: Client) -> None:
    answer = client.get(reverse("common:verify_number"), {"number": " "})
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def send(client: Client, data: bytes, name: str = "licence.pdf") -> tuple[int, str]:
    answer = client.post(reverse("common:verify_file"), {"pdf": SimpleUploadedFile(name, data)})
    return answer.status_code, answer.content.decode()


def test_a_file_is_recognised_or_not(client: Client, held: Licence) -> None:
    data = queries.file(held.file_id)[1]
    status, page = send(client, data)
    assert status == 200
    assert "现在有效" in page
    assert "我们发出的原件" in page
    status, page = send(client, data + b"\n% more")
    assert "被改过" in page
    assert "现在有效" not in page
    assert held.number in page  # as the file's own claim
    plain = actions.render_document("grant", FACTS, organ=ORGAN, number="1", issued_on=held.issued_on)
    assert "没有电子签名" in send(client, plain)[1]


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "先选择|空的|重新上传"), (picture(), "PNG"), (b"MZ....", "EXE"), (b"%PDF-1.4 x", "损坏")]
)
def test_a_file_that_is_no_pdf_is_refused_with_the_reason(client: Client, data: bytes, words: str) -> None:
    status, page = send(client, data)
    assert status == 422
    assert re.search(words, page)


def test_a_huge_file_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tongban.terminals.common.verify.MAX_BYTES", 1000)
    status, page = send(client, b"%PDF-1.7" + b"x" * 2000)
    assert status == 422
    assert "MB" in page


def test_no_file_is_no_question(client: Client) -> None:
    assert client.post(reverse("common:verify_file")).status_code == 422


def test_anybody_may_take_the_root_certificate(client: Client, held: Licence) -> None:
    answer = client.get(reverse("common:verify_root"))
    assert answer.content.startswith(b"-----BEGIN CERTIFICATE-----")
    assert b"PRIVATE" not in answer.content


def test_the_page_asks_the_database_little(client: Client, held: Licence) -> None:
    get(client, "common:verify_token", held.token)
    with CaptureQueriesContext(connection) as counted:
        get(client, "common:verify_token", held.token)
    assert len(counted) <= 12
    with CaptureQueriesContext(connection) as counted:
        get(client, "common:verify_token", "nonsense-token-of-some-length")
    assert len(counted) <= 1
    with CaptureQueriesContext(connection) as counted:
        get(client, "common:verify")
    assert len(counted) == 0


def test_english_pages_are_english(client: Client, held: Licence, settings: LazySettings) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    facts = set("江城市临江区滨江路号热食类食品制售周")  # what the licence itself says stays as it is
    for page in (
        get(client, "common:verify"),
        get(client, "common:verify_token", held.token),
        get(client, "common:verify_token", "nonsense-token-of-some-length"),
        send(client, queries.file(held.file_id)[1])[1],
        send(client, b"MZ")[1],
    ):
        main = page[page.index("<main") : page.index("</main>")]
        text = re.sub(r"<[^>]+>", " ", main)
        assert [words for words in HAN.findall(text) if not set(words) <= facts] == []
