"""The figures of the list as bars, each with its numbers beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.catalogue.core.figures import Figures
from tongban.terminals.common.presenters.languages import agency_of_item
from tongban.terminals.portal.presenters.elements import level_words


@dataclass(frozen=True)
class Bar:
    """One share: its name, the words of its number, and its length in hundredths."""

    name: str
    value: str
    length: int
    note: str = ""


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def _bar(name: str, figures: Figures, count: int, note: str = "") -> Bar:
    share = figures.share(count)
    of = _("%(n)s / %(all)s 项，%(percent)s") % {"n": count, "all": figures.items, "percent": _percent(share)}
    return Bar(name, of, round(share * 100), note)


def whole(figures: Figures) -> dict[str, Any]:
    """The whole list: depths, promise against law, visits."""
    compared = ngettext("比较了 %(n)s 项", "比较了 %(n)s 项", figures.compared) % {"n": figures.compared}
    apart = ngettext(
        "另有 %(n)s 项单位不同，不比", "另有 %(n)s 项单位不同，不比", figures.apart
    ) % {"n": figures.apart}  # fmt: skip
    return {
        "items": figures.items,
        "facts": [
            {"term": _("比法定快"), "value": _percent(figures.compression), "note": compared},
            {"term": _("全程网上办"), "value": _percent(figures.share(figures.at_least(3))), "note": ""},
            {"term": _("当天办结"), "value": _percent(figures.share(figures.instant)), "note": ""},
            {"term": _("不用跑"), "value": _percent(figures.share(figures.visits[0])), "note": ""},
        ],
        "depth": [
            _bar(_("一级：网上看指南"), figures, figures.at_least(1)),
            _bar(_("二级：网上申请"), figures, figures.at_least(2)),
            _bar(_("三级：全程网上办"), figures, figures.at_least(3)),
        ],
        "time": _time(figures),
        "time_note": " · ".join(
            filter(None, (compared, apart if figures.apart else "", _slow(figures) if figures.slow else ""))
        ),
        "visits": [
            _bar(_("不用跑"), figures, figures.visits[0]),
            _bar(_("跑一次"), figures, figures.visits[1]),
            _bar(_("跑两次以上"), figures, figures.visits[2]),
        ],
        "more": [_bar(_("当天办结"), figures, figures.instant), _bar(_("收费"), figures, figures.charged)],
    }


def _slow(figures: Figures) -> str:
    return ngettext("承诺超过法定一半的 %(n)s 项", "承诺超过法定一半的 %(n)s 项", figures.slow) % {"n": figures.slow}


def _time(figures: Figures) -> list[Bar]:
    """The law's days as a whole bar, ours beside it; days an item on average."""
    if not figures.compared:
        return []
    pairs = ((_("法律给的"), figures.legal_days), (_("我们承诺的"), figures.promised_days))
    return [
        Bar(
            name,
            _("平均每项 %(n)s 天") % {"n": f"{days / figures.compared:.1f}"},
            round(days / figures.legal_days * 100) if figures.legal_days else 0,
        )
        for name, days in pairs
    ]


def by_organ(found: Mapping[str, Figures]) -> list[dict[str, Any]]:
    """A line for each organ."""
    address = reverse("portal:list", args=["power"])
    return [_line(agency_of_item(key, short=True), one, f"{address}?agency={key}") for key, one in found.items()]


def by_level(found: Mapping[int, Figures]) -> list[dict[str, Any]]:
    """A line for each level (T2)."""
    return [_line(level_words(level), one, "") for level, one in found.items() if one.items]


def _line(name: str, figures: Figures, href: str) -> dict[str, Any]:
    faster = _percent(figures.compression) if figures.compared else _("没有可比的")
    return {
        "name": name,
        "href": href,
        "items": figures.items,
        "apply": _percent(figures.share(figures.at_least(2))),
        "whole": _percent(figures.share(figures.at_least(3))),
        "bar": round(figures.share(figures.at_least(3)) * 100),
        "faster": faster,
        "instant": _percent(figures.share(figures.instant)),
        "visits": _percent(figures.share(figures.visits[0] + figures.visits[1])),
    }


def csv_rows(
    everything: Figures, organs: Mapping[str, Figures], levels: Mapping[int, Figures]
) -> Iterable[Sequence[str]]:
    """The same figures as counts, for a file: the whole list, each organ, each level."""
    yield (
        _("范围"), _("事项"), _("二级：网上申请"), _("三级：全程网上办"), _("当天办结"), _("不用跑"), _("跑一次"),
        _("跑两次以上"), _("收费"), _("法律给的"), _("我们承诺的"), _("比法定快"),
    )  # fmt: skip
    yield _counts(_("全部事项"), everything)
    for key, one in organs.items():
        yield _counts(agency_of_item(key), one)
    for level, one in levels.items():
        if one.items:
            yield _counts(level_words(level), one)


def _counts(name: str, one: Figures) -> Sequence[str]:
    numbers = (
        one.items, one.at_least(2), one.at_least(3), one.instant, *one.visits, one.charged, one.legal_days,
        one.promised_days,
    )  # fmt: skip
    return (name, *(str(number) for number in numbers), _percent(one.compression) if one.compared else "")
