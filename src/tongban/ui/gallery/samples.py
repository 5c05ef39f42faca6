"""Values the examples draw from: a plan, two ways, days of a clock, a chain, forms. All invented."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import get_language

from tongban.ui import dates, pictures
from tongban.ui.forms import BoundField, Choice, FieldSpec, bind
from tongban.ui.pictures import FlowEdge, FlowPicture, FlowShape, Fork, Link, Parallel, RoutePlan, Station, Stop, Way
from tongban.ui.pictures.days import DayCell, sample
from tongban.ui.pictures.flow import FlowStatus


def samples() -> dict[str, Any]:
    """Every value by the name that the examples use, in the reader's language."""
    plan, days = _plan(3), _days()
    return {
        "plan1": _plan(1),
        "plan3": plan,
        "plan4": _plan(4),
        "plan_lines": pictures.plan_text(plan),
        "food_way": _food_way(),
        "road_way": _road_way(),
        "diagram": _diagram(),
        "days": days,
        "day_lines": pictures.days_text(days),
        "links": _chain(),
        "fields": _fields(),
        "staff_fields": _staff_fields(),
    }


def t(zh: str, en: str) -> str:
    """An example's text in the reader's language; examples stand outside the catalogues of messages."""
    return en if dates.english(get_language()) else zh


def _plan(tracks: int) -> RoutePlan:
    office = t("市场监管局", "Market Regulation")
    all_tracks = (
        (Stop(t("审资料", "Papers"), office),),
        (Stop(t("上门核查", "On-site check"), t("市场监管所", "District office")),),
        (
            Stop(t("验水质", "Water test"), t("检测中心", "Test centre")),
            Stop(t("出报告", "Report"), t("检测中心", "Test centre")),
        ),
        (Stop(t("征求意见", "Opinion"), t("城市管理局", "City Management")),),
    )
    return RoutePlan(
        (
            Stop(t("您提交", "You apply"), "", t("当天", "day 0")),
            Stop(t("受理", "Accepted"), t("窗口", "Window")),
            Fork(all_tracks[:tracks]),
            Stop(t("决定", "Decision"), office),
            Stop(t("发电子证", "E-licence"), "", t("第 5 天", "day 5")),
        ),
        t("同时办，不用一家等一家。", "All at once; no office waits for another."),
    )


def _diagram() -> FlowPicture:
    """Every status that a step of a diagram can have."""
    office = t("市场局", "Market")
    steps: tuple[tuple[str, str, FlowStatus, str], ...] = (
        (t("书面审查", "Document review"), "task", "done", f"{office} · 9-28"),
        (t("现场核查", "On-site check"), "task", "here", office),
        (t("征求意见", "Opinion"), "task", "late", t("城管局", "City")),
        (t("您补材料", "You add papers"), "task", "waiting", ""),
        (t("检测", "Test"), "call", "stopped", ""),
        (t("专家评审", "Experts"), "subprocess", "cancelled", ""),
        (t("作出决定", "Decide"), "task", "plain", ""),
    )
    shapes = [FlowShape("start", 40, 82, 36, 36, t("受理", "Accepted"), status="done")]
    shapes += [
        FlowShape(kind, 130 + 150 * index, 65, 110, 70, name, status=status, note=note)
        for index, (name, kind, status, note) in enumerate(steps)
    ]
    shapes.append(FlowShape("boundary", 180, 117, 36, 36, t("十日", "10 days"), "timer", interrupting=False))
    shapes.append(FlowShape("end", 1190, 82, 36, 36, t("结束", "End")))
    places = [one for one in shapes if one.kind != "boundary"]
    edges = tuple(
        FlowEdge("flow", ((a.x + a.width, 100), (b.x, 100)), passed=a.status == "done") for a, b in pairwise(places)
    )
    lane = FlowShape("lane", 10, 30, 1240, 140, t("主办", "Lead"))
    name = t("审查", "Review")
    return FlowPicture(name, 0, 20, 1260, 160, (lane, *shapes), edges, live=True)


def _food_way() -> Way:
    return Way(
        (
            Station(t("提交", "Submitted"), "9-28 09:41", "done"),
            Station(t("受理", "Accepted"), "9-28 14:20", "done"),
            Parallel(
                (
                    (
                        Station(
                            t("资料审查：合格", "Papers: passed"),
                            t("市场监管局 · 9-30", "Market Regulation · 30 Sep"),
                            "done",
                        ),
                    ),
                    (Station(t("现场核查", "On-site check"), t("今天下午", "this afternoon"), "here"),),
                    (
                        Station(t("送检", "Sampling"), "", "done"),
                        Station(t("水质检验", "Water test"), t("等您补 1 份", "add one paper"), "waiting"),
                    ),
                )
            ),
            Station(t("决定", "Decision"), t("10-13 前", "by 13 Oct")),
            Station(t("发电子证", "E-licence"), t("决定当天", "same day")),
        )
    )


