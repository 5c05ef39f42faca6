"""What search does with words: one spelling, segments, pinyin, and how far two words are apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import rjieba
from pypinyin import Style, lazy_pinyin

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_CHINESE_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff0-9]+")
_ENGLISH = re.compile(r"[a-z0-9]+")
_SEPARATORS = re.compile(r"[^a-z0-9\u3400-\u4dbf\u4e00-\u9fff]+")
_STOP = frozenset(
    [
        *("a", "an", "and", "at", "by", "for", "from", "get", "how", "i", "in", "is", "it"),
        *("my", "need", "new", "of", "on", "or", "the", "to", "want", "with"),
    ]
)
_CHINESE_STOP = frozenset("的了和与及或在是有我想要怎么办理办请问去哪里个一")


def plain(text: str) -> str:
    """Full-width forms folded, lower case, spaces at the ends gone."""
    return unicodedata.normalize("NFKC", text).lower().strip()


def squeeze(text: str) -> str:
    """`plain` without separators and punctuation: how two phrases are compared."""
    return _SEPARATORS.sub("", plain(text))


def is_chinese(text: str) -> bool:
    return _CHINESE.search(text) is not None


@lru_cache(maxsize=20_000)
def pinyin(text: str) -> str:
    """ "食品" -> "shipin"; what is no Chinese character stays."""
    return "".join(lazy_pinyin(squeeze(text), style=Style.NORMAL))


@lru_cache(maxsize=20_000)
def initials(text: str) -> str:
    """ "食品" -> "sp"; digits and Latin letters stay."""
    return "".join(
        syllable[0] if is_chinese(character) else character
        for character in squeeze(text)
        for syllable in lazy_pinyin(character, style=Style.NORMAL)
    )


def segments(text: str) -> tuple[str, ...]:
    """Chinese words of two characters and more, each once, words that say nothing left out."""
    found: dict[str, None] = {}
    for run in _CHINESE_RUN.findall(plain(text)):
        for word in rjieba.cut_for_search(run):
            if len(word) > 1 or word not in _CHINESE_STOP:
                found[word] = None
    return tuple(found)


def bigrams(text: str) -> tuple[str, ...]:
    """Neighbouring characters of the squeezed text, each pair once."""
    squeezed = squeeze(text)
    return tuple(dict.fromkeys(squeezed[at : at + 2] for at in range(max(len(squeezed) - 1, 0))))


def trigrams(text: str) -> tuple[str, ...]:
    """Three neighbouring letters, with the start marked, each once: "cat" -> "^ca", "cat"."""
    marked = f"^{text}"
    return tuple(dict.fromkeys(marked[at : at + 3] for at in range(max(len(marked) - 2, 1))))


def english(text: str) -> tuple[str, ...]:
    """English words by their stems, each once, without the small ones."""
    words = (stem(word) for word in _ENGLISH.findall(plain(text).replace("'s", "")) if word not in _STOP)
    return tuple(dict.fromkeys(words))


def stem(word: str) -> str:
    """A light stem, good enough to join licence/license/licences, permit/permits, opening/open."""
    word = word.replace("license", "licence").replace("center", "centre")
    for ending, instead, shortest in (
        ("ies", "y", 5),
        ("ied", "y", 5),
        ("ing", "", 6),
        ("ation", "at", 8),
        ("ed", "", 6),
        ("es", "e", 5),
        ("s", "", 4),
    ):
        if len(word) >= shortest and word.endswith(ending) and not word.endswith("ss"):
            return word[: -len(ending)] + instead
    return word


def one_edit_apart(left: str, right: str) -> bool:
    """True when one letter added, lost, changed or swapped with its neighbour makes one word the other."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    if len(left) > len(right):
        left, right = right, left
    at = next((index for index, letter in enumerate(left) if letter != right[index]), len(left))
    if len(left) == len(right):
        swapped = left[:at] + left[at : at + 2][::-1] + left[at + 2 :]
        return left[at + 1 :] == right[at + 1 :] or swapped == right
    return left[at:] == right[at + 1 :]


def likeness(left: tuple[str, ...], right: frozenset[str]) -> float:
    """Dice's coefficient of two sets of grams, 0..1."""
    if not left or not right:
        return 0.0
    return 2 * sum(gram in right for gram in left) / (len(left) + len(right))
