"""Every kind of page of the product, each with who looks at it and how to find it in a demo city.

`first` follows the first link of a list page whose address matches; a page that cannot be found is a failure, so that
no page silently drops out of the checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

ID = r"[0-9a-f-]{36}"


@dataclass(frozen=True)
class Look:
    """One page: `who` is "" (nobody), a demo citizen's key, or a staff login after "staff:"."""

    name: str
    who: str
    path: str
    first: str = ""  # pattern of the link to follow from `path`
    then: str = ""  # appended to the address reached
    nth: int = 0  # which of the different links that match
    onward: str = ""  # pattern of a link to follow from there
    press: tuple[str, ...] = ()  # what to press on the page reached, for pages that only a form opens


def first(page: Page, pattern: str, nth: int = 0) -> str:
    """The address of the first (or `nth` other) link on the page that matches `pattern`."""
    links: list[str] = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    found = list(dict.fromkeys(link.split("?")[0] for link in links if re.search(pattern, link)))
    assert len(found) > nth, f"no link like {pattern} on {page.url}"
    return found[nth]


def visit(page: Page, look: Look) -> None:
    """Go to the page; anything but a good answer is a failure."""
    response = page.goto(look.path)
    assert response is not None
    assert response.ok, f"{look.name}: {response.status} at {page.url}"
    for address in _further(page, look):
        response = page.goto(address())
        assert response is not None
        assert response.ok, f"{look.name}: {response.status} at {page.url}"
    for selector in look.press:
        page.locator(selector).first.click()
    page.wait_for_load_state()


def _further(page: Page, look: Look) -> Iterator[Callable[[], str]]:
    """The addresses to go to after the first, each found on the page before it."""
    if look.first:
        yield lambda: first(page, look.first, look.nth) + look.then
    elif look.then:
        yield lambda: page.url.split("?")[0] + look.then
    if look.onward:
        yield lambda: first(page, look.onward)


