"""What the pages of the catalogue share: names of organs, kinds and stages, the persons of a version, and the rail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.catalogue import queries
from tongban.contexts.catalogue.core import rights
from tongban.contexts.catalogue.core.life import DraftRow, LifeStage
from tongban.contexts.catalogue.queries.life import organ_of
from tongban.contexts.parties import queries as parties
from tongban.contexts.parties.core import Actor, Role
from tongban.kernel.refusals import N_, Refusal
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import either, said
from tongban.terminals.desk.elements.fields import Around
from tongban.terminals.desk.presenters.rail import Link

#: More drafts than this are counted as "2000+".
MOST_DRAFTS = 2000
POWERS = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20")
#: The steps of a version as the head of its page shows them, and the stages that stand at each.
STEPS: tuple[tuple[str, tuple[LifeStage, ...]], ...] = (
    (N_("起草"), (LifeStage.DRAFT,)),
    (N_("部门审"), (LifeStage.DEPARTMENT_REVIEW,)),
    (N_("法制审"), (LifeStage.LEGAL_REVIEW,)),
    (N_("政务办审"), (LifeStage.APPROVED,)),
    (N_("公布"), (LifeStage.PUBLISHED, LifeStage.SUPERSEDED, LifeStage.CANCELLED)),
)


@dataclass(frozen=True)
class Hands:
    """What an officer may do with the items of one organ."""

    drafts: bool
    reviews: bool
    reviews_legality: bool
    publishes: bool

    def waits_for(self, stage: LifeStage) -> bool:
        """Whether a version at `stage` waits for this officer."""
        return {
            LifeStage.DEPARTMENT_REVIEW: self.reviews,
            LifeStage.LEGAL_REVIEW: self.reviews_legality,
            LifeStage.APPROVED: self.publishes,
        }.get(stage, False)


def hands(actor: Actor, agency: str) -> Hands:
    """The officer's part in the items of `agency`."""
    organ = organ_of(actor)
    return Hands(
        rights.may_draft(actor, organ, agency),
        rights.may_review(actor, organ, agency),
        rights.may_review_legality(actor, organ, agency),
        rights.may_publish(actor, organ),
    )


def organ_name(key: str) -> str:
    """What the organ with a base key is called; the key itself where nobody knows it."""
    known = parties.agencies()
    found = known.get(key) or next((one for one in known.values() if one.base == key), None)
    if found is not None:
        return said(found.short)
    listed = next((one for one in queries.beside().organs if one.key == key), None)
    return said(listed.name) if listed is not None else key


