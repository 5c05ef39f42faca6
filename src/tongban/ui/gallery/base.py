"""How an example is shown: a title and the rendered part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tongban.kernel.clock import CHINA
from tongban.ui import dates
from tongban.ui.pictures import Link, Parallel, Station, Way
from tongban.ui.pictures.days import DayCell, sample

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Example:
    """One part in one state; `name` is its include or tag."""

    name: str
    html: SafeString


@dataclass(frozen=True)
class Section:
    title: str
    examples: tuple[Example, ...]


def t(zh: str, en: str) -> str:
    """An example's text in the reader's language; examples stand outside the catalogues of messages."""
    return en if dates.english(get_language()) else zh


def part(template: str, **context: Any) -> Example:
    """An include with its context."""
    return Example(template, render_to_string(f"ui/{template}", context))


def drawn(name: str, html: str) -> Example:
    """A picture or tag, already rendered."""
    return Example(name, SafeString(html))


def at(day: int, hour: int, minute: int) -> datetime:
    """A moment of the example's month."""
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


def days() -> tuple[DayCell, ...]:
    """Seven days promised, twenty by law, stopped for two."""
    return sample(date(2026, 11, 12), TODAY, 7, 20, (date(2026, 11, 17), date(2026, 11, 18)))


def road_way() -> Way:
    """A road-digging case with four opinions, one of them late."""
    return Way(
        (
            Station(t("收件", "Received"), t("王敏 11-11", "Wang Min 11 Nov"), "done"),
            Station(t("受理", "Accepted"), t("王敏 11-12", "Wang Min 12 Nov"), "done"),
            Parallel(
                (
                    (Station(t("公安交管", "Traffic police"), t("同意，有条件 · 11-19", "Agreed · 19 Nov"), "done"),),
                    (Station(t("园林绿化", "Parks"), t("同意 · 11-17", "Agreed · 17 Nov"), "done"),),
                    (Station(t("现场勘验", "Site visit"), t("专家评审", "Expert review"), "stopped"),),
                    (Station(t("地下管线", "Pipelines"), t("没回 · 今天到期", "No answer · due today"), "late"),),
                )
            ),
            Station(t("审查决定", "Decision"), t("陈立", "Chen Li")),
            Station(t("制证", "Licence"), t("自动", "automatic")),
            Station(t("送达", "Delivery"), t("电子证", "electronic")),
        )
    )


def chain() -> tuple[Link, ...]:
    """Four steps with invented fingerprints."""
    names = (t("收件", "Received"), t("受理", "Accepted"), t("审查", "Review"), t("核查", "Visit"))
    prints = ("5a77e3f1", "b96d20ce", "41f8aa07", "7c1e9a40")
    return tuple(Link(i, name, p) for i, (name, p) in enumerate(zip(names, prints, strict=True), 11))
