"""What can be wrong with a code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tongban.kernel.refusals import Refusal

Fault = Literal["form", "check", "division", "date", "part"]


@dataclass(frozen=True)
class Finding:
    """Why a code is doubtful: its form, its check character, or one of its parts. `position` counts from 1."""

    fault: Fault
    position: int = 0


class CodeRefused(Refusal):
    """A code entered by a person does not hold; subclasses say which code and how it looks."""

    code = "code_refused"

    def __init__(self, text: str, finding: Finding, *, field: str = "") -> None:
        super().__init__(field=field, text=text, fault=finding.fault)
        self.finding = finding
