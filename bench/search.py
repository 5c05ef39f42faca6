"""Search over 50,000 items: build, p95 of searches and of suggestions by kind of query, memory; each against its limit.

The items are the shipped ones, varied over made-up places, objects and cases (新办, 变更 …), their words too, so that
grams are shared as they are in a province; with ../shared/data/service-items (or TONGBAN_SHARED) a share of the names
are those of a real published list. Everything runs in this process, as in a web process. `--items` measures another
size, `--json` prints the figures as JSON. Exit status 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import csv
import gc
import itertools
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "tongban.site.settings"

LIMITS = {"build_s": 30.0, "search_p95_ms": 15.0, "suggest_p95_ms": 10.0}
PLACES = [f"{a}{b}" for a in "临东西南北青白金石云" for b in ("江区", "山区", "河镇", "湖乡", "桥街道", "平县", "口市")]
PLACES_EN = [f"{a}{b}" for a in ("Lin", "Dong", "Xi", "Nan", "Bei", "Qing", "Bai", "Jin", "Shi", "Yun")
             for b in ("jiang", "shan", "he", "hu", "qiao", "ping", "kou")]  # fmt: skip
CASES = [("新办", "new"), ("变更", "change"), ("延续", "extension"), ("注销", "cancellation"), ("补发", "replacement"),
         ("年审", "yearly review")]  # fmt: skip
OBJECTS = ["茶叶", "渔船", "竹器", "温室", "码头", "民宿", "驾校", "养殖场", "加油站", "冷库", "书店", "药店", "幼儿园",
           "停车场", "体育馆", "农机", "苗木", "广告牌", "水库", "矿山"]  # fmt: skip
#: What people type, by its kind; the same words on every run.
QUERIES = {
    "short Chinese": ["许可", "开店", "社保", "护照", "公积金", "消防", "结婚", "食品", "登记", "备案", "过户", "排污"],
    "one character": ["证", "树", "车", "水", "烟"],
    "long Chinese": [
        "我想在临江区开一个小饭店需要办理什么证件去哪里办",
        "孩子刚出生怎么上户口要带什么材料呢",
        "公众聚集场所投入使用、营业前消防安全检查（东山区变更）",
        "老人坐公交免费卡在哪里可以办理需要本人去吗",
        "企业投资项目备案之后还要办哪些手续才可以开工建设呢",
        "外地人在这里工作半年了想办居住证给孩子上学用",
    ],
    "pinyin": [
        "shipinjingyingxuke",
        "kaifandian",
        "shebaoka",
        "jiehunzheng",
        "weisheng xuke",
        "gongjijin tiqu",
        "shangpai",
    ],
    "initials": ["spjyxk", "sbk", "jhz", "gtgsh", "ggcswsxk", "wswsp"],
    "slips": [
        "食品经营需可",
        "个体工伤户",
        "shipinjinyingxuke",
        "restarant",
        "passprot",
        "公机金提取",
        "shebaokka",
        "户口薄",
    ],
    "English": [
        "restaurant",
        "How do I open a restaurant?",
        "lost driving licence",
        "birth certificate newborn",
        "tree",
        "licence",
        "register a company in Linjiang",
    ],
    "mixed": ["开KTV", "cma资质", "ETC办理", "wifi 报装", "开一家cafe"],
    "nonsense": [
        "zzzzqqqq",
        "量子纠缠飞船",
        "asdfghjkl",
        "';DROP TABLE items;--",
        "<script>alert(1)</script>",
        "😀😀",
        "1" * 100,
        "的" * 100,
        "许可" * 50,
    ],
}


def say(words: str) -> None:
    """To whoever watches, not into the figures."""
    print(words, file=sys.stderr, flush=True)


def shipped() -> Any:
    """The folder of the checkout."""
    from tongban.contexts.catalogue.actions import read_folder
    from tongban.contexts.catalogue.core.folder import check_files
    from tongban.foundation.time import now

    return check_files(read_folder(CHECKOUT / "catalogue"), now().date())


def real_names() -> list[str]:
    """Names of a real published list, none where it is not at hand."""
    shared = Path(os.environ.get("TONGBAN_SHARED", CHECKOUT.parent / "shared"))
    file = shared / "data" / "service-items" / "guangan_items.csv"
    if not file.exists():
        say(f"(no {file}: shipped names only)")
        return []
    with file.open(encoding="utf-8-sig") as lines:
        return sorted({row["name"].strip() for row in csv.DictReader(lines)})


def items(folder: Any, count: int) -> Iterator[Any]:
    """`count` items, always the same."""
    from tongban.contexts.catalogue.core.items import Text

    draw = random.Random(20260302)
    yield from folder.items.values()
    bases = sorted(folder.items.values(), key=lambda item: item.code)
    names = [(base, base.name.zh, base.name.en) for base in bases]
    names += [(draw.choice(bases), name, f"{draw.choice(bases).name.en} {n}") for n, name in enumerate(real_names())]
    for number, (base, zh, en) in zip(range(count - len(bases)), itertools.cycle(names)):
        at = draw.randrange(len(PLACES))
        case, case_en = draw.choice(CASES)
        thing = draw.choice(OBJECTS)
        words = tuple(f"{thing}{word}" if draw.random() < 0.5 else word for word in base.words)
        result = Text(f"{thing}{base.result.name.zh}", f"{base.result.name.en} ({PLACES_EN[at]})")
        yield replace(
            base,
            code=f"{base.code}-{number}",
            name=Text(f"{PLACES[at]}{zh}（{thing}{case}）", f"{en} in {PLACES_EN[at]} ({case_en})"),
            short=Text(f"{PLACES[at]}{thing}：{base.short.zh}", f"{PLACES_EN[at]}: {base.short.en}"),
            words=words,
            result=replace(base.result, name=result),
        )


def resident_mb() -> float:
    """What this process holds of memory now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def p95(times: Sequence[float]) -> float:
    """The 95th percentile in milliseconds."""
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))] * 1000, 2)


