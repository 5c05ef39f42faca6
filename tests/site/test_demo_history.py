"""The invented log of the demo city: kept once, marked as an example, with cases that part from the route."""

from __future__ import annotations

from datetime import datetime

import pytest

from tongban.contexts.process import actions, queries
from tongban.kernel.clock import CHINA
from tongban.site.demo import build_history
from tongban.site.demo.history import NAME

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)


@pytest.mark.django_db
def test_it_is_kept_once() -> None:
    actions.seed_calendar(now=NOW)
    assert build_history(NOW) == 60
    assert build_history(NOW) == 0
    kept = queries.history_log(NAME).log
    assert "示例" in kept.title
    assert 0 < kept.figures["fitness"]["fitting"] < 60
    kinds = {one["kind"] for one in kept.figures["deviations"]}
    assert {"skipped", "not_on_route", "repeated"} <= kinds
