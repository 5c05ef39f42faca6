"""Picking the reader's language out of values that carry both."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import get_language

from tongban.contexts.parties import queries as parties


class Bilingual(Protocol):
    """A text with both languages, of whichever context."""

    def in_language(self, language: str) -> str: ...


def language() -> str:
    """The language in force."""
    return get_language() or "zh-hans"


def is_english() -> bool:
    return language().startswith("en")


def said(text: Bilingual | None) -> str:
    """`text` in the language in force, "" for nothing."""
    return text.in_language(language()) if text is not None else ""


def either(chinese: str, english: str) -> str:
    """`english` for readers of English where there is one, else `chinese`."""
    return english if english and is_english() else chinese


def agency_name(key: str, *, short: bool = False) -> str:
    """What the agency with this key is called; a key that is no agency stands for itself."""
    agency = parties.agencies().get(key)
    if agency is None:
        return key
    return said(agency.short if short else agency.name)


def agency_of_item(key: str, *, short: bool = False) -> str:
    """The organ an item names by its plain key: the city's own, or the only one that holds the office."""
    known = parties.agencies()
    agency = known.get(key) or next((one for one in known.values() if one.base == key), None)
    if agency is None:
        return key
    return said(agency.short if short else agency.name)
