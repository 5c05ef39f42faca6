"""What may be asked of a version of a route or table beside the steps that all versions share (`core.life.commands`),
and the facts a step is decided on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.modelling.checking import Fault
from tongban.contexts.catalogue.core.modelling.events import ModelKind, WrittenModel


@dataclass(frozen=True)
class OpenModel:
    """Begin a draft; `base` is the version in force, 0 = none."""

    kind: ModelKind
    key: str
    number: int
    base: int
    written: WrittenModel
    agency: str
    origin: str


@dataclass(frozen=True)
class SaveModel:
    """`seen` is the digest of the text that the editor started from, "" = whatever stands there."""

    written: WrittenModel
    seen: str = ""


@dataclass(frozen=True)
class PublishModel:
    """Put it in force; `items` (code, new version) go over to it in the same transaction."""

    items: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class LoadModel:
    """The operator publishes what a file says."""

    kind: ModelKind
    key: str
    number: int
    base: int
    written: WrittenModel
    agency: str
    origin: str


#: Submit, Approve, Return, Abandon and Supersede are those of item versions.
Command = OpenModel | SaveModel | PublishModel | LoadModel | c.Submit | c.Approve | c.Return | c.Abandon | c.Supersede


@dataclass(frozen=True)
class Facts:
    """Who acts and when, which version is in force (0 = none) with which text, and what the checker finds."""

    by: str
    now: datetime
    in_force: int = 0
    digest: str = ""
    faults: tuple[Fault, ...] = ()
