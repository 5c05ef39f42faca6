"""Codes of organisations as lists of real departments write them: every form seen is read, none is refused.

A list may say who is in charge by a credit code (GB 32100, 18 characters), an organisation code (GB 11714, 9 characters
with or without a hyphen), a temporary code (TE and 16 digits), a division code (12 digits), a number of the platform
that published it, or a filler (`4444444444`). What is doubtful about it is told, and nothing is changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from tongban.kernel.codes import credit_code, division
from tongban.kernel.codes.findings import Finding

Kind = Literal["credit_code", "organisation_code", "temporary", "division", "number", "filler", "unknown"]

_CREDIT: Final = re.compile(r"[0-9A-Z]{18}")
_ORGANISATION: Final = re.compile(r"[0-9A-Z]{8}-?[0-9X]")
_TEMPORARY: Final = re.compile(r"TE[0-9]{16}")
_DIVISION: Final = re.compile(r"[0-9]{12}")
_NUMBER: Final = re.compile(r"[0-9]{1,20}")
_FILLER: Final = re.compile(r"(.)\1{4,}")


@dataclass(frozen=True)
class Organisation:
    """One code as it was written, what kind it is, its usual form, and what is doubtful about it."""

    text: str
    kind: Kind
    code: str  # without hyphen and spaces, capital letters
    finding: Finding | None = None

    @property
    def organisation_code(self) -> str:
        """The nine characters of GB 11714, which a credit code carries inside; "" where there are none."""
        if self.kind == "organisation_code":
            return self.code
        return self.code[8:17] if self.kind == "credit_code" and self.finding is None else ""


def read(text: str) -> Organisation:
    """The code in `text`. Never refuses: a code of no known form is of kind "unknown"."""
    compact = "".join(text.split()).upper()
    if _FILLER.fullmatch(compact):
        return Organisation(text, "filler", compact, Finding("form"))
    if _TEMPORARY.fullmatch(compact):
        return Organisation(text, "temporary", compact, division.check(compact[2:14]))
    if _CREDIT.fullmatch(compact):
        return Organisation(text, "credit_code", compact, credit_code.check(compact))
    if _ORGANISATION.fullmatch(compact):
        code = compact.replace("-", "")
        right = credit_code.organisation_check_character(code[:8]) == code[8]
        return Organisation(text, "organisation_code", code, None if right else Finding("check", 9))
    if _DIVISION.fullmatch(compact) and division.check(compact) is None:
        return Organisation(text, "division", compact)
    if _NUMBER.fullmatch(compact):
        return Organisation(text, "number", compact, Finding("form"))
    return Organisation(text, "unknown", compact, Finding("form"))
