"""The columns of a list and the names that real lists give them. Order is free, and further columns are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tongban.contexts.catalogue.core.importing.refusals import ColumnsMissing, ColumnTwice

#: Column -> names it goes by, the first the one of the published list. Compared without spaces and case.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "department": ("department", "dept_name", "实施主体", "实施主体名称", "实施部门", "部门", "部门名称", "所属部门"),
    "main_item": ("main_item", "主项", "主项名称", "事项主项名称"),
    "name": ("name", "task_name", "事项名称", "子项名称", "实施事项名称", "权力名称"),
    "area_code": ("area_code", "区划代码", "行政区划代码", "行政区划", "区划编码", "行政区划编码"),
    "item_code": ("item_code", "task_code", "实施编码", "事项编码", "实施清单编码", "权力编码"),
    "task_type": ("task_type", "事项类型代码", "事项类型编码", "权力类型代码"),
    "task_type_name": ("task_type_name", "事项类型", "事项类型名称", "权力类型", "权力类别"),
    "dept_code": ("dept_code", "实施主体编码", "实施主体代码", "部门编码", "部门代码", "统一社会信用代码"),
    "link": ("link", "url", "链接", "办事指南链接", "网址"),
}
REQUIRED: Final = ("department", "name", "area_code", "item_code", "dept_code")
#: The type of an item may stand as its code, as its name, or both.
_TYPE: Final = ("task_type", "task_type_name")


def find(header: Sequence[str]) -> dict[str, int]:
    """Column -> its place in the header. Of two names for one column the one that stands first in `NAMES` is read,
    the other is kept as a further column.

    Refuses `ColumnTwice` (one title, two columns) and `ColumnsMissing`, naming every one.
    """
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        name = "".join(title.split()).lower()
        if name and name in places:
            raise ColumnTwice(column=title.strip(), first=places[name] + 1, second=place + 1)
        places[name] = place
    found = {
        column: next(places[name] for name in names if name in places)
        for column, names in NAMES.items()
        if any(name in places for name in names)
    }
    missing = [column for column in REQUIRED if column not in found]
    if not any(column in found for column in _TYPE):
        missing.append(_TYPE[0])
    if missing:
        raise ColumnsMissing(columns=", ".join(missing))
    return found
