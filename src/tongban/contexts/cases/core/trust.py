"""Trust grades of materials (国办函〔2016〕108号): how much a paper may be relied upon."""

from __future__ import annotations

from tongban.contexts.documents.core import TrustGrade
from tongban.contexts.parties.core import Actor, Role


def grade_of_upload(actor: Actor, *, original_seen: bool) -> str:
    """C for what an applicant uploads; B where a window officer compared it with the original."""
    compared = original_seen and actor.kind == "officer" and actor.has(Role.WINDOW)
    return str(TrustGrade.B if compared else TrustGrade.C)
