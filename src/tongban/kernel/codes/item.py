"""Codes of service items (STANDARDS §3.4): 基本编码 (12 digits), 实施编码 (31 characters), 业务办理项编码 (33).

12 = 2 division prefix + 2 item type + 2 guiding department + 3 main item + 3 sub-item.
31 = credit code of the implementing body (18) + level of exercise (1) + base code (12). 33 = 31 + 2-digit sequence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tongban.kernel.codes import credit_code
from tongban.kernel.codes.division import PROVINCES
from tongban.kernel.codes.findings import CodeRefused, Finding
from tongban.kernel.refusals import N_

#: T1 of GB/T 39046 A.1: powers 01-10, extensions 11-19, public services 20 and extensions.
TYPES: Final = frozenset(f"{number:02d}" for number in range(1, 30))
#: T2 of GB/T 39046 A.2.
LEVELS: Final = frozenset("1234567")


class ItemCodeRefused(CodeRefused):
    code = "item_code_refused"
    message = N_("事项编码“%(text)s”不正确。基本编码 12 位，实施编码 31 位，业务办理项编码 33 位。")


@dataclass(frozen=True)
class BaseCode:
    """基本编码: the national or local item, whoever implements it."""

    text: str

    @property
    def prefix(self) -> str:
        return self.text[:2]

    @property
    def type(self) -> str:
        return self.text[2:4]

    @property
    def department(self) -> str:
        return self.text[4:6]

    @property
    def main_item(self) -> str:
        return self.text[6:9]

    @property
    def sub_item(self) -> str:
        return self.text[9:12]

    @property
    def is_national(self) -> bool:
        return self.prefix == "00"


@dataclass(frozen=True)
class TaskCode:
    """实施编码: an item as one body implements it; with `sequence` the 33-character 业务办理项编码."""

    text: str

    @property
    def credit_code(self) -> str:
        return self.text[:18]

    @property
    def level(self) -> str:
        return self.text[18]

    @property
    def base(self) -> BaseCode:
        return BaseCode(self.text[19:31])

    @property
    def sequence(self) -> str:
        return self.text[31:]

    def __str__(self) -> str:
        return self.text


def check_base(text: str) -> Finding | None:
    """What is wrong with a base code of 12 digits, or None."""
    if not (len(text) == 12 and text.isascii() and text.isdigit()):
        return Finding("form")
    if text[:2] != "00" and text[:2] not in PROVINCES:
        return Finding("division", 1)
    return None if text[2:4] in TYPES else Finding("part", 3)


def check(text: str) -> Finding | None:
    """What is wrong with an implementing code (31) or handling code (33), or None."""
    if len(text) not in (31, 33) or not (text[31:].isdigit() or len(text) == 31) or not text.isascii():
        return Finding("form")
    finding = credit_code.check(text[:18])
    if finding and finding.fault != "check":
        return finding
    if text[18] not in LEVELS:
        return Finding("part", 19)
    base = check_base(text[19:31])
    if base:
        return Finding(base.fault, base.position + 19 if base.position else 20)
    return finding


def parse_base(text: str) -> BaseCode:
    """The base code of an entered text. Refuses `ItemCodeRefused`."""
    finding = check_base(text.strip())
    if finding:
        raise ItemCodeRefused(text, finding)
    return BaseCode(text.strip())


def parse(text: str) -> TaskCode:
    """The implementing or handling code of an entered text. Refuses `ItemCodeRefused`."""
    cleaned = "".join(text.split()).upper()
    finding = check(cleaned)
    if finding:
        raise ItemCodeRefused(text, finding)
    return TaskCode(cleaned)


def make(body: str, level: str | int, base_code: str) -> TaskCode:
    """实施编码 of the item `base_code` as the body with credit code `body` implements it on `level` (T2)."""
    return parse(f"{body}{level}{base_code}")


def make_handling(task_code: str, sequence: int) -> TaskCode:
    """业务办理项编码: `sequence` 1..99 of one implementing code. Refuses `ItemCodeRefused`."""
    if not 0 < sequence < 100 or len(task_code) != 31:
        raise ItemCodeRefused(f"{task_code}-{sequence}", Finding("part", 32))
    return parse(f"{task_code}{sequence:02d}")
