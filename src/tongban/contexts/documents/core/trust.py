"""Trust grades of materials (国办函〔2016〕108号; STANDARDS §2.3). Cases keep them and know how C becomes B."""

from __future__ import annotations

from enum import StrEnum


class TrustGrade(StrEnum):
    """Where a material comes from, and what it is therefore good for."""

    A = "A"  # made by the competent organ itself, under its seal: usable as it is
    B = "B"  # a copy that an officer compared with the original: usable again
    C = "C"  # uploaded by the applicant: an officer must see the original first, then it becomes B
    D = "D"  # made by the applicant: usable on the promise that it is true
