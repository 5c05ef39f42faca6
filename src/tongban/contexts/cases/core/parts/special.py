"""Values of special procedures: what each has come to, beside the stretch that stands in `CaseState.specials`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Course(StrEnum):
    """Which course a cause takes."""

    VISIT = "visit"  # 现场核查
    HEARING = "hearing"  # 听证
    EXPERTS = "experts"  # 专家评审
    TEST = "test"  # 检验、检测、检疫、鉴定
    NOTICE = "notice"  # 公示
    CONSULTATION = "consultation"  # 征求意见
    PLAIN = "plain"  # no steps of its own: 招标、拍卖 and what comes later


class Stage(StrEnum):
    """Where a special procedure stands before it runs; whether it has ended says its stretch."""

    PROPOSED = "proposed"  # waits for the head of the organ
    REFUSED = "refused"  # the head of the organ did not approve it
    TOLD = "told"  # 听证告知: the right was told, nobody has asked yet
    WAIVED = "waived"  # whoever was told gave it up
    OPEN = "open"


@dataclass(frozen=True)
class Named:
    """An officer as named in a procedure."""

    id: str
    name: str


@dataclass(frozen=True)
class Attachment:
    """A file of a procedure: a photograph of a visit, a report. `where` are coordinates as typed, never read from
    the picture; `line` is the line of the checklist it shows, 0 = none."""

    file_id: str
    filename: str
    media_type: str
    size: int
    sha256: str
    by: str
    at: datetime
    where: str = ""
    note: str = ""
    line: int = 0


@dataclass(frozen=True)
class CheckLine:
    """One line of an inspection. `verdict`: "" not judged yet, pass, fail, na (不涉及)."""

    text: str
    verdict: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Visit:
    """现场核查: by two officers named beforehand (行政许可法 34). `present`: "", yes, refused (signing), absent."""

    on: date
    slot: str
    place: str
    officers: tuple[Named, ...]
    lines: tuple[CheckLine, ...]
    told_at: datetime
    other_reason: str = ""  # the applicant asked once for another time
    other_wish: str = ""
    other_answer: str = ""  # "" not answered, moved, or why it stays
    findings: str = ""
    result: str = ""  # pass | fail
    present: str = ""
    present_name: str = ""
    remark: str = ""  # what the applicant wanted written down
    photos: tuple[Attachment, ...] = ()
    saved_at: datetime | None = None
    signed_by: Named | None = None
    signed_at: datetime | None = None
    confirmed_by: Named | None = None
    confirmed_at: datetime | None = None
    task: str = ""  # the inspection task of the route that the record completed


@dataclass(frozen=True)
class Statement:
    """What somebody said in a hearing."""

    who: str
    text: str


@dataclass(frozen=True)
class Signature:
    """Minutes as signed by somebody, or why not."""

    who: str
    refused: str = ""  # "" signed, else the reason


@dataclass(frozen=True)
class Hearing:
    """听证 (行政许可法 46-48). `told_to`: applicant, third, both; "" where the organ holds it by itself."""

    told_on: date | None = None
    told_to: str = ""
    third_parties: str = ""
    ask_by: date | None = None
    asked_on: date | None = None
    asked_by_name: str = ""
    asked_reason: str = ""
    hold_by: date | None = None
    on: date | None = None
    time: str = ""
    place: str = ""
    chair: Named | None = None
    public: bool = True
    closed_reason: str = ""
    notified_on: date | None = None
    held_on: date | None = None
    attended: str = ""
    statements: tuple[Statement, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recorded_by_name: str = ""
    weighed: str = ""  # how the decision rests on the minutes
    weighed_by_name: str = ""


@dataclass(frozen=True)
class Expert:
    """One expert with their opinion: "" not given, agree, conditions, disagree."""

    name: str
    employer: str
    field: str
    opinion: str = ""
    text: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Review:
    """专家评审: `majority` once it is concluded."""

    experts: tuple[Expert, ...]
    majority: str = ""
    conclusion: str = ""
    concluded_on: date | None = None


@dataclass(frozen=True)
class Test:
    """检验、检测、检疫、鉴定 by a body. `result`: "", pass, fail."""

    body: str
    subject: str
    due: date
    on: date
    result: str = ""
    number: str = ""
    text: str = ""
    report: Attachment | None = None
    reported_on: date | None = None


@dataclass(frozen=True)
class Objection:
    """An objection to what is published, by anybody."""

    id: str
    name: str
    contact: str
    text: str
    at: datetime
    answer: str = ""
    upheld: bool = False
    answered_by_name: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class PublicNotice:
    """公示 from `first` to `last`, both days included."""

    title: str
    text: str
    first: date
    last: date
    unit: str  # workday | day
    days: int
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True)
class Asked:
    """Somebody whose opinion was asked. `answer`: "", agree, conditions, disagree, silent."""

    id: str
    name: str
    question: str
    due: date
    on: date
    answer: str = ""
    text: str = ""
    answered_on: date | None = None


@dataclass(frozen=True)
class Procedure:
    """One special procedure from its proposal on. `id` is that of its stretch in `CaseState.specials`, once it runs."""

    id: str
    cause: str
    course: Course
    name: str
    name_en: str
    stage: Stage
    reason: str
    planned_days: int
    stops: bool
    law: str  # by which it stops the clock, or is asked; "" = none
    approver: str  # handler | organ_head
    by: str
    by_name: str
    at: datetime
    answered_by: str = ""
    answered_by_name: str = ""
    refused: str = ""
    limit_end: date | None = None  # its own limit: beyond it, it is a matter for supervision (TL9)
    overstayed_on: date | None = None
    visit: Visit | None = None
    hearing: Hearing | None = None
    review: Review | None = None
    test: Test | None = None
    notice: PublicNotice | None = None
    asked: tuple[Asked, ...] = ()


#: Cause -> its course; what is not named has none of its own.
COURSES = {
    "site_visit": Course.VISIT,
    "hearing": Course.HEARING,
    "expert_review": Course.EXPERTS,
    "inspection_test": Course.TEST,
    "appraisal": Course.TEST,
    "seizure_test": Course.TEST,
    "public_notice": Course.NOTICE,
    "third_party": Course.CONSULTATION,
    "third_party_opinion": Course.CONSULTATION,
    "water_opinion": Course.CONSULTATION,
}


def course_of(cause: str) -> Course:
    """The course that a cause takes."""
    return COURSES.get(cause, Course.PLAIN)
