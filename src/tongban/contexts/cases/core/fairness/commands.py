"""What can be asked of a case for a fair procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tongban.contexts.cases.core.commands import AreaCommand
from tongban.contexts.cases.core.parts.fairness import Vote


@dataclass(frozen=True)
class NotifyIntention(AreaCommand):
    """Tell the applicant of an intended adverse decision. `outcome`: deny | burden (a grant with burdens)."""

    outcome: str
    facts: str
    reasons: str
    basis: str


@dataclass(frozen=True)
class StateDefence(AreaCommand):
    """State and defend, by the applicant or at a window for them. `complete`: nothing more will come."""

    text: str
    digests: tuple[str, ...] = ()  # of the files, which come as `Facts.papers`: a repeat is the same command
    complete: bool = True


@dataclass(frozen=True)
class WaiveDefence(AreaCommand):
    """The applicant has nothing to say."""


@dataclass(frozen=True)
class AskRecusal(AreaCommand):
    """An officer names themselves, or the applicant names an officer of the case; `agency` is that officer's."""

    officer: str
    officer_name: str
    agency: str
    reason: str


@dataclass(frozen=True)
class DecideRecusal(AreaCommand):
    recusal: str
    grant: bool
    answer: str = ""


@dataclass(frozen=True)
class InformInterested(AreaCommand):
    """Tell somebody whose major interests the decision touches. The action draws `code`."""

    name: str
    contact: str
    interest: str
    code: str
    party: str = ""


@dataclass(frozen=True)
class HearInterested(AreaCommand):
    """Record what an interested party says: with their `code` by themselves, or "" by an officer."""

    interested: str
    text: str
    code: str = ""


@dataclass(frozen=True)
class HoldMeeting(AreaCommand):
    """Record a collective discussion with each member's vote."""

    on: date
    place: str
    discussion: str
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class DeemRenewed(AreaCommand):
    """By the clock: the licence expired before the organ decided (行政许可法 50-2)."""
