"""Adds up pytest's last lines (stdin) and the names of failed checks (FAILED) into one last line and an exit code."""

import os
import re
import sys

counts: dict[str, int] = {}
for line in sys.stdin:
    found = re.findall(r"(\d+) (passed|failed|errors?|skipped|xfailed|deselected)", line)
    if not any(kind != "deselected" for _, kind in found):
        counts["failed"] = counts.get("failed", 0) + 1  # a run without a summary did not run to its end
    for number, kind in found:
        kind = {"error": "failed", "errors": "failed"}.get(kind, kind)
        counts[kind] = counts.get(kind, 0) + int(number)
checks = [name for name in os.environ.get("FAILED", "").split(", ") if name]
if checks:
    print(f"Failed checks: {', '.join(checks)}")
failed = counts.get("failed", 0) + len(checks)
print(f"{counts.get('passed', 0)} passed, {failed} failed, {counts.get('skipped', 0)} skipped")
sys.exit(1 if failed else 0)
