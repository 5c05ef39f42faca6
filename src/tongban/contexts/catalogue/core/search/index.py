"""The index: every phrase an item may be called by, and for every gram of a phrase the phrases that have it."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import text
from tongban.contexts.catalogue.core.synonyms import Synonyms

Kind = Literal["code", "name", "word", "synonym", "result", "summary"]

#: How much a phrase of each kind speaks for its item.
WEIGHT: dict[Kind, float] = {"code": 1.0, "name": 1.0, "word": 0.95, "synonym": 0.93, "result": 0.8, "summary": 0.35}
#: A synonym's later items are less likely meant than its first.
_LATER = 0.06
_PARENTHESIS = re.compile(r"[（(]([^（）()]*)[）)]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of one item, in the forms it is compared in."""

    item: int  # position in Index.items
    kind: Kind
    shown: str
    weight: float
    squeezed: str
    chinese: bool
    pinyin: str  # Chinese phrases only
    initials: str
    grams: frozenset[str]  # bigrams and segments (Chinese), word stems (English)


@dataclass(frozen=True)
class Index:
    """Made by `build`; never changed."""

    items: tuple[Item, ...]
    phrases: tuple[Phrase, ...]
    postings: dict[str, tuple[int, ...]]  # gram with its prefix -> positions in `phrases`
    words: dict[str, tuple[str, ...]]  # trigram -> English stems that have it
    prefixes: tuple[tuple[str, int], ...]  # every spelling, sorted, with its phrase
    ignore: tuple[str, ...]

    def rarity(self, gram: str) -> float:
        """How much a gram tells: 0 for one that every phrase has."""
        found = len(self.postings.get(gram, ()))
        return math.log(1 + len(self.phrases) / found) if found else 0.0


def build(items: Sequence[Item], synonyms: Synonyms) -> Index:
    """Index `items`; synonyms for items not among them are left out."""
    phrases = tuple(_phrases(items, synonyms))
    postings: dict[str, list[int]] = defaultdict(list)
    words: dict[str, dict[str, None]] = defaultdict(dict)
    spellings: list[tuple[str, int]] = []
    for at, phrase in enumerate(phrases):
        for gram in _posted(phrase):
            postings[gram].append(at)
        if not phrase.chinese:
            for stem in phrase.grams:
                for trigram in text.trigrams(stem):
                    words[trigram][stem] = None
        if phrase.kind != "summary":
            spellings.extend((form, at) for form in {phrase.squeezed, phrase.pinyin, phrase.initials} if form)
    return Index(
        tuple(items),
        phrases,
        {gram: tuple(found) for gram, found in postings.items()},
        {trigram: tuple(stems) for trigram, stems in words.items()},
        tuple(sorted(spellings)),
        tuple(sorted((text.plain(word) for word in synonyms.ignore), key=len, reverse=True)),
    )


def _posted(phrase: Phrase) -> Iterator[str]:
    yield from (f"w:{gram}" for gram in phrase.grams)
    if phrase.kind != "summary":
        yield from (f"p:{gram}" for gram in text.trigrams(phrase.pinyin or phrase.squeezed))
        yield from (f"i:{gram}" for gram in _pairs(phrase.initials))


def _pairs(initials: str) -> Iterable[str]:
    return dict.fromkeys(initials[at : at + 2] for at in range(len(initials) - 1))


def _phrases(items: Sequence[Item], synonyms: Synonyms) -> Iterator[Phrase]:
    positions = {item.code: at for at, item in enumerate(items)}
    for at, item in enumerate(items):
        yield _phrase(at, "code", item.code)
        for name in (item.name.zh, item.name.en):
            yield _phrase(at, "name", name)
            short = _PARENTHESIS.sub("", name)
            if text.squeeze(short) != text.squeeze(name):
                yield _phrase(at, "name", short)
        for word in item.words:
            yield _phrase(at, "word", word)
        for result in (item.result.name.zh, item.result.name.en):
            yield _phrase(at, "result", result)
        for summary in (item.short.zh, item.short.en):
            yield _phrase(at, "summary", summary)
    for phrase in synonyms.phrases:
        known = [positions[code] for code in phrase.items if code in positions]
        for rank, at in enumerate(known):
            for said in phrase.say:
                yield _phrase(at, "synonym", said, later=rank)


def _phrase(item: int, kind: Kind, shown: str, later: int = 0) -> Phrase:
    squeezed = text.squeeze(shown)
    chinese = text.is_chinese(squeezed)
    spelled = chinese and kind != "summary"
    grams = (*text.bigrams(shown), *text.segments(shown)) if chinese else text.english(shown)
    return Phrase(
        item,
        kind,
        shown,
        WEIGHT[kind] - _LATER * min(later, 5),
        squeezed,
        chinese,
        text.pinyin(shown) if spelled else "",
        text.initials(shown) if spelled else "",
        frozenset(grams),
    )
