"""The catalogue that is shipped obeys its own rules and loads whole."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.contexts.catalogue.samples import CATALOGUE
from tongban.contexts.catalogue import actions, queries
from tongban.contexts.catalogue.core.findings import errors
from tongban.contexts.parties.core import system
from tongban.kernel.clock import CHINA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
RESTAURANT = {"ENT-REG", "IND-REG", "FOOD", "HYGIENE", "FIRE-OPEN", "SIGN"}
SEEDS = {"RAD-CERT", "FOREST-CUT", "CMA", "SS-CARD", "OLD-CARD", "HF-WITHDRAW", "BUILD-LIC", "ROAD-DIG"}


def test_zero_errors() -> None:
    assert [str(finding) for finding in errors(actions.check(CATALOGUE, today=date(2026, 3, 2)))] == []


@pytest.mark.django_db
def test_every_item_loads_and_the_promised_ones_can_be_handled() -> None:
    report = actions.load(CATALOGUE, actor=system("test"), now=NOW)
    assert len(report.published) == len(queries.items()) == len(list((CATALOGUE / "items").glob("*/item.yaml"))) == 80
    handled = {item.code for item in queries.handled()}
    assert handled >= RESTAURANT | SEEDS
    assert len(handled) >= 24
    for code in handled:
        found = queries.current(code)
        assert found.route is not None
        assert found.route.nodes


@pytest.mark.django_db
def test_search_over_what_was_loaded() -> None:
    actions.load(CATALOGUE, actor=system("test"), now=NOW)
    for typed in ("开饭店", "spjyxk", "shipin", "restaurant", "食品经营需可"):
        assert queries.search(typed, language="zh-hans").hits[0].item.code == "FOOD"
    assert "FOOD" in [suggestion.item.code for suggestion in queries.suggest("食品经")]
