"""The glossary is complete: what the cores call things stands in it, and it names nothing that is gone."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest

import tongban.contexts
from tongban.contexts.cases.core import commands, review
from tongban.contexts.catalogue.core import items
from tongban.contexts.parties.core import organisation, party
from tongban.contexts.process.core import clocks
from tongban.foundation import ledger

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
NAMED = frozenset(re.findall(r"`([^`]+)`", GLOSSARY))


def cores() -> Iterator[ModuleType]:
    """Every module of every core."""
    for found in pkgutil.walk_packages(tongban.contexts.__path__, "tongban.contexts."):
        if ".core" in found.name:
            yield importlib.import_module(found.name)


def own_classes() -> Iterator[type]:
    for module in cores():
        for value in vars(module).values():
            if isinstance(value, type) and value.__module__ == module.__name__:
                yield value


def enumerated() -> list[tuple[str, str]]:
    return sorted(
        {(cls.__name__, member.value) for cls in own_classes() if issubclass(cls, StrEnum) for member in cls if member}
    )


def choices() -> list[tuple[str, str]]:
    """The words that items, parties and clocks may use."""
    fields: dict[str, Any] = {
        "need": items.Material.__dataclass_fields__["need"],
        "source": items.Material.__dataclass_fields__["source"],
        "question": items.Field.__dataclass_fields__["kind"],
        "cause": items.SpecialProcedure.__dataclass_fields__["cause"],
        "result": items.ResultPaper.__dataclass_fields__["kind"],
        "day": clocks.Day.__dataclass_fields__["kind"],
    }
    found = [(name, value) for name, field in fields.items() for value in re.findall(r"['\"](\w+)['\"]", field.type)]
    for alias in (items.Certainty, items.Unit, organisation.Level, party.PartyKind, party.Basis):
        found += [(str(alias), value) for value in get_args(alias)]
    return found + [("outcome", value) for values in review.OUTCOMES.values() for value in values]


@pytest.mark.parametrize(("name", "value"), enumerated())
def test_every_value_of_an_enumeration_has_its_words(name: str, value: str) -> None:
    assert value in NAMED, f"docs/glossary.md lacks `{value}` of {name}"


@pytest.mark.parametrize(("name", "value"), choices())
def test_every_choice_has_its_words(name: str, value: str) -> None:
    assert value in NAMED, f"docs/glossary.md lacks `{value}` ({name})"


def test_the_lists_above_are_not_empty() -> None:
    assert len(enumerated()) > 30
    assert len(choices()) > 50
    assert {"expert_review", "tolerable", "V", "township"} <= {value for _name, value in choices()}


def test_every_event_has_its_words_and_no_other_is_named() -> None:
    recorded: list[Any] = [event for kind in ledger.kinds() for event in kind.events]
    real = {event.TYPE for event in recorded}
    assert real - NAMED == set(), "docs/glossary.md lacks events"
    named = {word for word in NAMED if re.fullmatch(r"(case|licence|party|officer)\.[a-z_]+", word)}
    assert named - real == set(), "docs/glossary.md names events that do not exist"


def test_every_command_of_a_case_has_its_words() -> None:
    of_areas = commands.AreaCommand.__subclasses__()
    real = {command.__name__ for command in (*get_args(commands.Command), *of_areas)} - {"AreaCommand"}
    assert len(real) > 60
    assert real - NAMED == set(), "docs/glossary.md lacks commands"


def test_every_kind_of_stream_is_named() -> None:
    missing = {kind.name for kind in ledger.kinds()} - NAMED
    assert missing == set(), "docs/glossary.md lacks kinds of stream"
