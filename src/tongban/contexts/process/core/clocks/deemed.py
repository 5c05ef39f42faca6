"""What silence becomes: deemed acceptance and deemed renewal, as computed dates (TL10)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from tongban.contexts.process.core.clocks.limits import DAY
from tongban.kernel.workdays import Calendar

#: 行政许可法 32(4): everything that is missing is told once, at once or within five working days.
NOTICE_WORKDAYS: Final = 5
#: 行政许可法 50: so long before its licence expires a holder applies for renewal. 82 counts working days for what
#: organs do; this limit binds the holder and counts every day.
RENEWAL_DAYS: Final = 30


def notice_day(calendar: Calendar, receipt: date) -> date:
    """The last day on which the applicant may be told what is missing (行政许可法 32(4))."""
    return calendar.add_workdays(receipt, NOTICE_WORKDAYS)


def deemed_acceptance_day(calendar: Calendar, receipt: date) -> date:
    """The day at whose beginning silence has become acceptance: the one after `notice_day` (TL10).

    The application then counts as accepted from `receipt`, from which its clocks start.
    """
    return notice_day(calendar, receipt) + DAY


def renewal_application_day(expiry: date, days: int = RENEWAL_DAYS) -> date:
    """The last day to apply for the renewal of a licence that is good up to and including `expiry` (50-1).

    `days`: another number where a law or a regulation sets one.
    """
    return expiry - timedelta(days=days)


def deemed_renewal_day(applied: date, expiry: date, days: int = RENEWAL_DAYS) -> date | None:
    """The day at whose beginning an undecided application has become a renewal (50-2): the one after `expiry`.

    None where the holder applied too late: the law then promises nothing.
    """
    return expiry + DAY if applied <= renewal_application_day(expiry, days) else None
