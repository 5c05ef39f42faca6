"""Opening drafts from a published list: every row imported, already there, or refused by name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from tongban.contexts.catalogue import models, queries
from tongban.contexts.catalogue.actions.drafting import open_drafts
from tongban.contexts.catalogue.core import rights
from tongban.contexts.catalogue.core.importing import AgencyUnknown, Plan, Told, agencies, plan
from tongban.contexts.catalogue.core.life import LifeStage
from tongban.contexts.catalogue.queries.life import organ_of
from tongban.contexts.parties.core import Actor
from tongban.kernel.refusals import Refusal


@dataclass(frozen=True)
class RowRefusal:
    """A sound row that could not become a draft, and why."""

    row: int
    line: int
    code: str
    refusal: Refusal


@dataclass(frozen=True)
class ImportReport:
    """What became of a list: `rows == len(imported) + len(already) + len(refused) + len(not_opened)`."""

    rows: int
    imported: tuple[str, ...]  # codes of the drafts, in the order of the list
    already: tuple[str, ...]  # codes that a former import (or somebody) made
    refused: tuple[Told, ...]
    not_opened: tuple[RowRefusal, ...]
    warnings: tuple[Told, ...]
    encoding: str
    blank: tuple[int, ...]
    organs: tuple[tuple[str, str, int], ...] = ()  # department of the list, agency key of its drafts, number of rows


def import_list(
    data: bytes, *, actor: Actor, now: datetime, encoding: str = "auto", agency: str = "", dry_run: bool = False
) -> ImportReport:
    """Open a draft for every row of the CSV in `data`; `agency` is the key of the organ of every row, "" = as the
    rows say. With `dry_run` nothing is written. A row whose draft or item is there already changes nothing.

    Records `ItemDrafted` for each draft, origin "import", all in one transaction. Refuses `NotAllowed` (catalogue
    owners, for their own organ; the service bureau and the system for all), `AgencyUnknown`, and `ListRefused` for a
    file that can't be read for certain.
    """
    organ = organ_of(actor)
    rights.require(rights.may_draft(actor, organ, organ))
    known = queries.external().agencies
    if agency and known and agency not in known:
        raise AgencyUnknown(agency=agency)
    organs = queries.beside().organs
    chosen = agency or ("" if rights.sees_all(actor, organ) else organ)
    planned = plan(data, encoding=encoding, agencies=agencies(organs, chosen))
    rights.require(all(rights.may_draft(actor, organ, str(draft.content["agency"])) for draft in planned.drafts))
    there = _there(planned)
    fresh = [draft for draft in planned.drafts if draft.code not in there]
    not_opened: list[RowRefusal] = []
    imported = [draft.code for draft in fresh]
    if not dry_run:
        openings = open_drafts([(one.code, one.content) for one in fresh], actor=actor, now=now, origin="import")
        imported = [opening.code for opening in openings if opening.refusal is None]
        not_opened = [
            RowRefusal(draft.row, draft.line, draft.code, opening.refusal)
            for draft, opening in zip(fresh, openings, strict=True)
            if opening.refusal is not None
        ]
    already = tuple(draft.code for draft in planned.drafts if draft.code in there)
    return ImportReport(
        planned.rows,
        tuple(imported),
        already,
        planned.refused,
        tuple(not_opened),
        planned.warnings,
        planned.encoding,
        planned.blank,
        tuple((*pair, number) for pair, number in sorted(_organs(planned).items())),
    )


def _organs(planned: Plan) -> Counter[tuple[str, str]]:
    """Whose rows become whose drafts: an owner's list goes to the owner's organ, whatever the list calls it."""
    return Counter((draft.department, str(draft.content["agency"])) for draft in planned.drafts)


def _there(planned: Plan) -> frozenset[str]:
    """Codes that have a version in any stage but abandoned: importing again must not draft them a second time."""
    codes = [draft.code for draft in planned.drafts]
    rows = models.Life.objects.filter(code__in=codes).exclude(stage=LifeStage.ABANDONED)
    return frozenset(rows.values_list("code", flat=True))
