"""Cases in every state for the demo city, handled by its people through the same actions as any case, on past days.

Each scene is a list of (days ago, what happens); the clock of the process stands at that moment while it happens, so
that papers carry the dates they would have carried.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from tongban.contexts.cases import actions, queries
from tongban.contexts.cases.core.automatic.filing import chose_promise
from tongban.contexts.cases.core.state import CaseState, Wanted
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.materials import needed_materials
from tongban.contexts.parties import actions as parties_actions
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role, system
from tongban.contexts.process import queries as process
from tongban.foundation import time as platform_time
from tongban.foundation.ledger import RequestReused, worker
from tongban.foundation.ledger.contract import Outcome
from tongban.integrations.identity_demo import PERSONS
from tongban.kernel.clock import CHINA

from .answers import ANSWERS
from .city import LINJIANG, WANGSHAN
from .course import COURSE
from .fair import FAIR
from .papers import sketch
from .specials import SPECIAL

VIEWER = system("demo")


@dataclass(frozen=True)
class FixedClock:
    """Stands still at one moment."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass
class Scene:
    """One case and who is in it."""

    key: str
    person: str  # key of a demo person
    for_company: bool
    item: str
    steps: tuple[tuple[int, str], ...]  # (working days ago, act)
    division: str = LINJIANG
    more: dict[str, str] = field(default_factory=dict)


SCENES = (
    Scene("food-open", "zhou-min", True, "FOOD", ((4, "file"), (4, "accept"), (3, "review"))),
    Scene("sign", "zhou-min", True, "SIGN", ((3, "file"), (2, "supplement"))),
    Scene(
        "food-done", "zhao-qian", True, "FOOD",
        ((16, "file"), (16, "accept"), (15, "review"), (14, "inspect"), (13, "grant"), (12, "rate")),
    ),
    Scene(
        "dig", "li-xue", True, "ROAD-DIG",
        ((4, "file"), (4, "accept"), (3, "opinion:traffic-police"), (2, "opinion:gardens"), (2, "special"),
         (1, "inform"), (1, "recuse")),
    ),
    Scene("hygiene-late", "zhao-qian", True, "HYGIENE", ((9, "file"), (9, "accept"), (7, "review"))),
    Scene("hygiene-due", "zhou-min", True, "HYGIENE", ((5, "file"), (5, "accept"), (4, "review"), (3, "inspect"))),
    Scene("old-card", "he-xiuying", False, "OLD-CARD", ((8, "file"),)),  # its table grants at once
    Scene("fund", "wang-hao", False, "HF-WITHDRAW", ((1, "file"), (1, "accept")), WANGSHAN),
    Scene(
        "fund-denied", "wang-hao", False, "HF-WITHDRAW",
        ((20, "file"), (20, "accept"), (19, "review"), (19, "intend"), (18, "state"), (18, "deny")), WANGSHAN,
    ),
    Scene(  # told of an intended denial, and still to be heard
        "fund-heard", "wang-hao", False, "HF-WITHDRAW",
        ((0, "file"), (0, "accept"), (0, "review"), (0, "intend")), WANGSHAN,
    ),
    Scene("sign-new", "zhao-qian", True, "SIGN", ((0, "file"),)),
    Scene("food-new", "li-xue", True, "FOOD", ((1, "file"),)),
    Scene("tobacco", "zhao-qian", True, "TOBACCO", ((2, "file"), (1, "accept"), (1, "visit"))),
    Scene("sign-notice", "zhao-qian", True, "SIGN", ((2, "file"), (2, "accept"), (1, "notice"))),
    # decided by a table: on a promise, with the sample still to check; with a disagreement; asked about; left to people
    Scene("fire-promise", "zhao-qian", True, "FIRE-OPEN", ((6, "file"),)),
    Scene("fire-checked", "li-xue", True, "FIRE-OPEN", ((12, "file"), (9, "recheck"), (8, "verify"))),
    Scene("food-file", "zhou-min", True, "FOOD-FILE", ((5, "file"), (2, "ask"))),
    Scene("eia", "zhao-qian", True, "EIA-REG", ((1, "file"),)),
    Scene("forest", "wang-hao", False, "FOREST-CUT", ((3, "file"), (3, "accept"), (2, "review"), (1, "mend"))),
    Scene("withdrawn", "he-xiuying", False, "SS-CARD", ((11, "file"), (10, "withdraw"))),
)  # fmt: skip


