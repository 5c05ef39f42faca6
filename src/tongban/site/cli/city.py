"""`tongban demo-city` and `tongban walk`: a city to look around in, and the main job as a test of everything."""

from __future__ import annotations

import argparse
import hashlib
import os
from pathlib import Path

from tongban.site.cli import serve
from tongban.site.cli.base import Subcommands
from tongban.site.installation import Installation
from tongban.site.operating import ready
from tongban.site.operating.telling import Fault, Progress, say


def add(commands: Subcommands) -> None:
    """Add the commands."""
    made = commands.add(
        "demo-city",
        demo_city,
        "fill an installation with the demo city of Jiangcheng",
        "People, companies, agencies on four levels, officers with logins, and cases in every state. All of it is\n"
        "fictional and marked as demo on every page; its clock can be moved (`tongban clock`). Runs once for an\n"
        "installation and never touches a real one; a second run changes nothing.",
    )
    made.add_argument("--serve", action="store_true", help="then serve it, like `tongban serve`")
    serve.listening(made)
    walk_ = commands.add(
        "walk",
        walk,
        "do the main job from end to end over HTTP, then verify the ledger",
        "Starts a demo city in a temporary folder (or uses the one given with --data and --url), applies,\n"
        "supplements, accepts, reviews, decides, delivers, verifies the licence; refuses, denies, withdraws; then\n"
        "verifies the ledger. Ends with 1 at the first thing that is not as it should be.",
    )
    _walk_arguments(walk_)


def _walk_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("--url", help="the address of a running demo city (with --data); default: start one")
    made.add_argument("--json", action="store_true", help="the table as JSON")
    made.add_argument("--applicants", metavar="CSV", help="drive many cases for the applicants of this file")
    made.add_argument("--n", type=int, default=100, help="how many of them (default: %(default)s)")
    made.add_argument("--threads", type=int, default=8, help="how many at once (default: %(default)s)")


def demo_city(given: argparse.Namespace) -> int:
    """`tongban demo-city`."""
    installation = Installation.find()
    if not installation.is_marked():
        if installation.data.exists() and (installation.data / "database.json").exists():
            raise Fault(f"{installation.data} is a real installation; give the demo a folder of its own with --data")
        if not installation.embedded and os.environ.get("TONGBAN_DEMO") != "1":
            raise Fault("DATABASE_URL may name a city's database; to fill it with the demo, set TONGBAN_DEMO=1")
        ready.prepare_folder(installation)
        installation.mark(demo=True, clock="movable")
    elif not installation.is_demo():
        raise Fault(f"{installation.data} is a real installation; give the demo a folder of its own with --data")
    ready.ready()
    _build(installation)
    return serve.serve(given) if given.serve else 0


def _build(installation: Installation) -> None:
    """Build the city, unless it was built to the end from the same plans before."""
    from tongban.foundation.time import now
    from tongban.site import demo

    plans = sorted(Path(demo.__file__).parent.glob("*.py"))
    stamp, file = hashlib.sha256(b"".join(plan.read_bytes() for plan in plans)).hexdigest(), installation.data / "built"
    if file.exists() and file.read_text("ascii") == stamp:
        return
    say("Building the demo city of Jiangcheng ...")
    progress = Progress("officers and people")
    built = demo.build(now=now(), progress=lambda _, done, total: progress(done, total))
    progress.end()
    progress = Progress("cases")
    demo.build_cases(now(), progress=progress)
    progress.end()
    demo.build_batch(now())
    demo.build_drafts(now())
    demo.build_models(now())
    demo.build_history(now())
    file.write_text(stamp, "ascii")
    say(f"Jiangcheng stands: {built.agencies} agencies, {built.officers} officers, {built.people} people.")


def walk(given: argparse.Namespace) -> int:
    """`tongban walk`."""
    from tongban.site.walk import run

    return int(run(given))
