"""An item's form as the design system asks it: its fields, what is known already, which files, which districts."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.items import Field, Material
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core.people import Particulars
from tongban.terminals.common.presenters.answers import unit
from tongban.terminals.common.presenters.languages import either, said
from tongban.ui.forms import Choice, FieldSpec, Kind

_ACCEPT = {"pdf": ".pdf", "jpeg": ".jpg,.jpeg", "png": ".png"}
_FORMATS = {"pdf": "PDF", "jpeg": "JPG", "png": "PNG"}


def questions(fields: Iterable[Field], *, most_radios: int, rows: int = 4) -> tuple[FieldSpec, ...]:
    """An item's fields for `ui.forms`. More choices than `most_radios` make a list to open; a text has `rows` lines."""
    return tuple(_question(field, most_radios, rows) for field in fields)


def _question(field: Field, most_radios: int, rows: int) -> FieldSpec:
    kind: Kind = "integer" if field.kind == "money" else field.kind  # amounts are asked in whole yuan
    if field.kind == "choice" and len(field.options) > most_radios:
        kind = "select"
    return FieldSpec(
        field.id,
        said(field.label),
        kind,
        required=field.required,
        hint=said(field.hint),
        options=tuple(Choice(option.value, said(option.label)) for option in field.options),
        unit=unit(field),
        minimum=field.minimum if field.minimum is not None or kind != "integer" else 0,
        maximum=field.maximum,
        max_length=field.max_length,
        rows=rows,
    )


def prefilled(fields: Iterable[Field], applicant: Particulars, person: Particulars) -> dict[str, str]:
    """What the city knows already, by field id."""
    known = {
        f"{who}.{name}": value
        for who, one in (("principal", applicant), ("person", person))
        for name, value in (
            ("name", one.party.name), ("id_number", one.id_number), ("phone", one.phone), ("address", one.address)
        )
    }  # fmt: skip
    return {one.id: known[one.prefill] for one in fields if known.get(one.prefill)}


def accept(material: Material) -> str:
    """Endings of the files that are taken, for the control."""
    return ",".join(_ACCEPT[one] for one in material.accepts)


def file_rule(material: Material) -> str:
    """Which files are taken, in words."""
    formats = _("、").join(_FORMATS[one] for one in material.accepts)
    return _("%(formats)s，不超过 %(max)s MB") % {"formats": formats, "max": material.max_mib}


def districts() -> tuple[tuple[str, str], ...]:
    """Division and name of those with a government of their own: the districts, or the city where there is none."""
    seats = [one for one in parties.agencies().values() if one.base == "government"]
    found = [one for one in seats if one.level == "district"] or seats
    return tuple(
        (one.division, either(one.short.zh.removesuffix("人民政府"), one.short.en.removesuffix(" People's Government")))
        for one in sorted(found, key=lambda one: one.division)
    )
