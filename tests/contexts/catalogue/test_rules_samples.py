"""Every rule of the checker, with samples that break it and samples that nearly do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from tests.contexts.catalogue.samples import CATALOGUE, GUIDE, SHOP, dump, text, with_change
from tongban.contexts.catalogue.core import beside as b
from tongban.contexts.catalogue.core.check import REGISTER, Surroundings, check_content, check_folder
from tongban.contexts.catalogue.core.findings import Finding
from tongban.contexts.catalogue.core.items import Place, Text
from tongban.contexts.catalogue.core.source import parse_item
from tongban.contexts.catalogue.core.yaml_source import Document
from tongban.contexts.process.core import bpmn
from tongban.contexts.process.core.dmn.deciding import read_decisions

TODAY = date(2026, 3, 2)
WINDOW = Place(
    Text("窗口", "Window"),
    Text("江城大道100号2楼A01号窗口", "Window A01"),
    Text("周一至周五 9:00–17:00", "Mon–Fri 9–17"),
)
BESIDE = b.Beside(
    organs=(b.Organ("market", Text("市监局", "Market"), places=(WINDOW,), consult="0999-88101001", complain="12345"),),
    laws=(
        b.Law("登记条例", "Registration", "administrative_regulation", "2022-03-01"),
        b.Law("行政许可法", "Licensing", "law", "2004-07-01"),
        b.Law("旧法", "Old", "law", "2000-01-01", "2026-03-01", "登记条例"),
        b.Law("店铺办法", "Rules", "department_rule", "2020-01-01"),
    ),
    basic=(
        b.BasicItem("000131001000", "设立登记", "01", ("登记条例",), (4,)),
        b.BasicItem("000131002000", "店铺许可", "01", (), (4,)),
    ),
    registers=(
        b.Register("people", Text("人口库", "People"), "police", (), ("id_card",), shared=True),
        b.Register("rooms", Text("房屋库", "Rooms"), "police", ("SEAL",)),
    ),
    elements=(b.Element("id_card", Text("居民身份证", "Identity card")), b.Element("plan", Text("平面图", "Plan"))),
    proofs=(b.Listed("health", Text("健康证明", "Health certificate")),),
    intermediaries=(b.Listed("M1", Text("房屋检测", "Survey")),),
    tags=(b.Listed("once", Text("最多跑一次", "One visit")),),
    fees=(b.Listed("F1", Text("证照费", "Licence fee")),),
)
TABLES = {
    key: read_decisions((CATALOGUE / f"decisions/{key}.dmn").read_bytes())
    for key in ("old-card", "old-card-eligible", "food-fine", "road-dig-fee")
}
ROUTE = bpmn.parse((CATALOGUE / "routes/review.bpmn").read_bytes())
Changes = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """Changes to the sound sample that break `rule` at `field`, and changes that must not."""

    rule: str
    field: str
    bad: Changes
    good: Changes = field(default_factory=dict)
    severity: str = "error"
    around: Changes = field(default_factory=dict)  # of the surroundings, with the bad changes only


FEE = {
    "charged": True,
    "name": text("证照费", "Licence fee"),
    "basis": text("登记条例第九条", "Article 9"),
    "standard": text("十元", "Ten yuan"),
    "law": "登记条例",
    "pay_online": True,
}
PLAN = SHOP["materials"][0]
BASIS = SHOP["basis"][0]
HAND = {"giver": "market", "takers": ["police"], "level": 4, "kind": "handed_down", "basis": "某决定"}
BACK = HAND | {"giver": "police", "takers": ["market"]}
SERVICE = {"code": "M1", "name": text("房屋检测", "Survey"), "basis": "某条例第一条"}
PLACE = {
    "name": text("窗口", "Window"),
    "address": text("江城大道100号2楼", "100 Avenue"),
    "hours": text("周一至周五 9:00–17:00", "Mon–Fri"),
}
RISK = {"id": "r1", "stage": "decide", "position": text("科长", "Head"), "text": text("人情", "Favour"), "grade": "low"}
BANDS = {
    "id": "d1",
    "stage": "decide",
    "position": text("科长", "Head"),
    "name": text("罚款", "Fine"),
    "basis": "某条例第九条",
    "table": "food-fine#货值不足一万元的罚款",
}
HEARING = {"cause": "hearing", "name": text("听证", "Hearing"), "stops": True, "basis": text("某条", "Some article")}
SITE = {"cause": "site_visit", "name": text("核查", "Visit"), "stops": True, "basis": text("某条", "Some article")}
DAY = {"effective_from": "2020-01-01", "effective_to": "2024-12-31"}
W = "warning"

CASES = [
    Case("source", "name.en", {"name.en": ...}),
    Case("source", "colour", {"colour": "red"}),
    Case("language", "name.en", {"name.en": "店铺 licence"}, {"name.en": "Shop “licence”"}),
    Case("language", "short.zh", {"short.zh": " "}),
    Case("code", "power_source", {"power_source": 7}, {"power_source": 1}),
    Case("code", "channels[1]", {"channels": [1, 5]}, {"channels": [1, 2, 9]}),
    Case(
        "code", "topics[2]", {"topics": ["person:035", "corp:005", "corp:080"]}, {"topics": ["person:155", "corp:170"]}
    ),
    Case("code", "sub_type", {"sub_type": "measure"}),
    Case("code", "delegations[0].level", {"delegations": [HAND | {"level": 8}]}, {"delegations": [HAND]}),
    Case("agency", "joint[0]", {"joint": ["nobody"]}, {"joint": ["police"]}),
    Case("agency", "materials[0].issuer", {"materials.0.issuer": "nobody"}),
    Case("reference", "tags[0]", {"tags": ["none"]}, {"tags": ["once"]}),
    Case("reference", "materials[0].element", {"materials.0.element": "none"}, {"materials.0.element": "plan"}),
    Case("reference", "risks[1].id", {"risks": [RISK, RISK]}, {"risks": [RISK, RISK | {"id": "r2"}]}),
    Case("reference", "risks[0].stage", {"risks": [RISK | {"stage": "after"}]}, {"risks": [RISK]}, W),
    Case("date", "valid_to", {"valid_from": "2026-05-01", "valid_to": "2026-04-30"}, {"valid_from": "2026-05-01"}),
    Case("date", "valid_from", {"valid_from": "2026/5/1"}, {"valid_from": "2026-05-01"}),
    Case("date", "basis[0].effective_to", {"basis": [BASIS | {"effective_to": "2020-01-01"}]}),
    Case(
        "date",
        "basis[1].effective_from",
        {"basis": [BASIS, BASIS | {"effective_from": "2024-12-31"}]},
        {"basis": [BASIS, BASIS | {"article": "4"}]},
    ),
    Case("material", "materials[1].id", {"materials.1.id": "plan"}, {"materials.1.id": "plan2"}),
    Case("material", "materials[0].copies", {"materials.0.copies": -1}, {"materials.0.copies": 1}),
    Case("route", "handling.route", {"handling.route": "none"}),
    Case("form", "situation[0].id", {"situation": [{"id": "A", "label": text("甲", "A"), "kind": "text"}]}),
    Case("condition", "materials[1].when", {"materials.1.when": 'drink = "yes"'}, {"materials.1.when": 'food = "no"'}),
    Case("table", "fee.table", {"fee": FEE | {"table": "none"}}, {"fee": FEE}),
    Case("table", "handling.eligibility", {"handling.eligibility": "food-fine"}),  # holds two tables
    Case("table", "handling.eligibility", {"handling.eligibility": "old-card-eligible#谁"}),
    Case(  # asks for `local`, which the form does not
        "table",
        "handling.eligibility",
        {"handling.eligibility": "old-card-eligible"},
        {
            "handling.eligibility": "old-card-eligible",
            "handling.form.0.fields.1.id": "local",
            "materials.1.when": 'local = "yes"',
        },
    ),
    Case("table", "discretion[0].table", {"discretion": [BANDS | {"table": "old-card"}]}, {"discretion": [BANDS]}),
    Case("discretion", "discretion[0].steps", {"discretion": [BANDS | {"table": ""}]}, {"discretion": [BANDS]}),
    Case("discretion", "discretion", {"power": "02"}, {"power": "02", "discretion": [BANDS]}, W),
    Case(
        "automatic", "handling.instant", {"handling.instant": "old-card"}, {"handling.eligibility": "old-card-eligible"}
    ),
    Case("automatic", "handling.instant", {"handling.instant": "old-card", "handling.special": [HEARING]}),
    Case("automatic", "handling.recheck", {"handling.recheck": 101}, {"handling.recheck": 100}),
    Case("delegation", "delegations", {"delegations": [HAND, BACK]}, {"delegations": [HAND, HAND]}),
    Case("delegation", "delegations[0].basis", {"delegations": [HAND | {"basis": " "}]}),
    Case("delegation", "delegations[0].takers", {"delegations": [HAND | {"takers": []}]}),
    Case("circle", "prerequisites", {}, severity=W, around={"circles": (("SHOP", "REG"),)}),
    Case("Q1", "instant", {"instant": True}, {"instant": False, "project_type": 2, "review": "ordinary"}),
    Case("Q1", "project_type", {"project_type": 1}),
    Case("Q1", "review", {"review": "at_once"}),
    Case("Q2", "project_type", {"project_type": 9}, {"project_type": 2}),
    Case("Q3", "promised.value", {"promised.value": 11}, {"promised.value": 10}),
    Case("Q3", "promised", {"promised": None}),
    Case("Q3", "promised.unit", {"promised.unit": "day"}, {}, W),
    Case("Q4", "result.ending", {"result.ending": "document"}, {"result.ending": "certificate"}, W),
    Case("Q5", "result.kind", {"result.kind": "other"}, {"result": {"name": text("凭证", "Slip"), "kind": "other"}}),
    Case("Q5", "result.sample", {"result.sample": "", "handling": None}, {"result.sample": ""}, W),
    Case("Q6", "visit_reason", {"visits": 1}, {"visits": 1, "visit_reason": text("按指印", "Fingerprint")}),
    Case("Q6", "visit_reason", {"visit_reason": text("按指印", "Fingerprint")}),
    Case(
        "Q7", "channels", {"channels": [1], "handling": None}, {"channels": [1], "express": True, "handling": None}, W
    ),
    Case("Q8", "online_depth", {"online_depth": 3, "visits": 1}, {"online_depth": 3}),
    Case("Q9", "fee.standard", {"fee": FEE | {"standard": None}}, {"fee": FEE}),
    Case("Q9", "fee.name", {"fee": FEE | {"name": None}}),
    Case("Q9", "fee.pay_online", {"fee": FEE | {"pay_online": None}}),
    Case("Q9", "fee.pay_online", {"fee": {"charged": False, "pay_online": True}}),
    Case("Q9", "fee.ends", {"fee": FEE | {"ends": "2026-03-01"}}, {"fee": FEE | {"ends": "2026-12-31"}}),
    Case("Q9", "fee.ends", {"fee": FEE | {"ends": "2026-03-31"}}, severity=W),
    Case("Q9", "fee.name", {"fee": FEE | {"name": text("工本费", "Fee")}}, severity=W),
    Case("Q10", "complain", {"consult": "12345"}, {"consult": "0999-88101002"}),
    Case("Q10", "consult", {"consult": "88101001"}, {"consult": "（0999）88101001"}),
    Case("Q10", "consult", {}, around={"beside": replace(BESIDE, organs=(b.Organ("police", Text("警", "P")),))}),
    Case(
        "Q11", "places[0].hours.zh", {"places": [PLACE | {"hours": text("上班时间", "Hours")}]}, {"places": [PLACE]}, W
    ),
    Case("Q12", "places[0].address.zh", {"places": [PLACE | {"address": text("市中心", "Centre")}]}, severity=W),
    Case("Q12", "places", {}, around={"beside": replace(BESIDE, organs=(b.Organ("police", Text("警", "P")),))}),
    Case("Q13", "topics", {"topics": ["corp:005"]}, {"topics": ["person:040", "corp:005"]}),
    Case("Q13", "topics", {"serves": [2], "topics": ["person:040", "corp:005"]}, {"serves": [1, 6]}),
    Case("Q14", "faq", {"faq": []}),
    Case("Q15", "stages", {"stages": [{"kind": "accept"}]}),
    Case("Q15", "stages", {"stages.1.hours": 41}, {"stages.1.hours": 40}),
    Case(
        "Q15",
        "stages",
        {"stages": [{"kind": "accept", "hours": 30}, {"kind": "inspect", "hours": 30}, *SHOP["stages"][1:]]},
        {
            "stages": [
                {"kind": "receive", "hours": 99},
                {"kind": "accept", "hours": 30, "together": "a"},
                {"kind": "inspect", "hours": 30, "together": "a"},
                *SHOP["stages"][1:],
            ]
        },
    ),
    Case("Q15", "stages", {"stages": [{"kind": "decide"}, {"kind": "accept"}, *SHOP["stages"][2:]]}, severity=W),
    Case("Q15", "stages", {"stages": SHOP["stages"][:2]}, severity=W),
    Case("Q16", "materials[0].name.zh", {"materials.0.name.zh": "其他材料"}, {"materials.0.name.zh": "其他应收款明细"}),
    Case("Q17", "materials[0].basis", {"materials.0.basis": ""}),
    Case("Q17", "materials[0].kind", {"materials.0.kind": ""}),
    Case("Q17", "materials[0].format", {"materials.0.format": ""}),
    Case("Q17", "materials[0].standard", {"materials.0.standard": None}, {"materials.0.sample": "plan.png"}, W),
    Case("Q17", "materials[0].basis", {"power": "20", "materials.0.basis": ""}, severity=W),
    Case("Q18", "materials[0].proof", {"materials.0.proof": True}, {"materials.1.proof": True}),
    Case("Q18", "materials[0].proof", {"materials.0.name.zh": "无犯罪证明"}, {"materials.0.name.zh": "身份证明"}, W),
    Case(
        "Q19", "intermediaries[0].code", {"intermediaries": [SERVICE | {"code": "M2"}]}, {"intermediaries": [SERVICE]}
    ),
    Case("Q19", "intermediaries[0].basis", {"intermediaries": [SERVICE | {"basis": ""}]}),
    Case("Q19", "intermediaries[0].name.zh", {"intermediaries": [SERVICE | {"name": text("检测", "Test")}]}),
    Case("Q20", "basis", {"basis": []}),
    Case("Q20", "basis[0].effective_to", {"basis": [BASIS | DAY]}, {"basis": [BASIS | {"effective_to": "2026-03-02"}]}),
    Case("Q20", "basis[0].effective_from", {"basis.0.effective_from": "2026-03-03"}),
    Case("Q20", "basis[0].law", {"basis.0.law": "旧法"}, {"basis.0.law": "行政许可法"}),
    Case("Q20", "basis[0].law", {"basis.0.law": "没听说过的法"}, severity=W),
    Case("Q21", "name.zh", {"name.zh": "铺子许可"}, {"name.zh": "店铺许可"}),
    Case("Q21", "power", {"power": "07", "base_code": "000131002000"}),
    Case("Q21", "basis", {"base_code": "000131001000", "basis.0.law": "行政许可法"}),
    Case("Q21", "levels", {"levels": [3, 4]}, severity=W),
    Case("Q21", "base_code", {"base_code": "000131009000"}, severity=W),
    Case("XK-03", "conditions", {"conditions": []}, severity=W),
    Case("XK-03", "statutory", {"statutory": None}, severity=W),
    Case(
        "XK-13",
        "statutory.value",
        {"statutory.value": 21, "basis.0.law": "店铺办法"},
        {"statutory.value": 21},  # an administrative regulation of its own allows longer
    ),
    Case("XK-13", "statutory.extend", {"statutory.extend": 11, "basis.0.law": "行政许可法"}, {"statutory.extend": 11}),
    Case(
        "XK-14",
        "statutory.value",
        {"statutory.value": 46, "joint": ["police"], "basis.0.law": "店铺办法"},
        {"statutory.value": 45, "joint": ["police"], "basis.0.law": "店铺办法"},
    ),
    Case("XK-16", "stages[3].hours", {"stages.3.hours": 81}, {"stages.3.hours": 80}),
    Case(
        "XK-17",
        "handling.special[0].stops",
        {"handling.special": [SITE]},
        {"handling.special": [SITE | {"stops": False}]},
        W,
    ),
    Case("XK-22", "fee.law", {"fee": FEE | {"law": "店铺办法"}}, {"fee": FEE}),
    Case("XK-22", "fee.law", {"fee": FEE | {"law": ""}}),
    Case("XK-22", "fee.law", {"fee": FEE | {"law": "旧法"}}),
    Case("F4", "promised.value", {"promised.value": 6}, {"promised.value": 5}, W),
    Case(
        "F14",
        "materials[0].need",
        {"materials.0": PLAN | {"name": text("居民身份证", "Identity card"), "element": "id_card"}},
        {"materials.0": PLAN | {"name": text("居民身份证", "Identity card"), "element": "id_card", "need": "exempt"}},
    ),
    Case("F14", "materials[0].need", {"materials.0.licence_item": "SEAL"}, severity=W),
    Case("F14", "materials[0].need", {"materials.0.licence_item": "REG"}, {"materials.0.licence_item": "VISA"}, W),
    Case("F14", "materials[0].need", {"materials.0.issuer": "police"}, severity=W),
    Case(
        "V1", "conditions[0].text.zh", {"conditions.0.text.zh": "符合有关规定"}, {"conditions.0.text.zh": "年满18岁"}, W
    ),
    Case("V1", "materials[0].hint.zh", {"materials.0.hint": text("必要时提交", "If needed")}, severity=W),
    Case(
        "N1", "materials[0].name.zh", {"materials.0.name.zh": "平面图（复印件）"}, {"materials.0.name.zh": "剖面图"}, W
    ),
    Case("N1", "materials[0].name.zh", {"materials.0.element": "id_card"}, severity=W),
]


def findings(changes: Changes, around: Changes) -> set[tuple[str, str, str]]:
    """(rule, severity, field) of everything found about the sample shop with `changes`."""
    content = SHOP
    for path, value in changes.items():
        content = with_change(content, path, value)
    register = parse_item(dump(GUIDE), "items/REG/item.yaml").item
    shop = parse_item(dump(content), "items/SHOP/item.yaml").item
    assert register is not None
    city = Surroundings(
        TODAY,
        {"REG": register} | ({"SHOP": shop} if shop else {}),
        {"review": ROUTE},
        frozenset({"SEAL", "VISA"}),
        frozenset({"market", "police"}),
        BESIDE,
        decisions=TABLES,
    )
    city = replace(city, **around)
    found: list[Finding] = [*check_content(content, city)]
    found += check_folder(dict.fromkeys((*city.items, *(path for path, _ in b.FILES.values())), Document("")), city)
    for one in found:
        assert one.place.file == ""
        assert one.law == REGISTER[one.rule].law
        assert one.message % one.params
        assert one.advice % one.params
    return {(one.rule, one.severity, one.place.field) for one in found}


def test_every_rule_has_its_samples() -> None:
    assert {case.rule for case in CASES} == set(REGISTER)


def test_the_sound_sample_is_sound_in_its_city() -> None:
    assert findings({}, {}) == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.field}")
def test_what_breaks_a_rule_is_found_at_its_place(case: Case) -> None:
    assert (case.rule, case.severity, case.field) in findings(case.bad, case.around)


@pytest.mark.parametrize("case", [case for case in CASES if case.good], ids=lambda case: f"{case.rule} {case.field}")
def test_what_only_looks_like_it_passes(case: Case) -> None:
    told = {(rule, severity) for rule, severity, _ in findings(case.good, {})}
    assert (case.rule, case.severity) not in told
