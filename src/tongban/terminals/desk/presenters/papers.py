"""Materials with their viewer, the answers of the form, and the documents issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.state import CaseState, Material
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.catalogue.core.items import Material as Asked
from tongban.contexts.catalogue.core.materials import needed_materials
from tongban.terminals.common.presenters import history
from tongban.terminals.common.presenters.languages import language, said
from tongban.ui import dates


@dataclass(frozen=True)
class Tab:
    """A paper that can be opened."""

    href: str
    file: str
    name: str
    grade: str
    note: str
    image: bool
    current: bool


@dataclass(frozen=True)
class Papers:
    """`tabs` are there, `others` are not in hand and say why, `grades` counts by trust."""

    tabs: tuple[Tab, ...]
    others: tuple[tuple[str, str], ...]
    grades: tuple[tuple[str, int], ...]
    unseen: tuple[str, ...]

    @property
    def shown(self) -> Tab | None:
        return next((tab for tab in self.tabs if tab.current), None)


def papers(view: CaseView, chosen: str) -> Papers:
    """The papers of a case; `chosen` is shown, else the first."""
    state = view.state
    names = {material.id: said(material.name) for material in view.item.materials}
    there = [material for material in state.materials if material.file_id]
    open_ = next((m.id for m in there if m.id == chosen), there[0].id if there else "")
    tabs = tuple(_tab(view.id, material, names, open_) for material in there)
    letters = [material.grade for material in there]
    return Papers(
        tabs=tabs,
        others=_others(view, {material.id for material in there}),
        grades=tuple((letter, letters.count(letter)) for letter in "ABCD" if letter in letters),
        unseen=tuple(names.get(m.id, m.id) for m in there if m.grade == "C"),
    )


def _tab(case_id: str, material: Material, names: Mapping[str, str], chosen: str) -> Tab:
    size = dates.size(material.size)
    kind = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}.get(material.media_type, "")
    seen = ""
    if material.checked_at is not None:
        seen = _("核过原件 %(day)s") % {"day": dates.day(material.checked_at, language())}
    return Tab(
        href=f"?{urlencode({'material': material.id})}#papers",
        file=reverse("desk:material", args=[case_id, material.file_id]),
        name=names.get(material.id, material.id),
        grade=material.grade,
        note=" · ".join(filter(None, (kind, size, seen))),
        image=material.media_type.startswith("image/"),
        current=material.id == chosen,
    )


def _others(view: CaseView, there: set[str]) -> tuple[tuple[str, str], ...]:
    needed = needed_materials(view.item, view.state.values)
    why = {
        "fetched": _("免提交，由政府部门共享"),
        "generated": _("按填写的内容自动生成"),
        "later": _("容缺，可以后补"),
    }
    return tuple(
        (_paper_name(one.material), why.get(one.reason, _("没有交"))) for one in needed if one.material.id not in there
    )


def _paper_name(material: Asked) -> str:
    return said(material.name)


# -- documents ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Document:
    """A written act; without `href` it is still being made."""

    title: str
    number: str
    at: datetime
    href: str


def documents(case_id: str, state: CaseState) -> tuple[Document, ...]:
    """What was issued, then what is owed."""
    made = [
        Document(
            history.document_title(one.kind, one.title),
            one.number,
            one.at,
            reverse("desk:document", args=[case_id, one.file_id]),
        )
        for one in state.documents
    ]
    owed = [Document(history.owed_title(one.kind), "", one.since, "") for one in state.owed]
    return (*made, *owed)


@dataclass(frozen=True)
class Licence:
    name: str
    href: str
    verify: str


def licence(view: CaseView) -> Licence | None:
    """The licence the case led to."""
    issued = view.state.licence
    if issued is None:
        return None
    return Licence(
        said(view.item.result.name),
        reverse("desk:document", args=[view.id, issued.file_id]),
        reverse("common:verify_token", args=[issued.token]),
    )
