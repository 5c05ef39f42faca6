"""The gallery renders every part without a missing name, and the tags say what they mean."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from tongban.kernel.clock import CHINA
from tongban.site import catalogues
from tongban.ui import dates, views
from tongban.ui.gallery import sections
from tongban.ui.templatetags import ui


@pytest.mark.parametrize("view", [views.portal, views.staff])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_gallery_shows_every_part(view: object, language: str, clock: object, settings: Any) -> None:
    settings.TONGBAN_DEMO = True
    for folder in catalogues.folders(["ui", "terminals/common"]):
        catalogues.compile_folder(folder)
    with translation.override(language):
        page = view(RequestFactory().get("/gallery/")).content.decode()  # type: ignore[operator]
    assert " style=" not in page
    assert not re.search(r"<script(?! src)", page)
    main = page[page.index("<main") : page.index("</main>")]
    if language == "en":
        assert not [c for c in main if "一" <= c <= "鿿"]
    ids = re.findall(r' id="([^"]+)"', main)
    assert {i for i in ids if ids.count(i) > 1} <= {"verdict"}


def test_the_gallery_is_for_demo_and_debug_only(settings: Any) -> None:
    settings.TONGBAN_DEMO = False
    with pytest.raises(Http404):
        views.portal(RequestFactory().get("/gallery/"))


def test_every_part_stands_in_the_gallery() -> None:
    folder = Path(views.__file__).parent
    described = "".join((folder / f"gallery/{layer}.yaml").read_text() for layer in ("portal", "staff"))
    included = "".join(path.read_text() for path in (folder / "templates").rglob("*.html")) + described
    drawn_by_tags = {
        f"{name}.html" for name in ("wordmark", "error_summary", "way", "staff_route", "days_strip", "flow")
    }
    for path in (folder / "templates/ui").rglob("*.html"):
        name = str(path.relative_to(folder / "templates/ui"))
        if name.startswith(("field/", "gallery/")) or name in drawn_by_tags:
            continue
        assert name in described or f'"ui/{name}"' in included, name
    assert sum(len(s.examples) for layer in ("portal", "staff") for s in sections(layer)) > 50  # type: ignore[arg-type]


def test_lamps_and_grades_never_speak_by_colour_alone() -> None:
    assert "超期 1 日" in ui.lamp("over", "超期 1 日")
    assert 'aria-label="可信等级 C：本人上传，待核原件"' in ui.grade("C")
    assert "<b>" not in ui.status_tag("late", "<b>")


def test_a_field_is_bound_to_its_hint_and_error() -> None:
    from tongban.ui.forms import FieldSpec, bind

    html = ui.field(bind((FieldSpec("a", "面积", "integer", hint="㎡"),), {}, {"a": "请填写：面积"})[0])
    assert 'aria-describedby="a-hint a-error"' in html
    assert 'aria-invalid="true"' in html
    assert '<label class="lbl" for="a-field">' in html


def test_dates_and_money_in_both_languages() -> None:
    day, at = date(2026, 11, 25), datetime(2026, 10, 12, 0, 55, tzinfo=CHINA)
    assert (dates.day(day), dates.day(day, "en")) == ("11 月 25 日", "25 Nov")
    assert (dates.full_day(day), dates.full_day(day, "en")) == ("2026 年 11 月 25 日", "25 Nov 2026")
    assert (dates.dense_day(day), dates.dense_day(day, "en")) == ("11-25 周三", "25 Nov Wed")
    assert (dates.moment(at), dates.moment(at, "en")) == ("10-12 00:55", "12 Oct 00:55")
    assert (dates.yuan(14334600), dates.yuan(-5, "en")) == ("143,346.00 元", "¥-0.05")
    assert dates.days_word(1, "en") == "1 working day"
    assert dates.size(1_887_437) == "1.8 MB"


def test_a_moment_is_shown_in_official_time() -> None:

    assert dates.moment(datetime(2026, 10, 11, 16, 30, tzinfo=UTC)) == "10-12 00:30"
    assert dates.day(datetime(2026, 10, 11, 16, 30, tzinfo=UTC)) == "10 月 12 日"


def test_filters_leave_nothing_where_nothing_is() -> None:
    template = engines["django"].from_string("{% load ui %}{{ x|day }}{{ x|moment }}{{ x|money }}{{ x|working_days }}")
    assert template.render({"x": None}) == ""
