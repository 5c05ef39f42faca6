"""Where a table may decide: what is chosen before filing, and the way to a person on the case page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tongban.contexts.cases.core.automatic.filing import chose_promise
from tongban.contexts.cases.core.views import CaseView, DraftView
from tongban.terminals.common.presenters import by_table
from tongban.terminals.common.presenters.languages import said


def before(draft: DraftView) -> dict[str, Any]:
    """What the page that files says of who decides: whether a table may, and the promise that is to be signed."""
    handling = draft.item.handling
    assert handling is not None
    offered = handling.commitment if chose_promise(draft.item, draft.values) else None
    return {
        "instant": bool(handling.instant),
        "tables": reverse("portal:tables", args=[draft.item.code]) if handling.instant else "",
        "promise": None if offered is None else {
            "lines": [said(one) for one in offered.promises],
            "basis": offered.basis,
            "days": offered.verify_days,
            "papers": [said(m.name) for m in draft.item.materials if m.need == "tolerable" and _not_given(draft, m.id)],
        },
    }  # fmt: skip


def _not_given(draft: DraftView, material: str) -> bool:
    return all(one.id != material or not one.file_id for one in draft.materials)


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

