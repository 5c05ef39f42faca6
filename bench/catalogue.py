"""The catalogue's checker against its limits: `python -m bench.catalogue check [--items N]`.

The list is made of the shipped items: copies under new codes, each with a base code of its own (entered in the basic
catalogue) and with its references led to its own copies, so that every rule has as much to do as in a real city. Each
part is measured in a process of its own and prints one JSON line: what it took, and the ratio to the limit (below 1 =
within it).

values  reading N items from their values (JSON, as drafts and versions are stored) and all rules over them:
        within 5 s and 300 MB, the interpreter included
files   the same from YAML text, parsing included; its limit is the same, it is told beside
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))

TODAY = date(2026, 3, 2)
SECONDS, MEGABYTES = 5.0, 300.0


def megabytes() -> float:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Texts(Mapping[str, str]):
    """Files that are read when they are asked for, so that the texts of a city need not be held all at once."""

    def __init__(self, home: Path, pattern: str) -> None:
        self.home = home
        self.names = [str(file.relative_to(home)) for file in sorted(home.glob(pattern))]

    def __getitem__(self, name: str) -> str:
        return (self.home / name).read_text("utf-8")

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def files_of(home: Path) -> Any:
    """The texts of a catalogue folder."""
    from tongban.contexts.catalogue.core import beside
    from tongban.contexts.catalogue.core.folder import Files

    lists = {name: (home / name).read_text("utf-8") for name, _ in beside.FILES.values() if (home / name).exists()}
    routes = {str(file.relative_to(home)): file.read_text("utf-8") for file in sorted(home.glob("routes/*.bpmn"))}
    external = (home / "external.yaml").read_text("utf-8")
    return Files(Texts(home, "items/*/item.yaml"), routes, None, external, lists)


def copied(content: Any, codes: frozenset[str], number: int, serial: int) -> dict[str, Any]:
    """An item as copy `number` of itself; its references lead to the copies of the same number."""

    def led(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: led(child) for key, child in value.items()}
        if isinstance(value, list):
            return [led(child) for child in value]
        return f"{value}-{number}" if value in codes else value

    found: dict[str, Any] = led(content)
    return found | {"base_code": f"{content['base_code'][:4]}{serial:08d}"}


def contents(count: int) -> list[dict[str, Any]]:
    """`count` items as values."""
    from tongban.contexts.catalogue.core import yaml_source

    shipped = [yaml_source.read(text, name).data for name, text in files_of(CHECKOUT / "catalogue").items.items()]
    codes = frozenset(item["code"] for item in shipped)
    places = ((number // len(shipped), shipped[number % len(shipped)], number) for number in range(count))
    return [copied(item, codes, copy, number) for copy, item, number in places]


def basic_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """The entry of the basic catalogue that a copy was made from."""
    laws = [one["law"] for one in content["basis"]]
    return {"code": content["base_code"], "name": content["name"]["zh"], "power": content["power"], "laws": laws}


# -- measured in a process of its own --------------------------------------------------------------------------------


def from_values(folder: Path) -> dict[str, Any]:
    """Read every item from its JSON line, then check all."""
    import msgspec

    from tongban.contexts.catalogue.core import check, source
    from tongban.contexts.catalogue.core.beside import BasicItem
    from tongban.contexts.catalogue.core.folder import check_files
    from tongban.contexts.catalogue.core.graph import build, circles
    from tongban.contexts.catalogue.core.items import Item
    from tongban.contexts.catalogue.core.yaml_source import Document

    home = check_files(replace(files_of(CHECKOUT / "catalogue"), items={}), TODAY)
    basic = tuple(msgspec.json.decode((folder / "basic.json").read_bytes(), type=list[BasicItem]))
    began = time.perf_counter()
    items: dict[str, Item] = {}
    found = 0
    with (folder / "items.jsonl").open("rb") as lines:
        for line in lines:
            document = Document("", msgspec.json.decode(line))
            source.check_shape(document, Item, given={"version": 0})
            found += len(document.findings)
            item = msgspec.convert({**document.data, "version": 0}, Item)
            items[item.code] = item
    read = time.perf_counter() - began
    around = check.Surroundings(
        TODAY,
        items,
        {key: route for key, (route, _) in home.routes.items()},
        frozenset(paper.code for paper in home.external.papers),
        frozenset(home.external.agencies),
        replace(home.beside, basic=basic, packages=(), registers=()),
        tuple(circle.items for circle in circles(build(items.values(), home.external.papers))),
    )
    nowhere = Document("")
    for item in items.values():
        found += len(check.check_item(item, nowhere, around))
    found += len(check.check_folder(dict.fromkeys((*items, "basic.yaml"), nowhere), around))
    return {"items": len(items), "findings": found, "seconds": time.perf_counter() - began, "reading": read}


def from_files(folder: Path) -> dict[str, Any]:
    """Read every item from its YAML file, then check all, as `tongban catalogue check` does."""
    from tongban.contexts.catalogue.core.folder import check_files

    began = time.perf_counter()
    checked = check_files(files_of(folder), TODAY, keep_sources=False)
    seconds = time.perf_counter() - began
    return {"items": len(checked.items), "findings": len(checked.findings), "seconds": seconds}


PARTS = {"values": from_values, "files": from_files}


def measure(part: str, folder: Path) -> dict[str, Any]:
    """One part, here and now, with its ratios to the limits."""
    found = PARTS[part](folder)
    held = megabytes()
    return {
        "section": "check",
        "part": part,
        **{key: round(value, 2) if isinstance(value, float) else value for key, value in found.items()},
        "megabytes": round(held, 1),
        "of_seconds": round(found["seconds"] / SECONDS, 2),
        "of_megabytes": round(held / MEGABYTES, 2),
    }


def check(count: int) -> None:
    """Make the list on disk, then measure each part in a process of its own."""
    import yaml

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = contents(count)
        (folder / "basic.json").write_text(json.dumps([basic_of(one) for one in made], ensure_ascii=False))
        with (folder / "items.jsonl").open("w", encoding="utf-8") as lines:
            lines.writelines(f"{json.dumps(one, ensure_ascii=False)}\n" for one in made)
        subprocess.run(
            ["cp", "-r", *(str(CHECKOUT / "catalogue" / one) for one in ("routes", "lists")), name], check=True
        )
        for file in ("external.yaml", "organs.yaml", "laws.yaml"):
            (folder / file).write_bytes((CHECKOUT / "catalogue" / file).read_bytes())
        for one in made:
            home = folder / "items" / one["code"]
            home.mkdir(parents=True)
            text = yaml.dump(one, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
            (home / "item.yaml").write_text(text, encoding="utf-8")
        for part in PARTS:
            subprocess.run([sys.executable, "-m", "bench.catalogue", "measure", part, name], check=True, cwd=CHECKOUT)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sections = parser.add_subparsers(dest="section", required=True)
    checking = sections.add_parser("check")
    checking.add_argument("--items", type=int, default=5000)
    measuring = sections.add_parser("measure")
    measuring.add_argument("part", choices=sorted(PARTS))
    measuring.add_argument("folder", type=Path)
    given = parser.parse_args()
    if given.section == "check":
        check(given.items)
    else:
        print(json.dumps(measure(given.part, given.folder)), flush=True)


if __name__ == "__main__":
    main()