def _road_way() -> Way:
    """A road-digging case with four opinions, one of them late."""
    return Way(
        (
            Station(t("收件", "Received"), t("王敏 11-11", "Wang Min 11 Nov"), "done"),
            Station(t("受理", "Accepted"), t("王敏 11-12", "Wang Min 12 Nov"), "done"),
            Parallel(
                (
                    (Station(t("公安交管", "Traffic police"), t("同意，有条件 · 11-19", "Agreed · 19 Nov"), "done"),),
                    (Station(t("园林绿化", "Parks"), t("同意 · 11-17", "Agreed · 17 Nov"), "done"),),
                    (Station(t("现场勘验", "Site visit"), t("专家评审", "Expert review"), "stopped"),),
                    (Station(t("地下管线", "Pipelines"), t("没回 · 今天到期", "No answer · due today"), "late"),),
                )
            ),
            Station(t("审查决定", "Decision"), t("陈立", "Chen Li")),
            Station(t("制证", "Licence"), t("自动", "automatic")),
            Station(t("送达", "Delivery"), t("电子证", "electronic")),
        )
    )


def _days() -> tuple[DayCell, ...]:
    """Seven days promised, twenty by law, stopped for two."""
    return sample(date(2026, 11, 12), date(2026, 11, 20), 7, 20, (date(2026, 11, 17), date(2026, 11, 18)))


def _chain() -> tuple[Link, ...]:
    """Four steps with invented fingerprints."""
    names = (t("收件", "Received"), t("受理", "Accepted"), t("审查", "Review"), t("核查", "Visit"))
    prints = ("5a77e3f1", "b96d20ce", "41f8aa07", "7c1e9a40")
    return tuple(Link(i, name, p) for i, (name, p) in enumerate(zip(names, prints, strict=True), 11))


def _specs() -> tuple[FieldSpec, ...]:
    kinds = (
        Choice("a", t("餐馆", "Restaurant"), t("现场做、现场吃", "Cooked and eaten here")),
        Choice("b", t("饮品店", "Drinks")),
    )
    return (
        FieldSpec("name", t("店名", "Name of the shop"), hint=t("和招牌上的一样", "As on the sign")),
        FieldSpec("area", t("使用面积", "Floor area"), "integer", unit="㎡", minimum=1),
        FieldSpec("rent", t("月租金", "Rent a month"), "money", unit=t("元", "yuan"), required=False),
        FieldSpec(
            "until",
            t("租赁合同哪天到期？", "When does the lease end?"),
            "date",
            hint=t("例如 2028 年 3 月 27 日", "For example 27 3 2028"),
        ),
        FieldSpec("shape", t("业态", "Kind of shop"), "choice", options=kinds),
        FieldSpec("sells", t("卖什么", "What do you sell?"), "multi", options=kinds),
        FieldSpec("hall", t("在哪里领证", "Where to collect"), "select", options=kinds),
        FieldSpec("phone", t("联系电话", "Phone"), "phone"),
        FieldSpec("id", t("身份证号", "ID number"), "citizen_id"),
        FieldSpec("say", t("补充说明", "Anything else"), "textarea", required=False),
        FieldSpec(
            "plan",
            t("设备布局图", "Floor plan"),
            "file",
            accept=".pdf,.jpg,.png",
            hint=t("PDF、JPG 或 PNG，不超过 20 MB", "PDF, JPG or PNG, up to 20 MB"),
        ),
        FieldSpec("true", t("以上内容真实", "What I say is true"), "confirm"),
    )


def _fields() -> tuple[BoundField, ...]:
    """Every kind of field, two of them wrong."""
    values: dict[str, str | list[str]] = {
        "name": t("江畔小馆", "Jiangpan Bistro"),
        "until-year": "2024",
        "until-month": "3",
        "until-day": "27",
        "shape": "a",
        "sells": ["a"],
    }
    errors = {
        "until": t("到期日不能早于今天", "The lease must not end before today"),
        "plan": t("请上传：设备布局图", "Upload the floor plan"),
    }
    return bind(_specs(), values, errors)


def _staff_fields() -> tuple[BoundField, ...]:
    specs = (
        FieldSpec("who", t("姓名", "Name")),
        FieldSpec("born", t("出生日期", "Date of birth"), "date"),
        FieldSpec("why", t("意见", "Opinion"), "textarea"),
        FieldSpec("sure", t("原件已核对", "Original seen"), "confirm"),
    )
    return bind(specs, {}, {"why": t("请填写：意见", "Fill in: opinion")})
