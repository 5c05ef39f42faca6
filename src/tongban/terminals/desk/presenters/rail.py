"""The rail at the left: the lists of the desk, and the worktable by act."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.parties.core import Actor, Role
from tongban.terminals.common.presenters import words
from tongban.terminals.desk.presenters import table


@dataclass(frozen=True)
class Link:
    href: str
    name: str
    count: str = ""
    current: bool = False


@dataclass(frozen=True)
class Rail:
    lists: tuple[Link, ...]
    acts: tuple[Link, ...]


def links(actor: Actor, here: str, page: table.Page | None = None, act: str = "") -> Rail:
    """The rail on the page `here` (worktable, done, find, rechecks). `page` gives the count, if nothing narrows it."""
    acts = tuple(Link(table.address(act=one), words.act_words(one), current=one == act) for one in table.acts_of(actor))
    lists = []
    if not actor.roles.isdisjoint({Role.REVIEWER, Role.APPROVER, Role.CHIEF_REPRESENTATIVE}):
        count = page.total if page else ""
        lists.append(Link(reverse("desk:worktable"), _("待我办"), count, current=here == "worktable" and not act))
        lists.append(Link(reverse("desk:done"), _("我办过的"), current=here == "done"))
    if actor.has(Role.APPROVER):
        lists.append(Link(reverse("desk:commissions"), _("首席代表授权"), current=here == "commissions"))
    lists.append(Link(reverse("desk:find"), _("查办件"), current=here == "find"))
    lists.append(Link(reverse("desk:rechecks"), _("规则统计"), current=here == "rechecks"))
    return Rail(tuple(lists), acts)