PERSON = "429902199311080319"  # a demo citizen who comes to the window
RECEIVE = ("input[name=applicant] + span", "input[name=division] + span", "button[name=item][value=SS-CARD]")
PORTAL = (
    Look("home", "", "/"),
    Look("home-mine", "zhou-min", "/"),
    Look("search", "", "/search/?q=开饭店"),
    Look("search-nothing", "", "/search/?q=qqqqzzzz"),
    Look("services", "", "/services/"),
    Look("guide", "", "/guide/FOOD/"),
    Look("guide-answers", "", "/guide/FOOD/?cold_dishes=no&vending=yes&direct_contact=yes"),
    Look("guide-joint", "", "/guide/ROAD-DIG/"),
    Look("guide-only", "", "/guide/PASSPORT/"),
    Look("guide-bands", "", "/guide/PUN-FOOD/"),
    Look("may-apply", "", "/guide/RAD-CERT/eligible/"),
    Look("fee", "", "/guide/ROAD-DIG/fee/"),
    Look("tables", "", "/guide/FLEX-INS/tables/"),
    Look("lists", "", "/lists/"),
    Look("notices", "", "/notices/"),
    Look("notice", "", "/notices/", rf"^/notices/{ID}/public_notice-1/$"),
    Look("list-power", "", "/lists/power/"),
    Look("list-responsibility", "", "/lists/responsibility/?agency=market"),
    Look("list-proof", "", "/lists/proof/"),
    Look("list-fee", "", "/lists/fee/"),
    Look("figures", "", "/lists/figures/"),
    Look("apply-start", "zhou-min", "/apply/FOOD/"),
    Look("cases", "zhou-min", "/cases/"),
    Look("case-supplement", "zhou-min", "/cases/", rf"^/case/{ID}/$"),
    Look("case-running", "zhou-min", "/cases/", rf"^/case/{ID}/$", nth=1),
    Look("supplement", "zhou-min", "/cases/", rf"^/case/{ID}/$", then="supplement/"),
    Look("answer", "wang-hao", "/", rf"^/case/{ID}/$", onward=rf"^/case/{ID}/answer/w\d+/$"),
    Look("withdraw", "zhou-min", "/cases/", rf"^/case/{ID}/$", then="withdraw/", nth=1),
    Look("case-new", "li-xue", "/cases/", rf"^/case/{ID}/$"),
    Look("case-stopped", "li-xue", "/cases/", rf"^/case/{ID}/$", nth=1),
    Look("receipt", "li-xue", "/cases/", rf"^/case/{ID}/$", then="receipt/"),
    Look("wallet", "zhao-qian", "/wallet/"),
    Look("licence", "zhao-qian", "/wallet/", rf"^/wallet/{ID}/$"),
    Look("verify-real", "zhao-qian", "/wallet/", rf"^/wallet/{ID}/$", onward="/verify/[^/]+$"),
    Look("case-company", "zhao-qian", "/cases/", rf"^/case/{ID}/$"),
    Look("case-done", "he-xiuying", "/cases/", rf"^/case/{ID}/$"),
    Look("ask-person", "he-xiuying", "/cases/", rf"^/case/{ID}/$", then="person/"),
    Look("rate", "he-xiuying", "/cases/", rf"^/case/{ID}/$", then="rate/"),
    Look("batch-start", "chen-jing", "/apply/RAD-CERT/batch/"),
    Look("batch-common", "chen-jing", "/cases/", rf"^/batch/draft/{ID}/sheet/$", then="../"),
    Look("batch-sheet", "chen-jing", "/cases/", rf"^/batch/draft/{ID}/sheet/$", then="?only=wrong"),
    Look("batch-papers", "chen-jing", "/cases/", rf"^/batch/draft/{ID}/sheet/$", then="../papers/"),
    Look("batch-check", "chen-jing", "/cases/", rf"^/batch/draft/{ID}/sheet/$", then="../check/"),
    Look("batch", "chen-jing", "/cases/", rf"^/batch/{ID}/$"),
    Look("packages", "", "/packages/"),
    Look("way-questions", "", "/way/OPEN-RESTAURANT/"),
    Look(
        "way",
        "",
        "/way/OPEN-RESTAURANT/?owner=company&sells=meals&public=yes&sign=yes&hygiene=no&drain=yes",
    ),
    Look("papers", "", "/papers/"),
    Look("progress", "", "/progress/"),
    Look("interested", "", "/interested/"),
    Look("decisions", "", "/decisions/"),
    Look("commissions", "", "/commissions/"),
    Look("case-intended", "wang-hao", "/cases/", rf"^/case/{ID}/$"),
    Look("defence", "wang-hao", "/cases/", rf"^/case/{ID}/$", then="defence/"),
    Look("recusal", "wang-hao", "/cases/", rf"^/case/{ID}/$", then="recusal/"),
    Look("verify", "", "/verify/"),
    Look("verify-nothing", "", "/verify/nothing-like-this"),
    Look("login", "", "/login/"),
)
STAFF = (
    Look("login-staff", "", "/login/staff/"),
    Look("counter", "staff:window1", "/counter/"),
    Look("counter-find", "staff:window1", "/counter/find/?q=江城"),
    Look("counter-register", "staff:window1", "/counter/register/person/"),
    Look("counter-party", "staff:window1", f"/counter/find/?q={PERSON}"),
    Look("counter-say", "staff:window1", f"/counter/find/?q={PERSON}", then="?say=social+security+card"),
    Look("counter-draft", "staff:window1", f"/counter/find/?q={PERSON}", then="?say=SS-CARD", press=RECEIVE),
    Look("counter-case", "staff:window1", "/counter/", rf"^/counter/case/{ID}/"),
    Look("counter-case-other", "staff:window1", "/counter/", rf"^/counter/case/{ID}/", nth=1),
    Look("desk-notice", "staff:cityadmin-linjiang-r1", "/desk/worktable/?act=special", rf"^/desk/case/{ID}/"),
    Look(
        "desk-special",
        "staff:tobacco-r1",
        "/desk/worktable/?act=special",
        rf"^/desk/case/{ID}/",
        then="special/site_visit-1/",
    ),
    Look(
        "desk-inspect",
        "staff:tobacco-r1",
        "/desk/worktable/?act=special",
        rf"^/desk/case/{ID}/",
        onward=rf"^/desk/inspect/{ID}/site_visit-1/$",
    ),
    Look("worktable", "staff:market-linjiang-r1", "/desk/worktable/"),
    Look("worktable-empty", "staff:planning-r1", "/desk/worktable/"),
    Look("desk-case", "staff:market-linjiang-r1", "/desk/worktable/", rf"^/desk/case/{ID}/"),
    Look("desk-decide", "staff:health-linjiang-a1", "/desk/worktable/", rf"^/desk/case/{ID}/"),
    Look("desk-stopped", "staff:cityadmin-linjiang-r1", "/desk/worktable/", rf"^/desk/case/{ID}/"),
    Look("desk-batch", "staff:health-linjiang-a1", "/desk/worktable/", rf"^/desk/batch/{ID}/"),
    Look("desk-commissions", "staff:market-linjiang-a1", "/desk/commissions/"),
    Look("desk-heard", "staff:housing-fund-a1", "/desk/worktable/", rf"^/desk/case/{ID}/"),
    Look("desk-done", "staff:market-linjiang-r1", "/desk/done/"),
    Look("desk-find", "staff:market-linjiang-r1", "/desk/find/?q=0001"),
    Look("desk-recheck", "staff:fire-linjiang-r1", "/desk/worktable/", rf"^/desk/case/{ID}/"),
    Look("desk-rechecks", "staff:supervisor", "/desk/rechecks/"),
    Look("desk-rechecks-owner", "staff:market-owner", "/desk/rechecks/"),
    Look("desk-supervisor", "staff:supervisor", "/desk/find/?q=0001", rf"^/desk/case/{ID}/"),
)
OWNER, DRAFT = "staff:cityadmin-owner", "/desk/catalogue/version/item-ROAD-DIG-0002/"
DRAWER, MODEL = "staff:market-owner", "/desk/catalogue/models/version/model-"
CATALOGUE = (
    Look("catalogue", OWNER, "/desk/catalogue/"),
    Look("catalogue-drafts", OWNER, "/desk/catalogue/drafts/?of=mine"),
    Look("catalogue-item", OWNER, "/desk/catalogue/item/ROAD-DIG/"),
    Look("catalogue-version", OWNER, DRAFT),
    Look("catalogue-changes", OWNER, f"{DRAFT}?only=changes"),
    Look("catalogue-edit", OWNER, f"{DRAFT}edit/materials/0/"),
    Look("catalogue-edit-nested", OWNER, f"{DRAFT}edit/handling/form/0/"),
    Look("catalogue-edit-new", OWNER, f"{DRAFT}edit/faq/new/"),
    Look("catalogue-source", OWNER, f"{DRAFT}source/"),
    Look("catalogue-abandon", OWNER, f"{DRAFT}abandon/"),
    Look("catalogue-new", OWNER, "/desk/catalogue/new/"),
    Look("catalogue-import", OWNER, "/desk/catalogue/import/"),
    Look("catalogue-unfound", OWNER, "/desk/catalogue/unfound/"),
    Look("history", "staff:supervisor", "/desk/history/"),
    Look("history-log", "staff:supervisor", "/desk/history/food-2025-demo/"),
    Look("history-case", "staff:supervisor", "/desk/history/food-2025-demo/case/13/"),
    Look("catalogue-review", "staff:market-reviewer", "/desk/catalogue/version/item-FOOD-FILE-0002/review/"),
    Look("catalogue-legal", "staff:legal", "/desk/catalogue/version/item-DIBAO-0002/review/"),
    Look("catalogue-publish", "staff:publisher", "/desk/catalogue/version/item-HYGIENE-0002/review/"),
    Look("catalogue-cancel", "staff:publisher", "/desk/catalogue/item/HYGIENE/cancel/"),
    Look("models", DRAWER, "/desk/catalogue/models/"),
    Look("model-new", DRAWER, "/desk/catalogue/models/new/"),
    Look("model-route", DRAWER, "/desk/catalogue/models/route/expert/"),
    Look("model-table", DRAWER, "/desk/catalogue/models/table/food-fine/"),
    Look("model-draw-route", DRAWER, f"{MODEL}route-visit-first-0001/"),
    Look("model-draw-table", DRAWER, f"{MODEL}table-food-fine-0002/"),
    Look("model-abandon", DRAWER, f"{MODEL}table-food-fine-0002/abandon/"),
    Look("model-version", "staff:supervisor", f"{MODEL}route-visit-first-0001/"),
    Look("model-difference", DRAWER, "/desk/catalogue/models/route/expert/difference/?old=1&new=1"),
    Look("model-review", "staff:civil-reviewer", f"{MODEL}table-old-card-0002/review/"),
)
LOOKS = PORTAL + STAFF + CATALOGUE
