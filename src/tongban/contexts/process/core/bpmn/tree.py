"""A BPMN file as a tree of elements that knows its lines and can be written again without losing anything.

Prefixes, the order of attributes, comments, processing instructions and white space stay as they were; only the
encoding becomes UTF-8. Document types, entities, too many, too deep or too large elements are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pyexpat import ExpatError, ParserCreate, XMLParserType, errors
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from tongban.contexts.process.core.bpmn.refusals import TooMuch
from tongban.contexts.process.core.routes import (
    RouteEncodingUnknown,
    RouteTooLarge,
    RouteUnreadable,
    RouteWithDoctype,
)

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
TONGBAN: Final = "urn:tongban:bpmn:1"
#: A route file is a few pages of text; larger input is no route.
LARGEST_FILE: Final = 4 * 1024 * 1024
DEEPEST: Final = 100
MOST_ELEMENTS: Final = 50_000
_SCHEMA: Final = "http://www.w3.org/2001/XMLSchema-instance"
_XML: Final = "http://www.w3.org/XML/1998/namespace"


@dataclass(eq=False)
class Element:
    """One element: its name as written, what that name means, its attributes as written, and what stands in it."""

    written: str
    space: str
    tag: str
    attributes: dict[str, str]
    line: int
    parent: Element | None = field(default=None, repr=False)
    inside: list[Element | str | Markup] = field(default_factory=list, repr=False)
    spaces: dict[str, str] = field(default_factory=dict, repr=False)

    def __iter__(self) -> Iterator[Element]:
        return (each for each in self.inside if isinstance(each, Element))

    @property
    def id(self) -> str:
        """Its id, "" where it has none."""
        return self.attributes.get("id", "")

    @property
    def name(self) -> str:
        """Its name on one line."""
        return " ".join(self.attributes.get("name", "").split())

    @property
    def text(self) -> str:
        """What is written in it."""
        return "".join(each for each in self.inside if isinstance(each, str)).strip()

    def ours(self) -> dict[str, str]:
        """The attributes in our namespace, by their local names."""
        return self.of_space(TONGBAN)

    def of_space(self, wanted: str) -> dict[str, str]:
        """The attributes in the namespace `wanted`, by their local names."""
        found = {}
        for written, value in self.attributes.items():
            prefix, _, local = written.rpartition(":")
            if prefix and self.spaces.get(prefix) == wanted:
                found[local] = value
        return found

    def foreign(self) -> int:
        """How many attributes stand in namespaces of others."""
        prefixes = (name.partition(":")[0] for name in self.attributes if ":" in name and not _declares(name))
        return sum(self.spaces.get(prefix) not in (TONGBAN, BPMN, _SCHEMA, _XML) for prefix in prefixes)

    def child(self, tag: str) -> Element | None:
        """The first BPMN element `tag` directly inside."""
        return next((each for each in self if each.tag == tag and each.space == BPMN), None)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the order of the file."""
        todo = [self]
        while todo:
            element = todo.pop()
            yield element
            todo.extend(reversed(list(element)))


@dataclass(frozen=True)
class Markup:
    """A comment or processing instruction, as it is written."""

    written: str


@dataclass
class Document:
    """A whole file: what stands before the root, the root, and what stands after it."""

    root: Element
    before: list[Markup]
    after: list[Markup]
    standalone: str = ""


