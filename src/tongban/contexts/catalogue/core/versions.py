"""A published version, what its stored body says, and when two versions are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

import msgspec

from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.process.core.bpmn import Route
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.kernel.canonical import canonical
from tongban.kernel.refusals import N_, Refusal

NO_DECISIONS: Final[Mapping[str, str]] = MappingProxyType({})


class ItemNotListed(Refusal):
    """Nothing outside the list: no item of this code (and version) is published."""

    code = "item_not_listed"
    message = N_("事项清单里没有“%(item)s”。清单之外不能办，请在首页搜索您要办的事。")
    status = 404


@dataclass(frozen=True)
class ItemVersion:
    """One immutable published version: the item, the route it is handled on (None for a guide only), and its proof.

    `digest` is the SHA-256 of the stored body, which names the route's own digest: so it pins both. `decisions`: the
    decision models that the version names, and those they import, by the id of their file; pinned in the same way.
    """

    item: Item
    route: Route | None
    digest: str
    published_at: datetime
    decisions: Mapping[str, Decisions] = field(default_factory=dict)


@dataclass(frozen=True)
class Body:
    """What a version's stored body holds."""

    item: Item
    route: str | None  # digest of the route's bytes
    decisions: Mapping[str, str] = field(default_factory=dict)  # key of a decision file -> digest of its bytes


def encode(item: Item, route_digest: str | None, decisions: Mapping[str, str] = NO_DECISIONS) -> bytes:
    """The canonical body of a version: the item without its version number, the digests of its route and tables."""
    content = msgspec.to_builtins(item)
    del content["version"]
    tables = {"decisions": dict(decisions)} if decisions else {}
    return canonical({"item": content, "route": route_digest, **tables})


def decode(body: str | bytes, version: int) -> Body:
    """The inverse of `encode`; a body of an older shape of `Item` takes today's defaults for newer elements."""
    raw = msgspec.json.decode(body)
    return Body(msgspec.convert({**raw["item"], "version": version}, Item), raw["route"], raw.get("decisions", {}))


def same_content(
    stored: Body, item: Item, route_digest: str | None, decisions: Mapping[str, str] = NO_DECISIONS
) -> bool:
    """True when publishing `item` would say nothing new."""
    pinned = (stored.route, dict(stored.decisions)) == (route_digest, dict(decisions))
    return pinned and replace(stored.item, version=0) == replace(item, version=0)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
