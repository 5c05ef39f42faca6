"""A person or company at the window: masked particulars, for whom they may act, cases, licences, items to receive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.documents.core.licence import Licence, LicenceState
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor
from tongban.contexts.parties.core.people import MandateView, Party
from tongban.terminals.common.presenters import forms, words
from tongban.terminals.common.presenters.languages import agency_of_item, either, language, said
from tongban.ui import dates

#: Digits 1 to 9 pick an item.
MOST_HITS = 9
#: Days before its end from which a licence is pointed out.
_ENDS_SOON = 30
_NATURAL, _LEGAL = {1}, {2, 3, 4, 5, 6}


def card(party: Party) -> dict[str, Any]:
    """The context of `ui/staff/person.html`: masked, as NOTES demand."""
    if party.kind == "legal":
        return {"kind": "legal", "name": party.name, "line": _("法人或者其他组织"), "id_number": party.id_number_masked,
                "facts": _facts((_("电话"), party.phone_masked))}  # fmt: skip
    level = _("实名 %(level)s 级") % {"level": party.real_level}
    return {
        "kind": "natural", "name": party.name, "line": _("自然人"), "id_number": party.id_number_masked, "lamp": "y",
        "check": level, "facts": _facts((_("手机"), party.phone_masked)),
    }  # fmt: skip


def _facts(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"term": term, "value": value or _("没有登记")} for term, value in pairs]


# -- for whom ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Applicant:
    """Somebody the person at the window may apply for: themself, or a party that gave a mandate in force."""

    id: str
    name: str
    note: str
    kind: str
    items: frozenset[str] = frozenset({"*"})

    def covers(self, code: str) -> bool:
        """Whether the mandate reaches this item (民法典 165)."""
        return "*" in self.items or code in self.items


def applicants(person: Party, mandates: Iterable[MandateView], today: date) -> tuple[Applicant, ...]:
    """The person first, then those who let the person act for them today."""
    found = {person.id: Applicant(person.id, person.name, _("本人"), person.kind)}
    given = [one for one in mandates if one.to_party == person.id and one.in_force(today)]
    givers = parties.parties(one.from_party for one in given) if given else {}
    for one in given:
        giver = givers[one.from_party]
        items = one.items | (found[giver.id].items if giver.id in found else frozenset())
        found[giver.id] = Applicant(giver.id, giver.name, _mandate_words(one), giver.kind, items)
    return tuple(found.values())


def _mandate_words(one: MandateView) -> str:
    if one.basis == "legal_representative":
        return _("法定代表人")
    if one.valid_to is None:
        return _("委托代办，没有写截止日期")
    return _("委托代办，到 %(day)s") % {"day": dates.full_day(one.valid_to, language())}


def agents(company: Party, mandates: Iterable[MandateView], today: date) -> tuple[dict[str, str], ...]:
    """Those who may act for a company today."""
    return tuple(
        {
            "href": reverse("counter:party", args=[one.to_party]),
            "name": one.to_name,
            "note": _mandate_words(one),
        }
        for one in mandates
        if one.from_party == company.id and one.in_force(today)
    )


# -- what for ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hit:
    """An item the window may receive; `key` picks it."""

    key: int
    code: str
    name: str
    says: str
    office: str
    limits: str
    served: bool
    why: str


@dataclass(frozen=True)
class Hits:
    """What the words mean; `others` are items found that this window does not receive."""

    hits: tuple[Hit, ...] = ()
    others: str = ""
    understood: str = ""
    nearby: tuple[str, ...] = field(default_factory=tuple)


def search(said_words: str, actor: Actor, may_be_for: Sequence[Applicant]) -> Hits:
    """Items for the citizen's own words, those this window may receive first."""
    if not said_words:
        return _own(actor, may_be_for)
    found = catalogue.search(said_words, language=language(), limit=2 * MOST_HITS)
    mine = [hit.item for hit in found.hits if _receivable(hit.item, actor)][:MOST_HITS]
    others = _("、").join([said(hit.item.name) for hit in found.hits if not _receivable(hit.item, actor)][:3])
    hits = tuple(_hit(number, item, may_be_for) for number, item in enumerate(mine, 1))
    return Hits(hits, others, found.understood or "", found.suggestions)


def _own(actor: Actor, may_be_for: Sequence[Applicant]) -> Hits:
    """A window with few items needs no search."""
    if "*" in actor.window_items:
        return Hits()
    mine = [item for item in catalogue.handled() if actor.may_receive(item.code)][:MOST_HITS]
    return Hits(tuple(_hit(number, item, may_be_for) for number, item in enumerate(mine, 1)))


def _receivable(item: Item, actor: Actor) -> bool:
    return item.can_be_handled and actor.may_receive(item.code)


def _hit(number: int, item: Item, may_be_for: Sequence[Applicant]) -> Hit:
    kinds = {one.kind for one in may_be_for if one.covers(item.code)}
    people, companies = bool(set(item.serves) & _NATURAL), bool(set(item.serves) & _LEGAL)
    served = (people and "natural" in kinds) or (companies and "legal" in kinds)
    why = "" if served else _("只给企业和单位办") if companies else _("只给个人办")
    return Hit(
        key=number,
        code=item.code,
        name=said(item.name),
        says=said(item.short),
        office=agency_of_item(item.agency, short=True),
        limits=limits(item),
        served=served,
        why=why,
    )


def limits(item: Item) -> str:
    """承诺 5 个工作日 · 法定 20 个工作日."""
    law = words.limit_words(item.statutory)
    if item.instant:
        return _("当场办 · 法定 %(law)s") % {"law": law}
    if item.promised is None:
        return _("法定 %(law)s") % {"law": law}
    return _("承诺 %(promise)s · 法定 %(law)s") % {"promise": words.limit_words(item.promised), "law": law}


def districts(actor: Actor) -> tuple[dict[str, Any], ...]:
    """Where the matter lies: the districts, the window's own chosen."""
    office = parties.agencies().get(actor.agency)
    own = office.division if office else ""
    return tuple({"value": value, "name": name, "chosen": value == own} for value, name in forms.districts())


# -- what they hold ----------------------------------------------------------------------------------------------------


def licences(found: Iterable[Licence], today: date) -> tuple[dict[str, str], ...]:
    """Licences in hand; only those that end soon or no longer hold are pointed out."""
    return tuple(_licence(one, today) for one in found)


def _licence(one: Licence, today: date) -> dict[str, str]:
    name = either(one.name, one.name_en)
    if one.state is not LicenceState.VALID:
        return {"name": name, "lamp": "over", "words": _licence_state(one.state), "note": one.number}
    if one.valid_to is not None and (one.valid_to - today).days <= _ENDS_SOON:
        text = _("%(day)s 到期") % {"day": dates.dense_day(one.valid_to, language())}
        return {"name": name, "lamp": "today", "words": text, "note": one.number}
    issued = _("%(day)s 发") % {"day": dates.full_day(one.issued_on, language())}
    return {"name": name, "lamp": "", "words": issued, "note": one.number}


def _licence_state(state: LicenceState) -> str:
    return {
        LicenceState.EXPIRED: _("过期了"),
        LicenceState.REVOKED: _("已撤销"),
    }.get(state, _("不再有效"))
