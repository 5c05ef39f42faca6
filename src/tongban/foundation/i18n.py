"""Languages: what a refusal says to a person. Only terminals and commands speak; everything below hands up values."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language, gettext

from tongban.kernel.refusals import Refusal, Words


def say(refusal: Refusal) -> str:
    """The refusal in the language in force. Parameters that are messages, or words in both, are translated too."""
    return told(refusal.message, refusal.params)


def told(message: str, params: Mapping[str, object]) -> str:
    """A message with its values, in the language in force; "" stays ""."""
    text = gettext(message) if message else ""
    return text % said(params) if text and params else text


def said(params: Mapping[str, object]) -> dict[str, object]:
    """Values of a message in the language in force."""
    return {name: _said(value) for name, value in params.items()}


def _said(value: object) -> object:
    if isinstance(value, Words):
        return value.en if value.en and (get_language() or "").startswith("en") else value.zh
    return gettext(value) if isinstance(value, str) and value else value
