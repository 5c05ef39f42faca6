"""Pools, messages between them, and lanes with who works in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tongban.contexts.process.core.bpmn.diagram import Findings
from tongban.contexts.process.core.bpmn.tree import BPMN, Element
from tongban.contexts.process.core.routes import InTwoLanes, Lane, UnknownReference


@dataclass
class Surroundings:
    """What processes share: names of messages, codes, pools and the messages between them."""

    language: str = ""
    ids: dict[str, Element] = field(default_factory=dict)
    pools: dict[str, Element] = field(default_factory=dict)  # process -> its pool
    sent: dict[str, list[Element]] = field(default_factory=dict)  # element -> message flows that leave it
    received: dict[str, list[Element]] = field(default_factory=dict)

    def message_name(self, flow: Element) -> str:
        """What a message flow carries."""
        message = self.ids.get(local(flow.attributes.get("messageRef", "")))
        return (message.name if message else "") or flow.name or flow.id

    def reference(self, definition: Element, attribute: str) -> Element | None:
        """What an event definition refers to."""
        return self.ids.get(local(definition.attributes.get(attribute, "")))


def local(reference: str) -> str:
    """The id in a reference, which may be a qualified name."""
    return reference.rpartition(":")[2]


def surroundings(root: Element, found: Findings) -> Surroundings:
    """Read what stands beside the processes of a file."""
    around = Surroundings(root.attributes.get("expressionLanguage", ""))
    around.ids = {element.id: element for element in root.walk() if element.space == BPMN and element.id}
    for collaboration in (child for child in root if child.tag == "collaboration"):
        for child in collaboration:
            if child.tag == "participant" and child.attributes.get("processRef"):
                around.pools[local(child.attributes["processRef"])] = child
            elif child.tag == "messageFlow":
                source, target = (local(child.attributes.get(end, "")) for end in ("sourceRef", "targetRef"))
                if source not in around.ids or target not in around.ids:
                    found.refuse(UnknownReference, child)
                    continue
                around.sent.setdefault(source, []).append(child)
                around.received.setdefault(target, []).append(child)
    return around


@dataclass
class Lanes:
    """The lanes of one process: each node's innermost lane."""

    lanes: dict[str, Lane] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)

    def of(self, node: str) -> Lane | None:
        """The lane a node stands in."""
        return self.lanes.get(self.members.get(node, ""))


def lanes_of(process: Element, around: Surroundings, found: Findings) -> Lanes:
    """Read the lane sets of `process`, nested ones too; role and agency pass from outer to inner lanes."""
    lanes = Lanes()
    pool = around.pools.get(process.id)
    agency = pool.ours().get("agency", "") if pool else ""
    ancestors: dict[str, set[str]] = {}
    for lane, chain in _walk(process, ()):
        ours = {key: value for outer in (*chain, lane) for key, value in outer.ours().items()}
        role, organ = ours.get("role", ""), ours.get("agency", agency)
        name_en = lane.ours().get("nameEn", "")
        lanes.lanes[lane.id] = Lane(lane.id, lane.name, name_en, role, organ)
        ancestors[lane.id] = {outer.id for outer in chain}
        for member in (child.text for child in lane if child.tag == "flowNodeRef"):
            _put(lanes, local(member), lane, ancestors, around, found)
    return lanes


def _put(
    lanes: Lanes,
    member: str,
    lane: Element,
    ancestors: dict[str, set[str]],
    around: Surroundings,
    found: Findings,
) -> None:
    if member not in around.ids:
        found.refuse(UnknownReference, lane)
        return
    before = lanes.members.get(member)
    if before is None or before in ancestors[lane.id]:
        lanes.members[member] = lane.id
    elif before != lane.id and lane.id not in ancestors[before]:
        found.refuse(InTwoLanes, around.ids[member])


def _walk(parent: Element, chain: tuple[Element, ...]) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    for lane_set in parent:
        if lane_set.tag in ("laneSet", "childLaneSet"):
            for lane in lane_set:
                if lane.tag == "lane":
                    yield lane, chain
                    yield from _walk(lane, (*chain, lane))
