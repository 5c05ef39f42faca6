"""How words that found nothing are kept: so that they tell what people call things, and nothing about a person."""

from __future__ import annotations

import unicodedata

MOST_CHARACTERS = 60
MASK = "#"


def kept(words: str) -> str:
    """`words` in one spelling, at most `MOST_CHARACTERS`; "" where nothing is left worth keeping.

    Every digit is masked, whatever its script, and whatever holds an @ is left out: no number of a person, telephone or
    account and no address gets into the log.
    """
    folded = unicodedata.normalize("NFKC", words).lower()
    plain = "".join(" " if unicodedata.category(character)[0] in "CZ" else character for character in folded)
    parts = [part for part in plain.split() if "@" not in part]
    masked = "".join(MASK if character.isdigit() else character for character in " ".join(parts))[:MOST_CHARACTERS]
    return masked.strip() if any(character.isalpha() for character in masked) else ""
