"""Who is who in the demo city. Nobody here exists; codes have correct check digits and belong to no real body.

The division 429900 is not assigned in GB/T 2260.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CITY, LINJIANG, WANGSHAN = "429900", "429901", "429902"
WANGJIANG_STREET, BINJIANG = "429901001", "429901001001"

Level = Literal["city", "district", "township", "village"]


@dataclass(frozen=True)
class Organ:
    """One agency of the demo city; `base` is the key that items name."""

    base: str
    zh: str
    en: str
    level: Level = "city"
    division: str = CITY
    staff: bool = True

    @property
    def key(self) -> str:
        place = {LINJIANG: "linjiang", WANGSHAN: "wangshan"}.get(self.division, "")
        return f"{self.base}-{place}" if place else self.base


_CITY = [
    ("government", "人民政府", "People's Government", False),
    ("court", "中级人民法院", "Intermediate People's Court", False),
    ("service-bureau", "政务服务管理局", "Government Service Bureau", True),
    ("service-centre", "政务服务中心", "Government Service Centre", False),
    ("market", "市场监督管理局", "Market Regulation Bureau", True),
    ("health", "卫生健康局", "Health Bureau", True),
    ("fire", "消防救援支队", "Fire and Rescue", True),
    ("cityadmin", "城市管理局", "City Management Bureau", True),
    ("forestry", "林业局", "Forestry Bureau", True),
    ("housing", "住房和城乡建设局", "Housing and Construction Bureau", True),
    ("planning", "自然资源和规划局", "Natural Resources and Planning Bureau", True),
    ("ecology", "生态环境局", "Ecology and Environment Bureau", True),
    ("transport", "交通运输局", "Transport Bureau", True),
    ("culture", "文化和旅游局", "Culture and Tourism Bureau", True),
    ("tobacco", "烟草专卖局", "Tobacco Monopoly Bureau", True),
    ("education", "教育局", "Education Bureau", True),
    ("police", "公安局", "Public Security Bureau", True),
    ("traffic-police", "公安局交警支队", "Traffic Police", True),
    ("water", "水利局", "Water Bureau", True),
    ("civil", "民政局", "Civil Affairs Bureau", True),
    ("hrss", "人力资源和社会保障局", "Human Resources and Social Security Bureau", True),
    ("housing-fund", "住房公积金管理中心", "Housing Fund Centre", True),
    ("devreform", "发展和改革委员会", "Development and Reform Commission", True),
    ("finance", "财政局", "Finance Bureau", True),
    ("trade-centre", "公共资源交易中心", "Public Resource Trading Centre", True),
    ("provincial-market", "省市场监督管理局驻江城办事处", "Provincial Market Regulation, Jiangcheng office", True),
    ("pipelines", "地下管线中心", "Underground Pipeline Centre", True),
    ("gardens", "园林绿化中心", "Parks and Greenery Centre", True),
    ("medical-insurance", "医疗保障局", "Medical Insurance Bureau", True),
]
_DISTRICT = {
    LINJIANG: ("临江区", "Linjiang", {
        "government": "人民政府", "court": "人民法院", "market": "市场监督管理局", "health": "卫生健康局",
        "fire": "消防救援大队", "cityadmin": "城市管理局", "civil": "民政局", "service-centre": "政务服务中心",
    }),
    WANGSHAN: ("望山区", "Wangshan", {
        "government": "人民政府", "court": "人民法院", "market": "市场监督管理局", "service-centre": "政务服务中心",
    }),
}  # fmt: skip


def organs() -> list[Organ]:
    """Every agency, parents before children."""
    english = {base: en for base, _zh, en, _staff in _CITY} | {"court": "People's Court"}
    staffed = {base for base, _zh, _en, staff in _CITY if staff}
    found = [
        Organ(base, zh if zh.startswith("省") else f"江城市{zh}", en if zh.startswith("省") else f"Jiangcheng {en}",
              staff=staff)
        for base, zh, en, staff in _CITY
    ]  # fmt: skip
    for division, (place, place_en, offices) in _DISTRICT.items():
        found += [
            Organ(base, f"江城市{place}{zh}", f"{place_en} {english[base]}", "district", division, base in staffed)
            for base, zh in offices.items()
        ]
    found.append(Organ("street", "望江街道办事处", "Wangjiang Subdistrict Office", "township", WANGJIANG_STREET))
    found.append(Organ("village", "滨江社区居民委员会", "Binjiang Community", "village", BINJIANG, staff=False))
    return found


@dataclass(frozen=True)
class Desk:
    """A window in a hall."""

    id: str
    zh: str
    en: str
    agency: str
    items: tuple[str, ...]


WINDOWS = (
    Desk("lj-01", "临江大厅 1 号综合窗口", "Linjiang hall, general window 1", "service-centre-linjiang", ("*",)),
    Desk("lj-02", "临江大厅 2 号综合窗口", "Linjiang hall, general window 2", "service-centre-linjiang", ("*",)),
    Desk("lj-05", "临江大厅 5 号社保窗口", "Linjiang hall, social security window 5", "service-centre-linjiang",
         ("SS-CARD", "SOCIAL-REG", "FLEX-INS")),
    Desk("city-03", "市民中心 3 号综合窗口", "City hall, general window 3", "service-centre", ("*",)),
    Desk("ws-01", "望山大厅 1 号综合窗口", "Wangshan hall, general window 1", "service-centre-wangshan", ("*",)),
)  # fmt: skip


@dataclass(frozen=True)
class Clerk:
    """A demo login of the staff. The password and the way to the one-time code are printed by `tongban demo-city`."""

    login: str
    name: str
    name_en: str
    agency: str
    roles: tuple[str, ...]
    window: str = ""


NAMED_CLERKS = (
    Clerk("window1", "王敏", "Wang Min", "service-centre-linjiang", ("window",), "lj-01"),
    Clerk("window2", "刘洋", "Liu Yang", "service-centre-linjiang", ("window",), "lj-02"),
    Clerk("window5", "吴芳", "Wu Fang", "service-centre-linjiang", ("window",), "lj-05"),
    Clerk("window3", "何静", "He Jing", "service-centre", ("window",), "city-03"),
    Clerk("wswindow", "郑洁", "Zheng Jie", "service-centre-wangshan", ("window",), "ws-01"),
    Clerk("catalogue", "钱蓉", "Qian Rong", "service-bureau", ("catalogue_owner",)),
    Clerk("supervisor", "周正", "Zhou Zheng", "service-bureau", ("supervisor",)),
    Clerk("admin", "冯伟", "Feng Wei", "service-bureau", ("administrator",)),
)
#: Who write and review the law: an owner and a reviewer in four organs, the bureau's lawyer and its publisher. They
#: come after everybody else, so that badge numbers given earlier stay.
CATALOGUE_CLERKS = (
    Clerk("market-owner", "林晓", "Lin Xiao", "market", ("catalogue_owner",)),
    Clerk("market-reviewer", "高远", "Gao Yuan", "market", ("catalogue_reviewer",)),
    Clerk("cityadmin-owner", "罗欣", "Luo Xin", "cityadmin", ("catalogue_owner",)),
    Clerk("cityadmin-reviewer", "梁栋", "Liang Dong", "cityadmin", ("catalogue_reviewer",)),
    Clerk("civil-owner", "宋怡", "Song Yi", "civil", ("catalogue_owner",)),
    Clerk("civil-reviewer", "唐宁", "Tang Ning", "civil", ("catalogue_reviewer",)),
    Clerk("health-owner", "邓佳", "Deng Jia", "health", ("catalogue_owner",)),
    Clerk("health-reviewer", "韩松", "Han Song", "health", ("catalogue_reviewer",)),
    Clerk("legal", "董明", "Dong Ming", "service-bureau", ("legal_reviewer",)),
    Clerk("publisher", "程立", "Cheng Li", "service-bureau", ("catalogue_publisher",)),
)
#: A chief representative at the window, and the government's head who approves extensions of joint handling.
FAIR_CLERKS = (
    Clerk("market-linjiang-c1", "谢宁", "Xie Ning", "market-linjiang", ("chief_representative",)),
    Clerk("government-a1", "蒋文", "Jiang Wen", "government", ("approver",)),
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_SURNAMES_EN = [
    "Zhao",
    "Qian",
    "Sun",
    "Li",
    "Zhou",
    "Wu",
    "Zheng",
    "Wang",
    "Feng",
    "Chen",
    "Chu",
    "Wei",
    "Jiang",
    "Shen",
    "Han",
    "Yang",
    "Zhu",
    "Qin",
    "You",
    "Xu",
    "He",
    "Lü",
    "Shi",
    "Zhang",
    "Kong",
    "Cao",
    "Yan",
    "Hua",
    "Jin",
    "Wei",
    "Tao",
    "Jiang",
]
_GIVEN = (("一鸣", "Yiming"), ("思远", "Siyuan"), ("立言", "Liyan"))


def clerks(organ: Organ, place: int) -> list[Clerk]:
    """Two reviewers and the chief representative of an organ, the `place`-th in the list."""
    at = place % len(_SURNAMES)
    roles = (("reviewer",), ("reviewer",), ("approver",))
    logins = ("r1", "r2", "a1")
    return [
        Clerk(f"{organ.key}-{login}", _SURNAMES[(at + 7 * n) % len(_SURNAMES)] + given,
              f"{_SURNAMES_EN[(at + 7 * n) % len(_SURNAMES)]} {given_en}", organ.key, role)
        for n, (login, role, (given, given_en)) in enumerate(zip(logins, roles, _GIVEN, strict=True))
    ]  # fmt: skip


def officers_of(*keys: str) -> list[Clerk]:
    """Reviewers and chief representative of the organs with these keys."""
    return [one for place, organ in enumerate(organs()) if organ.key in keys for one in clerks(organ, place)]


#: The staff's password in the demo; every other installation sets its own.
DEMO_PASSWORD = "tongban-demo-2026"  # noqa: S105 - printed on the demo's own start page
