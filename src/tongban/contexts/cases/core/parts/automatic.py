"""Values that the state of a case holds for decisions by a published table, review by a person, and samples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Why(StrEnum):
    """Why a case that a table could decide went to people."""

    ASKED = "asked"  # 申请人要求由工作人员办理
    PAPERS = "papers"  # 有材料要人看
    TABLE = "table"  # 规则本身交给工作人员
    UNCLEAR = "unclear"  # 规则没有给出明确的结论
    REFUSED = "refused"  # 规则没有运行成功
    ROUTE = "route"  # 流程还有别的步骤


@dataclass(frozen=True)
class Said:
    """One sentence in both languages; `en` "" where nobody wrote one."""

    zh: str
    en: str = ""


@dataclass(frozen=True)
class Judged:
    """What a published table said of the case: which file, which rules, from which inputs, on which law.

    `explained` is the whole account (process.core.dmn.explaining): for the same `digest` and inputs it is always the
    same, so anybody who may see the case can compute it again.
    """

    reference: str  # as the item names it: "key" or "key#decision"
    key: str
    name: str
    digest: str  # SHA-256 of the published file
    outcome: str  # grant | human
    reasons: tuple[Said, ...]
    basis: tuple[Said, ...]
    conditions: tuple[Said, ...]
    explained: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class Signed:
    """告知承诺: the conditions the applicant was told of and promised to meet, and the papers the promise replaces."""

    promises: tuple[Said, ...]
    materials: tuple[str, ...]
    basis: str
    verify_days: int  # working days from the decision within which the organ verifies
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Verification:
    """Whether what was promised is true: verified by two officers after the decision."""

    opened_at: datetime
    due: date
    outcome: str = ""  # pass | fail
    findings: str = ""
    correct_by: date | None = None  # fail: until when to put it right
    by: str = ""
    by_name: str = ""
    second_officer: str = ""
    second_officer_name: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """The applicant asked for a person to explain and look again (个人信息保护法 24(3))."""

    reason: str
    at: datetime
    due: date
    outcome: str = ""  # confirmed | changed
    answer: str = ""
    by: str = ""
    by_name: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Drawn:
    """The draw of a sample: `number` 0..99 follows from case number and fingerprint, and is drawn below `percent`."""

    fingerprint: str  # hash of the ledger's record of the table's decision
    number: int
    percent: int
    at: datetime
    due: date | None = None  # None = not drawn
    outcome: str = ""  # agree | disagree
    reasons: str = ""
    by: str = ""
    by_name: str = ""
    rechecked_at: datetime | None = None


@dataclass(frozen=True)
class Automatic:
    """All of it. The empty value: the case has nothing to do with a table."""

    reference: str = ""  # the table that may decide
    percent: int = 0  # how many of a hundred granted cases are drawn
    waiting_since: datetime | None = None  # handed to the table, not looked at yet
    left: str = ""  # Why, where the case went to people
    judged: Judged | None = None
    granted_at: datetime | None = None  # the table itself decided
    signed: Signed | None = None
    verification: Verification | None = None
    asked: Asked | None = None
    drawn: Drawn | None = None
