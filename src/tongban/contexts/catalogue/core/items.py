"""A published item version as a plain value: everything that cases, guides and forms read of the law.

Source of the elements: GB/T 39046-2020 table 4 and the national tables task_general_* (the names of the columns stand
in `exports/exchange`); certainty marks V, F, M+, M, D as in the catalogue's own README. Every text a person reads is a
`Text` with both languages. An element left out takes the default here, which always means "not stated".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Certainty = Literal["V", "F", "M+", "M", "D"]
Unit = Literal["workday", "day", "month"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; `in_language("en")` picks, anything else reads Chinese."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Basis:
    """One legal basis, dated: rules refer to it, code never to its text."""

    law: str
    article: str
    gist: Text
    certainty: Certainty
    law_en: str = ""
    effective_from: str = ""  # ISO date, "" = unknown
    effective_to: str = ""  # last day in force
    url: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of acceptance (受理条件) and the provision that sets it."""

    text: Text
    basis: str = ""  # "食品安全法第三十三条"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of time; 0 workdays = decided on the same working day (即办)."""

    value: int
    unit: Unit
    certainty: Certainty
    extend: int = 0  # how much one approved extension adds, same unit; 0 = no extension in law
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """One material an applicant needs; `when` is an S-FEEL condition over form values, "" = always."""

    id: str
    name: Text
    need: Literal["required", "situational", "exempt", "tolerable"]  # 必要 情形 免提交 容缺
    source: Literal["self", "government", "generated"]  # who brings it
    certainty: Certainty
    hint: Text | None = None
    when: str = ""
    licence_item: str = ""  # code of the item (or of the paper of others) whose result is this paper
    accepts: tuple[Literal["pdf", "jpeg", "png"], ...] = ("pdf", "jpeg", "png")
    max_mib: int = 20
    kind: Literal["", "form", "certificate", "other"] = ""  # 材料类型: 申请表格文书 证件证书证明 其他
    format: Literal["", "paper", "electronic", "both"] = ""  # 材料形式
    originals: int = 0  # how many originals are looked at
    copies: int = 0
    issuer: str = ""  # who issues it: an agency key, or "" where nobody in particular does
    basis: str = ""  # the provision that demands it: "食品经营许可和备案管理办法第十二条"
    standard: Text | None = None  # 受理标准: when it is good enough
    blank: str = ""  # name of the blank form in items/<CODE>/files/; "" with kind "form" = the platform prints it
    sample: str = ""  # name of the sample in items/<CODE>/files/; "" = the platform makes it from the standard
    proof: bool = False  # a 证明 in the sense of 优化营商环境条例 article 44: must stand in lists/proofs.yaml
    element: str = ""  # key of the requirement that several items share (lists/elements.yaml); same key, same name


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `prefill` names where a value may come from: "principal.name", "principal.id_number",
    "person.name", "person.phone", "principal.address"."""

    id: str  # [a-z][a-z0-9_]*
    label: Text
    kind: Literal[
        "text", "textarea", "integer", "date", "choice", "multi", "phone", "citizen_id", "credit_code", "money"
    ]
    required: bool = True
    hint: Text | None = None
    options: tuple[Option, ...] = ()
    unit: Text | None = None
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = 200
    when: str = ""  # S-FEEL over earlier answers; "" = always asked
    prefill: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one can go, down to the number of the window (Q12)."""

    name: Text
    address: Text
    hours: Text  # working days and hours (Q11)
    phone: str = ""  # with area code


@dataclass(frozen=True, slots=True)
class FormStep:
    """One topic a page."""

    id: str
    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class SpecialProcedure:
    """A special procedure the item may use (STANDARDS TL5): `stops` only where a law says so."""

    cause: Literal[
        "expert_review",
        "hearing",
        "inspection_test",
        "appraisal",
        "public_notice",
        "third_party",
        "tender",
        "site_visit",
    ]
    name: Text
    stops: bool
    basis: Text
    max_days: int = 0  # its own limit in working days; 0 = none
    certainty: Certainty = "M"
    law: str = ""  # a law of the city by which it stops the clock, where no national law does
    article: str = ""
    checklist: tuple[Text, ...] = ()  # site visit: what is looked at, line by line
    notice_days: int = 0  # public notice: at least so many days; 0 = not stated
    notice_unit: Literal["workday", "day"] = "workday"


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """Papers of other items needed first: items and groups joined by all-of or any-of, with a condition."""

    mode: Literal["all", "any"]
    items: tuple[str, ...] = ()
    groups: tuple[Prerequisite, ...] = ()
    when: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """Only a law or an administrative regulation may set a fee for a licence (行政许可法 58)."""

    charged: bool
    basis: Text | None = None
    standard: Text | None = None
    name: Text | None = None
    law: str = ""  # name of the law that sets it, as in laws.yaml
    pay_online: bool | None = None  # None = not stated
    reduction: Text | None = None  # who pays less, and why; None = nobody
    ends: str = ""  # last day of the standard, ISO date
    table: str = ""  # decision table that computes the amount in yuan (core/tables)


