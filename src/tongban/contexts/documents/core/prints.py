"""What anybody may print: a guide, and an item's form, blank or as a sample. No act of an organ: no number, no seal.

All words come in the reader's language, already chosen by the terminal; the templates only set them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Block:
    """One part of a sheet: rows of cells, set as `shape` says. The first cell of a row is its head."""

    heading: str
    shape: Literal["rows", "list", "table", "pairs"]
    rows: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...] = ()  # of a table


@dataclass(frozen=True)
class Sheet:
    """A guide on paper."""

    lang: str  # "zh" or "en"
    title: str
    kicker: str  # kind of item and organ
    lead: str
    facts: tuple[tuple[str, str, str], ...]  # term, value, note
    blocks: tuple[Block, ...]
    foot: str  # version and day
    qr: str  # SVG of the address
    address: str
    qr_words: str
    demo: str = ""  # a line that says it is a demonstration; "" = it is none


@dataclass(frozen=True)
class FormLine:
    """One question on paper: a line to write on, boxes to tick, or a day."""

    label: str
    kind: Literal["line", "area", "boxes", "day"]
    hint: str = ""
    unit: str = ""
    options: tuple[tuple[str, bool], ...] = ()  # label, ticked
    value: str = ""  # what the sample writes there


@dataclass(frozen=True)
class FormPart:
    """One topic of the form."""

    title: str
    lines: tuple[FormLine, ...]


@dataclass(frozen=True)
class PaperForm:
    """An item's form on paper: blank, or filled as a sample, which says so on every page."""

    lang: str
    title: str
    kicker: str
    lead: str
    parts: tuple[FormPart, ...]
    papers: tuple[tuple[str, str], ...]  # material, who brings it
    papers_title: str
    statement: str
    signature: tuple[str, ...]  # labels: applicant, agent, day
    foot: str
    sample: str = ""  # the word across the page; "" = a blank form
    demo: str = ""
