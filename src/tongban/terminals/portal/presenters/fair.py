"""Fair procedure as the applicant and the public see it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.fairness.defence import is_open
from tongban.contexts.cases.core.state import Phase
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.cases.queries.published import PAGE, PublishedDecision
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.parties.core.organisation import CommissionView
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotFound
from tongban.terminals.common.presenters import heard, words
from tongban.terminals.common.presenters.languages import agency_name, either, language, said
from tongban.terminals.portal.presenters.lists import Cell
from tongban.ui import dates

_RUNNING = (Phase.SUBMITTED, Phase.PRE_PASSED, Phase.CORRECTING, Phase.ACCEPTED)


def of_case(view: CaseView, now: datetime) -> dict[str, Any]:
    """What the applicant's case page adds: the notice that waits for an answer, who was heard, the way to a recusal."""
    today = now.astimezone(CHINA).date()
    return {
        "todo": _todo(view, today),
        "heard": heard.heard(
            view.state, today, lambda file: reverse("portal:material", args=[view.id, file]), inside=False
        ),
        "recusal": reverse("portal:recusal", args=[view.id]) if view.state.phase in _RUNNING else "",
    }


def _todo(view: CaseView, today: date) -> dict[str, str] | None:
    state = view.state
    if state.phase is not Phase.ACCEPTED or not is_open(state, today):
        return None
    notice = state.intended[-1]
    deny = notice.outcome == "deny"
    return {
        "id": "hear",
        "title": _("拟不予许可，先听您说") if deny else _("拟附带负担，先听您说"),
        "words": _("%(officer)s说：“%(words)s”") % {"officer": notice.by_name, "words": notice.reasons},
        "meta": _("%(day)s前可以陈述申辩。还没有作出决定；不会因为您说明了就作更不利的决定。")
        % {"day": dates.day(notice.due, language())},
        "href": reverse("portal:defence", args=[view.id]),
        "button": _("去说明"),
    }


def notice(view: CaseView) -> dict[str, Any]:
    """The notice that the statement answers."""
    one = view.state.intended[-1]
    return {
        "facts": one.facts.splitlines(),
        "reasons": one.reasons.splitlines(),
        "basis": one.basis,
        "due": one.due,
        "deny": one.outcome == "deny",
    }


def officers(found: tuple[tuple[str, str, str], ...]) -> list[tuple[str, str]]:
    """Officers to choose from, each with the organ."""
    return [(id_, f"{name} · {agency_name(agency)}") for id_, name, agency in found]


# -- the public lists --------------------------------------------------------------------------------------------------


def decisions(found: tuple[PublishedDecision, ...], total: int, page: int, chosen: dict[str, str]) -> dict[str, Any]:
    """Decisions as a table with pages."""
    pages = max(1, -(-total // PAGE))

    def href(number: int) -> str:
        return "?" + urlencode({key: value for key, value in {**chosen, "page": str(number)}.items() if value})

    return {
        "heads": [_("事项"), _("申请人"), _("决定"), _("机关"), _("日期")],
        "rows": [_decision(one) for one in found],
        "count": total,
        "pages": [{"number": n, "href": "" if n == page else href(n)} for n in _near(page, pages)],
        "previous": href(page - 1) if page > 1 else "",
        "next": href(page + 1) if page < pages else "",
    }


def _near(page: int, pages: int) -> list[int]:
    """The first, the last, and those about this one."""
    return sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})


def _decision(one: PublishedDecision) -> tuple[Cell, ...]:
    outcome = capfirst(words.outcome_words(one.outcome))
    number = " ".join(one.number[at : at + 6] for at in range(0, len(one.number), 6))
    by_law = _("到期没有决定，依法视为准予延续") if one.by_law else ""
    return (
        Cell(_item(one.item_code, one.item_version), reverse("portal:guide", args=[one.item_code]), number, span=1),
        Cell(one.holder),
        Cell(outcome, note=by_law),
        Cell(agency_name(one.agency)),
        Cell(dates.full_day(one.decided_on, language())),
    )


def _item(code: str, version: int) -> str:
    try:
        return said(catalogue.version(code, version).item.name)
    except NotFound:
        return code


def choices(codes: tuple[str, ...], outcome: str, item: str) -> list[dict[str, Any]]:
    """The two ways to narrow the list."""
    named = [(code, _current(code)) for code in codes]
    kinds = [(one, capfirst(words.outcome_words(one))) for one in ("grant", "deny")]
    return [
        _choice("outcome", _("决定"), _("全部"), kinds, outcome),
        _choice("item", _("事项"), _("全部"), named, item),
    ]


def _current(code: str) -> str:
    try:
        return said(catalogue.current(code).item.name)
    except NotFound:
        return code


def _choice(name: str, label: str, every: str, options: list[tuple[str, str]], on: str) -> dict[str, Any]:
    shown = [{"value": value, "name": text, "on": value == on} for value, text in options]
    return {"name": name, "label": label, "all": every, "options": shown}


def commissions(found: tuple[CommissionView, ...]) -> dict[str, Any]:
    """What chief representatives may decide at the windows, in force today."""
    return {
        "heads": [_("首席代表"), _("单位"), _("可以决定的事项"), _("有效期")],
        "rows": [
            (
                Cell(either(one.officer_name, one.officer_name_en), span=1),
                Cell(agency_name(one.agency)),
                Cell("", links=tuple((_current(code), reverse("portal:guide", args=[code])) for code in one.items)),
                Cell(f"{dates.full_day(one.start, language())} – {dates.full_day(one.until, language())}"),
            )
            for one in found
        ],
        "count": len(found),
    }
