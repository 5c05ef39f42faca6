"""Who had a hand in a published version and in the tables it rests on: for rules that want somebody else."""

from __future__ import annotations

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.projections import ITEM_VERSION, MODEL_VERSION
from tongban.contexts.catalogue.queries import listed
from tongban.foundation import ledger


def authors_of(code: str, number: int) -> frozenset[str]:
    """Actor ids of all who drafted, reviewed, approved or published the version, or a decision table that it is pinned
    to; empty where there is none."""
    stream = models.Version.objects.filter(code=code, version=number).values_list("stream_id", flat=True).first()
    if not stream:
        return frozenset()
    digests = [model.digest for model in listed.version(code, number).decisions.values()]
    tables = models.Modelled.objects.filter(kind="table", digest__in=digests).values_list("stream_id", flat=True)
    records = [*ledger.history(ITEM_VERSION, stream)]
    for table in tables:
        records += ledger.history(MODEL_VERSION, table)
    return frozenset(record.actor for record in records)
