"""Regular expressions of XPath and XQuery Functions 3.1, as `matches`, `replace` and `split` take them.

They are read here, not handed over: what XPath does not know is null, and so is a search that goes beyond its steps
(no pattern of a hostile model stops a process).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.arithmetic import LONGEST_TEXT
from tongban.contexts.process.core.feel.matching import Found, Search, TooManySteps
from tongban.contexts.process.core.feel.regex import Flags, NoPattern, Pattern, read_pattern

FLAGS: Final = frozenset("smixq")


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: str) -> Pattern | None:
    if not set(flags) <= FLAGS:
        return None
    try:
        return read_pattern(pattern, Flags(**{flag: flag in flags for flag in "smixq"}))
    except (NoPattern, RecursionError):
        return None


def occurs(text: str, pattern: str, flags: str) -> bool | None:
    """Whether the pattern occurs in `text`; null where it is no pattern."""
    made = _compiled(pattern, flags)
    if made is None:
        return notes.null("this is no pattern")
    try:
        return Search(made, text).first(0) is not None
    except (TooManySteps, RecursionError):
        return notes.null("the pattern takes too many steps")


def _all(text: str, pattern: str, flags: str) -> list[Found] | None:
    """The occurrences in order; null where the pattern is none or finds the empty text."""
    made = _compiled(pattern, flags)
    if made is None:
        return notes.null("this is no pattern")
    try:
        if Search(made, "").first(0) is not None:
            return notes.null("the pattern finds the empty text")
        return list(Search(made, text).all())
    except (TooManySteps, RecursionError):
        return notes.null("the pattern takes too many steps")


def replaced(text: str, pattern: str, replacement: str, flags: str) -> str | None:
    """`text` with each occurrence replaced."""
    literal = "q" in flags
    pieces = [replacement] if literal else _replacement(replacement)
    found = _all(text, pattern, flags)
    if found is None or pieces is None:
        return notes.null("there is nothing to replace with")
    made, end, size = [], 0, 0
    for hit in found:
        made.append(text[end : hit.start])
        made += [piece if isinstance(piece, str) else _group(text, hit, piece) for piece in pieces]
        end = hit.end
        size += sum(map(len, made[-len(pieces) - 1 :]))
        if size > LONGEST_TEXT:
            return notes.null("the text is too long")
    return "".join([*made, text[end:]])


def _group(text: str, hit: Found, number: int) -> str:
    """What a group found. As `$12` with fewer than twelve groups means group 1 and a 2, digits may be left over."""
    digits = str(number)
    for length in range(len(digits), 0, -1):
        group = int(digits[:length])
        if group <= hit.groups or length == 1:
            place = hit.group(group)
            return (text[place[0] : place[1]] if place else "") + digits[length:]
    return ""


def _replacement(text: str) -> list[str | int] | None:
    """The pieces of a replacement: texts, and the numbers of groups; null for a stray `$` or backslash."""
    made: list[str | int] = []
    place = 0
    while place < len(text):
        sign = text[place]
        following = text[place + 1 : place + 2]
        if sign == "\\":
            if following not in ("\\", "$") or not following:
                return None
            made.append(following)
            place += 2
        elif sign == "$":
            end = place + 1
            while end < len(text) and text[end] in "0123456789" and end < place + 4:
                end += 1
            if end == place + 1:
                return None
            made.append(int(text[place + 1 : end]))
            place = end
        else:
            made.append(sign)
            place += 1
    return made


def pieces(text: str, delimiter: str) -> list[str] | None:
    """The pieces between the occurrences."""
    found = _all(text, delimiter, "")
    if found is None:
        return None
    made, end = [], 0
    for hit in found:
        made.append(text[end : hit.start])
        end = hit.end
    return [*made, text[end:]]
