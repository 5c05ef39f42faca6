"""A catalogue as the folder it is loaded from: `load(export(x)) == x`, in the style people write it.

Elements that say no more than their default are left out. Texts of two languages and short lists stand on one line
where they fit; long texts are folded; words that look like numbers, dates or true are quoted.
"""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
import yaml

from tongban.contexts.catalogue.core.beside import FILES
from tongban.contexts.catalogue.core.exports.handed import Handed
from tongban.contexts.catalogue.core.items import Item

_WIDTH = 106
#: What may stand in folded style and come back unchanged: words with single spaces between.
_FOLDS = re.compile(r"[^\s\x00-\x20\x7f-\xa0]+(?: [^\s\x00-\x20\x7f-\xa0]+)+")
#: What looks like a number or a date to one reader of YAML or another.
_LIKE_A_NUMBER = re.compile(r"[-+.]?[0-9][0-9_,.:/T+-]*")


def files(handed: Handed) -> dict[str, bytes]:
    """Path in the folder -> its bytes."""
    made: dict[str, Any] = {f"items/{item.code}/item.yaml": item_source(item) for item in handed.items}
    for name, (path, _) in FILES.items():
        lines = getattr(handed.beside, name)
        if lines:
            made[path] = [said(line) for line in lines]
    made |= {f"packages/{package.id}.yaml": said(package) for package in handed.beside.packages}
    external, synonyms = said(handed.external), said(handed.synonyms)
    made |= {"external.yaml": external, "synonyms.yaml": synonyms}
    texts = {path: text(value) for path, value in made.items()}
    texts |= {f"routes/{key}.bpmn": xml for key, xml in handed.routes.items()}
    texts |= {f"decisions/{key}.dmn": xml for key, xml in handed.decisions.items()}
    return {**{path: body.encode() for path, body in texts.items()}, **handed.files()}


def item_source(item: Item) -> dict[str, Any]:
    """What item.yaml says of `item`: without the version, which the platform gives."""
    source: dict[str, Any] = said(item)
    source.pop("version", None)
    return source


def said(value: Any) -> Any:
    """A dataclass as the mapping that a file holds: elements at their default left out, all others in order."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            name: said(getattr(value, name))
            for name, default in _defaults(type(value)).items()
            if default is _REQUIRED or getattr(value, name) != default
        }
    if isinstance(value, tuple | list):
        return [said(one) for one in value]
    if isinstance(value, Mapping):
        return {key: said(one) for key, one in value.items()}
    return msgspec.to_builtins(value)


_REQUIRED = object()


@cache
def _defaults(kind: type) -> dict[str, Any]:
    return {
        field.name: field.default_factory()
        if field.default_factory is not dataclasses.MISSING
        else field.default
        if field.default is not dataclasses.MISSING
        else _REQUIRED
        for field in dataclasses.fields(kind)
    }


def text(value: Any) -> str:
    """One YAML document."""
    node = _Dumper(io.StringIO()).represent_data(value)
    _lay_out(node, 0)
    made: str = yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=_WIDTH)
    return made


class _Dumper(yaml.SafeDumper):
    """PyYAML's writer; what our reader would take for a number is quoted too."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def choose_scalar_style(self) -> Any:
        """Double quotes where quotes are needed, and around what looks like a number."""
        style = super().choose_scalar_style()
        assert isinstance(self.event, yaml.ScalarEvent)
        words = self.event.implicit[1]  # text, and not a number or true
        return '"' if words and (style == "'" or (not style and _LIKE_A_NUMBER.fullmatch(self.event.value))) else style


_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?$"), list("-0123456789")
)
_Dumper.add_representer(
    dict, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=False)
)


def _lay_out(node: yaml.Node, indent: int, taken: int = 0) -> None:
    """Flow style for what fits on its line: pairs of texts, options, lists of codes and numbers."""
    if isinstance(node, yaml.MappingNode):
        node.flow_style = _fits(node, indent + taken, mapping=True)
        for key, value in node.value:
            _lay_out(value, indent if isinstance(value, yaml.SequenceNode) else indent + 2, len(key.value) + 2)
    elif isinstance(node, yaml.SequenceNode):
        node.flow_style = _fits(node, indent + taken, mapping=False)
        for value in node.value:
            _lay_out(value, indent + 2)
    elif indent + taken + len(node.value) > _WIDTH and _FOLDS.fullmatch(node.value):
        node.style = ">"  # type: ignore[attr-defined]


def _fits(node: Any, before: int, *, mapping: bool) -> bool:
    width = _width(node, 2 if mapping else 1)
    if not mapping and any(re.search(r"[^A-Za-z0-9:._-]", one.value) for one in node.value if _is_scalar(one)):
        return not node.value  # words people say stand on lines of their own
    return width is not None and before + width <= 96


def _is_scalar(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode)


def _width(node: yaml.Node, depth: int) -> int | None:
    """How wide a node is in flow style; None when it is deeper than `depth` or holds a line break."""
    if isinstance(node, yaml.ScalarNode):
        value = str(node.value)
        return None if "\n" in value else len(value) + sum(ord(sign) > 0x2E80 for sign in value) + 2
    if depth == 0:
        return None
    pairs = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    if isinstance(node, yaml.MappingNode) and len(node.value) > 3:
        return None
    widths = [_width(part, depth - 1) for part in pairs]
    return None if any(width is None for width in widths) else sum(width or 0 for width in widths) + 4
