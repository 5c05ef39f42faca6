"""Routes for the tests of replay, woven from blocks whose language is known without any net."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from pathlib import Path

import pytest

from tongban.contexts.process.core.routes import Flow, Node, NodeKind, Route

Word = tuple[str, ...]
#: A block: a task by its name, or its kind with the blocks inside ("seq", "xor", "and", "or", "loop", "skip").
Block = str | tuple[str, tuple["Block", ...]]


def shared(*parts: str) -> Path:
    """A file of the shared test data; skips the test where it is not there."""
    root = Path(os.environ.get("TONGBAN_SHARED", Path(__file__).parents[4] / "shared"))
    found = root.joinpath("data", *parts)
    if not found.exists():
        pytest.skip(f"no shared data at {found}")
    return found


@dataclass
class Drawing:
    """Draws a block as a route, with gateways as a person would draw them."""

    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    blocks: dict[str, str] = field(default_factory=dict)

    def node(self, kind: NodeKind, name: str = "") -> str:
        key = f"n{len(self.nodes)}"
        self.nodes[key] = Node(key, kind, name, "")
        return key

    def flow(self, source: str, target: str) -> None:
        self.flows.append(Flow(f"f{len(self.flows)}", source, target))

    def draw(self, block: Block, entry: str) -> str:
        """Draw `block` after `entry`; returns its last node."""
        if isinstance(block, str):
            task = self.node("user", block)
            self.flow(entry, task)
            return task
        kind, inside = block
        if kind == "seq":
            for each in inside:
                entry = self.draw(each, entry)
            return entry
        if kind == "loop":
            merge, split = self.node("exclusive"), ""
            self.flow(entry, merge)
            last = self.draw(inside[0], merge)
            split = self.node("exclusive")
            self.flow(last, split)
            self.flow(self.draw(inside[1], split) if len(inside) > 1 else split, merge)
            return split
        gateway: NodeKind = {"xor": "exclusive", "skip": "exclusive", "and": "parallel", "or": "inclusive"}[kind]  # type: ignore[assignment]
        split, join = self.node(gateway), self.node(gateway)
        self.flow(entry, split)
        for each in inside:
            self.flow(self.draw(each, split), join)
        if kind == "skip":
            self.flow(split, join)
        if kind == "or":
            self.blocks[split] = join
        return join


def route_of(block: Block) -> Route:
    """`block` between a start and an end."""
    drawing = Drawing()
    start = drawing.node("start")
    last = drawing.draw(block, start)
    end = drawing.node("end")
    drawing.flow(last, end)
    return Route("r", "r", "", drawing.nodes, tuple(drawing.flows), start, (), blocks=drawing.blocks)


def shuffles(one: Word, other: Word) -> set[Word]:
    """Every way to mix two words, each in its own order."""
    if not one or not other:
        return {one + other}
    return {(one[0], *rest) for rest in shuffles(one[1:], other)} | {
        (other[0], *rest) for rest in shuffles(one, other[1:])
    }


def language(block: Block, longest: int) -> set[Word]:
    """Every word of `block` with at most `longest` steps, from its definition."""
    if isinstance(block, str):
        return {(block,)} if longest else set()
    kind, inside = block
    parts = [language(each, longest) for each in inside]
    if kind in ("xor", "skip"):
        return set().union(*parts) | ({()} if kind == "skip" else set())
    if kind == "loop":
        return _looped(parts, longest)
    if kind == "or":
        choices = [c for count in range(1, len(parts) + 1) for c in combinations(parts, count)]
        return set().union(*(_mixed(choice, longest) for choice in choices))
    if kind == "and":
        return _mixed(parts, longest)
    words = {sum(each, ()) for each in product(*parts)}
    return {word for word in words if len(word) <= longest}


def _mixed(parts: Sequence[set[Word]], longest: int) -> set[Word]:
    words: set[Word] = {()}
    for part in parts:
        pairs = [(a, b) for a in words for b in part if len(a) + len(b) <= longest]
        words = set().union(*(shuffles(a, b) for a, b in pairs)) if pairs else set()
    return words


def _looped(parts: Sequence[set[Word]], longest: int) -> set[Word]:
    body, back = parts[0], parts[1] if len(parts) > 1 else {()}
    words = set(body)
    while True:
        more = {a + b + c for a in words for b in back for c in body if len(a) + len(b) + len(c) <= longest} - words
        if not more:
            return words
        words |= more


def distance(one: Word, other: Word) -> int:
    """The fewest steps to leave out and put in that make `one` into `other`."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(last[j - 1] if a == b else 1 + min(last[j], row[j - 1]))
    return row[-1]
