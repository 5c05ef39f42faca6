"""The licence that an application for renewal names 延续 (行政许可法 50-1)."""

from __future__ import annotations

from tongban.contexts.cases.core.commands import Facts, Submit
from tongban.contexts.cases.core.occurred import fairness as e
from tongban.contexts.cases.core.refusals_fair import LicenceToRenewUnknown
from tongban.contexts.process.core.clocks import deemed_renewal_day

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
