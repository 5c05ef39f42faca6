"""What a guide does with decision tables: may I apply, what will it cost, and by which rules it is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.views import DraftView
from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core import asking
from tongban.contexts.catalogue.core.decisions import references
from tongban.contexts.catalogue.core.items import Field, Item
from tongban.contexts.catalogue.core.tables import Judgement, judged, values_of
from tongban.contexts.catalogue.core.versions import ItemVersion
from tongban.contexts.parties.core import Actor
from tongban.kernel.refusals import NotFound, Words
from tongban.terminals.common.presenters.answers import shown
from tongban.terminals.common.presenters.decision_tables import Table, amount, tables
from tongban.terminals.common.presenters.eligibility import advised
from tongban.terminals.common.presenters.languages import either, said


@dataclass(frozen=True)
class Links:
    """What the guide offers: addresses, "" where the item has no such table; `bands` are its discretion tables."""

    eligible: str
    fee: str
    all: str
    bands: tuple[Bands, ...]


@dataclass(frozen=True)
class Bands:
    """One matter of discretion: its steps in words, and its tables."""

    name: str
    basis: str
    steps: tuple[str, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Section:
    """The tables behind one use, with what they are for."""

    title: str
    lead: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Answered:
    """An answer for the person who asked: kind of note, headline, reasons, what to do next, the law, their answers."""

    kind: str  # "ok", "bad" (kindly worded: never a refusal), "plain"
    title: str
    reasons: tuple[str, ...]
    advice: tuple[str, ...]
    basis: tuple[str, ...]
    given: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]


def links(version: ItemVersion) -> Links:
    """The tables of an item version as its guide offers them."""
    item = version.item
    handling = item.handling
    used = tuple(references(item, version.route))

    def address(name: str, there: str) -> str:
        return reverse(f"portal:{name}", args=[item.code]) if there else ""

    return Links(
        eligible=address("eligible", handling.eligibility if handling else ""),
        fee=address("fee", item.fee.table),
        all=address("tables", "used" if used else ""),
        bands=_bands(version),
    )


def _bands(version: ItemVersion) -> tuple[Bands, ...]:
    return tuple(
        Bands(
            said(one.name),
            one.basis,
            tuple(said(step) for step in one.steps),
            tables(version.decisions, one.table, version.item) if one.table else (),
        )
        for one in version.item.discretion
    )


def sections(version: ItemVersion) -> tuple[Section, ...]:
    """Every table that an item version uses, by what for. Refuses `NotFound` where it uses none."""
    titles = {
        "handling.eligibility": (_("谁可以申请"), _("只作提示：不符合也可以申请，由工作人员核实后答复您。")),
        "handling.instant": (_("怎样当场决定"), _("只有“当场准予”由平台决定；其余都由人核实后决定。")),
        "fee.table": (_("怎样收费"), ""),
        "handling.route": (_("怎样分流"), ""),
    }
    found = []
    for path, reference in references(version.item, version.route):
        title, lead = titles.get(path) or (_("裁量基准"), _("决定和这张表不一致的，决定书里要写明理由。"))
        found.append(Section(title, lead, tables(version.decisions, reference, version.item)))
    if not found:
        raise NotFound
    return tuple(found)


def eligibility(version: ItemVersion) -> str:
    """The reference of the item's eligibility table. Refuses `NotFound` for an item without."""
    handling = version.item.handling
    if handling is None or not handling.eligibility:
        raise NotFound
    return handling.eligibility


def fee(version: ItemVersion) -> str:
    """The reference of the item's fee table. Refuses `NotFound` for an item without."""
    if not version.item.fee.table:
        raise NotFound
    return version.item.fee.table


def ask(version: ItemVersion, reference: str, values: Mapping[str, Any], now: datetime) -> Judgement:
    """What the table says to these answers; those to questions that do not apply are left out."""
    fields = asking.questions(version.item, version.decisions, reference)
    kept = asking.applying(fields, values)
    return judged(version.decisions, reference, values_of(version.item, kept, now=now), now)


def may_apply(version: ItemVersion, values: Mapping[str, Any], now: datetime) -> Answered:
    """The answer to “may I apply?”."""
    reference = eligibility(version)
    found = ask(version, reference, values, now)
    eligible = found.outputs.get("eligible")
    if eligible is True and not found.missing:
        kind, title = "ok", _("按您的回答，您符合条件。")
    elif eligible is False:
        kind, title = "bad", _("按您的回答，现在还不符合条件。")
    else:
        kind, title = "plain", _("光凭这些还判断不了，请直接申请或者问我们，由工作人员看。")
    return _answered(version, reference, values, found, kind, title)


def costs(version: ItemVersion, values: Mapping[str, Any], now: datetime) -> Answered:
    """The answer to “what will it cost?”."""
    reference = fee(version)
    found = ask(version, reference, values, now)
    money = amount(found.outputs.get("amount"))
    title = (
        _("按您的回答，大约要交 %(money)s。") % {"money": money} if money else _("光凭这些算不出来，请核对填的内容。")
    )
    return _answered(version, reference, values, found, "ok" if money else "plain", title)


def before_filing(draft: DraftView, actor: Actor, now: datetime) -> Answered | None:
    """What the eligibility table says to an application that is about to be filed; None without a table, or where it
    cannot tell. Never keeps anybody from filing."""
    principal = actor.principal(draft.principal)
    found = advised(draft, principal.kind if principal else "", now)
    if found is None:
        return None
    version = catalogue.version(draft.item.code, draft.item.version)
    kind, title = "ok", _("按您填的内容，您符合申请条件。")
    if found.outputs.get("eligible") is False:
        kind, title = "warn", _("按您填的内容，可能还不符合条件。您仍然可以提交，由工作人员核实后答复您。")
    return _answered(version, found.reference, {}, found, kind, title)


def _answered(
    version: ItemVersion, reference: str, values: Mapping[str, Any], found: Judgement, kind: str, title: str
) -> Answered:
    fields = asking.questions(version.item, version.decisions, reference)
    sure = found.result is not None and kind != "plain"
    return Answered(
        kind=kind,
        title=title,
        reasons=_said(found.reasons) if sure else (),
        advice=_said(found.advice) if sure else (),
        basis=_said(found.grounds) if sure else (),
        given=tuple((said(one.label).rstrip("？?"), _shown(one, values)) for one in fields if values.get(one.id)),
        tables=tables(version.decisions, reference, version.item, found),
    )


def _shown(field: Field, values: Mapping[str, Any]) -> str:
    return shown(field, values[field.id])


def _said(words: tuple[Words, ...]) -> tuple[str, ...]:
    return tuple(either(one.zh, one.en) for one in words)


def next_steps(item: Item, answered: Answered | None) -> list[dict[str, str]]:
    """Where to go from an answer, the likelier way first; applying stays possible whatever the answer."""
    found = [{"href": reverse("portal:guide", args=[item.code]), "text": _("回到办事指南")}]
    if item.can_be_handled:
        apply = {"href": reverse("portal:apply", args=[item.code]), "text": _("开始办理")}
        found.insert(0 if answered and answered.kind == "ok" else 1, apply)
    return found
