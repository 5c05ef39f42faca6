"""Refusals: the software declines a command, and nothing happens.

A refusal is an anticipated answer, not a fault: it has a stable code, a message that says what to do next, and the
values the message names. Terminals translate it; nothing below a terminal knows a language.

Not to be blurred with the acts 不予受理 (`NotAccepted`) and 不予许可 (`Denied`), which are recorded events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802 - the field's customary name for "extract, don't translate yet"
    """Mark `message` (Simplified Chinese) for extraction; returns it unchanged."""
    return message


@dataclass(frozen=True)
class Words:
    """A name with its text in both languages, as a value that a refusal names. `en` "" where there is none."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.zh


class Refusal(Exception):  # noqa: N818 - a refusal is no error
    """Base of every refusal. Subclasses set `code` and `message`; parameters are named in the message as %(name)s.

    `status` is the HTTP status a terminal answers with: 422 bad input, 403 not allowed, 404 not there for this
    actor, 409 out of step.
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = N_("这一步没有做成。")
    status: ClassVar[int] = 422

    def __init__(self, *, field: str = "", **params: object) -> None:
        super().__init__(self.code)
        self.field = field
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        return f"{self.code}: {self.message % self.params if self.params else self.message}"


class NotAllowed(Refusal):
    """The actor lacks the right to this act or this sight."""

    code = "not_allowed"
    message = N_("您没有办理这件事的权限。如果应该由您办，请找本单位管理员授权。")
    status = 403


class NotFound(Refusal):
    """There is no such thing, or not for this actor: the two are not told apart, so that guessing teaches nothing."""

    code = "not_found"
    message = N_("没有找到，或者您不能查看。请核对编号。")
    status = 404
