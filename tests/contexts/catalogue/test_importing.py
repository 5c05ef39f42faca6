"""Lists as they come: every row is told of, nothing is altered, and a file that is not whole is not read by half."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contexts.catalogue.lists import AREA, HEADER, QUIRKS, row, shared, written
from tongban.contexts.catalogue.core.beside import Organ
from tongban.contexts.catalogue.core.importing import ListRefused, Plan, agencies, local_codes, plan, reading
from tongban.contexts.catalogue.core.items import Text


def reasons(planned: Plan) -> list[tuple[int, str]]:
    return [(told.row, told.reason) for told in planned.refused]


def warned(planned: Plan) -> set[tuple[int, str]]:
    return {(told.row, told.reason) for told in planned.warnings}


def test_the_real_list_is_imported_whole() -> None:
    path = shared("service-items", "guangan_items.csv")
    begun = time.perf_counter()
    planned = plan(path.read_bytes())
    assert time.perf_counter() - begun < 5
    assert planned.rows == len(planned.drafts) + len(planned.refused) == 859
    assert len(planned.drafts) >= 859 * 0.97
    assert len({draft.code for draft in planned.drafts}) == len(planned.drafts)
    kinds = {local_codes.read(draft.content["local_code"]).organ for draft in planned.drafts}
    assert None not in kinds
    assert {organ.kind for organ in kinds if organ} == {
        "credit_code",
        "organisation_code",
        "temporary",
        "number",
        "filler",
    }


def test_a_draft_says_what_the_row_says_and_keeps_the_row() -> None:
    draft = plan(written([row()])).drafts[0]
    assert dict(draft.content) == {
        "code": draft.code,
        "name": {"zh": "养蜂证申领", "en": ""},
        "power": "20",
        "levels": [4],
        "agency": "imported-qu-nong-ye-nong-cun-ju",
        "local_code": "512020001001-511602000000-000-11511301008778423H-1-00",
        "local_base_code": "512020001001",
        "imported": dict(zip(HEADER, row(), strict=True)),
    }
    assert (draft.row, draft.line) == (1, 2)


def test_every_form_of_code_is_read_and_what_is_doubtful_is_told() -> None:
    planned = plan(written(QUIRKS))
    assert reasons(planned) == []
    assert {one for one in warned(planned) if one[1] != "agency_unknown"} == {
        (2, "organ_check"),
        (5, "organ_form"),
        (7, "organ_form"),
        (7, "area_differs"),
    }
    bases = [draft.content["local_base_code"] for draft in planned.drafts]
    assert bases[2:5] == ["512C0107400001", "E-000004-001", "E-000021-001"]


def test_codes_of_drafts_hold_to_the_pattern_and_depend_on_their_row_alone() -> None:
    forward = {draft.content["local_code"]: draft.code for draft in plan(written(QUIRKS)).drafts}
    backward = {draft.content["local_code"]: draft.code for draft in plan(written(QUIRKS[::-1])).drafts}
    assert forward == backward
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*", code) and len(code) <= 40 for code in forward.values())
    assert forward[QUIRKS[0][4]].startswith("I-512020001001-511602-")


@given(st.text("0123456789ABCDEFGHXYZ-", min_size=1, max_size=80), st.sampled_from([AREA, "510000000000", "5116"]))
def test_any_code_makes_a_draft_code(text: str, area: str) -> None:
    code = local_codes.draft_code(local_codes.read(text), area)
    assert re.fullmatch(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*", code)
    assert len(code) <= 40


def test_a_national_code_gives_base_code_and_level() -> None:
    national = "11440232MB2D06811W4000117051000"
    content = plan(written([row(code=national, kind="1", kind_name="行政许可")])).drafts[0].content
    assert (content["base_code"], content["base_code_synthetic"], content["levels"]) == ("000117051000", False, [4])


def test_the_organ_is_found_by_code_by_organisation_code_and_by_name() -> None:
    organs = [
        Organ("farm", Text("江城市农业农村局", ""), "11511301008778423H"),
        Organ("justice", Text("区司法局", "")),
        Organ("fire", Text("某消防", ""), "11511300MB1A21304N"),
    ]
    found = [draft.content["agency"] for draft in plan(written(QUIRKS), agencies=agencies(organs)).drafts]
    assert found[:3] == ["farm", "fire", "justice"]
    assert found[3] == "imported-qu-jiao-tong-yun-shu-ju"
    forced = plan(written(QUIRKS), agencies=agencies(organs, "market"))
    assert {draft.content["agency"] for draft in forced.drafts} == {"market"}
    assert "agency_unknown" not in {reason for _, reason in warned(forced)}


def test_rows_that_say_too_little_or_contradict_are_refused_by_name() -> None:
    changed = [
        row(name=" "),
        row(code=""),
        row(code="5.11602E+11"),
        row(kind="1"),
        row(kind="77", kind_name=""),
        row(kind="", kind_name="行政魔法"),
        [*row()[:3], "区划", *row()[4:]],
        [""] * 9,
        row()[:5],
        row(),
        row(),
        row(name="另一个名称"),
    ]
    planned = plan(written([*changed, QUIRKS[1]]))
    assert reasons(planned) == [
        (1, "name_missing"),
        (2, "code_missing"),
        (3, "code_broken"),
        (4, "type_conflict"),
        (5, "type_unknown"),
        (6, "type_unknown"),
        (7, "area_broken"),
        (8, "empty"),
        (9, "columns"),
        (11, "duplicate"),
        (12, "conflict"),
    ]
    assert [draft.row for draft in planned.drafts] == [10, 13]
    conflict = planned.refused[-1]
    assert conflict.params == {"line": 11, "columns": "name"}
    assert conflict.values["name"] == "另一个名称"
    assert all(told.message % told.params for told in (*planned.refused, *planned.warnings))


def test_one_of_code_and_name_of_the_type_is_enough() -> None:
    rows = [
        row(kind="21"),
        row(code="E-000001-001-11511301008778386B", kind="1", kind_name="许可类"),
        row(code="E-000002-001-11511301008778386B", kind="3", kind_name="行政强制措施"),
    ]
    planned = plan(written(rows))
    assert [draft.content["power"] for draft in planned.drafts] == ["20", "01", "03"]
    assert planned.drafts[2].content["sub_type"] == "measure"
    assert {one for one in warned(planned) if "type" in one[1]} == {(1, "type_doubtful"), (2, "type_doubtful")}


def test_a_code_without_its_organ_or_of_an_unknown_form_is_kept_and_told() -> None:
    rows = [row(code="512020001001-511602000000-000--1-00", organ=""), row(code="XK（2020）017", organ="")]
    planned = plan(written(rows))
    assert reasons(planned) == []
    assert {(1, "organ_missing"), (2, "organ_missing"), (2, "code_form")} <= warned(planned)
    assert planned.drafts[1].content["local_code"] == "XK（2020）017"


def test_nothing_is_altered_in_silence() -> None:
    spaced = row(name="养蜂证\n申领 ")
    draft = plan(written([spaced])).drafts[0]
    assert draft.content["name"]["zh"] == "养蜂证\n申领"
    assert draft.content["imported"]["name"] == "养蜂证\n申领 "
    assert (1, "spaces") in warned(plan(written([spaced])))


def test_columns_in_any_order_with_others_between_and_chinese_titles() -> None:
    titles = ["备注", "实施编码", "事项名称", "实施主体", "行政区划代码", "事项类型", "实施主体编码"]
    one = row()
    planned = plan(written([["无", one[4], one[2], one[0], one[3], one[6], one[7]]], titles))
    content = planned.drafts[0].content
    assert (content["name"]["zh"], content["power"], content["imported"]["备注"]) == ("养蜂证申领", "20", "无")
    assert planned.drafts[0].code == plan(written([one])).drafts[0].code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings_are_recognised(encoding: str) -> None:
    planned = plan(written(QUIRKS, encoding=encoding))
    assert [draft.content for draft in planned.drafts] == [draft.content for draft in plan(written(QUIRKS)).drafts]


WHOLE = written(QUIRKS)


@pytest.mark.parametrize(
    ("data", "encoding", "code", "params"),
    [
        (b"", "auto", "list_empty", {}),
        (written([]), "auto", "list_empty", {}),
        (b"PK\x03\x04rest", "auto", "not_a_list", {"kind": "Excel (xlsx)"}),
        (written(QUIRKS, encoding="gb18030"), "utf-8", "encoding_unknown", {"line": 2, "encoding": "utf-8"}),
        (WHOLE, "gb18030", "encoding_unknown", {"line": 2, "encoding": "gb18030"}),
        (WHOLE.replace("证书".encode(), b"\xe8\xaf\xff"), "auto", "encoding_unknown", {"line": 8, "encoding": "utf-8"}),
        (WHOLE.replace(b"511A62", b"\x00"), "auto", "encoding_unknown", {"line": 7, "encoding": "utf-8"}),
        (written([["甲", "乙"]], ["name", "item_code"]), "auto", "columns_missing", None),
        (written(QUIRKS, [*HEADER[:8], "Name "]), "auto", "column_twice", {"column": "Name", "first": 3, "second": 9}),
        (WHOLE + b'"unclosed,', "auto", "list_cut_off", {"line": 9}),
        (WHOLE + b'"a"b,c\r\n', "auto", "quotes_broken", {"line": 9}),
        (WHOLE + "区司法局,未".encode(), "auto", "list_cut_off", {"line": 9}),
        (WHOLE + "区司法局,未分".encode()[:-1], "auto", "list_cut_off", {"line": 9}),
        (WHOLE[:-5], "auto", "list_cut_off", {"line": 8}),
    ],
)
def test_a_file_that_is_not_whole_is_refused(
    data: bytes, encoding: str, code: str, params: dict[str, object] | None
) -> None:
    with pytest.raises(ListRefused) as refused:
        plan(data, encoding=encoding)
    assert refused.value.code == code
    if params is not None:
        assert refused.value.params == params
    assert str(refused.value)


def test_missing_columns_are_named() -> None:
    with pytest.raises(ListRefused) as refused:
        plan(written([["甲", "乙"]], ["name", "item_code"]))
    assert refused.value.params["columns"] == "department, area_code, dept_code, task_type"


TWO_ROWS = len(written(QUIRKS[:2]))


@given(st.integers(min_value=TWO_ROWS, max_value=len(WHOLE) - 1))
def test_half_a_file_is_never_read_as_if_it_were_whole(cut: int) -> None:
    """Either it is refused, or it ends where a row ends, and every row before is there with its own codes."""
    try:
        planned = plan(WHOLE[:cut])
    except ListRefused:
        return
    whole = plan(WHOLE)
    assert [draft.content for draft in planned.drafts] == [draft.content for draft in whole.drafts[: planned.rows]]


def test_more_rows_than_anybody_means_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    with pytest.raises(ListRefused, match="too_many_rows"):
        plan(written(QUIRKS))
    assert plan(written(QUIRKS[:3])).rows == 3


def test_blank_lines_are_told_and_are_no_rows() -> None:
    planned = plan(WHOLE.replace(b"\r\n", b"\r\n\r\n", 2))
    assert (planned.rows, planned.blank) == (7, (2, 4))
    assert planned.drafts[0].line == 3
