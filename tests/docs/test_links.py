"""What the docs point at exists: links with their anchors, paths in the text, commands with their options."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tongban.site.cli.main import parser

ROOT = Path(__file__).parents[2]
DOCS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "catalogue/*.md", "src/**/README.md")
    for path in ROOT.glob(pattern)
    if "static_root" not in path.parts
)
#: Made while running: named in the docs, absent from a clone.
MADE = re.compile(r"^(\.venv|var|build|src/tongban/static_root|postgres/server\.log)(/|$)")
#: Folders whose files the docs name by a path from there.
BASES = ("", "src/tongban", "src/tongban/contexts", "src/tongban/foundation", "docs")
TOPS = {"src", "docs", "catalogue", "script", "tests", "bench"} | {
    folder.name
    for base in ("src/tongban", "src/tongban/contexts", "src/tongban/foundation")
    for folder in (ROOT / base).iterdir()
}


def of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str:
    """The text without blocks of code."""
    return re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.S | re.M)


def anchors(path: Path) -> set[str]:
    """GitHub's anchors of the headings."""
    found = re.findall(r"^#+ (.+)$", text_of(path), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def links() -> Iterator[tuple[Path, str]]:
    for path in DOCS:
        for target in re.findall(r"\]\(([^)\s]+)\)", text_of(path)):
            if not re.match(r"[a-z]+:", target):
                yield path, target


def paths() -> Iterator[tuple[Path, str]]:
    """Words in `code` that look like a place of this repository."""
    for path in DOCS:
        for word in re.findall(r"`([^`\s]+)`", text_of(path)):
            place = word.removeprefix("./").partition("::")[0].rstrip("/")
            is_path = "/" in place and place.split("/")[0] in TOPS and not re.search(r"[<>*…(),={}|:]", place)
            if is_path and not MADE.match(place):
                yield path, place


def commands() -> Iterator[tuple[Path, str]]:
    """Every `tongban …` of the docs, in code spans and in blocks of code."""
    for path in DOCS:
        text = path.read_text("utf-8")
        spans = re.findall(r"`((?:\.venv/bin/)?tongban [^`]+)`", text)
        blocks = "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.S | re.M)).replace("\\\n", " ")
        lines = re.findall(r"(?:^|\s)((?:\.venv/bin/)?tongban [^\n#]+)", blocks)
        for found in spans + lines:
            yield path, found.removeprefix(".venv/bin/").strip()


def option_strings(found: argparse.ArgumentParser) -> set[str]:
    return {option for action in found._actions for option in action.option_strings}


def subcommands(found: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in found._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def problem_with(command: str) -> str:
    """What is wrong with a command line as the docs write it; "" = nothing."""
    at, known = parser(), option_strings(parser())
    words = iter(re.split(r"\s+", re.sub(r"<.*|\|.*", "", command))[1:])
    for word in words:
        name = word.split("=")[0].strip(",")
        if word == "--":
            break
        if name.startswith("--"):
            if name not in known:
                return f"there is no option {name}"
            if name == "--data":
                next(words, None)
        elif below := subcommands(at):
            if name not in below:
                return f"there is no command {name}"
            at = below[name]
            known |= option_strings(at)
            if name == "manage":
                break
    return ""


@pytest.mark.parametrize(("path", "target"), [pytest.param(p, t, id=f"{of(p)}-{t}") for p, t in links()])
def test_links_lead_somewhere(path: Path, target: str) -> None:
    place, _, anchor = target.partition("#")
    there = (path.parent / place).resolve() if place else path
    assert there.exists(), f"{of(path)} links to {target}"
    if anchor:
        assert anchor in anchors(there), f"{of(path)}: {of(there)} has no heading #{anchor}"


@pytest.mark.parametrize(("path", "place"), sorted({(p, w) for p, w in paths()}), ids=str)
def test_named_paths_exist(path: Path, place: str) -> None:
    bases = [path.parent, *(ROOT / base for base in BASES)]
    assert any((base / place).exists() for base in bases), f"{of(path)} names {place}"


@pytest.mark.parametrize(("path", "command"), sorted({(p, c) for p, c in commands()}), ids=str)
def test_named_commands_exist(path: Path, command: str) -> None:
    assert problem_with(command) == "", f"{of(path)}: {command}"


def test_scripts_of_the_readme_can_be_run() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        scripts = set(re.findall(r"\./(script/\w+)", (ROOT / name).read_text("utf-8")))
        assert scripts == {"script/demo", "script/test"}
        assert all((ROOT / script).stat().st_mode & 0o111 for script in scripts)


def test_both_readmes_say_the_same() -> None:
    """The same headings' levels, rows of tables, links and commands, in the same order."""

    def shape(name: str) -> list[str]:
        text = text_of(ROOT / name)
        marks = r"^(#+) |^(\|)|\]\(((?!README)[^)]+)\)|`((?:\.venv/bin/)?tongban [^`]+|\./script/\w+)`"
        kept = re.findall(marks, text, re.M)
        return ["".join(parts) for parts in kept]

    assert shape("README.md") == shape("README.zh-CN.md")


def test_the_checks_above_see_what_is_wrong() -> None:
    assert problem_with("tongban clock advance --days 3") == ""
    assert problem_with("tongban clock rewind") != ""
    assert problem_with("tongban doctor --loudly") != ""
    assert len(list(links())) > 40
    assert len(list(paths())) > 60
    assert len(list(commands())) > 40


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs/README.md").read_text("utf-8")
    missing = [path.name for path in ROOT.glob("docs/adr/*.md") if f"adr/{path.name}" not in index]
    assert missing == []
