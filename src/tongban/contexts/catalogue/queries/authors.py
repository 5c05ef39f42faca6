"""Who had a hand in a published version: for rules that want somebody else."""

from __future__ import annotations

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.projections import ITEM_VERSION
from tongban.foundation import ledger


def authors_of(code: str, number: int) -> frozenset[str]:
    """Actor ids of all who drafted, reviewed, approved or published the version; empty where there is none."""
    stream = models.Version.objects.filter(code=code, version=number).values_list("stream_id", flat=True).first()
    if not stream:
        return frozenset()
    return frozenset(record.actor for record in ledger.history(ITEM_VERSION, stream))