def build_cases(now: datetime, progress: Callable[[int, int], None] | None = None) -> int:
    """Play every scene that was not played before; answers how many were."""
    before = platform_time.set_clock(FixedClock(now))
    played = 0
    try:
        for number, scene in enumerate(SCENES):
            played += _play(scene, now)
            if progress:
                progress(number + 1, len(SCENES))
    finally:
        if before is not None:
            platform_time.set_clock(before)
    return played


def _play(scene: Scene, now: datetime) -> int:
    owner = _citizen(scene.person, now)
    if _was_played(owner, scene):
        return 0
    case_id = ""
    for hour, (days, act) in enumerate(scene.steps):
        moment = _workday_ago(now, days) + timedelta(minutes=25 * hour)
        if not days:  # on a day of rest, today's cases and yesterday's fall on the same working day: these come later
            moment += timedelta(hours=2)
        moment = min(moment, now)
        platform_time.set_clock(FixedClock(moment))
        try:
            case_id = _act(act, scene, case_id, owner, _request(f"{scene.key}:{hour}"), moment)
        except RequestReused:  # filed by an earlier version of the demo, which had fewer scenes
            if act != "file":
                raise
            return 0
        worker.drain(moment)
    return 1


def _was_played(owner: Actor, scene: Scene) -> bool:
    party = owner.principals[-1 if scene.for_company else 0].id
    alike = sum(1 for one in SCENES if (one.person, one.item) == (scene.person, scene.item))
    mine = [one for one in queries.my_cases(actor=owner) if (one.applicant, one.item_code) == (party, scene.item)]
    return len(mine) >= alike


def _workday_ago(now: datetime, days: int) -> datetime:
    """Ten past nine on the working day `days` working days before today."""
    calendar, day = process.calendar(), now.astimezone(CHINA).date()
    while days > 0 or not calendar.is_workday(day):
        day -= timedelta(days=1)
        days -= calendar.is_workday(day)
    return datetime.combine(day, time(9, 10), CHINA)


def _request(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"tongban-demo:{name}"))


def _citizen(key: str, now: datetime) -> Actor:
    identity = next(person.identity for person in PERSONS if person.key == key)
    signed = parties_actions.sign_in(identity, now=now, request_id=_request(key))
    return parties.actor_of(signed.account_id, now=now)


def _window() -> Actor:
    clerk = next(o for o in parties.officers("service-centre-linjiang") if o.window == "lj-01")
    return Actor(
        kind="officer", id=f"officer:{clerk.id}", name=clerk.name, agency=clerk.agency, roles=clerk.roles,
        window=clerk.window, window_items=frozenset({"*"}),
    )  # fmt: skip


def _officer(agency: str, role: Role, place: int = 0) -> Actor:
    found = [o for o in parties.officers(agency) if role in o.roles]
    one = found[place % len(found)]
    return Actor(kind="officer", id=f"officer:{one.id}", name=one.name, agency=agency, roles=one.roles)


def _act(act: str, scene: Scene, case_id: str, owner: Actor, request_id: str, now: datetime) -> str:
    act, _, detail = act.partition(":")
    if act == "file":
        return _file(scene, owner, request_id, now)
    state = queries.case(case_id, actor=VIEWER).state
    if act == "accept":
        actions.accept(case_id=case_id, actor=_window(), request_id=request_id, now=now)
    elif act == "supplement":
        actions.ask_supplement(
            case_id=case_id, wanted=(Wanted("design", "夜景图看不清字的高度，请补一张标尺寸的正面图。"),),
            actor=_window(), request_id=request_id, now=now,
        )  # fmt: skip
    elif act in ("review", "inspect", "opinion"):
        _opine(case_id, state, act, detail, request_id, now)
    elif act in COURSE:
        COURSE[act](case_id, state, owner, request_id, now)
    elif act in SPECIAL:
        SPECIAL[act](case_id, state, owner, request_id, now)
    elif act in ("grant", "deny"):
        _decide(case_id, state, act, request_id, now)
    elif act in FAIR:
        FAIR[act](case_id, state, owner, request_id, now)
    elif act == "rate":
        actions.rate(case_id=case_id, score=5, details=("fast",), text="", actor=owner, request_id=request_id, now=now)
    elif act == "withdraw":
        actions.withdraw(case_id=case_id, reason="改到银行网点办理", actor=owner, request_id=request_id, now=now)
    else:
        _after_table(act, case_id, state, owner, request_id, now)
    return case_id


