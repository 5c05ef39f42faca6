"""Decision tables in use: they exist, ask what the item asks, answer what they are asked for, and do no more than the
law lets a table do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tongban.contexts.catalogue.core.check.rules import Broken, Surroundings
from tongban.contexts.catalogue.core.decisions import references
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.tables import KNOWN, TableNotKnown, input_names, output_names
from tongban.kernel.refusals import N_, Refusal

#: What the answer of a table must hold, by the element that names it; of the alternatives one is enough.
WANTED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "fee.table": (("amount",),),
    "discretion": (("low", "high"), ("amount",)),
    "handling.eligibility": (("eligible",),),
    "handling.instant": (("outcome",),),
}
#: Procedures in which somebody else is heard or must judge (行政许可法 36, 46, 47): no table decides there.
_HEARD: Final = frozenset({"hearing", "third_party", "public_notice", "expert_review", "appraisal"})


@dataclass(frozen=True)
class _Use:
    path: str
    reference: str

    @property
    def kind(self) -> str:
        """The element without its place in a list."""
        return "discretion" if self.path.startswith("discretion") else self.path


def tables(item: Item, around: Surroundings) -> Iterator[Broken]:
    """Every reference leads to a decision whose inputs are known and whose outputs are those wanted there."""
    route = around.routes.get(item.handling.route) if item.handling else None
    for path, reference in references(item, route):
        yield from _use(_Use(path, reference), item, around)


def _use(use: _Use, item: Item, around: Surroundings) -> Iterator[Broken]:
    try:
        inputs = input_names(around.decisions, use.reference)
        outputs = output_names(around.decisions, use.reference)
    except TableNotKnown as refusal:
        advice = N_("请用 catalogue/decisions 里的文件名。")
        yield Broken("table", use.path, refusal.message, advice, dict(refusal.params))
        return
    except Refusal as refusal:
        yield Broken("table", use.path, refusal.message, N_("请改正。"), dict(refusal.params))
        return
    reads = ("handling.form", "situation")
    if use.kind != "discretion":  # its circumstances are found by the officer, and asked at the desk
        of_route = _of_route(item, around) if use.path == "handling.route" else set()
        for name in sorted(set(inputs) - _asked(item) - of_route):
            message = N_("决策表 %(key)s 的输入“%(name)s”不是这个事项的问题。")
            advice = N_("请用表单里的 id，或平台已知的名称（见 docs/catalogue.md）。")
            yield Broken("table", use.path, message, advice, {"key": use.reference, "name": name}, reads=reads)
    wanted = WANTED.get(use.kind)
    if wanted and outputs is not None and not any(set(names) <= set(outputs) for names in wanted):
        message = N_("决策表 %(key)s 没有输出 %(names)s。")
        names = " / ".join(", ".join(names) for names in wanted)
        yield Broken("table", use.path, message, N_("请补上这一列。"), {"key": use.reference, "names": names})


def _asked(item: Item) -> set[str]:
    steps = item.handling.form if item.handling else ()
    fields = (*item.situation, *(field for step in steps for field in step.fields))
    return {field.id for field in fields} | set(KNOWN)


def _of_route(item: Item, around: Surroundings) -> set[str]:
    """What a rule task may ask beside the form: how earlier steps of its route came out."""
    route = around.routes.get(item.handling.route) if item.handling else None
    nodes = route.nodes.values() if route else ()
    return {f"{node.id}_{what}" for node in nodes for what in ("outcome", "result")}


def discretion(item: Item, _: Surroundings) -> Iterator[Broken]:
    """行政处罚法 34: discretion has bases, as a table or in words; a penalty without any is told."""
    for index, one in enumerate(item.discretion):
        if not one.table and not one.steps:
            message = N_("裁量事项“%(id)s”既没有决策表，也没有写档次。")
            advice = N_("请写 table，或用 steps 从轻到重写出各档。")
            yield Broken("discretion", f"discretion[{index}].steps", message, advice, {"id": one.id}, "error")
    if item.power == "02" and not item.discretion:
        message, advice = N_("行政处罚没有裁量基准。"), N_("请写 discretion，并公布。")
        yield Broken("discretion", "discretion", message, advice, reads=("power",))


def automatic(item: Item, _: Surroundings) -> Iterator[Broken]:
    """A table grants by itself only what is decided at once, or on a promise (告知承诺), and touches nobody else;
    samples are a percentage."""
    handling = item.handling
    if handling is None:
        return
    if not 0 <= handling.recheck <= 100:
        yield Broken("automatic", "handling.recheck", N_("抽查比例应在0至100之间。"), N_("请改正。"))
    if not handling.instant:
        return
    if not item.instant and handling.commitment is None:
        message, advice = N_("不是即办事项，不能由决策表自动决定。"), N_("请删除这一行，或承诺当场办结。")
        yield Broken("automatic", "handling.instant", message, advice, reads=("instant",))
    if heard := sorted({one.cause for one in handling.special} & _HEARD):
        message = N_("有要听取他人意见或者由专家判断的程序（%(causes)s），不能自动决定。")
        advice, reads = N_("请删除自动决定表，由人决定。"), ("handling.special",)
        yield Broken("automatic", "handling.instant", message, advice, {"causes": ", ".join(heard)}, reads=reads)
