"""CPU time as the kernel counts it."""

from __future__ import annotations

import os
import time
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def postgres_cpu(postmaster: int) -> float:
    """CPU seconds used so far by the server's processes, also by those that have ended."""
    time.sleep(0.5)  # backends whose clients just left end now: a process must not end while it is being read
    total = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # some other process ended
        if entry.parent.name == str(postmaster):
            total += sum(map(int, fields[11:15]))
        elif int(fields[1]) == postmaster:
            total += sum(map(int, fields[11:13]))
    return total / TICK
