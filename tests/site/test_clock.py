"""Clocks: one moment for all processes, forward only."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tongban.foundation import time
from tongban.integrations.clock import MovableClock, RealClock
from tongban.kernel.clock import CHINA


def test_the_real_clock_speaks_official_time() -> None:
    moment = RealClock().now()
    assert moment.utcoffset() == timedelta(hours=8)
    assert abs(moment - datetime.now(CHINA)) < timedelta(seconds=5)


def test_a_movable_clock_starts_real_and_moves_forward(tmp_path: Path) -> None:
    clock = MovableClock(tmp_path / "clock")
    assert clock.offset() == timedelta()
    before = clock.now()
    assert timedelta(days=3) <= clock.advance(timedelta(days=3)) - before < timedelta(days=3, seconds=10)
    with pytest.raises(ValueError, match="forward"):
        clock.advance(timedelta(seconds=-1))


def test_other_processes_and_clocks_see_the_move_at_once(tmp_path: Path) -> None:
    mine, other = MovableClock(tmp_path / "clock", fresh=0), MovableClock(tmp_path / "clock", fresh=0)
    assert other.offset() == timedelta()
    code = (
        "import sys; from pathlib import Path; from datetime import datetime;"
        "from tongban.integrations.clock import MovableClock; from tongban.kernel.clock import CHINA;"
        "MovableClock(Path(sys.argv[1])).start_at(datetime(2026, 3, 2, 9, tzinfo=CHINA))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "clock")]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2] / "src")
    start = datetime(2026, 3, 2, 9, tzinfo=CHINA)
    assert start - timedelta(seconds=1) <= mine.now() < start + timedelta(minutes=1)
    assert mine.offset() == other.offset()


def test_the_set_clock_is_the_one_that_answers(clock: object) -> None:
    assert time.now() == datetime(2026, 3, 2, 9, tzinfo=CHINA)
