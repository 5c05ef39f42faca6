"""Trust grades of materials (国办函〔2016〕108号; STANDARDS §2.3). Cases keep the grade; this is the rule for it."""

from __future__ import annotations

from enum import StrEnum

from tongban.kernel.refusals import N_, Refusal


class TrustGrade(StrEnum):
    """Where a material comes from, and what it is therefore good for."""

    A = "A"  # made by the competent organ itself, under its seal: usable as it is
    B = "B"  # a copy that an officer compared with the original: usable again
    C = "C"  # uploaded by the applicant: an officer must see the original first, then it becomes B
    D = "D"  # made by the applicant: usable on the promise that it is true


class GradeFixed(Refusal):
    """Only an uploaded copy (C) can rise, and only to B."""

    code = "grade_fixed"
    message = N_("这份材料的可信等级是 %(grade)s，不用核对原件。只有上传的复印件（C 级）核对以后变为 B 级。")
    status = 409


class OfficerMustCompare(Refusal):
    """A comparison with the original is an officer's act."""

    code = "officer_must_compare"
    message = N_("只有工作人员看过原件以后，才能把材料记为“已核对原件”。")
    status = 403


def after_comparison(grade: TrustGrade, *, by_officer: bool) -> TrustGrade:
    """The grade after somebody compared the copy with its original: C becomes B, nothing else moves.

    Refuses `OfficerMustCompare` when the one who compared is no officer, `GradeFixed` for A, B and D.
    """
    if not by_officer:
        raise OfficerMustCompare
    if grade is not TrustGrade.C:
        raise GradeFixed(grade=grade.value)
    return TrustGrade.B
