"""A shipped route that a table sorts: paper alone where the risk is low, a visit otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.contexts.cases.test_discretion import tables
from tests.contexts.cases.world import World, answers
from tongban.contexts.cases.core import commands as c

LOW = {"activity": "catering", "daily": "20", "pretreatment": "yes", "key_discharger": "no"}


class Sewer(World):
    """An application for a sewer permit, accepted."""

    def __init__(self, **given: str) -> None:
        super().__init__("SEWER")
        self.submit(values={**answers(self.item), **LOW, **given}).accept()

    def facts(self, actor: Any) -> c.Facts:
        return replace(super().facts(actor), decisions=tables())

    @property
    def acts(self) -> list[str]:
        return sorted(task.act for task in self.state.open_tasks)


def test_low_risk_is_reviewed_on_paper() -> None:
    case = Sewer()
    assert case.acts == ["review"]
    [ruling] = case.state.rulings
    assert (ruling.reference, ruling.result) == ("sewer-risk", "paper")
    assert ruling.basis == ("优化营商环境条例第五十六条；行政许可法第三十四条",)
    case.review_all()
    assert case.acts == ["decide"]


@pytest.mark.parametrize(
    "risk", [{"daily": "50"}, {"activity": "medical"}, {"pretreatment": "no"}, {"key_discharger": "yes"}]
)
def test_any_risk_is_visited(risk: dict[str, str]) -> None:
    case = Sewer(**risk)
    assert case.acts == ["inspect", "review"]
    case.review_all()
    assert case.acts == ["decide"]
