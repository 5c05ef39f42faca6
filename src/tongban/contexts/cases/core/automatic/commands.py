"""What can be asked of a case that a published table may decide. Each names who asks through `Facts.actor`."""

from __future__ import annotations

from dataclasses import dataclass

from tongban.contexts.cases.core.commands import AreaCommand


@dataclass(frozen=True)
class DecideInstantly(AreaCommand):
    """By the platform: ask the table, and grant or leave the case to people."""


@dataclass(frozen=True)
class DrawSample(AreaCommand):
    """By the platform: `fingerprint` is the hash of the record of the table's decision."""

    fingerprint: str


@dataclass(frozen=True)
class OpenVerification(AreaCommand):
    """By the platform, once a case is decided on a promise."""


@dataclass(frozen=True)
class VerifyCommitment(AreaCommand):
    """`outcome`: pass | fail; `correct_days` working days to put it right."""

    outcome: str
    findings: str
    correct_days: int = 0
    second_officer: str = ""
    second_officer_name: str = ""


@dataclass(frozen=True)
class AskReview(AreaCommand):
    """By the applicant: let a person explain and look again."""

    reason: str


@dataclass(frozen=True)
class AnswerReview(AreaCommand):
    """`outcome`: confirmed | changed. `barred`: the approver drew or published the rules, and a colleague did not."""

    outcome: str
    answer: str
    conditions: str = ""
    barred: bool = False


@dataclass(frozen=True)
class Recheck(AreaCommand):
    """`outcome`: agree | disagree."""

    outcome: str
    reasons: str = ""
