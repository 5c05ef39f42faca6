"""Searches a text for a pattern, backtracking, and stops when it has taken more steps than any honest pattern does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tongban.contexts.process.core.feel import regex as r

#: Steps of one search: some tenths of a second.
MOST_STEPS: Final = 300_000

Then = Callable[[int], int | None]


class TooManySteps(Exception):  # noqa: N818 - turned into null by who asked
    """The search would go on and on."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern was found, and where its groups."""

    start: int
    end: int
    places: tuple[tuple[int, int] | None, ...]

    @property
    def groups(self) -> int:
        """How many groups the pattern has."""
        return len(self.places)

    def group(self, number: int) -> tuple[int, int] | None:
        """The place of a group, 0 for the whole."""
        if number == 0:
            return self.start, self.end
        return self.places[number - 1] if number <= len(self.places) else None


class Search:
    """One search through one text."""

    def __init__(self, pattern: r.Pattern, text: str) -> None:
        self.text = text
        self.places: list[tuple[int, int] | None] = [None] * pattern.groups
        self._run = matcher(pattern.node)
        self._left = MOST_STEPS

    def spend(self, steps: int = 1) -> None:
        """Take steps."""
        self._left -= steps
        if self._left < 0:
            raise TooManySteps

    def first(self, start: int) -> Found | None:
        """The first occurrence from `start` on."""
        for place in range(start, len(self.text) + 1):
            self.places = [None] * len(self.places)
            self.spend()
            end = self._run(self, place, _done)
            if end is not None:
                return Found(place, end, tuple(self.places))
        return None

    def all(self) -> Iterator[Found]:
        """All occurrences, one behind the other."""
        place = 0
        while (found := self.first(place)) is not None:
            yield found
            place = max(found.end, found.start + 1)


def _done(place: int) -> int:
    return place


Run = Callable[[Search, int, Then], int | None]


@lru_cache(maxsize=512)
def matcher(node: r.Node) -> Run:
    """The node as a function of the search, a place, and what is to follow."""
    if isinstance(node, r.Char):
        return _char(node)
    if isinstance(node, r.Sequence):
        return _sequence(node)
    if isinstance(node, r.Choice):
        return _choice(node)
    if isinstance(node, r.Repeat):
        return _repeat_char(node, node.part) if isinstance(node.part, r.Char) else _repeat(node)
    if isinstance(node, r.Group):
        return _group(node)
    return _back(node) if isinstance(node, r.Back) else _edge(node)


def _char(node: r.Char) -> Run:
    test = node.test

    def run(search: Search, place: int, then: Then) -> int | None:
        search.spend()
        return then(place + 1) if place < len(search.text) and test(search.text[place]) else None

    return run


def _edge(node: r.Node) -> Run:
    assert isinstance(node, r.Edge)
    at_end, lines = node.end, node.lines

    def run(search: Search, place: int, then: Then) -> int | None:
        text = search.text
        if at_end:
            holds = place == len(text) or (lines and text[place] == "\n")
        else:
            holds = place == 0 or (lines and text[place - 1] == "\n")
        return then(place) if holds else None

    return run


def _sequence(node: r.Sequence) -> Run:
    parts = [matcher(part) for part in node.parts]

    def run(search: Search, place: int, then: Then) -> int | None:
        def step(index: int, here: int) -> int | None:
            if index == len(parts):
                return then(here)
            return parts[index](search, here, lambda there: step(index + 1, there))

        return step(0, place)

    return run


def _choice(node: r.Choice) -> Run:
    branches = [matcher(branch) for branch in node.branches]

    def run(search: Search, place: int, then: Then) -> int | None:
        for branch in branches:
            end = branch(search, place, then)
            if end is not None:
                return end
        return None

    return run


def _repeat_char(node: r.Repeat, part: r.Char) -> Run:
    test, least, most, lazy = part.test, node.least, node.most, node.lazy

    def run(search: Search, place: int, then: Then) -> int | None:
        text = search.text
        limit = len(text) if most is None else min(len(text), place + most)
        end = place
        while end < limit and test(text[end]):
            end += 1
        search.spend(end - place + 1)
        ends = range(place + least, end + 1) if lazy else range(end, place + least - 1, -1)
        for there in ends:
            found = then(there)
            if found is not None:
                return found
        return None

    return run


def _repeat(node: r.Repeat) -> Run:
    part, least, most, lazy = matcher(node.part), node.least, node.most, node.lazy

    def run(search: Search, place: int, then: Then) -> int | None:
        def again(count: int, here: int) -> int | None:
            search.spend()

            def more() -> int | None:
                if most is not None and count >= most:
                    return None
                return part(
                    search, here, lambda there: again(count + 1, there) if there > here or count < least else None
                )

            if count < least:
                return more()
            if lazy:
                end = then(here)
                return end if end is not None else more()
            end = more()
            return end if end is not None else then(here)

        return again(0, place)

    return run


def _group(node: r.Group) -> Run:
    part, index = matcher(node.part), node.number - 1

    def run(search: Search, place: int, then: Then) -> int | None:
        before = search.places[index]

        def close(there: int) -> int | None:
            inner = search.places[index]
            search.places[index] = (place, there)
            end = then(there)
            if end is None:
                search.places[index] = inner
            return end

        end = part(search, place, close)
        if end is None:
            search.places[index] = before
        return end

    return run


def _back(node: r.Back) -> Run:
    index, any_case = node.number - 1, node.any_case

    def run(search: Search, place: int, then: Then) -> int | None:
        found = search.places[index]
        wanted = search.text[found[0] : found[1]] if found else ""
        there = search.text[place : place + len(wanted)]
        search.spend(len(wanted) + 1)
        same = there.lower() == wanted.lower() if any_case else there == wanted
        return then(place + len(wanted)) if same else None

    return run
