"""From a route to its net (`net`): the one place that knows the kinds of nodes.

Flows are places. What only merges, or chooses between ways of their own (exclusive and event-based gateways, plain
events), joins its flows into one place; what splits, synchronizes, interrupts or contains becomes unrecorded moves.
Tasks are recorded moves. Steps that the platform takes by itself (service, rule, send, receive tasks and events) are
recorded only where the log names them (`named`), else they pass silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Final

from tongban.contexts.process.core.replay.net import Move, Net
from tongban.contexts.process.core.replay.refusals import JoinWithoutSplit, RouteNotReplayed, SplitTooWide
from tongban.contexts.process.core.routes import Node, Route

#: Recorded only where the log names them.
BY_ITSELF: Final = frozenset({"service", "rule", "send", "receive", "catch", "throw", "boundary", "start", "end"})
WIDEST: Final = 10

Key = tuple[str, ...]


def weave(route: Route, named: frozenset[str] = frozenset(), *, detailed: bool = False) -> Net:
    """The net of `route`; `named`: the nodes that the log names. Refuses `RouteNotReplayed`.

    `detailed`: every flow is a place of its own, so that its moves can be counted; it allows the same sequences.
    """
    return _Weaver(route, named, detailed=detailed).net()


def is_recorded(node: Node, named: frozenset[str]) -> bool:
    """Whether replay expects `node` in the log: what people do, and what the log names."""
    if node.id in named:
        return True
    return node.kind == "user" or (node.kind == "call" and not node.body)


class _Weaver:
    def __init__(self, route: Route, named: frozenset[str], *, detailed: bool) -> None:
        self.route = route
        self.detailed = detailed
        self.named = named
        self.parents: dict[Key, Key] = {}
        self.moves: list[tuple[list[Key], list[Key], str, frozenset[str], frozenset[str]]] = []
        self.sinks: set[Key] = {("sink", "")}
        self.held: dict[str, set[Key]] = {}  # places that belong to a scope
        self.ends: list[tuple[Key, Key]] = []  # the place before a plain end, and the end of its scope
        self.closed = _closed_by_name(route, named)

    def net(self) -> Net:
        for node in self.route.nodes.values():
            if not self._inside_closed(node):
                self._node(node)
        begin: Key = ("begin", "")
        ways = self.route.ways_in("")
        if len(ways) == 1 and len(ways[0]) == 1:
            self._join(begin, ("in", ways[0][0]))
        else:
            for way in ways:
                self._move([begin], [("in", node) for node in way])
        self._finish()
        return self._numbered(begin)

    def _finish(self) -> None:
        """A plain end is where its flows come in, unless a token there may also go on: then ending is a move."""
        taken = {self._root(key) for inputs, *_ in self.moves for key in inputs}
        for here, sink in self.ends:
            if self.detailed or self._root(here) in taken:
                self._move([here], [sink])
            else:
                self._join(here, sink)

    def _numbered(self, begin: Key) -> Net:
        numbers: dict[Key, int] = {}

        def number(key: Key) -> int:
            return numbers.setdefault(self._root(key), len(numbers))

        scopes = {scope: frozenset(number(key) for key in keys) for scope, keys in self.held.items()}
        sinks = frozenset(number(key) for key in self.sinks)
        moves = []
        for inputs, outputs, node, empty, clears in self.moves:
            moves.append(
                Move(
                    tuple(sorted(number(key) for key in inputs)),
                    tuple(sorted(number(key) for key in outputs)),
                    node,
                    frozenset().union(*(scopes.get(scope, frozenset()) - sinks for scope in empty)),
                    frozenset().union(*(scopes.get(scope, frozenset()) for scope in clears)),
                    tuple(key[1] for key in outputs if key[0] == "flow") if self.detailed else (),
                )
            )
        return Net(tuple(moves), (number(begin),), number(("sink", "")), sinks)

    def _root(self, key: Key) -> Key:
        while key in self.parents:
            key = self.parents[key]
        return key

    def _join(self, one: Key, other: Key) -> None:
        one, other = self._root(one), self._root(other)
        if one != other:
            self.parents[one] = other

    def _move(
        self,
        inputs: list[Key],
        outputs: list[Key],
        node: str = "",
        empty: Iterable[str] = (),
        clears: Iterable[str] = (),
    ) -> None:
        self.moves.append((inputs, outputs, node, frozenset(empty), frozenset(clears)))

    def _inside_closed(self, node: Node) -> bool:
        return any(scope in self.closed for scope in self._around(node))

    def _around(self, node: Node) -> Iterable[str]:
        """The scopes that `node` stands in, the innermost first."""
        scope, seen = node.scope, set[str]()
        while scope and scope not in seen:
            yield scope
            seen.add(scope)
            scope = next((each.scope for each in self.route.nodes.values() if each.body == scope), "")

    def _place(self, key: Key, node: Node) -> Key:
        for scope in ("", *self._around(node)):
            self.held.setdefault(scope, set()).add(key)
        return key

    def _in(self, node: Node) -> Key:
        """The place before `node`, into which all its flows come."""
        here = self._place(("in", node.id), node)
        for flow in self.route.incoming[node.id]:
            self._one(("flow", flow), here)
        return here

    def _one(self, before: Key, after: Key) -> None:
        """What comes to `before` comes to `after`: one place, or in a detailed net two with a move between."""
        if self.detailed:
            self._move([before], [after])
        else:
            self._join(before, after)

    def _after(self, node: Node) -> list[Key]:
        """The places that get a token when `node` is over; where nothing follows, the end of its scope."""
        flows = self.route.outgoing[node.id]
        keys: list[Key] = [("flow", flow.id) for flow in flows] or [("sink", node.scope)]
        return [self._place(key, node) for key in keys]

    def _pass(self, node: Node) -> None:
        """`node` does nothing that counts: its flows are one place, or a silent move where several leave."""
        here, after = self._in(node), self._after(node)
        if len(after) == 1:
            self._one(here, after[0])
        else:
            self._move([here], after)

    def _node(self, node: Node) -> None:
        self.sinks.add(("sink", node.scope))
        if node.kind in ("exclusive", "event_based"):
            self._choice(node)
        elif node.kind == "parallel":
            self._parallel(node)
        elif node.kind == "inclusive":
            self._inclusive(node)
        elif node.kind == "boundary":
            self._boundary(node)
        elif node.kind == "end":
            self._end(node)
        elif node.body and node.body not in self.closed:
            self._scope(node)
        else:
            self._step(node)

    def _choice(self, node: Node) -> None:
        """A way out is the place itself only where nothing else comes in: who came that way cannot choose again."""
        here, after = self._in(node), self._after(node)
        for flow, key in zip(self.route.outgoing[node.id], after, strict=False):
            alone = len(self.route.incoming[flow.target]) == 1 and flow.target not in self.route.boundaries
            if len(after) == 1 or alone:
                self._one(here, key)
            else:
                self._move([here], [key])
        if not self.route.outgoing[node.id]:
            self._one(here, after[0])

    def _step(self, node: Node) -> None:
        recorded = is_recorded(node, self.named)
        if not recorded and node.kind not in BY_ITSELF and node.kind != "call":
            raise RouteNotReplayed(element=node.id)
        if node.multi is not None and recorded:
            here, again = self._in(node), self._place(("again", node.id), node)
            self._move([here], [again], node.id)
            self._move([again], [again], node.id)
            self._move([again], self._after(node))
        elif recorded or node.id in self.route.boundaries:
            self._move([self._in(node)], self._after(node), node.id if recorded else "")
        else:
            self._pass(node)

    def _parallel(self, node: Node) -> None:
        flows, after = self.route.incoming[node.id], self._after(node)
        if len(flows) <= 1 and len(after) == 1:
            self._pass(node)
        elif len(flows) <= 1:
            self._move([self._in(node)], after)
        else:
            self._move([self._place(("flow", flow), node) for flow in flows], after)

    def _inclusive(self, node: Node) -> None:
        here, after = self._in(node), self._after(node)
        split = next((split for split, join in self.route.blocks.items() if join == node.id), None)
        if len(self.route.incoming[node.id]) > 1 and split is None:
            raise JoinWithoutSplit(element=node.id)
        if len(after) > WIDEST:
            raise SplitTooWide(element=node.id, limit=WIDEST)
        if split is not None:
            joined = self._place(("joined", node.id), node)
            for count in range(1, len(self.route.outgoing[split]) + 1):
                self._move([here] * count + [("open", split, str(count))], [joined])
            here = joined
        if len(after) == 1:
            self._one(here, after[0])
            return
        for count in range(1, len(after) + 1):
            opened = [self._place(("open", node.id, str(count)), node)] if node.id in self.route.blocks else []
            for chosen in combinations(after, count):
                self._move([here], [*chosen, *opened])

    def _boundary(self, node: Node) -> None:
        host = self.route.nodes[node.host]
        inside = host.body if host.body and host.body not in self.closed else ""
        waits: Key = ("active", host.id) if inside else ("in", host.id)
        name = node.id if node.id in self.named else ""
        after = self._after(node)
        if node.interrupting:
            self._move([waits], after, name, clears=[inside] if inside else [])
            return
        branch = self._only_after(node, host)
        self.held[f"branch {node.id}"] = {("in", each) for each in branch} | set(after)
        self._move([waits], [waits, *after], name, empty=[f"branch {node.id}"])  # again only when it is over

    def _only_after(self, node: Node, host: Node) -> set[str]:
        """The nodes that `node` leads to and `host` by itself does not."""
        return self._reached(node) - self._reached(host) - {node.id}

    def _reached(self, node: Node) -> set[str]:
        seen: set[str] = set()
        todo = [node.id]
        while todo:
            at = todo.pop()
            if at not in seen:
                seen.add(at)
                todo.extend(flow.target for flow in self.route.outgoing[at])
        return seen

    def _end(self, node: Node) -> None:
        here, after = self._in(node), [self._place(("sink", node.scope), node)]
        kind = node.event.kind if node.event else "none"
        if kind == "error" and node.scope:
            return  # only the boundary event of the sub-process leads on
        if kind == "terminate":
            self._move([here], after, node.id if node.id in self.named else "", clears=[node.scope])
        elif node.id in self.named:
            self._move([here], after, node.id)
        else:
            self.ends.append((here, after[0]))

    def _scope(self, node: Node) -> None:
        here, active = self._in(node), self._place(("active", node.id), node)
        sink: Key = ("sink", node.body)
        self.sinks.add(sink)
        for way in self.route.ways_in(node.body):
            self._move([here], [active, *(("in", first) for first in way)])
        if node.multi is None:
            self._move([active, sink], self._after(node), empty=[node.body])
        else:
            self._move([active, sink], [here], empty=[node.body])
            self._move([active, sink], self._after(node), empty=[node.body])


def _closed_by_name(route: Route, named: frozenset[str]) -> frozenset[str]:
    """Scopes of which the log names the whole and nothing inside: they count as one step."""
    inside = {route.nodes[node].scope for node in named if node in route.nodes}
    return frozenset(
        node.body for node in route.nodes.values() if node.body and node.id in named and node.body not in inside
    )