def _after_table(act: str, case_id: str, state: CaseState, owner: Actor, request_id: str, now: datetime) -> None:
    """What people do where a table decided: ask for a person, check a sample, verify a promise."""
    if act == "ask":
        reason = "为什么我的备案没有人看过就办好了？以后检查会认吗？"
        actions.ask_review(case_id=case_id, reason=reason, actor=owner, request_id=request_id, now=now)
    elif act == "recheck":
        actions.recheck(
            case_id=case_id, outcome="disagree", request_id=request_id, now=now,
            reasons="店在二楼，规则没有问楼层。二楼以上的，一个出口不够，建议规则加一列楼层。",
            actor=_officer(state.agency, Role.REVIEWER),
        )  # fmt: skip
    elif act == "verify":
        actions.verify_commitment(
            case_id=case_id, outcome="pass", findings="两处出口畅通，灭火器在有效期内，预案在店备查。",
            second_officer=_officer(state.agency, Role.REVIEWER, 1).id, actor=_officer(state.agency, Role.REVIEWER),
            request_id=request_id, now=now,
        )  # fmt: skip


def _opine(case_id: str, state: CaseState, act: str, agency: str, request_id: str, now: datetime) -> Outcome[CaseState]:
    task = next(t for t in state.open_tasks if t.act == act and agency in ("", t.agency))
    second = _officer(task.agency, Role.REVIEWER, 1).id if act == "inspect" else ""
    limited = agency == "traffic-police"
    return actions.complete_task(
        case_id=case_id,
        task=task.id,
        outcome="conditions" if limited else "agree" if act == "opinion" else "pass",
        opinion="同意。" if act == "opinion" else "资料齐全，与申请相符。",
        conditions="限 22:00 至次日 6:00 施工，早晚高峰恢复双向车道。" if limited else "",
        second_officer=second,
        actor=_officer(task.agency, Role.REVIEWER),
        request_id=request_id,
        now=now,
    )


def _decide(case_id: str, state: CaseState, act: str, request_id: str, now: datetime) -> None:
    task = next(t for t in state.open_tasks if t.act == "decide")
    actions.decide_case(
        case_id=case_id,
        task=task.id,
        outcome=act,
        reasons="" if act == "grant" else "提供的租房支出低于提取条件规定的比例，本次不符合提取条件。",
        considered="" if act == "grant" else "补交的收据不是租赁期内的，不采纳。",
        actor=_officer(task.agency, Role.APPROVER),
        request_id=request_id,
        now=now,
    )


def _file(scene: Scene, owner: Actor, request_id: str, now: datetime) -> str:
    item = catalogue.current(scene.item).item
    principal = owner.principals[-1 if scene.for_company else 0]
    draft = actions.start_draft(
        item_code=item.code, principal_id=principal.id, division=scene.division, actor=owner, now=now
    )
    values = _values(item, owner, principal.id, principal.name)
    actions.save_answers(draft_id=draft, values=values, actor=owner, now=now)
    for needed in needed_materials(item, values):
        if needed.must_bring:
            actions.attach_material(
                draft_id=draft, material_id=needed.material.id, data=sketch(needed.material.name.zh, principal.name),
                filename=f"{needed.material.name.zh}.pdf", actor=owner, now=now,
            )  # fmt: skip
    promised = chose_promise(item, values)
    try:
        return actions.submit(draft_id=draft, promised=promised, request_id=request_id, actor=owner, now=now).case_id
    except RequestReused:
        actions.discard_draft(draft_id=draft, actor=owner)
        raise


def _values(item: Item, owner: Actor, principal: str, name: str) -> dict[str, str | list[str]]:
    """Prefilled answers from the person and the company, the rest from the demo's own sheet."""
    person = parties.particulars(owner.party_id, actor=owner)
    party = parties.particulars(principal, actor=owner)
    known = {
        "principal.name": name, "principal.id_number": party.id_number,
        "principal.address": party.address or person.address,
        "person.name": owner.name, "person.phone": person.phone,
    }  # fmt: skip
    assert item.handling is not None
    prefilled = {f.id: known[f.prefill] for step in item.handling.form for f in step.fields if f.prefill in known}
    return {**prefilled, **ANSWERS[item.code]}
