"""Routes and decision tables: lists, one version whole, what the checker says of a text, what publishing reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils import translation

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core import check, rights
from tongban.contexts.catalogue.core.decisions import DecisionFile, Shelf
from tongban.contexts.catalogue.core.findings import Finding, errors
from tongban.contexts.catalogue.core.items import Text
from tongban.contexts.catalogue.core.life.reviewed import OPEN, LifeStage
from tongban.contexts.catalogue.core.modelling import checking, pinning, stream_of
from tongban.contexts.catalogue.core.modelling.checking import Fault
from tongban.contexts.catalogue.core.modelling.state import ModelKind, ModelState
from tongban.contexts.catalogue.core.modelling.views import (
    ItemImpact,
    ModelDraft,
    ModelFinding,
    ModelImpact,
    ModelRow,
    ModelVersion,
)
from tongban.contexts.catalogue.core.versions import ItemVersion
from tongban.contexts.catalogue.projections import MODEL_VERSION
from tongban.contexts.catalogue.queries import life
from tongban.contexts.catalogue.queries.handed import in_force
from tongban.contexts.parties.core import Actor, Role
from tongban.contexts.process.core.migrating import stays
from tongban.contexts.process.core.routes import Route
from tongban.contexts.process.core.soundness import publishable
from tongban.foundation import ledger, time
from tongban.foundation.i18n import told
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import NotFound, Refusal, Words

_OPEN = sorted(stage.value for stage in OPEN)
_LIVE = [*_OPEN, LifeStage.PUBLISHED.value]


def sees_models(actor: Actor) -> bool:
    """Who takes part in the catalogue, supervisors, administrators and the system see routes and tables whole."""
    organ = life.organ_of(actor)
    return rights.sees(actor, organ, organ) or actor.has(Role.ADMINISTRATOR) or actor.kind == "system"


def models_of(*, kind: ModelKind, actor: Actor) -> tuple[ModelRow, ...]:
    """Every route (or table) that is in force or on its way, by key. Nothing for those who take no part.

    Two statements beside what the process knows of the items.
    """
    if not sees_models(actor):
        return ()
    versions = in_force()
    found: dict[str, dict[str, ModelVersion]] = {}
    for row in models.Modelled.objects.filter(kind=kind, stage__in=_LIVE):
        place = "in_force" if row.stage == LifeStage.PUBLISHED else "draft"
        found.setdefault(row.key, {})[place] = _version(row)
    organ = life.organ_of(actor)
    return tuple(_row(kind, key, found[key], versions, actor, organ) for key in sorted(found))


def _row(
    kind: ModelKind,
    key: str,
    live: Mapping[str, ModelVersion],
    items: tuple[ItemVersion, ...],
    actor: Actor,
    organ: str,
) -> ModelRow:
    using = pinning.users(kind, key, items)
    known = live.get("in_force") or live["draft"]
    own = all(rights.acts_for(organ, version.item.agency) for version in using)
    return ModelRow(
        kind,
        key,
        known.name,
        tuple(version.item.code for version in using),
        live.get("in_force"),
        live.get("draft"),
        own and rights.may_draft(actor, organ, organ),
    )


def model(stream_id: str, *, actor: Actor) -> ModelDraft:
    """One version whole, in whatever stage. Refuses `NotFound` for one that is not there or not this actor's to see."""
    if not sees_models(actor) or not models.Modelled.objects.filter(stream_id=stream_id.replace("\0", "")).exists():
        raise NotFound
    return _whole(stream_id)


def _whole(stream_id: str) -> ModelDraft:
    state = model_state(stream_id)
    return ModelDraft(
        stream_id,
        state.kind,
        state.key,
        state.number,
        state.stage,
        state.xml,
        state.digest,
        Text(state.name_zh, state.name_en),
        state.agency,
        state.author,
        state.base,
        tuple(version.item.code for version in pinning.users(state.kind, state.key, in_force())),
        state,
        ledger.history(MODEL_VERSION, stream_id),
    )


def model_version(kind: ModelKind, key: str, number: int) -> ModelDraft:
    """One version that is or was in force, by its number: no secret. Refuses `NotFound`."""
    stream_id = stream_of(kind, key.replace("\0", ""), number)
    if not models.Modelled.objects.filter(stream_id=stream_id, published_at__isnull=False).exists():
        raise NotFound
    return _whole(stream_id)


def model_versions(kind: ModelKind, key: str) -> tuple[ModelVersion, ...]:
    """Every version that is or was in force, newest first; then what may be on its way is in `models_of`."""
    rows = models.Modelled.objects.filter(kind=kind, key=key.replace("\0", ""), published_at__isnull=False)
    return tuple(_version(row) for row in rows.order_by("-number"))


