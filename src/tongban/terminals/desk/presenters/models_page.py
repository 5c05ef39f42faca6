"""The page of one version of a route or table: its head, the board or the picture, findings, changes, what happened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.catalogue import queries
from tongban.contexts.catalogue.core.life import LifeStage
from tongban.contexts.catalogue.core.modelling import ModelDraft, ModelKind
from tongban.contexts.catalogue.queries.life import decisions
from tongban.contexts.parties.core import Actor
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotFound
from tongban.terminals.common.presenters import diagram, words
from tongban.terminals.common.presenters.languages import said
from tongban.terminals.common.requests import new_request_id
from tongban.terminals.desk.presenters import catalogue_common as common
from tongban.terminals.desk.presenters import models_history, models_list, models_sheet
from tongban.terminals.desk.presenters.catalogue_page import Act, Head, Step
from tongban.terminals.desk.presenters.models_changes import changes
from tongban.terminals.desk.presenters.models_findings import Told, findings
from tongban.terminals.desk.presenters.models_play import role_words
from tongban.terminals.desk.presenters.rail import Link

_OPEN = (LifeStage.DRAFT, LifeStage.DEPARTMENT_REVIEW, LifeStage.LEGAL_REVIEW, LifeStage.APPROVED)


@dataclass(frozen=True)
class View:
    """A version with everything a page needs of it. `before`: the text it follows, "" where there is none."""

    draft: ModelDraft
    before: str
    findings: tuple[Told, ...]
    hands: common.Hands
    actor: Actor
    now: datetime

    @property
    def is_open(self) -> bool:
        return self.draft.stage in _OPEN

    @property
    def editable(self) -> bool:
        return self.draft.stage is LifeStage.DRAFT and self.hands.drafts

    @property
    def stops(self) -> int:
        """How many findings keep it from being handed in."""
        return sum(one.stops for one in self.findings)


def view(stream_id: str, *, actor: Actor, now: datetime) -> View:
    """Read a version, the one it follows, and what the checker says. Refuses `NotFound`."""
    draft = queries.model(stream_id, actor=actor)
    found = findings(draft.kind, draft.key, draft.xml) if draft.stage in _OPEN else ()
    return View(draft, text_of(draft.kind, draft.key, draft.base), found, common.hands(actor, draft.agency), actor, now)


def text_of(kind: ModelKind, key: str, number: int) -> str:
    """The text of a version that was published; "" where there is none."""
    if not number:
        return ""
    try:
        return queries.model_version(kind, key, number).xml
    except NotFound:
        return ""


def page(shown: View) -> dict[str, Any]:
    """The context of `desk/catalogue/models/version.html`."""
    draft = shown.draft
    found = changes(draft.kind, shown.before, draft.xml) if shown.before else None
    return {
        "nav": "catalogue",
        "head": head(shown),
        "kind": draft.kind,
        "kind_words": models_list.kind_words(draft.kind),
        "key": draft.key,
        "number": draft.number,
        "base": draft.base if shown.before else 0,
        "xml": draft.xml,
        "before": shown.before,
        "editable": shown.editable,
        "is_open": shown.is_open,
        "findings": shown.findings,
        "changes": found,
        "marks": json.dumps(found.after) if found and found.after else "{}",
        "sheets": models_sheet.sheets(draft.xml) if draft.kind == "table" else (),
        "steps": models_sheet.steps(draft.xml) if draft.kind == "route" else (),
        "diagram": diagram.model_diagram(draft.xml) if draft.kind == "route" else None,
        "island": island(shown),
        "around": around() if shown.editable else {},
        "digest": draft.digest,
        "stream_id": draft.stream_id,
        "history": models_history.history(draft.history),
        "users": models_list.users(draft.users),
        "rail": common.rail(shown.actor, "", parts=parts(shown)),
        "request_id": new_request_id(),
    }


def island(shown: View) -> dict[str, Any]:
    """What the editor is told: addresses, what it started from, and the words of its choices."""
    draft = shown.draft
    acts = ("review", "inspect", "opinion", "decide")
    return {
        "key": draft.key,
        "seen": draft.digest,
        "check": reverse("desk:model_check", args=[draft.kind]),
        "play": reverse("desk:model_play") if draft.kind == "route" else reverse("desk:model_try"),
        "save": reverse("desk:model_file", args=[draft.stream_id]),
        "today": shown.now.astimezone(CHINA).date().isoformat(),
        "acts": [[act, words.act_words(act)] for act in acts] + [["certify", _("制证")]],
        "roles": [[role, role_words(role)] for role in ("reviewer", "approver")],
    }


def around() -> dict[str, list[tuple[str, str]]]:
    """What the fields of the form propose: tables with their decisions, routes, agencies."""
    tables = [
        (key if len(file.decisions.names) == 1 else f"{key}#{name}", name)
        for key, file in decisions().items()
        for name in file.decisions.names
    ]
    return {
        "tables": tables,
        "agencies": list(common.organs(one.key for one in queries.beside().organs)),
    }


# -- head --------------------------------------------------------------------------------------------------------------


def head(shown: View, *, acts: bool = True) -> Head:
    """The head of the page, with the one next act first."""
    draft = shown.draft
    facts = [
        models_list.kind_words(draft.kind),
        draft.key,
        common.organ_name(draft.agency),
        models_list.users(draft.users),
    ]
    stage = models_list.stage(draft.stage)
    returned = draft.stage is LifeStage.DRAFT and draft.state.note
    return Head(
        name=said(draft.name),
        tag=_("第 %(n)s 版草稿") % {"n": draft.number}
        if draft.stage is LifeStage.DRAFT
        else _("第 %(n)s 版，%(stage)s") % {"n": draft.number, "stage": stage},
        sub=" · ".join(filter(None, facts)),
        steps=_steps(draft.stage),
        acts=_acts(shown) if acts else (),
        note=draft.state.note if returned else "",
        code=draft.key,
        stream_id=draft.stream_id,
    )


def _steps(stage: LifeStage) -> tuple[Step, ...]:
    at = next((n for n, (_words, stages) in enumerate(common.STEPS) if stage in stages), -1)
    return tuple(
        Step(_(words_), "on" if n == at else "done" if n < at else "")
        for n, (words_, _stages) in enumerate(common.STEPS)
    )


def _acts(shown: View) -> tuple[Act, ...]:
    draft, made = shown.draft, [shown.draft.stream_id]
    if draft.stage is LifeStage.DRAFT and shown.hands.drafts:
        return (Act(_("送部门审"), reverse("desk:model_submit", args=made), True, primary=True),)
    if shown.hands.waits_for(draft.stage):
        names = {
            LifeStage.DEPARTMENT_REVIEW: _("去部门审"),
            LifeStage.LEGAL_REVIEW: _("去法制审"),
            LifeStage.APPROVED: _("去公布"),
        }
        return (Act(names[draft.stage], reverse("desk:model_review", args=made), primary=True),)
    return ()


def parts(shown: View) -> tuple[Link, ...]:
    """This route or table in the rail."""
    draft, made = shown.draft, [shown.draft.stream_id]
    here = reverse("desk:model_version", args=made)
    found = [Link(here, models_list.kind_words(draft.kind), current=True)]
    if shown.before:
        found.append(Link(f"{here}#changes", _("改了什么")))
    found.append(Link(f"{here}#log", _("经过"), str(len(draft.history))))
    found.append(Link(reverse("desk:model", args=[draft.kind, draft.key]), _("各版本")))
    if shown.is_open and (shown.hands.drafts or shown.hands.publishes):
        found.append(Link(reverse("desk:model_abandon", args=made), _("放弃草稿")))
    return tuple(found)


# -- all versions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Version:
    href: str
    number: int
    stage: str
    since: str
    until: str
    digest: str


def model(kind: ModelKind, key: str, actor: Actor, now: datetime) -> dict[str, Any]:
    """The context of `desk/catalogue/models/model.html`: its versions, who uses it, what may be begun.

    Refuses `NotFound`.
    """
    found = queries.model_versions(kind, key)
    row = next((one for one in queries.models(kind=kind, actor=actor) if one.key == key), None)
    if row is None and not found:
        raise NotFound
    current = row.in_force if row else None
    xml = queries.published_model(kind, key) if current else ""
    names = {item.code: said(item.name) for item in queries.items()}
    return {
        "nav": "catalogue",
        "kind": kind,
        "kind_words": models_list.kind_words(kind),
        "key": key,
        "name": said(row.name if row else found[0].name),
        "versions": tuple(map(_version, found)),
        "numbers": tuple(one.number for one in found),
        "users": tuple((code, names.get(code, code)) for code in row.users) if row else (),
        "current": current,
        "xml": xml,
        "sheets": models_sheet.sheets(xml) if kind == "table" and xml else (),
        "steps": models_sheet.steps(xml) if kind == "route" and xml else (),
        "diagram": diagram.model_diagram(xml) if kind == "route" and xml else None,
        "draft": row.draft if row else None,
        "draft_stage": models_list.stage(row.draft.stage) if row and row.draft else "",
        "may_open": bool(row and row.may_draft and not row.draft),
        "rail": common.rail(actor, "models"),
        "request_id": new_request_id(),
    }


def _version(one: Any) -> Version:
    return Version(
        reverse("desk:model_version", args=[one.stream_id]), one.number, models_list.stage(one.stage),
        _day(one.published_at), _day(one.ended_at), one.digest,
    )  # fmt: skip


def _day(moment: datetime | None) -> str:
    return moment.astimezone(CHINA).date().isoformat() if moment else ""


def compared(kind: ModelKind, key: str, numbers: tuple[int, int], actor: Actor) -> dict[str, Any]:
    """The context of `desk/catalogue/models/difference.html`. Refuses `NotFound`."""
    old, new = (queries.model_version(kind, key, number) for number in numbers)
    found = changes(kind, old.xml, new.xml)
    return {
        "nav": "catalogue", "kind": kind, "key": key, "name": said(new.name), "old": _one(old), "new": _one(new),
        "changes": found, "before_marks": json.dumps(found.before or {}), "after_marks": json.dumps(found.after or {}),
        "kind_words": models_list.kind_words(kind), "rail": common.rail(actor, "models"),
    }  # fmt: skip


def _one(draft: ModelDraft) -> dict[str, Any]:
    """One side of a comparison."""
    sheets = models_sheet.sheets(draft.xml) if draft.kind == "table" else ()
    return {"number": draft.number, "xml": draft.xml, "sheets": sheets}
