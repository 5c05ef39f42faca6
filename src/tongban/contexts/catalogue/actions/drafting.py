"""From draft to approval. Each step checks the right, gathers facts, and records one event in the ledger.

`request_id` makes a repeat harmless; "" = every call is a step of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from django.db import transaction
from django.db.models import Max

from tongban.contexts.catalogue import models, queries
from tongban.contexts.catalogue.actions import steps
from tongban.contexts.catalogue.core import rights
from tongban.contexts.catalogue.core.findings import Finding
from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life import refusals as r
from tongban.contexts.catalogue.core.life import stream_of
from tongban.contexts.catalogue.core.life.events import Step, Written
from tongban.contexts.catalogue.core.life.machine import STAGE_OF
from tongban.contexts.catalogue.core.life.state import OPEN
from tongban.contexts.catalogue.core.life.views import Draft
from tongban.contexts.catalogue.queries import life as reads
from tongban.contexts.parties.core import Actor
from tongban.foundation.ledger import Order
from tongban.kernel.canonical import canonical
from tongban.kernel.refusals import NotAllowed, Refusal

Verdict = Literal["approve", "return"]
Checker = Callable[[Mapping[str, Any]], tuple[Finding, ...]]
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
_LONGEST: Final = 40


@dataclass(frozen=True)
class Opening:
    """What became of one content given to `open_drafts`: a draft, or the reason why not."""

    code: str
    stream_id: str = ""
    errors: int = 0
    warnings: int = 0
    refusal: Refusal | None = None


def open_draft(
    code: str, *, actor: Actor, now: datetime, content: Mapping[str, Any] | None = None, request_id: str = ""
) -> Draft:
    """Begin the next version of item `code`, from the version in force or from `content`.

    Records `ItemDrafted`. Refuses `NotAllowed` (catalogue owners of the organ, of the service bureau, the system),
    `DraftExists`, `CodeInvalid` (also for a new code without content), `ContentInvalid`.
    """
    with transaction.atomic():
        steps.lock()
        before = _Known([code])
        if content is None:
            content = before.source(code)
        opening = _open([(code, content)], before, actor, now, "desk", request_id)[0]
    if opening.refusal is not None:
        raise opening.refusal
    return queries.draft(opening.stream_id, actor=actor)


def open_drafts(
    contents: Sequence[tuple[str, Mapping[str, Any]]],
    *,
    actor: Actor,
    now: datetime,
    origin: str,
    request_id: str = "",
) -> tuple[Opening, ...]:
    """Begin a draft for every (code, content), in one transaction; tells in their order what became of each.

    `origin` says where they come from ("import", "file"). A content that can't become a draft carries its refusal
    (`DraftExists`, `CodeInvalid`, `ContentInvalid`) and keeps back no other. Records `ItemDrafted` for each. Refuses
    `NotAllowed` where one of them is not the actor's to draft: then nothing is opened.
    """
    if not contents:
        return ()
    with transaction.atomic():
        steps.lock()
        known = _Known([code for code, _ in contents])
        return _open(contents, known, actor, now, origin, request_id)


class _Known:
    """What the catalogue knows about some codes, read at once."""

    def __init__(self, codes: Sequence[str]) -> None:
        asked = [code for code in codes if _is_code(code)]
        lives = models.Life.objects.filter(code__in=asked)
        self.open = dict(lives.filter(stage__in=sorted(OPEN)).values_list("code", "number"))
        self.last = dict(lives.values("code").annotate(last=Max("number")).values_list("code", "last"))
        self.current = dict(models.Current.objects.filter(code__in=asked).values_list("code", "version"))

    def source(self, code: str) -> dict[str, Any]:
        """What the version in force says, else the last there was. Refuses `CodeInvalid` where there is none."""
        number = self.current.get(code) or self.last.get(code)
        if number is None:
            raise r.CodeInvalid(field="code", item=code)
        content: dict[str, Any] = msgspec.json.decode(reads.state_of(stream_of(code, number)).content)
        return content


def _is_code(code: str) -> bool:
    return len(code) <= _LONGEST and bool(_CODE.fullmatch(code))


def _open(
    contents: Sequence[tuple[str, Mapping[str, Any]]],
    known: _Known,
    actor: Actor,
    now: datetime,
    origin: str,
    request_id: str,
) -> tuple[Opening, ...]:
    organ = reads.organ_of(actor)
    check = reads.checker(steps.official(now))
    facts = c.Facts(actor.id, now, steps.official(now))
    orders: list[Order] = []
    openings: list[Opening] = []
    for code, content in contents:
        try:
            command = _opening(code, content, known, check, organ, origin)
        except Refusal as refusal:
            openings.append(Opening(code, refusal=refusal))
            continue
        rights.require(rights.may_draft(actor, organ, command.written.agency))
        known.open[code] = command.number
        orders.append(steps.order(stream_of(code, command.number), command, facts))
        openings.append(Opening(code, orders[-1].stream_id, command.written.errors, command.written.warnings))
    steps.run(orders, actor=actor, now=now, request_id=request_id, fallback="open-draft")
    return tuple(openings)


def _opening(code: str, content: Mapping[str, Any], known: _Known, check: Checker, organ: str, origin: str) -> c.Open:
    if not _is_code(code):
        raise r.CodeInvalid(field="code", item=code)
    if code in known.open:
        raise r.DraftExists(item=code, number=known.open[code])
    number = known.last.get(code, 0) + 1
    return c.Open(code, number, known.current.get(code, 0), _written(content, code, check, organ), origin)


def _written(content: Mapping[str, Any], code: str, check: Checker, organ: str) -> Written:
    source = {key: value for key, value in content.items() if key != "version"} | {"code": code}
    steps.written(source, code)  # what is no content at all is refused before the checker reads it
    return steps.written(source, code, check(source), agency=organ)


def save_draft(
    stream_id: str,
    *,
    content: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    instead_of: Mapping[str, Any] | None = None,
    request_id: str = "",
) -> Draft:
    """Write the draft's content anew, whole; it may be incomplete. `instead_of` is the content that it was made from.

    Records `DraftSaved`. Refuses `NotFound`, `NotAllowed`, `WrongStage` (drafts only), `ContentInvalid`,
    `CodeInvalid` where the content names another code, and `ContentMoved` where another content than `instead_of`
    stands there by now.
    """
    state = reads.state_of(stream_id)
    organ = reads.organ_of(actor)
    rights.require(rights.may_draft(actor, organ, state.agency))
    if content.get("code", state.code) != state.code:
        raise r.CodeInvalid(field="code", item=str(content.get("code")))
    saved = _written(content, state.code, reads.checker(steps.official(now)), state.agency)
    rights.require(rights.may_draft(actor, organ, saved.agency))
    expected = canonical(dict(instead_of)).decode() if instead_of is not None else ""
    return _step(stream_id, c.Save(saved, expected), c.Facts(actor.id, now, steps.official(now)), actor, request_id)


def submit_draft(stream_id: str, *, actor: Actor, now: datetime, request_id: str = "") -> Draft:
    """Hand the draft in for the department review.

    Records `DraftSubmitted`. Refuses `NotFound`, `NotAllowed`, `WrongStage`, `BaseMoved` or `BaseGone` where another
    version came between, `ChangedSince` where somebody saves at this moment, and `DraftHasErrors` with the checker's
    `findings`.
    """
    state = reads.state_of(stream_id)
    rights.require(rights.may_draft(actor, reads.organ_of(actor), state.agency))
    today = steps.official(now)
    findings = reads.check_draft(msgspec.json.decode(state.content), state.code, today=today)
    facts = c.Facts(actor.id, now, today, steps.in_force(state.code)[1], findings)
    return _step(stream_id, c.Submit(state.content), facts, actor, request_id)


def review_draft(
    stream_id: str,
    *,
    verdict: Verdict,
    note: str = "",
    actor: Actor,
    now: datetime,
    seen: int = 0,
    request_id: str = "",
) -> Draft:
    """The department review: `approve`, or `return` with the reason. `seen`: the last event the reviewer looked at.

    Records `DepartmentApproved` or `DraftReturned`. Refuses `NotFound`, `NotAllowed` (catalogue reviewers of the organ
    or the service bureau), `WrongStage`, `SamePerson`, `NoteMissing`, `VerdictUnknown`, and `ChangedSince` where more
    happened than `seen`: it was returned, changed and handed in again meanwhile.
    """
    return _review(stream_id, "department", verdict, note, actor, now, seen, request_id)


def review_legality(
    stream_id: str,
    *,
    verdict: Verdict,
    note: str = "",
    actor: Actor,
    now: datetime,
    seen: int = 0,
    request_id: str = "",
) -> Draft:
    """The legal review (合法性审核, 国办发〔2018〕115号): as `review_draft`, by legal reviewers."""
    return _review(stream_id, "legal", verdict, note, actor, now, seen, request_id)


def return_approved(stream_id: str, *, note: str, actor: Actor, now: datetime, request_id: str = "") -> Draft:
    """The publisher gives an approved (also a scheduled) version back to its drafters.

    Records `DraftReturned`. Refuses `NotFound`, `NotAllowed` (publishers only), `WrongStage`, `SamePerson`,
    `NoteMissing`.
    """
    return _review(stream_id, "publish", "return", note, actor, now, 0, request_id)


def _review(
    stream_id: str, step: Step, verdict: str, note: str, actor: Actor, now: datetime, seen: int, request_id: str
) -> Draft:
    state = reads.state_of(stream_id)
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
        steps.require_seen(stream_id, seen)
    command = c.Approve(step, note) if verdict == "approve" else c.Return(step, note)
    return _step(stream_id, command, c.Facts(actor.id, now, steps.official(now)), actor, request_id)


def abandon_draft(stream_id: str, *, actor: Actor, now: datetime, request_id: str = "") -> Draft:
    """Give a version on its way up, in whatever stage; its number is not used again.

    Records `DraftAbandoned`. Refuses `NotFound`, `NotAllowed` (those who may draft it, and publishers), `WrongStage`.
    """
    state = reads.state_of(stream_id)
    organ = reads.organ_of(actor)
    if not (rights.may_draft(actor, organ, state.agency) or rights.may_publish(actor, organ)):
        raise NotAllowed
    return _step(stream_id, c.Abandon(), c.Facts(actor.id, now, steps.official(now)), actor, request_id)


def _step(stream_id: str, command: c.Command, facts: c.Facts, actor: Actor, request_id: str) -> Draft:
    order = steps.order(stream_id, command, facts)
    steps.run([order], actor=actor, now=facts.now, request_id=request_id, fallback="draft-step")
    return queries.draft(stream_id, actor=actor)
