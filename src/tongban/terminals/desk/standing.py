"""Where an officer stands before a case: what of it is in their hands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from tongban.contexts.cases import queries
from tongban.contexts.cases.core import rights
from tongban.contexts.cases.core.commands import Command
from tongban.contexts.cases.core.state import Phase, Task
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.parties.core import Actor, Role
from tongban.kernel.clock import CHINA
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.trial import trial


@dataclass(frozen=True)
class Standing:
    """A case, who looks at it, and the task they have chosen ("" = the first of their own)."""

    view: CaseView
    actor: Actor
    now: datetime
    task_id: str = ""
    even_done: bool = False  # a repeated submission finds its task done, and is still about it

    @property
    def today(self) -> date:
        return self.now.astimezone(CHINA).date()

    @property
    def running(self) -> bool:
        """Accepted and not yet decided: the only time in which the desk acts."""
        return self.view.state.phase is Phase.ACCEPTED

    @cached_property
    def own(self) -> tuple[Task, ...]:
        """Open tasks of the route that are the actor's to do."""
        tasks = self.view.state.open_tasks if self.running else ()
        return tuple(task for task in tasks if rights.may_do(self.actor, task, self.view.state))

    @cached_property
    def task(self) -> Task | None:
        """The task the panel is about: the one named, else the first of the actor's own."""
        named = self.view.state.task(self.task_id) if self.task_id else None
        mine = named is not None and rights.may_do(self.actor, named, self.view.state)
        if mine and (named in self.own or self.even_done):
            return named
        return self.own[0] if self.own else None

    @property
    def leads(self) -> bool:
        """The actor is a reviewer or approver of the organ in charge."""
        works = self.actor.has(Role.REVIEWER) or self.actor.has(Role.APPROVER)
        return works and self.actor.agency == self.view.state.agency

    @property
    def approves(self) -> bool:
        return self.leads and self.actor.has(Role.APPROVER)

    @property
    def speaks(self) -> bool:
        """The actor speaks for the organ in charge: as its officer, or as its chief representative at the window."""
        return self.leads or rights.holds_commission(self.actor, self.view.state)

    @property
    def answers_extension(self) -> bool:
        """The extension asked for waits for the actor's organ: in joint handling the government (行政许可法 42-2)."""
        extension = self.view.state.extension
        agency = (extension.agency if extension else "") or self.view.state.agency
        return self.actor.has(Role.APPROVER) and self.actor.agency == agency

    def trial(self, command: Command) -> Refusal | None:
        """What the rules would say to `command` now; nothing is done."""
        return trial(self.view, command, actor=self.actor, now=self.now)


def stand(case_id: str, *, actor: Actor, now: datetime, task: str = "", even_done: bool = False) -> Standing:
    """The actor before the case as it is now. Refuses NotFound for a case that is not theirs to see."""
    return Standing(queries.case(case_id, actor=actor), actor, now, task, even_done)
