"""The decision files of a catalogue: read with their imports, judged, and which of them an item rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from tongban.contexts.catalogue.core.findings import Finding, Place, Severity
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.tables import key_of
from tongban.contexts.catalogue.core.versions import digest
from tongban.contexts.process.core.dmn.analysis import TableFinding, analysed
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.contexts.process.core.dmn.model import Model
from tongban.contexts.process.core.dmn.reader import read_model
from tongban.contexts.process.core.routes import Route
from tongban.kernel.refusals import N_, Refusal

_KEY: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_UNKNOWN: Final = re.compile("“(.+)” is not known here")
_ANY_MOMENT: Final = datetime(2026, 1, 1, tzinfo=UTC)
_ADVICE: Final = N_("请在决策表编辑器里改正。")


@dataclass(frozen=True)
class DecisionFile:
    """One file: its text under its digest, the compiled model, and the keys of the files it imports, all of them."""

    key: str
    text: str
    digest: str
    decisions: Decisions
    imports: tuple[str, ...] = ()


class Shelf:
    """What was read and compiled before, by digest: a process compiles each file once for each set of its imports."""

    def __init__(self) -> None:
        self._models: dict[str, Model] = {}
        self._compiled: dict[tuple[str, ...], Decisions] = {}

    def read(self, texts: Mapping[str, str]) -> tuple[dict[str, DecisionFile], dict[str, Refusal]]:
        """Every file of `texts` (key -> XML) compiled with those it imports; and why one cannot be read at all.

        What is wrong inside a model stands in `DecisionFile.decisions.problems`, unknown imports too.
        """
        models: dict[str, Model] = {}
        refused: dict[str, Refusal] = {}
        digests = {key: digest(text.encode()) for key, text in texts.items()}
        for key, text in texts.items():
            try:
                models[key] = self._model(text, digests[key])
            except Refusal as refusal:
                refused[key] = refusal
        homes = {model.namespace: key for key, model in reversed(models.items()) if model.namespace}
        files = {}
        for key in models:
            needed = tuple(sorted(_imports(key, models, homes)))
            compiled = self._decisions(key, needed, models, digests)
            files[key] = DecisionFile(key, texts[key], digests[key], compiled, needed)
        return files, refused

    def _model(self, text: str, made: str) -> Model:
        if made not in self._models:
            self._models[made] = read_model(text)
        return self._models[made]

    def _decisions(
        self, key: str, needed: tuple[str, ...], models: Mapping[str, Model], digests: Mapping[str, str]
    ) -> Decisions:
        mark = tuple(digests[one] for one in (key, *needed))
        if mark not in self._compiled:
            self._compiled[mark] = Decisions(models[key], [models[one] for one in needed], mark[0])
        return self._compiled[mark]


def _imports(key: str, models: Mapping[str, Model], homes: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    todo = [key]
    while todo:
        for one in models[todo.pop()].imports:
            home = homes.get(one.namespace)
            if home is not None and home != key and home not in found:
                found.add(home)
                todo.append(home)
    return found


def judge_files(files: Mapping[str, str]) -> tuple[dict[str, DecisionFile], tuple[Finding, ...]]:
    """The decision files of a folder (path -> text) by key, and every finding: what cannot be read, gaps, overlaps."""
    texts = {path.rsplit("/", 1)[-1].removesuffix(".dmn"): text for path, text in files.items()}
    paths = {path.rsplit("/", 1)[-1].removesuffix(".dmn"): path for path in files}
    found, refused = Shelf().read(texts)
    findings = [_of_refusal(refusal, paths[key]) for key, refusal in refused.items()]
    spaces: dict[str, str] = {}
    for key, file in found.items():
        place = Place(paths[key])
        if not _KEY.fullmatch(key):
            message = N_("决策文件的名字“%(key)s”只能用小写字母、数字和连字符。")
            findings.append(Finding("table", "error", place, message, N_("请改名。"), {"key": key}))
        space = file.decisions.part.model.namespace
        if space and space in spaces:
            message, params = N_("命名空间与 %(key)s 的相同，引用时分不清。"), {"key": spaces[space]}
            findings.append(Finding("table", "error", place, message, N_("请换一个 namespace。"), params))
        spaces.setdefault(space, key)
        findings += judge(file, paths[key])
    return found, tuple(findings)


def judge(file: DecisionFile, path: str) -> tuple[Finding, ...]:
    """Every finding of one file: cells that do not parse, unknown imports, overlaps and gaps, by line."""
    findings = [_of_table(one, path) for one in analysed(file.decisions)]
    if not findings:
        findings += _unknown_names(file.decisions, path)
    if not file.decisions.names:
        message = N_("文件里没有决策。")
        findings.append(Finding("table", "error", Place(path), message, _ADVICE))
    return tuple(findings)


def _unknown_names(decisions: Decisions, path: str) -> list[Finding]:
    """Names in expressions that nothing defines: asked without any answer, a decision notes each that it comes to."""
    found = {}
    for name in decisions.names:
        for note in decisions.decide(name, {}, now=_ANY_MOMENT).notes:
            matched = _UNKNOWN.match(note)
            if matched:
                line = decisions.node(name).element.line
                message = N_("决策“%(name)s”用到了没有定义的名称“%(word)s”。")
                params = {"name": name, "word": matched[1]}
                found[name, matched[1]] = Finding("table", "error", Place(path, line), message, _ADVICE, params)
    return list(found.values())


def _of_refusal(refusal: Refusal, path: str) -> Finding:
    line = refusal.params.get("line", 0)
    place = Place(path, line if isinstance(line, int) else 0)
    return Finding("table", "error", place, refusal.message, _ADVICE, refusal.params)


def _of_table(one: TableFinding, path: str) -> Finding:
    place = Place(path, one.line)
    if one.refusal is not None:
        severity: Severity = "warning" if one.severity == "warning" else "error"
        return Finding("table", severity, place, one.refusal.message, _ADVICE, one.refusal.params)
    if one.kind == "unfinished":
        message = N_("决策表“%(table)s”太大，没有把全部组合查完。")
        return Finding("table", "warning", place, message, N_("请把它拆成几张表。"), {"table": one.table})
    message = N_("决策表“%(table)s”第%(column)s列有要计算的单元格，查不出重叠和空白。")
    params = {"table": one.table, "column": one.column}
    return Finding("table", "warning", place, message, N_("请用试算逐条核对。"), params)


def references(item: Item, route: Route | None) -> Iterator[tuple[str, str]]:
    """Where an item names a table, as (path of the element, reference); rule tasks as of "handling.route"."""
    if item.fee.table:
        yield "fee.table", item.fee.table
    for index, one in enumerate(item.discretion):
        if one.table:
            yield f"discretion[{index}].table", one.table
    if item.handling is None:
        return
    for name in ("eligibility", "instant"):
        if reference := getattr(item.handling, name):
            yield f"handling.{name}", reference
    for node in route.nodes.values() if route else ():
        if node.kind == "rule" and node.decision:
            yield "handling.route", node.decision


def pinned(item: Item, route: Route | None, files: Mapping[str, DecisionFile]) -> dict[str, str]:
    """Key -> digest of every file that a version of `item` rests on: those it names, and what these import."""
    named = (key_of(reference) for _, reference in references(item, route))
    return digests(named, files)


def digests(keys: Iterable[str], files: Mapping[str, DecisionFile]) -> dict[str, str]:
    """Key -> digest of these files and of all they import; keys that no file has are left out."""
    wanted = {key for key in keys if key in files}
    wanted |= {one for key in wanted for one in files[key].imports}
    return {key: files[key].digest for key in sorted(wanted)}
