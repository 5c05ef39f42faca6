"""Reads an expression's text piece by piece: blanks and comments, signs, words, numbers, text, names."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NoReturn

from tongban.contexts.process.core.feel.names import SIMPLE, Names
from tongban.contexts.process.core.feel.refusals import ExpressionRefused, ExpressionTooLarge
from tongban.contexts.process.core.feel.values import NUMBERS

#: A longer expression is none that a lawyer could read; a table is.
LONGEST: Final = 10_000
#: Brackets within brackets.
DEEPEST: Final = 60

_BLANK: Final = re.compile(r"(?:\s|//[^\n]*(?:\n|$)|/\*.*?\*/)+", re.DOTALL)
_NUMBER: Final = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_PLAIN_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
KEYWORDS: Final = frozenset(
    {
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "between",
        "instance",
        "function",
        "external",
        "true",
        "false",
        "null",
    }
)


class Scanner:
    """A text and the place that has been reached in it."""

    def __init__(self, text: str, *names: Names) -> None:
        self.text, self.position = text, 0
        self._known = names
        self._own = Names()
        self._depth = 0
        if len(text) > LONGEST:
            raise ExpressionTooLarge(expression=text[:40] + "…")
        self.blanks()

    def refuse(self) -> NoReturn:
        """The text cannot be read at this place."""
        shown = self.text if len(self.text) <= 200 else self.text[:200] + "…"
        raise ExpressionRefused(expression=shown, column=self.position + 1)

    def deeper(self) -> None:
        """One bracket more."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionTooLarge(expression=self.text[:40] + "…")

    def shallower(self) -> None:
        """One bracket less."""
        self._depth -= 1

    def blanks(self) -> None:
        """Pass over blanks and comments."""
        found = _BLANK.match(self.text, self.position)
        if found:
            self.position = found.end()

    def at_end(self) -> bool:
        """Whether everything is read."""
        return self.position >= len(self.text)

    def sees(self, sign: str) -> bool:
        """Whether `sign` is next."""
        return self.text.startswith(sign, self.position)

    def takes(self, sign: str) -> bool:
        """Whether `sign` is next; then it is passed."""
        if not self.text.startswith(sign, self.position):
            return False
        self.position += len(sign)
        self.blanks()
        return True

    def expect(self, sign: str) -> None:
        """Pass over `sign`, or refuse."""
        if not self.takes(sign):
            self.refuse()

    def word(self) -> str:
        """The plain word that is next, "" for none."""
        found = SIMPLE.match(self.text, self.position)
        return found[0] if found else ""

    def takes_word(self, word: str) -> bool:
        """Whether the word is next; then it is passed."""
        if self.word() != word:
            return False
        self.position += len(word)
        self.blanks()
        return True

    def expect_word(self, word: str) -> None:
        """Pass over `word`, or refuse."""
        if not self.takes_word(word):
            self.refuse()

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What `pattern` finds here; then it is passed, blanks too."""
        found = pattern.match(self.text, self.position)
        if found:
            self.position = found.end()
            self.blanks()
        return found

    def number(self) -> Decimal | None:
        """The number that is next."""
        found = self.match(_NUMBER)
        if not found:
            return None
        value = NUMBERS.create_decimal(found[0])
        return value if value.is_finite() else self.refuse()

    def string(self) -> str | None:
        """The text in quotes that is next."""
        if not self.sees('"'):
            return None
        found = self.match(_STRING)
        return _whole_signs(_ESCAPE.sub(_unescaped, found[1])) if found else self.refuse()

    def declare(self, name: str) -> None:
        """Know a name that the expression itself introduces."""
        self._own.add(name)

    def known_name(self) -> str | None:
        """The longest known name with spaces or signs that is next; then it is passed."""
        found = [hit for names in (self._own, *self._known) if (hit := names.at(self.text, self.position))]
        if not found:
            return None
        name, self.position = max(found, key=lambda hit: hit[1])
        self.blanks()
        return name

    def name(self) -> str:
        """The name that is next: a known one, or a plain word that is no keyword."""
        known = self.known_name()
        if known is not None:
            return known
        word = self.word()
        if not word or word in KEYWORDS:
            self.refuse()
        self.position += len(word)
        self.blanks()
        return word


def _whole_signs(text: str) -> str:
    """Pairs of halves (`\\uD83D\\uDC0E`) as the one character that they are; a lone half as the sign for none."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        value = int(code, 16)
        return chr(value) if value <= 0x10FFFF else found[0]
    return _PLAIN_ESCAPES.get(found[3], found[0])
