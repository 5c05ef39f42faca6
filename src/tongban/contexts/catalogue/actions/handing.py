"""Folders as values: to export one without a database, and to compare two of them, or one with what is published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from types import GenericAlias
from typing import Any, Final

import msgspec

from tongban.contexts.catalogue import queries
from tongban.contexts.catalogue.actions.loading import CatalogueRefused, NoCatalogueThere, read_folder
from tongban.contexts.catalogue.core import beside, comparing, source, yaml_source
from tongban.contexts.catalogue.core.beside import Package
from tongban.contexts.catalogue.core.comparing import Different, Side
from tongban.contexts.catalogue.core.exports import City, Handed
from tongban.contexts.catalogue.core.exports.as_yaml import item_source, said
from tongban.contexts.catalogue.core.findings import Finding, errors
from tongban.contexts.catalogue.core.folder import External, check_files
from tongban.contexts.catalogue.core.synonyms import Synonyms
from tongban.kernel.clock import CHINA


def hand_on(path: Path, *, city: City, at: datetime) -> Handed:
    """The catalogue folder at `path` as a value to export. Reads no table.

    Refuses `NoCatalogueThere`, and `CatalogueRefused` where a file can't be read: an export must lack nothing. What
    breaks other rules is exported as it stands.
    """
    files = read_folder(path)
    folder = check_files(files, at.astimezone(CHINA).date())
    unreadable = tuple(one for one in errors(folder.findings) if one.rule in ("source", "route", "table"))
    if unreadable or len(folder.items) != len(files.items):
        raise CatalogueRefused(unreadable or errors(folder.findings))
    items = tuple(item for _, item in sorted(folder.items.items()))
    routes = {key: text for key, (_, text) in folder.routes.items()}
    changed = _changed(path) or at
    tables = {key: file.text for key, file in folder.decisions.items()}
    return Handed(
        items,
        city,
        changed,
        folder.beside,
        folder.external,
        folder.synonyms,
        routes,
        decisions=tables,
        files=partial(_files, path),
    )


def _changed(path: Path) -> datetime | None:
    """When a file of the folder last changed: an export of the same files is the same to the byte."""
    times = [one.stat().st_mtime for one in path.rglob("*") if one.is_file()]
    return datetime.fromtimestamp(int(max(times)), CHINA) if times else None


def _files(path: Path) -> dict[str, bytes]:
    return {str(one.relative_to(path)): one.read_bytes() for one in path.glob("items/*/files/*") if one.is_file()}


def compare(a: str, b: str) -> tuple[Different, ...]:
    """What `a` and `b` say differently: folders, item files, or CODE@VERSION of what is published.

    Refuses `NoCatalogueThere`, `ItemNotListed`, and `CatalogueRefused` for files that can't be read.
    """
    return comparing.compare(_side(a), _side(b))


def is_published(name: str) -> bool:
    """Whether `name` means a published version: it has the form of one, and no file is called so."""
    return comparing.published(name) is not None and not Path(name).exists()


def _side(name: str) -> Side:
    version = comparing.published(name)
    if version is not None and is_published(name):
        code, number = version
        found = queries.current(code) if number is None else queries.version(code, number)
        return Side({code: item_source(found.item)}, alone=True)
    path = Path(name)
    if (path / "item.yaml").is_file():
        path = path / "item.yaml"
    if path.is_file():
        return Side(_items({str(path): path.read_bytes().decode("utf-8-sig", errors="replace")}), alone=True)
    if not path.is_dir():
        raise NoCatalogueThere(path=name)
    files = read_folder(path)
    contents = _items(dict(files.items))
    contents |= {place: _said(text, place, _SHAPES[place]) for place, text in files.beside.items()}
    contents |= {place: _said(text, place, Package) for place, text in files.packages.items()}
    for place, text_of, shape in (
        ("external.yaml", files.external, External),
        ("synonyms.yaml", files.synonyms, Synonyms),
    ):
        if text_of is not None:
            contents[place] = _said(text_of, place, shape)
    drawn = {**files.routes, **files.decisions}
    return Side(contents | {place: {"xml": text} for place, text in drawn.items()}, alone=False)


def _items(texts: dict[str, str]) -> dict[str, dict[str, Any]]:
    contents: dict[str, dict[str, Any]] = {}
    findings: list[Finding] = []
    for path, text in texts.items():
        parsed = source.parse_item(text, path)
        findings += parsed.findings
        if parsed.item is not None:
            contents[parsed.item.code] = item_source(parsed.item)
    if findings:
        raise CatalogueRefused(tuple(findings))
    return contents


_SHAPES: Final[Mapping[str, Any]] = {path: GenericAlias(tuple, (shape, ...)) for path, shape in beside.FILES.values()}


def _said(text: str, place: str, shape: Any) -> dict[str, Any]:
    """A file beside the items without what is at its default; lines of a list stand under "lines"."""
    document = yaml_source.read(text, place)
    if not document.findings:
        source.check_shape(document, shape)
    if document.findings:
        raise CatalogueRefused(tuple(document.findings))
    value = said(msgspec.convert(document.data, shape))
    return value if isinstance(value, dict) else {"lines": value}