def published_model(kind: ModelKind, key: str) -> str:
    """The text of the version in force. Refuses `NotFound`."""
    row = models.Modelled.objects.filter(kind=kind, key=key.replace("\0", ""), stage=LifeStage.PUBLISHED).first()
    if row is None:
        raise NotFound
    return model_text(kind, row.digest)


def model_text(kind: ModelKind, stored: str) -> str:
    """The text of a published route or table by its digest: also what a version of an item is pinned to.

    Refuses `NotFound`.
    """
    table = models.Route if kind == "route" else models.Decision
    body: str | None = table.objects.filter(digest=stored.replace("\0", "")).values_list("body", flat=True).first()
    if body is None:
        raise NotFound
    return body


def route_text(code: str, version: int) -> str:
    """The drawing that a version of an item is handled on, as it was published; "" for a guide only."""
    rows = models.Version.objects.filter(code=code.replace("\0", ""), version=version)
    return rows.values_list("route__body", flat=True).first() or ""


def model_state(stream_id: str) -> ModelState:
    """The state of a version, for this context's own actions. Refuses `NotFound`."""
    state = ledger.load(MODEL_VERSION, stream_id)
    if state is None:
        raise NotFound
    return state


def _version(row: models.Modelled) -> ModelVersion:
    return ModelVersion(
        row.stream_id,
        "route" if row.kind == "route" else "table",
        row.key,
        row.number,
        LifeStage(row.stage),
        Text(row.name_zh, row.name_en),
        row.agency,
        row.author,
        row.origin,
        row.digest,
        row.updated_at,
        row.published_at,
        row.ended_at,
        row.errors,
        row.warnings,
    )


# -- the checker -----------------------------------------------------------------------------------------------------


def check_model(kind: ModelKind, xml: str, key: str) -> tuple[ModelFinding, ...]:
    """What the checker finds in the text of a route or table, in both languages: errors first, then by line."""
    return tuple(_both(fault) for fault in faults(kind, key, xml))


def faults(kind: ModelKind, key: str, xml: str) -> tuple[Fault, ...]:
    """As `check_model`, for this context's own actions."""
    return checking.checked(kind, key, xml, life.decisions())


def _both(fault: Fault) -> ModelFinding:
    return ModelFinding(
        fault.severity,
        fault.element,
        fault.line,
        in_both(fault.message, fault.params),
        in_both(fault.advice, fault.params),
        fault.trace,
    )


def in_both(message: str, params: Mapping[str, object]) -> Words:
    """A message with its values in both languages."""
    made = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            made.append(told(message, params))
    return Words(*made)


# -- what publishing would reach -------------------------------------------------------------------------------------


def model_impact(stream_id: str, *, actor: Actor) -> ModelImpact:
    """What publishing this version would mean for every item that uses it, and for open cases. Refuses `NotFound`."""
    found = model(stream_id, actor=actor)
    using = pinning.users(found.kind, found.key, in_force())
    open_drafts = dict(models.Life.objects.filter(stage__in=_OPEN).values_list("code", "stream_id"))
    route, files = drawn(found.kind, found.key, found.xml)
    around = surroundings(found.kind, found.key, route, files, time.now().astimezone(CHINA).date())
    items = tuple(
        ItemImpact(
            version.item.code,
            version.item.name,
            version.item.version,
            version.item.agency,
            tuple(name for _, name in pinning.lanes_without_agency(version.item, route)) if route else (),
            len(pinned_findings(version, around)) if route or found.key in files else 1,
            open_drafts.get(version.item.code, ""),
        )
        for version in using
    )
    return ModelImpact(items, _stays(found, route))


def _stays(found: ModelDraft, route: Route | None) -> dict[str, tuple[str, ...]]:
    if route is None:
        return {}
    try:
        before = publishable(published_model("route", found.key).encode())
    except Refusal:
        return {}
    return {node: tuple(kinds) for node, kinds in stays(before, route).items()}


def drawn(kind: ModelKind, key: str, xml: str) -> tuple[Route | None, dict[str, DecisionFile]]:
    """A route as it would run (None where it can't, or for a table), and the tables as they would be in force."""
    known = dict(life.decisions())
    if kind == "table":
        texts = {name: file.text for name, file in known.items()} | {key: xml}
        return None, Shelf().read(texts)[0]
    try:
        return publishable(xml.encode()), known
    except Refusal:
        return None, known


def surroundings(
    kind: ModelKind, key: str, route: Route | None, files: Mapping[str, DecisionFile], today: date
) -> check.Surroundings:
    """What items are checked against once the route or table is in force."""
    around = life.surroundings(today)
    routes = {**around.routes, key: route} if kind == "route" and route else around.routes
    return replace(around, routes=routes, decisions={name: file.decisions for name, file in files.items()})


def pinned_findings(version: ItemVersion, around: check.Surroundings) -> tuple[Finding, ...]:
    """The rules that a version in force breaks in `around`, though its own content stays the same."""
    content = life.source_of(version.item.code, version.item.version)
    return errors(check.check_content(content, around))
