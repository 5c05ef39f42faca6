"""What a catalogue holds beside its items: organs, laws, the basic catalogue, registers, packages and the short lists.

Each is one small file that a catalogue owner reads and git compares; items refer to it by key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tongban.contexts.catalogue.core.items import Field, Place, StageKind, Text

LawLevel = Literal[
    "law", "administrative_regulation", "local_regulation", "department_rule", "local_rule", "normative_document"
]


@dataclass(frozen=True)
class Organ:
    """organs.yaml: an organ as guides and exports name it; items inherit its places and phones."""

    key: str  # the agency key of external.yaml
    name: Text
    credit_code: str = ""  # 18 characters
    kind: int = 1  # T3: 1 法定机关 2 授权组织 3 受委托组织 9 其他
    department: str = ""  # two digits of the guiding department in base codes (STANDARDS §3.4)
    places: tuple[Place, ...] = ()
    consult: str = ""
    complain: str = ""


@dataclass(frozen=True)
class Law:
    """laws.yaml: a law as items quote it, and when it is in force; one line here repeals it for every item."""

    name: str  # as `Basis.law` writes it
    name_en: str
    level: LawLevel
    effective_from: str = ""  # ISO date
    effective_to: str = ""  # last day in force; "" = in force
    replaced_by: str = ""  # name of the law that took its place
    number: str = ""  # 文号
    url: str = ""


@dataclass(frozen=True)
class BasicItem:
    """basic.yaml: one entry of the basic catalogue (基本目录), uniform on all levels (Q21)."""

    code: str  # 12 digits
    name: str
    power: str  # T1
    laws: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()  # T2 that may exercise it
    synthetic: bool = True  # made up here; never exchanged as national


@dataclass(frozen=True)
class Register:
    """registers.yaml: data that an organ keeps and the city can share, so that nobody is asked for it again."""

    key: str
    name: Text
    keeper: str  # agency key
    papers: tuple[str, ...]  # codes of items and papers of others whose results it can supply
    elements: tuple[str, ...] = ()  # keys of lists/elements.yaml it can supply
    shared: bool = False  # True = connected; False = could be


@dataclass(frozen=True)
class Element:
    """lists/elements.yaml: one requirement that several items share, by the one name all of them use."""

    key: str
    name: Text


@dataclass(frozen=True)
class Listed:
    """One line of a short list: lists/proofs.yaml, intermediaries.yaml, tags.yaml, negative.yaml, fees.yaml …"""

    code: str
    name: Text
    basis: str = ""
    organ: str = ""  # agency key
    note: Text | None = None


@dataclass(frozen=True)
class Duty:
    """lists/duties.yaml: who answers for a stage of a kind of power, unless the item says otherwise."""

    kind: StageKind
    position: Text
    duty: Text
    liability: Text
    power: str = ""  # T1; "" = every power without a line of its own
    basis: str = ""


@dataclass(frozen=True)
class Member:
    """An item of a package; `when` is an S-FEEL condition over the package's questions, "" = always."""

    item: str
    when: str = ""


@dataclass(frozen=True)
class Package:
    """packages/<ID>.yaml: one thing, done once (一件事): "open a restaurant"."""

    id: str
    name: Text
    short: Text
    lead: str  # agency key
    items: tuple[Member, ...]
    questions: tuple[Field, ...] = ()
    words: tuple[str, ...] = ()
    goal: str = ""  # the item whose result is the end of the way; "" = all of them


@dataclass(frozen=True)
class Beside:
    """All of it. Every part may be missing: then rules that need it are silent."""

    organs: tuple[Organ, ...] = ()
    laws: tuple[Law, ...] = ()
    basic: tuple[BasicItem, ...] = ()
    registers: tuple[Register, ...] = ()
    packages: tuple[Package, ...] = ()
    elements: tuple[Element, ...] = ()
    proofs: tuple[Listed, ...] = ()
    intermediaries: tuple[Listed, ...] = ()
    tags: tuple[Listed, ...] = ()
    negative: tuple[Listed, ...] = ()
    fees: tuple[Listed, ...] = ()
    duties: tuple[Duty, ...] = ()


NOTHING_BESIDE = Beside()
#: Where each part stands in the folder, and the shape of its lines; packages are one file each.
FILES: dict[str, tuple[str, type]] = {
    "organs": ("organs.yaml", Organ),
    "laws": ("laws.yaml", Law),
    "basic": ("basic.yaml", BasicItem),
    "registers": ("registers.yaml", Register),
    "elements": ("lists/elements.yaml", Element),
    "proofs": ("lists/proofs.yaml", Listed),
    "intermediaries": ("lists/intermediaries.yaml", Listed),
    "tags": ("lists/tags.yaml", Listed),
    "negative": ("lists/negative.yaml", Listed),
    "fees": ("lists/fees.yaml", Listed),
    "duties": ("lists/duties.yaml", Duty),
}
