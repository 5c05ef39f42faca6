"""Implementing codes as a region prints them, and the code a draft made from one gets here."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import Final

from tongban.kernel.codes import item, organisation
from tongban.kernel.codes.organisation import Organisation

#: Base, division, part, organisation, two counters: 511A0021300001-511602000000-000-11511300MB1A21304N-1-00.
_LONG: Final = re.compile(
    r"(?P<base>[0-9A-Z][0-9A-Z-]*?)-(?P<area>[0-9]{12})-[0-9]{3}-(?P<organ>[0-9A-Z-]*?)-[0-9]{1,3}-[0-9]{2,3}"
)
#: An older numbering by the letter of the power: E-000004-001-11511301008778386B.
_SHORT: Final = re.compile(r"(?P<base>[0-9A-Z]{1,3}-[0-9]{4,6}-[0-9]{3,5})-(?P<organ>[0-9A-Z]{9,18})")
_WRITTEN: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_/.()（）-]*")
#: What spreadsheets make of a long number.
_ROUNDED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
_LONGEST_BASE: Final = 18


@dataclass(frozen=True)
class LocalCode:
    """A local implementing code and its parts; "" and None where its form does not tell."""

    text: str
    base: str = ""
    area: str = ""  # 12 digits
    organ: Organisation | None = None
    national: item.TaskCode | None = None  # it is a national code of 31 or 33 characters


def is_written(text: str) -> bool:
    """Whether `text` can be a code at all: what a spreadsheet made of a long number (5.116E+11) cannot."""
    return (
        bool(_WRITTEN.fullmatch(text))
        and not _ROUNDED.fullmatch(text)
        and any(sign.isdigit() for sign in text)
        and len(text) <= 120
    )


def read(text: str) -> LocalCode:
    """The parts of `text`. A form nobody knows has no parts; nothing is refused."""
    upper = text.upper()
    finding = item.check(upper)
    if finding is None or (finding.fault == "check" and len(upper) in (31, 33)):
        task = item.TaskCode(upper)
        return LocalCode(text, task.base.text, "", organisation.read(task.credit_code), task)
    if matched := _LONG.fullmatch(upper):
        organ = organisation.read(matched["organ"]) if matched["organ"] else None
        return LocalCode(text, matched["base"], matched["area"], organ)
    if matched := _SHORT.fullmatch(upper):
        return LocalCode(text, matched["base"], "", organisation.read(matched["organ"]))
    return LocalCode(text)


def draft_code(code: LocalCode, area: str) -> str:
    """The code of the draft: I, local base code, division without its zeros, six signs of the SHA-256 of both.

    `I-511A0021300001-511602-Q4ZC2M`. It depends on the row alone, never on its neighbours, so that the same list
    imported again meets the same drafts; at most 40 characters. A base that does not show is left out.
    """
    base = re.sub(r"[^0-9A-Z]+", "-", code.base.upper())[:_LONGEST_BASE].strip("-")
    short = re.sub(r"(?:000)+$", "", area.ljust(12, "0")) if area else ""
    short = re.sub(r"(?:00)+$", "", short) if len(short) == 6 else short
    mark = base64.b32encode(hashlib.sha256(f"{area}|{code.text}".encode()).digest()).decode()[:6]
    return "-".join(part for part in ("I", base, short[:12], mark) if part)
