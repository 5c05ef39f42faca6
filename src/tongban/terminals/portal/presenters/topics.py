"""Topics of life and business (STANDARDS §3.5), and the few that the home page offers as moments."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from tongban.contexts.catalogue.core.items import Item


def topic_names() -> dict[str, str]:
    """Names of all topics, by code."""
    return {
        "person:005": _("生育收养"), "person:010": _("户籍办理"), "person:015": _("民族宗教"),
        "person:020": _("教育科研"), "person:025": _("入伍服役"), "person:030": _("就业创业"),
        "person:035": _("设立变更"), "person:040": _("准营准办"), "person:045": _("抵押质押"),
        "person:050": _("职业资格"), "person:055": _("行政缴费"), "person:060": _("婚姻登记"),
        "person:065": _("优待抚恤"), "person:070": _("规划建设"), "person:075": _("住房保障"),
        "person:085": _("社会保障"), "person:090": _("证件办理"), "person:095": _("交通出行"),
        "person:100": _("旅游观光"), "person:105": _("出境入境"), "person:110": _("消费维权"),
        "person:115": _("公共安全"), "person:120": _("司法公证"), "person:125": _("知识产权"),
        "person:130": _("环保绿化"), "person:135": _("文化体育"), "person:140": _("公用事业"),
        "person:145": _("医疗卫生"), "person:150": _("离职退休"), "person:155": _("死亡殡葬"),
        "person:998": _("地方特色"), "person:999": _("其他"), "corp:005": _("设立变更"), "corp:010": _("准营准办"),
        "corp:015": _("资质认证"), "corp:020": _("年检年审"), "corp:025": _("税收财务"), "corp:030": _("人力资源"),
        "corp:035": _("社会保障"), "corp:040": _("投资审批"), "corp:045": _("融资信贷"), "corp:050": _("抵押质押"),
        "corp:055": _("商务贸易"), "corp:060": _("招标拍卖"), "corp:065": _("海关口岸"), "corp:070": _("涉外服务"),
        "corp:075": _("农林牧渔"), "corp:085": _("规划建设"), "corp:090": _("交通运输"), "corp:095": _("环保绿化"),
        "corp:100": _("应对气候变化"), "corp:105": _("水务气象"), "corp:110": _("医疗卫生"),
        "corp:115": _("科技创新"), "corp:120": _("文体教育"), "corp:125": _("知识产权"), "corp:130": _("民族宗教"),
        "corp:135": _("质量技术"), "corp:140": _("检验检疫"), "corp:145": _("安全生产"), "corp:150": _("公安消防"),
        "corp:155": _("司法公证"), "corp:160": _("公用事业"), "corp:165": _("法人注销"), "corp:170": _("档案文物"),
        "corp:998": _("地方特色"), "corp:999": _("其他"),
    }  # fmt: skip


def moments(company: bool) -> list[tuple[str, str]]:
    """Words of a life, or of a business, and the topic each opens."""
    if company:
        return [
            (_("开业"), "corp:005"), (_("开店经营"), "corp:010"), (_("招人"), "corp:030"), (_("上项目"), "corp:040"),
            (_("盖房修路"), "corp:085"), (_("运输"), "corp:090"), (_("环保"), "corp:095"), (_("招投标"), "corp:060"),
            (_("关门"), "corp:165"),
        ]  # fmt: skip
    return [
        (_("出生"), "person:005"), (_("落户"), "person:010"), (_("上学"), "person:020"), (_("工作"), "person:050"),
        (_("结婚"), "person:060"), (_("开店"), "person:040"), (_("买房"), "person:075"), (_("出行"), "person:095"),
        (_("看病"), "person:145"), (_("养老和优待"), "person:065"), (_("证件"), "person:090"),
    ]  # fmt: skip


def life(items: Iterable[Item], *, company: bool) -> list[dict[str, str]]:
    """The moments for which the catalogue has anything."""
    known = {topic for item in items for topic in item.topics}
    address = reverse("portal:services")
    return [{"href": f"{address}?topic={t}", "name": name} for name, t in moments(company) if t in known]
