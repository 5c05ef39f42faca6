"""`tongban catalogue judge`: how good search is, measured with queries whose right answers are known."""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongban.kernel.refusals import N_, Refusal
from tongban.site.cli.base import Group
from tongban.site.cli.catalogue import common
from tongban.site.cli.catalogue.search import source, with_source
from tongban.site.cli.language import in_operator_language

if TYPE_CHECKING:
    from tongban.contexts.catalogue.core.judging import Figures, JudgedFileRefused, Judgement

#: What the report half should reach.
BARS = {"mrr_at_10": 0.85, "success_at_3": 0.92}


class NoJudgedFile(Refusal):
    """The file of judged queries cannot be read."""

    code = "no_judged_file"
    message = N_("读不到 %(path)s。请核对路径。")
    status = 404


def add(catalogue: Group) -> None:
    """Add the command."""
    made = catalogue.add(
        "judge",
        run,
        "measure search with a file of queries and their right answers: MRR@10 and success@3",
        "FILE is YAML, JSON, JSONL or CSV: a list of {query, expect: [codes or names]}, or a mapping of queries to\n"
        "answers; `also` and grades are optional. Every query belongs to the half `tune` or `report` by the digest of\n"
        "its own text. Misses have no right answer among the first three. Exit 1: the file is refused, with its lines.",
    )
    made.add_argument("file", metavar="FILE", nargs="?", help="the queries (default: judged.yaml of the catalogue)")
    with_source(made)
    common.with_json(made)


@common.refusing
def run(given: argparse.Namespace) -> int:
    """`tongban catalogue judge`. Needs a database only for --in-force."""
    items, index = source(given)
    from tongban.contexts.catalogue.core import judging, search

    file = Path(os.path.abspath(given.file)) if given.file else common.folder(given) / "judged.yaml"
    try:
        body = file.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as fault:
        raise NoJudgedFile(path=str(file)) from fault
    try:
        judged = judging.parse_judged(body, file.name, items)
    except judging.JudgedFileRefused as refused:
        return _refused(refused, as_json=given.json)

    def find(query: str) -> list[str]:
        return [hit.item.code for hit in search.search(index, query, language="zh-hans", limit=10).hits]

    judgement = judging.judge(judged, find)
    if given.json:
        common.print_json(as_json(judgement, str(file)))
    else:
        _print(judgement)
    return 0


def _refused(refused: JudgedFileRefused, *, as_json: bool) -> int:
    from django.utils.translation import gettext

    with in_operator_language():
        rows = common.as_rows(refused.findings)
        if as_json:
            message = gettext(refused.message) % {**refused.params, "reason": rows[0]["message"]}
            common.print_json({"refused": {"code": refused.code, "message": message}, "findings": rows})
        for finding, row in zip(refused.findings, rows, strict=True) if not as_json else ():
            print(f"{finding.place}: {row['message']}")
    return 1


def as_json(judgement: Judgement, file: str) -> dict[str, Any]:
    """The judgement as JSON: the figures of all queries on top, of each half below, and the misses."""
    halves = {"tune": asdict(judgement.tune), "report": asdict(judgement.report)}
    return (
        {"file": file}
        | asdict(judgement.all)
        | halves
        | {"bars": BARS, "misses": [asdict(m) for m in judgement.misses]}
    )


def _print(judgement: Judgement) -> None:
    def line(name: str, of: Figures) -> str:
        return f"{name:8}{of.queries:8}{of.mrr_at_10:10.3f}{of.success_at_3:12.3f}{of.ndcg_at_10:10.3f}"

    print(f"{'half':8}{'queries':>8}{'MRR@10':>10}{'success@3':>12}{'nDCG@10':>10}")
    for name in ("tune", "report", "all"):
        print(line(name, getattr(judgement, name)))
    for miss in judgement.misses:
        place = f"rank {miss.rank}" if miss.rank else "not found"
        found = ", ".join(miss.found[:5]) or "nothing"
        print(f"miss ({miss.half}, {place}): {miss.query} -> {', '.join(miss.expected)}; found {found}")
