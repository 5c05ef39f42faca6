"""Screenshots of every page in both languages and both widths: script/shots [--data DIR] [--only NAME] [--out DIR].

Put them beside the design's pictures: they are what a reviewer looks at.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys import served
from tests.journeys.pages import LOOKS, Look, visit


def main() -> None:
    """Take them, one folder for each language and width."""
    parser = argparse.ArgumentParser(prog="script/shots", description=__doc__)
    parser.add_argument("--data", type=Path, help="data folder of a demo city (default: a fresh one)")
    parser.add_argument("--only", action="append", default=[], help="only this page; may be repeated")
    parser.add_argument("--out", type=Path, default=Path("build/shots"))
    given = parser.parse_args()
    looks = [look for look in LOOKS if not given.only or look.name in given.only]
    with served.serve(given.data) as city, sync_playwright() as playwright:
        browser = served.launch(playwright)
        for language, phone, care in (("zh-hans", False, False), ("zh-hans", True, False), ("en", False, False),
                                      ("en", True, False), ("zh-hans", True, True)):  # fmt: skip
            folder = given.out / f"{language}{'-phone' if phone else '-pc'}{'-care' if care else ''}"
            folder.mkdir(parents=True, exist_ok=True)
            _take(browser, city, looks, folder, language=language, phone=phone, care=care)


def _take(browser: Browser, city: served.City, looks: list[Look], folder: Path, **how: object) -> None:
    people: dict[str, Page] = {}
    for look in looks:
        if look.who not in people:
            people[look.who] = _page(browser, city, look.who, **how)
        page = people[look.who]
        try:
            visit(page, look)
        except AssertionError as missing:
            print(f"  {look.name}: {missing}")
            continue
        page.screenshot(path=folder / f"{look.name}.png", full_page=True)
        print(f"{folder.name}/{look.name}.png")
    for page in people.values():
        served.close(page)


def _page(browser: Browser, city: served.City, who: str, **how: object) -> Page:
    if who.startswith("staff:"):
        return served.officer(browser, city, who.removeprefix("staff:"), **how)
    return served.citizen(browser, city, who, **how) if who else served.visitor(browser, city, **how)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
