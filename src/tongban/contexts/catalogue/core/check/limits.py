"""Limits of time: the kind of item they make (Q1, Q2), promise and law (Q3, F4, XK-13, XK-14), stages (Q15, XK-16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tongban.contexts.catalogue.core.check.bases import has_own_law
from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings, words
from tongban.contexts.catalogue.core.items import Item, Limit, Stage
from tongban.kernel.refusals import N_

#: Powers that nobody applies for: penalties, coercion, inspection. Rules about applying leave them alone.
UNASKED = frozenset({"02", "03", "06"})
_ORDER = ("receive", "accept", "review", "inspect", "decide", "close", "deliver", "after")
_CALENDAR = {"workday": Fraction(7, 5), "day": Fraction(1), "month": Fraction(30)}


def days(limit: Limit, value: int | None = None) -> Fraction:
    """Calendar days on average: a working day is 7/5 of a day, a month 30 days."""
    return (limit.value if value is None else value) * _CALENDAR[limit.unit]


def kind(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Q1, Q2: done at once exactly where the promise is zero, and type and review say so too."""
    at_once = item.promised is not None and item.promised.value == 0
    reads = ("promised", "instant")
    if item.instant != at_once:
        message = N_("“即办”与承诺时限不一致：承诺为0才是即办，即办必须承诺0。")
        yield Broken("Q1", "instant", message, N_("请改正其中一处。"), reads=reads)
    if (item.project_type == 1 and not at_once) or (item.review == "at_once" and not at_once):
        path = "project_type" if item.project_type == 1 else "review"
        message = N_("写作即办，承诺时限却不是0。")
        yield Broken("Q1", path, message, N_("请改正办件类型、审查类型或承诺时限。"), reads=reads)
    if (item.project_type in (2, 9) and at_once) or (item.review == "ordinary" and at_once):
        path = "project_type" if item.project_type in (2, 9) else "review"
        message = N_("承诺时限是0，却没有写作即办。")
        yield Broken("Q1", path, message, N_("请改正办件类型、审查类型或承诺时限。"), reads=reads)
    if item.project_type == 9 and item.promised is not None and not at_once:
        message = N_("有承诺时限的事项是承诺件。")
        yield Broken("Q2", "project_type", message, N_("请写 project_type: 2。"), reads=reads)


