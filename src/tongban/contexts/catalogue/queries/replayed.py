"""Event logs of elsewhere, played on routes: for those who take part in the catalogue, and for supervisors.

`process` keeps them and knows no roles; who may look is said here.
"""

from __future__ import annotations

from tongban.contexts.catalogue.queries.modelling import sees_models
from tongban.contexts.parties.core import Actor
from tongban.contexts.process import queries as process
from tongban.contexts.process.core.replay.imported import CasesPage, ImportedCase, KeptLog
from tongban.kernel.refusals import NotFound


def histories(*, actor: Actor) -> tuple[KeptLog, ...]:
    """Every imported log, the newest first; nothing for those who may not look."""
    return process.history_logs() if sees_models(actor) else ()


def history_of(name: str, *, actor: Actor) -> KeptLog:
    """One imported log. Refuses `NotFound`, also where the actor may not look."""
    if not sees_models(actor):
        raise NotFound
    return process.history_log(name)


def history_cases(
    name: str,
    *,
    actor: Actor,
    search: str = "",
    kind: str = "",
    longest: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> CasesPage:
    """Cases of an imported log, as `process.queries.history_cases`; nothing for those who may not look."""
    if not sees_models(actor):
        return CasesPage((), 0)
    return process.history_cases(name, search=search, kind=kind, longest=longest, limit=limit, offset=offset)


def history_case(name: str, number: int, *, actor: Actor) -> ImportedCase:
    """One case of an imported log. Refuses `NotFound`, also where the actor may not look."""
    if not sees_models(actor):
        raise NotFound
    return process.history_case(name, number)
