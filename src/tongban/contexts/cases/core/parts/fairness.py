"""Values of fair procedure: what was said before a decision, and who may not take part in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Paper:
    """A file that somebody added to what they said."""

    file_id: str
    filename: str
    media_type: str = ""
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class Intended:
    """A notice of an intended adverse decision 拟作决定告知 (行政许可法 7, 36; STANDARDS CF-10)."""

    outcome: str  # deny | burden
    facts: str
    reasons: str
    basis: str
    by: str
    by_name: str
    agency: str
    at: datetime
    due: date  # last day to state and defend
    waived_at: datetime | None = None
    waived_by_name: str = ""


@dataclass(frozen=True)
class Statement:
    """What the applicant said to a notice 陈述申辩. `complete`: they have said all they want to say."""

    id: str
    text: str
    papers: tuple[Paper, ...]
    complete: bool
    channel: str  # online | window
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Recusal:
    """A request that an officer keep out of the case 回避; `own`: the officer said so. None = not decided."""

    id: str
    officer: str
    officer_name: str
    agency: str  # whose approver decides
    reason: str
    own: bool
    asked_by: str
    asked_by_name: str
    at: datetime
    granted: bool | None = None
    answer: str = ""
    decided_by: str = ""
    decided_by_name: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Interested:
    """Somebody whose major interests the decision touches 利害关系人 (行政许可法 36, 47)."""

    id: str
    name: str
    contact: str
    interest: str
    code: str  # with the case number it opens the page on which they say what they think
    by_name: str
    at: datetime
    due: date
    party: str = ""
    statement: str = ""
    stated_at: datetime | None = None
    channel: str = ""


@dataclass(frozen=True)
class Vote:
    """One member's vote: grant, deny or abstain."""

    officer: str
    name: str
    vote: str
    words: str = ""


@dataclass(frozen=True)
class Meeting:
    """A collective discussion 集体讨论 and what it came to; `outcome` "" = no majority."""

    id: str
    on: date
    place: str
    discussion: str
    votes: tuple[Vote, ...]
    outcome: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Renewal:
    """The licence that the case asks to renew 延续; `late`: applied for less than thirty days before it expires."""

    licence: str
    number: str
    valid_to: date
    late: bool
    deemed_at: datetime | None = None
