"""A catalogue folder as values: items, routes, synonyms, papers of others; and all findings of all of it.

items/<CODE>/item.yaml    routes/<id>.bpmn    decisions/<id>.dmn    packages/<ID>.yaml    synonyms.yaml
external.yaml    beside.FILES
"""

from __future__ import annotations

import contextlib
import gc
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import GenericAlias
from typing import Any, Final

import msgspec

from tongban.contexts.catalogue.core import beside, check, source, yaml_source
from tongban.contexts.catalogue.core.beside import NOTHING_BESIDE, Beside, Package
from tongban.contexts.catalogue.core.decisions import DecisionFile, judge_files
from tongban.contexts.catalogue.core.findings import Finding, Place
from tongban.contexts.catalogue.core.graph import build, circles
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.outside import External, Paper
from tongban.contexts.catalogue.core.synonyms import NO_SYNONYMS, Synonyms, parse_synonyms
from tongban.contexts.catalogue.core.yaml_source import Document
from tongban.contexts.process.core.routes import Route
from tongban.contexts.process.core.soundness import publishable
from tongban.kernel.refusals import N_, Refusal

__all__ = ["External", "Files", "Folder", "Paper", "check_files", "read_files"]

_ID: Final = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")


@dataclass(frozen=True)
class Files:
    """The texts of a folder by their paths inside it, as the disk gives them."""

    items: Mapping[str, str]  # "items/FOOD/item.yaml" -> text
    routes: Mapping[str, str]  # "routes/review.bpmn" -> text
    synonyms: str | None = None
    external: str | None = None
    beside: Mapping[str, str] = field(default_factory=dict)  # "organs.yaml" -> text, for every path of beside.FILES
    packages: Mapping[str, str] = field(default_factory=dict)  # "packages/RESTAURANT.yaml" -> text
    decisions: Mapping[str, str] = field(default_factory=dict)  # "decisions/old-card.dmn" -> text


@dataclass
class Folder:
    """What the files say, and every finding. With an error among the findings it must not be loaded."""

    items: dict[str, Item] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)  # code -> what its item.yaml says
    routes: dict[str, tuple[Route, str]] = field(default_factory=dict)  # id -> route, XML
    synonyms: Synonyms = NO_SYNONYMS
    external: External = field(default_factory=lambda: External(()))
    beside: Beside = NOTHING_BESIDE
    decisions: dict[str, DecisionFile] = field(default_factory=dict)  # id -> file
    findings: tuple[Finding, ...] = ()


def check_files(files: Files, today: date, *, keep_sources: bool = True) -> Folder:
    """Read and check a whole folder as of `today` (official date). Never raises for bad input.

    Who only wants the findings of a great city says `keep_sources=False`: `Folder.sources` stays empty then.
    """
    with _no_collecting():
        return _checked(files, today, keep_sources)


def read_files(files: Files) -> Folder:
    """What a folder says, read but not judged: only what is wrong with the form of its files is found. For those who
    look something up in it; what cannot be read is left out."""
    with _no_collecting():
        folder, _documents, findings = _read(files, keep_sources=False)
        _read_synonyms(files, folder, findings)
        folder.findings = tuple(findings)
        return folder


def _read(files: Files, *, keep_sources: bool) -> tuple[Folder, dict[str, Document], list[Finding]]:
    folder = Folder()
    findings: list[Finding] = []
    _read_routes(files, folder, findings)
    folder.decisions, wrong = judge_files(files.decisions)
    findings += wrong
    documents = _read_items(files, folder, findings, keep_sources)
    _read_external(files, folder, findings)
    documents |= _read_beside(files, folder, findings)
    return folder, documents, findings


def _checked(files: Files, today: date, keep_sources: bool) -> Folder:
    folder, documents, findings = _read(files, keep_sources=keep_sources)
    around = check.Surroundings(
        today,
        folder.items,
        {key: route for key, (route, _) in folder.routes.items()},
        frozenset(paper.code for paper in folder.external.papers),
        frozenset(folder.external.agencies),
        folder.beside,
        tuple(circle.items for circle in circles(build(folder.items.values(), folder.external.papers))),
        {key: file.decisions for key, file in folder.decisions.items()},
    )
    for code, item in folder.items.items():
        findings += check.check_item(item, documents[code], around)
    findings += check.check_folder(documents, around)
    _read_synonyms(files, folder, findings)
    folder.findings = tuple(sorted(findings, key=lambda one: (one.place.file, one.place.line, one.rule)))
    return folder


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing read here refers to itself, yet the collector walks all of it again and again: a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_routes(files: Files, folder: Folder, findings: list[Finding]) -> None:
    for path, text in files.routes.items():
        key = path.rsplit("/", 1)[-1].removesuffix(".bpmn")
        try:
            folder.routes[key] = (publishable(text.encode()), text)
        except Refusal as refusal:
            line = refusal.params.get("line", 0)
            place = Place(path, line if isinstance(line, int) else 0)
            findings.append(
                Finding("route", "error", place, refusal.message, N_("请在建模工具里改正。"), refusal.params)
            )


