"""The way of a case: where it is now. HTML with two curves, an ordered list in meaning; status colours only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tongban.ui.pictures import svg

#: done; here = being worked on; waiting = waits for the applicant; late; stopped = clock stopped; next = not reached.
Status = Literal["done", "here", "waiting", "late", "stopped", "next"]
_CSS: dict[Status, str] = {
    "done": "done",
    "here": "here",
    "waiting": "ask",
    "late": "over",
    "stopped": "stop",
    "next": "",
}
_LIVE = ("here", "waiting", "late", "stopped")


@dataclass(frozen=True)
class Station:
    """A step: its name, one short line (who and when), and how it stands."""

    name: str
    note: str = ""
    status: Status = "next"

    @property
    def css(self) -> str:
        """Classes of its element: status, and `live` where somebody is at work or waits."""
        return " ".join(filter(None, (_CSS[self.status], "live" if self.status in _LIVE else "")))

    @property
    def live(self) -> bool:
        return self.status in _LIVE


@dataclass(frozen=True)
class Parallel:
    """Steps that run at once; a track of several steps shows the one it stands at."""

    tracks: tuple[tuple[Station, ...], ...]


@dataclass(frozen=True)
class Way:
    """The whole way of one case, in order."""

    segments: tuple[Station | Parallel, ...]


@dataclass(frozen=True)
class _Track:
    station: Station
    steps: str  # names of all steps where the track has several


@dataclass(frozen=True)
class _Segment:
    """One piece as the template draws it."""

    station: Station | None = None
    tracks: tuple[_Track, ...] = ()
    begun: bool = False
    through: bool = False
    reached: bool = False  # the stroke into it is travelled
    left: bool = False  # the stroke out of it is travelled
    fork: tuple[tuple[str, str], ...] = ()  # curve and colour, out
    join: tuple[tuple[str, str], ...] = ()  # curve and colour, back
    height: int = 84


def status_words(status: Status) -> str:
    """The status in a word."""
    return {
        "done": _("已办"),
        "here": _("正在办"),
        "waiting": _("等您"),
        "late": _("超期"),
        "stopped": _("停表"),
        "next": _("还没到"),
    }[status]


def standing(track: Iterable[Station]) -> Station:
    """The step at which a track stands: the live one, else the first not done, else the last."""
    steps = tuple(track)
    return next((s for s in steps if s.live), None) or next((s for s in steps if s.status != "done"), steps[-1])


def way(route: Way) -> SafeString:
    """The way as HTML: flat on a wide screen when it fits, standing up on a phone."""
    width = sum(1 if isinstance(s, Station) else 4 for s in route.segments)
    return render_to_string(
        "ui/way.html",
        {"segments": _segments(route), "flat": width <= 10},
    )


def way_text(route: Way) -> tuple[str, ...]:
    """Each step in words: name, status, note."""
    out: list[str] = []
    for segment in route.segments:
        steps = (segment,) if isinstance(segment, Station) else tuple(s for t in segment.tracks for s in t)
        for step in steps:
            words = _("%(name)s：%(status)s") % {"name": step.name, "status": status_words(step.status)}
            out.append(_("%(what)s（%(note)s）") % {"what": words, "note": step.note} if step.note else words)
    return tuple(out)


def is_through(segment: Station | Parallel) -> bool:
    """Whether everything in it is done."""
    if isinstance(segment, Station):
        return segment.status == "done"
    return all(s.status == "done" for t in segment.tracks for s in t)


def is_begun(segment: Station | Parallel) -> bool:
    """Whether anything in it has been reached."""
    if isinstance(segment, Station):
        return segment.status != "next"
    return any(s.status != "next" for t in segment.tracks for s in t)


def _segments(route: Way) -> tuple[_Segment, ...]:
    out = []
    for index, segment in enumerate(route.segments):
        after = route.segments[index + 1] if index + 1 < len(route.segments) else None
        begun, through = is_begun(segment), is_through(segment)
        left = through and after is not None and is_begun(after)
        if isinstance(segment, Station):
            out.append(_Segment(station=segment, begun=begun, through=through, reached=begun, left=through))
        else:
            out.append(_parallel(segment, begun=begun, through=through, left=left))
    return tuple(out)


def _parallel(segment: Parallel, *, begun: bool, through: bool, left: bool) -> _Segment:
    count = len(segment.tracks)
    height = 84 * count
    middle = height / 2
    tracks, fork, join = [], [], []
    for index, steps in enumerate(segment.tracks):
        y = 84 * index + 42
        names = " → ".join(s.name for s in steps) if len(steps) > 1 else ""
        tracks.append(_Track(standing(steps), names))
        n = svg.number
        fork.append((f"M0 {n(middle)}C28 {n(middle)} 22 {y} 56 {y}", svg.BRAND if begun else svg.LINE))
        done = all(s.status == "done" for s in steps)
        join.append((f"M56 {n(middle)}C28 {n(middle)} 34 {y} 0 {y}", svg.BRAND if done and left else svg.LINE))
    join.sort(key=lambda pair: pair[1] == svg.BRAND)
    return _Segment(None, tuple(tracks), begun, through, begun, left, tuple(fork), tuple(join), height)
