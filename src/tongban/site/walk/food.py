"""A restaurant owner gets a food licence, and anybody can prove it."""

from __future__ import annotations

from tongban.site.demo.answers import ANSWERS
from tongban.site.walk import counter, desk, papers, portal
from tongban.site.walk.browser import Browser, trouble
from tongban.site.walk.page import Page
from tongban.site.walk.portal import Application
from tongban.site.walk.seal import check_seal
from tongban.site.walk.story import Story, day

OWNER, SHOP = "zhou-min", "临江区江畔小馆"
WINDOW, REVIEWER, INSPECTOR, CHIEF = "window1", "market-linjiang-r1", "market-linjiang-r2", "market-linjiang-a1"
FOOD = Application("FOOD", SHOP, answers=ANSWERS["FOOD"])


def tell(story: Story) -> str:
    """The whole story; the case's id."""
    owner, stranger = story.citizen(OWNER), story.citizen("wang-hao")
    case_id = _apply(story, owner)
    _guess(story, stranger, case_id)
    _supplement(story, owner, case_id)
    _accept(story, case_id)
    _review(story, case_id)
    _decide(story, case_id)
    _licence(story, owner, case_id)
    with story.report.step("Zhou Min (owner)", "rates the case: very satisfied", case_id):
        portal.rate(owner, case_id, "5")
        rating = story.town.state(case_id).rating
        story.expect(rating.score if rating else None, 5, "the rating")
    return case_id


def _apply(story: Story, owner: Browser) -> str:
    with story.report.step("Zhou Min (owner)", "answers the questions of FOOD, topic by topic"):
        page = portal.answer_all(owner, portal.begin(owner, FOOD), FOOD)
    with story.report.step("Zhou Min (owner)", "a program called .pdf is refused as a paper"):
        _false_type(story, owner, page)
    with story.report.step("Zhou Min (owner)", "uploads the plan (PNG) and the rules (PDF)"):
        page = _upload(owner, page)
    with story.report.step("Zhou Min (owner)", "submits, gets number and receipt; the same again does nothing") as row:
        case_id = _submit_twice(story, owner, page)
        row.what = f"submits; number …{story.town.state(case_id).number[-10:]}; a repeat of it does nothing"
        story.paper(case_id, "receipt")
    return case_id


def _false_type(story: Story, owner: Browser, page: Page) -> None:
    form = page.form(action="/materials/")
    if form is None:
        raise trouble("the page of materials", page)
    control = next(c for c in form.controls if c.kind == "file")
    refused = owner.submit(page, form, files={control.name: papers.impostor("平面图")}, button="stay", status=None)
    story.refused(refused, 422, "PDF", "JPG", "格式", "类型")


def _upload(owner: Browser, page: Page) -> Page:
    page = owner.get(page.url)
    form = page.form(action="/materials/")
    if form is None:
        raise trouble("the page of materials", page)
    page = owner.submit(page, form, files={"file-layout": papers.png("设备布局图")}, button="stay")
    return portal.hand_in(owner, page, FOOD)


def _submit_twice(story: Story, owner: Browser, page: Page) -> str:
    form = page.form("promise", "request_id")
    if form is None:
        raise trouble("the page to check the answers", page)
    receipt = owner.submit(page, form, {"promise": "yes"})
    case_id = portal.case_of(receipt)
    again = story.unchanged(case_id, lambda: owner.submit(page, form, {"promise": "yes"}))
    story.expect(portal.case_of(again), case_id, "the case of the repeated submission")
    number = story.town.state(case_id).number
    if number not in receipt.text.replace(" ", ""):
        raise trouble(f"the case number {number} on the receipt", receipt)
    return case_id


def _guess(story: Story, stranger: Browser, case_id: str) -> None:
    with story.report.step("Wang Hao (stranger)", "guesses the case's address: not found"):
        for address in ("", "receipt/", "withdraw/"):
            story.refused(stranger.get(f"/case/{case_id}/{address}", status=404), 404)


def _supplement(story: Story, owner: Browser, case_id: str) -> None:
    story.town.later(hours=1)
    number = story.town.state(case_id).number
    with story.report.step("Wang Min (window)", "asks once for what is missing: the safety rules", case_id):
        with story.staff.at(WINDOW) as window:
            counter.ask_supplement(window, number, {"safety_rules": "请写明食品留样和清洗消毒的办法。"})
        story.phase(case_id, "correcting")
        supplement = story.town.state(case_id).supplement
        story.expect(supplement and supplement.due, day("03-16"), "the last day to answer (10 working days)")
        story.paper(case_id, "supplement")
    story.town.wait_days(day("03-03"))
    with story.report.step("Zhou Min (owner)", "hands the rules in", case_id):
        portal.answer_supplement(owner, case_id, SHOP)
        story.phase(case_id, "submitted")
    with story.report.step("Wang Min (window)", "a second supplement is refused", case_id):
        with story.staff.at(WINDOW) as window:
            page = story.unchanged(case_id, lambda: counter.second_supplement(window, case_id))
        story.refused(page, 409, "一次性告知")


