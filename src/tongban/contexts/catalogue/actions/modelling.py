"""Routes and decision tables from draft to approval, by the same steps and persons as items.

`request_id` makes a repeat harmless; "" = every call is a step of its own.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from tongban.contexts.catalogue import models, queries
from tongban.contexts.catalogue.actions import steps
from tongban.contexts.catalogue.actions.drafting import Verdict
from tongban.contexts.catalogue.core import rights
from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life import refusals as r
from tongban.contexts.catalogue.core.life.events import Step
from tongban.contexts.catalogue.core.life.reviewed import OPEN, LifeStage
from tongban.contexts.catalogue.core.life.reviewing import STAGE_OF
from tongban.contexts.catalogue.core.modelling import checking, pinning, stream_of
from tongban.contexts.catalogue.core.modelling import commands as m
from tongban.contexts.catalogue.core.modelling import refusals as mr
from tongban.contexts.catalogue.core.modelling.events import ModelKind, WrittenModel
from tongban.contexts.catalogue.core.modelling.state import ModelState
from tongban.contexts.catalogue.core.modelling.views import ModelDraft
from tongban.contexts.catalogue.core.versions import digest
from tongban.contexts.catalogue.projections import MODEL_VERSION
from tongban.contexts.catalogue.queries import life as reads
from tongban.contexts.catalogue.queries import modelling
from tongban.contexts.parties.core import Actor
from tongban.foundation import ledger
from tongban.foundation.ledger import Order
from tongban.kernel.refusals import NotAllowed, NotFound

_KEY: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST_KEY: Final = 60
#: Control characters that no text of XML holds, and halves of pairs that no encoding holds.
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def open_model(
    *, kind: ModelKind, key: str, xml: str | None = None, actor: Actor, now: datetime, request_id: str = ""
) -> ModelDraft:
    """Begin the next version of a route or table, from the version in force or from `xml`.

    Records `ModelDrafted`. Refuses `NotAllowed` (catalogue owners, the system), `ModelInUseElsewhere` where items of
    other organs use it (the service bureau may), `ModelExists`, `ModelKeyInvalid` (also for a new key without text),
    `ModelTextInvalid`.
    """
    if not _KEY.fullmatch(key) or len(key) > _LONGEST_KEY or kind not in ("route", "table"):
        raise mr.ModelKeyInvalid(field="key", key=key)
    organ = _organ(actor)
    rights.require(rights.may_draft(actor, organ, organ))
    with transaction.atomic():
        steps.lock()
        require_own(kind, key, organ)
        rows = models.Modelled.objects.filter(kind=kind, key=key)
        if request_id and (repeat := _opened_before(rows, request_id)):
            return queries.model(repeat, actor=actor)
        if open_now := rows.filter(stage__in=sorted(OPEN)).first():
            raise mr.ModelExists(key=key, number=open_now.number)
        base = rows.filter(stage=LifeStage.PUBLISHED).values_list("number", flat=True).first() or 0
        number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
        text = xml if xml is not None else _former(kind, key, base or number - 1)
        command = m.OpenModel(kind, key, number, base, written(kind, key, text), organ, "desk")
        stream_id = stream_of(kind, key, number)
        _run(stream_id, command, m.Facts(actor.id, now), actor, request_id, "open-model")
    return queries.model(stream_id, actor=actor)


def _opened_before(rows: Any, request_id: str) -> str:
    """The stream that this request opened, "" if none: its number was taken then."""
    for stream_id in rows.filter(stage__in=sorted(OPEN)).values_list("stream_id", flat=True):
        if ledger.history(MODEL_VERSION, stream_id)[0].request_id == request_id:
            return str(stream_id)
    return ""


def _organ(actor: Actor) -> str:
    return rights.OVERALL if actor.kind == "system" else reads.organ_of(actor)


def _former(kind: ModelKind, key: str, number: int) -> str:
    try:
        return modelling.model_state(stream_of(kind, key, number)).xml
    except NotFound:
        raise mr.ModelKeyInvalid(field="key", key=key) from None


def require_own(kind: ModelKind, key: str, agency: str) -> None:
    """Refuses `ModelInUseElsewhere` where items in force of others use what `agency` wants to change."""
    pinning.require_own(key, agency, pinning.users(kind, key, queries.in_force()))


def written(kind: ModelKind, key: str, xml: str) -> WrittenModel:
    """A text as it is recorded, with what the checker finds. Refuses `ModelTextInvalid`."""
    if checking.too_much(xml) or _NO_TEXT.search(xml):
        raise mr.ModelTextInvalid(field="xml")
    faults = modelling.faults(kind, key, xml)
    wrong = sum(fault.severity == "error" for fault in faults)
    name = checking.name_of(kind, xml, key)
    return WrittenModel(xml, digest(xml.encode()), name.zh, name.en, wrong, len(faults) - wrong)


def save_model(
    *, stream_id: str, xml: str, seen: str = "", actor: Actor, now: datetime, request_id: str = ""
) -> ModelDraft:
    """Write the draft's text anew, whole; it may be half done. `seen` is the digest of the text it was made from.

    Records `ModelSaved`, or nothing where the text is the one that stands there. Refuses `NotFound`, `NotAllowed`,
    `WrongStage` (drafts only), `ModelTextInvalid`, and `ModelMoved` where another text than `seen` stands there now.
    """
    state = modelling.model_state(stream_id)
    rights.require(rights.may_draft(actor, _organ(actor), state.agency))
    made = written(state.kind, state.key, xml)
    if made.digest != state.digest or state.stage is not LifeStage.DRAFT:
        _run(stream_id, m.SaveModel(made, seen), m.Facts(actor.id, now), actor, request_id, "save-model")
    return queries.model(stream_id, actor=actor)


def submit_model(*, stream_id: str, actor: Actor, now: datetime, request_id: str = "") -> ModelDraft:
    """Hand the draft in for the department review.

    Records `ModelSubmitted`. Refuses `NotFound`, `NotAllowed`, `WrongStage`, `ModelBaseMoved`, `ModelSaysTheSame`,
    `ModelInUseElsewhere`, `ChangedSince` where somebody saves at this moment, `ModelHasErrors` with the `faults`.
    """
    state = modelling.model_state(stream_id)
    rights.require(rights.may_draft(actor, _organ(actor), state.agency))
    require_own(state.kind, state.key, state.agency)
    facts = facts_of(state, actor, now, modelling.faults(state.kind, state.key, state.xml))
    _run(stream_id, c.Submit(state.digest), facts, actor, request_id, "submit-model")
    return queries.model(stream_id, actor=actor)


def facts_of(state: ModelState, actor: Actor, now: datetime, faults: tuple[checking.Fault, ...] = ()) -> m.Facts:
    """What a step of `state` is decided on: which version is in force, and what the checker finds."""
    rows = models.Modelled.objects.filter(kind=state.kind, key=state.key, stage=LifeStage.PUBLISHED)
    number, stored = rows.values_list("number", "digest").first() or (0, "")
    return m.Facts(actor.id, now, number, stored, faults)


def review_model(
    *,
    stream_id: str,
    verdict: Verdict,
    note: str = "",
    actor: Actor,
    now: datetime,
    seen: int = 0,
    request_id: str = "",
) -> ModelDraft:
    """The department review: "approve" hands on to the legal review, "return" gives back to the drafters.

    Records `ModelDepartmentApproved` or `ModelReturned`. Refuses `NotFound`, `NotAllowed`, `WrongStage`, `SamePerson`
    (nobody reviews what they drafted), `NoteMissing` for a return without reason, and `ChangedSince` where more
    happened than the event number `seen`.
    """
    return _review(stream_id, "department", verdict, note, actor, now, seen, request_id)


def review_model_legality(
    *,
    stream_id: str,
    verdict: Verdict,
    note: str = "",
    actor: Actor,
    now: datetime,
    seen: int = 0,
    request_id: str = "",
) -> ModelDraft:
    """The legal review (合法性审核, 国办发〔2018〕115号): as `review_model`, by legal reviewers."""
    return _review(stream_id, "legal", verdict, note, actor, now, seen, request_id)


def return_model(*, stream_id: str, note: str, actor: Actor, now: datetime, request_id: str = "") -> ModelDraft:
    """The publisher gives an approved version back to its drafters.

    Records `ModelReturned`. Refuses `NotFound`, `NotAllowed` (publishers only), `WrongStage`, `SamePerson`,
    `NoteMissing`.
    """
    return _review(stream_id, "publish", "return", note, actor, now, 0, request_id)


def _review(
    stream_id: str, step: Step, verdict: str, note: str, actor: Actor, now: datetime, seen: int, request_id: str
) -> ModelDraft:
    state = modelling.model_state(stream_id)
    organ = reads.organ_of(actor)
    allowed = {
        "department": rights.may_review(actor, organ, state.agency),
        "legal": rights.may_review_legality(actor, organ, state.agency),
        "publish": rights.may_publish(actor, organ),
    }
    rights.require(allowed[step])
    if verdict not in ("approve", "return"):
        raise r.VerdictUnknown(field="verdict")
    if state.stage is STAGE_OF[step]:  # else it is a repeat, or too late: the ledger tells which
        require_seen(stream_id, seen)
    command = c.Approve(step, note) if verdict == "approve" else c.Return(step, note)
    _run(stream_id, command, m.Facts(actor.id, now), actor, request_id, "review-model")
    return queries.model(stream_id, actor=actor)


def require_seen(stream_id: str, seen: int) -> None:
    """Refuses `ChangedSince` where something happened after event number `seen`; 0 = not asked."""
    if seen and ledger.history(MODEL_VERSION, stream_id)[-1].seq != seen:
        raise r.ChangedSince


def abandon_model(*, stream_id: str, actor: Actor, now: datetime, request_id: str = "") -> ModelDraft:
    """Give a version on its way up, in whatever stage; its number is not used again.

    Records `ModelAbandoned`. Refuses `NotFound`, `NotAllowed` (those who may draft it, and publishers), `WrongStage`.
    """
    state = modelling.model_state(stream_id)
    organ = _organ(actor)
    if not (rights.may_draft(actor, organ, state.agency) or rights.may_publish(actor, organ)):
        raise NotAllowed
    _run(stream_id, c.Abandon(), m.Facts(actor.id, now), actor, request_id, "abandon-model")
    return queries.model(stream_id, actor=actor)


def _run(stream_id: str, command: m.Command, facts: m.Facts, actor: Actor, request_id: str, fallback: str) -> None:
    order = Order(MODEL_VERSION, stream_id, command, facts)
    steps.run([order], actor=actor, now=facts.now, request_id=request_id, fallback=fallback)
