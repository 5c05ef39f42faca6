"""docs/catalogue-rules.md and the register of rules say the same."""

from __future__ import annotations

import re

from tests.contexts.catalogue.samples import REPO
from tongban.contexts.catalogue.core.check import REGISTER

PAGE = (REPO / "docs/catalogue-rules.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.splitlines() if line.startswith("| `")]


def test_the_page_has_every_rule_with_its_title_severity_and_law() -> None:
    told = [tuple(row[:4]) for row in ROWS]
    assert told == [(f"`{one.id}`", one.title, one.severity, one.law or "–") for one in REGISTER.values()]


def test_every_row_says_what_it_means_and_what_to_do() -> None:
    for row in ROWS:
        assert len(row) == 6
        assert all(re.search(r"[a-z]{3}.*\.$", cell) for cell in row[4:])
