"""Threads that read a kind for the first time at the same moment: in a process of their own, because the fault that
this guards against ends the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[3] / "src"
RACE = """
import sys, threading
from tongban.contexts.cases.projections import CASE_KIND
from tongban.foundation.ledger import codec, registry

registry.register(CASE_KIND)
sys.setswitchinterval(1e-6)
together = threading.Barrier(8)

def first():
    together.wait()
    assert codec.decode_state(CASE_KIND, b"{}") == CASE_KIND.state()

threads = [threading.Thread(target=first) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_threads_may_read_a_kind_for_the_first_time_together() -> None:
    for _ in range(3):
        command = [sys.executable, "-c", RACE]
        done = subprocess.run(command, env={"PYTHONPATH": str(SOURCE)}, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()[-500:]
