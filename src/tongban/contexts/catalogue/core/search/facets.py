"""What narrows a search: the seven axes by which items are classed (STANDARDS §2.4), counted and combined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tongban.contexts.catalogue.core.items import Item

#: 事项性质 服务对象 实施主体 服务主题 服务层级 服务形式 行政管辖
Axis = Literal["nature", "serves", "organ", "topic", "level", "form", "area"]
AXES: tuple[Axis, ...] = ("serves", "form", "level", "organ", "topic", "nature", "area")
#: What is chosen on each axis; within one axis any of the values will do, all axes must fit.
Choices = Mapping[Axis, Sequence[str]]

PUBLIC_SERVICE = "20"  # T1
_WINDOW, _POST, _OTHER = 1, 4, 9  # T5
_ONLINE = frozenset({2, 3})
#: Places of 行政管辖 by the highest level (T2) that exercises the item: who is responsible for the whole of which area.
_AREAS = {1: "country", 2: "province", 3: "city", 4: "county", 5: "town", 6: "village", 7: "graded"}
_WIDER = {1: "country", 2: "province_wide", 3: "city_wide"}  # 通办范围: 全国 跨省 跨市


@dataclass(frozen=True)
class Value:
    """One value of an axis and how many items would be left with it beside what is chosen on the other axes."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """An axis and its values, those with most items first (levels and areas from the top down)."""

    axis: Axis
    values: tuple[Value, ...]


def nature(item: Item) -> tuple[str, ...]:
    """事项性质: power or public service."""
    return ("service",) if item.power == PUBLIC_SERVICE else ("power",)


def serves(item: Item) -> tuple[str, ...]:
    """服务对象: natural persons, legal persons and other organisations (T4 2 to 6), or both."""
    return (*(("natural",) if 1 in item.serves else ()), *(("legal",) if set(item.serves) - {1} else ()))


def organ(item: Item) -> tuple[str, ...]:
    """实施主体: the organ in charge."""
    return (item.agency,)


def topic(item: Item) -> tuple[str, ...]:
    """服务主题: the codes of STANDARDS §3.5."""
    return item.topics


def level(item: Item) -> tuple[str, ...]:
    """服务层级 (T2): 1 country … 6 village, 7 graded."""
    return tuple(str(one) for one in item.levels)


def form(item: Item) -> tuple[str, ...]:
    """服务形式: online, offline, or both; as the channels (T5) say, else as the online depth does.

    Nobody is forced online (优化营商环境条例 37): an item without stated channels is handled at a window too.
    """
    online = bool(_ONLINE & set(item.channels)) if item.channels else item.depth > 1
    offline = bool({_WINDOW, _POST, _OTHER} & set(item.channels)) if item.channels else True
    both = ("both",) if online and offline else ()
    return (*(("online",) if online else ()), *(("offline",) if offline else ()), *both)


def area(item: Item) -> tuple[str, ...]:
    """行政管辖: how far the item reaches: handled across areas (通办范围), else the area of its highest level."""
    if item.scope in _WIDER:
        return (_WIDER[item.scope],)
    return (_AREAS[min(item.levels)],) if item.levels and min(item.levels) in _AREAS else ()


VALUES: dict[Axis, Callable[[Item], tuple[str, ...]]] = {
    "nature": nature, "serves": serves, "organ": organ, "topic": topic, "level": level, "form": form, "area": area,
}  # fmt: skip
#: Axes whose values have an order of their own.
_ORDER: dict[Axis, tuple[str, ...]] = {
    "serves": ("natural", "legal"), "nature": ("power", "service"), "form": ("online", "offline", "both"),
    "level": tuple("1234567"), "area": (*_WIDER.values(), *_AREAS.values()),
}  # fmt: skip


def fits(item: Item, chosen: Choices) -> bool:
    """Whether an item has one of the chosen values of every axis."""
    return all(not values or not set(values).isdisjoint(VALUES[axis](item)) for axis, values in chosen.items())


def count(items: Iterable[Item], chosen: Choices) -> tuple[Facet, ...]:
    """Every axis with its values among `items`; chosen values stay, be their count 0."""
    counts: dict[Axis, Counter[str]] = {axis: Counter() for axis in AXES}
    limiting = {axis: frozenset(values) for axis, values in chosen.items() if values}
    for item in items:
        own = {axis: VALUES[axis](item) for axis in AXES}
        failed = [axis for axis, values in limiting.items() if values.isdisjoint(own[axis])]
        for axis in AXES if not failed else failed if len(failed) == 1 else ():
            counts[axis].update(own[axis])
    return tuple(_facet(axis, counts[axis], limiting.get(axis, frozenset())) for axis in AXES)


def _facet(axis: Axis, counts: Counter[str], chosen: frozenset[str]) -> Facet:
    order = _ORDER.get(axis, ())
    every = {*counts, *chosen}
    ordered = sorted(every, key=lambda one: (order.index(one) if one in order else len(order), -counts[one], one))
    return Facet(axis, tuple(Value(one, counts[one], one in chosen) for one in ordered))
