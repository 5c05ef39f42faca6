"""The main job, told once: everybody who takes part, every step, and what must be refused on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from datetime import time as time_of_day
from typing import Any

from tongban.site.demo.city import clerks, organs
from tongban.site.walk import people
from tongban.site.walk.browser import Browser, Trouble, trouble
from tongban.site.walk.page import Page
from tongban.site.walk.people import Staff
from tongban.site.walk.report import Report, counted
from tongban.site.walk.town import Town


@dataclass
class Story:
    """What the scenes share."""

    town: Town
    staff: Staff
    report: Report

    def citizen(self, key: str) -> Browser:
        """A demo person's browser, logged in."""
        return people.citizen(self.town.url, key)

    def expect(self, found: Any, wanted: Any, what: str) -> None:
        """A Trouble where `found` is not `wanted`."""
        if found != wanted:
            raise Trouble(f"expected {what} to be {wanted!r}; found {found!r}")

    def phase(self, case_id: str, wanted: str) -> None:
        """The case stands where it should; the worker is given time for what it owes."""
        self.town.until(
            lambda: self.town.state(case_id).phase == wanted,
            f"case …{self.town.state(case_id).number[-6:]} to become {wanted}",
        )

    def paper(self, case_id: str, kind: str) -> str:
        """Wait for a document of the case; its file."""

        def made() -> str:
            return next((d.file_id for d in self.town.state(case_id).documents if d.kind == kind), "")

        return str(self.town.until(made, f"the document “{kind}”"))

    def clocks(self, case_id: str, *, promised: tuple[int, date | None], legal: tuple[int, date | None]) -> None:
        """Both clocks are as counted by hand: (days used, last day); the stored days say the same."""
        found_promised, found_legal = counted(self.town, case_id)
        state = self.town.state(case_id)
        self.expect((found_promised.used, found_promised.date), promised, "the promised clock (days used, last day)")
        self.expect((found_legal.used, found_legal.date), legal, "the legal clock (days used, last day)")
        if state.stopped_by is None:
            self.expect((state.promised_due, state.legal_due), (promised[1], legal[1]), "the recorded last days")

    def at_once(self, *doings: Callable[[], Any]) -> list[Any]:
        """Several people act at the same time; a trouble of any of them is one of the walk."""
        with ThreadPoolExecutor(len(doings)) as pool:
            return [future.result() for future in [pool.submit(doing) for doing in doings]]

    def refused(self, page: Page, status: int, *words: str) -> None:
        """The page declines, with this status and one of these words in what it says."""
        if page.status != status:
            raise trouble(f"a refusal (HTTP {status})", page)
        said = f"{page.problem} {page.refusal}"
        if words and not any(word in said for word in words):
            raise trouble(f"a refusal that speaks of “{' / '.join(words)}”", page)

    def unchanged(self, case_id: str, doing: Callable[[], Page]) -> Page:
        """Do something that must change nothing in the ledger."""
        self.town.until(lambda: not self.town.state(case_id).owed, "the papers that are owed")
        before = vars(self.town.state(case_id))
        page = doing()
        after = vars(self.town.state(case_id))
        self.expect([name for name in after if after[name] != before[name]], [], "what a refused act changed")
        return page

    def says(self, key: str, case_id: str, words: str, *, papers: bool = False) -> None:
        """The applicant's page says so; with `papers` its documents can be opened and are PDFs."""
        browser = self.citizen(key)
        page = browser.get(f"/case/{case_id}/")
        if words not in page.text:
            raise trouble(f"the words “{words}”", page)
        links = document_links(page) if papers else []
        if papers and not links:
            raise trouble("documents to open", page)
        for url in links:
            self.expect(browser.download(url)[:5], b"%PDF-", "the beginning of a document")

    def officer_name(self, login: str) -> str:
        """The name of a demo officer."""
        found = (clerk for place, organ in enumerate(organs()) if organ.staff for clerk in clerks(organ, place))
        return next(clerk.name for clerk in found if clerk.login == login)

    @staticmethod
    def hour(hour: int) -> time_of_day:
        """A full hour."""
        return time_of_day(hour, 0)


def day(text: str) -> date:
    """A day of the story: "03-04" is in 2026."""
    return date.fromisoformat(f"2026-{text}")


def document_links(page: Page) -> list[str]:
    """The documents a page offers."""
    return [url for url, _ in page.links() if re.search(r"/document/[0-9a-f-]{36}/", url)]
