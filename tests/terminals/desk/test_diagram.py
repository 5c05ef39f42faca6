"""The route on a case's page shows what happened, and nothing that did not."""

from __future__ import annotations

from tests.contexts.cases.city import City, accepted, review_all
from tests.terminals.desk.conftest import page
from tongban.contexts.cases import queries
from tongban.contexts.parties.core import Role
from tongban.terminals.common.presenters.diagram import case_diagram
from tongban.ui.pictures import FlowPicture, flow_text


def drawn(city: City, case_id: str) -> FlowPicture:
    view = queries.case(case_id, actor=city.officer(city.state(case_id).agency, Role.REVIEWER))
    found = case_diagram(view, city.now.date())
    assert found is not None
    return found


def status(picture: FlowPicture) -> dict[str, str]:
    return {shape.name: shape.status for shape in picture.shapes if shape.kind == "task"}


def test_where_a_case_stands(city: City) -> None:
    case_id = accepted(city)
    before = drawn(city, case_id)
    assert before.live
    assert set(status(before).values()) == {"here", "plain"}
    assert status(before)["作出决定"] == "plain"
    review_all(city, case_id)
    after = drawn(city, case_id)
    assert status(after)["作出决定"] == "here"
    assert set(status(after).values()) == {"done", "here"}
    passed = [edge.passed for edge in after.edges]
    assert passed.count(False) == 1  # what leads on to the end
    assert sum(edge.passed for edge in before.edges) < passed.count(True)
    assert any(line.startswith("作出决定：正在办") for line in flow_text(after))


def test_the_page_shows_it_folded_away(city: City, sit: object) -> None:
    case_id = accepted(city)
    html = page(sit(city.state(case_id).agency, Role.REVIEWER), case_id).content.decode()  # type: ignore[operator]
    assert html.count('<details class="more flow">') == 1
    assert "看流程图" in html
