"""The shape of an item, element by element, read from the dataclasses of the catalogue's core."""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.items import Item, Option, StageKind, Text
from tongban.terminals.desk.elements.choices import CHOICES
from tongban.terminals.desk.elements.labels_item import ITEM
from tongban.terminals.desk.elements.labels_parts import PARTS

Kind = Literal[
    "text", "lines", "integer", "flag", "maybe", "choice", "choices", "number", "numbers", "date", "said", "short",
    "texts", "options", "record", "records", "agency", "agencies", "lanes", "route", "table", "tags", "slot", "power",
    "law",
]  # fmt: skip
LABELS = ITEM | PARTS
#: The key of the item, what the platform gives, and the row of the list it was imported from.
NOT_EDITED = frozenset({"code", "version", "imported"})
#: Kinds that are asked on the page of their owner; the others have pages of their own.
INLINE = frozenset(typing.get_args(Kind)) - {"record", "records"}


@dataclass(frozen=True)
class Element:
    """One element of `owner`: how it is asked (`kind`), from which list, and what "not stated" is (`default`)."""

    owner: type
    name: str
    kind: Kind
    part: type | None = None  # the dataclass of a record or of the members of a list
    among: str = ""  # key of CHOICES
    required: bool = False
    default: Any = None

    @property
    def key(self) -> str:
        return f"{self.owner.__name__}.{self.name}"

    @property
    def label(self) -> str:
        """What it is called, in the language in force."""
        return _(LABELS.get(self.key, ("", self.name, ""))[1])

    @property
    def hint(self) -> str:
        """What to write, in the language in force."""
        hint = LABELS.get(self.key, ("", "", ""))[2]
        return _(hint) if hint else ""

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Value and words of a closed list."""
        pairs = tuple((value, _(words)) for value, words in CHOICES.get(self.among, ()))
        if self.among != "topics":  # persons and organisations have topics of the same name
            return pairs
        whose = {"person": _("个人：%(topic)s"), "corp": _("单位：%(topic)s")}
        return tuple((value, whose[value.partition(":")[0]] % {"topic": words}) for value, words in pairs)


@cache
def elements(owner: type) -> tuple[Element, ...]:
    """The elements of a dataclass of `core.items`, in its order, without what nobody edits."""
    hints = typing.get_type_hints(owner)
    return tuple(
        _element(owner, field, hints[field.name])
        for field in dataclasses.fields(owner)
        if owner is not Item or field.name not in NOT_EDITED
    )


def element(owner: type, name: str) -> Element | None:
    """The element `name` of `owner`, or None."""
    return next((one for one in elements(owner) if one.name == name), None)


def _element(owner: type, field: dataclasses.Field[Any], hint: Any) -> Element:
    required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    default = None if required else field.default
    control = LABELS.get(f"{owner.__name__}.{field.name}", ("", "", ""))[0]
    kind, part, among = _kind(hint, control, f"{owner.__name__}.{field.name}")
    return Element(owner, field.name, kind, part, among, required, default)


def _kind(hint: Any, control: str, key: str) -> tuple[Kind, type | None, str]:
    """How an element of this type is asked; the table's own word for it wins where the type leaves it open."""
    inner, optional = _bare(hint)
    several = get_origin(inner) is tuple
    one = get_args(inner)[0] if several else inner
    if control in CHOICES:
        return _listed(one, several), None, control
    if control in ("lines", "date", "agency", "agencies", "lanes", "route", "table", "tags", "slot", "power", "law"):
        return typing.cast(Kind, control), None, ""
    if one is Text:
        return "texts" if several else "short" if control == "short" else "said", None, ""
    if one is Option:
        return "options", None, ""
    if dataclasses.is_dataclass(one):
        return "records" if several else "record", typing.cast(type, one), ""
    if get_origin(one) is Literal:
        return ("choices" if several else "choice"), None, _list_of(one, key)
    if one is bool:
        return ("maybe" if optional else "flag"), None, ""
    if one is str:
        return ("lines" if several else "text"), None, ""
    return "integer", None, ""


def _listed(one: Any, several: bool) -> Kind:
    if one is int:
        return "numbers" if several else "number"
    return "choices" if several else "choice"


def _list_of(literal: Any, key: str) -> str:
    if set(get_args(literal)) == set(get_args(StageKind)):
        return "StageKind"
    return "certainty" if set(get_args(literal)) == {"V", "F", "M+", "M", "D"} else key


def _bare(hint: Any) -> tuple[Any, bool]:
    """A type without its None, and whether it had one."""
    if get_origin(hint) in (types.UnionType, typing.Union):
        return next(arg for arg in get_args(hint) if arg is not type(None)), True
    return hint, False


def all_elements() -> tuple[Element, ...]:
    """Every element that an item can have, of every part of it."""
    seen: dict[type, None] = {Item: None}
    queue: list[type] = [Item]
    while queue:
        for one in elements(queue.pop()):
            if one.part is not None and one.part not in seen:
                seen[one.part] = None
                queue.append(one.part)
    return tuple(one for owner in (*seen, Option) for one in elements(owner))
