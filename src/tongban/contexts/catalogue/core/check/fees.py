"""Fees: no fee without law and standard (Q9), for a licence only by law or administrative regulation (XK-22)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tongban.contexts.catalogue.core.check.bases import find, law_words, level_of
from tongban.contexts.catalogue.core.check.codes import is_date
from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings, words
from tongban.contexts.catalogue.core.items import Item
from tongban.kernel.refusals import N_

#: How long before its last day a fee standard is reported.
_NOTICE = timedelta(days=60)
_HIGH_ENOUGH = ("law", "administrative_regulation")


def fee(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Q9: a fee says what it is, by what law, at what rate and how it is paid; no fee says nothing of the kind."""
    reads = ("fee", "fee.charged")
    for name in ("basis", "standard"):
        if item.fee.charged and getattr(item.fee, name) is None:
            message, advice = (
                N_("收费事项缺少收费依据或标准。"),
                N_("请补上；没有依据就不得收费（行政许可法第五十八条）。"),
            )
            yield Broken("Q9", f"fee.{name}", message, advice, reads=reads)
        if not item.fee.charged and getattr(item.fee, name) is not None:
            message, advice = N_("不收费的事项写了收费依据或标准。"), N_("请删除，或把 charged 改为 true。")
            yield Broken("Q9", f"fee.{name}", message, advice, reads=reads)
    if not item.fee.charged:
        if item.fee.pay_online:
            message, advice = N_("不收费的事项写了网上支付。"), N_("请删除，或把 charged 改为 true。")
            yield Broken("Q9", "fee.pay_online", message, advice, reads=reads)
        return
    if item.fee.name is None:
        yield Broken("Q9", "fee.name", N_("收费事项没有写收费项目的名称。"), N_("请补上。"), reads=reads)
    if item.fee.pay_online is None:
        message, advice = N_("收费事项没有写能否网上支付。"), N_("请写 pay_online: true 或 false。")
        yield Broken("Q9", "fee.pay_online", message, advice, reads=reads)
    yield from _fee_law(item, around)
    yield from _ends(item, around)
    if (
        around.beside.fees
        and item.fee.name is not None
        and item.fee.name.zh not in {one.name.zh for one in around.beside.fees}
    ):
        message, advice = N_("收费清单里没有“%(name)s”。"), N_("请核对名称，或登记在 lists/fees.yaml。")
        yield Broken("Q9", "fee.name", message, advice, {"name": words(item.fee.name)}, "warning")


def _fee_law(item: Item, around: Surroundings) -> Iterator[Broken]:
    """XK-22: who may set it. For a licence, laws and administrative regulations only."""
    rule = "XK-22" if item.power == "01" else "Q9"
    reads = ("fee", "power")
    if not item.fee.law:
        message, advice = N_("没有写收费由哪部法律法规设定。"), N_("请写 fee.law；没有的不得收费。")
        yield Broken(rule, "fee.law", message, advice, reads=reads)
        return
    level, params = level_of(item.fee.law, around), {"law": law_words(item.fee.law, around)}
    if item.power == "01" and level is not None and level not in _HIGH_ENOUGH:
        message, advice = (
            N_("《%(law)s》不是法律或行政法规，不能为行政许可设定收费。"),
            N_("请停止收费，或写上法律、行政法规的依据。"),
        )
        yield Broken("XK-22", "fee.law", message, advice, params, reads=reads)
    if not around.laws:
        return
    found, today = find(item.fee.law, around), around.today.isoformat()
    if found is None:
        message, advice = N_("法规目录里没有《%(law)s》。"), N_("请核对名称，或登记在 laws.yaml。")
        yield Broken(rule, "fee.law", message, advice, params, "warning", reads)
    elif is_date(found.effective_to) and found.effective_to < today:
        message, advice = N_("《%(law)s》只施行到%(day)s。"), N_("请改用现行有效的依据。")
        yield Broken(rule, "fee.law", message, advice, {**params, "day": found.effective_to}, reads=reads)


def _ends(item: Item, around: Surroundings) -> Iterator[Broken]:
    """A fee standard that ends: an error once it has, a warning two months before."""
    if not is_date(item.fee.ends):
        return
    last = date.fromisoformat(item.fee.ends)
    if last < around.today:
        message, advice = N_("收费标准已于%(day)s到期。"), N_("请写上新的标准，或停止收费。")
        yield Broken("Q9", "fee.ends", message, advice, {"day": item.fee.ends})
    elif last - around.today <= _NOTICE:
        message, advice = N_("收费标准将于%(day)s到期。"), N_("请及时更新收费标准。")
        yield Broken("Q9", "fee.ends", message, advice, {"day": item.fee.ends}, "warning")
