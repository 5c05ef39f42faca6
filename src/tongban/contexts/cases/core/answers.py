"""Whether the answers and materials of an application are what the published item asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from tongban.contexts.cases.core.refusals import AnswersIncomplete, MaterialMissing, MaterialUnknown, NotServed
from tongban.contexts.cases.core.state import Material
from tongban.contexts.catalogue.core.items import Field, Item
from tongban.contexts.catalogue.core.materials import needed_materials, typed_values
from tongban.contexts.process.core.sfeel import evaluate
from tongban.kernel.codes import citizen_id, credit_code
from tongban.kernel.refusals import N_, Words

Values = Mapping[str, str | list[str]]

#: What has check digits is checked here too: not every door is a form (STANDARDS §5).
_CHECKS: Mapping[str, Callable[[str], object]] = {"citizen_id": citizen_id.check, "credit_code": credit_code.check}
_NATURAL, _LEGAL = {1}, {2, 3, 4, 5, 6}


def asked(field: Field, values: Mapping[str, Any]) -> bool:
    """Whether the question applies, given the other answers (as `typed_values` gives them)."""
    return not field.when or evaluate(field.when, values)


def problem(field: Field, values: Values) -> str:
    """Reason code why the answer to `field` will not do: "", "missing", "unknown_option", "too_long", "not_a_number",
    "too_small", "too_large", "not_a_date" or "wrong_number"."""
    value = values.get(field.id)
    if not value:
        return "missing" if field.required else ""
    options = {option.value for option in field.options}
    if field.kind == "multi":
        chosen = value if isinstance(value, list) else [value]
        return "" if set(chosen) <= options else "unknown_option"
    if not isinstance(value, str):
        return "unknown_option"
    if field.kind == "choice":
        return "" if value in options else "unknown_option"
    if len(value) > field.max_length:
        return "too_long"
    if field.kind in ("citizen_id", "credit_code"):
        return "wrong_number" if _CHECKS[field.kind](value) else ""
    if field.kind == "date":
        return "" if _is_date(value) else "not_a_date"
    return _number_problem(field, value) if field.kind in ("integer", "money") else ""


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _number_problem(field: Field, value: str) -> str:
    if not value.isascii() or not value.isdigit():
        return "not_a_number"
    if field.minimum is not None and int(value) < field.minimum:
        return "too_small"
    if field.maximum is not None and int(value) > field.maximum:
        return "too_large"
    return ""


def check_answers(item: Item, values: Values) -> dict[str, str | list[str]]:
    """The answers the item asks for, and no others (行政许可法 31: nothing unrelated is kept).

    Refuses AnswersIncomplete with a reason code for each field.
    """
    assert item.handling is not None
    typed = typed_values(item, values)
    problems: dict[str, str] = {}
    labels: list[Words] = []
    kept: dict[str, str | list[str]] = {}
    for step in item.handling.form:
        for field in step.fields:
            if not asked(field, typed):
                continue
            reason = problem(field, values)
            if reason:
                problems[field.id] = reason
                labels.append(Words(field.label.zh, field.label.en))
            elif values.get(field.id):
                kept[field.id] = values[field.id]
    if problems:
        raise AnswersIncomplete(fields=problems, labels=listed(labels))
    return kept


def listed(names: Iterable[Words]) -> Words:
    """Several names as one."""
    found = tuple(names)
    return Words("、".join(one.zh for one in found), ", ".join(one.en or one.zh for one in found))


def check_materials(item: Item, values: Values, given: tuple[Material, ...]) -> None:
    """Every material that the item requires for these answers is there; nothing else is kept.

    Refuses MaterialMissing, MaterialUnknown. Materials the government supplies and those generated from the answers
    are not asked for (优化营商环境条例 36, 国令716 art. 7).
    """
    known = {material.id for material in item.materials}
    if any(material.id not in known for material in given):
        raise MaterialUnknown
    have = {material.id for material in given if material.file_id}
    missing = [
        needed.material
        for needed in needed_materials(item, values)
        if needed.must_bring and needed.material.id not in have
    ]
    if missing:
        raise MaterialMissing(
            materials=tuple(material.id for material in missing),
            names=listed(Words(material.name.zh, material.name.en) for material in missing),
        )


def check_served(item: Item, applicant_kind: str) -> None:
    """The item serves natural or legal persons (T4). Refuses NotServed."""
    served = set(item.serves)
    if applicant_kind == "natural" and not served & _NATURAL:
        raise NotServed(who=N_("个人"))
    if applicant_kind == "legal" and not served & _LEGAL:
        raise NotServed(who=N_("企业和单位"))
