"""The picture of a route: small, safe, quick, and said in words too."""

from __future__ import annotations

import re
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import translation

from tongban.terminals.common.presenters.diagram import model_diagram
from tongban.ui.pictures import FlowEdge, FlowPicture, FlowShape, flow, flow_svg, flow_text

REPO = Path(__file__).resolve().parents[2]
ROUTES = sorted((REPO / "catalogue/routes").glob("*.bpmn"))
MIWG = sorted((REPO.parent / "shared/data/bpmn-miwg").glob("*.bpmn"))
STATUSES = ("done", "here", "waiting", "late", "stopped", "cancelled", "left_out", "plain")


def picture(*shapes: FlowShape, edges: tuple[FlowEdge, ...] = (), live: bool = True) -> FlowPicture:
    return FlowPicture("审查", 0, 0, 400, 200, shapes, edges, live)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in (*ROUTES, *MIWG)])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_route_is_drawn_small_and_quickly(path: Path, language: str) -> None:
    xml = path.read_text("utf-8")
    with translation.override(language):
        started = time.perf_counter()
        found = model_diagram(xml)
        assert found is not None
        drawn = flow_svg(found)
        took = time.perf_counter() - started
        page = flow(found)
    assert len(drawn.encode()) <= 20_000
    assert took < 0.5
    ElementTree.fromstring(drawn)
    assert "style=" not in page
    assert "<script" not in page
    tasks = [shape for shape in found.shapes if shape.kind == "task"]
    assert all(shape.name in flow_text(found) for shape in tasks)
    if path in ROUTES and language == "en":
        assert not re.search("[一-鿿]", page)


def test_the_structure_of_a_shipped_route() -> None:
    found = model_diagram((REPO / "catalogue/routes/joint.bpmn").read_text("utf-8"))
    assert found is not None
    root = ElementTree.fromstring(flow_svg(found))
    assert [child.tag for child in root] == ["title", "desc", "g"]
    assert root.get("role") == "img"
    assert root[0].text == "流程图：并联审查"
    kinds = [element.tag for element in root[2].iter()]
    tasks = [shape for shape in found.shapes if shape.kind == "task"]
    lanes = [shape for shape in found.shapes if shape.kind in ("pool", "lane")]
    assert kinds.count("rect") == len(tasks) + len(lanes)
    texts = {element.text for element in root[2].iter("text")}
    assert {shape.name for shape in tasks} <= texts


def test_states_differ_by_shape_and_are_said() -> None:
    marks = {}
    for status in STATUSES:
        one = picture(FlowShape("task", 0, 0, 110, 70, "审查", status=status))
        without_colour = re.sub(r"#[0-9A-Fa-f]{3,6}", "", re.sub("<desc>.*</desc>", "", flow_svg(one)))
        marks[without_colour] = status
        [words] = flow_text(one)
        assert words.startswith("审查：")
        assert words.removeprefix("审查：") in flow_svg(one)
    assert set(marks.values()) == set(STATUSES)


def test_the_marks_that_are_used_are_explained() -> None:
    shapes = [FlowShape("task", 120 * n, 0, 110, 70, "审查", status=one) for n, one in enumerate(("done", "here"))]
    page = flow(picture(*shapes))  # type: ignore[arg-type]
    assert page.count("<li>") == 2
    assert "已办" in page
    assert "正在办" in page
    assert "超期" not in page


def test_what_people_wrote_is_escaped() -> None:
    evil = '</text><script>alert("x")</script>&'
    shapes = tuple(
        FlowShape(kind, 0, 0, 400, 90, evil, "timer", note=evil) for kind in ("task", "lane", "start", "note")
    )
    lines = (FlowEdge("flow", ((0, 0), (50, 0)), evil),)
    drawn = flow_svg(FlowPicture(evil, 0, 0, 400, 200, shapes, lines))
    assert "<script" not in drawn
    ElementTree.fromstring(drawn)
    assert "<script" not in flow(FlowPicture(evil, 0, 0, 400, 200, shapes, lines))


@pytest.mark.parametrize("points", [((5.0, 5.0), (5.0, 5.0)), ((0.0, 0.0), (0.0, 0.0), (9.0, 0.0))])
def test_lines_without_length(points: tuple[tuple[float, float], ...]) -> None:
    drawn = flow_svg(picture(edges=(FlowEdge("flow", points, "a", default=True),)))
    assert "nan" not in drawn.lower()


def test_a_text_that_is_no_drawing_is_none() -> None:
    assert model_diagram("") is None
    assert model_diagram("no xml") is None
    assert model_diagram("<a/>") is None
