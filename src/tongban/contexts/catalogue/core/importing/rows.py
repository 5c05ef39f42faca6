"""One row of a list: the draft it becomes, or why it is refused, and everything doubtful about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from tongban.contexts.catalogue.core.importing import local_codes
from tongban.contexts.catalogue.core.importing.agencies import Agencies
from tongban.contexts.catalogue.core.importing.local_codes import LocalCode
from tongban.contexts.catalogue.core.importing.reading import Row
from tongban.kernel.codes import division, organisation
from tongban.kernel.refusals import N_

#: T1 by what lists call it.
POWERS: Final[Mapping[str, str]] = {
    "行政许可": "01",
    "行政处罚": "02",
    "行政强制": "03",
    "行政强制措施": "03",
    "行政强制执行": "03",
    "行政征收": "04",
    "行政给付": "05",
    "行政检查": "06",
    "行政确认": "07",
    "行政奖励": "08",
    "行政裁决": "09",
    "其他行政权力": "10",
    "其它行政权力": "10",
    "其他权力": "10",
    "其他类别": "10",
    "其他": "10",
    "公共服务": "20",
}
_SUB_TYPES: Final[Mapping[str, str]] = {"行政强制措施": "measure", "行政强制执行": "execution"}
_KNOWN: Final = frozenset(POWERS.values())
_LEVELS: Final = {"province": 2, "city": 3, "county": 4, "township": 5, "village": 6}
_IN_LINK: Final = {"areaCode": "area_code", "itemCode": "item_code", "taskType": "task_type", "deptCode": "dept_code"}
MESSAGES: Final[Mapping[str, str]] = {
    # refused
    "columns": N_("这一行有 %(found)s 列，表头有 %(expected)s 列。请核对逗号和引号。"),
    "empty": N_("这一行是空的。请删除，或补全后再导入。"),
    "name_missing": N_("没有事项名称。请补上。"),
    "code_missing": N_("没有实施编码。请补上。"),
    "code_broken": N_("实施编码“%(value)s”不完整（常见于表格软件改写了长数字）。请从原清单重新取得。"),
    "area_broken": N_("区划代码“%(value)s”不正确，应为 6、9 或 12 位数字。请改正。"),
    "type_unknown": N_("没有这种事项类型：“%(value)s”。请用 1 至 10 或 20，或写类型名称。"),
    "type_conflict": N_("事项类型代码是 %(code)s，名称却是“%(name)s”。请核对后改正其中一个。"),
    "duplicate": N_("与第 %(line)s 行完全相同，只导入一次。"),
    "conflict": N_("实施编码与第 %(line)s 行相同，但 %(columns)s 不同。请核对哪一行正确。"),
    # warnings: the row is imported
    "type_doubtful": N_("不认识事项类型“%(value)s”，按另一列作为 %(power)s 导入。请核对。"),
    "code_form": N_("实施编码“%(value)s”的格式不认识，已原样保留。"),
    "organ_check": N_("机构代码“%(value)s”的校验位不对，已原样保留。请核对。"),
    "organ_form": N_("“%(value)s”不是机构代码（信用代码 18 位，组织机构代码 9 位），已原样保留。请补上正确的代码。"),
    "organ_missing": N_("没有机构代码。请补上。"),
    "area_differs": N_("实施编码里的区划 %(found)s 与区划代码 %(value)s 不同。请核对。"),
    "link_differs": N_("链接里的 %(columns)s 与本行不同。请核对。"),
    "spaces": N_("这些列前后有空格或换行，使用时已去掉，原文保留：%(columns)s。"),
    "agency_unknown": N_("本市没有登记“%(value)s”，它的各行暂用代号 %(key)s。请登记该机关，或用 --agency 指定。"),
    "same_name": N_("第 %(line)s 行是同一部门的同名事项，实施编码不同。请核对是否重复。"),
}


@dataclass(frozen=True)
class Told:
    """What is said about one row. `row` counts from 1 under the header, `line` is where it begins in the file."""

    row: int
    line: int
    reason: str  # key of MESSAGES
    params: Mapping[str, object] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)  # the cells it is about, as written

    @property
    def message(self) -> str:
        """The message id; its values are in `params`."""
        return MESSAGES[self.reason]


@dataclass(frozen=True)
class Draft:
    """One row as a draft: its code here, its content as item.yaml would say it, where it stood."""

    code: str
    content: Mapping[str, Any]
    row: int
    line: int
    department: str = ""  # as the list names it; the organ is `content["agency"]`


class RowRefused(Exception):  # noqa: N818 - caught where rows are counted, never leaves the package
    """This row cannot become a draft."""

    def __init__(self, reason: str, about: Sequence[str] = (), /, **params: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about  # the columns to show; () = the whole row
        self.params = params


@dataclass
class Reader:
    """Reads the rows of one list: where its columns are, and the organs of this city."""

    header: tuple[str, ...]
    places: Mapping[str, int]
    agencies: Agencies
    warnings: list[Told] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)  # departments already warned about: once each

    def draft(self, number: int, row: Row) -> Draft:
        """The draft that row `number` becomes; warnings are added to `warnings`. Raises `RowRefused`."""
        values = self._values(row)
        code = _code(values)
        area = _area(values)
        power, unknown = _power(values)

        def warn(reason: str, about: Sequence[str], /, **params: object) -> None:
            told = {column: self.raw(row, column) for column in about}
            self.warnings.append(Told(number, row.line, reason, params, told))

        if unknown:
            warn("type_doubtful", ["task_type", "task_type_name"], value=unknown, power=power)
        self._warn_spaces(row, warn)
        agency = self._agency(values, code, warn)
        _warn_codes(values, code, area, warn)
        drafted = local_codes.draft_code(code, area)
        content: dict[str, Any] = {
            "code": drafted,
            "name": {"zh": values["name"], "en": ""},
            "power": power,
            "levels": [int(code.national.level) if code.national else _LEVELS[division.level(area)]],
            "agency": agency,
            "local_code": values["item_code"],
            "local_base_code": "" if code.national else code.base,
            "imported": self.verbatim(row),
        }
        if sub_type := _SUB_TYPES.get(values.get("task_type_name", "")):
            content["sub_type"] = sub_type
        if code.national:
            content |= {"base_code": code.national.base.text, "base_code_synthetic": False}
        return Draft(drafted, content, number, row.line, values["department"])

    def verbatim(self, row: Row) -> dict[str, str]:
        """Every cell under its own title, nothing changed."""
        titles = [title.strip() or f"column {place + 1}" for place, title in enumerate(self.header)]
        return dict(zip(titles, row.cells, strict=False))

    def raw(self, row: Row, column: str) -> str:
        """The cell of a column as written; "" where the list lacks the column."""
        place = self.places.get(column)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def _values(self, row: Row) -> dict[str, str]:
        if not any(cell.strip() for cell in row.cells):
            raise RowRefused("empty")
        if len(row.cells) != len(self.header):
            raise RowRefused("columns", found=len(row.cells), expected=len(self.header))
        return {column: row.cells[place].strip() for column, place in self.places.items()}

    def _warn_spaces(self, row: Row, warn: Any) -> None:
        spaced = [column for column in self.places if (cell := self.raw(row, column)) != cell.strip()]
        if spaced:
            warn("spaces", spaced, columns=", ".join(spaced))

    def _agency(self, values: Mapping[str, str], code: LocalCode, warn: Any) -> str:
        owner = organisation.read(values["dept_code"]) if values["dept_code"] else None
        key, known = self.agencies.key(values["department"], (code.organ, owner))
        if not known and values["department"] not in self.unknown:
            self.unknown.add(values["department"])
            warn("agency_unknown", ["department"], value=values["department"], key=key)
        return key


def _code(values: Mapping[str, str]) -> LocalCode:
    if not values["name"]:
        raise RowRefused("name_missing", ["item_code"])
    if not values["item_code"]:
        raise RowRefused("code_missing", ["name"])
    if not local_codes.is_written(values["item_code"]):
        raise RowRefused("code_broken", ["item_code"], value=values["item_code"])
    return local_codes.read(values["item_code"])


def _area(values: Mapping[str, str]) -> str:
    area = values["area_code"]
    if division.check(area) is not None:
        raise RowRefused("area_broken", ["area_code"], value=area)
    return area.ljust(12, "0")


def _power(values: Mapping[str, str]) -> tuple[str, str]:
    """T1, and what stands for it in the row but is not known: one of code and name is enough."""
    code, name = values.get("task_type", ""), values.get("task_type_name", "")
    by_code = code.lstrip("0").zfill(2) if code.isascii() and code.isdigit() else POWERS.get(code, "")
    by_code, by_name = by_code if by_code in _KNOWN else "", POWERS.get(name, "")
    if by_code and by_name and by_code != by_name:
        raise RowRefused("type_conflict", ["task_type", "task_type_name"], code=code, name=name)
    if not (by_code or by_name):
        raise RowRefused("type_unknown", ["task_type", "task_type_name"], value=code or name)
    unknown = code if code and not by_code else name if name and not by_name else ""
    return by_code or by_name, unknown


def _warn_codes(values: Mapping[str, str], code: LocalCode, area: str, warn: Any) -> None:
    if not code.base:
        warn("code_form", ["item_code"], value=code.text)
    if code.area and code.area != area:
        warn("area_differs", ["item_code", "area_code"], found=code.area, value=area)
    owner = organisation.read(values["dept_code"]) if values["dept_code"] else None
    if owner is None:
        warn("organ_missing", ["dept_code"])
    for column, organ in (("item_code", code.organ), ("dept_code", owner)):
        if organ is not None and organ.finding is not None:
            doubtful = "organ_check" if organ.finding.fault == "check" else "organ_form"
            warn(doubtful, [column], value=organ.code)
    differing = link_differs(values)
    if differing:
        warn("link_differs", ["link", *differing], columns=", ".join(differing))


def link_differs(values: Mapping[str, str]) -> list[str]:
    """Columns that the row's link names otherwise. Published links carry the row's own codes."""
    told = parse_qs(urlsplit(values.get("link", "")).query, keep_blank_values=True)
    known = [(name, column) for name, column in _IN_LINK.items() if name in told and column in values]
    return [column for name, column in known if told[name][0] != values[column]]
