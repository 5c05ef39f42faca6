"""YAML as the catalogue reads it: strict, safe, and every value knows its line.

Only what JSON knows: text, whole numbers, true/false, null, lists and mappings with text keys. So `no` stays the word
"no", `2023-12-01` stays text, and a key written twice, an anchor, an alias or a tag is refused with its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.composer import ComposerError

from tongban.contexts.catalogue.core.findings import Finding, Place
from tongban.kernel.refusals import N_

_NULL, _BOOL, _INT, _FLOAT = (f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float"))
_STR = "tag:yaml.org,2002:str"
_TAGS = frozenset({_NULL, _BOOL, _INT, _FLOAT, _STR, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


_WHOLE = re.compile(r"^-?(?:0|[1-9][0-9]*)$")


class _Loader(yaml.CBaseLoader):
    """The C parser with the resolvers of YAML 1.2's JSON schema instead of YAML 1.1's surprises."""


_Loader.add_implicit_resolver(_NULL, re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(_INT, _WHOLE, list("-0123456789"))
_Loader.add_implicit_resolver(
    _FLOAT, re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?$"), list("-0123456789")
)


@dataclass
class Document:
    """A file as plain values, with the line of every path ("basis[0].law") and what was wrong with its form."""

    file: str
    data: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def place(self, path: str) -> Place:
        """Where `path` stands; a path that the file lacks is placed at its nearest parent."""
        nearest = path
        while nearest and nearest not in self.lines:
            nearest = nearest[: max(nearest.rfind("."), nearest.rfind("["), 0)]
        return Place(self.file, self.lines.get(nearest, 0), path)

    def complain(self, path: str, message: str, advice: str, **params: object) -> None:
        """Add a finding about the form of the file."""
        self.findings.append(Finding("source", "error", self.place(path), message, advice, params))


def read(text: str, file: str) -> Document:
    """Read one YAML document. Never raises for bad input: what is wrong stands in `findings`."""
    document = Document(file)
    if "\ufffd" in text:
        place = Place(file, text[: text.index("\ufffd")].count("\n") + 1)
        message, advice = N_("文件不是 UTF-8 编码。"), N_("请另存为 UTF-8。")
        document.findings.append(Finding("source", "error", place, message, advice))
        return document
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError, ComposerError) as fault:
        mark = getattr(fault, "problem_mark", None)
        place = Place(file, mark.line + 1 if mark else 0)
        reason = getattr(fault, "problem", None) or getattr(fault, "reason", "")
        document.findings.append(
            Finding(
                "source",
                "error",
                place,
                N_("这不是有效的 YAML：%(reason)s。"),
                N_("请检查缩进、引号和冒号。"),
                {"reason": reason},
            )
        )
        return document
    if root is None:
        document.complain("", N_("文件是空的。"), N_("请写入内容，或删除这个文件。"))
        return document
    document.data = _value(root, "", document, set())
    return document


def _value(node: yaml.Node, path: str, document: Document, seen: set[int]) -> Any:
    document.lines[path] = node.start_mark.line + 1
    if id(node) in seen:
        document.complain(path, N_("不能使用 YAML 的锚点和别名。"), N_("请把内容直接写在这里。"))
        return None
    seen.add(id(node))
    if node.tag not in _TAGS:
        document.complain(path, N_("不能使用 YAML 标签 %(tag)s。"), N_("请删除标签。"), tag=node.tag)
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, document, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, f"{path}[{index}]", document, seen) for index, child in enumerate(node.value)]
    return _scalar(node, path, document)


def _mapping(node: yaml.MappingNode, path: str, document: Document, seen: set[int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            document.complain(path, N_("名称只能是文字。"), N_("请改正。"))
            continue
        key = str(key_node.value)
        child = f"{path}.{key}" if path else key
        if key in values:
            document.findings.append(
                Finding(
                    "source",
                    "error",
                    Place(document.file, key_node.start_mark.line + 1, child),
                    N_("“%(key)s”写了两次。"),
                    N_("请只留一个。"),
                    {"key": key},
                )
            )
            continue
        values[key] = _value(value_node, child, document, seen)
        document.lines[child] = key_node.start_mark.line + 1
    return values


def _scalar(node: yaml.Node, path: str, document: Document) -> Any:
    text = str(node.value)
    if node.tag == _FLOAT:
        document.complain(path, N_("这里写了小数 %(value)s。"), N_("请改用整数（例如半天写作 0，即办）。"), value=text)
        return None
    if node.tag == _INT and _WHOLE.match(text):
        return int(text)
    if node.tag == _BOOL and text in ("true", "false"):
        return text == "true"
    if node.tag in (_INT, _BOOL):  # written as a tag on something else
        document.complain(path, N_("不能使用 YAML 标签 %(tag)s。"), N_("请删除标签。"), tag=node.tag)
        return None
    return text if node.tag == _STR else None
