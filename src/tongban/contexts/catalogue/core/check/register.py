"""The register of rules: what each stands for, the law behind it, how bad it is to break it. Ids never change.

docs/catalogue-rules.md tells of each what it means and what to do; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.contexts.catalogue.core.findings import Severity
from tongban.kernel.refusals import N_


@dataclass(frozen=True)
class Rule:
    """One rule. `severity` is what breaking it means unless a finding says otherwise."""

    id: str
    title: str
    severity: Severity
    law: str = ""


_STANDARD = N_("GB/T 39046-2020 政务服务平台基础数据规范")
_LICENSING_42 = N_("行政许可法第四十二条")
_RULES = (
    Rule("source", N_("文件的形式"), "error"),
    Rule("language", N_("两种语言"), "error"),
    Rule("code", N_("各类代码"), "error", _STANDARD),
    Rule("agency", N_("机关代号"), "error"),
    Rule("reference", N_("引用的对象"), "error"),
    Rule("date", N_("日期和有效期"), "error"),
    Rule("material", N_("材料的写法"), "error"),
    Rule("route", N_("流程和泳道"), "error"),
    Rule("form", N_("表单的写法"), "error"),
    Rule("condition", N_("判断条件的写法"), "error"),
    Rule("table", N_("决策表及其引用"), "error"),
    Rule("discretion", N_("裁量有基准"), "warning", N_("行政处罚法第三十四条")),
    Rule("automatic", N_("自动决定的范围"), "error", N_("个人信息保护法第二十四条")),
    Rule("delegation", N_("下放和委托的写法"), "error", N_("行政许可法第二十四条")),
    Rule("circle", N_("没有循环证明"), "warning", N_("优化营商环境条例第四十四条")),
    Rule("Q1", N_("即办的写法"), "error"),
    Rule("Q2", N_("承诺件的写法"), "error"),
    Rule("Q3", N_("承诺时限不超过法定时限"), "error", _LICENSING_42),
    Rule("Q4", N_("办结方式"), "warning"),
    Rule("Q5", N_("结果的类型和样本"), "error", N_("行政许可法第三十九条")),
    Rule("Q6", N_("到现场的原因"), "error", N_("优化营商环境条例第三十五条")),
    Rule("Q7", N_("不到现场的办法"), "warning", N_("优化营商环境条例第三十七条")),
    Rule("Q8", N_("全程网办不到现场"), "error", N_("优化营商环境条例第三十七条")),
    Rule("Q9", N_("收费写得完整"), "error", N_("行政许可法第五十九条")),
    Rule("Q10", N_("咨询电话和投诉电话"), "error", N_("优化营商环境条例第三十五条")),
    Rule("Q11", N_("办理时间写明"), "warning", N_("优化营商环境条例第三十五条")),
    Rule("Q12", N_("地点写到窗口"), "warning", N_("优化营商环境条例第三十五条")),
    Rule("Q13", N_("服务对象与主题"), "error"),
    Rule("Q14", N_("有常见问题"), "error"),
    Rule("Q15", N_("办理环节和时限"), "error", N_("行政许可法第三十条")),
    Rule("Q16", N_("兜底材料"), "error", N_("优化营商环境条例第三十五条")),
    Rule("Q17", N_("材料的依据、类型、形式和样本"), "error", N_("行政许可法第三十一条")),
    Rule("Q18", N_("证明在清单上"), "error", N_("优化营商环境条例第四十四条")),
    Rule("Q19", N_("中介服务在清单上"), "error", N_("优化营商环境条例第四十三条")),
    Rule("Q20", N_("依据现行有效"), "error", N_("行政许可法第四条")),
    Rule("Q21", N_("四级四同"), "error", N_("优化营商环境条例第三十五条")),
    Rule("XK-03", N_("指南完整"), "warning", N_("行政许可法第三十条")),
    Rule("XK-13", N_("二十个工作日"), "error", _LICENSING_42),
    Rule("XK-14", N_("联合办理四十五日"), "error", _LICENSING_42),
    Rule("XK-16", N_("十个工作日内送达"), "error", N_("行政许可法第四十四条")),
    Rule("XK-17", N_("不计入期限的程序"), "warning", N_("行政许可法第四十五条")),
    Rule("XK-22", N_("许可收费的依据"), "error", N_("行政许可法第五十八条")),
    Rule("F4", N_("承诺压缩到一半以内"), "warning"),
    Rule("F14", N_("不再要求已有的材料"), "warning", N_("国务院关于在线政务服务的若干规定第七条")),
    Rule("V1", N_("含糊的用语"), "warning", N_("优化营商环境条例第三十五条")),
    Rule("N1", N_("同一材料同一名称"), "warning"),
)
REGISTER: Mapping[str, Rule] = {rule.id: rule for rule in _RULES}


def severity(rule: str, told: Severity | None) -> Severity:
    """How bad a finding of `rule` is, `told` being what the finding itself says (None = as the register says)."""
    return told or REGISTER[rule].severity
