"""Everything the case page shows."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.cases.core.views import CaseView
from tongban.contexts.parties.core import Role
from tongban.terminals.common.presenters import answers, by_table, course, diagram, heard, history, words
from tongban.terminals.common.presenters.languages import language, said
from tongban.terminals.desk.forms import Answer
from tongban.terminals.desk.presenters import clocks, discretion, line, opinions, papers, special_page
from tongban.terminals.desk.presenters.panel import panel
from tongban.terminals.desk.standing import Standing
from tongban.ui import dates


def page(standing: Standing, answer: Answer, *, material: str = "") -> dict[str, Any]:
    """Context of desk/case.html."""
    view, today = standing.view, standing.today
    found = papers.papers(view, material)
    said_ = opinions.opinions(view)
    return {
        "nav": "worktable",
        "case_id": view.id,
        "state": view.state,
        "item": said(view.item.name),
        "sub": _sub(view),
        "clocks": clocks.head(view, today),
        "stage": clocks.stage(view, today),
        "way": line.line(view, today),
        "diagram": diagram.case_diagram(view, today),
        "strip": clocks.strip(view, today),
        "papers": found,
        "answers": answers.masked_sections(view),
        "opinions": said_,
        "answered": opinions.answered(said_),
        "procedures": opinions.procedures(view),
        "specials": special_page.rows(view, standing),
        "course": course.rows(view, today),
        "heard": heard.heard(view.state, today, _material(view.id), inside=True),
        "decision": words.outcome_words(view.state.decision.outcome) if view.state.decision else "",
        "table": by_table.section(view),
        "discretion": discretion.boxes(standing),
        "documents": papers.documents(view.id, view.state),
        "licence": papers.licence(view),
        "history": history.lines(view),
        "panel": panel(standing, answer, found),
        "supervising": standing.actor.roles == {Role.SUPERVISOR},
    }


def _material(case_id: str) -> heard.Link:
    """The address of a file that somebody added to what they said."""
    return lambda file_id: reverse("desk:material", args=[case_id, file_id])


def _sub(view: CaseView) -> str:
    """What stands under the title: how it came, under which guide."""
    state = view.state
    came = words.channel_words(state.channel)
    parts = [words.phase_words(state.phase)]
    if state.submitted_at is not None:
        parts.append(_("%(way)s申请 %(day)s") % {"way": came, "day": dates.day(state.submitted_at, language())})
    parts.append(_("按办事指南第 %(version)s 版") % {"version": view.item.version})
    return " · ".join(filter(None, parts))
