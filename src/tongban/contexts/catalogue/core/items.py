"""A published item version as a plain value: everything that cases, guides and forms read of the law.

Source of the elements: GB/T 39046-2020 table 4; certainty marks V, F, M+, M, D as in the catalogue's own README.
Every text a person reads is a `Text` with both languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Certainty = Literal["V", "F", "M+", "M", "D"]
Unit = Literal["workday", "day", "month"]


@dataclass(frozen=True)
class Text:
    """One text in both languages; `in_language("en")` picks, anything else reads Chinese."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class Basis:
    """One legal basis, dated: rules refer to it, code never to its text."""

    law: str
    article: str
    gist: Text
    certainty: Certainty
    law_en: str = ""
    effective_from: str = ""  # ISO date, "" = unknown
    effective_to: str = ""
    url: str = ""


@dataclass(frozen=True)
class Limit:
    """A limit of time; 0 workdays = decided on the same working day (即办)."""

    value: int
    unit: Unit
    certainty: Certainty
    extend: int = 0  # how much one approved extension adds, same unit; 0 = no extension in law
    note: Text | None = None


@dataclass(frozen=True)
class Material:
    """One material an applicant needs; `when` is an S-FEEL condition over form values, "" = always."""

    id: str
    name: Text
    need: Literal["required", "situational", "exempt", "tolerable"]  # 必要 情形 免提交 容缺
    source: Literal["self", "government", "generated"]  # who brings it
    certainty: Certainty
    hint: Text | None = None
    when: str = ""
    licence_item: str = ""  # code of the item whose result is this paper, where the city issues it
    accepts: tuple[Literal["pdf", "jpeg", "png"], ...] = ("pdf", "jpeg", "png")
    max_mib: int = 20


@dataclass(frozen=True)
class Option:
    value: str
    label: Text


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class FormStep:
    """One topic a page."""

    id: str
    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Prerequisite:
    """Papers of other items needed first: items and groups joined by all-of or any-of, with a condition."""

    mode: Literal["all", "any"]
    items: tuple[str, ...] = ()
    groups: tuple[Prerequisite, ...] = ()
    when: str = ""


@dataclass(frozen=True)
class Fee:
    charged: bool
    basis: Text | None = None
    standard: Text | None = None


@dataclass(frozen=True)
class ResultPaper:
    """What the applicant gets. `kind` licence and approval are issued as signed PDF with QR."""

    name: Text
    kind: Literal["licence", "approval", "certificate", "payment", "registration", "other"]
    valid_months: int = 0  # 0 = no end
    electronic: bool = True
    certainty: Certainty = "M"


@dataclass(frozen=True)
class Question:
    question: Text
    answer: Text


@dataclass(frozen=True)
class Handling:
    """How the item is handled on the platform; absent for items that have a guide only."""

    route: str  # id of a file in catalogue/routes
    agencies: dict[str, str]  # lane of the route -> agency key, e.g. {"lead": "market", "police": "traffic-police"}
    form: tuple[FormStep, ...]
    special: tuple[SpecialProcedure, ...] = ()
    city_wide: bool = True  # any comprehensive window in the city may receive it
    self_approval: bool = False  # instant item: the one who handled may decide
    minimum_real_level: int = 2


@dataclass(frozen=True)
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

    @property
    def can_be_handled(self) -> bool:
        return self.handling is not None
