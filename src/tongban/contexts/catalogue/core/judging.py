"""How good search is: queries with their right answers, and the figures of what was found for them.

MRR@10 is the mean of 1/rank of the first right answer among the first ten (0 where there is none); success@3 the share
of queries with a right answer among the first three; nDCG@10 weighs all answers by their grades. Each query belongs to
the half "tune" or "report" by the digest of its own text, unless the file says so itself.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tongban.contexts.catalogue.core import yaml_source
from tongban.contexts.catalogue.core.findings import Finding, Place
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.search import text
from tongban.kernel.refusals import N_, Refusal

Half = Literal["tune", "report"]
RIGHT, ALSO = 2, 1
_DEPTH, _SUCCESS = 10, 3
_QUERY = ("query", "q", "words", "text", "查询")
_EXPECT = ("expect", "expected", "relevant", "answers", "answer", "items", "codes", "item", "code", "name", "期望")
_BETWEEN = re.compile(r"[;；|\n]")


class JudgedFileRefused(Refusal):
    """The file of judged queries is not as it should be; `findings` names every place."""

    code = "judged_file_refused"
    message = N_("%(place)s：%(reason)s（共 %(errors)s 处）")

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0]
        super().__init__(place=str(first.place), reason=first.message % first.params, errors=len(findings))
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Judged:
    """One query and the grade of each right answer by item code: `RIGHT`, or `ALSO` for what nobody would mind."""

    query: str
    grades: Mapping[str, int]
    half: Half
    line: int = 0


@dataclass(frozen=True)
class Miss:
    """A query whose first right answer is not among the first three. `rank` 0: not among the first ten."""

    query: str
    half: Half
    expected: tuple[str, ...]
    found: tuple[str, ...]
    rank: int


@dataclass(frozen=True)
class Figures:
    """What a set of queries came to."""

    queries: int
    mrr_at_10: float
    success_at_3: float
    ndcg_at_10: float


@dataclass(frozen=True)
class Judgement:
    """The figures of both halves and of all, and the misses."""

    tune: Figures
    report: Figures
    all: Figures
    misses: tuple[Miss, ...]


def half_of(query: str) -> Half:
    """The half a query belongs to, for ever: the first bit of the digest of its squeezed text."""
    return "report" if hashlib.sha256(text.squeeze(query).encode()).digest()[0] & 1 else "tune"


def judge(judged: Sequence[Judged], find: Callable[[str], Sequence[str]]) -> Judgement:
    """Ask `find` for the codes of every query, best first, and measure."""
    rows = [(one, tuple(find(one.query))[:_DEPTH]) for one in judged]
    halves = {half: [row for row in rows if row[0].half == half] for half in ("tune", "report")}
    misses = tuple(
        Miss(one.query, one.half, tuple(_right(one)), found, rank)
        for one, found in rows
        if not 0 < (rank := _rank(one, found)) <= _SUCCESS
    )
    return Judgement(_figures(halves["tune"]), _figures(halves["report"]), _figures(rows), misses)


def _right(one: Judged) -> Iterator[str]:
    return (code for code, grade in one.grades.items() if grade >= RIGHT)


def _rank(one: Judged, found: Sequence[str]) -> int:
    return next((at for at, code in enumerate(found, 1) if one.grades.get(code, 0) >= RIGHT), 0)


def _figures(rows: Sequence[tuple[Judged, Sequence[str]]]) -> Figures:
    if not rows:
        return Figures(0, 0.0, 0.0, 0.0)
    ranks = [_rank(one, found) for one, found in rows]
    return Figures(
        len(rows),
        round(sum(1 / rank for rank in ranks if rank) / len(rows), 4),
        round(sum(0 < rank <= _SUCCESS for rank in ranks) / len(rows), 4),
        round(sum(_ndcg(one, found) for one, found in rows) / len(rows), 4),
    )


def _ndcg(one: Judged, found: Sequence[str]) -> float:
    def gain(grades: Sequence[int]) -> float:
        return sum((2.0**grade - 1) / math.log2(at + 1) for at, grade in enumerate(grades, 1))

    ideal = gain(sorted(one.grades.values(), reverse=True)[:_DEPTH])
    return gain([one.grades.get(code, 0) for code in found]) / ideal if ideal else 0.0


# -- reading


@dataclass(frozen=True)
class _Row:
    place: Place
    values: Any


def parse_judged(body: str, file: str, items: Sequence[Item]) -> tuple[Judged, ...]:
    """Read a file of judged queries: YAML, JSON, JSONL or CSV by the end of its name.

    Each has a query and its answers, by code or by name: a list of {query, expect: [...]}, under any of the usual names
    of the two, or a mapping of queries to answers. `also` and grades ({FOOD: 2, SIGN: 1}) are optional. Refuses
    `JudgedFileRefused` naming every fault with its line.
    """
    findings: list[Finding] = []
    names = _names(items)
    judged = [one for row in _rows(body, file, findings) if (one := _judged(row, names, findings)) is not None]
    if not judged and not findings:
        findings.append(_fault(Place(file), N_("文件里没有查询。")))
    seen: dict[str, Judged] = {}
    for one in judged:
        first = seen.setdefault(text.squeeze(one.query) or one.query, one)
        if first is not one:
            findings.append(_fault(Place(file, one.line, "query"), N_("“%(query)s”写了两次。"), query=one.query))
    if findings:
        raise JudgedFileRefused(findings)
    return tuple(judged)


def _fault(place: Place, message: str, **params: object) -> Finding:
    return Finding("judged", "error", place, message, N_("请改正后再试。"), params)


def _names(items: Sequence[Item]) -> dict[str, str]:
    names: dict[str, str] = {}
    for item in items:
        for name in (item.name.zh, item.name.en, item.base_code):
            names.setdefault(text.squeeze(name), item.code)
    return names | {text.squeeze(item.code): item.code for item in items}


def _rows(body: str, file: str, findings: list[Finding]) -> Iterator[_Row]:
    if "\ufffd" in body:
        line = body[: body.index("\ufffd")].count("\n") + 1
        findings.append(_fault(Place(file, line), N_("文件不是 UTF-8 编码。")))
        return
    ending = file.rsplit(".", 1)[-1].lower()
    if ending in ("csv", "tsv"):
        yield from _csv_rows(body, file, findings, "\t" if ending == "tsv" else ",")
    elif ending in ("jsonl", "ndjson"):
        for line, part in enumerate(body.split("\n"), 1):
            if part.strip():
                yield from _json_rows(part, file, findings, line)
    elif ending == "json":
        yield from _json_rows(body, file, findings, 1)
    else:
        document = yaml_source.read(body, file)
        findings += document.findings
        if not document.findings:
            path = "queries" if isinstance(document.data, dict) and "queries" in document.data else ""
            for where, values in _entries(document.data, path):
                yield _Row(document.place(where), values)


def _entries(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The single queries of a list, of a mapping of queries to answers, or of either under "queries"."""
    if isinstance(data, dict) and "queries" in data:
        data = data["queries"]
    if isinstance(data, dict) and not any(name in data for name in _QUERY):
        for query, answers in data.items():
            yield (f"{path}.{query}" if path else query), {"query": query, "expect": answers}
    elif isinstance(data, list):
        for at, values in enumerate(data):
            yield f"{path}[{at}]", values
    else:
        yield path, data


