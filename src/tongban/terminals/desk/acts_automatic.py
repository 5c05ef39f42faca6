"""Acts on what a published table decided: answer who asks for a person, check a sample, verify a promise.

They stand on when the case is over.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from tongban.contexts.cases import actions
from tongban.contexts.cases.core.automatic import commands as c
from tongban.contexts.cases.core.automatic.promised import MOST_CORRECT_DAYS
from tongban.contexts.parties import queries as parties
from tongban.terminals.common.presenters.languages import either
from tongban.terminals.common.trial import TEXT
from tongban.terminals.desk.act import Act, area
from tongban.terminals.desk.standing import Standing
from tongban.ui.forms import Choice, FieldSpec


def automatic_acts(standing: Standing) -> list[Act]:
    """Those that wait on this case, for officers of the organ in charge."""
    own, found = standing.view.state.automatic, list[Act]()
    if own.asked is not None and own.asked.answered_at is None and standing.approves:
        found += _answers(standing)
    if own.drawn is not None and own.drawn.due is not None and own.drawn.rechecked_at is None:
        found += _rechecks()
    if own.verification is not None and own.verification.at is None:
        found += [_verified(standing, passed=True), _verified(standing, passed=False)]
    return found


def _answers(standing: Standing) -> list[Act]:
    """A person explains, and confirms or changes."""
    state = standing.view.state
    granted = state.automatic.granted_at is not None
    hint = _("说清楚系统看了什么、符合哪一条、依据是什么，让申请人看得懂。")
    confirmed = Act(
        key="confirmed",
        name=_("人工复核：维持"),
        effect=_("出人工复核答复书，把理由告诉申请人；结果不变。"),
        trial=c.AnswerReview("confirmed", TEXT),
        action=actions.answer_review,
        fixed={"outcome": "confirmed"},
        specs=(area("confirmed", "answer", _("说明和理由"), required=True, hint=hint, rows=5),),
        afterwards=True,
    )
    if granted and not (state.decision and state.decision.conditions):
        return [confirmed]  # a grant without conditions can't be bettered
    answer = area("changed", "answer", _("说明和理由"), required=True, rows=5)
    line = _("一行写一条，只能比原来宽；不附条件就空着。")
    conditions = area("changed", "conditions", _("改成什么条件"), required=False, hint=line)
    effect = (
        _("出人工复核答复书，条件按您写的改，决定由您负责。")
        if granted
        else _("出人工复核答复书，说明规则本来可以准予；这件由工作人员接着决定，并提醒规则的管理人员。")
    )
    changed = Act(
        key="changed",
        name=_("人工复核：由工作人员重新处理"),
        effect=effect,
        trial=c.AnswerReview("changed", TEXT, TEXT),
        action=actions.answer_review,
        fixed={"outcome": "changed"},
        specs=(answer, conditions) if granted else (answer,),
        afterwards=True,
    )
    return [confirmed, changed]


def _rechecks() -> list[Act]:
    return [
        Act(
            key="agree_table",
            name=_("抽查复核：同意规则的结论"),
            effect=_("记入统计。"),
            trial=c.Recheck("agree"),
            action=actions.recheck,
            fixed={"outcome": "agree"},
            specs=(area("agree_table", "reasons", _("说明"), required=False),),
            afterwards=True,
        ),
        Act(
            key="disagree_table",
            name=_("抽查复核：不同意规则的结论"),
            effect=_("记入统计，提醒规则的管理人员。许可照旧有效；要撤销的，另走法定程序。"),
            trial=c.Recheck("disagree", TEXT),
            action=actions.recheck,
            fixed={"outcome": "disagree"},
            specs=(area("disagree_table", "reasons", _("哪里不对，规则该怎么改"), required=True),),
            afterwards=True,
        ),
    ]


def _verified(standing: Standing, *, passed: bool) -> Act:
    key = "as_promised" if passed else "not_as_promised"
    specs = [_second(key, standing)]
    if passed:
        specs.append(area(key, "findings", _("核查情况"), required=False))
    else:
        specs.append(area(key, "findings", _("哪里与承诺不符"), required=True))
        specs.append(
            FieldSpec(
                f"{key}-correct_days", _("几个工作日内改正"), "integer", minimum=1, maximum=MOST_CORRECT_DAYS,
                unit=_("个工作日"),
            )
        )  # fmt: skip
    told = _("出承诺核查结果告知书，告诉申请人与承诺相符。")
    ordered = _("出承诺核查结果告知书，责令限期改正。撤销许可要另走法定程序。")
    return Act(
        key=key,
        name=_("核查承诺：与承诺相符") if passed else _("核查承诺：与承诺不符"),
        effect=told if passed else ordered,
        trial=c.VerifyCommitment("pass" if passed else "fail", TEXT, 1, "-", "-"),
        action=actions.verify_commitment,
        fixed={"outcome": "pass" if passed else "fail"},
        specs=tuple(specs),
        afterwards=True,
    )


def _second(key: str, standing: Standing) -> FieldSpec:
    own = standing.actor.id.removeprefix("officer:")
    others = [one for one in parties.officers(standing.actor.agency) if one.id != own]
    options = tuple(Choice(one.id, f"{either(one.name, one.name_en)}  {one.badge}") for one in others)
    hint = _("核查要两名以上工作人员（行政许可法第三十四条）。")
    return FieldSpec(f"{key}-second_officer", _("另一名核查员"), "select", hint=hint, options=options)
