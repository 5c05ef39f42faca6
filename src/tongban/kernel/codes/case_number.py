"""办件编号 (STANDARDS §3.4): 实施编码 (31) + yyyymmdd + daily sequence of 4 digits, 5 and more past 9999.

The number is a key of 43 characters by default and never longer than the field of 50. Gaps are allowed, repeats never;
whoever draws the sequence keeps that promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tongban.kernel.codes import item
from tongban.kernel.codes.findings import CodeRefused, Finding
from tongban.kernel.refusals import N_

SHORTEST: Final = 43
LONGEST: Final = 50


class CaseNumberRefused(CodeRefused):
    code = "case_number_refused"
    message = N_("办件编号“%(text)s”不正确。请照回执上的编号输入，一般为 43 位。")


@dataclass(frozen=True)
class CaseNumber:
    """A case number and its parts."""

    text: str

    @property
    def task_code(self) -> item.TaskCode:
        return item.TaskCode(self.text[:31])

    @property
    def day(self) -> date:
        return date.fromisoformat(self.text[31:39])

    @property
    def sequence(self) -> int:
        return int(self.text[39:])

    def __str__(self) -> str:
        return self.text


def check(text: str) -> Finding | None:
    """What is wrong with a case number, or None."""
    if not SHORTEST <= len(text) <= LONGEST:
        return Finding("form")
    tail = text[31:]
    if not (tail.isascii() and tail.isdigit()) or (len(tail) > 12 and tail[8] == "0"):
        return Finding("form", 32)
    try:
        date.fromisoformat(tail[:8])
    except ValueError:
        return Finding("date", 32)
    if int(tail[8:]) == 0:
        return Finding("part", 40)
    return item.check(text[:31])


def parse(text: str) -> CaseNumber:
    """The number somebody entered; spaces and small letters are forgiven. Refuses `CaseNumberRefused`."""
    cleaned = "".join(text.split()).upper()
    finding = check(cleaned)
    if finding:
        raise CaseNumberRefused(text, finding)
    return CaseNumber(cleaned)


def make(task_code: str, day: date, n: int) -> str:
    """The `n`-th number (from 1) of `task_code` (31 characters) on `day`. Refuses `CaseNumberRefused`."""
    return parse(f"{task_code}{day:%Y%m%d}{n:04d}").text
