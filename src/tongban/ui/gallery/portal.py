"""Examples of the portal layer."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join

from tongban.ui.forms import BoundField, Choice, FieldSpec, bind
from tongban.ui.gallery.base import Section, drawn, part, t
from tongban.ui.gallery.portal_case import case, drawings, papers
from tongban.ui.templatetags import ui


def portal_parts() -> dict[str, object]:
    """Context of the portal's gallery page."""
    return {"sections": (_colours(), _states(), _forms(), _finding(), drawings(), case(), papers(), _lists())}


def _colours() -> Section:
    named = (
        ("#14211F", "--ink"),
        ("#465552", "--ink-2"),
        ("#0B5D57", "--brand"),
        ("#0A3B38", "--deep"),
        ("#F5B041", "--light"),
        ("#1D6B3C", "--ok"),
        ("#8A4B00", "--wait"),
        ("#B3261E", "--bad"),
        ("#56506E", "--hold"),
    )
    swatches = format_html_join(
        "",
        '<li><svg viewBox="0 0 10 4" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="10" height="4" fill="{}"/></svg>{} {}</li>',
        ((colour, name, colour) for colour, name in named),
    )
    buttons = format_html(
        '<p class="row"><button class="btn" type="button">{}</button><button class="btn alt" type="button">{}</button>'
        '<a href="#main">{}</a><button class="btn danger" type="button">{}</button>'
        '<button class="btn" type="button" disabled>{}</button></p>',
        t("主按钮", "Primary"),
        t("次按钮", "Secondary"),
        t("链接动作", "A link"),
        t("撤回申请", "Withdraw"),
        t("现在不能按", "Not now"),
    )
    return Section(
        t("颜色和按钮", "Colours and buttons"),
        (drawn("portal.css", format_html('<ul class="sw">{}</ul>', swatches)), drawn(".btn", buttons)),
    )


def _states() -> Section:
    words = (
        ("running", t("正在办", "In progress")),
        ("done", t("已办好 · 10-13", "Done · 13 Oct")),
        ("ask", t("等您补 1 份", "Waiting for you")),
        ("stopped", t("停表", "Clock stopped")),
        ("late", t("超期 1 天", "1 day late")),
        ("draft", t("草稿", "Draft")),
    )
    tags = format_html('<p class="row">{}</p>', format_html_join("", "{}", ((ui.status_tag(k, w),) for k, w in words)))
    return Section(
        t("状态", "States"),
        (
            drawn('{% status_tag "ask" "…" %}', tags),
            part(
                "empty.html",
                title=t("还没有办件", "No cases yet"),
                text=t("您提交的申请会出现在这里。", "What you apply for appears here."),
                href="#main",
                button=t("去办一件事", "Find a service"),
            ),
            part(
                "late.html",
                title=t("我们超期了 1 天", "We are 1 day late"),
                text=t(
                    "承诺 10 月 13 日，还没办好。已自动报给监察。",
                    "Promised for 13 Oct and not done. Supervision has been told.",
                ),
                links=[{"href": "#main", "text": t("投诉", "Complain")}],
            ),
            part("loading.html", text=t("正在生成通知书，大约 3 秒", "Making the notice, about 3 seconds")),
            part("note.html", kind="ok", text=t("已保存。草稿留 30 天。", "Saved. The draft is kept for 30 days.")),
            part(
                "note.html", kind="bad", text=t("没有保存：这一步已经有人先做了。", "Not saved: somebody was faster.")
            ),
        ),
    )


def _forms() -> Section:
    bound = _example_form()
    return Section(
        t("表单", "Forms"),
        (
            drawn("{% error_summary fields %}", str(ui.error_summary(bound))),
            *(drawn(f"{{% field f %}} · {b.spec.kind}", ui.field(b)) for b in bound),
            part(
                "steps.html",
                number=3,
                total=5,
                steps=[
                    {"name": t("情况", "Situation"), "status": "done"},
                    {"name": t("信息", "Details"), "status": "done"},
                    {"name": t("材料", "Papers"), "status": "here"},
                    {"name": t("核对", "Check"), "status": ""},
                    {"name": t("提交", "Submit"), "status": ""},
                ],
            ),
            part(
                "summary_list.html",
                title=t("店和人", "Shop and owner"),
                rows=[
                    {
                        "term": t("店名", "Name"),
                        "value": t("江畔小馆", "Jiangpan Bistro"),
                        "tag": t("自动带出", "Filled in"),
                        "href": "#main",
                    },
                    {"term": t("联系电话", "Phone"), "value": "138 0000 4172", "tag": "", "href": "#main"},
                ],
            ),
        ),
    )


