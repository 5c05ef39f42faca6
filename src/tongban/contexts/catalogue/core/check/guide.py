"""What a guide must tell: result (Q4, Q5), visits and channels (Q6-Q8), phones and places (Q10-Q12), topics (Q13)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongban.contexts.catalogue.core.check.limits import UNASKED
from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings, words
from tongban.contexts.catalogue.core.items import Item, Place
from tongban.kernel.refusals import N_

_LICENCE = re.compile(r"(?:(?<!凭)证|证书|执照)$")
#: Q4: how the name of the result ends -> how the case ends.
_ENDINGS = (
    (re.compile(r"(?:(?<![凭])证|证书|执照)(?:[（(].*[）)])?$"), "certificate"),
    (re.compile(r"批复|批文|(?:批准|核准|许可|审批)(?:文件|决定书?)$"), "approval"),
    (re.compile(r"(?:文|函|通知书?|意见书?|告知书?)$"), "document"),
)
#: 0999-88101000, (010) 12345678, 12345, 96598, 400-800-1234.
_PHONE = re.compile(
    r"(?:[（(]?0\d{2,3}[）)]?[-－ ]?\d{7,8}|0\d{2,3}-1\d{4}|1[0-9]{4}|9\d{4,5}|400-?\d{3}-?\d{4})(?:[-转]\d+)?"
)
_DAYS = re.compile(r"周|星期|工作日|每天|每日|全年|24\s*小时")
_HOURS = re.compile(r"\d{1,2}\s*[:：]\s*\d{2}|\d{1,2}\s*[点时]|24\s*小时|全天")
_DOOR = re.compile(r"[0-9０-９一二三四五六七八九十A-Za-z]\s*[–—～~、\-0-9A-Za-z]*\s*(?:号|室|窗口|楼|层|厅|柜台|房)")


def result(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Q4, Q5: a named result has a type that fits its name, a sample, and the ending its name asks for."""
    name, params = item.result.name.zh, {"name": words(item.result.name)}
    reads = ("result", "result.name")
    if item.handling is not None and item.result.kind == "other" and _LICENCE.search(name):
        message, advice = N_("结果“%(name)s”是证照，类型却写作其他。"), N_("请写 licence 或 certificate。")
        yield Broken("Q5", "result.kind", message, advice, params, reads=reads)
    if item.result.valid_months < 0:
        yield Broken("Q5", "result.valid_months", N_("有效期不能是负数。"), N_("长期有效写0。"))
    printed = item.handling is not None or item.result.kind in ("payment", "registration", "other")
    if not printed and not item.result.sample:
        message, advice = N_("没有结果“%(name)s”的样本。"), N_("请把样本放进 files 并写 result.sample。")
        yield Broken("Q5", "result.sample", message, advice, params, "warning", reads)
    wanted = next((ending for pattern, ending in _ENDINGS if pattern.search(name)), None)
    if item.result.ending and wanted and item.result.ending != wanted:
        message, advice = (
            N_("结果“%(name)s”的办结方式应为 %(wanted)s。"),
            N_("证书为出证办结，批复为审批办结，其他文书为出文办结。"),
        )
        yield Broken("Q4", "result.ending", message, advice, {**params, "wanted": wanted}, reads=reads)