def organs(keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Key and name of organs, by name."""
    return tuple(sorted(((key, organ_name(key)) for key in keys), key=lambda pair: pair[1]))


def around(*, routes: Sequence[tuple[str, str]] = (), tables: Sequence[tuple[str, str]] = ()) -> Around:
    """What choices depend on. `routes` and `tables` are read only where one is chosen."""
    beside = queries.beside()
    return Around(
        agencies=organs({*queries.external().agencies, *(one.key for one in beside.organs)}),
        routes=tuple(routes),
        tags=tuple((one.code, said(one.name)) for one in beside.tags),
        powers=tuple((code, words.power_words(code)) for code in POWERS),
        tables=tuple(tables),
    )


def stage_words(row: DraftRow) -> str:
    """Where a version stands, in words."""
    if row.stage is LifeStage.APPROVED and row.effective_from:
        return _("等到 %(day)s 公布") % {"day": row.effective_from.isoformat()}
    return {
        LifeStage.DRAFT: _("起草"),
        LifeStage.DEPARTMENT_REVIEW: _("等部门审"),
        LifeStage.LEGAL_REVIEW: _("等法制审"),
        LifeStage.APPROVED: _("等公布"),
        LifeStage.PUBLISHED: _("现行"),
        LifeStage.SUPERSEDED: _("已被替代"),
        LifeStage.CANCELLED: _("已取消"),
        LifeStage.ABANDONED: _("已放弃"),
    }.get(row.stage, "")


def person(actor_id: str) -> str:
    """Who an actor id of a record is: an officer by name, the platform's own clock or loader in words."""
    if not actor_id.startswith("officer:"):
        return _("平台") if actor_id else ""
    try:
        found = parties.officer(actor_id.removeprefix("officer:"))
    except Refusal:
        return actor_id
    return either(found.name, found.name_en)


# -- the rail ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counts:
    """How many versions on their way are whose."""

    mine: int
    waiting: int
    all: int


def is_mine(row: DraftRow, actor: Actor) -> bool:
    return row.author == actor.id


def is_waiting(row: DraftRow, actor: Actor, organ: str) -> bool:
    """Whether a version waits for a step of this officer's."""
    return {
        LifeStage.DEPARTMENT_REVIEW: rights.may_review(actor, organ, row.agency),
        LifeStage.LEGAL_REVIEW: rights.may_review_legality(actor, organ, row.agency),
        LifeStage.APPROVED: rights.may_publish(actor, organ) and row.effective_from is None,
    }.get(row.stage, False)


def counts(rows: Sequence[DraftRow], actor: Actor) -> Counts:
    """What the rail says of the drafts an officer may see."""
    organ = organ_of(actor)
    waiting = sum(is_waiting(row, actor, organ) for row in rows)
    return Counts(sum(is_mine(row, actor) for row in rows), waiting, len(rows))


@dataclass(frozen=True)
class Rail:
    """The left side: the lists, the parts of the item in hand, and what else there is."""

    lists: tuple[Link, ...]
    parts: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()
    hot: str = ""  # address of the list in which something waits for this officer


def rail(actor: Actor, here: str, known: Counts | None = None, parts: tuple[Link, ...] = ()) -> Rail:
    """The rail on the page `here` (items, mine, waiting, drafts, models, unfound, history, import, new)."""
    number = {"mine": known.mine, "waiting": known.waiting, "drafts": known.all} if known else {}
    drafts = reverse("desk:catalogue_drafts")
    lists = [Link(reverse("desk:catalogue"), _("现行事项"), f"{len(queries.items()):,}")]
    if actor.has(Role.CATALOGUE_OWNER):
        lists.append(Link(f"{drafts}?of=mine", _("我的草稿"), _count(number, "mine")))
    if not actor.roles.isdisjoint({Role.CATALOGUE_REVIEWER, Role.LEGAL_REVIEWER, Role.CATALOGUE_PUBLISHER}):
        lists.append(Link(f"{drafts}?of=waiting", _("待我审"), _count(number, "waiting")))
    lists.append(Link(drafts, _("全部草稿"), _count(number, "drafts")))
    lists.append(Link(reverse("desk:models"), _("流程和决策表")))
    places = {"items": lists[0].href, "mine": f"{drafts}?of=mine", "waiting": f"{drafts}?of=waiting", "drafts": drafts}
    places["models"] = lists[-1].href
    lists = [replace(one, current=one.href == places.get(here)) for one in lists]
    return Rail(tuple(lists), parts, _more(actor, here), places["waiting"] if known and known.waiting else "")


def _count(number: dict[str, int], key: str) -> str:
    found = number.get(key)
    return "" if found is None else f"{MOST_DRAFTS:,}+" if found >= MOST_DRAFTS else f"{found:,}"


def _more(actor: Actor, here: str) -> tuple[Link, ...]:
    found = []
    if actor.has(Role.CATALOGUE_OWNER):
        found.append(Link(reverse("desk:catalogue_new"), _("新建事项"), current=here == "new"))
        found.append(Link(reverse("desk:catalogue_import"), _("导入清单"), current=here == "import"))
    found.append(Link(reverse("desk:catalogue_unfound"), _("没人找到的词"), current=here == "unfound"))
    found.append(Link(reverse("desk:history"), _("导入的历史"), current=here == "history"))
    found.append(Link(reverse("desk:rechecks"), _("规则统计")))
    return tuple(found)
