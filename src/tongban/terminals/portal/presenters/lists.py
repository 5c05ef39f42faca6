"""The published lists as tables, for a page and for a file; the index of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.contexts.catalogue import queries as catalogue
from tongban.contexts.catalogue.core import lists
from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.lists import TEN_TYPES, Line, PowerType
from tongban.terminals.common.presenters import words
from tongban.terminals.common.presenters.languages import agency_of_item, either, said
from tongban.terminals.portal.presenters import laws, stages
from tongban.terminals.portal.presenters.elements import level_words, scope_words, sub_type_words, type_words

T = TypeVar("T")
#: Lines of a page; the list of responsibilities has several lines for an item.
PAGE, PAGE_OF_RESPONSIBILITIES = 150, 25
#: What the catalogue calls a list in lists/tags.yaml goes before the name it has here.
_GROUPS: tuple[tuple[str, ...], ...] = (
    ("power", "responsibility", "licence", "service"),
    ("proof", "intermediary", "fee", "negative"),
    ("commitment", "tolerance", "instant", "one-visit", "no-meeting", "electronic-licence-exempt", "city-wide",
     "cross-province", "one-thing", "delegated"),
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One cell: words, where they lead, and a quieter second line. `span` makes it the head of so many rows."""

    text: str
    href: str = ""
    note: str = ""
    links: tuple[tuple[str, str], ...] = ()  # several items: (name, address)
    span: int = 0


@dataclass(frozen=True)
class Table:
    """One published list, or a page of it."""

    id: str
    title: str
    lead: str
    count: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]] | None  # a second table: heads, rows
    choices: tuple[dict[str, Any], ...]  # of type and organ
    pages: dict[str, Any]
    csv: str


def list_words(list_id: str) -> str:
    """What a list is called."""
    tag = next((tag for tag in catalogue.beside().tags if tag.code == list_id), None)
    return said(tag.name) if tag is not None else _own_names().get(list_id, list_id)


def _own_names() -> Mapping[str, str]:
    return {
        "power": _("权力清单"), "responsibility": _("责任清单"), "licence": _("行政许可事项清单"),
        "service": _("公共服务清单"), "proof": _("证明事项清单"), "intermediary": _("中介服务清单"),
        "fee": _("涉企收费清单"), "negative": _("市场准入负面清单"), "commitment": _("告知承诺清单"),
        "tolerance": _("容缺受理清单"), "instant": _("即办清单"), "one-visit": _("最多跑一次清单"),
        "no-meeting": _("不见面审批清单"), "electronic-licence-exempt": _("电子证照免提交清单"),
        "city-wide": _("全市通办清单"), "cross-province": _("跨省通办清单"), "one-thing": _("高效办成一件事清单"),
        "delegated": _("委托和下放清单"),
    }  # fmt: skip


def lead_words(list_id: str) -> str:
    """What a list means for people, in one sentence."""
    tag = next((tag for tag in catalogue.beside().tags if tag.code == list_id), None)
    if tag is not None and tag.note is not None:
        return said(tag.note)
    return {
        "power": _("清单之外没有权力。每一项权力归一类，写明谁行使、依据是什么。"),
        "responsibility": _("每一项权力的每一步由谁负责、要做什么、做错了追究什么。"),
        "licence": _("清单之外不得设许可。"),
        "service": _("政府为大家做的事，不是权力。"),
        "proof": _("只有这些证明可以要您开，别的都不用。"),
        "intermediary": _("只有这些中介服务可以要求，机构由您自己选。"),
        "fee": _("企业只在这些事上交费，别的收费都可以投诉。"),
        "negative": _("不在这张清单上的行业，谁都可以进。"),
        "delegated": _("哪些权力交给了哪一级、哪个机关行使。"),
    }.get(list_id, "")


