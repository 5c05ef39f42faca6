"""公民身份号码, GB 11643: 6 division + 8 birth + 3 sequence + MOD 11-2 check; residence permits share the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from tongban.kernel.codes.division import PROVINCES
from tongban.kernel.codes.findings import CodeRefused, Finding
from tongban.kernel.refusals import N_

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"


class CitizenIdRefused(CodeRefused):
    code = "citizen_id_refused"
    message = N_("身份证号码不正确。请核对 18 位号码，末位可以是 X。")


@dataclass(frozen=True)
class CitizenId:
    """A sound citizen number. `repr` and `str` are masked, so that no log carries it by accident; take `.text`."""

    text: str

    @property
    def birth(self) -> date:
        return _date(self.text[6:14]) or date.min

    @property
    def sex(self) -> Literal["male", "female"]:
        return "male" if int(self.text[16]) % 2 else "female"

    @property
    def masked(self) -> str:
        return mask(self.text)

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"CitizenId({self.masked})"


def mask(text: str) -> str:
    """`1101**********002X`: the form in which a number is shown."""
    return text[:4] + "*" * 10 + text[14:] if len(text) == 18 else "*" * len(text)


def check_character(first17: str) -> str:
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def check(text: str, today: date | None = None) -> Finding | None:
    """What is wrong with a number, or None; with `today`, births in the future are found too.

    The division may be historical, so that only its province is looked at.
    """
    if not (len(text) == 18 and text.isascii() and text[:17].isdigit() and (text[17].isdigit() or text[17] == "X")):
        return Finding("form")
    if text[:2] not in PROVINCES and text[:2] != "91":
        return Finding("division", 1)
    birth = _date(text[6:14])
    if birth is None or (today is not None and birth > today):
        return Finding("date", 7)
    return None if check_character(text[:17]) == text[17] else Finding("check", 18)


def parse(text: str, today: date | None = None) -> CitizenId:
    """The number a person entered; spaces and a small x are forgiven. Refuses `CitizenIdRefused`."""
    cleaned = "".join(text.split()).upper()
    finding = check(cleaned, today)
    if finding:
        raise CitizenIdRefused(mask(cleaned), finding)
    return CitizenId(cleaned)


def make(division: str, birth: date, sequence: int) -> CitizenId:
    """A number with its check character; for the demo city and tests. `sequence` 1..999, odd = male."""
    if not 0 < sequence < 1000:
        raise CitizenIdRefused("", Finding("part", 15))
    first17 = f"{division}{birth:%Y%m%d}{sequence:03d}"
    return parse(first17 + check_character(first17))


def _date(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
