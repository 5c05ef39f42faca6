"""The box of discretion: what the table says, what the officer finds and chooses, and a departure with its reasons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.contexts.cases.city import City, accepted, request, review_all
from tests.terminals.desk.conftest import Sit, do, page, task_of
from tongban.contexts.cases import actions
from tongban.contexts.parties.core import Role

pytestmark = pytest.mark.django_db


def fund(city: City, sit: Sit, reason: str = "rent") -> tuple[Any, str]:
    """A case of the housing fund before its decision, and its approver's browser."""
    herself = replace(city, owner=replace(city.owner, principals=city.owner.principals[:1]))
    case_id = herself.file("HF-WITHDRAW", reason=reason, amount="20000")
    actions.accept(case_id=case_id, actor=city.window, request_id=request(), now=city.now)
    review_all(city, case_id)
    return sit("housing-fund", Role.APPROVER), case_id


def test_the_box_names_what_is_to_be_found_and_the_form_asks_it(city: City, sit: Sit) -> None:
    chief, case_id = fund(city, sit)
    shown = page(chief, case_id).content.decode()
    for told in ("裁量基准", "准予提取的金额", "先查明：核实为多子女家庭", "grant-found_D1-many_children", "18,000"):
        assert told in shown


def test_a_departure_needs_reasons_and_is_recorded(city: City, sit: Sit) -> None:
    chief, case_id = fund(city, sit)
    task = task_of(city, case_id, "decide")
    found = {"found_D1-many_children": "no"}
    refused = do(chief, case_id, "grant", task, amount_D1="20000", **found)
    assert refused.status_code == 422
    assert "按公布的裁量基准是 0 至 18000 元" in refused.content.decode()
    done = do(chief, case_id, "grant", task, amount_D1="20000", reasons="异地租住，租金合理。", **found)
    assert done.status_code == 303
    [weighed] = city.state(case_id).decision.discretion
    assert (weighed.high, weighed.amount, weighed.departs, weighed.found) == (
        "18000", "20000", True, {"many_children": "no"},
    )  # fmt: skip
    shown = page(chief, case_id).content.decode()
    assert "决定的金额：20,000 元" in shown
    assert "超出基准" in shown


def test_within_the_band_no_reasons_are_asked(city: City, sit: Sit) -> None:
    chief, case_id = fund(city, sit, "buy")
    task = task_of(city, case_id, "decide")
    assert do(chief, case_id, "grant", task, **{"found_D1-many_children": "no"}).status_code == 303
    [weighed] = city.state(case_id).decision.discretion
    assert (weighed.low, weighed.high, weighed.departs) == ("0", "20000", False)


def test_what_must_be_found_is_not_left_out(city: City, sit: Sit) -> None:
    chief, case_id = fund(city, sit)
    assert do(chief, case_id, "grant", task_of(city, case_id, "decide"), amount_D1="100").status_code == 422


def test_other_items_and_other_officers_have_no_box(city: City, sit: Sit) -> None:
    assert "discretion-1" not in page(sit("market-linjiang", Role.APPROVER), accepted(city)).content.decode()