@dataclass(frozen=True, slots=True)
class ResultPaper:
    """What the applicant gets. `kind` licence and approval are issued as signed PDF with QR."""

    name: Text
    kind: Literal["licence", "approval", "certificate", "payment", "registration", "other"]
    valid_months: int = 0  # 0 = no end
    electronic: bool = True
    certainty: Certainty = "M"
    sample: str = ""  # name of the sample in items/<CODE>/files/; "" = the platform prints one for its own papers
    ending: Literal["", "certificate", "approval", "document"] = ""  # 出证办结 审批办结 出文办结
    standing: bool = False  # people hold it anyway (identity card): who is asked for it waits for nothing


@dataclass(frozen=True, slots=True)
class Question:
    question: Text
    answer: Text


StageKind = Literal["receive", "accept", "review", "inspect", "decide", "close", "deliver", "after"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of handling (办理流程), and with it one line of the list of responsibilities (责任清单)."""

    kind: StageKind
    name: Text | None = None  # None = what the kind is called
    hours: int = 0  # working hours of its own limit, 8 to a working day; 0 = within the stage before
    agency: str = ""  # agency key; "" = the organ in charge
    position: Text | None = None  # the post that answers for it; None = as lists/duties.yaml says, also below
    duty: Text | None = None  # what that post must do
    liability: Text | None = None  # for what it is called to account (追责情形)
    together: str = ""  # stages with one mark run at the same time: only the longest counts


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """A danger to integrity, bound to item x stage x position (STANDARDS §13.6)."""

    id: str
    stage: StageKind
    position: Text
    text: Text
    grade: Literal["high", "middle", "low"]
    measures: tuple[Text, ...] = ()
    controls: tuple[str, ...] = ()  # ids of supervision rules that watch it


@dataclass(frozen=True, slots=True)
class Discretion:
    """A discretion table, bound to item x stage x position (STANDARDS §13.7)."""

    id: str
    stage: StageKind
    position: Text
    name: Text
    basis: str
    table: str = ""  # id of a decision table
    steps: tuple[Text, ...] = ()  # its bands in words, mildest first


@dataclass(frozen=True, slots=True)
class Delegation:
    """The power handed down (下放, 委托): from an organ to organs, at a level (T2), on a basis."""

    giver: str  # agency key
    takers: tuple[str, ...]  # agency keys
    level: int
    kind: Literal["handed_down", "authorised", "entrusted"]
    basis: str


@dataclass(frozen=True, slots=True)
class Intermediary:
    """A paid service of others that the item needs: must stand in lists/intermediaries.yaml (Q19)."""

    code: str
    name: Text
    basis: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One application for many people: the questions that are columns of a sheet, one row a person.

    The other questions of the form are asked once for all. The first text column names the person, the first column of
    identity numbers tells two persons apart.
    """

    sheet: tuple[str, ...]  # ids of form fields
    most: int = 200  # rows of one sheet
    decide_together: bool = False  # grants of one batch may be signed in one go; each case still passes every rule


@dataclass(frozen=True, slots=True)
class Commitment:
    """告知承诺: where the answers say so, the applicant promises in writing to meet the conditions, the case is decided
    at once, and the organ verifies afterwards. Only where a law or the State Council's list allows it (`basis`)."""

    when: str  # S-FEEL over the answers: this applicant chose the promise
    promises: tuple[Text, ...]  # each condition as the applicant promises it
    basis: str  # "消防法第十五条"
    verify_days: int = 20  # working days from the decision within which the organ verifies


@dataclass(frozen=True, slots=True)
class Handling:
    """How the item is handled on the platform; absent for items that have a guide only."""

    route: str  # id of a file in catalogue/routes
    agencies: dict[str, str]  # lane of the route -> agency key, e.g. {"lead": "market", "police": "traffic-police"}
    form: tuple[FormStep, ...]
    special: tuple[SpecialProcedure, ...] = ()
    city_wide: bool = True  # any comprehensive window in the city may receive it
    self_approval: bool = False  # instant item: the one who handled may decide
    minimum_real_level: int = 2
    collective: bool = False  # decisions are taken by collective discussion (集体讨论)
    delegated: bool = False  # the window's chief representative (首席代表) may decide under a commission
    renews: str = ""  # code of the item whose licence this one renews (延续); the form asks `licence_number`
    together: bool = False  # handled jointly by several organs (行政许可法 42-2): 45 working days, and 15 more
    defence_days: int = 0  # working days to state and defend before a denial; 0 = three
    batch: Batch | None = None  # one application for many people; None = one application a person
    eligibility: str = ""  # decision table (core/tables): who may apply; advice, never a refusal
    instant: str = ""  # decision table that grants by itself, or hands the case to a person
    recheck: int = 0  # percent of the cases granted by a table that are drawn for a person to check again
    commitment: Commitment | None = None  # 告知承诺; None = not offered here


@dataclass(frozen=True, slots=True)
class Item:
    """One immutable version of one item."""

    code: str  # "FOOD"
    version: int
    name: Text
    short: Text  # the short version: who, what for, in one or two sentences
    power: str  # T1 code "01".."10", "20"
    power_certainty: Certainty
    serves: tuple[int, ...]  # T4
    levels: tuple[int, ...]  # T2
    agency: str  # agency key of the organ in charge, "market"
    base_code: str  # 12 digits
    base_code_synthetic: bool
    basis: tuple[Basis, ...]
    statutory: Limit | None
    promised: Limit | None
    instant: bool
    visits: int
    materials: tuple[Material, ...]
    fee: Fee
    result: ResultPaper
    prerequisites: Prerequisite | None = None
    next: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # person:040, corp:010 (STANDARDS §3.5)
    words: tuple[str, ...] = ()  # everyday words people search with
    faq: tuple[Question, ...] = ()
    uncertain: tuple[str, ...] = ()  # names of elements that are examples rather than verified facts
    handling: Handling | None = None
    # What follows came with the standard implementing list; "", 0 and () mean "not stated".
    sub_type: Literal["", "measure", "execution", "adjudication", "filing"] = ""  # 03 splits in two; 10 has sub-types
    local_code: str = ""  # 地方实施编码, as another list prints it
    local_base_code: str = ""
    power_source: int = 0  # 权力来源 1..6
    organ_kind: int = 0  # T3; 0 = as organs.yaml says
    project_type: int = 0  # T6: 1 即办件 2 承诺件 9 其他; 0 = follows from the promise
    review: Literal["", "at_once", "ordinary"] = ""  # 审查类型: 即审即办 or not; "" = follows from the promise
    channels: tuple[int, ...] = ()  # T5: 1 窗口 2 电脑端 3 移动端 4 快递 9 其他
    online_depth: int = 0  # 1 guide, 2 apply, 3 the whole course (seed 001); 0 = follows from handling and visits
    visit_reason: Text | None = None
    scope: int = 0  # 通办范围 1 全国 2 跨省 3 跨市 4 跨县 5 跨镇 6 本级
    joint: tuple[str, ...] = ()  # agency keys of those who handle it jointly (联办机构)
    quantity: Text | None = None  # 数量限制
    conditions: tuple[Condition, ...] = ()
    stages: tuple[Stage, ...] = ()
    risks: tuple[RiskPoint, ...] = ()
    discretion: tuple[Discretion, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    intermediaries: tuple[Intermediary, ...] = ()
    places: tuple[Place, ...] = ()  # () = the place of the organ in organs.yaml
    consult: str = ""  # 咨询电话 with area code; "" = the organ's
    complain: str = ""  # 监督投诉电话 with area code; "" = the organ's
    situation: tuple[Field, ...] = ()  # questions that narrow the materials, for items without a form here
    commitment: bool = False  # 告知承诺 is offered
    tags: tuple[str, ...] = ()  # further published lists it stands on: ids of lists/tags.yaml
    express: bool | None = None  # 物流快递
    appointment: bool | None = None  # 预约办理
    kiosk: bool | None = None  # 自助终端
    in_hall: bool | None = None  # 进驻政务大厅
    valid_from: str = ""  # ISO date from which the version is to be in force; "" = when it is published
    valid_to: str = ""  # last day; "" = until superseded or cancelled
    imported: dict[str, str] = field(default_factory=dict)  # the row of the list it came from, as printed there

    @property
    def can_be_handled(self) -> bool:
        return self.handling is not None

    @property
    def depth(self) -> int:
        """Online depth of seed 001: 1 guide, 2 apply online, 3 the whole course without a visit."""
        if self.online_depth:
            return self.online_depth
        return 1 if self.handling is None else 3 if self.visits == 0 else 2