def promise(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Q3, F4: the promise is no longer than the law allows, in the same unit; more than half of it is reported."""
    for name in ("statutory", "promised"):
        limit = getattr(item, name)
        if limit is not None and (limit.value < 0 or limit.extend < 0):
            yield Broken("Q3", f"{name}.value", N_("时限不能是负数。"), N_("请改正。"))
    if item.handling is not None and item.promised is None:
        yield Broken("Q3", "promised", N_("可以办理的事项必须有承诺时限。"), N_("请写上 promised。"))
    if item.statutory is None or item.promised is None or item.promised.value <= 0:
        return
    params = {"promised": item.promised.value, "statutory": item.statutory.value}
    reads = ("promised", "statutory")
    if days(item.promised) > days(item.statutory):
        message, advice = N_("承诺时限 %(promised)s 超过了法定时限 %(statutory)s。"), N_("承诺不得超过法定。")
        yield Broken("Q3", "promised.value", message, advice, params, reads=reads)
        return
    if item.statutory.unit != item.promised.unit:
        message, advice = N_("承诺时限与法定时限的单位不同，遇到长假难以比较。"), N_("请尽量用同一单位。")
        yield Broken("Q3", "promised.unit", message, advice, severity="warning", reads=reads)
    if days(item.promised) * 2 > days(item.statutory):
        message = N_("承诺时限 %(promised)s 超过法定时限 %(statutory)s 的一半。")
        yield Broken("F4", "promised.value", message, N_("请压缩办理时间，或说明为什么不能。"), params, reads=reads)


def licence(item: Item, around: Surroundings) -> Iterator[Broken]:
    """XK-13, XK-14: 20 working days and 10 more, joint handling 45 and 15, unless an own law says otherwise."""
    if item.power != "01" or item.statutory is None or has_own_law(item, around):
        return
    joint = bool(item.joint) or (item.handling is not None and len(set(item.handling.agencies.values())) > 1)
    rule, longest, more = ("XK-14", 45, 15) if joint else ("XK-13", 20, 10)
    advice = N_("请改正；另有法律或行政法规规定更长的，请把它写进 basis。")
    reads = ("statutory", "power", "basis")
    if days(item.statutory) > longest * _CALENDAR["workday"]:
        params = {"value": item.statutory.value, "longest": longest}
        message = N_("法定时限 %(value)s 超过行政许可法的 %(longest)s 个工作日。")
        yield Broken(rule, "statutory.value", message, advice, params, reads=reads)
    if days(item.statutory, item.statutory.extend) > more * _CALENDAR["workday"]:
        params = {"value": item.statutory.extend, "longest": more}
        message = N_("延长 %(value)s 超过行政许可法的 %(longest)s 个工作日。")
        yield Broken(rule, "statutory.extend", message, advice, params, reads=reads)


def stages(item: Item, _: Surroundings) -> Iterator[Broken]:
    """Q15, XK-16: the flow is a table of stages in their order whose limits fit into the promise."""
    if item.power in UNASKED and not item.stages:
        return
    kinds = [stage.kind for stage in item.stages]
    yield from _missing(kinds)
    if [_ORDER.index(one) for one in kinds] != sorted(_ORDER.index(one) for one in kinds):
        message, advice = N_("办理环节的先后次序不对。"), N_("请按受理、审查、决定、办结、送达排列。")
        yield Broken("Q15", "stages", message, advice, severity="warning")
    for index, stage in enumerate(item.stages):
        if stage.hours < 0:
            yield Broken("Q15", f"stages[{index}].hours", N_("时限不能是负数。"), N_("请改正。"))
        if stage.kind == "deliver" and stage.hours > 80 and item.power == "01":
            message, advice = N_("送达超过作出决定后10个工作日。"), N_("请缩短到80小时以内。")
            yield Broken("XK-16", f"stages[{index}].hours", message, advice)
    if item.promised is None:
        return
    allowed = max(days(item.promised) / _CALENDAR["workday"], Fraction(1)) * 8
    needed = hours(item.stages)
    if needed > allowed:
        params = {"needed": needed, "allowed": int(allowed)}
        message = N_("各环节时限合计 %(needed)s 小时，超过承诺的 %(allowed)s 小时。")
        advice = N_("请缩短环节时限；同时进行的环节请写同一个 together。")
        yield Broken("Q15", "stages", message, advice, params, reads=("promised",))


def _missing(kinds: Sequence[str]) -> Iterator[Broken]:
    if lacking := [name for name in ("accept", "decide") if name not in kinds]:
        message = N_("办理流程缺少环节：%(kinds)s。")
        yield Broken("Q15", "stages", message, N_("请在 stages 里补上。"), {"kinds": ", ".join(lacking)})
    elif lacking := [name for name in ("close", "deliver") if name not in kinds]:
        message = N_("办理流程没有写环节：%(kinds)s。")
        yield Broken("Q15", "stages", message, N_("请在 stages 里补上。"), {"kinds": ", ".join(lacking)}, "warning")


def hours(stages: tuple[Stage, ...]) -> int:
    """Working hours from acceptance to the end of the decision; of stages that run together the longest counts.

    Receiving comes before the promise begins, delivery and what follows after it has ended (行政许可法 44).
    """
    alone, together = 0, dict[str, int]()
    for stage in stages:
        if stage.kind in ("receive", "deliver", "after"):
            continue
        if stage.together:
            together[stage.together] = max(together.get(stage.together, 0), stage.hours)
        else:
            alone += stage.hours
    return alone + sum(together.values())


def special(item: Item, _: Surroundings) -> Iterator[Broken]:
    """XK-17: for a licence the clock stops only for what 行政许可法 45 lists."""
    if item.power != "01" or item.handling is None:
        return
    for index, one in enumerate(item.handling.special):
        if one.stops and not one.law and one.cause in ("public_notice", "third_party", "site_visit"):
            message = N_("“%(name)s”不在不计入期限的程序之列，不能停止计时。")
            advice = N_("请写 stops: false；本地法规另有规定的，请在 law 和 article 里写明。")
            path = f"handling.special[{index}].stops"
            yield Broken("XK-17", path, message, advice, {"name": words(one.name)})
