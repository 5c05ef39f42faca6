"""Finding items for a citizen's words: what is shown, why, and what to offer where nothing is found."""

from __future__ import annotations

from dataclasses import dataclass

from tongban.contexts.catalogue.core.beside import Package
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import text, typed
from tongban.contexts.catalogue.core.search.facets import Choices, Facet, count, fits
from tongban.contexts.catalogue.core.search.index import Index
from tongban.contexts.catalogue.core.search.rank import NEARBY, Ranked, Reason, rank
from tongban.contexts.catalogue.core.search.typed import Typed

#: Below this an entry is not shown.
ENOUGH = 0.30
#: An entry must be about half as good as the best one to stand beside it.
_BESIDE_THE_BEST = 0.5
#: A package stands beside the items only when the words mean it.
_PACKAGE = 0.8
#: Better than this and the words were not mistyped.
_SURE = 0.75
#: So many items are counted and narrowed; who finds more should say more.
_FOUND, _PACKAGES, _SUGGESTED = 500, 2, 5


@dataclass(frozen=True)
class Hit:
    """One item found. `score`: the more the better, comparable within one result only."""

    item: Item
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class PackageHit:
    """One thing done once (一件事) that the words mean."""

    package: Package
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class SearchResult:
    """`hits` are the first of `count` items found that fit what was chosen, `every` how many there are without choices.

    `understood` says how mistyped words were read, None where they were read as written; `suggestions` are nearby words
    for when nothing was found, and `nearby` the items they come from; `facets` count what narrows further.
    """

    hits: tuple[Hit, ...]
    understood: str | None
    suggestions: tuple[str, ...]
    packages: tuple[PackageHit, ...] = ()
    nearby: tuple[Item, ...] = ()
    count: int = 0
    every: int = 0
    facets: tuple[Facet, ...] = ()


_NOTHING = SearchResult((), None, ())


def search(
    index: Index,
    words: str,
    *,
    language: str,
    serves: int | None = None,
    limit: int = 20,
    chosen: Choices | None = None,
    literally: bool = False,
) -> SearchResult:
    """Rank the items of `index` for `words`, narrowed by what is `chosen`. Nothing typed finds nothing.

    Facets are counted where `chosen` is given, be it empty. `literally`: the words are not mended.
    """
    asked = typed.read(index, words, literally=literally)
    if not asked.squeezed:
        return _NOTHING
    ranked = rank(index, asked)
    if asked.chinese and not literally and ranked.best < _SURE:
        again = typed.mend(index, asked)
        better = rank(index, again) if again else ranked
        if again and better.best > ranked.best:
            asked, ranked = again, better
    return _result(index, asked, ranked, language, serves, limit, chosen)


def _result(
    index: Index,
    asked: Typed,
    ranked: Ranked,
    language: str,
    serves: int | None,
    limit: int,
    chosen: Choices | None,
) -> SearchResult:
    least, items = max(ENOUGH, ranked.best * _BESIDE_THE_BEST), len(index.items)
    lot = list(zip(ranked.entries, ranked.scores, strict=True))
    found = [
        (at, score)
        for at, score in lot
        if at < items and score >= least and (serves is None or serves in index.items[at].serves)
    ][:_FOUND]
    packages = tuple(
        PackageHit(index.packages[at - items], round(score, 4), ranked.reasons(index, at))
        for at, score in lot
        if at >= items and score >= max(least, _PACKAGE * ranked.best)
    )[:_PACKAGES]
    if not found and not packages:
        nearby = tuple(
            at
            for at, score in lot
            if at < items and score >= NEARBY and (serves is None or serves in index.items[at].serves)
        )[:_SUGGESTED]
        said = (_said(ranked.reasons(index, at)[0], index.items[at], language) for at in nearby)
        return SearchResult((), None, tuple(dict.fromkeys(said)), (), tuple(index.items[at] for at in nearby))
    kept = [(at, score) for at, score in found if not chosen or fits(index.items[at], chosen)]
    return SearchResult(
        tuple(Hit(index.items[at], round(score, 4), ranked.reasons(index, at)) for at, score in kept[:limit]),
        _understood(index, asked, ranked, language),
        (),
        packages,
        (),
        len(kept),
        len(found),
        count([index.items[at] for at, _ in found], chosen) if chosen is not None else (),
    )


def _said(reason: Reason, item: Item, language: str) -> str:
    """The nearby words themselves; the name where they are a sentence, a code or in another language than the page."""
    if reason.kind in ("summary", "code") or text.is_chinese(reason.matched) == language.startswith("en"):
        return item.name.in_language(language)
    return reason.matched


def _understood(index: Index, asked: Typed, ranked: Ranked, language: str) -> str | None:
    """How mistyped words were read, in the language of the page."""
    first = ranked.entries[0]
    reason = ranked.reasons(index, first)[0]
    if not asked.mended and reason.how not in ("sound", "slip"):
        return None
    matched = asked.mended or reason.matched
    if language.startswith("en") and text.is_chinese(matched):
        named = index.items[first] if first < len(index.items) else index.packages[first - len(index.items)]
        return named.name.en
    return matched
