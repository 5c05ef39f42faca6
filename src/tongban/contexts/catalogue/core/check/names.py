"""What a requirement is called: near-equal names of one paper, and the one name that most items use."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tongban.contexts.catalogue.core.items import Item

_FORM = (
    r"(?:正副本|正本|副本|原件|复印件|影印件|扫描件|照片|电子版|电子件|电子证照|纸质版|纸质件"
    r"|及|和|或|与|、|/|查验|验|留存|加盖公章|盖章|各?[一二两1-9]份)"
)
_BRACKETS = re.compile(rf"[（(]{_FORM}+[）)]")
_TAIL = re.compile(rf"的?{_FORM}+$")
_HEAD = re.compile(r"^(?:有效的?|现行有效的?|加盖公章的?|经年检的?)+")
#: Whose paper it is goes without saying where only the applicant can have it. Other persons are left alone.
_OWNER = re.compile(
    r"^(?:企业法人|企业|工商|公司|单位|申请单位|申请企业|申请人|本人|个体工商户)的?"
    r"(?=(?:营业执照|居民身份证|身份证|居民户口簿|户口簿|户口本)$)"
)
_SAME = {"居民身份证": "身份证", "居民户口簿": "户口簿", "户口本": "户口簿", "二代身份证": "身份证"}


@lru_cache(maxsize=65536)
def core_name(name: str) -> str:
    """What a material is, whatever its form: 企业营业执照副本（复印件） -> 营业执照."""
    plain = "".join(unicodedata.normalize("NFKC", name).split()).replace("(", "（").replace(")", "）")
    plain = _BRACKETS.sub("", plain.replace("《", "").replace("》", ""))
    plain = _OWNER.sub("", _HEAD.sub("", _TAIL.sub("", plain)))
    return _SAME.get(plain, plain) or name


@dataclass(frozen=True)
class Names:
    """The one name of each requirement: by shared key, and by core name."""

    by_element: Mapping[str, str]
    by_core: Mapping[str, str]


def collect(items: Iterable[Item], elements: Mapping[str, str]) -> Names:
    """As `elements` (key -> name) says, else the name that most of `items` use, the shorter where they are even."""
    used: dict[str, Counter[str]] = {}
    keyed: dict[str, Counter[str]] = {}
    for item in items:
        for material in item.materials:
            if material.source != "generated":
                used.setdefault(core_name(material.name.zh), Counter())[material.name.zh] += 1
            if material.element:
                keyed.setdefault(material.element, Counter())[material.name.zh] += 1
    by_core = {core: _chosen(found) for core, found in used.items()}
    by_core |= {core_name(name): name for name in elements.values()}
    return Names({key: _chosen(found) for key, found in keyed.items()} | dict(elements), by_core)


def _chosen(found: Counter[str]) -> str:
    return min(found, key=lambda name: (-found[name], len(name), name))
