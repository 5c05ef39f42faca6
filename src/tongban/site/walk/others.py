"""The other ends a case can have: not accepted, denied, withdrawn, lapsed; each told to the applicant."""

from __future__ import annotations

from tongban.site.demo.answers import ANSWERS
from tongban.site.walk import counter, desk, portal
from tongban.site.walk.portal import Application
from tongban.site.walk.story import Story, day

WINDOW = "window3"
PLAN = "plan"
RESTAURANT = "江城望江餐饮管理有限公司"


def begin_lapse(story: Story) -> str:
    """Somebody applies and is asked for something; the case's id."""
    owner = story.citizen("zhao-qian")
    with story.report.step("Zhao Qian (company)", "applies for HYGIENE") as row:
        case_id = portal.apply(owner, Application("HYGIENE", RESTAURANT, answers=ANSWERS["HYGIENE"]))
        number = story.town.state(case_id).number
        row.what = f"applies for HYGIENE; number …{number[-10:]}"
    with story.report.step("He Jing (window)", "asks for a better plan", case_id):
        with story.staff.at(WINDOW) as window:
            counter.ask_supplement(window, number, {PLAN: "平面图看不清通风口的位置，请重画。"})
        story.phase(case_id, "correcting")
        supplement = story.town.state(case_id).supplement
        story.expect(supplement and supplement.due, day("03-16"), "the last day to answer")
    return case_id


def lapse(story: Story, case_id: str) -> None:
    """The day after the last one the case is closed by the clock."""
    story.town.wait_days(day("03-16"), at=story.hour(18))
    story.expect(story.town.state(case_id).phase, "correcting", "the case on its last day")
    story.town.wait_days(day("03-17"))
    with story.report.step("the clock", "the last day has passed: the supplement lapses", case_id):
        story.phase(case_id, "closed")
        story.expect(story.town.state(case_id).ending, "lapsed", "the ending")
        story.says("zhao-qian", case_id, "补正期限过了")


def not_accepted(story: Story) -> str:
    """An application that fails the law's conditions is not accepted, with reason and remedies."""
    owner = story.citizen("zhao-qian")
    with story.report.step("Zhao Qian (company)", "applies for a shop sign"):
        answers = ANSWERS["SIGN"] | {"from_date": "2026-04-01"}
        case_id = portal.apply(owner, Application("SIGN", RESTAURANT, answers=answers))
    with story.report.step("He Jing (window)", "does not accept it, with the reason in writing", case_id):
        with story.staff.at(WINDOW) as window:
            reason = "设置地点在文物保护范围内，依法不得设置。"
            counter.refuse(window, story.town.state(case_id).number, "not_accepted", reason)
        story.phase(case_id, "delivered")
        story.expect(story.town.state(case_id).ending, "not_accepted", "the ending")
        story.paper(case_id, "not_accepted")
        story.says("zhao-qian", case_id, "没有受理", papers=True)
    return case_id


def denied(story: Story) -> str:
    """A denial gives its reasons and says how to seek review."""
    who = story.citizen("wang-hao")
    wanted = Application("HF-WITHDRAW", "王浩", division="429902", answers=ANSWERS["HF-WITHDRAW"])
    with story.report.step("Wang Hao", "applies to withdraw from the housing fund"):
        case_id = portal.apply(who, wanted)
    number = story.town.state(case_id).number
    with story.report.step("window and reviewer", "accept and review it", case_id):
        with story.staff.at(WINDOW) as window:
            counter.accept(window, number)
        with story.staff.at("housing-fund-r1") as browser:
            desk.act(browser, desk.find(browser, number), "fail", {"opinion": "租房支出低于规定比例。"})
    reasons = "提供的租房支出低于提取条件规定的比例，本次不符合提取条件。"
    with story.report.step("the chief (housing fund)", "may not deny before the applicant was heard: refused", case_id):
        with story.staff.at("housing-fund-a1") as browser:
            page = desk.find(browser, number)
            page = story.unchanged(case_id, lambda: desk.force(browser, page, "deny", {"reasons": reasons}))
        story.refused(page, 409, "听取陈述申辩")
    with story.report.step("the chief (housing fund)", "tells him of the intended denial", case_id):
        with story.staff.at("housing-fund-a1") as browser:
            told = {"facts": "租金低于收入的一成半。", "reasons": reasons}
            desk.act(browser, desk.find(browser, number), "intend", told)
        story.paper(case_id, "intended_adverse")
        story.says("wang-hao", case_id, "先听您说")
    with story.report.step("Wang Hao", "states and defends", case_id):
        portal.defend(who, case_id, "物业费和停车费没有算进去。")
        story.paper(case_id, "defence_record")
    with story.report.step("the chief (housing fund)", "denies it, with reasons, answer and remedies", case_id):
        with story.staff.at("housing-fund-a1") as browser:
            answers = {"reasons": reasons, "considered": "物业费、停车费不是房租，不采纳。"}
            desk.act(browser, desk.find(browser, number), "deny", answers)
        story.phase(case_id, "delivered")
        story.expect(story.town.state(case_id).ending, "denied", "the ending")
        story.paper(case_id, "denial")
        story.says("wang-hao", case_id, "没有批准", papers=True)
        story.says("wang-hao", case_id, "行政复议")
    return case_id


def withdrawn(story: Story) -> str:
    """Who inspected may not decide; then the applicant withdraws."""
    owner = story.citizen("zhao-qian")
    with story.report.step("Zhao Qian (company)", "applies for FOOD; it is accepted and inspected"):
        case_id = portal.apply(owner, Application("FOOD", RESTAURANT, answers=ANSWERS["FOOD"]))
        number = story.town.state(case_id).number
        with story.staff.at(WINDOW) as window:
            counter.accept(window, number)
        _inspect_with_chief(story, number)
    with story.report.step("the chief (market)", "was the second inspector and may not decide: refused", case_id):
        with story.staff.at("market-linjiang-a1") as browser:
            page = story.unchanged(case_id, lambda: desk.force(browser, desk.find(browser, number), "grant", {}))
        story.refused(page, 403, "您办过这件")
    with story.report.step("Zhao Qian (company)", "withdraws the application", case_id):
        portal.withdraw(owner, case_id, "店面改租给别人了。")
        story.phase(case_id, "delivered")
        story.expect(story.town.state(case_id).ending, "withdrawn", "the ending")
        story.says("zhao-qian", case_id, "撤回", papers=True)
    return case_id


def _inspect_with_chief(story: Story, number: str) -> None:
    chief = story.officer_name("market-linjiang-a1")
    with story.staff.at("market-linjiang-r1") as browser:
        page = desk.choose(browser, desk.find(browser, number), "书面审查")
        desk.act(browser, page, "pass", {})
        page = desk.choose(browser, desk.find(browser, number), "现场核查")
        second = desk.colleague(page, "pass", chief)
        desk.act(browser, page, "pass", {"second_officer": second, "opinion": "现场符合要求。"})
