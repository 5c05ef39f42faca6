"""Every picture is well-formed, says what it shows, and escapes what people wrote."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tongban.site import catalogues
from tongban.ui import pictures
from tongban.ui.pictures import Fork, Link, Parallel, RoutePlan, Station, Stop, Way
from tongban.ui.pictures.days import DayCell, sample
from tongban.ui.pictures.svg import measure, wrap

#: Control characters never get past the reader of forms; XML has no place for them.
PRINTABLE = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
EVIL = '<script>"&'
PLAN = RoutePlan(
    (
        Stop("您提交"),
        Fork(((Stop("审资料", "市场监管局"),), (Stop("核查"), Stop(EVIL, EVIL)))),
        Stop("发证", "", "第 5 天"),
    ),
    "同时办",
)
WAY = Way(
    (
        Station("受理", "9-28", "done"),
        Parallel(
            (
                (Station("资料", "合格", "done"),),
                (Station("核查", EVIL, "here"),),
                (Station("检验", "", "stopped"),),
                (Station("意见", "没回", "late"),),
            )
        ),
        Station("决定", "", "next"),
    )
)
DAYS = sample(date(2026, 11, 12), date(2026, 11, 20), 7, 20, (date(2026, 11, 17), date(2026, 11, 18)))
LINKS = tuple(Link(i, f"第 {i} 步", "7c1e90b4") for i in range(1, 7))
DRAWN: dict[str, Callable[[], str]] = {
    "route_plan": lambda: pictures.route_plan(PLAN),
    "way": lambda: pictures.way(WAY),
    "staff_route": lambda: pictures.staff_route(WAY),
    "days_strip": lambda: pictures.days_strip(DAYS),
    "days_clock": lambda: pictures.days_clock(DAYS, 7, 20),
    "clock_bars": lambda: pictures.clock_bars(3, 5),
    "meter": lambda: pictures.meter(8, 7),
    "mini_line": lambda: pictures.mini_line(2, 5),
    "package_lines": lambda: pictures.package_lines(4),
    "skyline": pictures.skyline,
    "hash_chain": lambda: pictures.hash_chain(LINKS, 6),
}
SENTENCE = {
    "route_plan": "过程图",
    "staff_route": "流程",
    "days_clock": "两个时钟",
    "clock_bars": "今天是第 4 天",
    "hash_chain": "共 6 步",
}


def tree(html: str) -> ET.Element:
    """Parse a fragment as XML: what is not well-formed fails here."""
    return ET.fromstring(f"<div>{html}</div>")


@pytest.mark.parametrize("name", DRAWN)
def test_every_picture_is_well_formed_and_carries_no_markup_of_others(name: str) -> None:
    drawn = DRAWN[name]()
    root = tree(drawn)
    assert not list(root.iter("script"))
    assert " style=" not in drawn  # the content security policy forbids it
    hidden = root.findall(".//*[@aria-hidden='true']")
    said = [e.get("aria-label", "") for e in root.findall(".//*[@role='img']")]
    assert said or hidden or name in ("way", "days_strip")
    if name in SENTENCE:
        assert any(SENTENCE[name] in words for words in said)


def test_text_of_people_stands_in_the_pictures_as_text() -> None:
    assert EVIL in unescape("".join(tree(DRAWN["route_plan"]()).itertext()))
    assert EVIL in "".join(tree(DRAWN["way"]()).itertext())


@pytest.mark.parametrize("name", DRAWN)
def test_in_english_no_chinese_is_left_of_our_own(name: str, english: None) -> None:
    plan = RoutePlan((Stop("Apply"), Fork(((Stop("Papers", "Office"),), (Stop("Visit"),))), Stop("Licence")))
    way = Way(
        (
            Station("Accepted", "28 Sep", "done"),
            Parallel(((Station("Visit", "", "here"),), (Station("Test", "", "late"),))),
        )
    )
    again: dict[str, Callable[[], str]] = {
        **DRAWN,
        "route_plan": lambda: pictures.route_plan(plan),
        "way": lambda: pictures.way(way),
        "staff_route": lambda: pictures.staff_route(way),
        "days_strip": lambda: pictures.days_strip(sample(date(2026, 3, 2), date(2026, 3, 4), 5, 10)),
        "days_clock": lambda: pictures.days_clock(
            sample(date(2026, 3, 2), date(2026, 3, 4), 5, 10, (date(2026, 3, 3),)), 5, 10
        ),
        "hash_chain": lambda: pictures.hash_chain((Link(1, "Filed", "ab"),), 1),
    }
    drawn = again[name]()
    assert not [c for c in drawn if "一" <= c <= "鿿"], drawn
    for lines in (pictures.plan_text(plan), pictures.way_text(way), pictures.days_text(DAYS[:1])):
        assert not [c for c in "".join(lines) if "一" <= c <= "鿿"]


@pytest.fixture
def english() -> object:
    """English, with its catalogue compiled as an installation does."""
    for folder in catalogues.folders(["ui"]):
        catalogues.compile_folder(folder)
    with translation.override("en"):
        yield


@given(
    st.lists(st.lists(st.text(PRINTABLE, max_size=12), min_size=1, max_size=3), min_size=1, max_size=5),
    st.integers(0, 4),
)
def test_any_plan_and_any_way_can_be_drawn(names: list[list[str]], before: int) -> None:
    lead = tuple(Stop(f"步骤 {i}") for i in range(before))
    plan = RoutePlan((*lead, Fork(tuple(tuple(Stop(n, n) for n in t) for t in names)), Stop("完")))
    tree(pictures.route_plan(plan))
    route = Way(
        (
            Station("始", "", "done"),
            Parallel(tuple(tuple(Station(n, n, "here") for n in t) for t in names)),
            Station("完"),
        )
    )
    tree(pictures.way(route))
    tree(pictures.staff_route(route))


def test_a_line_too_long_for_the_page_stands_up() -> None:
    long = RoutePlan(tuple(Stop(f"步骤 {i}") for i in range(12)))
    assert "upright" in pictures.route_plan(long)
    assert "upright" not in pictures.route_plan(PLAN)
    assert "way flat" in pictures.way(WAY)
    assert "way flat" not in pictures.way(Way(tuple(Station(f"步骤 {i}") for i in range(12))))


def test_the_way_says_each_status_in_words() -> None:
    words = pictures.way_text(WAY)
    assert words[0] == "受理：已办（9-28）"
    assert words[3] == "检验：停表"
    assert words[4] == "意见：超期（没回）"
    assert words[5] == "决定：还没到"


def test_a_track_of_several_steps_shows_where_it_stands() -> None:
    track = (Station("取样", "", "done"), Station("检验", "", "here"), Station("报告"))
    drawn = pictures.way(Way((Parallel((track,)),)))
    assert "取样 → 检验 → 报告" in drawn
    assert drawn.count('aria-current="step"') == 1


def test_the_strip_keeps_weeks_aligned_and_says_how_each_day_counts() -> None:
    cells = tree(pictures.days_strip(DAYS)).findall(".//ol[@class='days']/li")
    assert [c.get("aria-hidden") for c in cells[:4]] == ["true", "true", "true", None]  # 12 November 2026 is a Thursday
    assert len(cells) == 3 + len(DAYS)
    text = pictures.days_text(DAYS)
    assert text[0] == "11 月 12 日：受理，从下一个工作日起算"
    assert "11 月 17 日 – 11 月 18 日：停表，不算：专家评审" in text
    assert text[-1] == "12 月 14 日：第 20 天，法律规定的最后一天"


def test_a_long_limit_is_cut_and_says_so() -> None:
    days = [DayCell(date(2026, 3, 2) + timedelta(i), "future", None, i) for i in range(90)]
    assert "前六周" in pictures.days_strip(days)
    tree(pictures.days_clock(days, 60, 90))
    assert pictures.days_strip([]) == ""


@given(st.text(max_size=60), st.integers(20, 300), st.integers(1, 3))
def test_wrapped_lines_fit_and_are_not_more_than_asked(words: str, width: int, lines: int) -> None:
    wrapped = wrap(words, width, 14, lines)
    assert len(wrapped) <= lines
    assert all(measure(line.rstrip("…"), 14) <= width or len(line.rstrip("…")) <= 1 for line in wrapped)


def test_static_files_hold_no_inline_style_and_stay_small() -> None:
    folder = Path(pictures.__file__).parents[1]
    assert not [p for p in (folder / "templates").rglob("*.html") if " style=" in p.read_text()]
    assert (folder / "static/ui/ui.js").stat().st_size < 10_000
