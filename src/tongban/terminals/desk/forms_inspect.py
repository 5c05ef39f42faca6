"""Reading the record of a site visit: everything typed is kept, whatever is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from tongban.contexts.cases.core.parts.special import CheckLine, Visit
from tongban.contexts.cases.core.special.visit import PRESENT, RESULTS, VERDICTS

#: Longest answers, in characters.
REMARK, FINDINGS, NAME = 200, 2000, 60


@dataclass(frozen=True)
class Record:
    """What is written down so far."""

    lines: tuple[CheckLine, ...]
    findings: str = ""
    result: str = ""
    present: str = ""
    present_name: str = ""
    remark: str = ""


def recorded(visit: Visit) -> Record:
    """The record as it is kept."""
    return Record(visit.lines, visit.findings, visit.result, visit.present, visit.present_name, visit.remark)


def typed(visit: Visit, post: QueryDict) -> Record:
    """The record as it was posted; the lines are those of the appointment."""
    return Record(
        lines=tuple(
            CheckLine(line.text, _one_of(post, f"line-{n}", VERDICTS), _text(post, f"remark-{n}", REMARK))
            for n, line in enumerate(visit.lines, 1)
        ),
        findings=_text(post, "findings", FINDINGS),
        result=_one_of(post, "result", RESULTS),
        present=_one_of(post, "present", PRESENT),
        present_name=_text(post, "present_name", NAME),
        remark=_text(post, "remark", FINDINGS),
    )


def _text(post: QueryDict, name: str, most: int) -> str:
    return post.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()[:most]


def _one_of(post: QueryDict, name: str, allowed: tuple[str, ...]) -> str:
    value = post.get(name, "")
    return value if value in allowed else ""


def photo_line(visit: Visit, post: QueryDict) -> int:
    """Which line the photograph shows; 0 for none."""
    value = post.get("photo_line", "")
    return int(value) if value.isascii() and value.isdigit() and int(value) <= len(visit.lines) else 0
