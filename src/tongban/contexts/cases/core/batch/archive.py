"""A ZIP of papers: one folder a person, one file a material. Nothing is unpacked to disk; names are only compared."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tongban.contexts.cases.core.batch.sheet.columns import bare
from tongban.contexts.cases.core.batch.sheet.refusals import (
    ArchiveBroken,
    ArchiveLocked,
    ArchiveTooLarge,
    ArchiveUnsafe,
)
from tongban.contexts.catalogue.core.items import Item, Material

MOST_FILES = 5000
MOST_MIB = 500
#: What computers put into archives by themselves.
_CLUTTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Paper:
    """One file of the archive that belongs to somebody: `key` is a person's identity number or row."""

    key: str
    material: Material
    name: str  # in the archive, as people see it
    size: int
    info: zipfile.ZipInfo


@dataclass(frozen=True)
class Archive:
    """What belongs to whom, and what belongs to nobody."""

    file: zipfile.ZipFile
    papers: tuple[Paper, ...]
    strange: tuple[str, ...]

    def data(self, paper: Paper) -> bytes:
        """The bytes of one file. Refuses ArchiveBroken."""
        try:
            return self.file.read(paper.info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
            raise ArchiveBroken from error


def opened(data: bytes, item: Item, keys: Mapping[str, str]) -> Archive:
    """Look through an archive; `keys` are the folders that are known (as `bare`) and whose they are.

    Refuses ArchiveBroken, ArchiveLocked, ArchiveTooLarge, ArchiveUnsafe, before any file is read.
    """
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        infos = [info for info in file.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise ArchiveBroken from error
    _measured(infos)
    names = _materials(item)
    papers, strange = [], []
    for info in infos:
        name = _name(info)
        if name.lower().startswith(_CLUTTER) or name.lower().rsplit("/", 1)[-1] in _CLUTTER:
            continue
        found = _placed(name, keys, names)
        if found is None:
            strange.append(name)
        else:
            papers.append(Paper(*found, name, info.file_size, info))
    return Archive(file, tuple(papers), tuple(strange))


def _measured(infos: Sequence[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise ArchiveLocked
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_MIB * 1024 * 1024:
        raise ArchiveTooLarge(files=MOST_FILES, mib=MOST_MIB)
    for info in infos:
        name = _name(info)
        parts = name.split("/")
        if name.startswith("/") or ".." in parts or (len(name) > 1 and name[1] == ":") or "\0" in name:
            raise ArchiveUnsafe(name=name[:60])


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: archives of Chinese computers write GB18030 without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return name.replace("\\", "/")


def _materials(item: Item) -> dict[str, Material]:
    return {
        bare(name): material
        for material in item.materials
        if material.source == "self"
        for name in (material.id, material.name.zh, material.name.en)
    }


def _placed(name: str, keys: Mapping[str, str], materials: Mapping[str, Material]) -> tuple[str, Material] | None:
    """Whose file it is, and which material: the last folder names the person, the file the material. A folder may say
    more than the number ("429901… 张三")."""
    folder, _, file = name.rpartition("/")
    stem = file.rpartition(".")[0] or file
    material = materials.get(bare(stem))
    if material is None or not folder:
        return None
    last = folder.rsplit("/", 1)[-1]
    for candidate in _folder_names(last):
        if candidate in keys:
            return keys[candidate], material
    return None


def _folder_names(folder: str) -> Iterator[str]:
    yield bare(folder)
    for part in folder.replace("_", " ").replace("-", " ").replace("　", " ").split():
        yield bare(part)
