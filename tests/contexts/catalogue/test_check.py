"""Each rule of the checker, with a sample that breaks it and the sound one that doesn't."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.contexts.catalogue.samples import CATALOGUE, GUIDE, SHOP, dump, text, with_change
from tongban.contexts.catalogue.core.findings import Finding
from tongban.contexts.catalogue.core.folder import Files, check_files

TODAY = date(2026, 3, 2)
EXTERNAL = dump(
    {
        "agencies": ["market"],
        "papers": [{"code": "SEAL", "name": text("公章", "Seal"), "issuer": text("公安", "Police")}],
    }
)


def findings(*items: dict[str, Any], synonyms: str | None = None, today: date = TODAY) -> tuple[Finding, ...]:
    files = {f"items/{item['code']}/item.yaml": dump(item) for item in items}
    routes = {"routes/review.bpmn": (CATALOGUE / "routes/review.bpmn").read_text(encoding="utf-8")}
    return check_files(Files(files, routes, synonyms, EXTERNAL), today).findings


def test_the_sound_sample_has_no_finding() -> None:
    assert findings(GUIDE, SHOP) == ()


@pytest.mark.parametrize(
    ("rule", "path", "value", "field"),
    [
        ("language", "name.en", "店铺 licence", "name.en"),
        ("language", "short.zh", " ", "short.zh"),
        ("language", "basis.0.law_en", "登记条例", "basis[0].law_en"),
        (
            "language",
            "handling.form.0.fields.1.options.0.label.en",
            "Yes。",
            "handling.form[0].fields[1].options[0].label.en",
        ),
        ("code", "power", "99", "power"),
        ("code", "base_code", "12345", "base_code"),
        ("code", "serves", [7], "serves"),
        ("code", "levels", [], "levels"),
        ("code", "topics", ["corp:10"], "topics[0]"),
        ("agency", "agency", "marketing", "agency"),
        ("agency", "handling.agencies.lead", "marketing", "handling.agencies.lead"),
        ("Q1", "instant", True, "instant"),
        ("Q3", "promised.value", 11, "promised.value"),
        ("Q3", "promised", None, "promised"),
        ("Q3", "statutory.value", -1, "statutory.value"),
        ("Q3", "statutory.unit", "day", "promised.unit"),
        ("Q5", "result.kind", "other", "result.kind"),
        ("Q5", "result.valid_months", -1, "result.valid_months"),
        ("Q9", "fee", {"charged": True, "basis": text("某法", "Some law")}, "fee.standard"),
        ("Q9", "fee", {"charged": False, "standard": text("十元", "Ten yuan")}, "fee.standard"),
        ("Q16", "materials.0.name.zh", "其他材料", "materials[0].name.zh"),
        ("Q16", "materials.0.name.zh", "法律、法规规定的其他文件", "materials[0].name.zh"),
        ("Q16", "materials.0.name.zh", "身份证、户口簿等材料", "materials[0].name.zh"),
        ("Q20", "basis", [], "basis"),
        ("Q20", "basis.0.effective_to", "2026-03-01", "basis[0].effective_to"),
        ("Q20", "basis.0.effective_from", "2026-03-03", "basis[0].effective_from"),
        ("Q20", "basis.0.effective_to", "2030/1/1", "basis[0].effective_to"),
        ("material", "materials.1.id", "plan", "materials[1].id"),
        ("material", "materials.1.when", "", "materials[1].when"),
        ("material", "materials.0.max_mib", 0, "materials[0].max_mib"),
        ("reference", "materials.2.licence_item", "NONE", "materials[2].licence_item"),
        ("reference", "next", ["NONE"], "next[0]"),
        ("reference", "prerequisites.items", ["SHOP"], "prerequisites.items[0]"),
        ("reference", "prerequisites", {"mode": "any"}, "prerequisites"),
        ("reference", "prerequisites.groups", [{"mode": "any", "items": ["NONE"]}], "prerequisites.groups[0].items[0]"),
        ("route", "handling.route", "none", "handling.route"),
        ("route", "handling.agencies", {}, "handling.agencies"),
        ("route", "handling.agencies.police", "market", "handling.agencies.police"),
        ("route", "handling.self_approval", True, "handling.self_approval"),
        ("form", "handling.form", [], "handling.form"),
        ("form", "handling.batch", {"sheet": ["none"]}, "handling.batch.sheet[0]"),
        ("form", "handling.batch", {"sheet": ["shop_name", "shop_name"]}, "handling.batch.sheet[1]"),
        ("form", "handling.batch", {"sheet": ["shop_name"]}, "handling.batch.sheet"),
        ("form", "handling.batch", {"sheet": ["food"], "most": 10001}, "handling.batch.most"),
        ("form", "handling.form.0.fields.0.id", "food", "handling.form[0].fields[1].id"),
        ("form", "handling.form.0.fields.0.id", "Shop", "handling.form[0].fields[0].id"),
        ("form", "handling.form.0.fields.0.kind", "multi", "handling.form[0].fields[0].options"),
        ("form", "handling.form.0.fields.0.prefill", "king.name", "handling.form[0].fields[0].prefill"),
        ("condition", "materials.1.when", "food == yes", "materials[1].when"),
        ("condition", "materials.1.when", 'drink = "yes"', "materials[1].when"),
        ("condition", "handling.form.0.fields.0.when", 'food = "yes"', "handling.form[0].fields[0].when"),
        ("condition", "prerequisites.when", "food =", "prerequisites.when"),
    ],
)
def test_a_broken_rule_is_found_at_its_place(rule: str, path: str, value: object, field: str) -> None:
    found = findings(GUIDE, with_change(SHOP, path, value))
    assert (rule, field) in {(finding.rule, finding.place.field) for finding in found}
    assert {finding.place.file for finding in found} == {"items/SHOP/item.yaml"}
    for finding in found:
        assert finding.message % finding.params
        assert finding.advice % finding.params
        assert finding.place.line > 0


@pytest.mark.parametrize("name", ["设备布局图", "其他应收款明细表", "身份证明", "等级评定证书", "消防安全等级说明"])
def test_material_names_that_only_look_like_catch_alls_pass(name: str) -> None:
    assert findings(GUIDE, with_change(SHOP, "materials.0.name.zh", name)) == ()


def test_a_basis_is_judged_by_the_day() -> None:
    repealed = with_change(SHOP, "basis.0.effective_to", "2026-03-02")
    assert findings(GUIDE, repealed) == ()
    assert [f.rule for f in findings(GUIDE, repealed, today=date(2026, 3, 3))] == ["Q20"]


def test_two_items_with_one_code_and_a_folder_of_another_name() -> None:
    files = {"items/REG/item.yaml": dump(GUIDE), "items/REG2/item.yaml": dump(GUIDE)}
    found = check_files(Files(files, {}), TODAY).findings
    assert [(f.place.file, f.place.field) for f in found] == [("items/REG2/item.yaml", "code")] * 2


def test_synonyms_lead_to_known_items_only() -> None:
    found = findings(GUIDE, SHOP, synonyms="phrases:\n- say: [a]\n  items: [NONE]\n")
    assert [(f.rule, str(f.place)) for f in found] == [("reference", "synonyms.yaml:3 (phrases[0].items[0])")]
    assert [f.rule for f in findings(GUIDE, SHOP, synonyms="phrases:\n- said: [a]\n")] == ["source"] * 3


def test_a_route_outside_the_subset_is_told_with_its_line() -> None:
    route = (CATALOGUE / "routes/review.bpmn").read_text(encoding="utf-8").replace("userTask", "scriptTask")
    found = check_files(Files({"items/REG/item.yaml": dump(GUIDE)}, {"routes/bad.bpmn": route}), TODAY).findings
    assert [(f.rule, f.place.file) for f in found if f.rule == "route"] == [("route", "routes/bad.bpmn")]
    assert next(f for f in found if f.rule == "route").place.line > 1
