"""What the rules of batches may decline."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class NothingToFile(Refusal):
    """No row is in order: there is nothing that could become a case."""

    code = "batch_nothing_to_file"
    message = N_("名单里还没有一行可以提交。请先改好标出的地方。")


class CompaniesOnly(Refusal):
    code = "batch_company_only"
    message = N_("批量申请由单位办理。您现在代表的是个人，请一个人一件地申请。")


class NotTogether(Refusal):
    """The item does not allow that decisions of a batch are signed in one go."""

    code = "batch_not_together"
    message = N_("这个事项公布的办法不允许一批一起签，请一件一件地办。")
    status = 403


class NothingChosen(Refusal):
    code = "batch_nothing_chosen"
    message = N_("请至少选一件。")


class TooManyChosen(Refusal):
    code = "batch_too_many_chosen"
    message = N_("一次最多选 %(most)s 件，请分几次办。")


class AdverseAlone(Refusal):
    """What goes against somebody is said to them alone, with their own reasons (行政许可法 38)."""

    code = "batch_adverse_alone"
    message = N_("对申请人不利的意见和决定要一件一件地办，各写各的理由。")


class NotOfThisBatch(Refusal):
    code = "batch_other_case"
    message = N_("选的办件里有不属于这一批的，请刷新页面再选。")
    status = 409


class FilingGoesOn(Refusal):
    """Rows of the draft are being filed at this moment."""

    code = "batch_filing"
    message = N_("上一次提交还在办，请等它办完再改名单。")
    status = 409
