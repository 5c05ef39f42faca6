"""Reading what was posted from the panel: which act, with which answers. Everything typed is kept, whatever it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from tongban.foundation.i18n import say
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.requests import new_request_id, request_id
from tongban.terminals.desk.acts import Act
from tongban.ui.forms import BoundField, ErrorItem, ErrorSummary, bind, read, summary
from tongban.ui.forms.reading import Value


@dataclass(frozen=True)
class Answer:
    """What the officer has chosen and typed so far, and what was wrong with it."""

    request_id: str
    chosen: str = ""
    act: Act | None = None
    values: dict[str, Value] = field(default_factory=dict)
    raw: dict[str, Value] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    message: str = ""
    status: int = 200

    @property
    def ok(self) -> bool:
        return self.act is not None and not self.errors

    def refused(self, refusal: Refusal) -> Answer:
        """The same answers, with what the rules said to them."""
        fresh = new_request_id() if refusal.code == "request_reused" else self.request_id
        said = say(refusal)
        named = f"{self.chosen}-{refusal.field}" if refusal.field else ""
        errors = {named: said} if named in self.raw else {}
        return replace(self, request_id=fresh, errors=errors, message="" if errors else said, status=refusal.status)

    def bound(self, act: Act) -> tuple[BoundField, ...]:
        """The fields of `act` as they were typed."""
        return bind(act.specs, self.raw, self.errors)

    def summary(self, acts: Sequence[Act]) -> ErrorSummary | None:
        """The box on top of the page, or None."""
        if self.status == 200:
            return None
        if self.act is None:
            return ErrorSummary(self.message, (ErrorItem(_("选一项，再按下面的按钮"), "act-1"),))
        fields = [one for act in acts for one in self.bound(act)]
        return summary(fields, self.message)

    def left_over(self, acts: Sequence[Act]) -> tuple[str, ...]:
        """Typed texts that no field of the page shows any more, because the case has moved on."""
        shown = {spec.id for act in acts for spec in act.specs}
        known = {spec.id for spec in self.act.specs if spec.kind == "textarea"} if self.act else set()
        return tuple(str(text) for name, text in self.raw.items() if name in known - shown and text)


def blank(chosen: str = "") -> Answer:
    """A page just opened."""
    return Answer(new_request_id(), chosen)


def read_answer(acts: Sequence[Act], post: QueryDict) -> Answer:
    """Read the chosen act's answers; the fields of the others are kept as typed, and not judged."""
    raw: dict[str, Value] = {}
    for act in acts:
        raw |= read(act.specs, post).raw
    chosen = post.get("act", "")
    answer = Answer(request_id(post), chosen, raw=raw)
    act_ = next((act for act in acts if act.key == chosen), None)
    if act_ is None:
        return replace(answer, chosen="", message=_("请先选择要做什么"), status=422)
    found = read(act_.specs, post)
    return replace(answer, act=act_, values=found.values, errors=found.errors, status=422 if found.errors else 200)
