"""A water company wants to dig up a road: received at a counter, judged by four departments, stopped for experts."""

from __future__ import annotations

from tongban.site.demo.answers import ANSWERS
from tongban.site.walk import counter, desk
from tongban.site.walk.browser import trouble
from tongban.site.walk.story import Story, day

WINDOW, LEAD, CHIEF = "window3", "cityadmin-linjiang-r1", "cityadmin-linjiang-a1"
COMPANY, ENGINEER = "江城供水有限公司", "429900197903210226"
ANSWER = ANSWERS["ROAD-DIG"] | {"start_date": "2026-04-13", "end_date": "2026-04-30", "receive": "window"}
OPINIONS = {
    "traffic-police-r1": ("conditions", {"conditions": "限 22:00 至次日 6:00 施工，早晚高峰恢复双向车道。"}),
    "gardens-r1": ("agree", {"opinion": "不涉及树木和绿地，同意。"}),
    "pipelines-r1": ("agree", {"opinion": "与燃气管线净距满足规范，同意。"}),
}
EXPERTS = "李工，江城市政设计院，道路\n王教授，江城大学，交通\n赵工，江城市测绘院，管线"
CONDITIONS = "限 22:00 至次日 6:00 施工；竣工后五个工作日内恢复路面。"


def tell(story: Story) -> str:
    """The whole story; the case's id."""
    case_id = _receive(story)
    _opinions(story, case_id)
    _experts(story, case_id)
    _decide(story, case_id)
    _hand_over(story, case_id)
    return case_id


def _receive(story: Story) -> str:
    story.town.wait_days(day("03-06"))
    with story.report.step("He Jing (window)", "receives ROAD-DIG from Li Xue, originals seen") as row:
        with story.staff.at(WINDOW) as window:
            case_id = counter.receive(window, ENGINEER, "ROAD-DIG", "挖路", COMPANY, ANSWER)
        state = story.town.state(case_id)
        row.what = f"receives ROAD-DIG from Li Xue, originals seen; number …{state.number[-10:]}"
        story.expect({m.grade for m in state.materials}, {"B"}, "the grades of papers compared with their originals")
    with story.report.step("He Jing (window)", "accepts; four departments begin at once", case_id):
        with story.staff.at(WINDOW) as window:
            counter.accept(window, state.number)
        story.phase(case_id, "accepted")
        story.clocks(case_id, promised=(0, day("03-11")), legal=(0, day("04-03")))
        acts = sorted(task.act for task in story.town.state(case_id).open_tasks)
        story.expect(acts, ["opinion"] * 3 + ["review"], "the open tasks")
    return case_id


def _opinions(story: Story, case_id: str) -> None:
    story.town.wait_days(day("03-09"))
    number = story.town.state(case_id).number

    def opine(login: str) -> None:
        key, answers = OPINIONS[login]
        with story.staff.at(login) as browser:
            desk.act(browser, desk.find(browser, number), key, answers)

    with story.report.step("three departments", "give their opinions at once, one with conditions", case_id):
        story.at_once(*[lambda login=login: opine(login) for login in OPINIONS])
        given = {t.agency: t.outcome for t in story.town.state(case_id).tasks if t.act == "opinion"}
        wanted = {"traffic-police": "conditions", "gardens": "agree", "pipelines": "agree"}
        story.expect(given, wanted, "the opinions")
        story.clocks(case_id, promised=(1, day("03-11")), legal=(1, day("04-03")))


def _experts(story: Story, case_id: str) -> None:
    story.town.wait_days(day("03-10"))
    number = story.town.state(case_id).number
    with story.report.step("a reviewer (city management)", "proposes an expert review", case_id):
        with story.staff.at(LEAD) as browser:
            answers = {"cause": "expert_review", "planned_days": "3", "reason": "占道跨两条主干道，需评审交通组织。"}
            desk.act(browser, desk.find(browser, number), "special", answers)
        story.expect(story.town.state(case_id).stopped_by, None, "what stops the clock before the approval")
    with story.report.step("the chief (city management)", "approves it: the clock stops", case_id):
        with story.staff.at(CHIEF) as browser:
            desk.act(browser, desk.find(browser, number), "approve_", {})
        story.clocks(case_id, promised=(1, None), legal=(1, None))
        story.paper(case_id, "special_notice")
    step = story.report.step("a reviewer (city management)", "names the experts and records what they say", case_id)
    with step, story.staff.at(LEAD) as browser:
        desk.act(browser, desk.find(browser, number), "experts_", {"experts": EXPERTS, "declared": "yes"})
        for line in EXPERTS.splitlines():
            said = {"expert": line.split("，")[0], "opinion": "agree", "text": "方案可行。"}
            desk.act(browser, desk.find(browser, number), "expert_", said)
        desk.act(browser, desk.find(browser, number), "conclude_", {"conclusion": "方案可行，夜间施工。"})
    story.town.wait_days(day("03-12"), at=story.hour(16))
    with story.report.step("a reviewer (city management)", "ends it: three working days are not counted", case_id):
        with story.staff.at(LEAD) as browser:
            desk.act(browser, desk.find(browser, number), "end_", {"result": "专家评审同意交通组织方案。"})
        story.clocks(case_id, promised=(1, day("03-16")), legal=(1, day("04-09")))
    step = story.report.step("a reviewer (city management)", "reviews the papers: in order", case_id)
    with step, story.staff.at(LEAD) as browser:
        desk.act(browser, desk.find(browser, number), "pass", {"opinion": "资料齐全。"})


def _decide(story: Story, case_id: str) -> None:
    story.town.wait_days(day("03-13"))
    number = story.town.state(case_id).number
    with story.report.step("the chief (city management)", "decides: granted, with reasons and conditions", case_id):
        with story.staff.at(CHIEF) as browser:
            reasons = "四个部门意见一致，专家评审同意。"
            desk.act(browser, desk.find(browser, number), "grant", {"conditions": CONDITIONS, "reasons": reasons})
        story.phase(case_id, "closed")
        story.clocks(case_id, promised=(2, day("03-16")), legal=(2, day("04-09")))
        story.paper(case_id, "grant")
        decision = story.town.state(case_id).decision
        story.expect(decision and decision.conditions, CONDITIONS, "the conditions of the decision")


def _hand_over(story: Story, case_id: str) -> None:
    state = story.town.state(case_id)
    with story.report.step("He Jing (window)", "prints the permit and hands it over to Li Xue", case_id):
        with story.staff.at(WINDOW) as window:
            page = counter.open_case(window, case_id)
            links = [url for url, _ in page.links() if state.licence and state.licence.file_id in url]
            if not links:
                raise trouble("the permit among the papers to print", page)
            story.expect(window.download(links[0])[:5], b"%PDF-", "the beginning of the permit")
            counter.deliver(window, state.number, "李雪")
        story.phase(case_id, "delivered")
        story.paper(case_id, "delivery")
