"""What search does with words: one spelling, segments, pinyin, and how far two words are apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import rjieba
from pypinyin import Style, lazy_pinyin

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_CHINESE_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff0-9]+")
_ENGLISH = re.compile(r"[a-z0-9]+")
_SEPARATORS = re.compile(r"[^a-z0-9\u3400-\u4dbf\u4e00-\u9fff]+")
_STOP = frozenset(
    [
        *("a", "an", "and", "are", "as", "at", "be", "been", "being", "by", "can", "could", "did", "do"),
        *("does", "don", "for", "from", "get", "getting", "give", "has", "have", "how", "i", "if", "in", "is"),
        *("it", "just", "like", "make", "me", "my", "need", "new", "no", "not", "of", "off", "on", "or"),
        *("our", "out", "please", "s", "should", "so", "t", "that", "the", "their", "there", "this", "to"),
        *("up", "us", "want", "was", "we", "were", "what", "when", "where", "which", "who", "will", "with"),
        *("would", "you", "your"),
    ]
)
_CHINESE_STOP = frozenset(
    [
        *"的了和与及或在是有我想要怎么办理请问去哪里个一吗呢啊吧呀啥被把给到会能可让叫我他她它们这那都也就还又很再",
        *(
            "怎么",
            "什么",
            "怎样",
            "如何",
            "哪里",
            "哪儿",
            "这个",
            "那个",
            "我们",
            "可以",
            "需要",
            "办理",
            "申请",
            "不了",
            "自己",
            "别人",
        ),
    ]
)


def plain(text: str) -> str:
    """Full-width forms folded, lower case, spaces at the ends gone."""
    return unicodedata.normalize("NFKC", text).lower().strip()


def squeeze(text: str) -> str:
    """`plain` without separators and punctuation: how two phrases are compared."""
    return _SEPARATORS.sub("", plain(text))


def is_chinese(text: str) -> bool:
    return _CHINESE.search(text) is not None


def all_chinese(text: str) -> bool:
    return all(map(_CHINESE.match, text))


@lru_cache(maxsize=100_000)
def _spelled(word: str) -> tuple[str, ...]:
    """The syllables of one word; the word decides how a character with two readings is read (银行, 行政)."""
    if word.isascii():
        return tuple(word)
    return tuple(syllable.replace("ü", "v") for syllable in lazy_pinyin(word, style=Style.NORMAL))


def syllables(squeezed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a squeezed text and its syllables; digits and Latin letters are syllables of their own."""
    words = tuple(rjieba.cut(squeezed))
    return words, tuple(syllable for word in words for syllable in _spelled(word))


def pinyin(text: str) -> str:
    """ "食品" -> "shipin"; what is no Chinese character stays."""
    return "".join(syllables(squeeze(text))[1])


def initials(text: str) -> str:
    """ "食品" -> "sp"; digits and Latin letters stay."""
    return "".join(syllable[0] for syllable in syllables(squeeze(text))[1])


_ALIKE = re.compile(r"(?<=[zcs])h|(?<=n)g")


def alike(letters: str) -> str:
    """Pinyin as many hear it: zh is z, ch is c, sh is s, and ng is n."""
    return _ALIKE.sub("", letters)


def segments(text: str) -> tuple[str, ...]:
    """Chinese words and the shorter words within them, each once, words that say nothing left out."""
    found: dict[str, None] = {}
    for run in _CHINESE_RUN.findall(plain(text)):
        for word in rjieba.cut_for_search(run, False):  # words of the dictionary only: guessed ones hide real ones
            if word not in _CHINESE_STOP:
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


def english_words(text: str) -> Iterator[tuple[str, str]]:
    """English words with their stems, each stem once, without the small words."""
    seen: set[str] = set()
    for word in _ENGLISH.findall(plain(text).replace("'s ", " ")):
        if word not in _STOP and (root := stem(word)) not in seen:
            seen.add(root)
            yield root, word


def english(text: str) -> tuple[str, ...]:
    """The stems of the English words, each once, without the small words."""
    return tuple(root for root, _ in english_words(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A light stem, good enough to join licence/license/licences, permit/permits, opening/open, driving/drive."""
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
            word = word[: -len(ending)] + instead
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


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


def two_edits_apart(left: str, right: str) -> bool:
    """True when at most two letters added, lost or changed make one word the other."""
    if abs(len(left) - len(right)) > 2:
        return False
    row = list(range(len(right) + 1))
    for at, letter in enumerate(left, 1):
        before, row[0] = row[0], at
        for to, other in enumerate(right, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (letter != other))
    return row[-1] <= 2


def likeness(grams: tuple[str, ...], letters: str) -> float:
    """Dice's coefficient of the trigrams of some letters and those of `letters`, 0..1."""
    if not grams or not letters:
        return 0.0
    marked = f"^{letters}"
    return min(1.0, 2 * sum(gram in marked for gram in grams) / (len(grams) + len(letters) - 1))
