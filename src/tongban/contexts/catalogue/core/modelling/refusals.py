"""Why a step in the life of a route or table is declined; what all versions share stands in `life.refusals`."""

from __future__ import annotations

from collections.abc import Sequence

from tongban.contexts.catalogue.core.findings import Finding
from tongban.contexts.catalogue.core.modelling.checking import Fault
from tongban.kernel.refusals import N_, Refusal, Words


class ModelKeyInvalid(Refusal):
    """The key of a route or table has one form, and a new one comes with its text."""

    code = "model_key_invalid"
    message = N_("代号“%(key)s”不能用：只能用小写字母、数字和连字符，如 site-visit；新的代号要同时有内容。")


class ModelTextInvalid(Refusal):
    """The text is too long, or holds what no text of XML holds."""

    code = "model_text_invalid"
    message = N_("这份图或表保存不了：超过1兆字节，或者含有不能保存的字符。")


class ModelExists(Refusal):
    """One route or table has one draft at a time."""

    code = "model_draft_exists"
    message = N_("“%(key)s”已有一份没有办完的草稿（第%(number)s版）。请在那一份上继续，或先放弃它。")
    status = 409


class ModelMoved(Refusal):
    """Somebody else saved since the editor was opened: nothing of theirs may be lost unseen."""

    code = "model_moved"
    message = N_("您打开以后，别人又保存过。您画的还在这里；请先看看对方改了什么，再保存。")
    status = 409


class ModelBaseMoved(Refusal):
    """Another version came into force since the draft was opened: publishing it would undo that one unseen."""

    code = "model_base_moved"
    message = N_("起草以后，现行的已经是第%(current)s版。请放弃这份草稿，以现行版本重新起草。")
    status = 409


class ModelSaysTheSame(Refusal):
    """The text is that of the version in force, byte by byte."""

    code = "model_says_the_same"
    message = N_("这一版与现行的第%(current)s版完全相同，没有可以公布的改动。")


class ModelHasErrors(Refusal):
    """The checker found errors; `faults` names every one."""

    code = "model_has_errors"
    message = N_("图或表有 %(errors)s 处错误，不能往下办。请按检查结果改正。")

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(errors=sum(fault.severity == "error" for fault in faults))
        self.faults = tuple(faults)


class ModelInUseElsewhere(Refusal):
    """A route or table that items of other organs use is changed by the service bureau, which keeps the whole list."""

    code = "model_in_use_elsewhere"
    message = N_(
        "“%(key)s”也用于其他部门的事项（%(items)s），只能由政务服务管理机构修改。请另存为新的代号，或请他们改。"
    )
    status = 403


class ItemNotOnModel(Refusal):
    """An item that was chosen is not in force, or does not use this route or table."""

    code = "item_not_on_model"
    message = N_("事项 %(item)s 现在没有用“%(key)s”，不能改用它的新版本。请先在事项里选用它。")


class ItemNotYours(Refusal):
    """An organ's route or table goes into its own items only."""

    code = "item_not_yours"
    message = N_("事项 %(item)s 是其他部门的，不能随这一版一起改。")
    status = 403


class LaneWithoutAgency(Refusal):
    """A lane of the route has no organ in an item: nobody would do its tasks."""

    code = "lane_without_agency"
    message = N_("事项 %(item)s 没有写明泳道“%(lane)s”由哪个机关办。请先在事项里补上，再公布这一版。")

    def __init__(self, item: str, lane: str, name: Words) -> None:
        super().__init__(item=item, lane=name if name.zh else lane)
        self.item, self.lane = item, lane


class PinnedItemWrong(Refusal):
    """With the new route or table an item would break a rule; `findings` names every one."""

    code = "pinned_item_wrong"
    message = N_("事项 %(item)s 改用这一版以后有 %(errors)s 处错误，不能一起公布。请先改正事项。")

    def __init__(self, item: str, findings: Sequence[Finding]) -> None:
        super().__init__(item=item, errors=len(findings))
        self.item, self.findings = item, tuple(findings)
