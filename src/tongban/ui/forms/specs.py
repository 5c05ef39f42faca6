"""What is asked: one question as a plain value, its words already in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text",
    "textarea",
    "integer",
    "date",
    "choice",
    "multi",
    "select",
    "confirm",
    "phone",
    "citizen_id",
    "credit_code",
    "money",
    "file",
    "password",
    "hidden",
    "otp",
]


@dataclass(frozen=True)
class Choice:
    """One answer of a choice; `hint` is a second line in quieter type. `own_words`: the label is somebody's name."""

    value: str
    label: str
    hint: str = ""
    own_words: bool = False


@dataclass(frozen=True)
class FieldSpec:
    """One question.

    `id` is the posted name (a date posts id-year, id-month, id-day). `minimum` and `maximum` bound an integer, or an
    amount of money in whole yuan. `autocomplete` is the HTML token where the kind's own default does not fit.
    `confirm` is one checkbox that must be ticked when required; its value is "yes".
    """

    id: str
    label: str
    kind: Kind = "text"
    required: bool = True
    hint: str = ""
    options: tuple[Choice, ...] = ()
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = 200
    autocomplete: str = ""
    accept: str = ""  # files: ".pdf,.jpg,.png"
    rows: int = 4  # textarea
    heading: bool = False  # the label is the page's h1 (one question a page)
    autofocus: bool = False

    @property
    def error_id(self) -> str:
        """Id of the first control, where a link of the error summary lands."""
        if self.kind == "date":
            return f"{self.id}-year"
        if self.kind in ("choice", "multi"):
            return f"{self.id}-1"
        return f"{self.id}-field"
