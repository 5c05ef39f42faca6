"""What differs between two versions of a route or table, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.modelling import ModelKind
from tongban.contexts.process.core import differing
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.presenters import words
from tongban.terminals.desk.presenters.models_play import role_words


@dataclass(frozen=True)
class Row:
    """One change: what happened ("added", "removed", "changed") to what, and each trait before and after."""

    what: str
    what_words: str
    kind: str
    name: str
    element: str
    traits: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Changes:
    """All of them; `readable` is false where one of the texts can't be read. `before`, `after`: marks by what changed,
    ids for the drawings."""

    rows: tuple[Row, ...]
    readable: bool = True
    before: dict[str, list[str]] | None = None
    after: dict[str, list[str]] | None = None


def changes(kind: ModelKind, old: str, new: str) -> Changes:
    """What is other in `new` than in `old`."""
    compare = differing.routes if kind == "route" else differing.tables
    try:
        found = compare(old.encode(), new.encode())
    except Refusal:
        return Changes((), readable=False)
    whats = {"added": _("加"), "removed": _("减"), "changed": _("改")}
    rows = tuple(
        Row(one.what, whats[one.what], _kind(one), _name(one), one.element, tuple(_traits(one))) for one in found
    )
    marks = {what: [one.element for one in found if one.what == what] for what in whats}
    before = {"removed": marks["removed"], "changed": marks["changed"]}
    return Changes(rows, True, before, {"added": marks["added"], "changed": marks["changed"]})


def _name(one: differing.Change) -> str:
    if one.sort == "rule":
        return _("%(table)s 第 %(n)s 条规则") % {"table": one.within, "n": one.name}
    name = one.name or one.element
    return f"{one.within} · {name}" if one.within else name


def _kind(one: differing.Change) -> str:
    if one.sort == "rule":
        return _("规则")
    return {
        "user": _("有人办的环节"), "rule": _("由决策表判断"), "send": _("发消息"),
        "service": _("决策服务") if one.sort == "decision" else _("平台办的环节"),
        "receive": _("等消息"), "call": _("调用另一条流程"), "subprocess": _("子流程"), "exclusive": _("排他网关"),
        "parallel": _("并行网关"), "inclusive": _("包容网关"), "event_based": _("事件网关"), "start": _("开始"),
        "end": _("结束"), "catch": _("等待的事件"), "throw": _("发出的事件"), "boundary": _("挂在环节上的事件"),
        "flow": _("连线"), "lane": _("泳道"), "input": _("输入数据"), "decision": _("决策"),
        "knowledge": _("业务知识模型"), "column": _("列"),
    }.get(one.kind, one.kind)  # fmt: skip


def _traits(one: differing.Change) -> Iterable[tuple[str, str, str]]:
    for trait in one.traits:
        if one.what != "changed" and trait.key in ("kind", "name", "from", "to", "lane"):
            continue  # told by the line itself, or by the drawing
        yield trait.label or _trait(trait.key), _value(trait.key, trait.before), _value(trait.key, trait.after)


def _trait(key: str) -> str:
    return {
        "kind": _("种类"), "name": _("名称"), "name_en": _("英文名称"), "act": _("做什么"), "role": _("谁来办"),
        "agency": _("机关"), "lane": _("泳道"), "scope": _("所在子流程"), "decision": _("决策表"),
        "calls": _("调用的流程"), "host": _("挂在哪个环节"), "interrupting": _("到点中断"), "event": _("事件"),
        "message": _("消息"), "timer": _("时长"), "several": _("多人办"), "count": _("人数"), "quorum": _("怎样算通过"),
        "weights": _("权重"), "threshold": _("过线百分比"), "agrees": _("怎样算同意"), "until": _("提前结束的条件"),
        "from": _("从"), "to": _("到"), "condition": _("条件"), "default": _("默认"), "type": _("类型"),
        "requires": _("要用到"), "logic": _("怎样判断"), "expression": _("表达式"), "allowed": _("可取的值"),
    }.get(key, key)  # fmt: skip


def _value(key: str, value: str) -> str:
    if key == "act" and value:
        return words.act_words(value)
    if key == "role" and value:
        return role_words(value)
    if key in ("interrupting", "default") and value:
        return {"yes": _("是"), "no": _("否")}[value]
    return value
