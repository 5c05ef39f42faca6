"""What the window may do with a case now: a trial of the same rules that decide under the lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.state import Ending, Material, Phase, Wanted
from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.parties.core import Actor
from tongban.foundation.i18n import say
from tongban.kernel.clock import CHINA
from tongban.terminals.common.trial import TEXT, trial


@dataclass(frozen=True)
class Standing:
    """A case and the officer at the window who looks at it."""

    view: CaseView
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(CHINA).date()

    @property
    def in_intake(self) -> bool:
        """Filed and neither accepted nor ended: the window's time to act."""
        return self.view.state.phase in (Phase.SUBMITTED, Phase.PRE_PASSED)

    @property
    def waits_for_papers(self) -> bool:
        return self.view.state.phase is Phase.CORRECTING

    @property
    def to_hand_over(self) -> bool:
        """A result lies at the window for the applicant."""
        return not self.closed(c.Deliver(TEXT)) and not self.view.state.owed

    @property
    def unseen(self) -> tuple[Material, ...]:
        """Papers whose originals nobody has compared yet."""
        return tuple(m for m in self.view.state.materials if m.grade == "C" and m.file_id)

    @property
    def next_check(self) -> Material | None:
        """The paper to compare before acceptance, where acceptance waits for it."""
        waits = self.in_intake and self.closed(c.Accept()) and self.unseen
        return self.unseen[0] if waits else None

    @cached_property
    def gates(self) -> dict[str, str]:
        """Why an act is closed, "" for one that is open."""
        first = self.view.item.materials[0].id if self.view.item.materials else ""
        return {
            "accept": self.closed(c.Accept()),
            "supplement": self.closed(c.AskSupplement((Wanted(first, TEXT),))),
            "refuse": self.closed(c.RefuseAcceptance(Ending.NOT_ACCEPTED, TEXT)),
            "pre_review": self.closed(c.PassPreReview()),
        }

    def closed(self, command: c.Command) -> str:
        """What the rules would say to `command` now, "" when they would do it; nothing is done."""
        refusal = trial(self.view, command, actor=self.actor, now=self.now)
        return say(refusal) if refusal else ""
