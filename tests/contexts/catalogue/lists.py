"""Published lists for tests: one that shows every quirk seen in real ones, and the real one where it lies."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.contexts.catalogue.samples import REPO

HEADER = (
    "department",
    "main_item",
    "name",
    "area_code",
    "item_code",
    "task_type",
    "task_type_name",
    "dept_code",
    "link",
)
AREA = "511602000000"


def link(code: str, kind: str, organ: str) -> str:
    return f"http://list.example/show?areaCode={AREA}&itemCode={code}&taskType={kind}&deptCode={organ}"


def row(
    name: str = "养蜂证申领",
    code: str = "512020001001-511602000000-000-11511301008778423H-1-00",
    kind: str = "20",
    kind_name: str = "公共服务",
    organ: str = "11511301008778423H",
    department: str = "区农业农村局",
) -> list[str]:
    return [department, "未分类", name, AREA, code, kind, kind_name, organ, link(code, kind, organ)]


#: The forms of codes that a real list holds.
QUIRKS = [
    row(),
    row("新办", "511A0021300001-511602000000-000-11511300MB1A21304N-1-00", "1", "行政许可", "130501003", "区消防大队"),
    row("查询", "512C0107400001-511602000000-000-00877868-5-1-00", "20", "公共服务", "00877868-5", "区司法局"),
    row("调解", "E-000004-001-11511301008778386B", "9", "行政裁决", "11511301008778386B", "区交通运输局"),
    row("争议", "E-000021-001-1111111111111111", "9", "行政裁决", "115113010087783353", "区市监局"),
    row("补办", "511A62001004-511602000000-000-TE5116020105116050-1-00", "1", "行政许可", "71181655-9", "区烟草专卖局"),
    row("证书", "511A0077700002-510000000000-000-8282348-1-00", "1", "行政许可", "00877836X", "区林业局"),
]


def written(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER, encoding: str = "utf-8") -> bytes:
    """The rows as the bytes of a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode(encoding)


def shared(*parts: str) -> Path:
    """A file of the shared test data; the test is skipped where there is none."""
    for top in (os.environ.get("TONGBAN_SHARED", ""), str(REPO.parent / "shared")):
        for path in (Path(top, "data", *parts), Path(top, *parts)):
            if top and path.exists():
                return path
    pytest.skip(f"no shared test data here ({'/'.join(parts)})")
