"""Administrative divisions: GB/T 2260 (6 digits), extended to 9 (township) and 12 (village)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from tongban.kernel.codes.findings import CodeRefused, Finding
from tongban.kernel.refusals import N_

Level = Literal["province", "city", "county", "township", "village"]

#: First two digits in use: six regions, and Taiwan, Hong Kong, Macao. Persons may also carry 91 (foreigners, old form).
_BY_REGION: Final = {1: "12345", 2: "123", 3: "1234567", 4: "123456", 5: "01234", 6: "12345", 7: "1", 8: "123"}
PROVINCES: Final = frozenset(f"{region}{digit}" for region, digits in _BY_REGION.items() for digit in digits)
_LENGTHS: Final = (6, 9, 12)


class DivisionRefused(CodeRefused):
    code = "division_refused"
    message = N_("“%(text)s”不是行政区划代码。应为 6、9 或 12 位数字。")


@dataclass(frozen=True)
class Division:
    """A division code with its zeros cut off to the level it names.

    Cities without counties hang townships under the city; the level here follows the digits, tables may know better.
    """

    text: str

    @property
    def level(self) -> Level:
        return level(self.text)

    @property
    def parent(self) -> str:
        """The next higher division in its usual length; "" above a province."""
        padded = self.text.ljust(12, "0")
        cut = {"village": 9, "township": 6, "county": 4, "city": 2, "province": 0}[self.level]
        if cut == 0:
            return ""
        return padded[:cut].ljust(6, "0") if cut <= 6 else padded[:cut]

    def contains(self, other: str) -> bool:
        """Whether `other` is this division or lies within it."""
        return other.ljust(12, "0").startswith(_stem(self.text))


def _stem(text: str) -> str:
    padded = text.ljust(12, "0")
    return padded[: {"province": 2, "city": 4, "county": 6, "township": 9, "village": 12}[level(text)]]


def level(text: str) -> Level:
    """The level a well-formed code names by its trailing zeros."""
    padded = text.ljust(12, "0")
    if padded[9:] != "000":
        return "village"
    if padded[6:9] != "000":
        return "township"
    if padded[4:6] != "00":
        return "county"
    return "city" if padded[2:4] != "00" else "province"


def check(text: str) -> Finding | None:
    """What is wrong with a division code of 6, 9 or 12 digits, or None."""
    if not (len(text) in _LENGTHS and text.isascii() and text.isdigit()):
        return Finding("form")
    if text[:2] not in PROVINCES:
        return Finding("division", 1)
    return None


def parse(text: str) -> Division:
    """The division of an entered code. Refuses `DivisionRefused`."""
    cleaned = text.strip()
    finding = check(cleaned)
    if finding:
        raise DivisionRefused(text, finding)
    return Division(cleaned)
