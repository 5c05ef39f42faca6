"""Reads regular expressions of XPath and XQuery Functions 3.1 (chapter 5.6.1) into a small tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NoReturn

from tongban.contexts.process.core.feel.regexclasses import ESCAPED, Test, has_property, multi, negated


class NoPattern(Exception):  # noqa: N818 - turned into null by who asked
    """The text is no regular expression of XPath."""


@dataclass(frozen=True, slots=True)
class Flags:
    """How a pattern is read: dot takes all, lines, any case, blanks without meaning, plain text."""

    s: bool = False
    m: bool = False
    i: bool = False
    x: bool = False
    q: bool = False


class Node:
    """Base of the tree."""


@dataclass(frozen=True, slots=True)
class Char(Node):
    test: Test


@dataclass(frozen=True, slots=True)
class Edge(Node):
    """`^` or `$`."""

    end: bool
    lines: bool


@dataclass(frozen=True, slots=True)
class Sequence(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice(Node):
    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat(Node):
    part: Node
    least: int
    most: int | None
    lazy: bool


@dataclass(frozen=True, slots=True)
class Group(Node):
    number: int
    part: Node


@dataclass(frozen=True, slots=True)
class Back(Node):
    """What a group found, once more."""

    number: int
    any_case: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern and the number of its groups."""

    node: Node
    groups: int


#: Repeats of more than this are not searched.
MOST_REPEATS: Final = 1000


def read_pattern(text: str, flags: Flags) -> Pattern:
    """The tree of a pattern; raises NoPattern."""
    if flags.q:
        return Pattern(Sequence(tuple(Char(_same(sign, flags.i)) for sign in text)), 0)
    reader = _Reader(_without_blanks(text) if flags.x else text, flags)
    node = reader.choice()
    if reader.place < len(reader.text):
        raise NoPattern
    return Pattern(node, reader.groups)


def _without_blanks(text: str) -> str:
    made, depth, escaped = [], 0, False
    for sign in text:
        if depth or sign not in " \t\n\r":
            made.append(sign)
        if not escaped:
            depth += (sign == "[") - (sign == "]")
        escaped = sign == "\\" and not escaped
    return "".join(made)


def _same(sign: str, any_case: bool) -> Test:
    if not any_case:
        return lambda char: char == sign
    variants = frozenset((sign, sign.lower(), sign.upper()))
    return lambda char: char in variants


def _any_case(test: Test) -> Test:
    return lambda char: test(char) or test(char.lower()) or test(char.upper())


class _Reader:
    def __init__(self, text: str, flags: Flags) -> None:
        self.text, self.flags, self.place, self.groups = text, flags, 0, 0
        self._closed: set[int] = set()

    def _sees(self, signs: str) -> bool:
        return self.text.startswith(signs, self.place)

    def _takes(self, signs: str) -> bool:
        found = self._sees(signs)
        self.place += len(signs) if found else 0
        return found

    def _next(self) -> str:
        if self.place >= len(self.text):
            self._refuse()
        self.place += 1
        return self.text[self.place - 1]

    def _refuse(self) -> NoReturn:
        raise NoPattern

    def choice(self) -> Node:
        """Branches between bars."""
        branches = [self._sequence()]
        while self._takes("|"):
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self.place < len(self.text) and self.text[self.place] not in "|)":
            parts.append(self._quantified(self._atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _quantified(self, part: Node) -> Node:
        most: int | None
        if self._takes("?"):
            least, most = 0, 1
        elif self._takes("*"):
            least, most = 0, None
        elif self._takes("+"):
            least, most = 1, None
        elif self._takes("{"):
            least, most = self._counts()
        else:
            return part
        if isinstance(part, Edge) or self._sees("*") or self._sees("+"):
            self._refuse()
        return Repeat(part, least, most, self._takes("?"))

    def _counts(self) -> tuple[int, int | None]:
        least = self._count()
        most: int | None = least
        if self._takes(","):
            most = None if self._sees("}") else self._count()
        if not self._takes("}") or (most is not None and most < least):
            self._refuse()
        return least, most

    def _count(self) -> int:
        start = self.place
        while self.place < len(self.text) and self.text[self.place] in "0123456789":
            self.place += 1
        if not 1 <= self.place - start <= 4 or int(self.text[start : self.place]) > MOST_REPEATS:
            self._refuse()
        return int(self.text[start : self.place])

    def _atom(self) -> Node:
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign in "^$":
            return Edge(sign == "$", self.flags.m)
        if sign == "[":
            return self._char(self._class())
        if sign == ".":
            return Char((lambda char: True) if self.flags.s else (lambda char: char not in "\n\r"))
        if sign == "\\":
            return self._escaped()
        if sign in "?*+{}]":
            self._refuse()
        return Char(_same(sign, self.flags.i))

    def _char(self, test: Test) -> Char:
        return Char(_any_case(test) if self.flags.i else test)

    def _group(self) -> Node:
        number = 0
        if self._takes("?:"):
            pass
        elif self._sees("?"):
            self._refuse()
        else:
            self.groups += 1
            number = self.groups
        inner = self.choice()
        if not self._takes(")"):
            self._refuse()
        self._closed.add(number)
        return Group(number, inner) if number else inner

    def _escaped(self) -> Node:
        sign = self.text[self.place : self.place + 1]
        if sign in "123456789" and sign:
            self.place += 1
            number = int(sign)
            if number not in self._closed:
                self._refuse()
            return Back(number, self.flags.i)
        test = self._escape()
        return self._char(test) if callable(test) else Char(_same(test, self.flags.i))

    def _escape(self) -> str | Test:
        sign = self._next()
        if sign in "pP":
            return self._property(sign == "P")
        test = multi(sign)
        if test is not None:
            return test
        return ESCAPED.get(sign) or self._refuse()

    def _property(self, opposite: bool) -> Test:
        if not self._takes("{"):
            self._refuse()
        end = self.text.find("}", self.place)
        name = self.text[self.place : end]
        test = has_property(name) if end > self.place else None
        if test is None:
            self._refuse()
        self.place = end + 1
        return negated(test) if opposite else test

    def _class(self) -> Test:
        opposite = self._takes("^")
        tests: list[Test] = []
        less: Test | None = None
        while not self._takes("]"):
            if tests and self._takes("-["):
                less = self._class()
                if not self._takes("]"):
                    self._refuse()
                break
            tests.append(self._member())
        if not tests:
            self._refuse()
        taken = tuple(tests)
        within: Test = lambda char: any(test(char) for test in taken)  # noqa: E731
        whole = negated(within) if opposite else within
        if less is None:
            return whole
        without = less
        return lambda char: whole(char) and not without(char)

    def _member(self) -> Test:
        first = self._class_sign()
        if callable(first):
            return first
        if self._sees("-") and not self._sees("-]") and not self._sees("-["):
            self.place += 1
            last = self._class_sign()
            if callable(last) or last < first:
                self._refuse()
            low, high = first, last
            return lambda char: low <= char <= high
        return _same(first, False)

    def _class_sign(self) -> str | Test:
        sign = self._next()
        if sign == "\\":
            return self._escape()
        if sign == "[":
            self._refuse()
        return sign
