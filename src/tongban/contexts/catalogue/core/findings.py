"""What the checker says: a rule, how bad it is, where exactly, and what to do. Terminals translate and print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Place:
    """A place in a source file: `line` from 1 (0 = the whole file); `field` is a path like "materials[2].name.en".

    A draft has no file: there `file` is "" and `line` 0.
    """

    file: str
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        position = f"{self.file}:{self.line}" if self.line else self.file
        if not position:
            return self.field
        return f"{position} ({self.field})" if self.field else position


@dataclass(frozen=True)
class Finding:
    """One finding. `message`, `advice` and `law` are message ids in Chinese; the first two take values from `params`.
    Names in both languages stand there as `kernel.refusals.Words`; who prints picks (`foundation.i18n.told`).

    `rule` is stable: every id stands in `check.register.REGISTER` and in docs/catalogue-rules.md. An "error" keeps the
    whole folder from being loaded and a draft from being submitted. `law` is "" where no provision stands behind it.
    """

    rule: str
    severity: Severity
    place: Place
    message: str
    advice: str
    params: Mapping[str, object] = field(default_factory=dict)
    law: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.severity} {self.rule}: {self.message % self.params} {self.advice % self.params}"


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only the findings that forbid loading."""
    return tuple(finding for finding in findings if finding.severity == "error")
