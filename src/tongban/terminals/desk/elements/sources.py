"""The whole source of an item as YAML text, and back: what git keeps of an item, edited on a page."""

from __future__ import annotations

from typing import Any

from tongban.contexts.catalogue.core import yaml_source
from tongban.contexts.catalogue.core.exports import as_yaml
from tongban.contexts.catalogue.core.findings import Finding
from tongban.kernel.refusals import N_
from tongban.terminals.desk.elements.paths import Content


def dump(content: Content) -> str:
    """`content` as the text of an item.yaml."""
    return as_yaml.text(dict(content))


def parse(text: str) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """What the text says, and what is wrong with its form, each with its line."""
    document = yaml_source.read(text, "")
    if not document.findings and not isinstance(document.data, dict):
        document.complain("", N_("这里应当是“名称: 内容”的形式。"), N_("请检查缩进、引号和冒号。"))
    return (document.data if not document.findings else {}), tuple(document.findings)
