"""What a version of a route or table stands for in its read table."""

from __future__ import annotations

from tongban.contexts.catalogue.core.modelling.state import ModelState
from tongban.foundation.ledger.contract import Rows, Table

MODEL = Table(
    name="catalogue_model",
    key=("stream_id",),
    columns=(
        "stream_id", "kind", "key", "number", "stage", "name_zh", "name_en", "agency", "author", "base", "origin",
        "digest", "published_at", "ended_at", "errors", "warnings", "updated_at",
    ),
    types=(
        "text", "text", "text", "int", "text", "text", "text", "text", "text", "int", "text",
        "text", "timestamptz", "timestamptz", "int", "int", "timestamptz",
    ),
)  # fmt: skip


def rows(stream_id: str, state: ModelState) -> Rows:
    """The line in lists."""
    line = (
        stream_id, state.kind, state.key, state.number, state.stage.value, state.name_zh, state.name_en, state.agency,
        state.author, state.base, state.origin, state.digest, state.published_at, state.ended_at, state.errors,
        state.warnings, state.updated_at,
    )  # fmt: skip
    return Rows({MODEL.name: [line] if state.stage else []})
