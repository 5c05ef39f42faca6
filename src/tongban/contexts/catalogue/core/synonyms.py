"""Everyday phrases and what they mean: catalogue/synonyms.yaml, data that a city extends."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from tongban.contexts.catalogue.core import source, yaml_source
from tongban.contexts.catalogue.core.yaml_source import Document
from tongban.kernel.canonical import canonical


@dataclass(frozen=True)
class Phrase:
    """People say any of `say` and mean the items of `items` (codes, the likeliest first)."""

    say: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True)
class Synonyms:
    """`phrases` lead to items, `ignore` are words that say nothing about what is wanted (怎么办理, how to)."""

    phrases: tuple[Phrase, ...]
    ignore: tuple[str, ...] = ()


NO_SYNONYMS = Synonyms(())


def parse_synonyms(text: str, file: str) -> tuple[Synonyms, Document]:
    """Read the file; what is wrong with its shape stands in the document's findings, and then nothing is read."""
    document = yaml_source.read(text, file)
    if not document.findings:
        source.check_shape(document, Synonyms)
    return (msgspec.convert(document.data, Synonyms) if not document.findings else NO_SYNONYMS), document


def encode_synonyms(synonyms: Synonyms) -> bytes:
    """Canonical JSON for storing."""
    return canonical(msgspec.to_builtins(synonyms))


def decode_synonyms(body: str) -> Synonyms:
    """The inverse of `encode_synonyms`."""
    return msgspec.json.decode(body, type=Synonyms)