def index(sizes: Mapping[str, int], types: Mapping[str, int]) -> dict[str, Any]:
    """The index: the ten types, the organs, and every list with how long it is."""
    known = {key for group in _GROUPS for key in group}
    groups = (*_GROUPS, tuple(key for key in sizes if key not in known))
    titles = (_("权力和责任"), _("要您办的、要您交的"), _("怎么办更省事"), _("其他公布的清单"))
    organs: dict[str, int] = {}
    for item in catalogue.listed_items("power"):
        organs[item.agency] = organs.get(item.agency, 0) + 1
    return {
        "groups": [
            {"title": title, "lists": [_entry(key, sizes[key]) for key in group if key in sizes]}
            for title, group in zip(titles, groups, strict=True)
        ],
        "types": [
            {"href": _address("power", type=str(one)), "name": type_words(one), "count": types[one]}
            for one in TEN_TYPES
        ],
        "organs": [
            {"href": _address("power", agency=key), "name": agency_of_item(key, short=True), "count": count}
            for key, count in sorted(organs.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
    }


def _entry(key: str, count: int) -> dict[str, Any]:
    return {
        "href": reverse("portal:list", args=[key]),
        "name": list_words(key),
        "lead": lead_words(key),
        "count": count,
    }


def _address(list_id: str, name: str = "portal:list", **query: Any) -> str:
    said_ = {key: value for key, value in query.items() if value}
    address = reverse(name, args=[list_id])
    return f"{address}?{urlencode(said_)}" if said_ else address


# -- one list ---------------------------------------------------------------------------------------------------------


def table(list_id: str, *, agency: str = "", kind: str = "", page: int = 1) -> Table:
    """A page of one list, of one organ or type where given. Refuses `NotFound` for a list that is none."""
    found = catalogue.listed_items(list_id, agency=agency, kind=kind)
    lines = catalogue.listed_lines(list_id)
    heads, rows = _content(list_id, found, lines)
    size = PAGE_OF_RESPONSIBILITIES if list_id == "responsibility" else PAGE
    count = len(found if list_id == "responsibility" else rows)
    shown = _responsible(found, page) if list_id == "responsibility" else _cut(rows, page, size)
    beside = (_line_heads(), tuple(_line(one) for one in lines)) if list_id == "fee" and lines and page == 1 else None
    return Table(
        id=list_id,
        title=list_words(list_id),
        lead=lead_words(list_id),
        count=ngettext("%(n)s 项", "%(n)s 项", count) % {"n": count},
        heads=heads,
        rows=tuple(shown),
        more=beside,
        choices=_choices(list_id, agency, kind) if list_id not in _WITHOUT_ITEMS else (),
        pages=_pages(list_id, agency, kind, page, -(-count // size)),
        csv=_address(list_id, "portal:list_csv", agency=agency, type=kind),
    )


#: Lists that are not narrowed by organ or type.
_WITHOUT_ITEMS = frozenset(lists.LINE_LISTS) - {"responsibility"}
_Content = tuple[tuple[str, ...], Sequence[tuple[Cell, ...]]]


def _content(list_id: str, found: Sequence[Item], lines: Sequence[Line]) -> _Content:
    if list_id == "responsibility":
        return (_("事项"), _("环节"), _("谁负责"), _("职责"), _("追责情形")), ()
    if list_id in _WITHOUT_ITEMS:
        return _line_heads(), [_line(one) for one in lines]
    detail = _detail_head(list_id)
    heads = (_("事项"), _("类别"), _("实施主体"), _("多久"), *((detail,) if detail else ()))
    return heads, [_item(list_id, item, detail=bool(detail)) for item in found]


def _line_heads() -> tuple[str, ...]:
    return _("名称"), _("依据"), _("实施主体"), _("有关事项")


def _line(one: Line) -> tuple[Cell, ...]:
    names = {name: law.name_en for name, law in laws.laws_by_name().items()}
    concerned = tuple((said(item.name), reverse("portal:guide", args=[item.code])) for item in one.items)
    return (
        Cell(said(one.name), note=said(one.note), span=1),
        Cell(laws.cited(one.basis, names)),
        Cell(agency_of_item(one.organ, short=True) if one.organ else ""),
        Cell("", links=concerned),
    )


def _item(list_id: str, item: Item, *, detail: bool) -> tuple[Cell, ...]:
    cells = (
        Cell(said(item.name), reverse("portal:guide", args=[item.code]), _laws(item), span=1),
        Cell(type_words(lists.ten_types(item)), note=sub_type_words(item.sub_type) if item.power > "03" else ""),
        Cell(agency_of_item(item.agency, short=True)),
        Cell(capfirst(words.time_words(item))),
    )
    return (*cells, Cell(capfirst(_detail(list_id, item)))) if detail else cells


def _laws(item: Item) -> str:
    """The first basis in words, and how many more there are."""
    if not item.basis:
        return ""
    first, rest = item.basis[0], len(item.basis) - 1
    name = either(f"《{first.law}》", first.law_en or first.law)
    return _("%(law)s等 %(n)s 部") % {"law": name, "n": rest + 1} if rest else name


def _detail_head(list_id: str) -> str:
    return {
        "tolerance": _("可以后补的材料"),
        "electronic-licence-exempt": _("不用交的证照"),
        "fee": _("收费标准"),
        "delegated": _("交给谁"),
        "cross-province": _("通办范围"),
        "city-wide": _("通办范围"),
    }.get(list_id, "")


def _detail(list_id: str, item: Item) -> str:
    if list_id in ("tolerance", "electronic-licence-exempt"):
        papers = lists.tolerable(item) if list_id == "tolerance" else lists.licence_free(item)
        return _("、").join(said(paper) for paper in papers)
    if list_id == "fee":
        return said(item.fee.standard) or said(item.fee.name)
    if list_id == "delegated":
        return _("、").join(agency_of_item(key, short=True) for one in item.delegations for key in one.takers)
    return scope_words(item.scope) or _("全市通办")


def _responsible(found: Sequence[Item], page: int) -> list[tuple[Cell, ...]]:
    """The items of one page, stage by stage; an item's name heads all of its stages."""
    rows: list[tuple[Cell, ...]] = []
    for item in _cut(found, page, PAGE_OF_RESPONSIBILITIES):
        lines = stages.shaped(catalogue.responsibilities(item))
        address = reverse("portal:guide", args=[item.code])
        name = Cell(said(item.name), address, type_words(lists.ten_types(item)), span=len(lines))
        for number, line in enumerate(lines):
            cells = (
                Cell(line["name"], note=capfirst(line["time"])),
                Cell(line["agency"], note=line["position"]),
                Cell(line["duty"]),
                Cell(line["liability"]),
            )
            rows.append(cells if number else (name, *cells))
    return rows


def _cut(found: Sequence[T], page: int, size: int) -> list[T]:
    return list(islice(found, (page - 1) * size, page * size))


def _choices(list_id: str, agency: str, kind: str) -> tuple[dict[str, Any], ...]:
    organs = sorted({item.agency for item in catalogue.items()})
    of_organs = [{"value": key, "name": agency_of_item(key, short=True), "on": key == agency} for key in organs]
    organ = {"name": "agency", "label": _("机关"), "all": _("全部机关"), "options": of_organs}
    if list_id in ("licence", "service"):
        return (organ,)
    offered = TEN_TYPES if list_id in ("power", "delegated") else tuple(PowerType)
    types = [{"value": str(one), "name": type_words(one), "on": one == kind} for one in offered]
    return {"name": "type", "label": _("类别"), "all": _("全部类别"), "options": types}, organ


def _pages(list_id: str, agency: str, kind: str, page: int, total: int) -> dict[str, Any]:
    def href(number: int) -> str:
        return _address(list_id, agency=agency, type=kind, page=number if number > 1 else "")

    return {
        "pages": [{"number": n, "href": "" if n == page else href(n)} for n in range(1, total + 1)],
        "previous": href(page - 1) if page > 1 else "",
        "next": href(page + 1) if page < total else "",
    }


# -- as a file --------------------------------------------------------------------------------------------------------


def csv_rows(list_id: str, *, agency: str = "", kind: str = "") -> Iterable[Sequence[str]]:
    """The whole list as rows of a CSV file, its heads first. Refuses `NotFound` for a list that is none."""
    found = catalogue.listed_items(list_id, agency=agency, kind=kind)
    if list_id in _WITHOUT_ITEMS:
        yield _("代码"), _("名称"), _("依据"), _("实施主体"), _("说明"), _("有关事项")
        for line in catalogue.listed_lines(list_id):
            concerned = _("；").join(said(item.name) for item in line.items)
            organ = agency_of_item(line.organ) if line.organ else ""
            yield line.code, said(line.name), line.basis, organ, said(line.note), concerned
        return
    if list_id == "responsibility":
        yield _("事项代号"), _("事项"), _("环节"), _("办理时限"), _("机关"), _("岗位"), _("职责"), _("追责情形")
        for item in found:
            for stage in stages.shaped(catalogue.responsibilities(item)):
                yield (
                    item.code, said(item.name), stage["name"], stage["time"], stage["agency"], stage["position"],
                    stage["duty"], stage["liability"],
                )  # fmt: skip
        return
    yield (
        _("事项代号"), _("事项"), _("类别"), _("子类"), _("基本编码"), _("实施主体"), _("行使层级"), _("设定依据"),
        _("法定办结时限"), _("承诺办结时限"), _("到办事现场次数"), _("收费"), _detail_head(list_id) or _("说明"),
    )  # fmt: skip
    for item in found:
        yield _csv_item(list_id, item)


def _csv_item(list_id: str, item: Item) -> Sequence[str]:
    bases = (
        either(f"《{one.law}》", one.law_en or one.law) + (f" {one.article}" if one.article else "")
        for one in item.basis
    )
    return (
        item.code, said(item.name), type_words(lists.ten_types(item)), sub_type_words(item.sub_type), item.base_code,
        agency_of_item(item.agency), _("、").join(level_words(level) for level in item.levels), _("；").join(bases),
        words.limit_words(item.statutory), _("当场办") if item.instant else words.limit_words(item.promised),
        str(item.visits), _("收费") if item.fee.charged else _("不收费"),
        _detail(list_id, item) if _detail_head(list_id) else said(item.short),
    )  # fmt: skip
