"""How near a phrase is to what was typed, 0..1, and in what way."""

from __future__ import annotations

from typing import Literal

from tongban.contexts.catalogue.core.search import text
from tongban.contexts.catalogue.core.search.index import Index
from tongban.contexts.catalogue.core.search.typed import Typed

How = Literal["exact", "part", "words", "pinyin", "initials", "sound", "slip"]
#: Score, way, and which units of what was typed the phrase has (bits).
Nearness = tuple[float, How, int]
_NOTHING: Nearness = (0.0, "words", 0)


def chinese(index: Index, typed: Typed, phrase: int) -> Nearness:
    """Chinese words (and Latin ones among them) against a Chinese phrase."""
    form = index.squeezed[phrase]
    if typed.squeezed == form:
        return 1.0, "exact", typed.full
    mask, length = 0, 0
    for at, unit in enumerate(typed.units):
        if unit.word in form:
            mask |= 1 << at
            if not unit.within & mask:
                length += len(unit.word)
    if len(typed.squeezed) > 1 and typed.squeezed in form:
        return 0.62 + 0.33 * len(typed.squeezed) / len(form), "part", typed.full
    covered = typed.covered(mask)
    score = 0.85 * (0.75 * covered + 0.25 * min(1.0, length / len(form)))
    how: How = "words"
    if len(form) > 1 and form in typed.squeezed:
        score, how = max(score, 0.45 + 0.25 * covered + 0.25 * len(form) / len(typed.squeezed)), "part"
    sound = _sound(index, typed, phrase)
    if sound > score:
        return sound, "sound", typed.full
    return score, "slip" if typed.mended and how == "words" else how, mask


def _sound(index: Index, typed: Typed, phrase: int) -> float:
    """The same sound in other characters: 需可 for 许可."""
    alike = index.alike[phrase]
    if len(typed.squeezed) < 2 or not alike or typed.literally:
        return 0.0
    if typed.alike == alike:
        return 0.93 if typed.pinyin == index.pinyin[phrase] else 0.85
    if len(typed.squeezed) < 3:
        return 0.0
    if len(typed.alike) >= 8 and typed.alike in alike:
        return 0.55 + 0.33 * len(typed.alike) / len(alike)
    if text.one_edit_apart(typed.alike, alike):
        return 0.82
    return 0.0


def letters(index: Index, typed: Typed, phrase: int) -> Nearness:
    """Latin letters against a Chinese phrase: pinyin, initials, or a slip in either."""
    word, pinyin, initials = typed.squeezed, index.pinyin[phrase], index.initials[phrase]
    if len(word) < 2 or not pinyin:
        return _NOTHING
    score, how = _spelled(word, pinyin, initials)
    if score < 0.9 and not typed.literally:
        heard = _heard(typed, index.alike[phrase], initials)
        if heard[0] > score:
            score, how = heard
    return score, how, typed.full if score else 0


def _spelled(word: str, pinyin: str, initials: str) -> tuple[float, How]:
    if word == pinyin:
        return 0.97, "pinyin"
    if word == initials:
        return 0.92, "initials"
    if pinyin.startswith(word) and len(word) >= 3:
        return 0.7 + 0.2 * len(word) / len(pinyin), "pinyin"
    if initials.startswith(word):
        return 0.62 + 0.25 * len(word) / len(initials), "initials"
    if len(word) >= 5 and word in pinyin:
        return 0.5 + 0.3 * len(word) / len(pinyin), "pinyin"
    if len(word) >= 3 and word in initials:
        return 0.42 + 0.3 * len(word) / len(initials), "initials"
    return 0.0, "pinyin"


def _heard(typed: Typed, alike: str, initials: str) -> tuple[float, How]:
    word = typed.alike
    if word == alike:
        return 0.88, "slip"
    if len(word) >= 5 and text.one_edit_apart(word, alike):
        return 0.8, "slip"
    if len(word) >= 6 and word in alike:
        return 0.48 + 0.3 * len(word) / len(alike), "slip"
    if len(alike) >= 5 and alike in word:
        return 0.5 + 0.35 * len(alike) / len(word), "pinyin"
    if len(word) >= 5 and text.one_edit_apart(word, initials):
        return 0.55, "slip"
    if len(word) >= 8:
        return 0.6 * text.likeness(typed.trigrams, alike), "slip"
    return 0.0, "pinyin"


def english(typed: Typed, mask: int, size: int) -> Nearness:
    """English words against an English phrase of `size` stems that has the units of `mask`."""
    if not mask or not size:
        return _NOTHING
    matched = mask.bit_count()
    how: How = "slip" if typed.mended else "words"
    if mask == typed.full and matched == size:
        return 0.95, "slip" if typed.mended else "exact", mask
    return 0.9 * (0.75 * typed.covered(mask) + 0.25 * matched / size), how, mask
