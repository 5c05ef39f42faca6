"""YAML as the catalogue reads it: strict, safe, and every value knows its line.

Only what JSON knows: text, whole numbers, true/false, null, lists and mappings with text keys. So `no` stays the word
"no", `2023-12-01` stays text, and a key written twice, an anchor, an alias or a tag is refused with its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from sys import intern
from typing import Any

import yaml
from yaml.composer import ComposerError

from tongban.contexts.catalogue.core.findings import Finding, Place
from tongban.kernel.refusals import N_

_NULL, _BOOL, _INT, _FLOAT = (f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float"))
_STR = "tag:yaml.org,2002:str"
_TAGS = frozenset({_NULL, _BOOL, _INT, _FLOAT, _STR, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


_WHOLE = re.compile(r"^-?(?:0|[1-9][0-9]*)$")


#: What a word begins with that might be no word; "" is null.
_MARKED = frozenset("ntf~-0123456789") | {""}


class _Loader(yaml.CBaseLoader):
    """The C parser with the resolvers of YAML 1.2's JSON schema instead of YAML 1.1's surprises."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """The tag of an untagged node, as the base class finds it, without its long way for plain words."""
        if kind is yaml.ScalarNode and (not implicit[0] or value[:1] not in _MARKED):
            return _STR
        return str(super().resolve(kind, value, implicit))  # type: ignore[no-untyped-call]

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """No tag here depends on the path to a node."""

    def ascend_resolver(self) -> None:
        """As above."""


_Loader.add_implicit_resolver(_NULL, re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(_INT, _WHOLE, list("-0123456789"))
_Loader.add_implicit_resolver(
    _FLOAT, re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]+)?$"), list("-0123456789")
)


#: No list of a city is longer; a file that is, is no catalogue.
_LARGEST = 4096  # KiB
#: Deeper than any item; far below what the C parser's stack holds, which a file of brackets would otherwise overrun.
_DEEPEST = 60
_BRACKETS = re.compile(r"[\[\]{}]")
_INDENTED = re.compile(rf"^[ ?:-]{{{2 * _DEEPEST},}}", re.MULTILINE)


@dataclass
class Document:
    """A file as plain values, with the line of every path ("basis[0].law") and what was wrong with its form.

    `text` is kept instead of the lines themselves: they are looked for only in files that something is said about.
    """

    file: str
    data: Any = None
    findings: list[Finding] = field(default_factory=list)
    text: str = ""

    @cached_property
    def lines(self) -> dict[str, int]:
        """The line of every path, from 1."""
        found: dict[str, int] = {}
        if self.text:
            _find_lines(_compose(self.text), "", found, set())
        return found

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
    if unreadable := _unreadable(text, file):
        document.findings.append(unreadable)
        return document
    try:
        root = _compose(text)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError, ComposerError) as fault:
        document.findings.append(_not_yaml(fault, text, file))
        return document
    if root is None:
        document.complain("", N_("文件是空的。"), N_("请写入内容，或删除这个文件。"))
        return document
    document.text = text
    try:
        if "&" in text and "*" in text:  # perhaps an alias: the long way tells
            raise _OddError
        document.data = _plain(root, set())
    except _OddError:
        document.data = _value(root, "", document, set())
    return document


def _compose(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _unreadable(text: str, file: str) -> Finding | None:
    """What keeps a text from being parsed at all: its encoding, its size, its depth."""
    if "\ufffd" in text:
        place = Place(file, text[: text.index("\ufffd")].count("\n") + 1)
        return Finding("source", "error", place, N_("文件不是 UTF-8 编码（可能是 GBK）。"), N_("请另存为 UTF-8。"))
    if len(text) > _LARGEST * 1024:
        message, advice = N_("文件超过 %(size)s KiB。"), N_("一个事项请写一个文件，附件放进 files。")
        return Finding("source", "error", Place(file), message, advice, {"size": _LARGEST})
    at = _too_deep(text)
    if at is None:
        return None
    place, params = Place(file, text[:at].count("\n") + 1), {"depth": _DEEPEST}
    return Finding("source", "error", place, N_("嵌套超过 %(depth)s 层。"), N_("请检查括号和缩进。"), params)


def _too_deep(text: str) -> int | None:
    """Where brackets or indents go deeper than anything sensible; counted roughly, before any parser sees them."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth = depth + 1 if found.group() in "[{" else max(depth - 1, 0)
        if depth > _DEEPEST:
            return found.start()
    indented = _INDENTED.search(text)
    return indented.start() if indented else None


def _not_yaml(fault: yaml.YAMLError, text: str, file: str) -> Finding:
    mark = getattr(fault, "problem_mark", None)
    place = Place(file, mark.line + 1 if mark else 0)
    reason = str(getattr(fault, "problem", None) or getattr(fault, "reason", ""))
    line = text.split("\n")[mark.line] if mark else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Finding("source", "error", place, N_("缩进用了制表符。"), N_("请改用空格。"))
    message, advice = N_("这不是有效的 YAML：%(reason)s。"), N_("请检查缩进、引号和冒号。")
    return Finding("source", "error", place, message, advice, {"reason": reason})


def _find_lines(node: yaml.Node | None, path: str, lines: dict[str, int], seen: set[int]) -> None:
    """The line of every path below `node`; what stands under a name is placed at the name. An alias leads nowhere."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            child = f"{path}.{key_node.value}" if path else str(key_node.value)
            if child not in lines:
                lines[child] = key_node.start_mark.line + 1
                _find_lines(value_node, child, lines, seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, child_node in enumerate(node.value):
            _find_lines(child_node, f"{path}[{index}]", lines, seen)


class _OddError(Exception):
    """Something is to be said about the form of the file."""


def _plain(node: yaml.Node, seen: set[int]) -> Any:
    """The value of a node where nothing is wrong with it: the common case, without paths. Raises `_OddError`."""
    tag = node.tag
    if type(node) is yaml.ScalarNode:
        if tag == _STR:
            return node.value
        if tag == _INT and _WHOLE.match(node.value):
            return int(node.value)
        if tag == _BOOL and node.value in ("true", "false"):
            return node.value == "true"
        if tag == _NULL:
            return None
        raise _OddError
    if id(node) in seen or tag not in _TAGS:
        raise _OddError
    seen.add(id(node))
    if type(node) is yaml.SequenceNode:
        return [_plain(child, seen) for child in node.value]
    values = {}
    for key_node, value_node in node.value:
        if type(key_node) is not yaml.ScalarNode or key_node.value in values:
            raise _OddError
        values[intern(key_node.value)] = _plain(value_node, seen)  # names repeat in every file: one of each is kept
    return values


def _value(node: yaml.Node, path: str, document: Document, seen: set[int]) -> Any:
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
