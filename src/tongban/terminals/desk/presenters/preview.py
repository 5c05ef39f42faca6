"""One case beside the worktable: enough to know what to expect, nothing to decide with."""

from __future__ import annotations

from typing import Any

from tongban.terminals.common.presenters import history
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.desk.presenters import clocks, opinions, papers
from tongban.terminals.desk.presenters.table import Row
from tongban.terminals.desk.standing import Standing

_LATEST = 4


def preview(standing: Standing, row: Row) -> dict[str, Any]:
    """Context of the pane."""
    view = standing.view
    found = opinions.opinions(view)
    return {
        "row": row,
        "item": said(view.item.name),
        "state": view.state,
        "clocks": clocks.head(view, standing.today),
        "procedures": opinions.procedures(view),
        "papers": papers.papers(view, ""),
        "opinions": found,
        "answered": opinions.answered(found),
        "latest": history.lines(view)[:_LATEST],
    }
