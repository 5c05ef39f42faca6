"""统一社会信用代码, GB 32100-2015: 18 characters, weights 3^(i-1) mod 31; the organisation code inside is GB 11714."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tongban.kernel.codes.findings import CodeRefused, Finding
from tongban.kernel.refusals import N_

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
#: Registering departments in use: 1 编制 2 外交 3 司法 4 文旅 5 民政 6 民航 7 宗教 8 工会 9 市监 A 军委 N 农业 Y 其他.
DEPARTMENTS: Final = frozenset("123456789ANY")


class CreditCodeRefused(CodeRefused):
    code = "credit_code_refused"
    message = N_("统一社会信用代码“%(text)s”不正确。请核对 18 位代码，其中没有字母 I、O、S、V、Z。")


@dataclass(frozen=True)
class CreditCode:
    """A sound credit code and its parts."""

    text: str

    @property
    def department(self) -> str:
        return self.text[0]

    @property
    def organisation_kind(self) -> str:
        """Department and kind: 91 enterprise, 92 sole trader, 11 organ of state, 12 institution, …"""
        return self.text[:2]

    @property
    def division(self) -> str:
        return self.text[2:8]

    @property
    def organisation_code(self) -> str:
        return self.text[8:17]

    def __str__(self) -> str:
        return self.text


def check_character(first17: str) -> str:
    total = sum(_VALUE[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check_character(first8: str) -> str:
    """GB 11714: C9 = 11 - sum mod 11; 10 is X, 11 is 0. Letters count from A = 10."""
    total = sum(int(character, 36) * weight for character, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def check(text: str) -> Finding | None:
    """What is wrong with a credit code, or None. Some real early codes fail their check: warn, don't refuse."""
    if len(text) != 18 or any(character not in _VALUE for character in text) or not text[2:8].isdigit():
        return Finding("form")
    if text[0] not in DEPARTMENTS:
        return Finding("part", 1)
    return None if check_character(text[:17]) == text[17] else Finding("check", 18)


def parse(text: str) -> CreditCode:
    """The code a person entered; spaces, hyphens and small letters are forgiven. Refuses `CreditCodeRefused`."""
    cleaned = "".join(text.split()).replace("-", "").upper()
    finding = check(cleaned)
    if finding:
        raise CreditCodeRefused(text, finding)
    return CreditCode(cleaned)


def make(organisation_kind: str, division: str, first8: str) -> CreditCode:
    """A code with both check characters from its first eight organisation characters; for the demo city and tests."""
    first17 = organisation_kind + division + first8 + organisation_check_character(first8)
    if check(first17 + "0") == Finding("form"):
        raise CreditCodeRefused(first17, Finding("form"))
    return parse(first17 + check_character(first17))
