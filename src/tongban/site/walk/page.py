"""A page as a person without JavaScript has it: title, words, links, forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_BLOCKS = frozenset({"p", "li", "div", "h1", "h2", "h3", "td", "th", "dt", "dd", "tr", "section", "label", "legend"})


@dataclass
class Node:
    """One element."""

    tag: str
    attrs: dict[str, str]
    inside: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This element and all within it, in the order of the document."""
        yield self
        for child in self.inside:
            if isinstance(child, Node):
                yield from child.walk()

    def text(self) -> str:
        """The words, white space folded."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        if self.tag in ("script", "style", "svg", "template"):
            return
        for child in self.inside:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()
        if self.tag in _BLOCKS:
            yield " "

    def first(self, tag: str = "", **attrs: str | None) -> Node | None:
        """The first element within with this tag and these attributes (None: any value; a class: one of them)."""
        return next(self.all(tag, **attrs), None)

    def all(self, tag: str = "", **attrs: str | None) -> Iterator[Node]:
        """All such elements. Attribute names: `data_demo_code` finds data-demo-code, `class_` finds class."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        for node in self.walk():
            if (not tag or node.tag == tag) and all(_has(node, name, value) for name, value in wanted.items()):
                yield node


def _has(node: Node, name: str, value: str | None) -> bool:
    found = node.attrs.get(name)
    if found is None or value is None:
        return found is not None
    return value in found.split() if name == "class" else found == value


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


@dataclass
class Control:
    """One control of a form."""

    name: str
    kind: str  # text, radio, checkbox, select, textarea, file, hidden, submit ...
    label: str
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()  # a select's values with their words
    on: bool = False  # ticked, or a select's choice made
    mode: str = ""  # the keyboard it asks for: numeric, decimal, tel


@dataclass
class Form:
    """A form with what stands in it."""

    action: str
    method: str
    controls: list[Control]
    node: Node

    def names(self) -> set[str]:
        return {control.name for control in self.controls}

    def values(self) -> list[tuple[str, str]]:
        """What a browser would send if nothing were touched."""
        sent = []
        for control in self.controls:
            if control.kind in ("file", "submit", "button", "image", "reset") or not control.name:
                continue
            if control.kind in ("radio", "checkbox") and not control.on:
                continue
            sent.append((control.name, control.value))
        return sent

    def buttons(self) -> list[Control]:
        return [control for control in self.controls if control.kind == "submit"]


class Page:
    """One answer of the city, read."""

    def __init__(self, url: str, status: int, html: str) -> None:
        self.url = url
        self.status = status
        builder = _Builder()
        builder.feed(html)
        self.root = builder.root
        title = self.root.first("title")
        self.title = title.text() if title else ""

    @property
    def text(self) -> str:
        """All words of the page."""
        body = self.root.first("body")
        return body.text() if body else ""

    @property
    def heading(self) -> str:
        node = self.root.first("h1")
        return node.text() if node else ""

    @property
    def problem(self) -> str:
        """What the page says went wrong: its error summary, or the words of a refusal. "" when all is well."""
        summary = self.root.first(data_error_summary=None) or self.root.first(role="alert")
        if summary is None and (refused := self.root.first(data_refusal=None)):
            summary = refused.first("p")
        if summary is None and self.status >= 400:
            return self.heading or f"HTTP {self.status}"
        return summary.text() if summary else ""

    @property
    def refusal(self) -> str:
        """The code of the refusal page, if it is one."""
        node = self.root.first(data_refusal=None)
        return node.attrs["data-refusal"] if node else ""

    def data(self, name: str) -> str:
        """The words of the first element with the attribute `data-<name>`, or the attribute's own value."""
        node = self.root.first("", **{f"data_{name.replace('-', '_')}": None})
        return (node.attrs[f"data-{name}"] or node.text()) if node else ""

    def links(self) -> list[tuple[str, str]]:
        """(address, words) of every link."""
        return [
            (urljoin(self.url, node.attrs["href"]), node.text())
            for node in self.root.all("a", href=None)
            if not node.attrs["href"].startswith("#")
        ]

    def link(self, part: str) -> str:
        """The first address that has `part` in it, or whose words have. "" when there is none."""
        found = self.links()
        by_words = next((url for url, words in found if part in words), "")
        return next((url for url, _ in found if part in url), by_words)

    def forms(self) -> list[Form]:
        """Every form with its controls, also those that stand outside and name it."""
        labels = self._labels()
        made = []
        for node in self.root.all("form"):
            mine = node.attrs.get("id", "")
            own = [*node.walk(), *(self.root.all("", form=mine) if mine else ())]
            controls = [control for one in own if (control := _control(one, labels)) is not None]
            action = urljoin(self.url, node.attrs.get("action") or self.url)
            made.append(Form(action, node.attrs.get("method", "get").lower(), controls, node))
        return made

    def form(self, *names: str, action: str = "") -> Form | None:
        """The first form that has controls of all these names (and `action` in its address)."""
        for form in self.forms():
            if set(names) <= form.names() and action in form.action:
                return form
        return None

    def _labels(self) -> dict[str, str]:
        found = {}
        for node in self.root.all("label"):
            if target := node.attrs.get("for"):
                found[target] = node.text()
        return found


def _control(node: Node, labels: dict[str, str]) -> Control | None:
    name, label = node.attrs.get("name", ""), labels.get(node.attrs.get("id", ""), "")
    if "disabled" in node.attrs:
        return None
    if node.tag == "input":
        kind = node.attrs.get("type", "text")
        ticked = kind in ("radio", "checkbox")
        value = node.attrs.get("value", "on" if ticked else "")
        on = "checked" in node.attrs or not ticked
        return Control(name, kind, label, value, on=on, mode=node.attrs.get("inputmode", ""))
    if node.tag == "textarea":
        return Control(name, "textarea", label, node.text(), on=True)
    if node.tag == "button" and node.attrs.get("type", "submit") == "submit":
        return Control(name, "submit", node.text(), node.attrs.get("value", ""))
    if node.tag == "select":
        options = tuple((o.attrs.get("value", o.text()), o.text()) for o in node.all("option"))
        chosen = next((o.attrs.get("value", o.text()) for o in node.all("option") if "selected" in o.attrs), None)
        first = options[0][0] if options else ""
        return Control(name, "select", label, first if chosen is None else chosen, options, True)
    return None
