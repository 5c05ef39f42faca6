"""The catalogue at the desk: lists, the sheet of a version, its life from the first draft to publication."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.contexts.cases.city import City, accepted, request
from tests.terminals.desk.conftest import Sit
from tongban.contexts.catalogue import queries
from tongban.contexts.parties.core import Role

BUREAU = "service-bureau"
HOME = "/desk/catalogue/"


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def begin(client: Client, code: str = "FOOD") -> str:
    """Open the next version; its address."""
    answer = client.post(f"{HOME}item/{code}/open/", {"request_id": request()})
    assert answer.status_code == 303
    return str(answer["Location"])


def edit(client: Client, page: str, where: str, **fields: Any) -> Any:
    """Open the form of an element as a browser does, and post it with other answers."""
    form = client.get(f"{page}edit/{where}/").context["form"]
    posted: dict[str, Any] = {"request_id": form.request_id, "seq": form.seq, "do": fields.pop("do", "save")}
    posted |= {key: value for key, value in form.raw.items() if value}
    for bound in form.bound:
        posted |= {part.name: part.value for part in bound.parts}
    return client.post(
        f"{page}edit/{where}/", posted | {key.replace("__", "-"): value for key, value in fields.items()}
    )


def rows(client: Client, page: str) -> dict[str, Any]:
    sheet = client.get(page).context["sheet"]
    return {".".join(map(str, row.path)): row for group in sheet.groups for row in (*group.rows, *group.unstated)}


@pytest.fixture
def owner(sit: Sit) -> Client:
    return sit("market", Role.CATALOGUE_OWNER, name="林晓")


def test_pages_take_few_statements(city: City, sit: Sit, owner: Client) -> None:
    begin(owner)
    owner.get(HOME)
    bureau = sit("service-bureau", Role.CATALOGUE_OWNER)
    for address in ("", "drafts/", "drafts/?of=mine", "unfound/", "?q=食品"):
        with CaptureQueriesContext(connection) as seen:
            assert owner.get(HOME + address).status_code == 200
        assert len(seen) <= 12, address
    page = begin(bureau, "HYGIENE")
    for address in (page, f"{page}edit/promised/", f"{HOME}item/HYGIENE/"):
        with CaptureQueriesContext(connection) as seen:
            assert bureau.get(address).status_code == 200
        assert len(seen) <= 18, address


def test_items_and_drafts_are_found_by_name_organ_and_stage(city: City, owner: Client) -> None:
    found = owner.get(f"{HOME}?q=food").context["page"]
    assert {row.code for row in found.rows} >= {"FOOD"}
    assert owner.get(f"{HOME}?organ=nobody").context["page"].total == 0
    assert "没有这样的事项" in text(owner.get(f"{HOME}?q=zzzz"))
    begin(owner)
    assert [row.code for row in owner.get(f"{HOME}drafts/?of=mine&stage=draft").context["page"].rows] == ["FOOD"]
    assert owner.get(f"{HOME}drafts/?stage=approved").context["page"].rows == ()
    food = next(row for row in owner.get(f"{HOME}?q=FOOD").context["page"].rows if row.code == "FOOD")
    assert food.draft == "起草"


def test_an_organ_sees_its_own_drafts_only(city: City, sit: Sit, owner: Client) -> None:
    page = begin(owner)
    other = sit("health", Role.CATALOGUE_OWNER)
    assert other.get(page).status_code == 404
    assert other.get(f"{HOME}drafts/").context["page"].total == 0
    assert sit(BUREAU, Role.LEGAL_REVIEWER).get(page).status_code == 200


def test_whoever_has_no_part_is_told(city: City, sit: Sit) -> None:
    refused = sit("market-linjiang", Role.REVIEWER).get(HOME)
    assert refused.status_code == 403
    assert "没有这些角色" in text(refused)
    assert sit(BUREAU, Role.SUPERVISOR).get(HOME).status_code == 200
    assert Client().get(HOME)["Location"].startswith("/login/staff/?next=")


def test_who_only_writes_items_begins_there(city: City, owner: Client) -> None:
    assert owner.get("/desk/")["Location"] == HOME


def test_who_reviews_items_begins_with_what_waits(city: City, sit: Sit) -> None:
    for organ, role in (("market", Role.CATALOGUE_REVIEWER), (BUREAU, Role.LEGAL_REVIEWER)):
        assert sit(organ, role).get("/desk/")["Location"] == f"{HOME}drafts/?of=waiting"


def test_a_draft_begins_as_the_version_in_force(city: City, owner: Client) -> None:
    page = begin(owner)
    shown = owner.get(page)
    assert shown.context["sheet"].changes == 0
    assert shown.context["number"] == 2
    assert "第 2 版草稿" in text(shown)
    assert owner.post(f"{HOME}item/FOOD/open/", {"request_id": request()}).status_code == 409


def test_an_element_is_written_and_the_difference_shown(city: City, owner: Client) -> None:
    page = begin(owner)
    answer = edit(owner, page, "promised", **{"e-value": "4"})
    assert (answer.status_code, answer["Location"]) == (303, f"{page}#r-promised")
    row = rows(owner, page)["promised"]
    assert row.changed
    assert [(run.kind, run.text) for run in row.runs][:2] == [("del", "5"), ("ins", "4")]
    assert owner.get(f"{page}?only=changes").context["sheet"].changes == 1


def test_one_goes_from_stop_to_stop(city: City, owner: Client) -> None:
    form = owner.get(f"{HOME}new/").context["form"]
    asked = {"request_id": form.request_id, "name-zh": "养犬登记", "code": "DOG", "power": "07", "agency": "market"}
    page = str(owner.post(f"{HOME}new/", asked)["Location"])
    first = owner.get(page).context["head"].acts[0].href
    assert first == f"{page}edit/name/"
    answer = edit(owner, page, "name", **{"e-name-en": "Dog registration"}, do="next")
    assert answer["Location"] == f"{page}edit/short/"
    both = {"e-short-zh": "养狗的人申请。", "e-short-en": "For people with a dog."}
    answer = edit(owner, page, "short", **both, do="next")
    assert answer["Location"] == f"{page}edit/power_certainty/"
    beyond = [row.href for row in rows(owner, page).values() if row.worst == "error" and row.adds]
    assert f"{page}edit/basis/new/" in beyond, "an empty list begins with its first member"
    assert 'value="next"' in owner.get(answer["Location"]).content.decode()
    assert 'value="next"' not in owner.get(f"{begin(owner)}edit/visits/").content.decode()


def test_an_item_may_ask_for_no_paper(city: City, owner: Client) -> None:
    form = {"request_id": request(), "name-zh": "咨询", "code": "ASK", "power": "20", "agency": "market"}
    page = str(owner.post(f"{HOME}new/", form)["Location"])
    assert "缺少“申请材料”。" in text(owner.get(page))
    answer = edit(owner, page, "materials/new", do="none")
    assert answer["Location"] == f"{page}#r-materials"
    assert "缺少“申请材料”。" not in text(owner.get(page))
    edit(owner, page, "materials/new", **{"e-name-zh": "申请书"})
    assert 'value="none"' not in owner.get(f"{page}edit/materials/new/").content.decode()


def test_members_are_added_moved_and_taken_out(city: City, owner: Client) -> None:
    page = begin(owner)
    before = [key for key in rows(owner, page) if key.startswith("materials.")]
    edit(owner, page, "materials/new", **{"e-name-zh": "平面图", "e-name-en": "Plan", "e-need": "required"})
    key = f"materials.{len(before)}"
    new = rows(owner, page)[key]
    assert "平面图" in new.label
    assert all(run.kind == "ins" for run in new.runs)
    content = content_of(page)
    assert content["materials"][-1]["id"].startswith("material_")
    edit(owner, page, key.replace(".", "/"), do="up")
    assert content_of(page)["materials"][-2]["name"]["zh"] == "平面图"
    edit(owner, page, f"materials/{len(before) - 1}", do="delete")
    assert len(content_of(page)["materials"]) == len(before)
    edit(owner, page, "materials/2", do="delete")
    gone = [row for row in rows(owner, page).values() if row.removed]
    assert len(gone) == 1


def content_of(page: str) -> dict[str, Any]:
    from tongban.contexts.parties.core import system

    return queries.draft(page.rstrip("/").split("/")[-1], actor=system("test")).content


def test_what_cannot_be_read_comes_back_as_it_was_typed(city: City, owner: Client) -> None:
    page = begin(owner)
    answer = edit(owner, page, "promised", **{"e-value": "三天", "e-note-zh": "改一改"})
    assert answer.status_code == 422
    assert "请填整数" in text(answer)
    assert "三天" in answer.content.decode()
    assert "改一改" in answer.content.decode()
    assert not rows(owner, page)["promised"].changed


def test_nobody_writes_over_what_somebody_saved_meanwhile(city: City, sit: Sit, owner: Client) -> None:
    page = begin(owner)
    form = owner.get(f"{page}edit/visits/").context["form"]
    colleague = sit("market", Role.CATALOGUE_OWNER, name="周平")
    edit(colleague, page, "promised", **{"e-value": "4"})
    posted = {"request_id": form.request_id, "seq": form.seq, "e-visits": "1", "do": "save"}
    refused = owner.post(f"{page}edit/visits/", posted)
    assert refused.status_code == 409
    assert "周平" in text(refused)
    again = refused.context["form"]
    assert again.raw["e-visits"] == "1"
    assert content_of(page)["visits"] == 0
    saved = owner.post(f"{page}edit/visits/", posted | {"seq": again.seq, "request_id": again.request_id})
    assert saved.status_code == 303
    content = content_of(page)
    assert (content["visits"], content["promised"]["value"]) == (1, 4)


def test_a_form_posted_twice_saves_once(city: City, owner: Client) -> None:
    page = begin(owner)
    form = owner.get(f"{page}edit/visits/").context["form"]
    posted = {"request_id": form.request_id, "seq": form.seq, "e-visits": "1", "do": "save"}
    assert [owner.post(f"{page}edit/visits/", posted).status_code for _ in range(2)] == [303, 303]
    assert len(owner.get(page).context["history"]) == 2


def test_places_that_are_none_are_not_found(city: City, owner: Client) -> None:
    page = begin(owner)
    for where in ("nothing", "materials/99", "materials/new/name", "basis/x", "code", "materials"):
        assert owner.get(f"{page}edit/{where}/").status_code == 404, where
    assert owner.get(f"{HOME}version/item-NONE-0001/").status_code == 404
    assert owner.get(f"{HOME}item/NONE/").status_code == 404


def test_the_whole_source_is_written_as_text(city: City, owner: Client) -> None:
    page = begin(owner)
    form = owner.get(f"{page}source/").context["form"]
    typed = form.raw["source"]
    assert "code: FOOD" in typed
    posted = {"request_id": form.request_id, "seq": form.seq}
    same = owner.post(f"{page}source/", posted | {"source": typed})
    assert same.status_code == 303
    assert len(owner.get(page).context["history"]) == 1  # nothing new was recorded
    broken = owner.post(f"{page}source/", posted | {"source": typed.replace("visits: 0", "visits: 0\nvisits: 1")})
    assert broken.status_code == 422
    assert re.search(r"第 \d+ 行", text(broken))
    assert "visits: 1" in broken.content.decode()
    saved = owner.post(f"{page}source/", posted | {"source": typed.replace("visits: 0", "visits: 1")})
    assert saved.status_code == 303
    assert content_of(page)["visits"] == 1


def test_findings_stand_in_the_row_of_their_field(city: City, owner: Client) -> None:
    page = begin(owner)
    edit(owner, page, "promised", **{"e-value": "30"})
    shown = owner.get(page)
    row = rows(owner, page)["promised"]
    assert row.worst == "error"
    assert {one.rule for one in row.findings} >= {"Q3"}
    assert shown.context["head"].acts[0].key == "n"
    assert shown.context["head"].acts[0].href.endswith("/edit/promised/")
    refused = owner.post(f"{page}submit/", {"request_id": request()})
    assert refused.status_code == 422
    assert "错误" in text(refused)


def life(city: City, sit: Sit, owner: Client) -> tuple[str, Client, Client, Client]:
    """A changed draft, handed in, and the three who come after its author."""
    page = begin(owner)
    edit(owner, page, "words", **{"e-words": "开饭店\n开面馆"})
    handed = owner.post(f"{page}submit/", {"request_id": request()})
    assert handed.status_code == 303, text(handed)
    return (
        page,
        sit("market", Role.CATALOGUE_REVIEWER, name="高远"),
        sit(BUREAU, Role.LEGAL_REVIEWER, name="董明"),
        sit(BUREAU, Role.CATALOGUE_PUBLISHER, name="程立"),
    )


def judge(client: Client, page: str, **answers: str) -> Any:
    form = client.get(f"{page}review/").context["form"]
    return client.post(f"{page}review/", {"request_id": form.request_id, **answers})


def test_a_version_goes_through_four_hands(city: City, sit: Sit, owner: Client) -> None:
    accepted(city)
    page, reviewer, lawyer, publisher = life(city, sit, owner)
    assert reviewer.get(f"{HOME}drafts/?of=waiting").context["page"].total == 1
    assert judge(reviewer, page, verdict="approve").status_code == 303
    assert judge(lawyer, page, verdict="approve", note="没有问题").status_code == 303
    shown = publisher.get(f"{page}review/")
    assert "在办 1 件按第 1 版办完" in text(shown)
    assert judge(publisher, page, verdict="now").status_code == 303
    assert queries.current("FOOD").item.words == ("开饭店", "开面馆")
    told = [line.what for line in owner.get(page).context["history"]]
    assert told == ["公布", "法制审同意", "部门审同意", "送部门审", "保存", "开始起草"]
    people = [line.who for line in owner.get(page).context["history"]]
    assert people == ["程立", "董明", "高远", "林晓", "林晓", "林晓"]
    versions = owner.get(f"{HOME}item/FOOD/").context["versions"]
    assert [one.stage for one in versions] == ["现行", "已被替代"]


def test_what_is_given_back_says_why(city: City, sit: Sit, owner: Client) -> None:
    page, reviewer, _lawyer, _publisher = life(city, sit, owner)
    empty = judge(reviewer, page, verdict="return")
    assert empty.status_code == 422
    assert "理由" in text(empty)
    assert judge(reviewer, page).status_code == 422
    assert judge(reviewer, page, verdict="return", note="承诺时限再想想").status_code == 303
    assert "承诺时限再想想" in text(owner.get(page))
    late = reviewer.post(f"{page}review/", {"request_id": request(), "verdict": "approve"})
    assert late.status_code == 409
    assert "什么也没有改" in text(late)


def test_one_person_takes_one_step(city: City, sit: Sit) -> None:
    both = sit("market", Role.CATALOGUE_OWNER, Role.CATALOGUE_REVIEWER, name="林晓")
    page = begin(both)
    both.post(f"{page}submit/", {"request_id": request()})
    shown = both.get(f"{page}review/")
    assert "要由不同的人办" in text(shown)
    refused = both.post(f"{page}review/", {"request_id": request(), "verdict": "approve"})
    assert refused.status_code == 403
    assert "要由不同的人办" in text(refused)


def test_a_day_of_publication_is_kept_until_then(city: City, sit: Sit, owner: Client) -> None:
    page, reviewer, lawyer, publisher = life(city, sit, owner)
    judge(reviewer, page, verdict="approve")
    judge(lawyer, page, verdict="approve")
    day = {"effective_from-year": "2000", "effective_from-month": "1", "effective_from-day": "1"}
    assert judge(publisher, page, verdict="day", **day).status_code == 422
    assert judge(publisher, page, verdict="day").status_code == 422
    day["effective_from-year"] = str(city.now.year + 1)
    assert judge(publisher, page, verdict="day", **day).status_code == 303
    assert queries.current("FOOD").item.version == 1
    assert f"等到 {city.now.year + 1}-01-01 公布" in text(owner.get(page))


def test_an_item_is_cancelled_with_a_reason(city: City, sit: Sit, owner: Client) -> None:
    publisher = sit(BUREAU, Role.CATALOGUE_PUBLISHER)
    address = f"{HOME}item/FOOD/cancel/"
    assert owner.get(address).status_code == 403
    shown = publisher.get(address)
    assert "个事项提到它" in text(shown)
    day = {"on-year": str(city.now.year), "on-month": str(city.now.month), "on-day": str(city.now.day)}
    form = {"request_id": request(), **day}
    assert publisher.post(address, form).status_code == 422
    assert publisher.post(address, form | {"reason": "依据废止"}).status_code == 303
    assert "不是现行事项" in text(publisher.get(f"{HOME}item/FOOD/"))


def test_a_draft_is_given_up_after_asking(city: City, owner: Client) -> None:
    page = begin(owner)
    assert "不能恢复" in text(owner.get(f"{page}abandon/"))
    assert owner.post(f"{page}abandon/", {"request_id": request()}).status_code == 303
    assert owner.get(f"{HOME}drafts/").context["page"].total == 0
    assert "已放弃" in text(owner.get(page))


def test_a_new_item_begins_with_its_name(city: City, owner: Client) -> None:
    form = {"request_id": request(), "code": "new item", "name-zh": "新事项", "power": "01", "agency": "market"}
    refused = owner.post(f"{HOME}new/", form)
    assert refused.status_code == 422
    assert "新事项" in refused.content.decode()
    made = owner.post(f"{HOME}new/", form | {"code": "NEW-ITEM", "request_id": request()})
    assert made.status_code == 303
    shown = owner.get(made["Location"])
    assert shown.context["sheet"].errors > 5
    assert "没有现行版本可比" in text(shown)
    others = {**form, "code": "OTHER", "agency": "health", "request_id": request()}
    assert owner.post(f"{HOME}new/", others).status_code == 422


def test_posts_need_a_token(city: City, owner: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = owner.cookies
    assert strict.post(f"{HOME}item/FOOD/open/", {}).status_code == 403


@pytest.mark.parametrize(
    "where",
    ["", "drafts/", "unfound/", "new/", "import/", "item/FOOD/", "{page}", "{page}?only=changes", "{page}source/",
     "{page}edit/promised/", "{page}edit/materials/2/", "{page}edit/handling/", "{page}edit/handling/form/0/",
     "{page}edit/handling/form/0/fields/0/", "{page}edit/prerequisites/", "{page}edit/serves/", "{page}abandon/"],
)  # fmt: skip
def test_english_pages_read_english(city: City, sit: Sit, where: str) -> None:
    owner = sit("market", Role.CATALOGUE_OWNER)
    page = begin(owner).removeprefix(HOME)
    owner.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    found = owner.get(HOME + where.format(page=page)).content.decode()
    main = found.split("<main")[1].split("</main>")[0]
    main = re.sub(r"<(\w+)[^>]*data-own-words[^>]*>.*?</\1>", " ", main, flags=re.DOTALL)
    main = re.sub(r"<textarea.*?</textarea>", " ", main, flags=re.DOTALL)
    main = re.sub(r"<[^>]+>", " ", main)
    assert re.findall(r"[一-鿿]{2,}", main) == []


def test_the_whole_catalogue_can_be_edited(city: City, owner: Client) -> None:
    """Every element of the fullest items opens as a form, and saving it unchanged records nothing."""
    page = begin(owner)
    for key in rows(owner, page):
        where = key.replace(".", "/")
        target = where if owner.get(f"{page}edit/{where}/").status_code == 200 else f"{where}/new"
        assert owner.get(f"{page}edit/{target}/").status_code == 200, target
        if target == where:
            assert edit(owner, page, where).status_code == 303, where
    assert len(owner.get(page).context["history"]) == 1
