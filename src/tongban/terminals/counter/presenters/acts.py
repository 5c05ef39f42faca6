"""The acts of the window on a case: choose first, then act; and reading what was chosen and typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.state import Wanted
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.catalogue.core.materials import needed_materials
from tongban.contexts.parties import queries as parties
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import agency_name, said
from tongban.terminals.counter.presenters.standing import Standing

KINDS = ("not_accepted", "not_required", "not_competent")
_MOST = 2000


@dataclass(frozen=True)
class Answer:
    """What the officer chose and typed, and what was wrong with it, by the id of a control."""

    act: str = ""
    kind: str = ""
    reason: str = ""
    competent_body: str = ""
    note: str = ""
    wanted: dict[str, str] = field(default_factory=dict)  # material id -> reason as typed
    ticked: frozenset[str] = frozenset()
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[Wanted, ...]:
        """The lines of the supplement notice: what is ticked, or has a reason."""
        return tuple(Wanted(one, text) for one, text in self.wanted.items() if text or one in self.ticked)


def read(post: QueryDict, view: CaseView) -> Answer:
    """Read the form whole; only the chosen act is judged, the rest is kept as typed."""
    wanted = {one.id: _text(post, f"reason-{one.id}") for one in view.item.materials}
    answer = Answer(
        act=post.get("act", ""), kind=post.get("kind", ""), reason=_text(post, "reason"),
        competent_body=_text(post, "competent_body"), note=_text(post, "note"),
        wanted=wanted, ticked=frozenset(one for one in wanted if f"want-{one}" in post),
    )  # fmt: skip
    return Answer(**{**vars(answer), "errors": _errors(answer)})


def _text(post: QueryDict, name: str) -> str:
    return post.get(name, "").replace("\r\n", "\n").replace("\x00", "").strip()[:_MOST]


def _errors(answer: Answer) -> dict[str, str]:
    if answer.act not in ("accept", "supplement", "refuse", "pre_review"):
        return {"act-accept": _("请先选怎么处理")}
    if answer.act == "supplement":
        return _supplement_errors(answer)
    if answer.act != "refuse":
        return {}
    errors = {}
    if answer.kind not in KINDS:
        errors["kind-not_accepted"] = _("请选是哪一种")
    if not answer.reason:
        errors["reason"] = _("请写明理由，对方要凭它知道为什么、怎么办。")
    if answer.kind == "not_competent" and not answer.competent_body:
        errors["competent_body"] = _("请写明应该向哪个机关申请。")
    return errors


def _supplement_errors(answer: Answer) -> dict[str, str]:
    lines = answer.asked
    if not lines:
        first = next(iter(answer.wanted), "")
        return {f"want-{first}": _("请至少写明一份要补的材料和补什么。")}
    return {f"reason-{one.material_id}": _("请写明补什么、为什么。") for one in lines if not one.reason}


# -- the panel ---------------------------------------------------------------------------------------------------------


def panel(standing: Standing, answer: Answer) -> dict[str, Any]:
    """The acts with their document and clock effect, and what each asks for."""
    gates = standing.gates
    return {
        "acts": [_act(number, key, gates[key], answer) for number, key in enumerate(_order(standing), 1)],
        "wanted": _wanted(standing.view, answer),
        "kinds": [
            {
                "value": kind,
                "name": words.ending_words(kind),
                "effect": _kind_effect(kind),
                "chosen": answer.kind == kind,
            }
            for kind in KINDS
        ],
        "organs": _organs(),
        "next": _next_check(standing),
        "open": any(not gates[key] for key in ("accept", "supplement", "refuse")),
    }


def _order(standing: Standing) -> tuple[str, ...]:
    """Pre-review is offered while it has not been done."""
    acts = ("accept", "supplement", "refuse")
    return acts if standing.gates["pre_review"] else (*acts, "pre_review")


def _act(number: int, key: str, closed: str, answer: Answer) -> dict[str, Any]:
    names = {
        "accept": (_("予以受理"), _("出《受理通知书》，转主办单位；次日起计时。")),
        "supplement": (_("一次性补正"), _("出《补正材料通知书》，只能告知一次；补齐以后再受理，之前不计时。")),
        "refuse": (_("不受理这件"), _("出通知书：理由、救济途径、该找哪个机关。这件就此办结。")),
        "pre_review": (_("预审通过，暂不受理"), _("记一笔预审，不出文书，不计时；受理期限照走。")),
    }
    name, effect = names[key]
    return {"value": key, "name": name, "effect": effect, "closed": closed, "key": f"alt+{number}", "shown": number,
            "chosen": not closed and (answer.act == key or (not answer.act and key == "accept"))}  # fmt: skip


def _kind_effect(kind: str) -> str:
    return {
        "not_accepted": _("材料、主体或者条件依法不符合受理要求。"),
        "not_required": _("这件事依法不需要取得许可，可以直接做。"),
        "not_competent": _("不归本机关管，要告诉对方该找谁。"),
    }[kind]


def _wanted(view: CaseView, answer: Answer) -> list[dict[str, Any]]:
    """The papers a supplement may ask for: those that apply and those handed in."""
    there = {material.id for material in view.state.materials}
    apply = [one.material for one in needed_materials(view.item, view.state.values) if one.may_bring]
    more = [one for one in view.item.materials if one.id in there and one not in apply]
    return [
        {
            "id": one.id,
            "name": said(one.name),
            "ticked": one.id in answer.ticked,
            "reason": answer.wanted.get(one.id, ""),
            "error": answer.errors.get(f"reason-{one.id}", "") or answer.errors.get(f"want-{one.id}", ""),
        }
        for one in [*apply, *more]
    ]


def _organs() -> list[str]:
    return [agency_name(key) for key in parties.agencies()]


def _next_check(standing: Standing) -> dict[str, Any] | None:
    """核对第 4 份原件: the next thing to do while acceptance waits for it."""
    material = standing.next_check
    if material is None:
        return None
    order = [one.material.id for one in needed_materials(standing.view.item, standing.view.state.values)]
    number = order.index(material.id) + 1 if material.id in order else 1
    return {"id": material.id, "text": _("下一步：核对第 %(n)s 份原件") % {"n": number}}
