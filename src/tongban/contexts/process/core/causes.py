"""Why a clock may stand still: the causes as data, each with its article (TL5, TL9).

行政许可法 45 is a closed list; other laws add their own. What is not on it does not stop the legal clock, however usual
that may be: a site visit (现场勘验) stands here with `stops` False, and a city whose own rules say otherwise sets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tongban.contexts.process.core.clocks import Limit, Suspension, deadline
from tongban.contexts.process.core.clocks.kinds import Approver
from tongban.kernel.refusals import Words
from tongban.kernel.workdays import Calendar


@dataclass(frozen=True)
class Cause:
    """One cause. `limit`: how long it may take by its own law (None: as told to the applicant). `notice`: the document
    that tells the applicant in writing; "" where the law asks for none."""

    id: str
    name: Words
    law: str
    article: str
    stops: bool
    approver: Approver = "organ_head"
    limit: Limit | None = None
    notice: str = "special_notice"


def _licensing(id_: str, zh: str, en: str, limit: Limit | None = None) -> Cause:
    return Cause(id_, Words(zh, en), "行政许可法", "45", stops=True, limit=limit)


CAUSES: Final = (
    _licensing("hearing", "听证", "hearing", Limit(20, "workday")),  # its own limit: 行政许可法 47
    _licensing("tender", "招标、拍卖", "tender, auction"),
    _licensing("inspection_test", "检验、检测、检疫", "inspection, testing, quarantine"),
    _licensing("appraisal", "鉴定", "appraisal"),
    _licensing("expert_review", "专家评审", "expert review"),
    Cause("site_visit", Words("现场核查、勘验", "site visit"), "", "", stops=False, approver="handler"),
    Cause("public_notice", Words("公示", "public notice"), "", "", stops=False, approver="handler"),
    Cause("third_party", Words("第三方服务", "third-party service"), "", "", stops=False, approver="handler"),
    Cause("water_opinion", Words("取水许可征求意见、听证", "opinions on taking water"),
          "取水许可和水资源费征收管理条例", "19", stops=True),
    Cause("judicial_finding", Words("等待司法结论", "waiting for a judicial finding"), "工伤保险条例", "20",
          stops=True),
    Cause("third_party_opinion", Words("征求第三方意见", "asking a third party"), "政府信息公开条例", "33", stops=True,
          approver="handler", limit=Limit(15, "workday")),
    Cause("seizure_test", Words("查封扣押期间的检测、检验、检疫、鉴定", "tests during seizure"), "行政强制法", "25",
          stops=True),
    # 补正 happens before acceptance, where no legal clock runs yet: there is nothing to stop.
    Cause("supplement", Words("补正", "supplement"), "行政许可法", "32", stops=False, approver="handler",
          notice="supplement"),
)  # fmt: skip

BY_ID: Final[Mapping[str, Cause]] = {cause.id: cause for cause in CAUSES}


def with_local(stops: Mapping[str, tuple[bool, str, str]], causes: Iterable[Cause] = CAUSES) -> tuple[Cause, ...]:
    """The causes with a city's own flags: id -> (stops, law, article). `KeyError` for an unknown id.

    A cause that a national law lets stop the clock can't be switched off, and a city names its law to switch one on:
    `ValueError` otherwise.
    """
    found = {cause.id: cause for cause in causes}
    for id_, (flag, law, article) in stops.items():
        cause = found[id_]
        if cause.stops and not flag:
            raise ValueError(f"{id_}: {cause.law} {cause.article} says that it stops the clock")
        if flag and not cause.stops:
            if not law.strip():
                raise ValueError(f"{id_}: name the law by which it stops the clock")
            found[id_] = replace(cause, stops=True, law=law, article=article)
    return tuple(found.values())


def stopping(suspensions: Iterable[Suspension], causes: Iterable[Cause] = CAUSES) -> tuple[Suspension, ...]:
    """Those of `suspensions` whose cause stops the clock by law; an unknown cause stops nothing."""
    known = {cause.id for cause in causes if cause.stops}
    return tuple(one for one in suspensions if one.cause in known)


def overstayed(
    calendar: Calendar,
    suspensions: Iterable[Suspension],
    today: date,
    causes: Iterable[Cause] = CAUSES,
    told: Mapping[str, int] | None = None,
) -> tuple[Suspension, ...]:
    """Open suspensions older than their own limit (TL9): each is a matter for supervision.

    `told`: cause -> the working days that the applicant was told, where the cause has no limit in law.
    """
    limits = {cause.id: cause.limit for cause in causes}
    late = []
    for one in suspensions:
        days = (told or {}).get(one.cause)
        limit = limits.get(one.cause) or (Limit(days, "workday") if days else None)
        if one.end is not None or limit is None:
            continue
        due = deadline(calendar, one.start, limit).date
        if due is not None and today > due:
            late.append(one)
    return tuple(late)
