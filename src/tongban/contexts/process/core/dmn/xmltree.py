"""A DMN file as a plain tree of elements that know their lines; document types and entities are refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from tongban.contexts.process.core.dmn.refusals import ModelUnreadable

#: A model of thousands of rules is smaller.
LARGEST: Final = 8 * 1024 * 1024
DEEPEST: Final = 100
NIL: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"
KIND: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"
#: The namespace of our attributes: `nameEn` beside a name, `labelEn` beside a label; `labels` and `labelsEn` say,
#: parted by "|", what the allowed values of a type are called.
OURS: Final = "{urn:tongban:dmn:1}"


@dataclass
class Element:
    """One element: namespace, local name, attributes (those without namespace by their plain names), children, text."""

    space: str
    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, *tags: str) -> Iterator[Element]:
        """The children of these names in the same namespace, in order."""
        return (child for child in self.children if child.tag in tags and child.space == self.space)

    def first(self, *tags: str) -> Element | None:
        """The first child of these names."""
        return next(self.all(*tags), None)

    def get(self, name: str) -> str:
        """An attribute, "" where it is missing."""
        return self.attributes.get(name, "")

    @property
    def english(self) -> str:
        """What the element is called in English, beside its name or its label."""
        return self.get(f"{OURS}labelEn") or self.get(f"{OURS}nameEn")

    def text_of(self, tag: str) -> str:
        """The text of a child, "" where it is missing."""
        child = self.first(tag)
        return child.text.strip() if child else ""


class _Builder:
    def __init__(self) -> None:
        self.parser: Any = None
        self.root: Element | None = None
        self._open: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition("}")
        made = Element(space[1:], tag, dict(attributes), self.parser.CurrentLineNumber)
        if len(self._open) >= DEEPEST:
            raise ModelUnreadable(tag, made.line)
        if self._open:
            self._open[-1].children.append(made)
        else:
            self.root = made
        self._open.append(made)

    def end(self, name: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text

    def close(self) -> Element | None:
        return self.root


def read_tree(content: bytes | str) -> Element:
    """The tree of a file; refuses (`ModelUnreadable`) what is no plain XML."""
    raw = content.encode() if isinstance(content, str) else content
    if len(raw) > LARGEST:
        raise ModelUnreadable("definitions", 1)
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser.parser
    try:
        parser.feed(raw)
        root = parser.close()
    except ParseError as error:
        raise ModelUnreadable("XML", error.position[0]) from None
    except (DefusedXmlException, ValueError, LookupError):
        raise ModelUnreadable("XML", max(parser.parser.CurrentLineNumber, 1)) from None
    if not isinstance(root, Element):
        raise ModelUnreadable("XML", 1)
    return root
