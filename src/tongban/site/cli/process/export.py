"""`tongban process export`: a diagram written again with everything that is in it."""

from __future__ import annotations

import argparse
from pathlib import Path

from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.process.check import read_file
from tongban.site.operating.telling import Fault, say


def add(process: Group) -> None:
    """Add the command."""
    made = process.add(
        "export",
        run,
        "write a BPMN diagram again: every node, flow, lane, shape, id and foreign extension",
        "Writes UTF-8 and proves, by comparing both files, that nothing was lost. Exit 0: written; 1: no BPMN.",
    )
    made.add_argument("file", metavar="FILE.bpmn", help="the diagram")
    made.add_argument("-o", "--output", metavar="OUT.bpmn", required=True, help="where to write it")
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban process export`. Needs no database."""
    import django

    django.setup()
    from tongban.contexts.process.core import bpmn

    document = bpmn.read_tree(read_file(given.file))
    if document.root.space != bpmn.BPMN or document.root.tag != "definitions":
        raise bpmn.RouteOutsideSubset(document.root.written, document.root.line)
    before = bpmn.inventory(document)
    written = bpmn.write_tree(document)
    after = bpmn.inventory(bpmn.read_tree(written))
    try:
        Path(given.output).write_bytes(written)
    except OSError as error:
        raise Fault(f"{given.output}: {error.strerror}") from None
    answer = {"ok": before == after, "file": given.output, "bytes": len(written), **after.counts()}
    if given.json:
        common.print_json(answer)
    else:
        say(", ".join(f"{count} {name}" for name, count in after.counts().items()))
    return 0 if before == after else 1
