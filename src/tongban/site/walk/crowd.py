"""Many applicants at once: each company of a list signs in, applies, and gets what it asked for, through the pages."""

from __future__ import annotations

import csv
import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tongban.kernel.codes import citizen_id, credit_code
from tongban.kernel.refusals import Refusal
from tongban.site.operating.telling import Fault, Progress
from tongban.site.walk import counter, desk, people, portal
from tongban.site.walk.browser import Browser, Trouble
from tongban.site.walk.people import Somebody, Staff
from tongban.site.walk.portal import Application
from tongban.site.walk.town import Town

NAME, CODE = "企业名称", "统一社会信用代码"
WINDOW = "window3"
#: Not for companies that exist: they have it, or hold no licence to renew yet.
LEFT_OUT = frozenset({"ENT-REG", "HYGIENE-RENEW"})
_LEGAL = {2, 3, 4, 5, 6}
_MOST_STEPS = 12


@dataclass(frozen=True)
class Company:
    """One usable row of the list, and the item it applies for."""

    name: str
    code: str
    person: Somebody
    item: str


@dataclass
class Crowd:
    """The run: who handles, what was done, what went wrong."""

    town: Town
    staff: Staff
    cases: list[str] = field(default_factory=list)
    items: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def drive(town: Town, file: str, n: int, threads: int) -> dict[str, Any]:
    """N complete cases for the companies of the file, `threads` at once; the figures."""
    skipped: Counter[str] = Counter()
    chosen = list(itertools.islice(companies(file, skipped), n))
    if len(chosen) < n:
        raise Fault(f"{file} has {len(chosen)} usable rows ({sum(skipped.values())} skipped), fewer than {n}")
    crowd = Crowd(town, Staff(town.url))
    progress, began = Progress("cases"), time.monotonic()
    with ThreadPoolExecutor(threads) as pool:
        futures = [pool.submit(_through, crowd, company) for company in chosen]
        for done, _ in enumerate(as_completed(futures), 1):
            progress(done, n)
    progress.end()
    handled = time.monotonic() - began
    complete = _complete(town, crowd.cases)
    seconds = time.monotonic() - began
    return {
        "ok": complete == n and not crowd.failures,
        "asked": n, "complete": complete, "failures": crowd.failures[:20], "skipped": dict(skipped),
        "items": dict(crowd.items), "threads": threads, "handled_in": round(handled, 1),
        "complete_in": round(seconds, 1), "cases_per_s": round(complete / seconds, 2),
    }  # fmt: skip


# -- who


def companies(file: str, skipped: Counter[str]) -> Iterator[Company]:
    """The usable rows, each with the item it applies for."""
    items = itertools.cycle(_items())
    for number, name, code in rows(file, skipped):
        yield Company(name, code, representative(number, name, code), next(items))


def rows(file: str, skipped: Counter[str]) -> Iterator[tuple[int, str, str]]:
    """Number, name and credit code of the usable rows; why the others are not, counted. Faults without the columns."""
    seen = set[str]()
    with Path(file).open(encoding="utf-8-sig", newline="") as source:
        found = csv.DictReader(source)
        if not {NAME, CODE} <= set(found.fieldnames or ()):
            raise Fault(f"{file} has no columns “{NAME}” and “{CODE}”")
        for number, row in enumerate(found):
            name, code = (row[NAME] or "").strip(), (row[CODE] or "").strip().upper()
            if reason := _unusable(name, code, seen):
                skipped[reason] += 1
                continue
            seen.add(code)
            yield number, name, code


def _unusable(name: str, code: str, seen: set[str]) -> str:
    if not name:
        return "no name"
    if code in seen:
        return "code was there before"
    try:
        credit_code.parse(code)
    except Refusal as refusal:
        return f"credit code: {refusal.code}"
    return ""


def representative(number: int, company: str, code: str) -> Somebody:
    """Somebody who does not exist, with a well-formed number in the demo's own division."""
    born = date(1960, 1, 1) + timedelta(days=number % 14_000)
    made = citizen_id.make("429900", born, 100 + number // 14_000).text
    return Somebody("演示法人", made, f"139{number:08d}", company, code)


def _items() -> list[str]:
    """The items that a company can get from application to result."""
    from tongban.contexts.catalogue import queries as catalogue

    return sorted(i.code for i in catalogue.handled() if set(i.serves) & _LEGAL and i.code not in LEFT_OUT)


# -- what


def _through(crowd: Crowd, company: Company) -> None:
    """One company's case, from the login to the decision."""
    try:
        browser = people.citizen(crowd.town.url, company.person)
        try:
            case_id = portal.apply(browser, Application(company.item, company.name, answers={"receive": "electronic"}))
        finally:
            browser.close()
        with crowd.lock:
            crowd.cases.append(case_id)
            crowd.items[company.item] += 1
        _handle(crowd, case_id)
    except Exception as problem:  # one company's trouble is counted, the others go on
        with crowd.lock:
            crowd.failures.append(f"{company.name} ({company.item}): {type(problem).__name__}: {problem}"[:500])


def _handle(crowd: Crowd, case_id: str) -> None:
    """Accept at a window, then every task by an officer of its organ and role, until it is decided."""
    with crowd.staff.at(WINDOW) as window:
        page = counter.open_case(window, case_id)
        if counter.may_accept(page):
            counter.act(window, page, "accept", {})
    for _ in range(_MOST_STEPS):
        state = crowd.town.state(case_id)
        if state.phase != "accepted":
            return
        task = state.open_tasks[0]
        login = f"{task.agency}-{'a1' if task.role == 'approver' else 'r1'}"
        with crowd.staff.at(login) as browser:
            _do(browser, case_id, task.id, task.act)
    raise Trouble(f"expected case {case_id} to be decided after {_MOST_STEPS} steps; found {state.phase}")


def _do(browser: Browser, case_id: str, task: str, act: str) -> None:
    page = browser.get(f"/desk/case/{case_id}/?task={task}")
    if act == "decide":
        desk.act(browser, page, "grant", {})
    elif act == "inspect":
        answers = {"second_officer": desk.colleague(page, "pass", "-"), "opinion": "现场符合要求。"}
        desk.act(browser, page, "pass", answers)
    else:
        desk.act(browser, page, "agree" if act == "opinion" else "pass", {"opinion": "符合要求。"})


def _complete(town: Town, cases: list[str], seconds: float = 300) -> int:
    """How many cases are granted and delivered with their papers, once the worker has made what is owed."""
    waiting, end = set(cases), time.monotonic() + seconds
    while waiting and time.monotonic() < end:
        waiting = {case_id for case_id in waiting if not _is_complete(town, case_id)}
        if waiting:
            time.sleep(0.5)
    return len(cases) - len(waiting)


def _is_complete(town: Town, case_id: str) -> bool:
    state = town.state(case_id)
    return state.phase == "delivered" and state.ending == "granted" and not state.owed
