"""What the rules about parties and their logins may decline, each with a code and what to do next."""

from __future__ import annotations

from tongban.kernel.refusals import N_, Refusal


class PartyKnown(Refusal):
    """A party with this number is already registered; nothing is registered twice."""

    code = "party_known"
    message = N_("这个证件号码已经登记过了。请用“查找”找到这一位，不要重复登记。")
    status = 409


class PartyUnknown(Refusal):
    """The stream holds no party: nothing to correct, nobody to give a mandate."""

    code = "party_unknown"
    message = N_("还没有这一位的登记。请先登记，再办这一步。")
    status = 404


class NameMissing(Refusal):
    code = "name_missing"
    message = N_("请填写姓名或者单位名称。")


class RealLevelUnknown(Refusal):
    """Real-name levels run from 0 to 4 (STANDARDS §7.3)."""

    code = "real_level_unknown"
    message = N_("实名等级只有 0 到 4 级，没有 %(level)s 级。")


class MandateToOneself(Refusal):
    code = "mandate_to_oneself"
    message = N_("不能委托给自己。请填写另一位代办人。")


class MandatePeriodWrong(Refusal):
    """The mandate ends before it begins, or has ended already."""

    code = "mandate_period_wrong"
    message = N_("委托的截止日期不能早于开始日期，也不能早于今天。请重新填写日期。")


class MandateScopeMissing(Refusal):
    code = "mandate_scope_missing"
    message = N_("请选择委托办理的事项，或者选择“全部事项”。")


class MandateUnknown(Refusal):
    """No such mandate is in force: it was never given, or is revoked already."""

    code = "mandate_unknown"
    message = N_("没有这项生效的委托，可能已经撤销。请刷新页面查看。")
    status = 409


class LoginFailed(Refusal):
    """Name or password wrong; the two are not told apart."""

    code = "login_failed"
    message = N_("登录名或者密码不对。请检查后再试；忘记密码请找本单位管理员。")


class LockedOut(Refusal):
    """Too many failures in a row (GB/T 22239-2019 身份鉴别)."""

    code = "locked_out"
    message = N_("连续多次输错，账号已暂时锁定。请 %(minutes)s 分钟后再试，或者找本单位管理员。")
    status = 403


class CodeWrong(Refusal):
    code = "code_wrong"
    message = N_("验证码不对。请输入身份验证器上现在显示的 6 位数字。")


class CodeUsed(Refusal):
    """A one-time code is accepted once."""

    code = "code_used"
    message = N_("这个验证码已经用过了。请等身份验证器显示下一个再输入。")


class LoginExpired(Refusal):
    """The login was not finished in time, or in another browser."""

    code = "login_expired"
    message = N_("登录没有在规定时间内完成，请重新登录。")


class IdentityRefused(Refusal):
    """The identity provider's answer is missing, forged, too old or belongs to another login."""

    code = "identity_refused"
    message = N_("没有收到有效的身份认证结果。请重新登录。")
    status = 403


class LoginUnavailable(Refusal):
    """No identity provider is set up here."""

    code = "login_unavailable"
    message = N_("这里还没有接通统一身份认证，暂时不能在网上登录。您可以到政务服务中心窗口办理。")
    status = 503


class NameTaken(Refusal):
    """Login names are unique."""

    code = "name_taken"
    message = N_("登录名“%(name)s”已经有人使用。请换一个。")
    status = 409


class PasswordWeak(Refusal):
    """At least 10 characters with letters and digits (GB/T 22239-2019 身份鉴别)."""

    code = "password_weak"
    message = N_("密码至少 10 位，并且同时有字母和数字。")


class AgencyUnknown(Refusal):
    code = "agency_unknown"
    message = N_("没有编号为“%(key)s”的单位。")


class WindowUnknown(Refusal):
    code = "window_unknown"
    message = N_("没有编号为“%(window)s”的窗口。")


class OfficerUnknown(Refusal):
    code = "officer_unknown"
    message = N_("没有这位工作人员。")
    status = 404


class RolesMissing(Refusal):
    """An officer in service has at least one role."""

    code = "roles_missing"
    message = N_("请至少选择一个岗位角色。")


class NotOneself(Refusal):
    """Nobody grants or takes their own roles."""

    code = "not_oneself"
    message = N_("不能给自己授权。请由另一位管理员办理。")
    status = 403


class NoChiefRepresentative(Refusal):
    """Commissions are given to the organ's own chief representative."""

    code = "no_chief_representative"
    message = N_("只能授权给本单位的首席代表。请先由管理员给这名工作人员首席代表的角色。")


class CommissionEmpty(Refusal):
    code = "commission_empty"
    message = N_("请至少选一个授权决定的事项。")


class CommissionPeriodWrong(Refusal):
    code = "commission_period_wrong"
    message = N_("授权的截止日不能早于开始日。")


class CommissionUnknown(Refusal):
    code = "commission_unknown"
    message = N_("没有这份授权，或者已经收回。")
    status = 409


class CommissionReasonMissing(Refusal):
    code = "commission_reason_missing"
    message = N_("请写明为什么收回授权。")


class CommissionToOneself(Refusal):
    code = "commission_to_oneself"
    message = N_("不能授权给自己，请由本单位其他审批人授权。")
    status = 403
