"""What the ledger declines."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class RequestReused(Refusal):
    """A request id came back with another command, stream or actor: neither a repeat nor a new request."""

    code = "request_reused"
    message = N_("这次提交用了已经用过的请求编号，没有办理。请刷新页面后重新提交。")
    status = 409


class Conflict(Refusal):
    """Somebody else acted on the same matter at the same moment, and several tries did not come through."""

    code = "conflict"
    message = N_("别人刚刚也在办理这件事，您的这一步没有做成。请刷新页面，看看现状后再试。")
    status = 409
