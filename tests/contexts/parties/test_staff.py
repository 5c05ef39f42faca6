"""Officers, their roles, and their logins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from tests.contexts.parties.conftest import NOW, PASSWORD, ROOT, SECRET, Login
from tongban.contexts.parties import actions, queries
from tongban.contexts.parties.core import ANONYMOUS, Role, refusals
from tongban.kernel.refusals import NotAllowed

pytestmark = pytest.mark.django_db
Appoint = Callable[..., Login]
WALL = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def code(at: datetime = WALL) -> str:
    return pyotp.TOTP(SECRET).at(at)


def test_password_and_code_open_the_door(appoint: Appoint) -> None:
    login = appoint("reviewer1", Role.REVIEWER)
    assert actions.begin_staff_login(name=" Reviewer1 ", password=PASSWORD, now=WALL) == login.account
    assert actions.confirm_totp(account_id=login.account, code=code(), now=WALL) == 0


def test_a_code_is_accepted_once(appoint: Appoint) -> None:
    login = appoint("reviewer1", Role.REVIEWER)
    actions.confirm_totp(account_id=login.account, code=code(), now=WALL)
    with pytest.raises(refusals.CodeUsed):
        actions.confirm_totp(account_id=login.account, code=code(), now=WALL)
    with pytest.raises(refusals.CodeUsed):  # the step before is spent with it
        actions.confirm_totp(account_id=login.account, code=code(WALL - timedelta(seconds=30)), now=WALL)
    later = WALL + timedelta(seconds=30)
    assert actions.confirm_totp(account_id=login.account, code=code(later), now=later) == 0


@pytest.mark.parametrize("wrong", ["000000", "", "abcdef", "12345", "一二三四五六"])
def test_a_wrong_code_is_declined(appoint: Appoint, wrong: str) -> None:
    login = appoint("reviewer1", Role.REVIEWER)
    with pytest.raises(refusals.CodeWrong):
        actions.confirm_totp(account_id=login.account, code=wrong, now=WALL)


def test_a_code_of_two_minutes_ago_is_declined(appoint: Appoint) -> None:
    login = appoint("reviewer1", Role.REVIEWER)
    with pytest.raises(refusals.CodeWrong):
        actions.confirm_totp(account_id=login.account, code=code(WALL - timedelta(minutes=2)), now=WALL)


def test_the_demo_hint_is_always_a_code_that_will_be_accepted(appoint: Appoint) -> None:
    login = appoint("reviewer1", Role.REVIEWER)
    for _ in range(2):
        shown = actions.demo_code(account_id=login.account, now=WALL)
        actions.confirm_totp(account_id=login.account, code=shown, now=WALL)


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(appoint: Appoint) -> None:
    login = appoint("reviewer1", Role.REVIEWER)
    for _ in range(4):
        with pytest.raises(refusals.LoginFailed):
            actions.begin_staff_login(name="reviewer1", password="wrong", now=WALL)
    with pytest.raises(refusals.LockedOut) as locked:
        actions.begin_staff_login(name="reviewer1", password="wrong", now=WALL)
    assert locked.value.params == {"minutes": 15}
    nearly = WALL + timedelta(minutes=14, seconds=30)
    with pytest.raises(refusals.LockedOut) as locked:
        actions.begin_staff_login(name="reviewer1", password=PASSWORD, now=nearly)
    assert locked.value.params == {"minutes": 1}
    after = WALL + timedelta(minutes=15)
    assert actions.begin_staff_login(name="reviewer1", password=PASSWORD, now=after) == login.account


def test_guessing_codes_locks_too(appoint: Appoint) -> None:
    login = appoint("reviewer1", Role.REVIEWER)
    for _ in range(4):
        with pytest.raises(refusals.CodeWrong):
            actions.confirm_totp(account_id=login.account, code="000000", now=WALL)
    with pytest.raises(refusals.LockedOut):
        actions.confirm_totp(account_id=login.account, code="000000", now=WALL)
    with pytest.raises(refusals.LockedOut):
        actions.confirm_totp(account_id=login.account, code=code(), now=WALL)


def test_an_unknown_name_and_a_wrong_password_read_the_same(appoint: Appoint) -> None:
    appoint("reviewer1", Role.REVIEWER)
    for name in ("reviewer1", "nobody"):
        with pytest.raises(refusals.LoginFailed):
            actions.begin_staff_login(name=name, password="wrong password 1", now=WALL)


@pytest.mark.parametrize("weak", ["short1", "onlyletters", "1234567890"])
def test_weak_passwords_are_declined(offices: None, weak: str) -> None:
    with pytest.raises(refusals.PasswordWeak):
        actions.create_account(name="x", password=weak, actor=ROOT, now=NOW)


def test_a_login_name_is_taken_once(appoint: Appoint) -> None:
    appoint("reviewer1", Role.REVIEWER)
    with pytest.raises(refusals.NameTaken):
        actions.create_account(name="REVIEWER1", password=PASSWORD, actor=ROOT, now=NOW)


def test_only_administrators_appoint_and_nobody_appoints_themselves(
    appoint: Appoint, request_id: Callable[[], str]
) -> None:
    reviewer, chief = appoint("reviewer1", Role.REVIEWER), appoint("admin1", Role.ADMINISTRATOR)
    target = reviewer.actor.id.removeprefix("officer:")
    own = chief.actor.id.removeprefix("officer:")
    roles = [Role.REVIEWER, Role.APPROVER]
    with pytest.raises(NotAllowed):
        actions.set_roles(officer_id=target, roles=roles, actor=reviewer.actor, now=NOW, request_id=request_id())
    with pytest.raises(refusals.NotOneself):
        actions.set_roles(officer_id=own, roles=roles, actor=chief.actor, now=NOW, request_id=request_id())
    actions.set_roles(officer_id=target, roles=roles, actor=chief.actor, now=NOW, request_id=request_id())
    assert queries.actor_of(reviewer.account, now=NOW).roles == frozenset(roles)


def test_an_officer_who_leaves_is_locked_out_but_stays_named(appoint: Appoint, request_id: Callable[[], str]) -> None:
    login = appoint("reviewer1", Role.REVIEWER)
    officer_id = login.actor.id.removeprefix("officer:")
    assert [o.id for o in queries.officers("market-linjiang")] == [officer_id]
    actions.retire_officer(officer_id=officer_id, actor=ROOT, now=NOW, request_id=request_id())
    assert queries.actor_of(login.account, now=NOW) == ANONYMOUS
    assert queries.officers("market-linjiang") == ()
    assert queries.officer(officer_id).name == "reviewer1"
    with pytest.raises(refusals.LoginFailed):
        actions.begin_staff_login(name="reviewer1", password=PASSWORD, now=WALL)


def test_agencies_are_read_once_for_many_questions(offices: None, django_assert_num_queries: object) -> None:
    queries.forget_agencies()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert queries.resolve_agency("market", "429901001").key == "market-linjiang"
        assert queries.agency("market").name.in_language("en") == "market bureau"
        assert queries.resolve_agency("market", "429902").key == "market"
    assert [w.id for w in queries.windows()] == ["A01"]


def test_a_window_that_is_not_there_is_named(appoint: Appoint) -> None:
    with pytest.raises(refusals.WindowUnknown):
        appoint("window1", Role.WINDOW, window="Z99")
