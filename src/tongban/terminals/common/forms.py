"""The questions of the login pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tongban.ui.forms import Choice, FieldSpec


def staff_login() -> tuple[FieldSpec, ...]:
    """Name and password of an officer."""
    return (
        FieldSpec("name", _("登录名"), max_length=64, autocomplete="username", autofocus=True),
        FieldSpec("password", _("密码"), "password", max_length=128),
    )


def staff_code() -> tuple[FieldSpec, ...]:
    """The one-time code."""
    return (
        FieldSpec("code", _("6 位验证码"), "otp", hint=_("打开身份验证器，输入它现在显示的数字。"), autofocus=True),
    )


def demo_person() -> tuple[FieldSpec, ...]:
    """Somebody the demo invents on the spot."""
    levels = (
        Choice("1", _("1 级：注册账号")),
        Choice("2", _("2 级：核对姓名和证件号码")),
        Choice("3", _("3 级：人脸或者银行卡")),
        Choice("4", _("4 级：电子证书或者本人到场")),
    )
    return (
        FieldSpec("name", _("姓名"), max_length=60, autocomplete="off"),
        FieldSpec(
            "id_number",
            _("公民身份号码"),
            "citizen_id",
            hint=_("18 位，末位校验码要对。请勿填写真人的号码。"),
            autocomplete="off",
        ),
        FieldSpec("phone", _("手机号码"), "phone", required=False, autocomplete="off"),
        FieldSpec("level", _("实名等级"), "choice", options=levels),
        FieldSpec(
            "company",
            _("代表的单位名称"),
            required=False,
            max_length=100,
            hint=_("以法定代表人的身份给单位办事时填。"),
            autocomplete="off",
        ),
        FieldSpec("credit_code", _("单位的统一社会信用代码"), "credit_code", required=False, autocomplete="off"),
    )
