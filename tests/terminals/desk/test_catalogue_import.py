"""A list on its way in: tried first, then imported as it was tried; refused rows come back with their reasons."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.contexts.cases.city import City
from tests.terminals.desk.conftest import Sit
from tests.terminals.desk.test_catalogue import HOME, text
from tongban.contexts.parties.core import Role
from tongban.terminals.desk.presenters import catalogue_import

ADDRESS = f"{HOME}import/"
HEADER = "区划代码,实施编码,事项名称,事项类型代码,实施主体,实施主体编码\n"
GOOD = "429900,11440232MB2D06811W4000117051000,食品摊贩登记,1,市场监管局,11440232MB2D06811W\n"


def upload(client: Client, body: str, **more: str) -> Any:
    file = SimpleUploadedFile("list.csv", body.encode(), content_type="text/csv")
    return client.post(ADDRESS, {"file": file, "encoding": "auto", **more})


@pytest.fixture
def owner(sit: Sit) -> Client:
    return sit("market", Role.CATALOGUE_OWNER)


def test_a_trial_writes_nothing_and_the_same_file_is_imported(city: City, owner: Client) -> None:
    tried = upload(owner, HEADER + GOOD)
    report = tried.context["report"]
    assert (report.tried, report.rows, report.imported) == (True, 1, 1), report
    assert [number for _there, _here, number in report.organs] == [1]
    assert "清单里的部门，归到哪个机关" in tried.content.decode()
    assert owner.get(f"{HOME}drafts/").context["page"].total == 0
    done = owner.post(ADDRESS, {"token": tried.context["token"], "encoding": "auto"})
    assert not done.context["report"].tried
    rows = owner.get(f"{HOME}drafts/?of=mine").context["page"].rows
    assert [row.name for row in rows] == ["食品摊贩登记"]
    assert owner.get(rows[0].href).context["sheet"].errors > 5
    again = upload(owner, HEADER + GOOD).context["report"]
    assert (again.imported, again.already) == (0, 1)


def test_refused_rows_are_handed_back(city: City, owner: Client) -> None:
    bad = "429900,11440232MB2D06811W4000117052000,=HYPERLINK(1),99,市场监管局,11440232MB2D06811W\n"
    tried = upload(owner, HEADER + GOOD + bad)
    report = tried.context["report"]
    assert (report.rows, report.imported, report.refused_count) == (2, 1, 1)
    assert "没有这种事项类型" in text(tried)
    rows = owner.post(f"{ADDRESS}refused/", {"token": tried.context["token"], "encoding": "auto"})
    assert rows["Content-Disposition"].startswith("attachment")
    told = rows.content.decode("utf-8-sig").splitlines()
    assert told[0].startswith("行号,为什么不收")
    assert told[1].startswith("3,")


def test_what_is_no_list_is_refused_with_its_reason(city: City, owner: Client) -> None:
    for body, reason in (("a,b\n1,2\n", "表头缺少"), ("", "没有事项")):
        answer = upload(owner, body)
        assert answer.status_code == 422
        assert reason in text(answer)
    assert "没有选择文件" in text(owner.post(ADDRESS, {"encoding": "auto"}))


def test_a_file_that_is_too_big_is_refused(city: City, owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_import, "MOST_BYTES", 20)
    assert upload(owner, HEADER + GOOD).status_code == 413


def test_a_token_is_its_officers_own_and_whole(city: City, sit: Sit, owner: Client) -> None:
    token = upload(owner, HEADER + GOOD).context["token"]
    other = sit("market", Role.CATALOGUE_OWNER)
    for client, given in ((other, token), (owner, f"x{token}"), (owner, "nonsense"), (owner, token[:-1])):
        refused = client.post(ADDRESS, {"token": given, "encoding": "auto"})
        assert refused.status_code == 409
        assert "失效" in text(refused)
    assert owner.get(f"{HOME}drafts/").context["page"].total == 0


def test_only_owners_import(city: City, sit: Sit) -> None:
    assert sit("market", Role.CATALOGUE_REVIEWER).get(ADDRESS).status_code == 403
    assert sit("market", Role.CATALOGUE_REVIEWER).get(f"{HOME}new/").status_code == 403


def test_a_big_file_still_travels(sit: Sit, city: City) -> None:
    rows = "".join(GOOD.replace("051000", f"{n % 1000:03}{n // 1000:03}") for n in range(40_000))
    assert catalogue_import.sealed((HEADER + rows).encode(), city.owner)
