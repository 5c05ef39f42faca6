"""Where a table may decide: what is chosen before filing, and the way to a person on the case page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tongban.contexts.cases.core.views import CaseView, DraftView
from tongban.terminals.common.presenters import by_table


def before(draft: DraftView) -> dict[str, Any]:
    """What the page that files says of who decides, and where the rules are."""
    found = by_table.before(draft)
    return {**found, "tables": reverse("portal:tables", args=[draft.item.code]) if found["instant"] else ""}


def section(view: CaseView, *, may_ask: bool) -> dict[str, Any] | None:
    """The part of a case page about the table; None for a case that has nothing to do with one."""
    own = view.state.automatic
    if not own.reference and own.signed is None:
        return None
    return {
        "account": by_table.account(view),
        "why": by_table.without_account(view.state),
        "waiting": own.waiting_since is not None,
        "marks": by_table.marks(view.state),
        "tables": reverse("portal:tables", args=[view.item.code]) if own.reference else "",
        "ask": reverse("portal:ask_person", args=[view.id]) if may_ask else "",
    }