class Times:
    """Seconds of calls: by the clock, and of CPU, which does not depend on what else the machine does."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.cpu: list[float] = []

    def take(self, ask: Any, words: Sequence[str], rounds: int) -> list[float]:
        """Time every call; returns the clock's seconds of these calls."""
        before = len(self.clock)
        for _ in range(rounds):
            for one in words:
                cpu, began = time.thread_time(), time.perf_counter()
                ask(one)
                self.clock.append(time.perf_counter() - began)
                self.cpu.append(time.thread_time() - cpu)
        return self.clock[before:]


def typing(words: str) -> list[str]:
    """What the box sends while `words` are typed."""
    return [words[:end] for end in (1, 2, 3, 5, 8, 13, 21) if end <= len(words)]


def measure(count: int, rounds: int) -> dict[str, Any]:
    """All figures."""
    import django

    django.setup()
    from tongban.contexts.catalogue.core import search as finder

    folder = shipped()
    every = tuple(items(folder, count))
    finder.build(every[:79], folder.synonyms)  # dictionaries of segmentation and pinyin load once a process
    before = resident_mb()
    cpu, began = time.process_time(), time.perf_counter()
    index = finder.build(every, folder.synonyms)
    build, cpu = time.perf_counter() - began, time.process_time() - cpu
    figures: dict[str, Any] = {"items": len(every), "build_s": round(build, 2), "build_cpu_s": round(cpu, 2)}
    figures["index_mb"] = round(resident_mb() - before, 1)
    small = time.perf_counter()
    finder.build(tuple(folder.items.values()), folder.synonyms)
    figures["build_shipped_ms"] = round((time.perf_counter() - small) * 1000, 1)

    def search(words: str) -> None:
        finder.search(index, words, language="zh-hans", limit=60)

    def suggest(prefix: str) -> None:
        finder.suggest(index, prefix, language="zh-hans")

    searches, suggestions = Times(), Times()
    by_kind = {kind: p95(searches.take(search, words, rounds)) for kind, words in QUERIES.items()}
    typed = sorted({part for words in QUERIES.values() for one in words for part in typing(one)})
    suggestions.take(suggest, typed, max(1, rounds // 4))
    for name, times in (("search", searches), ("suggest", suggestions)):
        figures[f"{name}_p95_ms"], figures[f"{name}_cpu_p95_ms"] = p95(times.clock), p95(times.cpu)
        figures[f"{name}_p50_ms"] = round(statistics.median(times.clock) * 1000, 2)
        figures[f"{name}_max_ms"] = round(max(times.clock) * 1000, 2)
        figures[f"{name}_calls"] = len(times.clock)
    return figures | {"search_p95_ms_by_kind": by_kind}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench/search.py", description=__doc__)
    parser.add_argument("--items", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures = measure(given.items, given.rounds)
    ratios = {name: round(figures[name] / limit, 3) for name, limit in LIMITS.items()}
    if given.json:
        print(json.dumps(figures | {"limits": LIMITS, "ratios": ratios}, ensure_ascii=False))
    else:
        for name, value in figures.items():
            ratio = f"   limit {LIMITS[name]:g}, ratio {ratios[name]:.2f}" if name in LIMITS else ""
            print(f"{name:24} {value}{ratio}")
    return 1 if any(ratio > 1 for ratio in ratios.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
