"""Discretion: the band of the published table, a departure with its reasons, and what is recorded."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.contexts.cases.world import CATALOGUE, CHIEF, OWNER, World, answers
from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.decide import decide
from tongban.contexts.cases.core.discretion import AmountUnreadable, DepartureReasonMissing, advice, matters
from tongban.contexts.cases.core.parts.discretion import Chosen
from tongban.contexts.cases.core.state import Phase
from tongban.contexts.catalogue.core.decisions import Shelf
from tongban.contexts.process.core.dmn.deciding import Decisions


@cache
def tables() -> dict[str, Decisions]:
    texts = {one.stem: one.read_text(encoding="utf-8") for one in (CATALOGUE / "decisions").glob("*.dmn")}
    return {key: file.decisions for key, file in Shelf().read(texts)[0].items()}


class Fund(World):
    """A withdrawal of 20,000 yuan for rent, come to its decision."""

    def __init__(self, reason: str = "rent", amount: str = "20000") -> None:
        super().__init__("HF-WITHDRAW")
        applicant = c.Applicant("p1", "natural", "周敏", "4299", "p1", "周敏", "13900000001")
        values = {**answers(self.item), "reason": reason, "amount": amount}
        owner = replace(OWNER, party_id="p1")
        self.submit(owner, applicant=applicant, values=values).accept()
        self.review_all()

    def facts(self, actor: Any) -> c.Facts:
        return replace(super().facts(actor), decisions=tables())

    def grant(self, amount: str = "", many: str = "no", reasons: str = "") -> Any:
        chief = replace(CHIEF, agency="housing-fund")
        chosen = (Chosen("D1", amount, {"many_children": many}),)
        command = c.Decide(self.task("decide"), "grant", reasons, discretion=chosen)
        new = list(decide(self.state, command, self.facts(chief)))
        return next(one for one in new if one.TYPE == "case.decided").discretion


def test_within_the_band_nothing_more_is_asked_and_the_table_is_recorded() -> None:
    [weighed] = Fund().grant("18000")
    assert (weighed.low, weighed.high, weighed.amount, weighed.departs) == ("0", "18000", "18000", False)
    assert (weighed.id, weighed.table, weighed.found) == ("D1", "fund-limit", {"many_children": "no"})
    assert weighed.digest == tables()["fund-limit"].digest
    assert weighed.basis == ("住房公积金管理条例第二十四条（限额为示例）",)


@pytest.mark.parametrize(("many", "amount", "departs"), [("yes", "21600", False), ("no", "21600", True)])
def test_what_the_officer_finds_moves_the_band(many: str, amount: str, departs: bool) -> None:
    [weighed] = Fund().grant(amount, many, "why")
    assert weighed.departs is departs


def test_a_departure_without_reasons_is_refused_and_names_the_band() -> None:
    with pytest.raises(DepartureReasonMissing) as refused:
        Fund().grant("18000.01")
    assert refused.value.field == "reasons"
    assert {name: str(refused.value.params[name]) for name in ("low", "high", "amount")} == {
        "low": "0", "high": "18000", "amount": "18000.01",
    }  # fmt: skip
    [weighed] = Fund().grant("18000.01", reasons="租住在异地，租金合理。")
    assert weighed.departs


@pytest.mark.parametrize("amount", ["a lot", "-1", "NaN", "Infinity", "1e9999999"])
def test_an_amount_is_a_number(amount: str) -> None:
    with pytest.raises(AmountUnreadable):
        Fund().grant(amount)


def test_without_an_amount_the_decision_stays_in_the_band() -> None:
    [weighed] = Fund("buy", "20000").grant()
    assert (weighed.high, weighed.amount, weighed.departs) == ("20000", "", False)


def test_what_is_still_to_be_found_gives_no_advice() -> None:
    fund = Fund()
    [matter] = matters(fund.item)
    told = advice(matter, fund.state, fund.item, tables(), {}, fund.now)
    assert (told.low, told.high) == (None, None)
    told = advice(matter, fund.state, fund.item, tables(), {"many_children": "yes"}, fund.now)
    assert (told.low, told.high) == (0, 21600)


def test_a_denial_and_items_without_tables_weigh_nothing() -> None:
    food = World().submit().accept()
    food.review_all()
    food.give(c.Decide(food.task("decide"), "grant"), CHIEF)
    assert food.state.decision is not None
    assert food.state.decision.discretion == ()
    assert food.state.phase is Phase.GRANTED