def _example_form() -> tuple[BoundField, ...]:
    kinds = (
        Choice("a", t("餐馆", "Restaurant"), t("现场做、现场吃", "Cooked and eaten here")),
        Choice("b", t("饮品店", "Drinks")),
    )
    specs = (
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
    return bind(specs, values, errors)


def _finding() -> Section:
    return Section(
        t("找和选", "Finding"),
        (
            part("find.html", action="#main", q="", placeholder=t("比如“开饭店”", "open a restaurant")),
            part(
                "tile.html",
                tile={
                    "href": "#main",
                    "icon": "shop",
                    "name": t("个体户营业执照", "Sole trader licence"),
                    "note": t("不用跑 · 当天", "No visit · same day"),
                },
            ),
            part(
                "pack.html",
                pack={
                    "href": "#main",
                    "name": t("开办餐饮店", "Open a restaurant"),
                    "note": t("5 件并 1 件", "5 into 1"),
                    "lines": 4,
                },
            ),
            part(
                "mine.html",
                mine={
                    "waiting": {
                        "count": 1,
                        "title": t("户外招牌：请补 1 份效果图", "Shop sign: add one drawing"),
                        "note": t("10 月 23 日前补交", "by 23 October"),
                        "href": "#main",
                        "button": t("去补材料", "Add it now"),
                    },
                    "running": {
                        "count": 2,
                        "cases": [
                            {
                                "href": "#main",
                                "name": t("食品经营许可", "Food licence"),
                                "done": 2,
                                "total": 5,
                                "note": t("现场核查中", "On-site check"),
                            },
                            {
                                "href": "#main",
                                "name": t("敬老优待证", "Senior card"),
                                "done": 1,
                                "total": 4,
                                "note": t("制证中", "Being made"),
                            },
                        ],
                    },
                    "expiring": {
                        "count": 1,
                        "title": t("健康证明", "Health certificate"),
                        "note": t("11 月 6 日到期", "6 November"),
                        "href": "#main",
                        "link": t("续办", "Renew"),
                    },
                },
            ),
            part(
                "facts.html",
                facts=[
                    {
                        "term": t("多久", "How long"),
                        "value": t("5 个工作日", "5 working days"),
                        "note": t("法律规定最长 10 个", "by law 10 at most"),
                    },
                    {"term": t("多少钱", "Cost"), "value": t("不收费", "Free"), "note": ""},
                    {
                        "term": t("跑几次", "Visits"),
                        "value": t("0 次", "None"),
                        "note": t("核查员上门 1 次", "one visit to you"),
                    },
                    {
                        "term": t("您要准备", "You bring"),
                        "value": t("2 份材料", "2 papers"),
                        "note": t("另 4 份我们自己取", "we get the other 4"),
                    },
                ],
            ),
            part(
                "crumbs.html",
                crumbs=[{"href": "#main", "text": t("办事", "Services")}, {"href": "#main", "text": t("食品", "Food")}],
            ),
        ),
    )


def _lists() -> Section:
    rows = [
        {
            "icon": "plan",
            "name": t("设备布局图", "Floor plan"),
            "tag": t("您交", "You"),
            "kind": "wait",
            "text": t("手画也收。", "A sketch is fine."),
            "links": [{"href": "#main", "text": t("看样例", "See a sample")}],
        },
        {
            "icon": "card",
            "name": t("营业执照", "Business licence"),
            "tag": t("不用交", "Not needed"),
            "kind": "ok",
            "text": t("来自电子证照库", "From the licence library"),
            "links": [],
        },
    ]
    items = format_html(
        '<ul class="rows">{}</ul>', format_html_join("", "{}", ((part("material.html", m=m).html,) for m in rows))
    )
    return Section(
        t("清单", "Lists"),
        (
            drawn("material.html", items),
            part(
                "table.html",
                caption=t("一起办的", "In this package"),
                heads=[t("事项", "Service"), t("部门", "Office")],
                rows=[[t("营业执照", "Business licence"), t("市场监管局", "Market Regulation")]],
            ),
            part(
                "pagination.html",
                pages=[{"number": 1, "href": "#main"}, {"number": 2, "href": ""}, {"number": 3, "href": "#main"}],
                previous="#main",
                next="#main",
            ),
            part(
                "details.html",
                summary=t("我不会用电脑。", "I can't use a computer."),
                text=t("带身份证到任何一个大厅，工作人员替您填。", "Bring your ID card to any hall."),
            ),
        ),
    )
