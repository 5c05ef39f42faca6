"""What the demo's applicants answer, beside what the platform knows of them."""

from __future__ import annotations

ANSWERS: dict[str, dict[str, str | list[str]]] = {
    "FOOD": {
        "shop_name": "江畔小馆", "form": "restaurant", "area": "86", "items": ["hot", "drink"], "cold_dishes": "no",
        "vending": "no", "secondary_water": "no", "safety_manager": "周敏", "staff_count": "6",
        "direct_contact": "no", "receive": "electronic",
    },
    "SIGN": {
        "kind": "shopsign", "address": "江城市临江区滨江路 12 号", "width": "600", "height": "120", "lit": "yes",
        "content": "江畔小馆", "from_date": "2026-12-01", "receive": "electronic",
    },
    "ROAD-DIG": {
        "builder": "江城市政工程队（演示）", "road": "望江路", "stretch": "解放路至滨江路，北侧机动车道",
        "action": "dig", "area": "335", "depth": "180", "green": "no", "purpose": "pipeline",
        "start_date": "2026-12-01", "end_date": "2026-12-22", "lanes": "1", "night_work": "yes",
        "receive": "electronic",
    },
    "HYGIENE": {
        "kind": "shop", "area": "140", "central_air": "no", "secondary_water": "no", "staff_count": "8",
        "manager": "赵倩", "receive": "electronic",
    },
    "FIRE-OPEN": {
        "kind": "restaurant", "area": "180", "floors": "一层", "building_fire_acceptance": "no", "exits": "2",
        "equipment": ["extinguisher", "light"], "way": "promise", "fire_manager": "赵倩", "receive": "electronic",
    },
    "FOOD-FILE": {
        "shop_name": "望江小店", "ways": ["shop", "online"], "kinds": ["ordinary"], "cold_storage": "no",
    },
    "EIA-REG": {
        "project_name": "滨江绿道照明（演示）", "investment": "800000", "content": "沿江两公里步道，安装路灯。",
        "kinds": ["ecology"], "measures": "避开候鸟迁徙期施工。",
    },
    "OLD-CARD": {"local": "yes", "card": "electronic"},
    "SS-CARD": {"for_whom": "self", "bank": "city", "collect": "branch"},
    "HF-WITHDRAW": {
        "reason": "rent", "account": "DEMO00120394", "amount": "12000", "bank_account": "6222 0000 0000 0000",
        "bank": "江城银行（演示）",
    },
    "FOREST-CUT": {
        "owner": "person", "location": "临江区石桥村二组后山", "species": "杉木", "forest_kind": "timber",
        "area": "2600", "volume": "38", "count": "210", "method": "select", "above_threshold": "no",
        "replant": "采伐后次年春季原地补植杉木。", "receive": "electronic",
    },
    "TOBACCO": {
        "shop_name": "望江便利店", "area": "45", "kind": "convenience", "near_school": "no", "receive": "electronic",
    },
}  # fmt: skip
