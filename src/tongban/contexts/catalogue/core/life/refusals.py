"""Why a step in the life of a version is declined."""

from __future__ import annotations

from collections.abc import Sequence

from tongban.contexts.catalogue.core.findings import Finding, errors
from tongban.kernel.refusals import N_, Refusal


class SamePerson(Refusal):
    """Drafting, department review, legal review and publishing are four persons' work."""

    code = "same_person"
    message = N_("同一版本的每一步要由不同的人办：您已经是%(earlier)s，不能再作%(step)s。请由另一位有权限的同事办。")
    status = 403


class WrongStage(Refusal):
    """The version is not where this step begins."""

    code = "wrong_stage"
    message = N_("这一版现在是“%(stage)s”，这一步现在不能办。请刷新页面后再看。")
    status = 409


class DraftExists(Refusal):
    """One item has one draft at a time."""

    code = "draft_exists"
    message = N_("事项 %(item)s 已有一份没有办完的草稿（第%(number)s版）。请在那一份上继续，或先放弃它。")
    status = 409


class CodeInvalid(Refusal):
    """The code of an item has one form, and a new one comes with content."""

    code = "code_invalid"
    message = N_("事项代号“%(item)s”不能用：只能用大写字母、数字和连字符，如 ROAD-DIG；新代号要同时写上内容。")


class ContentInvalid(Refusal):
    """The content is no mapping of text, whole numbers, truth values, lists and mappings."""

    code = "content_invalid"
    message = N_("草稿的内容读不懂：只能有文字、整数、是否、列表和名称对应的内容。")


class DraftHasErrors(Refusal):
    """The checker found errors; `findings` names every one."""

    code = "draft_has_errors"
    message = N_("内容有 %(errors)s 处错误，不能往下办。请按检查结果改正。")

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(errors=len(errors(tuple(findings))))
        self.findings = tuple(findings)


class BaseMoved(Refusal):
    """Another version came into force since the draft was opened: publishing it would undo that one unseen."""

    code = "base_moved"
    message = N_("起草以后，这个事项已经有了新的现行版本（第%(current)s版）。请放弃这份草稿，以现行版本重新起草。")
    status = 409


class DatesOverlap(Refusal):
    """A version can't come into force before the one it follows."""

    code = "dates_overlap"
    message = N_("施行日期 %(day)s 早于现行版本的施行日期 %(current)s。请改为不早于它的日期。")


class DayPassed(Refusal):
    """Nothing comes into force, or ends, on a day that has passed."""

    code = "day_passed"
    message = N_("%(day)s 已经过去。请改为今天或以后的日期。")


class OutsideValidity(Refusal):
    """The content says when it may be in force."""

    code = "outside_validity"
    message = N_("%(day)s 不在内容写明的有效期（%(first)s 至 %(last)s）之内。请改日期，或改内容后重新送审。")


class LifeNotYetDue(Refusal):
    """The clock was asked to act before its time; a refusal, so that the request is not remembered as done."""

    code = "life_not_yet_due"
    message = N_("还没到施行或取消的日期，到期后系统会自动办理。")
    status = 409


class NoteMissing(Refusal):
    """Returning and cancelling are reasoned."""

    code = "life_note_missing"
    message = N_("没有写理由。请写明理由，让起草的人知道要改什么。")


class VerdictUnknown(Refusal):
    code = "verdict_unknown"
    message = N_("审核意见只能是同意或退回。")


class BaseGone(Refusal):
    """The item was cancelled since the draft was opened."""

    code = "base_gone"
    message = N_("起草以后，这个事项已经取消。请放弃这份草稿；确要恢复的，请重新起草。")
    status = 409


class ContentMoved(Refusal):
    """Somebody else saved since the author opened the draft: nothing of theirs may be lost unseen."""

    code = "content_moved"
    message = N_("您打开草稿以后，别人又保存过。您写的还在这里；请先看看对方改了什么，再保存。")
    status = 409


class ChangedSince(Refusal):
    """The content is no longer the one that was looked at: nobody answers for what they have not seen."""

    code = "changed_since"
    message = N_("您看过以后，这一版的内容又改了。请刷新页面，看看改了什么，再办这一步。")
    status = 409
