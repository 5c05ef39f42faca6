"""What the checker says: a rule, how bad it is, where exactly, and what to do. Terminals translate and print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Place:
    """A place in a source file: `line` from 1 (0 = the whole file); `field` is a path like "materials[2].name.en"."""

    file: str
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        position = f"{self.file}:{self.line}" if self.line else self.file
        return f"{position} ({self.field})" if self.field else position


@dataclass(frozen=True)
class Finding:
    """One finding. `message` and `advice` are message ids in Chinese; both take their values from `params`.

    `rule` is stable: "Q…" are the quality rules of STANDARDS §3.6, "source" is the shape of the file, the others are
    named in the catalogue's README. An "error" keeps the whole catalogue from being loaded.
    """

    rule: str
    severity: Severity
    place: Place
    message: str
    advice: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.place}: {self.severity} {self.rule}: {self.message % self.params} {self.advice % self.params}"


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Only the findings that forbid loading."""
    return tuple(finding for finding in findings if finding.severity == "error")
