"""Which organ of this city a row means: by credit code, organisation code or name; else a key made from its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pypinyin import lazy_pinyin

from tongban.contexts.catalogue.core.beside import Organ
from tongban.kernel.codes import organisation
from tongban.kernel.codes.organisation import Organisation


@dataclass(frozen=True)
class Agencies:
    """The organs of the city as a list can name them. `forced` is the key that the operator gave for every row."""

    by_code: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, str] = field(default_factory=dict)
    forced: str = ""

    def key(self, department: str, codes: Iterable[Organisation | None]) -> tuple[str, bool]:
        """The agency key of a row and whether it is one of the city's. An unknown one is made from the name, so that
        the checker names it and the owner chooses."""
        if self.forced:
            return self.forced, True
        for code in codes:
            if code is not None:
                for text in (code.code, code.organisation_code):
                    if text in self.by_code:
                        return self.by_code[text], True
        if department in self.by_name:
            return self.by_name[department], True
        return made_key(department), False


def agencies(organs: Iterable[Organ], forced: str = "") -> Agencies:
    """From organs.yaml; a code or name that two organs share names neither."""
    by_code: dict[str, set[str]] = {}
    by_name: dict[str, set[str]] = {}
    for organ in organs:
        by_name.setdefault(organ.name.zh, set()).add(organ.key)
        if organ.credit_code:
            code = organisation.read(organ.credit_code)
            for text in {code.code, code.organisation_code} - {""}:
                by_code.setdefault(text, set()).add(organ.key)
    return Agencies(_alone(by_code), _alone(by_name), forced)


def _alone(found: Mapping[str, set[str]]) -> dict[str, str]:
    return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}


@lru_cache(maxsize=1024)
def made_key(department: str) -> str:
    """`imported-qu-min-zheng-ju` for 区民政局: by pinyin, so that a person can read it."""
    words = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(department)).lower())
    return "-".join(["imported", *words])[:60].rstrip("-")