def _json_rows(body: str, file: str, findings: list[Finding], line: int) -> Iterator[_Row]:
    try:
        data = json.loads(body)
    except (json.JSONDecodeError, RecursionError) as fault:
        at = line + (fault.lineno - 1 if isinstance(fault, json.JSONDecodeError) else 0)
        findings.append(_fault(Place(file, at), N_("这不是有效的 JSON。")))
        return
    lines = body.split("\n")
    for where, values in _entries(data):
        query = next((values[name] for name in _QUERY if name in values), "") if isinstance(values, dict) else ""
        quoted = {json.dumps(query), json.dumps(query, ensure_ascii=False)}
        near = next((n for n, text_ in enumerate(lines) if query and any(one in text_ for one in quoted)), 0)
        yield _Row(Place(file, line + near, where), values)


def _csv_rows(body: str, file: str, findings: list[Finding], between: str) -> Iterator[_Row]:
    reader = csv.DictReader(io.StringIO(body.removeprefix("\ufeff")), delimiter=between)
    try:
        columns = [str(name).strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = columns
        if not any(name in columns for name in _QUERY) or not any(name in columns for name in _EXPECT):
            findings.append(_fault(Place(file, 1), N_("第一行应有 query 和 expect 两栏。")))
            return
        for row in reader:
            yield _Row(Place(file, reader.line_num), {key: value for key, value in row.items() if value})
    except csv.Error as fault:
        findings.append(_fault(Place(file, reader.line_num), N_("这不是有效的 CSV：%(reason)s。"), reason=str(fault)))


def _judged(row: _Row, names: Mapping[str, str], findings: list[Finding]) -> Judged | None:
    values, place = row.values, row.place
    if not isinstance(values, dict):
        findings.append(_fault(place, N_("每一条应写明 query 和 expect。")))
        return None
    query = next((values[name] for name in _QUERY if values.get(name)), None)
    expect = next((values[name] for name in _EXPECT if values.get(name)), None)
    if not isinstance(query, str) or not query.strip() or not expect:
        findings.append(_fault(place, N_("每一条应写明 query 和 expect。")))
        return None
    half = values.get("half") or half_of(query)
    if half not in ("tune", "report"):
        findings.append(_fault(place, N_("half 只能是 tune 或 report，不能是“%(half)s”。"), half=half))
        return None
    grades: dict[str, int] = {}
    for answer, grade in (*_answers(expect, RIGHT, names), *_answers(values.get("also"), ALSO, names)):
        code = names.get(text.squeeze(answer))
        if code is None:
            findings.append(_fault(place, N_("没有事项“%(answer)s”。"), answer=answer))
            return None
        grades[code] = max(grade, grades.get(code, 0))
    return Judged(query, grades, half, place.line)


def _answers(given: Any, grade: int, names: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    if isinstance(given, dict):
        for answer, own in given.items():
            yield str(answer), own if isinstance(own, int) else grade
    elif isinstance(given, list):
        for answer in given:
            if isinstance(answer, dict):
                answer = answer.get("code") or answer.get("id") or answer.get("name") or ""
            yield str(answer), grade
    elif given is not None:
        whole = str(given).strip()
        parts = [whole] if text.squeeze(whole) in names else _BETWEEN.split(whole)
        if len(parts) == 1 and text.squeeze(whole) not in names:
            parts = re.split(r"[,，、]|\s+", whole) if not text.is_chinese(whole) else re.split(r"[,，]", whole)
        for part in parts:
            if part.strip():
                yield part.strip(), grade
