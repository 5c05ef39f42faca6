"""Examples of the dense layer."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tongban.ui import pictures
from tongban.ui.forms import FieldSpec, bind
from tongban.ui.gallery.base import Section, at, days, drawn, part, road_way, t
from tongban.ui.templatetags import ui


def staff_parts() -> dict[str, object]:
    """Context of the staff gallery page."""
    return {"sections": (_marks(), _table(), _case(), _counter(), _forms())}


def _marks() -> Section:
    lamps = (
        ("over", t("超期 1 日", "1 day late")),
        ("today", t("今天到期", "due today")),
        ("soon", t("剩 3 个工作日", "3 working days left")),
        ("ok", t("剩 9 个工作日", "9 working days left")),
        ("pause", t("专家评审第 3 日", "expert review, day 3")),
    )
    results = (
        ("y", t("一致", "matches")),
        ("n", t("不符", "differs")),
        ("w", t("要看", "look at it")),
        ("run", t("正在问", "asking")),
    )
    row = '<p class="row">{}</p>'
    return Section(
        t("灯和等级", "Lamps and grades"),
        (
            drawn(
                "{% lamp name words %}",
                format_html(row, format_html_join(" ", "{}", ((ui.lamp(n, w),) for n, w in lamps))),
            ),
            drawn(
                "{% result name words %}",
                format_html(row, format_html_join(" ", "{}", ((ui.result(n, w),) for n, w in results))),
            ),
            drawn(
                "{% grade letter %}", format_html(row, format_html_join(" ", "{}", ((ui.grade(g),) for g in "ABCD")))
            ),
            drawn(
                ".btn",
                format_html(
                    '<p class="row"><button class="btn pri" type="button">{} <kbd>V</kbd></button>'
                    '<button class="btn" type="button">{}</button><button class="btn sml" type="button">{}</button>'
                    '<button class="btn" type="button" disabled>{}</button></p>',
                    t("核对第 4 份原件", "Check original no. 4"),
                    t("存着", "Keep"),
                    t("转办", "Hand over"),
                    t("签发（差 1 条）", "Sign (1 missing)"),
                ),
            ),
        ),
    )


def _row(number: int, lamp: str, words: str, used: int, promised: int, **more: object) -> SafeString:
    row = {
        "id": str(number),
        "lamp": lamp,
        "words": words,
        "until": "11-25",
        "used": used,
        "promised": promised,
        "href": "#main",
        "item": t("挖掘城市道路", "Road digging"),
        "applicant": t("江城市清源水务有限公司", "Qingyuan Water"),
        "step": t("决定", "Decision"),
        "officer": t("陈立", "Chen Li"),
        "mine": True,
        "tail": f"0{number}",
        "ticked": False,
        "current": False,
        **more,
    }
    return part("staff/worktable_row.html", r=row).html


def _table() -> Section:
    body = format_html(
        '<div class="scroll"><table class="wt">{}{}<tbody>{}{}</tbody>{}<tbody>{}{}</tbody></table></div>',
        part("staff/worktable_head.html").html,
        part(
            "staff/worktable_group.html", g={"lamp": "over", "name": t("超期", "Late"), "note": t("1 件", "1 case")}
        ).html,
        _row(187, "over", t("超期 1 日", "1 day late"), 8, 7),
        _row(240, "today", t("今天到期", "due today"), 7, 7, current=True),
        part(
            "staff/worktable_group.html", g={"lamp": "ok", "name": t("宽裕", "In time"), "note": t("2 件", "2 cases")}
        ).html,
        _row(302, "ok", t("剩 12 个工作日", "12 working days left"), 8, 20, ticked=True, mine=False),
        _row(270, "pause", t("专家评审第 3 日", "expert review, day 3"), 4, 7, mine=False),
    )
    counts = [
        {"lamp": "over", "words": t("超期 1", "late 1"), "href": "#main"},
        {"lamp": "ok", "words": t("宽裕 5", "in time 5"), "href": "#main"},
    ]
    keys = [{"key": "J K", "text": t("上下", "up and down")}, {"key": "/", "text": t("找", "find")}]
    return Section(
        t("工作台", "Worktable"),
        (
            part("staff/lamp_counts.html", counts=counts),
            drawn("staff/worktable_*.html", body),
            part(
                "empty.html",
                title=t("今天没有要办的件", "Nothing to do today"),
                text=t("新到的件会出现在这里。", "New cases appear here."),
                href="",
                button="",
            ),
            part("staff/keys.html", keys=keys),
        ),
    )


def _case() -> Section:
    checks = [
        {
            "name": t("挖掘面积", "Area"),
            "declared": "334.8 ㎡",
            "found": "341.3 ㎡",
            "source": t("按图重算", "from the drawing"),
            "lamp": "w",
            "result": t("差 1.9%", "1.9 % off"),
            "hit": True,
        },
        {
            "name": t("申请单位", "Applicant"),
            "declared": t("清源水务", "Qingyuan Water"),
            "found": t("一致，存续", "matches"),
            "source": t("电子证照库", "licence library"),
            "lamp": "y",
            "result": t("一致", "matches"),
            "hit": False,
        },
    ]
    table = '<table class="ver"><tbody>{}</tbody></table>'
    log = {
        "seq": 14,
        "at": at(20, 9, 52),
        "who": t("孙洁", "Sun Jie"),
        "what": t("打开会签单", "Opened the request"),
        "fingerprint": "7c1e9a4012",
    }
    return Section(
        t("办件页", "Case page"),
        (
            part(
                "staff/clocks.html",
                clocks=[
                    {
                        "title": t("承诺 7 日 · 11-25 周三", "promise 7 · Wed 25 Nov"),
                        "lamp": "soon",
                        "words": t("剩 3 个工作日", "3 working days left"),
                    },
                    {
                        "title": t("法定 20 日 · 12-14 周一", "law 20 · Mon 14 Dec"),
                        "lamp": "ok",
                        "words": t("剩 16 个工作日", "16 working days left"),
                    },
                ],
            ),
            drawn(
                "{% staff_route way %}",
                format_html(
                    '<div class="panel"><div class="proc">{}</div><div class="proc hr">{}</div></div>',
                    pictures.staff_route(road_way()),
                    pictures.days_clock(days(), 7, 20),
                ),
            ),
            drawn(
                "staff/check_row.html",
                format_html(
                    table, format_html_join("", "{}", ((part("staff/check_row.html", c=c).html,) for c in checks))
                ),
            ),
            part(
                "staff/opinions.html",
                opinions=[
                    {
                        "office": t("公安交管支队", "Traffic police"),
                        "lamp": "y",
                        "result": t("同意", "agreed"),
                        "text": t("每天 22:00–6:00 施工。", "Work from 22:00 to 6:00."),
                        "meta": "11-19 15:20",
                    },
                    {
                        "office": t("地下管线中心", "Pipelines"),
                        "lamp": "today",
                        "result": t("没回", "no answer"),
                        "text": t("过了 17:30 算环节超时，不算同意。", "Silence is not consent."),
                        "meta": "",
                        "waiting": True,
                        "href": "#main",
                        "link": t("催一下", "Nudge"),
                    },
                ],
            ),
            part(
                "staff/acts.html",
                name="act",
                label=t("我的决定", "My decision"),
                acts=[
                    {
                        "value": "grant",
                        "name": t("准予", "Grant"),
                        "effect": t("出决定书和许可证，计时停在今天。", "Decision and licence; the clock ends today."),
                        "key": "1",
                        "chosen": True,
                        "suggested": True,
                    },
                    {
                        "value": "deny",
                        "name": t("不予许可", "Deny"),
                        "effect": t("写明理由、依据和复议、诉讼途径。", "With reasons and remedies."),
                        "key": "2",
                    },
                    {
                        "value": "extend",
                        "name": t("延期", "Extend"),
                        "effect": "",
                        "key": "3",
                        "closed": t("已经延过一次。", "Extended once already."),
                    },
                ],
            ),
            part(
                "staff/gates.html",
                gates=[
                    {
                        "lamp": "today",
                        "text": t("管线意见没回", "Pipelines have not answered"),
                        "note": t("最迟今天 17:30", "until 17:30"),
                        "href": "#main",
                        "link": t("为什么要等", "Why wait"),
                    },
                    {"lamp": "y", "text": t("材料 4/4", "Papers 4/4")},
                ],
            ),
            drawn(
                "staff/log_row.html",
                format_html(
                    '<div class="log"><table><tbody>{}</tbody></table></div>', part("staff/log_row.html", e=log).html
                ),
            ),
        ),
    )


def _counter() -> Section:
    materials = [
        {
            "number": 1,
            "name": t("营业执照", "Business licence"),
            "source": t("电子证照库 · 免提交", "licence library"),
            "grade": "A",
            "lamp": "y",
            "result": t("有效，一致", "valid"),
            "note": "10:21:08",
            "href": "#main",
            "link": t("看", "View"),
        },
        {
            "number": 2,
            "name": t("设备布局图", "Floor plan"),
            "source": t("手机上传", "uploaded"),
            "grade": "C",
            "lamp": "w",
            "result": t("待核原件", "see the original"),
            "note": t("核对后升为 B 级", "B afterwards"),
            "href": "#main",
            "link": t("核对", "Check"),
            "needs_act": True,
        },
    ]
    return Section(
        t("窗口", "Counter"),
        (
            part(
                "staff/queue.html",
                label=t("排队", "Queue"),
                now={
                    "ticket": "A037",
                    "name": t("周海涛", "Zhou Haitao"),
                    "item": t("食品经营许可", "Food licence"),
                    "note": t("等了 11 分钟", "waited 11 min"),
                },
                next=[
                    {
                        "ticket": "A038",
                        "tag": t("网上已申报", "applied online"),
                        "note": t("户外招牌 · 等 9 分", "shop sign · 9 min"),
                    }
                ],
                rest=t("后面还有 6 人", "6 more"),
                actions=[{"href": "#main", "text": t("叫下一位", "Next"), "key": "F2"}],
            ),
            part(
                "staff/person.html",
                p={
                    "name": t("周海涛", "Zhou Haitao"),
                    "line": t("男 · 41 岁", "male, 41"),
                    "id_number": "429901********2217",
                    "lamp": "y",
                    "check": t("人证一致", "matches the card"),
                    "facts": [{"term": t("手机", "Phone"), "value": "138****4406", "tag": t("已实名", "real name")}],
                },
            ),
            drawn(
                "staff/material_row.html",
                format_html(
                    '<table class="chk"><tbody>{}</tbody></table>',
                    format_html_join("", "{}", ((part("staff/material_row.html", m=m).html,) for m in materials)),
                ),
            ),
            part(
                "staff/clock_pair.html",
                promised={
                    "title": t("承诺 1 个工作日", "promise 1 day"),
                    "day": t("11-23 周一", "Mon 23 Nov"),
                    "note": t("17:30 前办结", "by 17:30"),
                },
                legal={"title": t("法定 10 个工作日", "law 10 days"), "day": t("12-04 周五", "Fri 4 Dec"), "note": ""},
            ),
        ),
    )


def _forms() -> Section:
    specs = (
        FieldSpec("who", t("姓名", "Name")),
        FieldSpec("born", t("出生日期", "Date of birth"), "date"),
        FieldSpec("why", t("意见", "Opinion"), "textarea"),
        FieldSpec("sure", t("原件已核对", "Original seen"), "confirm"),
    )
    bound = bind(specs, {}, {"why": t("请填写：意见", "Fill in: opinion")})
    return Section(
        t("表单", "Forms"),
        (
            drawn("{% error_summary fields %}", str(ui.error_summary(bound))),
            *(drawn("{% field f %}", ui.field(b)) for b in bound),
        ),
    )
