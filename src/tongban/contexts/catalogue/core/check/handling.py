"""What is handled here has a known route, an agency for every lane, and a form that can be asked."""

from __future__ import annotations

from collections.abc import Iterator

from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.contexts.catalogue.core.items import Item
from tongban.kernel.refusals import N_


def handling(item: Item, around: Surroundings) -> Iterator[Broken]:
    """The route is known and each of its lanes has an agency."""
    if item.handling is None:
        return
    route = around.routes.get(item.handling.route)
    if route is None:
        message, advice = N_("没有流程 %(route)s。"), N_("请用 catalogue/routes 里的文件名。")
        yield Broken("route", "handling.route", message, advice, {"route": item.handling.route})
    else:
        used = {node.lane for node in route.tasks}
        for lane in sorted(used - item.handling.agencies.keys()):
            message = N_("流程的泳道 %(lane)s 没有对应的机关。")
            reads = ("handling.route",)
            yield Broken("route", "handling.agencies", message, N_("请补上。"), {"lane": lane}, reads=reads)
        for lane in sorted(item.handling.agencies.keys() - used):
            path, message = f"handling.agencies.{lane}", N_("流程里没有泳道 %(lane)s，这个机关不会参加办理。")
            yield Broken("route", path, message, N_("请删除或改正。"), {"lane": lane}, "warning", ("handling.route",))
    if item.handling.self_approval and not item.instant:
        message = N_("只有即办事项才可以由经办人自己决定。")
        yield Broken("route", "handling.self_approval", message, N_("请删除这一行。"), reads=("instant",))