def _accept(story: Story, case_id: str) -> None:
    with story.report.step("Wang Min (window)", "accepts; both clocks start tomorrow", case_id):
        with story.staff.at(WINDOW) as window:
            counter.accept(window, story.town.state(case_id).number)
        story.phase(case_id, "accepted")
        story.clocks(case_id, promised=(0, day("03-10")), legal=(0, day("03-17")))
        story.paper(case_id, "acceptance")


def _review(story: Story, case_id: str) -> None:
    story.town.wait_days(day("03-04"), at=story.hour(10))
    number = story.town.state(case_id).number
    acts = sorted(task.act for task in story.town.state(case_id).open_tasks)
    story.expect(acts, ["inspect", "review"], "the open tasks")

    def review() -> None:
        with story.staff.at(REVIEWER) as browser:
            page = desk.choose(browser, desk.find(browser, number), "书面审查")
            desk.act(browser, page, "pass", {"opinion": "资料齐全，与申请相符。"})

    def inspect() -> None:
        with story.staff.at(INSPECTOR) as browser:
            page = desk.choose(browser, desk.find(browser, number), "现场核查")
            answers = {
                "second_officer": desk.colleague(page, "pass", story.officer_name(REVIEWER)),
                "opinion": "现场与平面图一致。",
            }
            desk.act(browser, page, "pass", answers)

    with story.report.step("two officers (market)", "document review and on-site inspection at once", case_id):
        story.at_once(review, inspect)
        done = [t for t in story.town.state(case_id).tasks if t.done_at is not None]
        story.expect(len({t.done_by for t in done}), 2, "the number of different officers")
        story.clocks(case_id, promised=(1, day("03-10")), legal=(1, day("03-17")))
        story.paper(case_id, "inspection")


def _decide(story: Story, case_id: str) -> None:
    story.town.wait_days(day("03-05"))
    number = story.town.state(case_id).number
    with story.report.step("a reviewer (market)", "may not decide: refused", case_id):
        with story.staff.at(REVIEWER) as browser:
            page = story.unchanged(case_id, lambda: desk.force(browser, desk.open_case(browser, case_id), "grant", {}))
        story.refused(page, 422)
    with story.report.step("the chief (market)", "decides: granted", case_id):
        with story.staff.at(CHIEF) as browser:
            desk.act(browser, desk.find(browser, number), "grant", {})
        story.phase(case_id, "delivered")
        story.clocks(case_id, promised=(2, day("03-10")), legal=(2, day("03-17")))
        story.paper(case_id, "grant")


def _licence(story: Story, owner: Browser, case_id: str) -> None:
    licence = story.town.state(case_id).licence
    if licence is None:
        raise trouble("a licence in the case", owner.get(f"/case/{case_id}/"))
    with story.report.step("Zhou Min (owner)", f"downloads the licence {licence.number}", case_id):
        card = owner.follow(owner.get("/wallet/"), f"/wallet/{licence.id}/")
        data = owner.download(card.link("/document/"))
        shown = card.link("/verify/")
    with story.report.step("anybody", "the PDF's signature holds, checked without the city's software"):
        check_seal(data, Browser(story.town.url, "anybody").download("/verify/root.pem"), story.town.now())
    anybody = Browser(story.town.url, "anybody")
    with story.report.step("anybody", "scans the code: genuine and valid"):
        _verdict(anybody.get(shown), "这张证是真的，现在有效")
        if licence.token not in shown:
            raise trouble("the licence's own code", card)
    with story.report.step("anybody", "uploads the PDF: the original; with one byte changed: refused"):
        _verdict(_uploaded(anybody, data), "一个字节也没有改过")
        changed = bytearray(data)
        changed[len(changed) // 2] ^= 1
        page = _uploaded(anybody, bytes(changed))
        if "一个字节也没有改过" in page.text:
            raise trouble("a changed file to be told from the original", page)


def _verdict(page: Page, words: str) -> None:
    if words not in page.text:
        raise trouble(f"the verdict “{words}”", page)


def _uploaded(anybody: Browser, data: bytes) -> Page:
    page = anybody.get("/verify/")
    form = page.form("pdf")
    if form is None:
        raise trouble("the upload of a PDF", page)
    return anybody.submit(page, form, files={"pdf": ("licence.pdf", data, "application/pdf")}, status=None)
