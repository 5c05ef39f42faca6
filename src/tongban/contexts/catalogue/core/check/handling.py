"""What is handled here has a known route, an agency for every lane, and a form that can be asked."""

from __future__ import annotations

from collections.abc import Iterator

from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.contexts.catalogue.core.items import Batch, Item
from tongban.contexts.parties.core import Role
from tongban.contexts.process.core import sfeel
from tongban.contexts.process.core.routes import Route
from tongban.contexts.process.core.soundness import sender_of
from tongban.kernel.refusals import N_

#: The roles that have a worktable for the tasks of a route.
_ROLES = frozenset({Role.REVIEWER.value, Role.APPROVER.value})


def handling(item: Item, around: Surroundings) -> Iterator[Broken]:
    """The route is known and each of its lanes has an agency."""
    if item.handling is None:
        return
    route = around.routes.get(item.handling.route)
    if route is None:
        message, advice = N_("没有流程 %(route)s。"), N_("请用 catalogue/routes 里的文件名。")
        yield Broken("route", "handling.route", message, advice, {"route": item.handling.route})
    else:
        yield from _roles(route)
        used = lanes_in_use(route)
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
    if item.handling.batch is not None:
        yield from _batch(item, item.handling.batch)


#: More people than this in one sheet are several applications.
MOST_ROWS = 10_000


def _batch(item: Item, batch: Batch) -> Iterator[Broken]:
    """The columns of a sheet are questions of the form; they name the person and tell two persons apart; what is asked
    once for all does not hang on what stands in a row."""
    assert item.handling is not None
    path, reads = "handling.batch.sheet", ("handling.form",)
    fields = {field.id: field for step in item.handling.form for field in step.fields}
    for number, key in enumerate(batch.sheet):
        place, one = f"{path}[{number}]", {"id": key}
        if key not in fields:
            yield Broken("form", place, N_("表单里没有“%(id)s”这个问题。"), N_("请用表单里的 id。"), one, reads=reads)
        elif key in batch.sheet[:number]:
            yield Broken("form", place, N_("“%(id)s”在名单里写了两次。"), N_("请删掉一个。"), one)
    kinds = {fields[key].kind for key in batch.sheet if key in fields}
    if not kinds >= {"text", "citizen_id"}:
        message, advice = N_("名单里要有姓名（文字）和公民身份号码各一列。"), N_("不然分不清谁是谁，请补上。")
        yield Broken("form", path, message, advice, reads=reads)
    for key, field in fields.items():
        used = _read(field.when) & set(batch.sheet) if key not in batch.sheet else set()
        for name in sorted(used):
            message = N_("“%(id)s”只问一次，不能看名单里的“%(name)s”。")
            yield Broken(
                "form", path, message, N_("请把它也放进名单，或者改条件。"), {"id": key, "name": name}, reads=reads
            )
    if not 2 <= batch.most <= MOST_ROWS:
        yield Broken("form", "handling.batch.most", N_("名单的人数上限应在2至10000之间。"), N_("请改正。"))


def _read(condition: str) -> set[str]:
    """Names a condition reads; one that is no condition is told by another rule."""
    try:
        return set(sfeel.names(condition)) if condition else set()
    except sfeel.ConditionRefused:
        return set()


def lanes_in_use(route: Route) -> set[str]:
    """The lanes that do something: a task, or a message that the case waits for."""
    senders = {sender_of(node) for node in route.nodes.values() if "from" in node.props}
    return {node.lane for node in route.tasks if node.lane} | (senders & {lane.id for lane in route.lanes})


def _roles(route: Route) -> Iterator[Broken]:
    """The role of every task has a worktable."""
    for task in route.tasks:
        if task.kind == "user" and task.role not in _ROLES:
            message, advice = (
                N_("流程里“%(task)s”的岗位 %(role)s 平台没有。"),
                N_("请写 reviewer（审查）或 approver（审批）。"),
            )
            yield Broken("route", "handling.route", message, advice, {"task": task.name or task.id, "role": task.role})
