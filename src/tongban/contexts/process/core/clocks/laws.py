"""Which days a limit counts, by the law that sets it (TL4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from tongban.contexts.process.core.clocks.limits import Unit
from tongban.kernel.refusals import Words

Law = Literal[
    "licensing", "penalty", "coercion", "reconsideration", "disclosure", "petition", "bidding", "vehicles", "civil"
]


@dataclass(frozen=True)
class DayRule:
    """How one law counts its days. `most`: limits up to so many days are working days; `named`: just these are."""

    law: Law
    name: Words
    article: str
    every: bool = False  # all limits are working days
    most: int = 0
    named: frozenset[int] = frozenset()


DAY_RULES: Final = (
    DayRule("licensing", Words("行政许可法", "Administrative Licensing Law"), "82", every=True),
    DayRule("penalty", Words("行政处罚法", "Administrative Penalties Law"), "85", named=frozenset({2, 3, 5, 7})),
    DayRule("coercion", Words("行政强制法", "Administrative Coercion Law"), "69", most=10),
    DayRule(
        "reconsideration", Words("行政复议法", "Administrative Reconsideration Law"), "88",
        named=frozenset({3, 5, 7, 10}),
    ),
    DayRule("disclosure", Words("政府信息公开条例", "Regulations on Open Government Information"), "33"),
    DayRule("petition", Words("信访工作条例", "Regulations on Petitions"), "22"),
    DayRule("bidding", Words("招标投标法", "Bidding Law"), "24"),
    DayRule(
        "vehicles", Words("机动车登记规定", "Provisions on Motor Vehicle Registration"), "92",
        named=frozenset({1, 2, 3, 5, 7, 10, 15}),
    ),
    DayRule("civil", Words("民法典", "Civil Code"), "200-204"),
)  # fmt: skip

_RULES: Final = {rule.law: rule for rule in DAY_RULES}


def unit_of(law: Law, days: int, *, says_workdays: bool = False) -> Unit:
    """The unit of a limit of `days` that `law` sets. `says_workdays`: its text says 工作日 in so many words.

    Where a law is silent its days are calendar days (民法典 200).
    """
    rule = _RULES[law]
    return "workday" if says_workdays or rule.every or days <= rule.most or days in rule.named else "day"
