"""Routes and decision tables in a list: who uses each, its version in force, and the one on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.catalogue import queries
from tongban.contexts.catalogue.core.modelling import ModelKind, ModelRow
from tongban.contexts.parties.core import Actor, Role
from tongban.kernel.refusals import NotFound
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.desk.presenters import catalogue_common as common

KINDS: tuple[ModelKind, ...] = ("route", "table")


def kind_of(text: str) -> ModelKind:
    """The kind that an address names. Refuses `NotFound`."""
    if text not in ("route", "table"):
        raise NotFound
    return "route" if text == "route" else "table"


def kind_words(kind: str) -> str:
    """What a kind is called."""
    return _("流程") if kind == "route" else _("决策表")


@dataclass(frozen=True)
class Line:
    """One route or table of the list."""

    href: str
    name: str
    key: str
    users: str
    number: int
    digest: str
    draft: str  # where its next version stands; "" without one
    draft_href: str
    stops: int


@dataclass(frozen=True)
class Part:
    """All of one kind."""

    kind: str
    name: str
    lines: tuple[Line, ...]


def page(actor: Actor) -> dict[str, Any]:
    """The context of `desk/catalogue/models/list.html`."""
    parts = tuple(
        Part(kind, kind_words(kind), tuple(map(_line, queries.models(kind=kind, actor=actor)))) for kind in KINDS
    )
    return {
        "nav": "catalogue",
        "parts": parts,
        "may_draft": actor.has(Role.CATALOGUE_OWNER),
        "rail": common.rail(actor, "models"),
    }


def _line(row: ModelRow) -> Line:
    draft = row.draft
    return Line(
        href=reverse("desk:model", args=[row.kind, row.key]),
        name=said(row.name),
        key=row.key,
        users=users(row.users),
        number=row.in_force.number if row.in_force else 0,
        digest=row.in_force.digest if row.in_force else "",
        draft=stage(draft.stage) if draft else "",
        draft_href=reverse("desk:model_version", args=[draft.stream_id]) if draft else "",
        stops=draft.errors if draft else 0,
    )


def users(codes: tuple[str, ...]) -> str:
    """Which items use it: the first few, and how many more."""
    if not codes:
        return _("没有事项用它")
    shown = _("、").join(codes[:3])
    rest = len(codes) - 3
    return shown if rest <= 0 else shown + ngettext(" 等 %(n)s 项", " 等 %(n)s 项", len(codes)) % {"n": len(codes)}


def stage(of: Any) -> str:
    """Where a version stands, in words."""
    return {
        "draft": _("起草"),
        "department_review": _("等部门审"),
        "legal_review": _("等法制审"),
        "approved": _("等公布"),
        "published": _("现行"),
        "superseded": _("已被替代"),
        "abandoned": _("已放弃"),
    }.get(str(of.value), "")
