"""`tongban messages`: keeps the English catalogues in step with the Chinese messages of the code."""

from __future__ import annotations

import argparse
import json

from tongban.site import catalogues
from tongban.site.cli.base import Subcommands
from tongban.site.operating.telling import say


def add(commands: Subcommands) -> None:
    """Add the commands."""
    messages = commands.group("messages", "extract, check and compile the translations (for developers)")
    extract = messages.add(
        "extract",
        run_extract,
        "write every message of the code into the .po file of its folder",
        "Messages are Simplified Chinese in the code; each app has locale/en/LC_MESSAGES/django.po. New messages come\n"
        "with an empty translation, unused ones go. Translations are kept; nothing is ever guessed (no fuzzy).",
    )
    extract.add_argument("folders", nargs="*", metavar="FOLDER", help="only these, e.g. terminals/portal")
    check = messages.add("check", run_check, "every message has a complete English translation")
    check.add_argument("folders", nargs="*", metavar="FOLDER", help="only these, e.g. terminals/portal")
    check.add_argument("--json", action="store_true", help="the findings as JSON")
    messages.add("compile", run_compile, "make the .mo files where the .po files changed")


def run_extract(given: argparse.Namespace) -> int:
    """`tongban messages extract`."""
    for folder in catalogues.folders(given.folders):
        before, after, empty = catalogues.extract(folder)
        if after or before:
            print(f"{folder.name}: {after} messages ({after - before:+d}), {empty} without translation")
    return 0


def run_check(given: argparse.Namespace) -> int:
    """`tongban messages check`."""
    findings = [finding for folder in catalogues.folders(given.folders) for finding in catalogues.check(folder)]
    if given.json:
        print(json.dumps(findings, ensure_ascii=False))
    else:
        for finding in findings:
            print(finding)
    say(f"messages: {len(findings)} findings" if findings else "messages: complete")
    return 1 if findings else 0


def run_compile(given: argparse.Namespace) -> int:
    """`tongban messages compile`."""
    count = sum(catalogues.compile_folder(folder) for folder in catalogues.folders([]))
    say(f"messages: {count} catalogues compiled" if count else "messages: up to date")
    return 0
