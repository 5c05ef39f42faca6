"""Decision tables in use: which one a reference names, what it is asked, and its answer with reasons and law.

A reference is the id of a file in catalogue/decisions, or that id, "#" and the name of one of its decisions; without a
name the file has exactly one decision that no other needs. The names of a model's inputs are ids of the item's form
fields, or names of `KNOWN`: what the platform knows or derives from the answers. An answer that was not given is null.

Why a rule answers as it does stands in the annotations of its table, in columns of these names: 依据 (the law) and
basis_en, 理由 and reason, 下一步 and next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tongban.contexts.catalogue.core.items import Item
from tongban.contexts.catalogue.core.materials import typed_values
from tongban.contexts.process.core.dmn.deciding import Decisions
from tongban.contexts.process.core.dmn.explaining import BASIS, explained
from tongban.contexts.process.core.feel.types import Type
from tongban.kernel.codes import citizen_id
from tongban.kernel.refusals import N_, Refusal, Words

#: What a table may ask beside the form: who applies ("natural" or "legal"), and what the citizen identity number in
#: the answers tells (the first field of that kind): years completed, day of birth, "male" or "female".
KNOWN: Final[Mapping[str, Words]] = {
    "applicant_kind": Words("申请人类型", "Kind of applicant"),
    "age": Words("年龄（周岁）", "Age in full years"),
    "birthday": Words("出生日期", "Date of birth"),
    "sex": Words("性别", "Sex"),
}
_BASIS_EN: Final = frozenset({"basis_en", "basis (en)", "legal basis (en)"})
_REASON: Final = ("理由", "原因"), ("reason", "reason_en")
_NEXT: Final = ("下一步", "建议"), ("next", "next_en")
_TRUTH: Final[Mapping[str, bool]] = {"yes": True, "true": True, "no": False, "false": False}


class TableNotKnown(Refusal):
    """A reference names no decision file of the item's version."""

    code = "table_not_known"
    message = N_("没有名为“%(key)s”的决策表。")
    status = 404


class TableNotSingle(Refusal):
    """A reference without "#" to a file in which several decisions, or none, could be meant."""

    code = "table_not_single"
    message = N_("“%(key)s”里可以单独使用的决策不是正好一个，请写明“%(key)s#决策名称”。已有：%(known)s。")


@dataclass(frozen=True)
class Judgement:
    """What a table answered. `result` and `outputs` are plain JSON; a single output stands under its own name.

    `explained` can be recorded with a case: for the same file (`digest`) and inputs it is always the same. `grounds`
    is `basis` in both languages, `reasons` and `advice` are those of the rules that made the result; `missing` names
    the inputs that had no answer.
    """

    reference: str
    key: str
    name: str
    digest: str
    result: Any
    outputs: Mapping[str, Any]
    explained: Mapping[str, Any]
    reasons: tuple[Words, ...]
    basis: tuple[str, ...]
    grounds: tuple[Words, ...] = ()
    advice: tuple[Words, ...] = ()
    missing: tuple[str, ...] = ()


def key_of(reference: str) -> str:
    """The id of the file that a reference names."""
    return reference.partition("#")[0]


def resolve(decisions: Mapping[str, Decisions], reference: str) -> tuple[Decisions, str]:
    """The model and the name of the decision that `reference` means.

    Refuses `TableNotKnown`, `TableNotSingle`, `DecisionNotKnown`.
    """
    key, _, name = reference.partition("#")
    found = decisions.get(key)
    if found is None:
        raise TableNotKnown(key=key)
    if name:
        found.node(name)
        return found, name
    top = found.top()
    if len(top) != 1:
        raise TableNotSingle(key=key, known="、".join(found.names))
    return found, top[0]


def values_of(
    item: Item, answers: Mapping[str, Any], *, now: datetime | date, applicant_kind: str = ""
) -> dict[str, Any]:
    """The answers to `item`'s form as tables see them, with what `KNOWN` derives from them on the day of `now`.

    A field of the form goes before a derived value of the same name.
    """
    values = typed_values(item, answers)
    today = now.date() if isinstance(now, datetime) else now
    derived: dict[str, Any] = {"applicant_kind": applicant_kind} if applicant_kind else {}
    steps = item.handling.form if item.handling else ()
    for field in (field for step in steps for field in step.fields if field.kind == "citizen_id"):
        number = values.get(field.id)
        if isinstance(number, str) and citizen_id.check(number, today) is None:
            derived |= _of_number(citizen_id.parse(number), today)
            break
    return {**derived, **values}


