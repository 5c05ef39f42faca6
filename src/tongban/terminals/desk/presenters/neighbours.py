"""The cases before and after one on the worktable."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from tongban.contexts.cases.core.views import TaskLine, Worktable


@dataclass(frozen=True)
class Neighbours:
    """Addresses, "" where there is none on the worktable's first page."""

    before: str = ""
    after: str = ""


def of(found: Worktable, case_id: str) -> Neighbours:
    """The neighbours of `case_id`; of a case that is no longer listed, the first one comes after it."""
    lines = found.lines
    places = [place for place, line in enumerate(lines) if line.case_id == case_id]
    if not places:
        return Neighbours(after=_address(lines[0]) if lines else "")
    before = lines[places[0] - 1] if places[0] else None
    after = next((line for line in lines[places[0] :] if line.case_id != case_id), None)
    return Neighbours(_address(before) if before else "", _address(after) if after else "")


def _address(line: TaskLine) -> str:
    return f"{reverse('desk:case', args=[line.case_id])}?{urlencode({'task': line.task})}"
