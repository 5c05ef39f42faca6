"""`tongban catalogue search`: what a citizen's words find, and why."""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.operating import ready

if TYPE_CHECKING:
    from tongban.contexts.catalogue.core.items import Item
    from tongban.contexts.catalogue.core.search import Hit, Index


def add(catalogue: Group) -> None:
    """Add the command."""
    made = catalogue.add(
        "search",
        run,
        "find items by a citizen's words: everyday phrases, pinyin, initials, slips, English",
        "Searches the files of the catalogue; with --in-force or --data what the installation has published.\n"
        "`why` names the phrases of the item that met the words, and how. Nothing found is an empty list and exit 0.",
    )
    made.add_argument("query", nargs="+", metavar="QUERY", help="the words, as people say them")
    made.add_argument("--limit", type=_count, default=20, metavar="N", help="at most so many items (default: 20)")
    with_source(made)
    common.with_json(made)


def with_source(made: argparse.ArgumentParser) -> None:
    """Add the choice of what is searched."""
    made.add_argument("--catalogue", dest="path", metavar="PATH", help="the folder with items/ (default: ours)")
    made.add_argument("--in-force", action="store_true", help="what the installation has published, not the files")


def _count(given: str) -> int:
    if not given.isdecimal() or not 1 <= int(given) <= 500:
        raise argparse.ArgumentTypeError(f"{given!r} is no number from 1 to 500")
    return int(given)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban catalogue search`. Needs a database only for --in-force."""
    _, index = source(given)
    from tongban.contexts.catalogue.core import search

    found = search.search(index, " ".join(given.query), language="zh-hans", limit=given.limit)
    if given.json:
        common.print_json([as_row(hit) for hit in found.hits])
        return 0
    for hit in found.hits:
        first, name = hit.reasons[0], hit.item.name.zh
        wide = sum(unicodedata.east_asian_width(character) in "WF" for character in name)
        space = " " * max(0, 52 - len(name) - wide)
        print(f"{hit.score:6.3f}  {hit.item.code:14}  {name}{space}  {first.how}: {first.matched}")
    if not found.hits:
        print(f"nothing found; nearby: {', '.join(found.suggestions) or 'nothing'}")
    return 0


def source(given: argparse.Namespace) -> tuple[Sequence[Item], Index]:
    """The items that are searched and their index. Refuses `NoCatalogueThere`."""
    if given.in_force or given.data:
        ready.ready()
        from tongban.contexts.catalogue import queries
        from tongban.contexts.catalogue.core import search

        items = queries.items()
        return items, search.build(items, queries.synonyms(), queries.beside().packages)
    import django

    django.setup()
    from tongban.contexts.catalogue import actions
    from tongban.contexts.catalogue.core import search
    from tongban.contexts.catalogue.core.folder import read_files

    folder = read_files(actions.read_folder(common.folder(given)))
    common.note_unread(folder.findings)
    listed = tuple(folder.items[code] for code in sorted(folder.items))
    return listed, search.build(listed, folder.synonyms, folder.beside.packages)


def as_row(hit: Hit) -> dict[str, Any]:
    """One item found, as JSON."""
    why = [{"kind": one.kind, "how": one.how, "matched": one.matched} for one in hit.reasons]
    item = hit.item
    names = {"name": item.name.zh, "name_en": item.name.en}
    return {"id": item.code, "code": item.code, **names, "score": hit.score, "why": why}
