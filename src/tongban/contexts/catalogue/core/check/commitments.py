"""告知承诺: an item that decides on a promise says what is promised, on which law, and when it is verified."""

from __future__ import annotations

from collections.abc import Iterator

from tongban.contexts.catalogue.core.check.form import condition
from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.contexts.catalogue.core.items import Item
from tongban.kernel.refusals import N_

#: A year of working days: later verification is none.
MOST_DAYS = 250


def commitment(item: Item, _: Surroundings) -> Iterator[Broken]:
    """The promise has its words, its basis and its days; its condition asks what the form asks."""
    if item.handling is None or item.handling.commitment is None:
        return
    offered, path = item.handling.commitment, "handling.commitment"
    asked = frozenset(field.id for step in item.handling.form for field in step.fields)
    yield from condition(f"{path}.when", offered.when, asked)
    if not offered.promises:
        message, advice = N_("没有写承诺的内容，申请人不知道要承诺什么。"), N_("请一条写一个条件。")
        yield Broken("form", f"{path}.promises", message, advice)
    if not offered.basis.strip():
        message, advice = N_("没有写可以用告知承诺的依据。"), N_("请写明法律条款；没有依据就删掉告知承诺。")
        yield Broken("form", f"{path}.basis", message, advice)
    if not 1 <= offered.verify_days <= MOST_DAYS:
        message, advice = N_("核查的天数应在1至250个工作日之间。"), N_("请改正。")
        yield Broken("form", f"{path}.verify_days", message, advice)
    if not item.commitment:
        message, advice = N_("事项没有标明可以用告知承诺。"), N_("请把 commitment 写成 true。")
        yield Broken("form", "commitment", message, advice, reads=("handling.commitment",))
