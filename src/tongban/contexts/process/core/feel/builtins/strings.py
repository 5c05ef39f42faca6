"""Functions of text. Places count characters (code points) from 1, or from the end by minus."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tongban.contexts.process.core.feel import notes, patterns
from tongban.contexts.process.core.feel.arithmetic import LONGEST_TEXT
from tongban.contexts.process.core.feel.builtins.registry import builtin


@builtin("substring(string: string, start position: number, length?: number) -> string")
def substring(string: str, start: Decimal, length: Decimal | None = None) -> str | None:
    """The part of `string` from `start` on, `length` characters long."""
    if not 1 <= abs(start) <= len(string) or (length is not None and length < 1):
        return notes.null("substring(): there is nothing at this place")
    first = int(start) - 1 if start > 0 else len(string) + int(start)
    return string[first:] if length is None else string[first : first + int(min(length, Decimal(len(string))))]


@builtin("string length(string: string) -> number")
def string_length(string: str) -> Decimal:
    """The number of characters."""
    return Decimal(len(string))


@builtin("upper case(string: string) -> string")
def upper_case(string: str) -> str:
    """In capitals."""
    return string.upper()


@builtin("lower case(string: string) -> string")
def lower_case(string: str) -> str:
    """In small letters."""
    return string.lower()


@builtin("substring before(string: string, match: string) -> string")
def substring_before(string: str, match: str) -> str:
    """What stands before `match`; nothing where it is not found."""
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after(string: string, match: string) -> string")
def substring_after(string: str, match: str) -> str:
    """What stands after `match`; nothing where it is not found."""
    return string.partition(match)[2] if match else string


@builtin("contains(string: string, match: string) -> boolean")
def contains(string: str, match: str) -> bool:
    """Whether `match` is a part."""
    return match in string


@builtin("starts with(string: string, match: string) -> boolean")
def starts_with(string: str, match: str) -> bool:
    """Whether `match` is the beginning."""
    return string.startswith(match)


@builtin("ends with(string: string, match: string) -> boolean")
def ends_with(string: str, match: str) -> bool:
    """Whether `match` is the end."""
    return string.endswith(match)


@builtin("matches(input: string, pattern: string, flags?: string~) -> boolean")
def matches(text: str, pattern: str, flags: str | None = None) -> bool | None:
    """Whether the pattern occurs."""
    return patterns.occurs(text, pattern, flags or "")


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string~) -> string")
def replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    """`text` with each occurrence of the pattern replaced; `$1` stands for a group."""
    return patterns.replaced(text, pattern, replacement, flags or "")


@builtin("split(string: string, delimiter: string)")
def split(string: str, delimiter: str) -> list[str] | None:
    """The pieces between the occurrences of the pattern."""
    return patterns.pieces(string, delimiter)


@builtin("string join(list: list, delimiter?: string~, prefix?: string~, suffix?: string~) -> string")
def string_join(
    members: list[Any], delimiter: str | None = None, prefix: str | None = None, suffix: str | None = None
) -> str | None:
    """The texts of a list as one; nulls are passed over."""
    texts = [member for member in members if member is not None]
    if not all(isinstance(text, str) for text in texts):
        return notes.null("string join(): a member is no text")
    size = sum(map(len, texts)) + len(delimiter or "") * len(texts)
    if size > LONGEST_TEXT:
        return notes.null("the text is too long")
    joined = (delimiter or "").join(texts)
    return f"{prefix or ''}{joined}{suffix or ''}"
