"""What is handed on: items in force or of a folder, all that stands beside them, and who says so."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tongban.contexts.catalogue.core.beside import NOTHING_BESIDE, Beside, Organ
from tongban.contexts.catalogue.core.folder import External
from tongban.contexts.catalogue.core.items import Item, Text
from tongban.contexts.catalogue.core.synonyms import NO_SYNONYMS, Synonyms


@dataclass(frozen=True)
class City:
    """Who publishes: name, division (6 or 12 digits) and the address that ids begin with, without a last slash."""

    name: Text
    division: str
    address: str  # "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Handed:
    """A catalogue as a value. `at` is when it last changed; `published_at` knows the versions that are stored."""

    items: tuple[Item, ...]
    city: City
    at: datetime
    beside: Beside = NOTHING_BESIDE
    external: External = field(default_factory=lambda: External(()))
    synonyms: Synonyms = NO_SYNONYMS
    routes: Mapping[str, str] = field(default_factory=dict)  # id -> XML
    published_at: Mapping[str, datetime] = field(default_factory=dict)  # code -> when
    decisions: Mapping[str, str] = field(default_factory=dict)  # id -> XML
    files: Callable[[], Mapping[str, bytes]] = dict  # "items/CODE/files/plan.pdf" -> its bytes, read when asked for

    def organ(self, key: str) -> Organ:
        """The organ with agency key `key`; one that organs.yaml lacks is known by its key only."""
        found = next((organ for organ in self.beside.organs if organ.key == key), None)
        return found or Organ(key, Text(key, key))

    def when(self, item: Item) -> datetime:
        """When the version was published, or that of the last change for one that is not stored."""
        return self.published_at.get(item.code, self.at)

    def uri(self, *parts: str) -> str:
        """An address under the city's open data, stable as long as the city's own address is."""
        return "/".join((self.city.address, "open-data", *parts))

    def uuid(self, *parts: str) -> str:
        """A UUIDv5 that follows from the division and the parts alone: the same on every run and every machine."""
        space = uuid.uuid5(uuid.NAMESPACE_URL, f"https://tongban.invalid/{self.city.division}")
        return str(uuid.uuid5(space, "/".join(parts)))


#: T4, T1 and organs in both languages, as exports that have no code lists of their own name them.
SERVES: Mapping[int, Text] = {
    1: Text("自然人", "Natural persons"),
    2: Text("企业法人", "Enterprises"),
    3: Text("事业法人", "Public institutions"),
    4: Text("社会组织法人", "Social organisations"),
    5: Text("行政机关", "Administrative organs"),
    6: Text("其他组织", "Other organisations"),
}
POWERS: Mapping[str, Text] = {
    "01": Text("行政许可", "Administrative licence"),
    "02": Text("行政处罚", "Administrative penalty"),
    "03": Text("行政强制", "Administrative coercion"),
    "04": Text("行政征收", "Administrative levy"),
    "05": Text("行政给付", "Administrative benefit"),
    "06": Text("行政检查", "Administrative inspection"),
    "07": Text("行政确认", "Administrative confirmation"),
    "08": Text("行政奖励", "Administrative award"),
    "09": Text("行政裁决", "Administrative ruling"),
    "10": Text("其他行政权力", "Other administrative power"),
    "20": Text("公共服务", "Public service"),
}
