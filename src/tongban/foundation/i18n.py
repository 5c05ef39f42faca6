"""Languages: what a refusal says to a person. Only terminals and commands speak; everything below hands up values."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from tongban.kernel.refusals import Refusal, Words


def say(refusal: Refusal) -> str:
    """The refusal in the language in force. Parameters that are messages, or words in both, are translated too."""
    params = {name: _said(value) for name, value in refusal.params.items()}
    message = gettext(refusal.message)
    return message % params if params else message


def _said(value: object) -> object:
    if isinstance(value, Words):
        return value.en if value.en and (get_language() or "").startswith("en") else value.zh
    return gettext(value) if isinstance(value, str) and value else value