def _read_items(files: Files, folder: Folder, findings: list[Finding], keep_sources: bool) -> dict[str, Document]:
    documents: dict[str, Document] = {}
    for path, text in sorted(files.items.items()):
        parsed = source.parse_item(text, path)
        findings += parsed.findings
        if parsed.item is None:
            continue
        item, document = parsed.item, parsed.document
        if path.split("/")[-2] != item.code:
            document.findings.clear()
            document.complain("code", N_("代号 %(item)s 与文件夹的名字不同。"), N_("请改正其中一个。"), item=item.code)
            findings += document.findings
        if item.code in folder.items:
            first = documents[item.code].file
            document.findings.clear()
            document.complain(
                "code",
                N_("代号 %(item)s 已在 %(file)s 用过。"),
                N_("一个代号只能有一个事项。"),
                item=item.code,
                file=first,
            )
            findings += document.findings
            continue
        folder.items[item.code] = item
        if keep_sources:
            folder.sources[item.code] = document.data
        document.data = None  # the item holds it
        documents[item.code] = document
    if not files.items:
        findings.append(
            Finding("source", "error", Place("items"), N_("这里没有事项。"), N_("请指向有 items 文件夹的目录。"))
        )
    return documents


def _read_external(files: Files, folder: Folder, findings: list[Finding]) -> None:
    if files.external is None:
        return
    document = yaml_source.read(files.external, "external.yaml")
    if not document.findings:
        source.check_shape(document, External)
    if not document.findings:
        folder.external = msgspec.convert(document.data, External)
        for index, paper in enumerate(folder.external.papers):
            if paper.code in folder.items:
                document.complain(
                    f"papers[{index}].code", N_("%(item)s 已在事项清单里。"), N_("请从这里删除。"), item=paper.code
                )
    findings += document.findings


def _read_beside(files: Files, folder: Folder, findings: list[Finding]) -> dict[str, Document]:
    """The files of `beside.FILES`, each a list of lines of one shape, and the packages; documents by their paths."""
    documents: dict[str, Document] = {}
    parts: dict[str, Any] = {}
    for name, (path, shape) in beside.FILES.items():
        if path in files.beside:
            found = _lines(documents, path, files.beside[path], GenericAlias(tuple, (shape, ...)), findings)
            parts[name] = found or ()
    packages: list[Package] = []
    for path, text in sorted(files.packages.items()):
        package = _lines(documents, path, text, Package, findings)
        if package is not None:
            _named_as_its_file(package, documents[path], findings)
            packages.append(package)
            documents[f"package {package.id}"] = documents[path]
    folder.beside = Beside(**parts, packages=tuple(packages))
    return documents


def _named_as_its_file(package: Package, document: Document, findings: list[Finding]) -> None:
    """The id is part of addresses and of the name of the file that an export writes."""
    if not _ID.fullmatch(package.id) or document.file != f"packages/{package.id}.yaml":
        message = N_("一件事的代号 %(item)s 与文件的名字不同，或不只有大写字母、数字和连字符。")
        document.complain("id", message, N_("请改正其中一个。"), item=package.id)
        findings += document.findings


def _lines(documents: dict[str, Document], path: str, text: str, shape: Any, findings: list[Finding]) -> Any:
    document = documents[path] = yaml_source.read(text, path)
    if not document.findings:
        source.check_shape(document, shape)
    findings += document.findings
    return None if document.findings else msgspec.convert(document.data, shape)


def _read_synonyms(files: Files, folder: Folder, findings: list[Finding]) -> None:
    if files.synonyms is None:
        return
    folder.synonyms, document = parse_synonyms(files.synonyms, "synonyms.yaml")
    for index, phrase in enumerate(folder.synonyms.phrases):
        for number, code in enumerate(phrase.items):
            if code not in folder.items:
                place = document.place(f"phrases[{index}].items[{number}]")
                findings.append(
                    Finding("reference", "error", place, N_("没有事项 %(item)s。"), N_("请改正代号。"), {"item": code})
                )
    findings += document.findings
