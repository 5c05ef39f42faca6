"""Lists typed line by line, as values of special procedures; and the acts that take them."""

from __future__ import annotations

import re
from typing import Any

from tongban.contexts.cases import actions
from tongban.contexts.cases.core.parts.special import Expert, Signature, Statement
from tongban.kernel.refusals import N_, Refusal

_COMMA, _COLON = re.compile(r"\s*[，,、\t|]\s*"), re.compile(r"\s*[：:]\s*")


class LineUnread(Refusal):
    """A line that does not say what its list asks; `line` counts from 1."""

    code = "line_unread"
    message = N_("第 %(line)s 行看不出来，请照“%(shape)s”写。")


def lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def expert(line: str, place: int = 1) -> Expert:
    """姓名，单位，专业. Refuses LineUnread."""
    parts = _COMMA.split(line)
    if len(parts) != 3 or not all(parts):
        raise LineUnread(line=place, shape=N_("姓名，单位，专业"), field="experts")
    name, employer, field = parts
    return Expert(name, employer, field)


def statements(text: str) -> tuple[Statement, ...]:
    """谁：说了什么; a line without a colon goes on with the one before. Refuses LineUnread for a first such line."""
    found: list[Statement] = []
    for place, line in enumerate(lines(text), 1):
        who, *said = _COLON.split(line, maxsplit=1)
        if said and said[0] and len(who) <= 40:
            found.append(Statement(who, said[0]))
        elif found:
            found[-1] = Statement(found[-1].who, f"{found[-1].text}\n{line}")
        else:
            raise LineUnread(line=place, shape=N_("谁：说了什么"), field="statements")
    return tuple(found)


def signatures(text: str) -> tuple[Signature, ...]:
    """A name signed; 谁：为什么没有签 did not."""
    found = []
    for line in lines(text):
        who, *why = _COLON.split(line, maxsplit=1)
        found.append(Signature(who, why[0] if why else ""))
    return tuple(found)


def name_experts(*, experts: str, declared: str, **more: Any) -> object:
    """`actions.name_experts` with one expert a line."""
    named = tuple(expert(line, place) for place, line in enumerate(lines(experts), 1))
    return actions.name_experts(experts=named, declared=declared == "yes", **more)


def record_hearing(*, statements: str, signatures: str, **more: Any) -> object:
    """`actions.record_hearing` with one statement and one signature a line."""
    return actions.record_hearing(statements=_statements(statements), signatures=_signatures(signatures), **more)


def schedule_hearing(*, public: str, **more: Any) -> object:
    """`actions.schedule_hearing` with the answer of a choice."""
    return actions.schedule_hearing(public=public == "yes", **more)


def answer_objection(*, upheld: str, **more: Any) -> object:
    """`actions.answer_objection` with the answer of a choice."""
    return actions.answer_objection(upheld=upheld == "yes", **more)


_statements, _signatures = statements, signatures