class _Builder:
    def __init__(self, parser: XMLParserType) -> None:
        self.parser = parser
        self.root: Element | None = None
        self.open: list[Element] = []
        self.before: list[Markup] = []
        self.after: list[Markup] = []
        self.standalone = ""
        self.count = 0

    def start(self, written: str, attributes: list[str]) -> None:
        line = self.parser.CurrentLineNumber
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) >= DEEPEST:
            raise TooMuch(written, line)
        parent = self.open[-1] if self.open else None
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        spaces = parent.spaces if parent else {"xml": _XML, "": ""}
        new = {name[6:] if name != "xmlns" else "": value for name, value in pairs.items() if _declares(name)}
        if new:
            spaces = spaces | new
        prefix, _, local = written.rpartition(":")
        if prefix not in spaces:
            raise RouteUnreadable("XML", line)
        element = Element(written, spaces[prefix], local, pairs, line, parent, [], spaces)
        if parent:
            parent.inside.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, _written: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        if self.open:
            self.open[-1].inside.append(text)

    def markup(self, written: str) -> None:
        if self.open:
            self.open[-1].inside.append(Markup(written))
        else:
            (self.after if self.root else self.before).append(Markup(written))

    def doctype(self, *_about: object) -> None:
        raise RouteWithDoctype("DOCTYPE", self.parser.CurrentLineNumber)

    def declared(self, _version: str, _encoding: str | None, standalone: int) -> None:
        self.standalone = {1: "yes", 0: "no"}.get(standalone, "")


def _declares(name: str) -> bool:
    return name == "xmlns" or name.startswith("xmlns:")


def _is_of_the_encoding(error: ExpatError, xml: bytes) -> bool:
    """Whether a file could not be read for its encoding: another than declared, or bytes that are no UTF-8."""
    told = errors.messages[error.code]
    if told in (errors.XML_ERROR_UNKNOWN_ENCODING, errors.XML_ERROR_INCORRECT_ENCODING):
        return True
    if told != errors.XML_ERROR_INVALID_TOKEN:
        return False
    try:
        xml.decode()
    except UnicodeDecodeError:
        return True
    return False


def read_tree(xml: bytes) -> Document:
    """The file as a tree.

    Refuses `RouteUnreadable` (no XML, a document type, entities, larger than `LARGEST_FILE`) and `TooMuch` (deeper
    than `DEEPEST` or more than `MOST_ELEMENTS` elements).
    """
    if len(xml) > LARGEST_FILE:
        raise RouteTooLarge("XML", 1)
    parser = ParserCreate()
    builder = _Builder(parser)
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.CommentHandler = lambda text: builder.markup(f"<!--{text}-->")
    parser.ProcessingInstructionHandler = lambda target, text: builder.markup(f"<?{target} {text}?>")
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.EntityDeclHandler = builder.doctype
    parser.XmlDeclHandler = builder.declared
    try:
        parser.Parse(xml, True)
    except ExpatError as error:
        refused = RouteEncodingUnknown if _is_of_the_encoding(error, xml) else RouteUnreadable
        raise refused("XML", error.lineno or 1) from None
    except (ValueError, LookupError):
        raise RouteEncodingUnknown("XML", parser.CurrentLineNumber or 1) from None
    if builder.root is None:
        raise RouteUnreadable("XML", 1)
    return Document(builder.root, builder.before, builder.after, builder.standalone)


def write_tree(document: Document) -> bytes:
    """The file again, in UTF-8, with everything that was in it."""
    standalone = f' standalone="{document.standalone}"' if document.standalone else ""
    parts = [f'<?xml version="1.0" encoding="UTF-8"{standalone}?>\n']
    parts += [f"{each.written}\n" for each in document.before]
    _write(document.root, parts)
    parts.append("\n")
    parts += [f"{each.written}\n" for each in document.after]
    return "".join(parts).encode()


_IN_VALUES: Final = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def _write(element: Element, parts: list[str]) -> None:
    attributes = "".join(f" {name}={quoteattr(value, _IN_VALUES)}" for name, value in element.attributes.items())
    if not element.inside:
        parts.append(f"<{element.written}{attributes}/>")
        return
    parts.append(f"<{element.written}{attributes}>")
    for each in element.inside:
        if isinstance(each, Element):
            _write(each, parts)
        else:
            parts.append(each.written if isinstance(each, Markup) else escape(each, {"\r": "&#13;"}))
    parts.append(f"</{element.written}>")
