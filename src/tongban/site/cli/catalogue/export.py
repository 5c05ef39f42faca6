"""`tongban catalogue export`: the items of the city in their own format and in those of others."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common, files
from tongban.site.cli.language import in_operator_language
from tongban.site.operating import ready

if TYPE_CHECKING:
    from tongban.contexts.catalogue.core.exports import City, Handed

#: As `core.exports.FORMATS`, which a command line must not import before it is needed.
FORMATS = ("yaml", "exchange", "hsds", "cpsv-ap")


def add(catalogue: Group) -> None:
    """Add the command."""
    made = catalogue.add(
        "export",
        run,
        "write the catalogue as YAML, national exchange tables, Open Referral HSDS or CPSV-AP linked data",
        "yaml: the folder that `catalogue load` reads, nothing lost. exchange: one CSV a national table. hsds: JSON\n"
        "arrays. cpsv-ap: Turtle and JSON-LD. Without --from: what is in force. Files of the same name are replaced.",
    )
    made.add_argument("folder", metavar="DIR", help="the folder to write, made where it lacks")
    made.add_argument("--as", dest="format", choices=FORMATS, required=True, help="the format")
    made.add_argument("--from", dest="path", metavar="PATH", help="a catalogue folder instead of what is in force")
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban catalogue export`. Needs a database only without --from."""
    if given.path:
        import django

        django.setup()
    else:
        ready.ready(seeded=False)
    from tongban.contexts.catalogue import actions, queries
    from tongban.contexts.catalogue.core.exports import FORMATS as MAKERS
    from tongban.foundation.time import now

    city, at = _city(), now()
    with in_operator_language():
        try:
            handed = (
                actions.hand_on(Path(given.path), city=city, at=at) if given.path else queries.handed(city=city, at=at)
            )
        except actions.CatalogueRefused as refused:
            return _refused(given, refused)
        written = files.write(given.folder, MAKERS[given.format](handed))
    _tell(given, handed, written)
    return 0


def _city() -> City:
    from django.conf import settings

    from tongban.contexts.catalogue.core.exports import City
    from tongban.contexts.catalogue.core.items import Text

    name = Text(settings.TONGBAN_CITY, settings.TONGBAN_CITY_EN)
    return City(name, settings.TONGBAN_DIVISION, settings.TONGBAN_BASE_URL)


def _refused(given: argparse.Namespace, refused: object) -> int:
    findings = getattr(refused, "findings", ())
    if given.json:
        common.print_json({"findings": common.as_rows(findings), "files": []})
    else:
        common.print_findings(findings)
    return 1


def _tell(given: argparse.Namespace, handed: Handed, written: tuple[str, ...]) -> None:
    if given.json:
        answer = {"format": given.format, "folder": given.folder, "items": len(handed.items), "files": written}
        common.print_json(answer)
    else:
        print(f"{len(handed.items)} items, {len(written)} files written to {given.folder}")
