"""What a published table said of a case, as the desk shows it: advice before the decision, the account after it."""

from __future__ import annotations

from typing import Any

from tongban.contexts.cases.core.views import CaseView
from tongban.terminals.common.presenters import by_table


def section(view: CaseView) -> dict[str, Any] | None:
    """Context of desk/_by_table.html; None for a case that has nothing to do with a table or a promise."""
    own = view.state.automatic
    if not own.reference and own.signed is None:
        return None
    return {
        "account": by_table.account(view),
        "why": by_table.without_account(view.state),
        "waiting": own.waiting_since is not None,
        "advice": own.granted_at is None and view.state.decision is None,
        "marks": by_table.marks(view.state),
    }
