"""Service clocks: the limits that the law sets around a decision, each with its article (TL1, §12.1-12.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tongban.contexts.process.core.clocks.kinds import JOINT, SINGLE, ExtensionRule
from tongban.contexts.process.core.clocks.limits import Limit
from tongban.kernel.refusals import Words

_WORKDAY: Final = "workday"


@dataclass(frozen=True)
class Service:
    """One limit: what for, from which law, how long, and whether it may be extended."""

    id: str
    name: Words
    law: str
    article: str
    limit: Limit
    extension: ExtensionRule | None = None


_DISCLOSURE = ExtensionRule(
    20, "organ_head", Words("政府信息公开条例第三十三条", "Open Information Regulations art. 33")
)
_PETITION = ExtensionRule(30, "organ_head", Words("信访工作条例第三十四条", "Petition Regulations art. 34"))
_SEIZURE = ExtensionRule(30, "organ_head", Words("行政强制法第二十五条", "Coercion Law art. 25"))
_REVIEW = ExtensionRule(30, "organ_head", Words("行政复议法第六十二条", "Reconsideration Law art. 62"))

SERVICES: Final = (
    Service("notice", Words("一次性告知", "telling everything missing"), "行政许可法", "32", Limit(5, _WORKDAY)),
    Service("decision", Words("许可决定", "licensing decision"), "行政许可法", "42", Limit(20, _WORKDAY), SINGLE),
    Service("joint_decision", Words("统一、联合、集中办理", "joint handling"), "行政许可法", "42",
            Limit(45, _WORKDAY), JOINT),
    Service("lower_review", Words("下级机关初审", "review by the lower organ"), "行政许可法", "43",
            Limit(20, _WORKDAY)),
    Service("delivery", Words("颁发、送达", "delivery"), "行政许可法", "44", Limit(10, _WORKDAY)),
    Service("hearing_request", Words("申请听证", "asking for a hearing"), "行政许可法", "47", Limit(5, _WORKDAY)),
    Service("hearing", Words("组织听证", "holding the hearing"), "行政许可法", "47", Limit(20, _WORKDAY)),
    Service("publication", Words("公开决定", "publishing the decision"), "行政许可法", "40", Limit(7, _WORKDAY)),
    Service("penalty", Words("处罚决定", "penalty decision"), "行政处罚法", "60", Limit(90, "day")),
    Service("penalty_delivery", Words("送达处罚决定", "delivering a penalty"), "行政处罚法", "61", Limit(7, _WORKDAY)),
    Service("fine", Words("缴纳罚款", "paying a fine"), "行政处罚法", "67", Limit(15, "day")),
    Service("evidence", Words("先行登记保存", "preserving evidence"), "行政处罚法", "56", Limit(7, _WORKDAY)),
    Service("seizure", Words("查封、扣押", "sealing and seizure"), "行政强制法", "25", Limit(30, "day"), _SEIZURE),
    Service("enforcement", Words("申请法院执行", "applying to the court"), "行政强制法", "53", Limit(3, "month")),
    Service("reconsider", Words("申请复议", "asking for reconsideration"), "行政复议法", "20", Limit(60, "day")),
    Service("reconsideration", Words("复议决定", "reconsideration"), "行政复议法", "62", Limit(60, "day"), _REVIEW),
    Service("lawsuit", Words("提起行政诉讼", "going to court"), "行政诉讼法", "46", Limit(6, "month")),
    Service("lawsuit_after", Words("复议后起诉", "going to court after reconsideration"), "行政诉讼法", "45",
            Limit(15, "day")),
    Service("disclosure", Words("答复公开申请", "answering a request for information"), "政府信息公开条例", "33",
            Limit(20, _WORKDAY), _DISCLOSURE),
    Service("petition", Words("办理信访事项", "handling a petition"), "信访工作条例", "34",
            Limit(60, "day"), _PETITION),
    # No national text fixes these two: a city sets them.
    Service("consultation", Words("答复咨询", "answering a question"), "", "", Limit(5, _WORKDAY)),
    Service("complaint", Words("办理投诉", "handling a complaint"), "", "", Limit(5, _WORKDAY)),
)  # fmt: skip

_BY_ID: Final = {one.id: one for one in SERVICES}


def service(id_: str) -> Service:
    """The service clock called `id_`; `KeyError` for another word."""
    return _BY_ID[id_]
