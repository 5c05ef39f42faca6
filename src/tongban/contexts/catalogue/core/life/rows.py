"""What a version stands for in the read tables and the due table: pure, so that the ledger can compare them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from tongban.contexts.catalogue.core.life.state import LifeStage, VersionState
from tongban.foundation.ledger.contract import Due, Rows, Table
from tongban.kernel.clock import CHINA

VERSION = Table(
    name="catalogue_version",
    key=("stream_id",),
    columns=("stream_id", "code", "version", "body", "digest", "route_id", "published_at", "published_by"),
    types=("text", "text", "int", "text", "text", "text", "timestamptz", "text"),
)
CURRENT = Table(
    name="catalogue_current",
    key=("stream_id",),
    columns=("stream_id", "code", "version"),
    types=("text", "text", "int"),
)
LIFE = Table(
    name="catalogue_life",
    key=("stream_id",),
    columns=(
        "stream_id", "code", "number", "stage", "name_zh", "name_en", "agency", "author", "base", "origin",
        "effective_from", "published_at", "ended_at", "ends_on", "errors", "warnings", "updated_at",
    ),
    types=(
        "text", "text", "int", "text", "text", "text", "text", "text", "int", "text",
        "date", "timestamptz", "timestamptz", "date", "int", "int", "timestamptz",
    ),
)  # fmt: skip


def rows(stream_id: str, state: VersionState) -> Rows:
    """The version once published (for ever), the pointer while it is in force, the line in lists, and what is due."""
    version: list[tuple[Any, ...]] = []
    if state.published_at is not None:
        version.append(
            (stream_id, state.code, state.number, state.body, state.digest, state.route, state.published_at,
             state.publisher)
        )  # fmt: skip
    current = [(stream_id, state.code, state.number)] if state.stage is LifeStage.PUBLISHED else []
    life = [_life(stream_id, state)] if state.stage else []
    return Rows({VERSION.name: version, CURRENT.name: current, LIFE.name: life}, _due(state))


def _life(stream_id: str, state: VersionState) -> tuple[Any, ...]:
    return (
        stream_id, state.code, state.number, state.stage.value, state.name_zh, state.name_en, state.agency,
        state.author, state.base, state.origin, _day(state.effective_from), state.published_at, state.ended_at,
        _day(state.ends_on), state.errors, state.warnings, state.updated_at,
    )  # fmt: skip


def _due(state: VersionState) -> list[Due]:
    if state.is_scheduled:
        return [Due("publish", _midnight(state.effective_from), "catalogue.publish", queue="clocks")]
    if state.stage is LifeStage.PUBLISHED and state.ends_on:
        return [Due("cancel", _midnight(state.ends_on), "catalogue.cancel", queue="clocks")]
    return []


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _midnight(day: str) -> datetime:
    """The first moment of `day` in official time."""
    return datetime.combine(date.fromisoformat(day), time(0, 0), CHINA)
