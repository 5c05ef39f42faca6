"""Code lists and closed choices in words: the lists T2-T6 of STANDARDS §3.5, and every Literal of `core/items`."""

from __future__ import annotations

from tongban.kernel.refusals import N_
from tongban.terminals.desk.elements.topics import TOPICS

#: List or element -> (value, words), in the order in which they are shown.
CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "topics": TOPICS,
    "certainty": (
        ("V", N_("读过法条原文或者官方指南")),
        ("F", N_("见于公开网页或者各地做法")),
        ("M+", N_("凭常识，把握大")),
        ("M", N_("凭常识，把握一般")),
        ("D", N_("本市自己的设计")),
    ),
    "serves": (
        ("1", N_("个人（自然人）")),
        ("2", N_("企业法人")),
        ("3", N_("事业法人")),
        ("4", N_("社会组织法人")),
        ("5", N_("行政机关")),
        ("6", N_("其他组织")),
    ),
    "levels": (
        ("1", N_("国家级")),
        ("2", N_("省级")),
        ("3", N_("市级")),
        ("4", N_("县级")),
        ("5", N_("镇（乡、街道）级")),
        ("6", N_("村（社区）级")),
        ("7", N_("分级管理")),
    ),
    "organ_kind": (
        ("1", N_("法定机关")),
        ("2", N_("授权组织")),
        ("3", N_("受委托组织")),
        ("9", N_("其他")),
    ),
    "power_source": (
        ("1", N_("法定本级行使")),
        ("2", N_("上级下放")),
        ("3", N_("上级授权")),
        ("4", N_("同级授权")),
        ("5", N_("上级委托")),
        ("6", N_("同级委托")),
    ),
    "project_type": (
        ("1", N_("即办件")),
        ("2", N_("承诺件")),
        ("9", N_("其他")),
    ),
    "channels": (
        ("1", N_("窗口办理")),
        ("2", N_("电脑端网上办理")),
        ("3", N_("移动端办理")),
        ("4", N_("快递申请")),
        ("9", N_("其他")),
    ),
    "online_depth": (
        ("1", N_("只有指南")),
        ("2", N_("网上能申请")),
        ("3", N_("全程网办")),
    ),
    "scope": (
        ("1", N_("全国")),
        ("2", N_("跨省")),
        ("3", N_("跨市")),
        ("4", N_("跨县")),
        ("5", N_("跨镇")),
        ("6", N_("本级")),
    ),
    "prefill": (
        ("principal.name", N_("申请人名称")),
        ("principal.id_number", N_("申请人证件号码")),
        ("principal.address", N_("申请人地址")),
        ("person.name", N_("经办人姓名")),
        ("person.phone", N_("经办人手机")),
    ),
    "Item.sub_type": (
        ("measure", N_("行政强制措施")),
        ("execution", N_("行政强制执行")),
        ("adjudication", N_("行政裁决")),
        ("filing", N_("行政备案")),
    ),
    "Item.review": (
        ("at_once", N_("即审即办")),
        ("ordinary", N_("普通审查")),
    ),
    "Limit.unit": (
        ("workday", N_("工作日")),
        ("day", N_("自然日")),
        ("month", N_("月（按月计）")),
    ),
    "Material.need": (
        ("required", N_("必要")),
        ("situational", N_("看情形")),
        ("exempt", N_("免交")),
        ("tolerable", N_("可以容缺")),
    ),
    "Material.source": (
        ("self", N_("申请人自备")),
        ("government", N_("政府内部取得")),
        ("generated", N_("平台生成")),
    ),
    "Material.accepts": (
        ("pdf", N_("PDF")),
        ("jpeg", N_("JPG")),
        ("png", N_("PNG")),
    ),
    "Material.kind": (
        ("form", N_("申请表格文书")),
        ("certificate", N_("证件证书证明")),
        ("other", N_("其他材料")),
    ),
    "Material.format": (
        ("paper", N_("纸质")),
        ("electronic", N_("电子")),
        ("both", N_("纸质或者电子")),
    ),
    "Field.kind": (
        ("text", N_("一行文字")),
        ("textarea", N_("多行文字")),
        ("integer", N_("整数")),
        ("date", N_("日期")),
        ("choice", N_("单选")),
        ("multi", N_("多选")),
        ("phone", N_("电话号码")),
        ("citizen_id", N_("公民身份号码")),
        ("credit_code", N_("统一社会信用代码")),
        ("money", N_("金额")),
    ),
    "SpecialProcedure.cause": (
        ("expert_review", N_("专家评审")),
        ("hearing", N_("听证")),
        ("inspection_test", N_("检验检测")),
        ("appraisal", N_("鉴定")),
        ("public_notice", N_("公示")),
        ("third_party", N_("征求利害关系人意见")),
        ("tender", N_("招标拍卖")),
        ("site_visit", N_("现场核查")),
    ),
    "SpecialProcedure.notice_unit": (
        ("workday", N_("工作日")),
        ("day", N_("自然日")),
    ),
    "Prerequisite.mode": (
        ("all", N_("都要")),
        ("any", N_("有一项就行")),
    ),
    "ResultPaper.kind": (
        ("licence", N_("证照")),
        ("approval", N_("批文")),
        ("certificate", N_("证明")),
        ("payment", N_("发放资金")),
        ("registration", N_("登记")),
        ("other", N_("其他结果")),
    ),
    "ResultPaper.ending": (
        ("certificate", N_("出证办结")),
        ("approval", N_("审批办结")),
        ("document", N_("出文办结")),
    ),
    "StageKind": (
        ("receive", N_("收件环节")),
        ("accept", N_("受理环节")),
        ("review", N_("审查环节")),
        ("inspect", N_("勘验环节")),
        ("decide", N_("决定环节")),
        ("close", N_("办结环节")),
        ("deliver", N_("送达环节")),
        ("after", N_("事后监管环节")),
    ),
    "RiskPoint.grade": (
        ("high", N_("高")),
        ("middle", N_("中")),
        ("low", N_("低")),
    ),
    "Delegation.kind": (
        ("handed_down", N_("下放")),
        ("authorised", N_("授权")),
        ("entrusted", N_("委托")),
    ),
}
