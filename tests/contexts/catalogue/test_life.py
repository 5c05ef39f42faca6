"""The machine itself: whatever is tried in whatever order, what is published has passed four persons."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tongban.contexts.catalogue.core.findings import Finding, Place
from tongban.contexts.catalogue.core.life import LifeStage, VersionState, stream_of
from tongban.contexts.catalogue.core.life import commands as c
from tongban.contexts.catalogue.core.life import events as e
from tongban.contexts.catalogue.core.life import refusals as r
from tongban.contexts.catalogue.core.life.machine import decide
from tongban.contexts.catalogue.core.life.rows import rows
from tongban.contexts.catalogue.core.life.state import STAGE_NAMES, evolve
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import Refusal

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
TODAY = NOW.date()
BODY = e.Published("{}", "d", None)
PERSONS = ("a", "b", "c", "d", "e")
WRONG = Finding("Q20", "error", Place(""), "错", "改")


def written(text: str = "{}") -> e.Written:
    return e.Written(text, "名", "Name", "market")


def facts(by: str = "a", day: int = 0, **more: Any) -> c.Facts:
    now = NOW + timedelta(days=day)
    return c.Facts(by, now, now.date(), published=BODY, **more)


def after(state: VersionState, command: c.Command, given_facts: c.Facts) -> VersionState:
    for event in decide(state, command, given_facts):
        state = evolve(state, event)
    return state


def reached(stage: LifeStage, content: str = "{}") -> VersionState:
    """A version of item X at `stage`, the regular way; approved for publishing waits for "d"."""
    state = after(VersionState(), c.Open("X", 1, 0, written(content), "desk"), facts("a"))
    way: list[tuple[LifeStage, c.Command, str]] = [
        (LifeStage.DEPARTMENT_REVIEW, c.Submit(), "a"),
        (LifeStage.LEGAL_REVIEW, c.Approve("department", ""), "b"),
        (LifeStage.APPROVED, c.Approve("legal", ""), "c"),
        (LifeStage.PUBLISHED, c.Publish(), "d"),
    ]
    for next_stage, command, by in way:
        if state.stage is stage:
            return state
        state = after(state, command, facts(by))
        assert state.stage is next_stage
    if stage is LifeStage.SUPERSEDED:
        return after(state, c.Supersede(2), facts("d"))
    if stage is LifeStage.CANCELLED:
        return after(state, c.Cancel(TODAY.isoformat(), "取消"), facts("d"))
    return after(reached(LifeStage.DRAFT), c.Abandon(), facts()) if stage is LifeStage.ABANDONED else state


COMMANDS = st.one_of(
    st.builds(c.Save, st.sampled_from([written(), written('{"valid_to":"2026-03-04"}')])),
    st.just(c.Submit()),
    st.builds(c.Approve, st.sampled_from(["department", "legal", "publish"]), st.just("")),
    st.builds(c.Return, st.sampled_from(["department", "legal", "publish"]), st.sampled_from(["", "改"])),
    st.builds(c.Publish, st.sampled_from(["", "2026-03-01", "2026-03-02", "2026-03-03"])),
    st.just(c.PutInForce()),
    st.just(c.Supersede(2)),
    st.builds(c.Cancel, st.sampled_from(["2026-03-02", "2026-03-09"]), st.sampled_from(["", "取消"])),
    st.just(c.EndNow()),
    st.just(c.Abandon()),
    st.just(c.Open("X", 1, 0, written(), "desk")),
)
#: What leads on from each stage: tried most of the time, so that the far stages are reached as well.
_ON: dict[LifeStage, tuple[c.Command, ...]] = {
    LifeStage.DRAFT: (c.Submit(),),
    LifeStage.DEPARTMENT_REVIEW: (c.Approve("department", "好"),),
    LifeStage.LEGAL_REVIEW: (c.Approve("legal", "好"),),
    LifeStage.APPROVED: (c.Publish(), c.Publish("2026-03-04"), c.PutInForce()),
}
STEPS = st.lists(
    st.tuples(
        st.integers(0, 4).flatmap(lambda chance: COMMANDS if chance == 4 else st.none()),
        st.sampled_from(PERSONS),
        st.sampled_from([0, 0, 1]),
        st.sampled_from([False, False, False, True]),
    ),
    min_size=8,
    max_size=40,
)


@hypothesis_settings(max_examples=400, deadline=None)
@given(STEPS)
def test_no_path_publishes_with_fewer_than_four_persons(steps: list[tuple[c.Command | None, str, int, bool]]) -> None:
    state, day = after(VersionState(), c.Open("X", 1, 0, written(), "desk"), facts("a")), 0
    done: list[tuple[str, str]] = [("drafter", "a")]
    for number, (chosen, by, later, wrong) in enumerate(steps):
        day += later
        on = _ON.get(state.stage, (c.Abandon(),))
        command = chosen or on[number % len(on)]
        try:
            events = decide(state, command, facts(by, day, findings=(WRONG,) if wrong else ()))
        except Refusal:
            continue
        for event in events:
            frozen = (state.body, state.published_at, state.content)
            if state.published_at is not None:
                assert (evolve(state, event).body, evolve(state, event).published_at, evolve(state, event).content) == (
                    frozen
                )
            done = _told(done, event, by)
            state = evolve(state, event)
            assert state.stage in STAGE_NAMES
            if isinstance(event, e.VersionPublished):
                parts = {part for part, _ in done}
                assert parts == {"drafter", "department", "legal", "publisher"}
                for one, other in [("drafter", "department"), ("department", "legal"), ("legal", "publisher")]:
                    assert not _who(done, one) & _who(done, other)
                assert len({person for _, person in done}) >= 4
                assert not wrong
        _rows_agree(state)


def _told(done: list[tuple[str, str]], event: e.LifeEvent, by: str) -> list[tuple[str, str]]:
    """Who took which part since the last return, told from the events alone."""
    if isinstance(event, e.DraftReturned):
        return [one for one in done if one[0] == "drafter"]
    part = {
        e.DraftSaved: "drafter",
        e.DraftSubmitted: "drafter",
        e.DepartmentApproved: "department",
        e.LegalityApproved: "legal",
        e.VersionScheduled: "publisher",
        e.VersionPublished: "publisher",
    }.get(type(event))
    person = event.by if isinstance(event, e.VersionPublished) else by
    if isinstance(event, e.VersionScheduled | e.VersionPublished):
        done = [one for one in done if one[0] != "publisher"]
    return [*done, (part, person)] if part else done


def _who(done: list[tuple[str, str]], part: str) -> set[str]:
    return {person for role, person in done if role == part}


def _rows_agree(state: VersionState) -> None:
    stood = rows("item-X-0001", state)
    assert len(stood.tables["catalogue_version"]) == (state.published_at is not None)
    assert len(stood.tables["catalogue_current"]) == (state.stage is LifeStage.PUBLISHED)
    assert len(stood.tables["catalogue_life"]) == 1
    waits = state.is_scheduled or (state.stage is LifeStage.PUBLISHED and bool(state.ends_on))
    assert len(stood.due) == waits


_ALLOWED: dict[type, set[LifeStage]] = {
    c.Save: {LifeStage.DRAFT},
    c.Submit: {LifeStage.DRAFT},
    c.Publish: {LifeStage.APPROVED},
    c.Supersede: {LifeStage.PUBLISHED},
    c.Cancel: {LifeStage.PUBLISHED},
    c.Abandon: {LifeStage.DRAFT, LifeStage.DEPARTMENT_REVIEW, LifeStage.LEGAL_REVIEW, LifeStage.APPROVED},
}


@pytest.mark.parametrize("stage", [stage for stage in LifeStage if stage])
@pytest.mark.parametrize(
    "command",
    [
        c.Save(written()),
        c.Submit(),
        c.Publish(),
        c.Supersede(2),
        c.Cancel("2026-03-02", "取消"),
        c.Abandon(),
        c.Open("X", 1, 0, written(), "desk"),
        c.Load("X", 1, 0, written(), BODY, "load"),
    ],
)
def test_every_step_has_its_stage(stage: LifeStage, command: c.Command) -> None:
    state = reached(stage)
    if stage in _ALLOWED.get(type(command), set()):
        assert after(state, command, facts("d")).stage
    else:
        with pytest.raises(r.WrongStage) as refused:
            decide(state, command, facts("d"))
        assert refused.value.params["stage"] == STAGE_NAMES[stage]


@pytest.mark.parametrize("step", ["department", "legal"])
@pytest.mark.parametrize("stage", [LifeStage.DRAFT, LifeStage.APPROVED, LifeStage.PUBLISHED])
def test_reviews_have_theirs(step: Any, stage: LifeStage) -> None:
    for command in (c.Approve(step, ""), c.Return(step, "改")):
        with pytest.raises(r.WrongStage):
            decide(reached(stage), command, facts("e"))
    with pytest.raises(r.VerdictUnknown):
        decide(reached(LifeStage.APPROVED), c.Approve("publish", ""), facts("e"))


@pytest.mark.parametrize(
    ("stage", "command", "by", "earlier"),
    [
        (LifeStage.DEPARTMENT_REVIEW, c.Approve("department", ""), "a", "起草人"),
        (LifeStage.LEGAL_REVIEW, c.Approve("legal", ""), "b", "部门审核人"),
        (LifeStage.LEGAL_REVIEW, c.Return("legal", "改"), "b", "部门审核人"),
        (LifeStage.APPROVED, c.Publish(), "b", "部门审核人"),
        (LifeStage.APPROVED, c.Publish(), "c", "法制审核人"),
        (LifeStage.APPROVED, c.Return("publish", "改"), "a", "起草人"),
    ],
)
def test_the_refusal_names_the_part_already_taken(stage: LifeStage, command: c.Command, by: str, earlier: str) -> None:
    with pytest.raises(r.SamePerson) as refused:
        decide(reached(stage), command, facts(by))
    assert str(refused.value.params["earlier"]) == earlier
    assert earlier in str(refused.value)


def test_the_clock_does_nothing_twice_and_nothing_early() -> None:
    waiting = after(reached(LifeStage.APPROVED), c.Publish("2026-03-04"), facts("d"))
    assert waiting.is_scheduled
    with pytest.raises(r.LifeNotYetDue):
        decide(waiting, c.PutInForce(), facts("clock", 1))
    published = after(waiting, c.PutInForce(), facts("clock", 2))
    assert (published.publisher, published.effective_from) == ("d", "2026-03-04")
    assert decide(published, c.PutInForce(), facts("clock", 3)) == []
    assert decide(published, c.EndNow(), facts("clock", 3)) == []
    ending = after(published, c.Cancel("2026-03-09", "取消"), facts("d", 3))
    with pytest.raises(r.LifeNotYetDue):
        decide(ending, c.EndNow(), facts("clock", 6))
    ended = after(ending, c.EndNow(), facts("clock", 7))
    assert (ended.stage, ended.ends_on) == (LifeStage.CANCELLED, "2026-03-09")
    assert decide(ended, c.EndNow(), facts("clock", 8)) == []


def test_the_publisher_may_choose_another_day() -> None:
    waiting = after(reached(LifeStage.APPROVED), c.Publish("2026-03-04"), facts("d"))
    assert after(waiting, c.Publish("2026-03-09"), facts("e")).publisher == "e"
    assert after(waiting, c.Publish("2026-03-02"), facts("d")).stage is LifeStage.PUBLISHED


def test_a_load_waits_for_its_day_and_ends_on_its_last() -> None:
    content = written('{"valid_from":"2026-03-05","valid_to":"2026-03-31"}')
    state = after(VersionState(), c.Load("X", 1, 0, content, BODY, "load"), facts("operator"))
    assert (state.stage, state.is_scheduled, state.ends_on) == (LifeStage.APPROVED, True, "2026-04-01")
    assert [due.at for due in rows(stream_of("X", 1), state).due] == [datetime(2026, 3, 5, tzinfo=CHINA)]
    state = after(state, c.PutInForce(), facts("clock", 3))
    assert [due.name for due in rows(stream_of("X", 1), state).due] == ["catalogue.cancel"]


def test_the_earlier_of_two_ends_holds() -> None:
    content = written('{"valid_to":"2026-03-31"}')
    for before, expected in [("2026-03-20", ("2026-03-20", "取消")), ("2026-05-01", ("2026-04-01", ""))]:
        old = c.InForce(0, "", before, "取消")
        state = after(VersionState(), c.Load("X", 1, 0, content, BODY, "load"), facts("operator", in_force=old))
        assert (state.ends_on, state.end_reason) == expected


def test_dates_and_bases() -> None:
    approved = reached(LifeStage.APPROVED)
    with pytest.raises(r.BaseMoved):
        decide(approved, c.Publish(), facts("d", in_force=c.InForce(1)))
    with pytest.raises(r.BaseGone):
        decide(replace(approved, base=1), c.Publish(), facts("d"))
    with pytest.raises(r.DatesOverlap):
        decide(replace(approved, base=1), c.Publish(), facts("d", in_force=c.InForce(1, "2026-03-03")))
    with contextlib.suppress(Refusal):
        decide(approved, c.Publish("2026-03-01"), facts("d"))
        pytest.fail("a day that has passed")
    odd = replace(approved, content='{"valid_from":7}')
    assert after(odd, c.Publish(), facts("d")).stage is LifeStage.PUBLISHED
