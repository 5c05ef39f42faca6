"""Examples of the portal layer: pictures, the case page, licences."""

from __future__ import annotations

from django.utils.html import format_html

from tongban.ui import pictures
from tongban.ui.gallery.base import Example, Section, at, chain, days, drawn, part, road_way, t
from tongban.ui.pictures import Fork, Parallel, RoutePlan, Station, Stop, Way


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


def drawings() -> Section:
    plan = _plan(3)
    return Section(
        t("画出来的", "Pictures"),
        (
            drawn("{% route_plan plan %}", pictures.route_plan(plan)),
            part("details.html", summary=t("用文字看这个过程", "The same in words"), lines=pictures.plan_text(plan)),
            drawn("{% route_plan plan %} · 1", pictures.route_plan(_plan(1))),
            drawn("{% route_plan plan %} · 4", pictures.route_plan(_plan(4))),
            drawn("{% days_strip days %}", pictures.days_strip(days())),
            part(
                "details.html",
                summary=t("每一天怎么算", "How each day counts"),
                lines=pictures.days_text(days()),
                open=True,
            ),
            drawn(
                "{% hash_chain links total %}",
                format_html('<div class="fig upright panel">{}</div>', pictures.hash_chain(chain(), 14)),
            ),
        ),
    )


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


def case() -> Section:
    link = {"href": "#main", "text": t("问一句", "Ask")}
    return Section(
        t("办件页", "Case page"),
        (
            part(
                "todo.html",
                todo={
                    "title": t("要您补：户外招牌的效果图", "For you to do: a drawing of the sign"),
                    "words": t(
                        "“夜景图看不清字的高度，请补一张标尺寸的正面图。”", "“Please add a front view with sizes.”"
                    ),
                    "meta": t("10 月 23 日前补交", "By 23 October"),
                    "href": "#main",
                    "button": t("补效果图", "Add the drawing"),
                },
            ),
            drawn("{% way way %}", pictures.way(_food_way())),
            drawn("{% way way %} · late, stopped", pictures.way(road_way())),
            part(
                "who.html",
                who={
                    "title": t("现在由临江区市场监管局办", "Now with Linjiang Market Regulation"),
                    "note": t("核查组 2 人，今天 09:00 接手", "Two officers, since 09:00"),
                    "links": [link],
                },
            ),
            part(
                "clock.html",
                clock={
                    "title": t("我们的承诺：5 个工作日", "Our promise: 5 working days"),
                    "until": t("最迟 10 月 13 日", "by 13 Oct"),
                    "used": 3,
                    "total": 5,
                    "today": True,
                    "says": t("今天是第 4 天", "Today is day 4"),
                    "left": t("还剩 1 天", "1 day left"),
                },
            ),
            part(
                "clock.html",
                clock={
                    "title": t("法律规定：最长 10 个工作日", "The law: 10 working days"),
                    "until": t("停表中", "clock stopped"),
                    "used": 3,
                    "total": 10,
                    "today": False,
                    "says": t("专家评审，不计时", "Expert review, not counted"),
                    "left": t("还剩 7 天", "7 days left"),
                },
            ),
            part(
                "log.html",
                entries=[
                    {
                        "at": at(12, 8, 55),
                        "what": t("核查员看了平面图", "Officer read the floor plan"),
                        "who": t("为现场核查", "for the visit"),
                    },
                    {"at": at(11, 14, 20), "what": t("受理，从次日开始计时", "Accepted"), "who": ""},
                ],
            ),
            part(
                "prove.html",
                links=chain(),
                total=14,
                fingerprint="7c1e90b45fa2d318",
                at=at(20, 9, 0),
                href="#main",
                receipt="#main",
            ),
            part(
                "next.html",
                title=t("提交以后", "What comes next"),
                steps=[
                    {"when": t("今天", "Today"), "what": t("收件，给您编号和回执", "You get a number and a receipt")},
                    {"when": t("10 月 13 日前", "By 13 Oct"), "what": t("出结果", "Decision")},
                ],
            ),
        ),
    )


def _licence(state: str, words: str, colour: str, href: str) -> Example:
    facts = [
        {"term": t("证号", "Number"), "value": "JY2 0000 2026 1013 04"},
        {"term": t("有效到", "Valid until"), "value": "2031-10-12"},
    ]
    agency = t("江城市临江区市场监督管理局 发", "Issued by Linjiang Market Regulation")
    return part(
        "licence.html",
        lic={
            "id": f"g{colour}{state}",
            "name": t("食品经营许可证", "Food licence"),
            "colour": colour,
            "kind": state,
            "status": words,
            "facts": facts,
            "agency": agency,
            "href": href,
        },
    )


def papers() -> Section:
    return Section(
        t("证照", "Licences"),
        (
            _licence("ok", t("有效", "Valid"), "", ""),
            _licence("wait", t("23 天后到期", "23 days left"), "c", "#main"),
            _licence("bad", t("已撤销", "Revoked"), "b", "#main"),
            *(
                part("verdict.html", verdict={"state": state, "title": title, "text": text})
                for state, title, text in (
                    (
                        "ok",
                        t("这张证是真的，现在有效", "Genuine and valid now"),
                        t("2026 年 11 月 20 日 10:26 验证", "Verified 20 Nov 2026 10:26"),
                    ),
                    ("bad", t("这张证已被撤销", "This licence has been revoked"), ""),
                    ("wait", t("这张证是真的，已过期", "Genuine, but expired"), ""),
                    ("plain", t("没有查到这张证", "No such licence"), t("请核对编号", "Please check the number")),
                )
            ),
        ),
    )
