"""What a BPMN file shows has its place in the picture, and a file without a drawing is laid out."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.contexts.process.core.bpmn.tree import BPMN, DIAGRAM, read_tree
from tongban.contexts.process.core.drawing import Box, Drawing, Shape, drawn
from tongban.contexts.process.core.routes import RouteUnreadable

REPO = Path(__file__).resolve().parents[3]
ROUTES = sorted((REPO / "catalogue/routes").glob("*.bpmn"))
MIWG = sorted((REPO.parent / "shared/data/bpmn-miwg").glob("*.bpmn"))
EVERY = [pytest.param(path, id=path.stem) for path in (*ROUTES, *MIWG)]


def bare(xml: bytes) -> bytes:
    """The file without its drawing."""
    return re.sub(rb"<(\w+:)?BPMNDiagram.*</(\w+:)?BPMNDiagram>", b"", xml, flags=re.DOTALL)


def test_a_shipped_route_as_it_is_drawn() -> None:
    found = drawn((REPO / "catalogue/routes/joint.bpmn").read_bytes())
    assert (found.name, found.name_en, found.laid_out) == ("并联审查", "Joint review", False)
    by_id = {shape.id: shape for shape in found.shapes}
    assert [shape.kind for shape in found.shapes[:2]] == ["pool", "lane"]
    assert by_id["document_review"].box == Box(495, 100, 110, 70)
    assert (by_id["document_review"].kind, by_id["document_review"].sort) == ("task", "user")
    assert {shape.sort for shape in found.shapes if shape.kind == "gateway"} == {"parallel"}
    assert {edge.kind for edge in found.edges} == {"flow"}
    assert all(edge.points[0] != edge.points[-1] for edge in found.edges)


@pytest.mark.parametrize("path", EVERY)
def test_every_shape_and_edge_of_the_file_is_in_the_picture(path: Path) -> None:
    xml = path.read_bytes()
    root = read_tree(xml).root
    [plane, *_] = [e for e in root.walk() if e.space == DIAGRAM and e.tag == "BPMNPlane"]
    known = {e.id for e in root.walk() if e.space == BPMN}
    wanted = {
        tag: {e.attributes["bpmnElement"].rpartition(":")[2] for e in plane if e.tag == tag} & known
        for tag in ("BPMNShape", "BPMNEdge")
    }
    found = drawn(xml)
    if not found.laid_out:
        assert {shape.id for shape in found.shapes} == wanted["BPMNShape"]
        assert {edge.id for edge in found.edges} == wanted["BPMNEdge"]
    inside(found)


@pytest.mark.parametrize("path", EVERY)
def test_a_file_without_a_drawing_is_laid_out(path: Path) -> None:
    xml = path.read_bytes()
    drawn_by_hand, made = drawn(xml), drawn(bare(xml))
    nodes = {"task", "call", "subprocess", "start", "catch", "throw", "end", "boundary", "gateway"}
    assert made.laid_out
    wanted = {shape.id for shape in drawn_by_hand.shapes if shape.kind in nodes}
    assert wanted <= {shape.id for shape in made.shapes}
    inside(made)
    apart([shape for shape in made.shapes if shape.kind in nodes - {"boundary", "subprocess"}])


def inside(found: Drawing) -> None:
    box = found.box
    for shape in found.shapes:
        assert box.x <= shape.box.x
        assert shape.box.x + shape.box.width <= box.x + box.width
        assert box.y <= shape.box.y
        assert shape.box.y + shape.box.height <= box.y + box.height


def apart(shapes: list[Shape]) -> None:
    """No two lie on each other."""
    for one, other in combinations(shapes, 2):
        a, b = one.box, other.box
        across = a.x + a.width <= b.x or b.x + b.width <= a.x
        assert across or a.y + a.height <= b.y or b.y + b.height <= a.y, (one.id, other.id)


def chain(flows: list[tuple[int, int]], count: int) -> bytes:
    nodes = "".join(f'<userTask id="n{n}" name="{n}"/>' for n in range(count))
    lines = "".join(f'<sequenceFlow id="f{i}" sourceRef="n{a}" targetRef="n{b}"/>' for i, (a, b) in enumerate(flows))
    return f'<definitions xmlns="{BPMN}"><process id="p">{nodes}{lines}</process></definitions>'.encode()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=25))
def test_any_graph_can_be_laid_out(flows: list[tuple[int, int]]) -> None:
    made = drawn(chain(flows, 12))
    assert len(made.shapes) == 12
    assert len(made.edges) == len(flows)
    inside(made)
    apart(list(made.shapes))


def test_a_long_route_is_laid_out_without_recursion() -> None:
    made = drawn(chain([(n, n + 1) for n in range(2999)], 3000))
    assert made.box.width > 3000 * 110


@pytest.mark.parametrize("x", ["", "NaN", "inf", "-1e400", "1e12", "abc"])
def test_places_that_are_none(x: str) -> None:
    xml = (REPO / "catalogue/routes/instant.bpmn").read_bytes().replace(b'x="335"', f'x="{x}"'.encode())
    assert drawn(xml).box.width <= 200_100


@pytest.mark.parametrize("xml", [b"", b"no", b"<!DOCTYPE a><a/>"])
def test_what_is_no_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(RouteUnreadable):
        drawn(xml)
