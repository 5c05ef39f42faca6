"""The licence that an application for renewal names 延续 (行政许可法 50-1)."""

from __future__ import annotations

from datetime import date, timedelta

from tongban.contexts.cases.core.commands import Facts, Submit
from tongban.contexts.cases.core.occurred import fairness as e
from tongban.contexts.cases.core.refusals_fair import LicenceToRenewUnknown
from tongban.contexts.cases.core.state import CaseState
from tongban.contexts.process.core.clocks import deemed_renewal_day
from tongban.kernel.clock import CHINA

#: The question of a renewal item that names the licence.
FIELD = "licence_number"


def named(command: Submit, facts: Facts) -> list[e.RenewalNamed]:
    """The licence that an application for renewal names; nothing for other items. An application less than thirty days
    before the end is taken and told as late: the law then promises no silence.

    Refuses LicenceToRenewUnknown.
    """
    handling = facts.item.handling
    if handling is None or not handling.renews:
        return []
    licence, today = facts.renewing, facts.now.date()
    ours = licence is not None and (licence.holder, licence.item_code) == (command.applicant.party, handling.renews)
    if licence is None or not ours or not licence.in_force:
        raise LicenceToRenewUnknown(field=FIELD)
    late = deemed_renewal_day(today, licence.valid_to) is None
    return [
        e.RenewalNamed(
            licence=licence.id, number=licence.number, valid_to=licence.valid_to, late=late, at=facts.now
        )
    ]  # fmt: skip


def valid_from(state: CaseState) -> date | None:
    """The first day of the renewed licence: the one after the old one's last, so that no day lies between; None = the
    day of issue, for other licences and for renewals decided after the end."""
    renewal, decision = state.renewal, state.decision
    if renewal is None or decision is None:
        return None
    following = renewal.valid_to + timedelta(days=1)
    return following if renewal.deemed_at or decision.at.astimezone(CHINA).date() <= following else None