def _of_number(number: citizen_id.CitizenId, today: date) -> dict[str, Any]:
    birth = number.birth
    age = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    return {"age": age, "birthday": birth.isoformat(), "sex": number.sex}


def judged(decisions: Mapping[str, Decisions], reference: str, values: Mapping[str, Any], now: datetime) -> Judgement:
    """Ask the table that `reference` names; of `values` (see `values_of`) it is given what it has inputs for.

    Text is read as the number, truth, list or date that the input's type wants. Refuses as `resolve` does, and what is
    too long to evaluate.
    """
    model, name = resolve(decisions, reference)
    inputs = {node.name: _fitting(values.get(node.name), node.type) for node in model.required_inputs(name)}
    told = explained(model.decide(name, model.typed(inputs), now=now))
    rules = tuple(_chosen(told))
    reasons = tuple(_said(rules, *_REASON))
    return Judgement(
        reference=reference,
        key=key_of(reference),
        name=name,
        digest=model.digest,
        result=told["result"],
        outputs=_outputs(told["result"], output_names(decisions, reference), name),
        explained=told,
        reasons=reasons or tuple(_tests(rules)),
        basis=tuple(told["basis"]),
        grounds=tuple(_said(rules, tuple(BASIS), tuple(_BASIS_EN))),
        advice=tuple(_said(rules, *_NEXT)),
        missing=tuple(name for name, value in inputs.items() if value is None),
    )


def input_names(decisions: Mapping[str, Decisions], reference: str) -> tuple[str, ...]:
    """The inputs that the table needs, in the order it asks for them. Refuses as `resolve` does."""
    model, name = resolve(decisions, reference)
    return tuple(dict.fromkeys(node.name for node in model.required_inputs(name)))


def output_names(decisions: Mapping[str, Decisions], reference: str) -> tuple[str, ...] | None:
    """What the answer of the table is made of, None where only running it would tell. Refuses as `resolve` does."""
    model, name = resolve(decisions, reference)
    node = model.node(name)
    if node.tables and len(node.tables) == 1 and node.tables[0].table is getattr(node.element, "logic", None):
        outputs = node.tables[0].table.outputs
        return tuple(one.name or one.label or name for one in outputs)
    entries = getattr(node.type.plain(), "entries", None)
    return tuple(entries) if entries else None


def _fitting(value: Any, wanted: Type) -> Any:
    """An answer as the input's type takes it; forms give all answers as text."""
    if value is None or value == "" or value == []:
        return None
    kind = wanted.plain()
    if kind.is_list():
        return list(value) if isinstance(value, (list, tuple)) else [value]
    if isinstance(value, str) and kind.name == "number":
        try:
            return Decimal(value)
        except InvalidOperation:
            return None
    if isinstance(value, str) and kind.name == "boolean":
        return _TRUTH.get(value.lower())
    return value


def _outputs(result: Any, names: tuple[str, ...] | None, decision: str) -> Mapping[str, Any]:
    """The entries of a result that has parts; else the result under the name of its column, or of the decision."""
    if isinstance(result, dict):
        return result
    return {names[0] if names and len(names) == 1 else decision: result}


def _chosen(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The rules that made the result: those of the decision's own tables first, then of the decisions it rests on."""
    for step in reversed(told["steps"]):
        for table in step["tables"]:
            chosen = set(table["chosen"])
            yield from (rule for rule in table["hits"] if rule["rule"] in chosen)


def _said(rules: tuple[Mapping[str, Any], ...], chinese: tuple[str, ...], english: tuple[str, ...]) -> Iterator[Words]:
    """What the annotation columns of these names say, each thing once."""
    seen: set[Words] = set()
    for rule in rules:
        written = {name.strip().lower(): text for name, text in rule["annotations"].items()}
        zh = next((written[name] for name in chinese if name in written), "")
        en = next((written[name] for name in english if name in written), "")
        if (zh or en) and (words := Words(zh or en, en)) not in seen:
            seen.add(words)
            yield words


def _tests(rules: tuple[Mapping[str, Any], ...]) -> Iterator[Words]:
    """Where a table gives no reasons: the rule and the tests that the values passed."""
    for rule in rules:
        cells = [cell for cell in rule["cells"] if cell["test"] != "-"]
        told = "；".join(f"{cell['name']}：{cell['value']}（{cell['test']}）" for cell in cells)
        names = "; ".join(f"{cell['name']}: {cell['value']} ({cell['test']})" for cell in cells)
        yield Words(f"规则 {rule['rule']}：{told}" if told else f"规则 {rule['rule']}", f"Rule {rule['rule']}: {names}")
