"""Routes and tables of a folder as versions: what a file says is in force, what it said before undoes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.actions import steps
from tongban.contexts.catalogue.actions.model_publishing import store, supersede
from tongban.contexts.catalogue.core import rights, versions
from tongban.contexts.catalogue.core.decisions import DecisionFile, Shelf, pinned
from tongban.contexts.catalogue.core.folder import Folder
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.life.events import Published
from tongban.contexts.catalogue.core.life.reviewed import LifeStage
from tongban.contexts.catalogue.core.modelling import checking, stream_of
from tongban.contexts.catalogue.core.modelling import commands as m
from tongban.contexts.catalogue.core.modelling.events import ModelKind, WrittenModel
from tongban.contexts.catalogue.core.modelling.pinning import lanes_without_agency
from tongban.contexts.catalogue.core.modelling.refusals import LaneWithoutAgency
from tongban.contexts.catalogue.core.versions import digest
from tongban.contexts.catalogue.projections import MODEL_VERSION
from tongban.contexts.catalogue.queries import modelling as reads
from tongban.contexts.parties.core import Actor
from tongban.contexts.process.core.routes import Route
from tongban.contexts.process.core.soundness import publishable
from tongban.foundation.ledger import Order

_FILES: Final = ("load", "adopted")


@dataclass
class LoadedModels:
    """What became of the routes or tables of a folder. `digests`: key -> what items are pinned to now; where the file
    is as it was loaded last and another version was published here since, that one. `earlier`: key -> the file's own
    digest, where it is not the one in force. `changed`: (key, new version)."""

    digests: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)
    changed: list[tuple[str, int]] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)


def load_models(
    kind: ModelKind, texts: Mapping[str, str], *, actor: Actor, now: datetime, origin: str = "load"
) -> LoadedModels:
    """Store every text and tell which of them are new versions: their orders are for the caller to run.

    A text that is the one in force, or the one loaded last, is no new version.
    """
    made, known = LoadedModels(), _known(kind)
    for key, xml in sorted(texts.items()):
        stored, told = digest(xml.encode()), known.get(key, _Told())
        store(kind, key, xml, now)
        made.digests[key] = stored
        if stored == told.digest:
            continue
        if stored == told.loaded and told.digest:
            made.digests[key], made.earlier[key] = told.digest, stored
            continue
        number = told.last + 1
        name = checking.name_of(kind, xml, key)
        written = WrittenModel(xml, stored, name.zh, name.en)
        facts = m.Facts(actor.id, now, told.number, told.digest)
        made.orders += supersede(kind, key, told.number, number, facts)
        load = m.LoadModel(kind, key, number, told.number, written, rights.OVERALL, origin)
        made.orders.append(Order(MODEL_VERSION, stream_of(kind, key, number), load, facts))
        made.changed.append((key, number))
    return made


def load_drawn(folder: Folder, actor: Actor, now: datetime) -> Pins:
    """Put the routes and tables of a folder in force, and tell what its items are pinned to.

    Records `ModelLoaded`, and `ModelSuperseded` for the ones before.
    """
    routes = load_models("route", {key: text for key, (_, text) in folder.routes.items()}, actor=actor, now=now)
    tables = load_models("table", {key: file.text for key, file in folder.decisions.items()}, actor=actor, now=now)
    orders = routes.orders + tables.orders
    if orders:
        steps.run(orders, actor=actor, now=now, request_id="", fallback="load-models")
    known = Shelf().read({key: reads.model_text("table", stored) for key, stored in tables.digests.items()})[0]
    current = {key: publishable(reads.model_text("route", routes.digests[key]).encode()) for key in routes.earlier}
    return Pins(folder, routes, tables, current, known)


@dataclass
class Pins:
    """What the items of a folder are handled on: `current` are routes published here since the file was loaded."""

    folder: Folder
    routes: LoadedModels
    tables: LoadedModels
    current: Mapping[str, Route]
    known: Mapping[str, DecisionFile]

    def published(self, item: Item) -> tuple[Published, ...]:
        """What publishing `item` would put in force; and, where that differs, what its files alone say.

        Refuses `LaneWithoutAgency` where the route in force, published here, asks for an organ the file does not name.
        """
        key = item.handling.route if item.handling else ""
        route = self.current.get(key) or (self.folder.routes[key][0] if key else None)
        for lane, name in lanes_without_agency(item, route) if key in self.current and route else ():
            raise LaneWithoutAgency(item.code, lane, name)
        made = _made(item, self.routes.digests.get(key), pinned(item, route, self.known))
        filed = self.folder.routes[key][0] if key else None
        digest = self.routes.earlier.get(key, self.routes.digests.get(key))
        as_filed = _made(item, digest, pinned(item, filed, self.folder.decisions))
        return (made,) if made == as_filed else (made, as_filed)


def _made(item: Item, route: str | None, tables: Mapping[str, str]) -> Published:
    body = versions.encode(item, route, tables)
    return Published(body.decode(), versions.digest(body), route)


@dataclass
class _Told:
    """What is known of one key: the last number, the version in force, and the digest loaded last."""

    last: int = 0
    number: int = 0
    digest: str = ""
    loaded: str = ""


def _known(kind: ModelKind) -> dict[str, _Told]:
    found: dict[str, _Told] = {}
    rows = models.Modelled.objects.filter(kind=kind).order_by("key", "number")
    for key, number, stage, origin, stored in rows.values_list("key", "number", "stage", "origin", "digest"):
        told = found.setdefault(key, _Told())
        told.last = number
        if stage == LifeStage.PUBLISHED:
            told.number, told.digest = number, stored
        if origin in _FILES:
            told.loaded = stored
    return found


def adopted(*, actor: Actor, now: datetime) -> list[Order]:
    """Orders that give the routes and tables in use from before their streams. Nothing where they have them."""
    orders: list[Order] = []
    kinds: tuple[tuple[ModelKind, str], ...] = (("route", _ROUTES), ("table", _TABLES))
    for kind, statement in kinds:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            texts = dict(cursor.fetchall())
        known = _known(kind)
        missing = {key: text for key, text in texts.items() if key not in known}
        orders += load_models(kind, missing, actor=actor, now=now, origin="adopted").orders
    return orders


#: Of several under one key the one that items in force use, the newest last.
_ROUTES: Final = """
SELECT r.key, r.body FROM catalogue_route r LEFT JOIN (
    SELECT v.route_id, max(v.published_at) AS used FROM catalogue_current c
    JOIN catalogue_version v ON v.code = c.code AND v.version = c.version GROUP BY v.route_id
) u ON u.route_id = r.digest
ORDER BY r.key, u.used NULLS FIRST, r.stored_at NULLS FIRST, r.digest
"""
_TABLES: Final = "SELECT key, body FROM catalogue_decision ORDER BY key, stored_at NULLS FIRST, digest"
