"""Vague words (优化营商环境条例 35): they leave open what one must bring or fulfil; their neighbours tell.

A word alone says little: 等 leaves a list open in "身份证、户口簿等材料" but not in 等级, 等于 or "等三项"; 有关
is vague in "有关材料" but not in "与申请有关的合同". So each pattern reads what stands around it. Names of laws in
《》 are set aside, and a clause that denies (无需其他材料) promises instead of demanding. What this is measured with
stands in tests/contexts/catalogue/test_rules_wording.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.contexts.catalogue.core.items import Item, Text
from tongban.kernel.refusals import N_

_PAPER = (
    r"(?:证明材料|证明文件|申请材料|申报材料|材料|资料|文件|文书|证明|证件|证书|手续|凭证|票据|附件|表格|单据|佐证)"
)
_DEMAND = r"(?:条件|要求|情形|情况|事项|规定|内容|标准|信息|资质|资格|能力|义务)"
_SUCH = r"(?:有关|相关|必要|必需|需要|所需|应当|可能|类似|辅助|补充|支撑|佐证|有效)"
#: Catch-all materials (Q16): 优化营商环境条例 35 forbids them.
_CATCH_ALL = re.compile(
    rf"其[他它](?:{_SUCH}的?)*(?:的)?{_PAPER}"
    r"|(?:法律|法规|规章|规定|机关|部门|窗口)[^，。；]*(?:规定|要求|认为)[^，。；]*其[他它]"
    rf"|(?:需要|要求|应当)(?:提交|提供)的其[他它]"
    rf"|等(?:{_SUCH}的?)+{_PAPER}|等{_PAPER}"
    rf"|{_PAPER}等$|[^一二三四五六七八九十特高中初平同相均对优上下甲乙丙]等$"
    rf"|^(?:有关|相关|所需|必要)的?{_PAPER}$"
)
_LAW = re.compile(r"《[^》]*》")
#: A list that a law closes: "有效身份证件" is defined, so "身份证、护照等有效身份证件" leaves nothing open.
_CLOSED = r"(?:有效|法定)?(?:的)?(?:身份证件|有效证件|法定证件|身份证明文件|支付方式|方式|渠道|途径|平台|场所|网站)"
#: 等 as a grade or as a part of a word, not as "and so on".
_NO_LIST = r"(?<![一二三四五六七八九十特高中初平同相均对优上下甲乙丙请稍久])"
_OPEN_LIST = (
    rf"{_NO_LIST}等(?:(?:{_SUCH}|其[他它])的?)*(?!{_CLOSED})(?:{_PAPER}|{_DEMAND})"
    rf"|(?<=[\u4e00-\u9fffA-Za-z0-9）)”]){_NO_LIST}等(?=[，。；;,）)]|$)"
    r"|等等|之类|诸如|包括但不限于|不限于"
)
#: 其他 before these names somebody or something in particular.
_OTHER_ONES = (
    r"(?:股东|组织|人员|单位|企业|公司|成员|合伙人|投资人|共有人|当事人|权利人|申请人|机构|国家|地区|城市|部门)"
)
_OTHERS = (
    rf"其[他它](?:(?:{_SUCH})的?)*(?:的)?(?:{_PAPER}|{_DEMAND}|手续)"
    rf"|其[他它](?!{_OTHER_ONES})[^，。；、]{{1,10}}的(?:{_PAPER}|{_DEMAND})"
    r"|(?:规定|要求|认为)[^，。；]{0,8}的?其[他它](?=[，。；）)]|$)"
)
_RELATED = (
    rf"(?:有关|相关)的?(?:{_PAPER}|{_DEMAND}|部门|机关|单位|机构|人员|专业|领域|经验|工作经历|设备|设施|程序|费用)"
    r"|相应的?[^，。；、]{0,4}(?:材料|资料|证明|文件|条件|资质|资格|能力|手续|设备|设施|人员|要求)"
)
_WHEN = (
    r"必要时|(?<!所)需要时|有需要时|如有需要|如有必要|如需要|确有必要|认为(?:有)?(?:必要|需要)"
    r"|视(?:具体|实际)?情况|视情|视需要|酌情|根据(?:实际|具体)?(?:情况|需要)|按需|看情况"
    rf"|(?:必要|所需|需要)的?{_PAPER}|必要的?(?:条件|设备|设施|人员|资金|场所|措施)"
)
_ABOUT = (
    r"原则上|一般(?:应|要|须|需|不|情况下|为)|通常(?:应|要|须|需|情况下)"
    r"|适当的?(?:材料|条件|场所|设施|设备|人员|方式|规模|数量|资金)"
    r"|一定的?[^，。；、要]{0,4}(?:数量|条件|规模|资金|经验|能力|期限|比例|面积|影响)|若干(?!规定|意见|措施|问题)"
    r"|足够的?(?:资金|能力|人员|场所|材料)|合理的?(?:期限|时间|数量|价格)|尽(?:量|可能)(?:提供|提交|齐全|完整)"
    r"|符合(?:要求|规定|标准)(?=[，。；）)]|$)|按(?:要求|规定)(?:提供|提交|准备|填写|办理)"
)
_THEY_SAY = (
    r"另行(?:通知|要求|规定|告知)|临时(?:要求|通知|规定)"
    r"|以(?:窗口|工作人员|审批|受理|实际|现场|经办|当地|主管)[^，。；]{0,8}为准"
    r"|(?:窗口|工作人员|审批人员|经办人员?|审批(?:部门|机关)|受理(?:部门|机关)|主管部门|登记机关|本机关|我局)"
    r"(?:认为|要求|需要|指定)[^，。；]{0,10}(?:提供|提交|补充|材料|资料|文件|证明|的)"
    r"|可能(?:需要|要求|还需|会要求)|具体(?:要求|材料|条件)?(?:请)?(?:咨询|详询|电话咨询)"
)
_VAGUE = re.compile("|".join((_THEY_SAY, _OPEN_LIST, _OTHERS, _WHEN, _RELATED, _ABOUT)))
#: What is denied is not demanded: 无需其他材料, 没有其他条件, 不得要求提供有关证明.
_DENIED = re.compile(
    r"(?:无需|无须|不需要?|不用|不必|不再|不得|不要|没有|并无|免于?|除此之外无|禁止|不收|无)[^，。；：]{0,12}$"
)
#: "与本项目有关的文件", "同该房屋相关的证明": related to something that is named.
_NAMED = re.compile(r"(?:与|和|同|跟|对)[^，。；：、]{0,19}[^，。；：、的]$")
#: "《某办法》有关规定": the law is named.
_BY_LAW = re.compile(r"《》[^，。；：]{0,6}$")
_QUICK = re.compile(
    r"其[他它]|等|有关|相关|相应|需要|必要|所需|如需|视|酌|根据|按|看情况|原则|一般|通常|适当|一定|若干|足够|合理|尽|符合|另行|临时|为准|认为|要求|指定|可能|具体|之类|诸如|不限于"
)


def catch_all(name: str) -> str:
    """The part of a material's name that leaves open what to hand in, or ""."""
    plain = _LAW.sub("《》", name)
    found = _CATCH_ALL.search(plain)
    return found.group() if found and not _DENIED.search(plain[: found.start()]) else ""


