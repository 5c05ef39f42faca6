"""Classes of characters in regular expressions: `\\d`, `\\w`, `\\p{Lu}`, `\\p{IsCyrillic}`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

Test = Callable[[str], bool]

ESCAPED: Final[dict[str, str]] = {"n": "\n", "r": "\r", "t": "\t"} | {sign: sign for sign in "\\|.?*+(){}-[]^$"}

_CATEGORIES: Final = frozenset(
    {
        "L",
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "M",
        "Mn",
        "Mc",
        "Me",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "Z",
        "Zs",
        "Zl",
        "Zp",
        "S",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cn",
    }
)
#: The blocks that forms of an office meet; others are no pattern.
_BLOCKS: Final[dict[str, tuple[int, int]]] = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Armenian": (0x0530, 0x058F),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Thai": (0x0E00, 0x0E7F),
    "Tibetan": (0x0F00, 0x0FFF),
    "Mongolian": (0x1800, 0x18AF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7AF),
    "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}


def negated(test: Test) -> Test:
    """The other characters."""
    return lambda char: not test(char)


def _is_space(char: str) -> bool:
    return char in " \t\n\r"


def _is_digit(char: str) -> bool:
    return unicodedata.category(char) == "Nd"


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZC"


def _starts_name(char: str) -> bool:
    return char in "_:" or unicodedata.category(char)[0] == "L"


def _in_name(char: str) -> bool:
    return char in "-.:_\u00b7" or unicodedata.category(char)[0] in "LNM"


_MULTI: Final[dict[str, Test]] = {
    "s": _is_space,
    "d": _is_digit,
    "w": _is_word,
    "i": _starts_name,
    "c": _in_name,
}


def multi(sign: str) -> Test | None:
    """What `\\d` and its like stand for; None: nothing."""
    test = _MULTI.get(sign.lower())
    if test is None:
        return None
    return test if sign.islower() else negated(test)


def has_property(name: str) -> Test | None:
    """What `\\p{name}` stands for; None: nothing."""
    if name in _CATEGORIES:
        return lambda char: unicodedata.category(char).startswith(name)
    block = _BLOCKS.get(name[2:]) if name.startswith("Is") else None
    if block is None:
        return None
    first, last = block
    return lambda char: first <= ord(char) <= last
