"""The message catalogues: Chinese messages out of Python and templates, English translations beside each app.

Babel instead of GNU gettext: it comes with the environment, so a machine needs nothing else.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo

PACKAGE = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[a-zA-Z]|\{(\w*)\}")


@dataclass(frozen=True)
class Folder:
    """A folder with a catalogue of its own: an app, or a floor for what lies directly in it."""

    name: str
    path: Path
    inner: tuple[Path, ...]  # folders inside that have their own catalogue

    @property
    def po(self) -> Path:
        """Its English catalogue."""
        return self.path / "locale" / "en" / "LC_MESSAGES" / "django.po"

    def files(self) -> Iterator[Path]:
        """The Python files and templates whose messages belong to it."""
        for path in sorted(self.path.rglob("*")):
            inside = any(path.is_relative_to(inner) for inner in self.inner)
            if inside or not path.is_file() or {"static", "migrations", "locale", "static_root"} & set(path.parts):
                continue
            if path.suffix == ".py" or (path.suffix in {".html", ".txt", ".svg"} and "templates" in path.parts):
                yield path


def folders(names: Sequence[str]) -> list[Folder]:
    """The folders with catalogues (all, or the named): every app, then the floors."""
    apps = sorted(path.parent for path in PACKAGE.glob("**/apps.py"))
    floors = [PACKAGE / name for name in ("kernel", "foundation", "integrations", "contexts")]
    found = [_folder(path, apps) for path in [*apps, *floors]]
    return [folder for folder in found if not names or folder.name in names]


def _folder(path: Path, apps: Sequence[Path]) -> Folder:
    inner = tuple(app for app in apps if app != path and app.is_relative_to(path))
    return Folder(str(path.relative_to(PACKAGE)), path, inner)


def messages_of(folder: Folder) -> Catalog:
    """Every message of the folder's code, without translations."""
    header = f"# English of Tongban: {folder.name}"
    catalog = Catalog(project="Tongban", charset="utf-8", locale="en", header_comment=header, fuzzy=False)
    for path in folder.files():
        source = path.read_text("utf-8")
        if path.suffix != ".py":
            source = _as_python(source, path)
        file = io.BytesIO(source.encode())
        for _, message, _, context in babel_extract("python", file, keywords=KEYWORDS, options={"encoding": "utf-8"}):
            if message and (not isinstance(message, tuple) or message[0]):
                catalog.add(message, locations=[(str(path.relative_to(PACKAGE)), 0)], context=context)
    return catalog


def _as_python(template: str, path: Path) -> str:
    from django.utils.translation.template import templatize

    # What is no message comes out as X and blanks; without indents Python's tokenizer has nothing to object to.
    return "\n".join(line.strip() for line in templatize(template, origin=str(path)).split("\n"))


def extract(folder: Folder) -> tuple[int, int, int]:
    """Write the folder's messages into its .po, keeping translations. Returns counts (before, after, without one)."""
    found = messages_of(folder)
    known = _read(folder)
    for message in found:
        old = known.get(message.id, message.context) if known is not None and message.id else None
        if old is not None:
            message.string = old.string
    before, after = _count(known), _count(found)
    if after or before:
        folder.po.parent.mkdir(parents=True, exist_ok=True)
        folder.po.write_bytes(_po(found))
    return before, after, sum(not _complete(message.string) for message in found if message.id)


def check(folder: Folder) -> list[str]:
    """What is missing or wrong in the folder's English catalogue."""
    known = _read(folder)
    found: list[str] = []
    for message in messages_of(folder):
        if not message.id:
            continue
        text = message.id if isinstance(message.id, str) else message.id[0]
        translated = known.get(message.id, message.context) if known is not None else None
        where = f"{folder.po.relative_to(PACKAGE)}: {text[:60]!r}"
        if translated is None:
            found.append(f"{where} is missing (script/messages extract {folder.name})")
        elif translated.fuzzy:
            found.append(f"{where} is fuzzy")
        elif not _complete(translated.string):
            found.append(f"{where} has no translation")
        elif names(text) != names(_first(translated.string)) and isinstance(message.id, str):
            found.append(f"{where} and its translation name different values")
    return found


def compile_folder(folder: Folder) -> bool:
    """Make the .mo when the .po is newer. True when something was done."""
    target = folder.po.with_suffix(".mo")
    if not folder.po.exists() or (target.exists() and target.stat().st_mtime >= folder.po.stat().st_mtime):
        return False
    known = _read(folder)
    assert known is not None
    draft = target.with_suffix(".mo.draft")
    with draft.open("wb") as file:
        write_mo(file, known)
    draft.rename(target)
    return True


def names(text: str) -> set[str]:
    """The values a message names: %(name)s and {name}."""
    return {first or second for first, second in _PLACEHOLDER.findall(text.replace("%%", "")) if first or second}


def _read(folder: Folder) -> Catalog | None:
    if not folder.po.exists():
        return None
    with folder.po.open("rb") as file:
        return pofile.read_po(file, locale="en", abort_invalid=True)


def _po(catalog: Catalog) -> bytes:
    target = io.BytesIO()
    pofile.write_po(target, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    # Dates and versions in the header would make every run a change, and nobody is named.
    noise = r'"(POT-Creation-Date|PO-Revision-Date|Project-Id|Report-Msgid|Last-Translator|Language-Team|Generated-By)'
    lines = target.getvalue().decode().split("\n")
    return "\n".join(line for line in lines if not re.match(noise, line)).encode()


def _count(catalog: Catalog | None) -> int:
    return 0 if catalog is None else sum(bool(message.id) for message in catalog)


def _complete(string: str | Sequence[str] | None) -> bool:
    return bool(string) and all([string] if isinstance(string, str) else string or [""])


def _first(string: str | Sequence[str] | None) -> str:
    string = string or ""
    return string if isinstance(string, str) else string[-1]
