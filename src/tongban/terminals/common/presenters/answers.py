"""What was filled in, as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.catalogue.core.items import Field
from tongban.contexts.parties.core.people import mask
from tongban.terminals.common.presenters.languages import language, said
from tongban.ui import dates

#: Characters that stay of what officers need not see whole: kind of field -> head, tail.
_MASKS = {"phone": (3, 4), "citizen_id": (4, 4)}


@dataclass(frozen=True)
class Section:
    """The answers of one topic: pairs of label and answer."""

    title: str
    rows: tuple[tuple[str, str], ...]


def masked_sections(view: CaseView) -> tuple[Section, ...]:
    """What the applicant filled in, by topic, with the labels of the item version they saw; for officers."""
    handling, values = view.item.handling, view.state.values
    if handling is None:
        return ()
    sections = (
        Section(
            said(step.title), tuple((said(one.label), masked(one, values[one.id])) for one in step.fields
                                    if one.id in values)
        )
        for step in handling.form
    )  # fmt: skip
    return tuple(section for section in sections if section.rows)


def masked(field: Field, value: str | list[str]) -> str:
    """An answer with telephone and identity numbers masked."""
    if field.kind in _MASKS and isinstance(value, str):
        return mask(value, *_MASKS[field.kind])
    return shown(field, value)


def shown(field: Field, value: str | list[str]) -> str:
    """An answer whole: choices by their labels, days in words, numbers with their unit."""
    if field.options:
        labels = {option.value: said(option.label) for option in field.options}
        chosen = value if isinstance(value, list) else [value] if value else []
        return _("、").join(labels.get(one, one) for one in chosen)
    text = _("、").join(value) if isinstance(value, list) else value
    if field.kind == "date":
        return _day(text)
    return f"{text} {unit(field)}".strip() if text else ""


def unit(field: Field) -> str:
    """The unit of a number, "" for none; amounts are in whole yuan."""
    return said(field.unit) or (_("元") if field.kind == "money" else "")


def _day(text: str) -> str:
    try:
        return dates.full_day(date.fromisoformat(text), language())
    except ValueError:
        return text
