"""The elements of the standard as the guide lists them: only what is stated, with the words of the code lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Delegation, Item, Limit
from tongban.contexts.catalogue.core.lists import PowerType, instant, ten_types
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import agency_of_item, language, said
from tongban.terminals.portal.presenters.laws import cited
from tongban.terminals.portal.presenters.topics import topic_names
from tongban.ui import dates


@dataclass(frozen=True)
class Element:
    """One line of the table."""

    term: str
    value: str


def type_words(kind: str) -> str:
    """The ten types of power, and the services beside them."""
    return {
        PowerType.LICENCE: _("行政许可"), PowerType.PENALTY: _("行政处罚"), PowerType.LEVY: _("行政征收"),
        PowerType.CONFIRMATION: _("行政确认"), PowerType.PAYMENT: _("行政给付"), PowerType.REWARD: _("行政奖励"),
        PowerType.MEASURE: _("行政强制措施"), PowerType.EXECUTION: _("行政强制执行"),
        PowerType.INSPECTION: _("行政监督检查"), PowerType.OTHER: _("其他行政权力"), PowerType.SERVICE: _("公共服务"),
    }[PowerType(kind)]  # fmt: skip


def level_words(level: int) -> str:
    """T2."""
    return {
        1: _("国家级"), 2: _("省级"), 3: _("市级"), 4: _("县级"), 5: _("镇（乡、街道）级"), 6: _("村（社区）级"),
        7: _("分级管理"),
    }.get(level, str(level))  # fmt: skip


def serves_words(codes: Iterable[int]) -> str:
    """T4."""
    names = {
        1: _("自然人"), 2: _("企业法人"), 3: _("事业法人"), 4: _("社会组织法人"), 5: _("行政机关"), 6: _("其他组织"),
    }  # fmt: skip
    return _("、").join(names[code] for code in codes if code in names)


def channel_words(codes: Iterable[int]) -> str:
    """T5."""
    names = {1: _("窗口办"), 2: _("电脑上办"), 3: _("手机上办"), 4: _("快递申请"), 9: _("其他方式")}
    return _("、").join(names[code] for code in codes if code in names)


def scope_words(scope: int) -> str:
    """How far the item is handled alike (通办范围)."""
    return {
        1: _("全国通办"), 2: _("跨省通办"), 3: _("跨市通办"), 4: _("跨县通办"), 5: _("跨镇通办"), 6: _("只在本级办"),
    }.get(scope, "")  # fmt: skip


def depth_words(depth: int) -> str:
    """The three depths of seed 001."""
    return {1: _("一级：网上看指南"), 2: _("二级：网上申请"), 3: _("三级：全程网上办")}.get(depth, "")


def sub_type_words(sub_type: str) -> str:
    return {
        "measure": _("行政强制措施"), "execution": _("行政强制执行"), "adjudication": _("行政裁决"),
        "filing": _("备案"),
    }.get(sub_type, "")  # fmt: skip


def _source(code: int) -> str:
    return {
        1: _("法定本级行使"), 2: _("上级下放"), 3: _("上级授权"), 4: _("同级授权"), 5: _("上级委托"), 6: _("同级委托"),
    }.get(code, "")  # fmt: skip


def _organ_kind(item: Item) -> str:
    organ = next((one for one in catalogue.beside().organs if one.key == item.agency), None)
    kind = item.organ_kind or (organ.kind if organ else 0)
    return {1: _("法定机关"), 2: _("授权组织"), 3: _("受委托组织"), 9: _("其他")}.get(kind, "")


def _project_type(item: Item) -> str:
    code = item.project_type or (1 if instant(item) else 2 if item.promised else 0)
    return {1: _("即办件"), 2: _("承诺件"), 9: _("其他")}.get(code, "")


def _limit(limit: Limit | None) -> str:
    if limit is None:
        return ""
    length = words.limit_words(limit)
    if limit.extend:
        longer = words.limit_words(Limit(limit.extend, limit.unit, limit.certainty))
        length = _("%(time)s，经批准可以延长 %(more)s") % {"time": length, "more": longer}
    note = said(limit.note)
    return _("%(what)s。%(note)s") % {"what": length, "note": note} if note else length


def _yes(stated: bool | None, yes: str, no: str) -> str:
    return "" if stated is None else yes if stated else no


def elements(item: Item, names: Mapping[str, str]) -> list[Element]:
    """Every element of the standard that the item states; `names` are English names of laws for citations."""
    parts: tuple[Callable[[Item, Mapping[str, str]], Iterable[tuple[str, str]]], ...] = (
        _identity, _power, _time, _handling, _fee, _result, _reach,
    )  # fmt: skip
    return [Element(term, capfirst(value)) for part in parts for term, value in part(item, names) if value]


def _identity(item: Item, names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    yield _("事项代号"), item.code
    yield _("基本编码"), item.base_code
    yield _("地方基本编码"), item.local_base_code
    yield _("地方实施编码"), item.local_code
    yield _("实施主体"), agency_of_item(item.agency)
    yield _("实施主体性质"), _organ_kind(item)
    yield _("联办机构"), _("、").join(agency_of_item(key) for key in item.joint)


def _power(item: Item, names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    yield _("事项类型"), words.power_words(item.power)
    kind = type_words(ten_types(item))
    yield _("权力清单里的类别"), kind if kind != words.power_words(item.power) else ""
    yield _("子类"), sub_type_words(item.sub_type)
    yield _("权力来源"), _source(item.power_source)
    yield _("行使层级"), _("、").join(level_words(level) for level in item.levels)
    yield _("委托、下放"), _("；").join(_delegation(one, names) for one in item.delegations)
    for one in item.discretion:
        yield _("裁量基准"), _("%(name)s（%(basis)s）") % {"name": said(one.name), "basis": cited(one.basis, names)}


def _delegation(one: Delegation, names: Mapping[str, str]) -> str:
    kind = {"handed_down": _("下放"), "authorised": _("授权"), "entrusted": _("委托")}[one.kind]
    takers = _("、").join(agency_of_item(key) for key in one.takers)
    return _("%(kind)s给%(takers)s（%(basis)s）") % {"kind": kind, "takers": takers, "basis": cited(one.basis, names)}


def _time(item: Item, names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    yield _("法定办结时限"), _limit(item.statutory)
    yield _("承诺办结时限"), _("当场办") if item.instant else _limit(item.promised)
    yield _("办件类型"), _project_type(item)
    yield _("审查类型"), {"at_once": _("即审即办"), "ordinary": _("普通审查")}.get(item.review, "")
    for special in item.handling.special if item.handling else ():
        yield said(special.name), said(special.basis)
    yield _("数量限制"), said(item.quantity)


def _handling(item: Item, names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    yield _("服务对象"), serves_words(item.serves)
    yield _("办理形式"), channel_words(item.channels)
    yield _("网上办理深度"), depth_words(item.depth)
    yield _("到办事现场次数"), words.visits_words(item.visits)
    yield _("必须到现场的原因"), said(item.visit_reason)
    yield _("通办范围"), scope_words(item.scope)
    yield _("告知承诺"), _("可以用承诺代替") if item.commitment else ""
    yield _("预约办理"), _yes(item.appointment, _("可以预约"), _("不用预约"))
    yield _("物流快递"), _yes(item.express, _("可以寄送"), _("不寄送"))
    yield _("自助终端办理"), _yes(item.kiosk, _("可以"), _("不可以"))
    yield _("进驻政务大厅"), _yes(item.in_hall, _("已进驻"), _("没有进驻"))
    for one in item.intermediaries:
        yield (
            _("中介服务"),
            _("%(name)s（%(basis)s）") % {"name": said(one.name), "basis": cited(one.basis, names)},
        )


def _fee(item: Item, names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    fee = item.fee
    yield _("是否收费"), _("收费") if fee.charged else _("不收费")
    if not fee.charged:
        return
    yield _("收费项目"), said(fee.name)
    yield _("收费标准"), said(fee.standard)
    yield _("收费依据"), said(fee.basis) or cited(fee.law, names)
    yield _("减免"), said(fee.reduction)
    yield _("网上支付"), _yes(fee.pay_online, _("可以"), _("不可以"))
    yield _("标准有效到"), _day(fee.ends)


def _result(item: Item, names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    result, months = item.result, item.result.valid_months
    yield _("办好以后拿到"), said(result.name)
    yield (
        _("结果类型"),
        {
            "licence": _("证照"), "approval": _("批文"), "certificate": _("证明"), "payment": _("发钱"),
            "registration": _("登记"), "other": _("其他"),
        }[result.kind],
    )  # fmt: skip
    yield (
        _("办结方式"),
        {"certificate": _("出证办结"), "approval": _("审批办结"), "document": _("出文办结")}.get(result.ending, ""),
    )
    lasting = ngettext("%(n)s 个月", "%(n)s 个月", months) % {"n": months} if months else _("长期有效")
    yield _("有效期"), lasting if result.kind in ("licence", "approval", "certificate") else ""
    yield _("电子结果"), _("有，与纸质同等有效") if result.electronic else _("只有纸质")


def _reach(item: Item, names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    known = topic_names()
    yield _("服务主题"), _("、").join(dict.fromkeys(known[topic] for topic in item.topics if topic in known))
    tags = {tag.code: said(tag.name) for tag in catalogue.beside().tags}
    yield _("还在这些清单上"), _("、").join(tags[tag] for tag in item.tags if tag in tags)
    yield _("生效日期"), _day(item.valid_from)
    yield _("失效日期"), _day(item.valid_to)


def _day(text: str) -> str:
    return dates.full_day(date.fromisoformat(text), language()) if text else ""
