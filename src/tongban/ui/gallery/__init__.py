"""The gallery's examples: every part in every state, read from portal.yaml and staff.yaml.

An example is a part of `ui/` by its name with its context, or a piece of template (`source`) with its own values. Texts
stand in both languages. All people, shops and cases are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from django.template import engines
from django.template.loader import render_to_string

from tongban.ui.gallery.samples import samples, t

_LOAD = "{% load i18n ui pictures %}"


@dataclass(frozen=True)
class Example:
    """One part in one state; `name` is its include or tag."""

    name: str
    html: str  # safe: rendered by a template


@dataclass(frozen=True)
class Section:
    """Parts that belong together."""

    title: str
    examples: tuple[Example, ...]


def sections(layer: Literal["portal", "staff"]) -> tuple[Section, ...]:
    """The examples of one layer, rendered in the current language."""
    described = yaml.safe_load(Path(__file__).with_name(f"{layer}.yaml").read_text("utf-8"))
    values = samples()
    return tuple(
        Section(_spoken(section["title"]), tuple(_example(found, values) for found in section["examples"]))
        for section in described
    )


def _example(described: dict[str, Any], values: dict[str, Any]) -> Example:
    context = _spoken(described.get("with", {}))
    name = described["name"]
    if "source" in described:
        template = engines["django"].from_string(_LOAD + described["source"])
        return Example(name, template.render({**values, **context}))
    return Example(name, render_to_string(f"ui/{name}", context))


def _spoken(value: Any) -> Any:
    """`value` with every {zh, en} replaced by the text of the reader's language."""
    if isinstance(value, dict):
        return t(value["zh"], value["en"]) if set(value) == {"zh", "en"} else {k: _spoken(v) for k, v in value.items()}
    return [_spoken(v) for v in value] if isinstance(value, list) else value
