"""`tongban clock`: look at, and in demo cities move, the one clock."""

from __future__ import annotations

import argparse
from datetime import date, datetime, timedelta
from datetime import time as time_of_day

from tongban.integrations.clock import MovableClock
from tongban.kernel.clock import CHINA
from tongban.site.cli.base import Subcommands
from tongban.site.installation import Installation
from tongban.site.operating.telling import Fault


def add(commands: Subcommands) -> None:
    """Add the commands."""
    clock = commands.group("clock", "show or move the clock of a demo city")
    clock.add("show", show, "show the installation's time")
    advance = clock.add(
        "advance",
        move,
        "move the clock forward",
        "Only a city with a movable clock (demo, walk) can be moved, and only forward: what the ledger has recorded\n"
        "must not lie in the future. The worker does what falls due on the way within a second or two.",
    )
    advance.add_argument("--days", type=int, default=0, help="calendar days")
    advance.add_argument("--hours", type=int, default=0, help="hours")
    to = clock.add("set", jump, "move the clock forward to a date", "Stands at 09:00 of that day, or --at HH:MM.")
    to.add_argument("date", type=date.fromisoformat, help="e.g. 2026-03-02")
    to.add_argument("--at", type=time_of_day.fromisoformat, default=time_of_day(9, 0), metavar="HH:MM")


def show(given: argparse.Namespace) -> int:
    """`tongban clock show`."""
    installation = Installation.find()
    if installation.clock() == "movable":
        clock = _clock(installation)
        print(f"{clock.now():%Y-%m-%d %H:%M:%S} (movable, {clock.offset()} from the real time)")
    else:
        print(f"{datetime.now(CHINA):%Y-%m-%d %H:%M:%S} (real)")
    return 0


def move(given: argparse.Namespace) -> int:
    """`tongban clock advance`."""
    by = timedelta(days=given.days, hours=given.hours)
    if by <= timedelta():
        raise Fault("say how far, e.g. `tongban clock advance --days 3`")
    print(f"{_clock(Installation.find()).advance(by):%Y-%m-%d %H:%M:%S}")
    return 0


def jump(given: argparse.Namespace) -> int:
    """`tongban clock set`."""
    clock = _clock(Installation.find())
    there = datetime.combine(given.date, given.at, CHINA)
    if there < clock.now():
        raise Fault(f"the city's time is {clock.now():%Y-%m-%d %H:%M} already, and it only moves forward")
    print(f"{clock.advance(there - clock.now()):%Y-%m-%d %H:%M:%S}")
    return 0


def _clock(installation: Installation) -> MovableClock:
    if installation.clock() != "movable":
        raise Fault("this installation runs on real time; only demo cities have a movable clock (`tongban demo-city`)")
    return MovableClock(installation.data / "clock")
