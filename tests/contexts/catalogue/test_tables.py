"""Decision tables of the catalogue: which one is meant, what it is given, and what it answers."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

import pytest

from tests.contexts.catalogue.samples import CATALOGUE
from tongban.contexts.catalogue.core import tables
from tongban.contexts.catalogue.core.decisions import Shelf, judge_files, pinned, references
from tongban.contexts.catalogue.core.folder import Files, Folder, check_files
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.tables import Judgement, TableNotKnown, TableNotSingle
from tongban.contexts.catalogue.core.versions import decode, digest, encode
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.contexts.process.core.dmn.refusals import DecisionNotKnown
from tongban.kernel.clock import CHINA
from tongban.kernel.codes import citizen_id
from tongban.kernel.refusals import Words

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
#: Each shipped table with answers and what must come out of it: facts of the items, worked out by hand.
ANSWERS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("old-card", {"age": 60, "local": "yes"}, {"outcome": "grant"}),
    ("old-card", {"age": 60, "local": "no"}, {"outcome": "human"}),
    ("old-card", {"age": 59, "local": "yes"}, {"outcome": "human"}),
    ("old-card", {"local": "yes"}, {}),
    ("old-card-eligible", {"age": "59", "local": "yes"}, {"eligible": False}),
    ("old-card-eligible", {"age": "60", "local": "no"}, {"eligible": True}),
    ("flex-ins", {"age": 49, "sex": "female"}, {"outcome": "grant"}),
    ("flex-ins", {"age": 50, "sex": "female"}, {"outcome": "human"}),
    ("flex-ins", {"age": 59, "sex": "male"}, {"outcome": "grant"}),
    ("flex-ins", {"age": 15, "sex": "male"}, {"outcome": "human"}),
    ("flex-ins-eligible", {"age": 15, "sex": "male"}, {"eligible": False}),
    ("food-file", {"ways": ["shop", "online"], "kinds": ["ordinary"]}, {"outcome": "grant"}),
    ("food-file", {"ways": "vending", "kinds": ["ordinary"]}, {"outcome": "human"}),
    ("food-file", {"ways": ["shop"], "kinds": ["ordinary", "infant"]}, {"outcome": "human"}),
    ("eia-reg", {"kinds": ["noise"], "investment": "99999999"}, {"outcome": "grant"}),
    ("eia-reg", {"kinds": ["noise"], "investment": "100000000"}, {"outcome": "human"}),
    ("eia-reg", {"kinds": ["ecology"], "investment": "1"}, {"outcome": "human"}),
    ("fire-open", {"way": "promise", "exits": "2", "area": "5000"}, {"outcome": "grant"}),
    ("fire-open", {"way": "promise", "exits": "1", "area": "200"}, {"outcome": "grant"}),
    ("fire-open", {"way": "promise", "exits": "1", "area": "201"}, {"outcome": "human"}),
    ("fire-open", {"way": "inspect", "exits": "2", "area": "80"}, {"outcome": "human"}),
    ("rad-cert-eligible", {"age": 18, "training_date": "2024-03-03"}, {"eligible": True}),
    ("rad-cert-eligible", {"age": 18, "training_date": "2024-03-02"}, {"eligible": False}),
    ("rad-cert-eligible", {"age": 17, "training_date": "2026-01-01"}, {"eligible": False}),
    (
        "sewer-risk",
        {"activity": "catering", "daily": "49", "pretreatment": "yes", "key_discharger": "no"},
        {"inspection": "paper"},
    ),
    (
        "sewer-risk",
        {"activity": "medical", "daily": "1", "pretreatment": "yes", "key_discharger": "no"},
        {"inspection": "site"},
    ),
    (
        "road-dig-fee",
        {"action": "occupy", "area": "100", "start_date": "2026-03-01", "end_date": "2026-03-10"},
        {"amount": 500},  # 100 m² x 10 days x 0.50
    ),
    ("road-dig-fee", {"action": "dig", "area": "10", "depth": "151"}, {"amount": 3800}),
    ("fund-limit", {"reason": "rent", "amount": "30000", "many_children": "no"}, {"low": 0, "high": 18000}),
    ("fund-limit", {"reason": "rent", "amount": "30000", "many_children": "yes"}, {"low": 0, "high": 21600}),
    ("fund-limit", {"reason": "buy", "amount": "30000"}, {"low": 0, "high": 30000}),
    ("fire-open", {"way": "promise", "exits": "2", "area": "900"}, {"outcome": "grant"}),
    ("fire-open", {"way": "promise", "exits": "1", "area": "201"}, {"outcome": "human"}),
    ("fire-open", {"way": "inspect", "exits": "2", "area": "100"}, {"outcome": "human"}),
    (
        "food-fine#货值不足一万元的罚款",
        {"again": "no", "harm": "none", "mended": "no", "first": "yes", "relieved": "no"},
        {"step": "ordinary", "low": 65000, "high": 85000},
    ),
    (
        "food-fine#货值一万元以上的罚款",
        {"value": "20000", "again": "yes", "harm": "none", "mended": "no", "first": "no", "relieved": "no"},
        {"step": "severe", "low": 340000, "high": 400000},
    ),
]


@cache
def shipped() -> Folder:
    def texts(pattern: str) -> dict[str, str]:
        found = sorted(CATALOGUE.glob(pattern))
        return {str(one.relative_to(CATALOGUE)): one.read_text(encoding="utf-8") for one in found}

    files = Files(texts("items/*/item.yaml"), texts("routes/*.bpmn"), decisions=texts("decisions/*.dmn"))
    return check_files(files, NOW.date())


def decisions() -> dict[str, Decisions]:
    return {key: file.decisions for key, file in shipped().decisions.items()}


def ask(reference: str, **values: Any) -> Judgement:
    return tables.judged(decisions(), reference, values, NOW)


@pytest.mark.parametrize(("reference", "values", "wanted"), ANSWERS)
def test_the_shipped_tables_answer_as_their_law_says(
    reference: str, values: dict[str, Any], wanted: dict[str, Any]
) -> None:
    found = ask(reference, **values)
    if not wanted:
        assert found.result is None
    assert {name: found.outputs[name] for name in wanted} == wanted


def test_every_shipped_table_is_sound_and_every_answer_has_reasons_in_both_languages_and_a_basis() -> None:
    _, findings = judge_files({f"decisions/{key}.dmn": file.text for key, file in shipped().decisions.items()})
    assert findings == ()
    asked = {tables.key_of(reference) for reference, _, _ in ANSWERS}
    assert asked == set(shipped().decisions), "a shipped table without a worked example"
    for reference, values, wanted in ANSWERS:
        found = ask(reference, **values)
        if wanted:
            assert found.reasons
            assert all(one.zh and one.en for one in (*found.reasons, *found.grounds, *found.advice))
            assert found.basis == tuple(sorted({one.zh for one in found.grounds}, key=found.basis.index))


def test_all_that_is_missing_is_told_and_not_only_the_first() -> None:
    found = ask("rad-cert-eligible", age=17, training_date="2020-01-01")
    assert [one.en for one in found.reasons] == [
        "Radiation workers must be at least 18.",
        "The radiation protection training was more than two years ago.",
    ]
    assert len(found.advice) == len(found.grounds) == 2


def test_an_answer_that_was_not_given_is_named() -> None:
    assert ask("old-card", age=70).missing == ("local",)
    assert ask("old-card", age="", local=[]).missing == ("age", "local")
    assert ask("old-card", age="seventy", local="yes").missing == ("age",)
    assert ask("old-card", age=70, local="yes", unrelated="x").explained["inputs"] == {"age": 70, "local": "yes"}


def test_the_same_question_is_explained_the_same_and_says_which_text_answered() -> None:
    first, again = ask("old-card", age=70, local="yes"), ask("old-card", age="70", local="yes")
    assert first.explained == again.explained
    assert first.digest == digest((CATALOGUE / "decisions/old-card.dmn").read_bytes())
    assert (first.key, first.name, first.reference) == ("old-card", "老年人优待证当场决定", "old-card")


def test_a_reference_means_one_decision_or_is_refused() -> None:
    assert tables.resolve(decisions(), "food-fine#裁量档次")[1] == "裁量档次"
    with pytest.raises(TableNotKnown):
        tables.resolve(decisions(), "nothing")
    with pytest.raises(TableNotSingle):
        tables.resolve(decisions(), "food-fine")
    with pytest.raises(DecisionNotKnown):
        tables.resolve(decisions(), "old-card#谁")


def test_what_a_table_asks_and_answers_is_known_without_asking_it() -> None:
    assert set(tables.input_names(decisions(), "road-dig-fee")) == {
        "action", "area", "depth", "start_date", "end_date",
    }  # fmt: skip
    assert tables.output_names(decisions(), "food-fine#货值不足一万元的罚款") == ("step", "low", "high")
    assert tables.output_names(decisions(), "food-file#含特殊食品") is None


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        (date(1966, 3, 2), date(2026, 3, 2), 60),
        (date(1966, 3, 3), date(2026, 3, 2), 59),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_what_the_identity_number_tells(born: date, today: date, age: int) -> None:
    item = shipped().items["OLD-CARD"]
    number = citizen_id.make("429900", born, 7).text
    values = tables.values_of(item, {"id_number": number, "local": "yes"}, now=today, applicant_kind="natural")
    assert (values["age"], values["birthday"], values["sex"]) == (age, born.isoformat(), "male")
    assert values["applicant_kind"] == "natural"
    assert "age" not in tables.values_of(item, {"id_number": "429900"}, now=today)


def test_a_field_of_the_form_goes_before_what_is_derived() -> None:
    item = shipped().items["RAD-CERT"]  # its form asks `applicant_kind` itself
    assert tables.values_of(item, {"applicant_kind": "institution"}, now=NOW, applicant_kind="legal") == {
        "applicant_kind": "institution"
    }


PLAIN = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="n" namespace="urn:{space}">
{body}<decision id="d" name="so"><variable name="so"/>{needs}
<decisionTable><input label="年龄"><inputExpression><text>{reads}</text></inputExpression></input><output name="{out}"/>
<rule><inputEntry><text>&gt;= 18</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
<rule><inputEntry><text>&lt; 18</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
INPUT = '<inputData id="a" name="age"><variable name="age" typeRef="number"/></inputData>'
NEEDS = '<informationRequirement><requiredInput href="{}#a"/></informationRequirement>'
IMPORT = '<import name="people" namespace="urn:people" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'


def plain(space: str = "x", body: str = INPUT, needs: str = NEEDS.format(""), reads: str = "age") -> str:
    return PLAIN.format(space=space, body=body, needs=needs, reads=reads, out="eligible")


def test_a_table_without_reasons_tells_its_rule_and_the_tests() -> None:
    files, _ = Shelf().read({"t": plain()})
    found = tables.judged({"t": files["t"].decisions}, "t", {"age": 20}, NOW)
    assert found.outputs == {"eligible": 1}
    assert found.reasons == (Words("规则 1：年龄：20（>= 18）", "Rule 1: 年龄: 20 (>= 18)"),)


def test_files_import_each_other_and_an_item_is_pinned_to_all_of_them() -> None:
    importing = plain("y", IMPORT, NEEDS.format("urn:people"), "people.age")
    people = plain("people")
    shelf = Shelf()
    files, refused = shelf.read({"one": importing, "people": people})
    assert refused == {}
    assert files["one"].imports == ("people",)
    item = shipped().items["OLD-CARD"]
    assert pinned(item, None, shipped().decisions).keys() == {"old-card", "old-card-eligible"}
    assert shelf.read({"one": importing, "people": people})[0]["one"].decisions is files["one"].decisions
    changed = plain("people").replace("年龄", "岁数")
    assert shelf.read({"one": importing, "people": changed})[0]["one"].decisions is not files["one"].decisions


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("<not xml", 1, "XML"),
        (plain().replace("&gt;= 18", "&gt;== 18"), 4, "读不懂"),
        (plain().replace("&lt; 18", "&lt; 17"), 3, "空白"),
        (plain().replace("&lt; 18", "&lt; 19"), 5, "重叠"),
        (plain("y", IMPORT, NEEDS.format("urn:people"), "people.age"), 2, "不存在"),
        (plain(reads="agee"), 2, "没有定义的名称“agee”"),
    ],
)
def test_what_is_wrong_in_a_file_is_found_with_its_line(text: str, line: int, words: str) -> None:
    _, findings = judge_files({"decisions/bad.dmn": text})
    found = [one for one in findings if one.severity == "error"]
    assert (found[0].place.file, found[0].place.line, found[0].rule) == ("decisions/bad.dmn", line, "table")
    assert any(words in one.message % one.params for one in found)


def test_two_files_of_one_namespace_and_odd_names_are_found() -> None:
    _, findings = judge_files({"decisions/a.dmn": plain(), "decisions/B_b.dmn": plain()})
    assert sorted(one.message for one in findings if one.severity == "error") == [
        "决策文件的名字“%(key)s”只能用小写字母、数字和连字符。",
        "命名空间与 %(key)s 的相同，引用时分不清。",
    ]


def test_an_item_says_where_it_uses_tables() -> None:
    folder = shipped()
    used = dict(references(folder.items["PUN-FOOD"], None))
    assert used == {
        "discretion[0].table": "food-fine#货值不足一万元的罚款",
        "discretion[1].table": "food-fine#货值一万元以上的罚款",
    }
    assert dict(references(folder.items["ROAD-DIG"], None)) == {"fee.table": "road-dig-fee"}


def test_the_body_of_a_version_names_the_digests_and_older_bodies_still_read() -> None:
    item: Item = shipped().items["OLD-CARD"]
    assert encode(item, None) == encode(item, None, {})
    assert decode(encode(item, None), 1).decisions == {}
    assert decode(encode(item, None, {"b": "2", "a": "1"}), 1).decisions == {"a": "1", "b": "2"}
    assert encode(item, None, {"a": "1"}).startswith(b'{"decisions":{')  # queries look for it there
