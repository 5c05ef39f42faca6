"""Open runs go over to a new version where that is safe, and are told why not where it is not."""

from __future__ import annotations

from tests.contexts.process.drawings import boundary, ends, flow, flows, route, timer, users
from tongban.contexts.process.core.engine import Begin, Complete, Position, step
from tongban.contexts.process.core.migrating import REASONS, Obstacle, migratable
from tongban.contexts.process.core.routes import Route

OLD = users("a b c") + ends("e") + flows("s a b c e")


def at(drawn: Route, *done: str) -> Position:
    position, _ = step(drawn, Position(), Begin({}))
    for node in done:
        task = next(task.id for task in position.open if task.node == node)
        position, _ = step(drawn, position, Complete(task))
    return position


def kinds(found: Position | tuple[Obstacle, ...]) -> set[tuple[str, str]]:
    assert isinstance(found, tuple), "it went over"
    assert all(one.kind in REASONS for one in found)
    return {(one.kind, one.element) for one in found}


def test_what_lies_ahead_may_change() -> None:
    old, new = route(OLD), route(users("a b d") + ends("e") + flows("s a b d e"))
    position = at(old, "a")
    assert migratable(old, new, position) == position
    after, _ = step(new, position, Complete(position.open[0].id))
    assert [task.node for task in after.open] == ["d"]


def test_a_task_that_is_gone_or_changed() -> None:
    old = route(OLD)
    assert kinds(migratable(old, route(users("a c") + ends("e") + flows("s a c e")), at(old, "a"))) == {("gone", "b")}
    changed = route(OLD.replace('<userTask id="b" name="B"/>', '<userTask id="b" tongban:role="approver"/>'))
    assert kinds(migratable(old, changed, at(old, "a"))) == {("changed", "b")}
    renamed = route(OLD.replace('name="B"', 'name="Better"'))
    assert migratable(old, renamed, at(old, "a")) == at(old, "a")


def test_a_timer_that_came_to_the_task() -> None:
    old = route(OLD)
    new = route(OLD + ends("x") + boundary("t", "b", "timer", inside=timer()) + flow("t", "x"))
    assert kinds(migratable(old, new, at(old, "a"))) == {("attached", "b")}
    assert migratable(old, new, at(old)) == at(old)


def test_a_task_put_in_before_would_be_skipped() -> None:
    old, new = route(OLD), route(users("a n b c") + ends("e") + flows("s a n b c e"))
    assert kinds(migratable(old, new, at(old, "a"))) == {("skipped", "n")}
    assert migratable(old, new, at(old)) == at(old)


FORK = '<parallelGateway id="f"/><parallelGateway id="j"/>' + ends("e")


def test_a_join_that_waits_for_other_branches() -> None:
    old = route(FORK + users("a b c") + flows("s f a j c e; f b j"))
    new = route(FORK + users("a b c d") + flows("s f a j c e; f b j; f d j"))
    assert ("join", "j") in kinds(migratable(old, new, at(old, "a")))
    same = route(FORK + users("a b g") + flows("s f a j g e; f b j"))
    assert migratable(old, same, at(old, "a")) == at(old, "a")


def test_a_position_that_could_not_end_on_the_new_route() -> None:
    old = route(users("a b") + ends("e x") + '<parallelGateway id="f"/>' + flows("s f a e; f b x"))
    new = route(users("a b") + FORK + flows("s f a j e; f b j"))
    position = at(old, "b")  # its branch has ended; on the new route the join would wait for it for ever
    assert kinds(migratable(old, new, position)) == {("unsound", "j")}
    assert migratable(old, new, at(old)) == at(old)


def test_a_run_that_has_ended_stays_as_it_is() -> None:
    old = route(OLD)
    ended = at(old, "a", "b", "c")
    assert migratable(old, route(users("q") + ends("e") + flows("s q e")), ended) == ended
