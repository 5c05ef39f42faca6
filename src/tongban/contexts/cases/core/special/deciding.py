"""What each command of this area may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tongban.contexts.cases.core import commands as c
from tongban.contexts.cases.core.commands import Facts
from tongban.contexts.cases.core.special import bodies, experts, hearing, notices, opening, visit
from tongban.contexts.cases.core.special import commands as s
from tongban.contexts.cases.core.state import CaseState

DECIDERS: dict[type, Callable[[CaseState, Any, Facts], list[Any]]] = {
    c.StartSpecial: opening.start_special,
    s.AnswerSpecial: opening.answer_special,
    c.EndSpecial: opening.end_special,
    s.MarkOverstayed: opening.mark_overstayed,
    s.AppointVisit: visit.appoint,
    s.AskVisitTime: visit.ask_time,
    s.KeepVisitTime: visit.keep_time,
    s.SaveVisit: visit.save,
    s.AddVisitPhoto: visit.add_photo,
    s.SignVisit: visit.sign,
    s.TellHearing: hearing.tell,
    s.AskHearing: hearing.ask,
    s.WaiveHearing: hearing.waive,
    s.ScheduleHearing: hearing.schedule,
    s.RecordHearing: hearing.record,
    s.WeighHearing: hearing.weigh,
    s.NameExperts: experts.name_experts,
    s.RecordExpert: experts.record,
    s.ConcludeExperts: experts.conclude,
    s.CommissionTest: bodies.commission,
    s.ReportTest: bodies.report,
    s.AskOpinion: bodies.ask,
    s.RecordOpinion: bodies.record,
    s.PublishNotice: notices.publish,
    s.Object: notices.object_,
    s.AnswerObjection: notices.answer,
}
