"""Which rows of a list of companies can be walked with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tongban.kernel.codes import citizen_id, credit_code
from tongban.site.operating.telling import Fault
from tongban.site.walk import crowd

GOOD = credit_code.make("91", "429901", "DEMP0001").text
OTHER = credit_code.make("91", "429901", "DEMP0002").text


def wrong(code: str) -> str:
    return code[:-1] + ("0" if code[-1] != "0" else "1")


def usable(
    tmp_path: Path, skipped: Counter[str], *rows: str, head: str = "企业名称,统一社会信用代码,地区"
) -> list[tuple[str, str]]:
    file = tmp_path / "list.csv"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8-sig")
    return [(name, code) for _, name, code in crowd.rows(str(file), skipped)]


def test_wrong_codes_repeated_codes_and_nameless_rows_are_counted_and_left_out(tmp_path: Path) -> None:
    skipped: Counter[str] = Counter()
    rows = [f"一,{GOOD},甲", f"二,{wrong(OTHER)},甲", f"三,{GOOD.lower()},甲", f",{OTHER},乙", f"四, {OTHER} ,乙"]
    assert usable(tmp_path, skipped, *rows) == [("一", GOOD), ("四", OTHER)]
    assert sum(skipped.values()) == 3
    assert skipped["code was there before"] == skipped["no name"] == 1


def test_a_list_without_the_columns_is_a_clear_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="统一社会信用代码"):
        usable(tmp_path, Counter(), f"一,{GOOD},甲", head="name,code,place")


@pytest.mark.parametrize("number", [0, 1, 13_999, 14_000, 28_001])
def test_representatives_have_right_numbers_of_their_own(number: int) -> None:
    made = crowd.representative(number, "一", GOOD)
    assert citizen_id.parse(made.id_number).text == made.id_number
    assert made.id_number != crowd.representative(number + 1, "一", GOOD).id_number