def visits(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Q6, Q7, Q8: why one must come; how one applies without coming; the whole course online means no visit."""
    if item.visits > 0 and item.visit_reason is None:
        message, advice = N_("要到现场，却没有说明为什么。"), N_("请写 visit_reason，或改为不用到现场。")
        yield Broken("Q6", "visit_reason", message, advice, reads=("visits",))
    if item.visits == 0 and item.visit_reason is not None:
        message, advice = N_("不用到现场，却写了必须到现场的原因。"), N_("请删除 visit_reason，或改正次数。")
        yield Broken("Q6", "visit_reason", message, advice, reads=("visits",))
    online = item.handling is not None or bool({2, 3} & set(item.channels))
    if item.visits == 0 and item.channels and not online and 4 not in item.channels and not item.express:
        message, advice = (
            N_("不用到现场又不能网上办，也没有写快递申请。"),
            N_("请在 channels 里写4，或写上网上办理的渠道。"),
        )
        yield Broken("Q7", "channels", message, advice, reads=("visits",))
    if item.online_depth == 3 and item.visits > 0:
        message, advice = N_("全程网办的事项却要到现场 %(visits)s 次。"), N_("请改正网上办理深度或到现场次数。")
        yield Broken("Q8", "online_depth", message, advice, {"visits": item.visits}, reads=("visits",))


def phones(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Q10: one number to ask and another to complain, both with area code. The organ's count when the item has none."""
    organ = around.organs.get(item.agency)
    ask = item.consult or (organ.consult if organ else "")
    complain = item.complain or (organ.complain if organ else "")
    for path, number in (("consult", ask), ("complain", complain)):
        if not number and around.beside.organs:
            message, advice = N_("没有咨询电话或监督投诉电话。"), N_("请写在事项里，或写在 organs.yaml 的机关里。")
            yield Broken("Q10", path, message, advice, reads=("agency",))
    if item.consult or item.complain:  # those of the organ are judged where they stand, once
        yield from of_phones(ask, complain, "")


def of_phones(ask: str, complain: str, path: str) -> Iterator[Broken]:
    """Q10 for two numbers, of an item or of an organ."""
    for name, number in (("consult", ask), ("complain", complain)):
        if number and not _PHONE.fullmatch(number.strip()):
            message, advice = N_("电话“%(number)s”没有区号，或不是一个电话号码。"), N_("例如 0999-88101001，或 12345。")
            yield Broken("Q10", f"{path}{name}", message, advice, {"number": number})
    if ask and ask == complain:
        message, advice = N_("咨询电话与监督投诉电话是同一个。"), N_("投诉应由另外的人接听，请改正其中一个。")
        yield Broken("Q10", f"{path}complain", message, advice, reads=("agency", "consult"))


def places(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Q11, Q12: days and hours, and the address down to the number of the window or door."""
    organ = around.organs.get(item.agency)
    if not item.places and not (organ and organ.places):
        if around.beside.organs and item.power not in UNASKED:
            message, advice = N_("没有办理地点，机关也没有。"), N_("请写在事项里，或写在 organs.yaml 的机关里。")
            yield Broken("Q12", "places", message, advice, severity="error", reads=("agency",))
        return
    if item.places:  # those of the organ are judged where they stand, once
        for index, place in enumerate(item.places):
            yield from of_place(place, f"places[{index}]")


def of_place(place: Place, path: str) -> Iterator[Broken]:
    """Q11, Q12 and Q10 for one place, of an item or of an organ."""
    if not (_DAYS.search(place.hours.zh) and _HOURS.search(place.hours.zh)):
        message, advice = N_("办理时间没有写明哪几天、几点到几点。"), N_("例如：周一至周五 9:00–12:00、13:30–17:30。")
        yield Broken("Q11", f"{path}.hours.zh", message, advice)
    if not _DOOR.search(place.address.zh):
        message, advice = N_("地址没有写到门牌或窗口号。"), N_("例如：江城大道100号政务服务中心2楼 A01 号窗口。")
        yield Broken("Q12", f"{path}.address.zh", message, advice)
    if place.phone and not _PHONE.fullmatch(place.phone.strip()):
        message, advice = N_("电话“%(number)s”没有区号，或不是一个电话号码。"), N_("例如 0999-88101001，或 12345。")
        yield Broken("Q10", f"{path}.phone", message, advice, {"number": place.phone})


def topics(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Q13: persons find it under topics of persons, organisations under theirs, and neither under the other's."""
    if item.power in UNASKED and not item.topics:
        return
    reads = ("serves",)
    served, there = set(item.serves), {topic.partition(":")[0] for topic in item.topics}
    # Organs of state and other organisations (5, 6) may be found under topics of organisations, but need not be.
    if 1 in served and "person" not in there:
        message, advice = N_("服务对象有自然人，却没有自然人主题。"), N_("请补上主题代码，或改正服务对象。")
        yield Broken("Q13", "topics", message, advice, reads=reads)
    if served & {2, 3, 4} and "corp" not in there:
        message, advice = N_("服务对象有法人，却没有法人主题。"), N_("请补上主题代码，或改正服务对象。")
        yield Broken("Q13", "topics", message, advice, reads=reads)
    if 1 not in served and "person" in there:
        message, advice = N_("服务对象没有自然人，却有自然人主题。"), N_("请删除主题代码，或改正服务对象。")
        yield Broken("Q13", "topics", message, advice, reads=reads)
    if served == {1} and "corp" in there:
        message, advice = N_("服务对象没有法人或组织，却有法人主题。"), N_("请删除主题代码，或改正服务对象。")
        yield Broken("Q13", "topics", message, advice, reads=reads)


def complete(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Q14 and XK-03: a licence answers questions, and its guide holds all that 行政许可法 30 wants published."""
    if item.power != "01":
        return
    reads = ("power",)
    if not item.faq:
        yield Broken("Q14", "faq", N_("行政许可事项没有常见问题。"), N_("请至少写一个问题和回答。"), reads=reads)
    advice = N_("请补上（行政许可法第三十条要求公示）。")
    if not item.conditions:
        yield Broken("XK-03", "conditions", N_("没有写受理条件。"), advice, reads=reads)
    if item.statutory is None:
        yield Broken("XK-03", "statutory", N_("没有写法定时限。"), advice, reads=reads)
    if item.promised is None:
        yield Broken("XK-03", "promised", N_("没有写承诺时限。"), advice, reads=reads)
    if not item.materials:
        yield Broken("XK-03", "materials", N_("没有写申请材料。"), advice, reads=reads)
