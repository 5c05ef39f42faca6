"""A small sound catalogue that tests break on purpose."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import yaml

REPO = Path(__file__).resolve().parents[3]
CATALOGUE = REPO / "catalogue"


def text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


#: What every material says of itself.
FOUNDED: dict[str, Any] = {
    "kind": "other",
    "format": "electronic",
    "basis": "登记条例第九条",
    "standard": text("字迹清楚。", "Legible."),
}

GUIDE: dict[str, Any] = {
    "code": "REG",
    "name": text("设立登记", "Registration"),
    "short": text("开业先登记。", "Register before you open."),
    "power": "01",
    "power_certainty": "M",
    "serves": [1, 2],
    "levels": [4],
    "agency": "market",
    "base_code": "000131001000",
    "base_code_synthetic": True,
    "basis": [
        {
            "law": "登记条例",
            "article": "3",
            "gist": text("应当登记。", "One must register."),
            "certainty": "M",
            "effective_from": "2022-03-01",
        }
    ],
    "statutory": {"value": 3, "unit": "workday", "certainty": "V"},
    "promised": {"value": 0, "unit": "workday", "certainty": "D"},
    "instant": True,
    "visits": 0,
    "materials": [
        {
            "id": "form",
            "name": text("设立登记申请书", "Application for registration"),
            "need": "exempt",
            "source": "generated",
            "certainty": "D",
            **FOUNDED,
        }
    ],
    "fee": {"charged": False},
    "result": {"name": text("营业执照", "Business licence"), "kind": "licence", "sample": "licence.png"},
    "topics": ["person:035", "corp:005"],
    "faq": [{"question": text("要多久？", "How long does it take?"), "answer": text("当场办好。", "Done at once.")}],
    "conditions": [{"text": text("有经营场所", "There are premises"), "basis": "登记条例第八条"}],
    "stages": [{"kind": "accept"}, {"kind": "decide", "hours": 8}, {"kind": "close"}, {"kind": "deliver"}],
}

SHOP: dict[str, Any] = copy.deepcopy(GUIDE) | {
    "code": "SHOP",
    "name": text("店铺许可（新办）", "Shop licence (new)"),
    "base_code": "000131002000",
    "words": ["开店"],
    "statutory": {"value": 10, "unit": "workday", "certainty": "M", "extend": 5},
    "promised": {"value": 5, "unit": "workday", "certainty": "M"},
    "instant": False,
    "materials": [
        {
            "id": "plan",
            "name": text("平面图", "Plan"),
            "need": "required",
            "source": "self",
            "certainty": "D",
            **FOUNDED,
        },
        {
            "id": "health",
            "name": text("健康证明", "Health certificate"),
            "need": "situational",
            "source": "self",
            "certainty": "D",
            "when": 'food = "yes"',
            **FOUNDED,
        },
        {
            "id": "licence",
            "name": text("营业执照", "Business licence"),
            "need": "exempt",
            "source": "government",
            "certainty": "D",
            "licence_item": "REG",
            **FOUNDED,
        },
    ],
    "prerequisites": {"mode": "all", "items": ["REG"]},
    "next": ["SEAL"],
    "handling": {
        "route": "review",
        "agencies": {"lead": "market"},
        "form": [
            {
                "id": "shop",
                "title": text("店铺", "The shop"),
                "fields": [
                    {"id": "shop_name", "label": text("店名", "Name"), "kind": "text"},
                    {
                        "id": "food",
                        "label": text("卖食品吗？", "Do you sell food?"),
                        "kind": "choice",
                        "options": [
                            {"value": "yes", "label": text("是", "Yes")},
                            {"value": "no", "label": text("否", "No")},
                        ],
                    },
                ],
            }
        ],
    },
}


def with_change(base: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of `base` with the element at "materials.0.name.zh" replaced; `...` removes it."""
    changed = copy.deepcopy(base)
    *parents, last = (int(part) if part.isdigit() else part for part in path.split("."))
    target: Any = changed
    for part in parents:
        target = target[part]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return changed


def with_visits(base: dict[str, Any], visits: int) -> dict[str, Any]:
    """A copy of `base` that asks for `visits` visits, and says why."""
    return with_change(base, "visits", visits) | {"visit_reason": text("核对原件。", "Originals are compared.")}


def dump(item: dict[str, Any]) -> str:
    """As YAML text; strings that look like other things are quoted, and nothing is an alias of anything."""
    return yaml.safe_dump(json.loads(json.dumps(item)), allow_unicode=True, sort_keys=False)


def write_catalogue(folder: Path, *items: dict[str, Any]) -> Path:
    """A catalogue folder of `items` with the shipped route "review"."""
    for item in items or (GUIDE, SHOP):
        home = folder / "items" / item["code"]
        home.mkdir(parents=True, exist_ok=True)
        (home / "item.yaml").write_text(dump(item), encoding="utf-8")
    (folder / "routes").mkdir(exist_ok=True)
    shutil.copy(CATALOGUE / "routes/review.bpmn", folder / "routes")
    (folder / "external.yaml").write_text(
        dump(
            {
                "agencies": ["market"],
                "papers": [{"code": "SEAL", "name": text("公章", "Seal"), "issuer": text("公安", "Police")}],
            }
        ),
        encoding="utf-8",
    )
    (folder / "synonyms.yaml").write_text(
        dump({"ignore": ["怎么办"], "phrases": [{"say": ["做买卖", "sell things"], "items": ["SHOP"]}]}),
        encoding="utf-8",
    )
    return folder
