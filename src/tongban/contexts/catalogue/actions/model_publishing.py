"""A route or table into force, and with it a new version of every item that was chosen: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tongban.contexts.catalogue import models, queries
from tongban.contexts.catalogue.actions import modelling as drafting
from tongban.contexts.catalogue.actions import steps
from tongban.contexts.catalogue.core import rights, versions
from tongban.contexts.catalogue.core.check import Surroundings
from tongban.contexts.catalogue.core.decisions import DecisionFile
from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life import stream_of as item_stream_of
from tongban.contexts.catalogue.core.life.events import Published, Written
from tongban.contexts.catalogue.core.life.reviewed import OPEN, LifeStage
from tongban.contexts.catalogue.core.life.state import VersionState
from tongban.contexts.catalogue.core.modelling import commands as m
from tongban.contexts.catalogue.core.modelling import pinning, stream_of
from tongban.contexts.catalogue.core.modelling import refusals as mr
from tongban.contexts.catalogue.core.modelling.events import ModelKind
from tongban.contexts.catalogue.core.modelling.state import ModelState
from tongban.contexts.catalogue.core.modelling.views import ModelDraft
from tongban.contexts.catalogue.core.versions import ItemVersion
from tongban.contexts.catalogue.projections import MODEL_VERSION
from tongban.contexts.catalogue.queries import life as reads
from tongban.contexts.catalogue.queries import modelling
from tongban.contexts.parties.core import Actor
from tongban.contexts.process.core.routes import Route
from tongban.foundation.ledger import Order


def publish_model(
    *,
    stream_id: str,
    items: Sequence[str] = (),
    actor: Actor,
    now: datetime,
    seen: int = 0,
    request_id: str = "",
) -> ModelDraft:
    """Put an approved route or table in force, and make for each of `items` a new version that is handled on it and
    says the same otherwise. Other items, and all open cases, stay on what they have.

    Records `ModelPublished`, `ModelSuperseded` for the one before, `ItemPinned` and `VersionSuperseded` for each item,
    and `DraftRebased` for open drafts of theirs, which follow. One transaction. Refuses `NotFound`, `NotAllowed`
    (publishers of the service bureau), `WrongStage`, `SamePerson`, `ModelBaseMoved`, `ModelSaysTheSame`,
    `ModelHasErrors`, `ModelInUseElsewhere`, `ItemNotOnModel`, `ItemNotYours`, `LaneWithoutAgency`, `PinnedItemWrong`,
    and `ChangedSince` where more happened than the event number `seen`.
    """
    rights.require(rights.may_publish(actor, reads.organ_of(actor)))
    with transaction.atomic():
        steps.lock()
        state = modelling.model_state(stream_id)
        if not (state.stage is LifeStage.PUBLISHED and state.publisher == actor.id):  # else a repeat: it is done
            if state.stage is LifeStage.APPROVED:
                drafting.require_seen(stream_id, seen)
            queries.refresh()
            orders = _orders(stream_id, state, tuple(dict.fromkeys(items)), actor, now)
            steps.run(orders, actor=actor, now=now, request_id=request_id, fallback="publish-model")
            store(state.kind, state.key, state.xml, now)
    queries.refresh()
    return queries.model(stream_id, actor=actor)


def store(kind: ModelKind, key: str, xml: str, now: datetime) -> None:
    """Keep a published text under its digest, for ever."""
    digest = versions.digest(xml.encode())
    if kind == "route":
        route = models.Route(digest=digest, key=key, body=xml, stored_at=now)
        models.Route.objects.bulk_create([route], ignore_conflicts=True)
    else:
        table = models.Decision(digest=digest, key=key, body=xml, stored_at=now)
        models.Decision.objects.bulk_create([table], ignore_conflicts=True)


def supersede(kind: ModelKind, key: str, in_force: int, number: int, facts: m.Facts) -> list[Order]:
    """The version in force makes room: before the next one comes, for there is one at a time."""
    if not in_force:
        return []
    return [Order(MODEL_VERSION, stream_of(kind, key, in_force), c.Supersede(number), facts)]


def _orders(stream_id: str, state: ModelState, items: tuple[str, ...], actor: Actor, now: datetime) -> list[Order]:
    facts = drafting.facts_of(state, actor, now, modelling.faults(state.kind, state.key, state.xml))
    if state.stage is not LifeStage.APPROVED:  # too late or too early: the ledger tells which
        return [Order(MODEL_VERSION, stream_id, m.PublishModel(()), facts)]
    pinning_ = _Pinning(stream_id, state, facts)
    going = [pinning_.version(code) for code in items]
    numbers = tuple((version.item.code, pinning_.number(version.item.code)) for version in going)
    orders = supersede(state.kind, state.key, facts.in_force, state.number, facts)
    orders.append(Order(MODEL_VERSION, stream_id, m.PublishModel(numbers), facts))
    for version in going:
        orders += pinning_.orders(version)
    return orders


@dataclass
class _Pinning:
    """Items go over to one route or table."""

    stream_id: str
    state: ModelState
    facts: m.Facts
    using: dict[str, ItemVersion] = field(init=False)
    last: dict[str, int] = field(init=False)
    route: Route | None = field(init=False)
    files: dict[str, DecisionFile] = field(init=False)
    around: Surroundings = field(init=False)

    def __post_init__(self) -> None:
        state = self.state
        found = pinning.users(state.kind, state.key, queries.in_force())
        pinning.require_own(state.key, state.agency, found)
        self.using = {version.item.code: version for version in found}
        numbers = models.Life.objects.filter(code__in=self.using).values("code").annotate(last=Max("number"))
        self.last = dict(numbers.values_list("code", "last"))
        self.route, self.files = modelling.drawn(state.kind, state.key, state.xml)
        today = steps.official(self.facts.now)
        self.around = modelling.surroundings(state.kind, state.key, self.route, self.files, today)

    def version(self, code: str) -> ItemVersion:
        """The version of `code` in force, if it may go over. Refuses as `publish_model` says."""
        version = self.using.get(code)
        if version is None:
            raise mr.ItemNotOnModel(item=code, key=self.state.key)
        if not rights.acts_for(self.state.agency, version.item.agency):
            raise mr.ItemNotYours(item=code)
        for lane, name in pinning.lanes_without_agency(version.item, self.route) if self.route else ():
            raise mr.LaneWithoutAgency(code, lane, name)
        if not self.facts.faults and (found := modelling.pinned_findings(version, self.around)):
            raise mr.PinnedItemWrong(code, found)
        return version

    def number(self, code: str) -> int:
        """Of the version that is made."""
        return self.last[code] + 1

    def orders(self, version: ItemVersion) -> list[Order]:
        """The version in force makes room, the new one comes, and an open draft follows."""
        code, number = version.item.code, self.number(version.item.code)
        stream_id, in_force = steps.in_force(code)
        before = reads.state_of(stream_id)
        facts = c.Facts(self.facts.by, self.facts.now, steps.official(self.facts.now), in_force)
        state = self.state
        pin = c.Pin(
            code,
            number,
            Written(before.content, before.name_zh, before.name_en, before.agency, before.errors, before.warnings),
            self._published(version, before),
            f"model {state.kind} {state.key}@{state.number}",
            self.stream_id,
            (state.author, state.department_reviewer, state.legal_reviewer),
        )
        orders = [
            steps.order(stream_id, c.Supersede(number), facts),
            steps.order(item_stream_of(code, number), pin, facts),
        ]
        drafts = models.Life.objects.filter(code=code, stage__in=sorted(OPEN), base=in_force.number)
        for draft in drafts.values_list("stream_id", flat=True):
            orders.append(steps.order(draft, c.Rebase(number, self.stream_id), facts))
        return orders

    def _published(self, version: ItemVersion, before: VersionState) -> Published:
        body = versions.decode(before.body, before.number)
        digest, drawn, new = body.route, version.route, self.state.key
        if self.state.kind == "route":
            digest, drawn, new = self.state.digest, self.route, ""
        tables = pinning.rests_on(version.item, drawn, body.decisions, self.files, new)
        made = versions.encode(version.item, digest, tables)
        return Published(made.decode(), versions.digest(made), digest)
