"""A batch application on the pages: common questions, a sheet with mistakes, papers, filing, what came of it."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.contexts.cases.batch.sheets import archive, as_csv, as_xlsx, number, people
from tests.contexts.cases.batch.test_batches import COMMON, PAPERS, health
from tests.contexts.cases.city import City, png, request
from tests.terminals.portal.conftest import browser
from tongban.contexts.cases import actions, queries
from tongban.contexts.parties.core import Role

pytestmark = pytest.mark.django_db


def words(response: Any) -> str:
    return str(response.content.decode())


def upload(data: bytes, name: str = "名单.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def begun(client: Client, **changes: str) -> str:
    """A draft whose common questions are answered; its id."""
    start = reverse("portal:batch_start", args=["RAD-CERT"])
    company = client.get(start).context["fields"][0].options[-1].value
    got = client.post(start, {"principal": company, "division": "429901"})
    draft = str(got["Location"]).strip("/").split("/")[-1]
    page = client.get(got["Location"])
    answers = COMMON | changes
    got = client.post(got["Location"], {**answers, "asked": page.context["asked"]})
    assert got["Location"] == reverse("portal:batch_sheet", args=[draft])
    return draft


def with_sheet(client: Client, rows: list[Any], **more: str) -> str:
    draft = begun(client)
    got = client.post(reverse("portal:batch_sheet", args=[draft]), {"sheet": upload(as_csv(rows)), **more})
    assert got.status_code == 303
    return draft


def with_papers(client: Client, rows: list[Any]) -> str:
    draft = with_sheet(client, rows)
    files = {f"file-{material}": upload(png(), "图.png") for material in PAPERS}
    assert client.post(reverse("portal:batch_papers", args=[draft]), {**files, "go": "next"}).status_code == 303
    return draft


BAD = [*people(3), ("", "1.1E+17", "看片子", "明天"), people(1)[0]]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_a_batch_in_both_languages(city: City, owner: Client, language: str) -> None:
    client = browser("zhou-min", language)
    assert reverse("portal:batch_start", args=["RAD-CERT"]) in words(client.get("/guide/RAD-CERT/"))
    draft = with_papers(client, BAD)
    for name in ("common", "sheet", "papers", "check", "discard"):
        page = client.get(reverse(f"portal:batch_{name}", args=[draft]))
        assert page.status_code == 200
        assert ("共同信息" in words(page)) is (language == "zh-hans" and name != "discard")
    assert reverse("portal:batch_sheet", args=[draft]) in words(client.get("/cases/"))


def test_the_page_names_the_cell_and_what_to_do(city: City, owner: Client) -> None:
    draft = with_sheet(owner, BAD)
    page = words(owner.get(reverse("portal:batch_sheet", args=[draft]), {"only": "wrong"}))
    for said in ("A5", "B5", "被 Excel 变成了数字", "C5", "只能填：X射线影像诊断", "D5", "B6", "和第 2 行是同一个人"):
        assert said in page
    assert "张2" not in page
    assert "张2" in words(owner.get(reverse("portal:batch_sheet", args=[draft]), {"only": "lacking"}))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (as_xlsx([("张", number(1), "核医学", "=1")]), "D2 里是公式"),
        (as_csv(people(501)), "名单到第 502 行已经超过"),
        (as_csv(people(1), ("名字", "公民身份号码", "从事的放射工作", "开始（拟）从事日期")), "A1 的列名“名字”不认识"),
    ],
)
def test_a_refused_sheet_changes_nothing_and_says_where(city: City, owner: Client, data: bytes, said: str) -> None:
    draft = with_sheet(owner, people(2))
    page = owner.post(reverse("portal:batch_sheet", args=[draft]), {"sheet": upload(data)})
    assert page.status_code == 422
    assert said in words(page)
    assert page.context["draft"].rows == 2


def test_a_long_list_is_paged_and_odd_addresses_are_harmless(city: City, owner: Client) -> None:
    draft = with_sheet(owner, people(120))
    address = reverse("portal:batch_sheet", args=[draft])
    assert "张51" not in words(owner.get(address))
    assert "张51" in words(owner.get(address, {"page": "2"}))
    for page in ("0", "-1", "999999999", "x", "²"):
        assert owner.get(address, {"page": page, "only": "x"}).status_code == 200


@pytest.mark.parametrize("kind", ["", "_csv"])
def test_what_is_to_be_mended_comes_back_as_a_list_with_reasons(city: City, owner: Client, kind: str) -> None:
    draft = with_papers(owner, BAD)
    listed = owner.get(reverse(f"portal:batch_mend{kind}", args=[draft]))
    assert "attachment" in listed["Content-Disposition"]
    if kind:
        head, *rows = list(csv.reader(io.StringIO(listed.content.decode("utf-8-sig"))))
        assert head[-1] == "哪里要改"
        assert [row[0] for row in rows] == ["", "张1"]
        assert "同一个人" in rows[1][-1]
    got = owner.post(
        reverse("portal:batch_sheet", args=[draft]), {"sheet": upload(listed.content, f"改{kind}"), "how": "mend"}
    )
    assert got.status_code == 303
    assert owner.get(reverse("portal:batch_sheet", args=[draft])).context["draft"].rows == 5


def test_what_is_in_order_is_filed_and_followed_to_the_licences(city: City, owner: Client) -> None:
    draft = with_papers(owner, BAD)
    check = owner.get(reverse("portal:batch_check", args=[draft]))
    assert "提交 3 人的申请" in words(check)
    assert owner.post(reverse("portal:batch_check", args=[draft]), {"request_id": request()}).status_code == 422
    once = {"promise": "yes", "request_id": request()}
    filed = owner.post(reverse("portal:batch_check", args=[draft]), once)
    assert filed.status_code == 303
    assert owner.post(reverse("portal:batch_check", args=[draft]), once)["Location"] == filed["Location"]
    batch_id = str(filed["Location"]).strip("/").split("/")[-1]
    page = owner.get(filed["Location"])
    assert [line["name"] for line in page.context["batch"]["lines"]] == ["张1", "张2", "张3"]
    mine = words(owner.get("/cases/"))
    assert filed["Location"] in mine
    assert f"/case/{page.context['batch']['lines'][0]['id']}/" not in mine  # listed by its batch
    city.work()
    page = owner.get(filed["Location"])
    assert owner.get(page.context["batch"]["receipt"]).content.startswith(b"%PDF")
    cases = [line["id"] for line in page.context["batch"]["lines"]]
    give: Any = {"batch_id": batch_id, "cases": cases, "now": city.now}
    actions.accept_together(**give, actor=city.window, request_id=request())
    actions.opine_together(**give, outcome="pass", actor=health(city, Role.REVIEWER), request_id=request())
    actions.grant_together(**give, actor=health(city, Role.APPROVER), request_id=request())
    city.work()
    got = owner.get(reverse("portal:batch_licences", args=[batch_id]))
    with zipfile.ZipFile(io.BytesIO(b"".join(got.streaming_content))) as found:  # type: ignore[attr-defined]
        names = found.namelist()
        index = list(csv.reader(io.StringIO(found.read("index.csv").decode("utf-8-sig"))))
        assert found.read(names[0]).startswith(b"%PDF")
    assert len(names) == 4
    assert names[0].startswith("0001 张1 ")
    assert [row[1] for row in index[1:]] == ["张1", "张2", "张3"]
    assert {row[5] for row in index[1:]} == set(names) - {"index.csv"}


def test_an_archive_says_what_was_taken_and_what_was_not(city: City, owner: Client) -> None:
    draft = with_sheet(owner, people(2))
    address = reverse("portal:batch_papers", args=[draft])
    files = {f"{number(1)}/photo.png": png(), "3/photo.png": b"x", "谁/photo.png": png()}
    page = owner.post(address, {"archive": upload(archive(files), "材料.zip")}, follow=True)
    for said in ("压缩包里收下了 1 份材料", "3/photo.png 没有收", "不知道是谁的", "谁/photo.png"):
        assert said in words(page)
    refused = owner.post(address, {"archive": upload(archive({"谁/photo.png": png()}), "材料.zip")})
    assert refused.status_code == 422
    assert "没有一个文件对得上" in words(refused)
    assert "打不开" in words(owner.post(address, {"archive": upload(b"x", "材料.zip")}))


def test_a_stranger_finds_none_of_it(city: City, owner: Client, stranger: Client) -> None:
    draft = with_papers(owner, people(2))
    for name in ("common", "sheet", "papers", "check", "discard", "mend", "mend_csv"):
        assert stranger.get(reverse(f"portal:batch_{name}", args=[draft])).status_code == 404
    done = owner.post(reverse("portal:batch_check", args=[draft]), {"promise": "yes", "request_id": request()})
    city.work()
    batch_id = str(done["Location"]).strip("/").split("/")[-1]
    receipt = queries.batch(batch_id, actor=city.window).state.documents[0].file_id
    assert stranger.get(done["Location"]).status_code == 404
    assert stranger.get(reverse("portal:batch_licences", args=[batch_id])).status_code == 404
    assert stranger.get(reverse("portal:batch_document", args=[batch_id, receipt])).status_code == 404
    nobody = Client()
    assert nobody.get(done["Location"]).status_code == 303  # to the login


def test_only_items_that_take_batches_and_templates_in_both_languages(city: City, owner: Client) -> None:
    assert owner.get(reverse("portal:batch_start", args=["FOOD"])).status_code == 404
    for kind in ("portal:batch_template", "portal:batch_template_csv"):
        assert owner.get(reverse(kind, args=["RAD-CERT"])).status_code == 200
    english = browser("zhou-min", "en").get(reverse("portal:batch_template_csv", args=["RAD-CERT"]))
    assert english.content.decode("utf-8-sig").startswith("Name,Citizen identity number")


def test_a_draft_can_be_thrown_away(city: City, owner: Client) -> None:
    draft = with_sheet(owner, people(2))
    assert owner.post(reverse("portal:batch_discard", args=[draft])).status_code == 303
    assert owner.get(reverse("portal:batch_sheet", args=[draft])).status_code == 404
