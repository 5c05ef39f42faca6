"""The lists a government publishes (STANDARDS §3.8), derived from the items in force and the short lists beside them.

Nothing is written twice: an item stands on a list because of what it says itself, or because one of its tags names
the list. What a list is called in words is the terminals' business; here it has an id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tongban.contexts.catalogue.core.beside import Beside, Duty
from tongban.contexts.catalogue.core.items import Item, StageKind, Text


class PowerType(StrEnum):
    """The ten types of administrative power of the seeds (行政权力十类); public services stand beside them."""

    LICENCE = "licence"  # 行政许可
    PENALTY = "penalty"  # 行政处罚
    LEVY = "levy"  # 行政征收
    CONFIRMATION = "confirmation"  # 行政确认
    PAYMENT = "payment"  # 行政给付
    REWARD = "reward"  # 行政奖励
    MEASURE = "measure"  # 行政强制措施
    EXECUTION = "execution"  # 行政强制执行
    INSPECTION = "inspection"  # 行政监督检查
    OTHER = "other"  # 其他行政权力: adjudication and filing among them
    SERVICE = "service"  # 公共服务, no power


#: The ten, without the services beside them.
TEN_TYPES: Final = tuple(one for one in PowerType if one is not PowerType.SERVICE)
_TYPES: Final[Mapping[str, PowerType]] = {
    "01": PowerType.LICENCE,
    "02": PowerType.PENALTY,
    "04": PowerType.LEVY,
    "05": PowerType.PAYMENT,
    "06": PowerType.INSPECTION,
    "07": PowerType.CONFIRMATION,
    "08": PowerType.REWARD,
}


def ten_types(item: Item) -> PowerType:
    """The one type of an item: T1, with coercion (03) split by its sub-type, and 09, 10 and every extension under 其他.

    A coercion that does not say which it is counts as a measure, the commoner of the two.
    """
    if item.power >= "20":
        return PowerType.SERVICE
    if item.power == "03":
        return PowerType.EXECUTION if item.sub_type == "execution" else PowerType.MEASURE
    return _TYPES.get(item.power, PowerType.OTHER)


def applied_for(item: Item) -> bool:
    """Whether people apply for it: nobody applies for a penalty, a coercion or an inspection."""
    return ten_types(item) not in {
        PowerType.PENALTY,
        PowerType.MEASURE,
        PowerType.EXECUTION,
        PowerType.INSPECTION,
    }


def instant(item: Item) -> bool:
    """Decided while one waits, or on the same working day."""
    return item.instant or (item.promised is not None and item.promised.value == 0)


def serves_enterprises(item: Item) -> bool:
    return bool({2, 3, 4, 6} & set(item.serves))


def licence_free(item: Item) -> tuple[Text, ...]:
    """Papers nobody has to hand in, because the city holds them."""
    return tuple(m.name for m in item.materials if m.source == "government" and m.need == "exempt")


def tolerable(item: Item) -> tuple[Text, ...]:
    """Papers that may follow after acceptance."""
    return tuple(m.name for m in item.materials if m.need == "tolerable")


def city_wide(item: Item) -> bool:
    return 1 <= item.scope <= 4 or (item.handling is not None and item.handling.city_wide)


#: Lists of items: id -> what puts an item on it. The order is that of the index.
ITEM_LISTS: Final[Mapping[str, Callable[[Item], bool]]] = {
    "power": lambda item: ten_types(item) is not PowerType.SERVICE,
    "licence": lambda item: ten_types(item) is PowerType.LICENCE,
    "service": lambda item: ten_types(item) is PowerType.SERVICE,
    "commitment": lambda item: item.commitment,
    "tolerance": lambda item: bool(tolerable(item)),
    "instant": lambda item: applied_for(item) and instant(item),
    "one-visit": lambda item: applied_for(item) and item.visits <= 1,
    "no-meeting": lambda item: applied_for(item) and item.visits == 0 and item.depth >= 2,
    "city-wide": lambda item: applied_for(item) and city_wide(item),
    "cross-province": lambda item: applied_for(item) and 1 <= item.scope <= 2,
    "electronic-licence-exempt": lambda item: bool(licence_free(item)),
    "delegated": lambda item: bool(item.delegations),
    "fee": lambda item: item.fee.charged and serves_enterprises(item),
}
#: Lists of lines that are no items.
LINE_LISTS: Final = ("responsibility", "proof", "intermediary", "negative", "one-thing")


@dataclass(frozen=True)
class Line:
    """One line of a list that is not a list of items."""

    name: Text
    code: str = ""
    basis: str = ""
    organ: str = ""  # agency key
    note: Text | None = None
    items: tuple[Item, ...] = ()  # that it concerns


def list_ids(beside: Beside) -> tuple[str, ...]:
    """Every list that can be asked for: those derived, and the further ones of lists/tags.yaml."""
    derived = (*ITEM_LISTS, *LINE_LISTS)
    return (*derived, *(tag.code for tag in beside.tags if tag.code not in derived))


def on_list(list_id: str, items: Iterable[Item]) -> tuple[Item, ...]:
    """The items on a list of items, in their order: by what they say themselves, or by a tag that names the list."""
    belongs = ITEM_LISTS.get(list_id)
    return tuple(item for item in items if list_id in item.tags or (belongs is not None and belongs(item)))


def lines(list_id: str, items: Iterable[Item], beside: Beside) -> tuple[Line, ...]:
    """The lines of a list of lines: proofs, intermediary services, the negative list, packages (`one-thing`), and the
    fees that stand beside the items of the list `fee`."""
    found = tuple(items)
    if list_id == "one-thing":
        known = {item.code: item for item in found}
        return tuple(
            Line(p.name, p.id, "", p.lead, p.short, tuple(known[m.item] for m in p.items if m.item in known))
            for p in beside.packages
        )
    sources = {
        "proof": beside.proofs, "intermediary": beside.intermediaries, "negative": beside.negative, "fee": beside.fees,
    }  # fmt: skip
    concerned = _asking(list_id, found)
    return tuple(
        Line(one.name, one.code, one.basis, one.organ, one.note, _unique(one.code, one.name, concerned))
        for one in sources.get(list_id, ())
    )


def _asking(list_id: str, items: tuple[Item, ...]) -> Mapping[str, list[Item]]:
    """Which items ask for a proof or an intermediary service, by its code and by its Chinese name."""
    asking: dict[str, list[Item]] = {}
    for item in items:
        keys: list[str] = []
        if list_id == "proof":
            keys = [key for m in item.materials if m.proof for key in (m.element, m.name.zh) if key]
        elif list_id == "intermediary":
            keys = [key for one in item.intermediaries for key in (one.code, one.name.zh)]
        for key in keys:
            asking.setdefault(key, []).append(item)
    return asking


def _unique(code: str, name: Text, asking: Mapping[str, list[Item]]) -> tuple[Item, ...]:
    found = {item.code: item for key in (code, name.zh) for item in asking.get(key, ())}
    return tuple(found.values())


# -- who answers for what ---------------------------------------------------------------------------------------------

_ORDER: Final[tuple[StageKind, ...]] = (
    "receive", "accept", "review", "inspect", "decide", "close", "deliver", "after",
)  # fmt: skip


@dataclass(frozen=True)
class Responsibility:
    """One stage of an item: how long, whose it is, what that post must do and for what it is called to account."""

    kind: StageKind
    name: Text | None  # None = what the kind is called
    hours: int  # working hours, 8 to a working day; 0 = within the stage before
    agency: str
    position: Text | None
    duty: Text | None
    liability: Text | None
    together: str = ""
    stated: bool = True  # the item states the stage itself


def responsibilities(item: Item, duties: Iterable[Duty]) -> tuple[Responsibility, ...]:
    """Stage by stage, who answers: what the item says itself, and what the list of duties says where it is silent.

    An item without stages of its own takes those of the duties for its kind of power (责任清单).
    """
    of_kind = _duties(item.power, duties)
    if item.stages:
        return tuple(
            Responsibility(
                stage.kind,
                stage.name,
                stage.hours,
                stage.agency or item.agency,
                stage.position or (usual.position if usual else None),
                stage.duty or (usual.duty if usual else None),
                stage.liability or (usual.liability if usual else None),
                stage.together,
            )
            for stage in item.stages
            for usual in [of_kind.get(stage.kind)]
        )
    return tuple(
        Responsibility(kind, None, 0, item.agency, usual.position, usual.duty, usual.liability, stated=False)
        for kind in _ORDER
        if (usual := of_kind.get(kind)) is not None
    )


def _duties(power: str, duties: Iterable[Duty]) -> dict[StageKind, Duty]:
    """The line for this power before the line for every power."""
    found: dict[StageKind, Duty] = {}
    for duty in duties:
        if duty.power == power or (not duty.power and duty.kind not in found):
            found[duty.kind] = duty
    return found
