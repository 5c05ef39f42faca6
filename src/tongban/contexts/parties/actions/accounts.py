"""Staff logins: password, then a time-based one-time code (RFC 6238); lock-out and replay protection.

`now` here is the wall clock, not the city's clock: authenticator devices keep real time, and a lock-out of fifteen
minutes must last fifteen real minutes even where a demo moves its days.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta

import pyotp
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import F

from tongban.contexts.parties import models, queries
from tongban.contexts.parties.core import Actor, Role, refusals
from tongban.foundation import crypto
from tongban.kernel.refusals import NotAllowed

FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
STEP_SECONDS = 30
ISSUER = "通办 Tongban"


def may_administer(actor: Actor) -> None:
    """Accounts and the organisation belong to administrators and to installation commands. Refuses `NotAllowed`."""
    if actor.kind != "system" and not actor.has(Role.ADMINISTRATOR):
        raise NotAllowed


def create_account(
    *, name: str, password: str, hashed: str = "", totp_secret: str = "", actor: Actor, now: datetime
) -> str:
    """A staff login; returns its id. `totp_secret` is base32, "" makes a new one (`totp_link` shows it).

    `hashed` is the password's hash where the caller has it already: a demo gives one password to everybody, and
    hashing it takes a third of a second on purpose.

    Refuses `NotAllowed`, `NameMissing`, `NameTaken`, `PasswordWeak`.
    """
    may_administer(actor)
    name = name.strip().lower()
    if not name:
        raise refusals.NameMissing(field="name")
    if len(password) < 10 or not re.search(r"\d", password) or not re.search(r"[^\W\d_]", password):
        raise refusals.PasswordWeak(field="password")
    secret = totp_secret or pyotp.random_base32()
    try:
        with transaction.atomic():
            account = models.Account.objects.create(
                kind="officer",
                name=name,
                password=hashed or make_password(password),
                totp_secret=crypto.seal(secret.encode()).hex(),
            )
    except IntegrityError:
        raise refusals.NameTaken(field="name", name=name) from None
    return str(account.id)


def totp_link(*, account_id: str, actor: Actor) -> str:
    """The otpauth:// address for an authenticator app, for the administrator who hands the login out."""
    may_administer(actor)
    account = _account(account_id)
    return pyotp.TOTP(queries.clear(account.totp_secret)).provisioning_uri(name=account.name, issuer_name=ISSUER)


def begin_staff_login(*, name: str, password: str, now: datetime) -> str:
    """First factor: the id of the account whose one-time code is asked next. `now` by the wall clock.

    Refuses `LoginFailed` (name and password are not told apart, and take the same time) and `LockedOut`.
    """
    account = models.Account.objects.filter(name=name.strip().lower(), kind="officer", is_active=True).first()
    if account is None:
        make_password(password)  # the same work as checking one: a fast answer would tell that the name is unknown
        raise refusals.LoginFailed
    _refuse_locked(account, now)
    if not check_password(password, account.password):
        _count_failure(account, now)
        raise refusals.LoginFailed
    return str(account.id)


def confirm_totp(*, account_id: str, code: str, now: datetime) -> int:
    """Second factor: returns the epoch to keep in the session. `now` by the wall clock; one step of drift is allowed.

    Refuses `CodeWrong`, `CodeUsed` (each code opens one session) and `LockedOut`.
    """
    account = _account(account_id)
    _refuse_locked(account, now)
    secret = queries.clear(account.totp_secret)
    current = int(now.timestamp()) // STEP_SECONDS
    given = "".join(code.split()).encode()
    step = next(
        (s for s in (current, current + 1, current - 1) if hmac.compare_digest(_code(secret, s).encode(), given)), None
    )
    if step is None:
        _count_failure(account, now)
        raise refusals.CodeWrong(field="code")
    taken = models.Account.objects.filter(id=account.id, is_active=True, totp_step__lt=step).update(
        totp_step=step, failures=0, locked_until=None, last_login_at=now
    )
    if not taken:  # used before, or by another request this very moment
        raise refusals.CodeUsed(field="code")
    return account.epoch


def demo_code(*, account_id: str, now: datetime) -> str:
    """The next code that `confirm_totp` will accept. Only for the marked hint of a demo; the terminal guards it."""
    account = _account(account_id)
    current = int(now.timestamp()) // STEP_SECONDS
    return _code(queries.clear(account.totp_secret), min(max(current, account.totp_step + 1), current + 1))


def end_sessions(*, account_id: str, actor: Actor, now: datetime) -> None:
    """End every session of an account at its next request. Refuses `NotAllowed`."""
    if actor.account_id != account_id:
        may_administer(actor)
    models.Account.objects.filter(id=queries.as_uuid(account_id)).update(epoch=F("epoch") + 1)


def _code(secret: str, step: int) -> str:
    return pyotp.TOTP(secret, interval=STEP_SECONDS).at(step * STEP_SECONDS)


def _account(account_id: str) -> models.Account:
    account = models.Account.objects.filter(id=queries.as_uuid(account_id), kind="officer", is_active=True).first()
    if account is None:
        raise refusals.LoginExpired
    return account


def _refuse_locked(account: models.Account, now: datetime) -> None:
    if account.locked_until is not None and now < account.locked_until:
        left = (account.locked_until - now).total_seconds()
        raise refusals.LockedOut(minutes=max(1, -(-int(left) // 60)))


def _count_failure(account: models.Account, now: datetime) -> None:
    """Count in the database, so that parallel guesses are all counted; the fifth locks."""
    rows = models.Account.objects.filter(id=account.id)
    rows.update(failures=F("failures") + 1)
    if rows.filter(failures__gte=FAILURES_ALLOWED).update(failures=0, locked_until=now + LOCKED_FOR):
        raise refusals.LockedOut(minutes=int(LOCKED_FOR.total_seconds()) // 60)
