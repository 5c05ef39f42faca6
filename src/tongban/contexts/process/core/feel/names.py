"""Names with spaces and signs: found in the text by what is known where the expression stands, the longest first.

`Pre-bureau risk + 1` is a sum only where a name `Pre-bureau risk` is known. No table-driven grammar can tell; this is
why the parser is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_WIDE: Final = "\u200c\u200d\u2070-\u218f\u2c00-\u2fef\U00010000-\U000effff"
#: A name that needs no knowledge.
SIMPLE: Final = re.compile(rf"(?:[^\W\d]|[{_WIDE}])[\w{_WIDE}]*")
_PART: Final = re.compile(rf"[\w{_WIDE}]+|[^\w\s]")


def normal(name: str) -> str:
    """`name` with single spaces."""
    return " ".join(name.split())


@lru_cache(maxsize=8192)
def _pattern(name: str) -> tuple[str, re.Pattern[str]]:
    parts = _PART.findall(name)
    made = ""
    for index, part in enumerate(parts):
        if index:
            spaced = _is_word(part) and _is_word(parts[index - 1])
            made += r"\s+" if spaced else r"\s*"
        made += re.escape(part)
    if _is_word(parts[-1]):
        made += rf"(?![\w{_WIDE}])"
    return parts[0], re.compile(made)


def _is_word(part: str) -> bool:
    return SIMPLE.match(part[-1]) is not None or part[-1].isalnum() or part[-1] == "_"


class Names:
    """A set of known names."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[int, re.Pattern[str], str]]] = {}
        for name in sorted(set(map(normal, names))):
            self.add(name)

    def add(self, name: str) -> None:
        """Know `name` too."""
        name = normal(name)
        if not name or SIMPLE.fullmatch(name) or not _PART.match(name):
            return
        first, pattern = _pattern(name)
        row = (len(name), pattern, name)
        found = self._by_first.setdefault(first, [])
        if row not in found:
            found.append(row)
            found.sort(key=lambda known: -known[0])

    def at(self, text: str, position: int) -> tuple[str, int] | None:
        """The longest known name that stands at `position`, and where it ends."""
        if not self._by_first:
            return None
        start = _PART.match(text, position)
        for _, pattern, name in self._by_first.get(start[0], ()) if start else ():
            found = pattern.match(text, position)
            if found:
                return name, found.end()
        return None