def vague(text: str) -> str:
    """The first wording in `text` that leaves open what is demanded, or ""."""
    if not _QUICK.search(text):
        return ""
    plain = _LAW.sub("《》", text)
    for found in _VAGUE.finditer(plain):
        before = plain[max(found.start() - 24, 0) : found.start()]
        word = found.group()
        if _DENIED.search(before):
            continue
        if word.startswith(("有关", "相关", "相应")) and (_NAMED.search(before) or _BY_LAW.search(before)):
            continue
        return word
    return ""


def wording(item: Item, _: Surroundings) -> Iterator[Broken]:
    """V1: materials, conditions and hints say exactly what is demanded."""
    for path, text in _read_by_applicants(item):
        if found := vague(text.zh):
            message, advice = N_("“%(found)s”说得不明确，申请人不知道要做到什么。"), N_("请写明具体内容，或删除。")
            yield Broken("V1", f"{path}.zh", message, advice, {"found": found})


def _read_by_applicants(item: Item) -> Iterator[tuple[str, Text]]:
    for index, condition in enumerate(item.conditions):
        yield f"conditions[{index}].text", condition.text
    for index, material in enumerate(item.materials):
        path = f"materials[{index}]"
        if not catch_all(material.name.zh):  # that is Q16 already
            yield f"{path}.name", material.name
        if material.hint is not None:
            yield f"{path}.hint", material.hint
        if material.standard is not None:
            yield f"{path}.standard", material.standard
    if item.quantity is not None:
        yield "quantity", item.quantity
