"""Items as the national exchange tables (交换库): one CSV a table, in the names of STANDARDS §3.2-3.4 and §4.7.

What was made up here is never handed on as national: a base code marked synthetic stands in the `local_…` columns
alone, `catalog_code`, `task_code` and `task_handle_item` stay empty, and so do codes whose organ has no credit code.
Several values of one column are joined by ^, as the national library does. UTF-8 with BOM, so that Excel reads it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tongban.contexts.catalogue.core.exports.handed import Handed
from tongban.contexts.catalogue.core.exports.tables import COLUMNS
from tongban.contexts.catalogue.core.items import Basis, Item, Limit, Material, Text
from tongban.kernel.codes import credit_code
from tongban.kernel.codes import item as item_codes

JOIN: Final = "^"
_UNITS: Final = {"workday": "1", "day": "2", "month": "5"}
_MATERIAL_KIND: Final = {"form": "1", "certificate": "2", "other": "3"}
_MATERIAL_FORMAT: Final = {"paper": "1", "electronic": "2", "both": "3"}
_NEED: Final = {"required": "1", "situational": "2", "exempt": "2", "tolerable": "3"}
_SOURCE: Final = {"self": "10", "government": "20", "generated": "99"}
_RESULT: Final = {"licence": "10", "certificate": "10", "approval": "20"}
#: Powers whose basic block is not task_general_basic.
_BLOCKS: Final = {
    "02": "task_punish_basic",
    "03": "task_check_basic",
    "04": "task_handle_basic",
    "06": "task_check_basic",
    "20": "task_public_basic",
}
Made = dict[str, object]


def files(handed: Handed) -> dict[str, bytes]:
    """`<table>.csv` -> its bytes; every table of the standard is there, also without rows."""
    rows: dict[str, list[Made]] = {table: [] for table in COLUMNS}
    for item in handed.items:
        for table, row in _of_item(handed, item):
            rows[table].append(row | _exchange(handed, item))
    rows["task_directory"] += [row | _stamp(handed) for row in _basic_only(handed)]
    rows["zone_organization"] = [row | _stamp(handed) for row in _organs(handed)]
    return {
        f"{table}.csv": _csv(COLUMNS[table], (_identified(handed, row) for row in rows[table])) for table in COLUMNS
    }


def _identified(handed: Handed, row: Made) -> Made:
    """Rows are named by UUIDs that stay the same from one export to the next."""
    names = ("row_guid", "condition_guid", "material_guid")
    return row | {name: handed.uuid("row", str(row[name])) for name in names if name in row}


def task_code(handed: Handed, item: Item) -> str:
    """实施编码 (31): credit code of the organ, level, base code. "" where one of them is missing or made up."""
    return "" if item.base_code_synthetic else _composed(handed, item)


def _composed(handed: Handed, item: Item) -> str:
    body = handed.organ(item.agency).credit_code
    finding = credit_code.check(body)
    if not item.levels or (finding is not None and finding.fault != "check") or item_codes.check_base(item.base_code):
        return ""
    return f"{body}{max(item.levels)}{item.base_code}"


def _of_item(handed: Handed, item: Item) -> Iterable[tuple[str, Made]]:
    yield "task_directory", _directory(item)
    block = _BLOCKS.get(item.power, "task_general_basic")
    yield block, _basic(handed, item)
    if block in ("task_general_basic", "task_public_basic"):
        yield "task_general_extend", _extend(handed, item)
    if block in ("task_punish_basic", "task_check_basic"):
        return  # these have neither materials nor fees nor questions
    for index, material in enumerate(item.materials):
        yield "task_general_material", _material(item, index, material)
    if item.fee.charged:
        yield "task_general_fee_project", _fee(item)
    for index, question in enumerate(item.faq):
        known: Made = {"question": question.question.zh, "answer": question.answer.zh, "order_num": index + 1}
        yield "task_general_questions", {"row_guid": f"{item.code}/faq/{index}"} | known
    for index, material in enumerate(one for one in item.materials if one.when):
        yield "audit_item_condition", _condition(handed, item, index, material)
        yield "audit_material_condition", _material_condition(item, index, material)


def _directory(item: Item) -> Made:
    return {
        "row_guid": f"{item.code}/directory",
        "task_name": item.name.zh,
        "catalog_code": "" if item.base_code_synthetic else item.base_code,
        "local_catalog_code": item.local_base_code or (item.base_code if item.base_code_synthetic else ""),
        "task_type": item.power,
        "by_law": _laws(item.basis),
        "use_level": _joined(item.levels),
        "task_state": 1,
        "task_version": item.version,
        "plan_effective_date": item.valid_from,
        "plan_cancel_date": item.valid_to,
        "has_child": 0,
        "is_handle": int(item.can_be_handled),
    }


def _basic_only(handed: Handed) -> Iterable[Made]:
    """Entries of the basic catalogue that no item of this list implements."""
    there = {item.base_code for item in handed.items}
    for basic in handed.beside.basic:
        if basic.code not in there:
            yield {
                "row_guid": f"basic/{basic.code}",
                "task_name": basic.name,
                "catalog_code": "" if basic.synthetic else basic.code,
                "local_catalog_code": basic.code if basic.synthetic else "",
                "task_type": basic.power,
                "by_law": json.dumps([{"law": law} for law in basic.laws], ensure_ascii=False),
                "use_level": _joined(basic.levels),
                "task_state": 1,
                "task_version": 1,
                "has_child": 0,
                "is_handle": 0,
            }


def _basic(handed: Handed, item: Item) -> Made:
    organ = handed.organ(item.agency)
    code = task_code(handed, item)
    places = item.places or organ.places
    return {
        **_directory(item),
        "row_guid": f"{item.code}/basic",
        "power_source": item.power_source or "",
        "task_code": code,
        "local_task_code": item.local_code or _composed(handed, item) or item.code,
        "task_handle_item": f"{code}01" if code else "",
        "dept_name": organ.name.zh,
        "dept_code": organ.credit_code,
        "dept_type": item.organ_kind or organ.kind,
        "entrust_name": JOIN.join(handed.organ(one.giver).name.zh for one in item.delegations),
        **_limit("anticipate", item.statutory),
        **_limit("promise", item.promised),
        "accept_condition": "\n".join(condition.text.zh for condition in item.conditions),
        "handle_flow": _flow(item),
        "special_procedure": "\n".join(one.name.zh for one in item.handling.special) if item.handling else "",
        "is_fee": int(item.fee.charged),
        "fee_basis": _zh(item.fee.basis),
        "server_type": _joined(item.serves),
        "project_type": item.project_type or (1 if item.instant else 2),
        "handle_type": _joined(item.channels),
        "transact_addr": "\n".join(f"{place.name.zh}：{place.address.zh}" for place in places),
        "transact_time": "\n".join(dict.fromkeys(place.hours.zh for place in places)),
        "link_way": item.consult or organ.consult,
        "supervise_way": item.complain or organ.complain,
        "limit_scene_num": item.visits,
        "is_single_login": int(item.can_be_handled),
        "app_is_single_login": 0,
        "link_addr": f"{handed.city.address}/guide/{item.code}/",
        "mobile_terminal_url": f"{handed.city.address}/guide/{item.code}/",
        "punishment_method": "\n".join(one.name.zh for one in item.discretion) if item.power == "02" else "",
        "collect_type": _zh(item.fee.name) if item.power == "04" else "",
        "is_permit_reduce": int(item.fee.reduction is not None) if item.power == "04" else "",
    }


def _limit(name: str, limit: Limit | None) -> Made:
    if limit is None:
        return {f"{name}_day": "", f"{name}_type": "", f"{name}_explain": ""}
    return {f"{name}_day": limit.value, f"{name}_type": _UNITS[limit.unit], f"{name}_explain": _zh(limit.note)}


def _flow(item: Item) -> str:
    stages = [
        {"stage": stage.kind, "name": _zh(stage.name), "hours": stage.hours, "position": _zh(stage.position)}
        for stage in item.stages
    ]
    return json.dumps(stages, ensure_ascii=False) if stages else ""


def _extend(handed: Handed, item: Item) -> Made:
    return {
        "row_guid": f"{item.code}/extend",
        "is_entry_center": _flag(item.in_hall),
        "handle_area": item.scope or "",
        "other_dept": JOIN.join(handed.organ(key).name.zh for key in item.joint),
        "service_type": JOIN.join(one.name.zh for one in item.intermediaries),
        "limit_explain": _zh(item.quantity),
        "result_type": _RESULT.get(item.result.kind, "99"),
        "result_name": item.result.name.zh,
        "result_guid": item.result.sample,
        "is_pay_online": _flag(item.fee.pay_online),
        "is_express": _flag(item.express),
        "is_schedule": _flag(item.appointment),
        "is_service_terminals": _flag(item.kiosk),
        "is_online": int(item.can_be_handled),
        "online_handle_depth": item.depth,
        "online_handle_url": f"{handed.city.address}/apply/{item.code}/" if item.can_be_handled else "",
        "limit_scene_explain": _zh(item.visit_reason),
        "user_topic_type": _topics(item, "person"),
        "corp_topic_type": _topics(item, "corp"),
    }


def _material(item: Item, index: int, material: Material) -> Made:
    return {
        "row_guid": f"{item.code}/material/{material.id}",
        "material_name": material.name.zh,
        "material_type": _MATERIAL_KIND.get(material.kind, ""),
        "material_format": _MATERIAL_FORMAT.get(material.format, ""),
        "is_need": _NEED[material.need],
        "handle_case": material.when or ("免提交" if material.need == "exempt" else ""),
        "form_guid": material.blank,
        "example_guid": material.sample,
        "source_type": _SOURCE[material.source],
        "source_explain": material.licence_item,
        "page_num": material.originals + material.copies or "",
        "originalnum": material.originals,
        "copiesnum": material.copies,
        "fill_explain": _zh(material.hint),
        "accept_stand": _zh(material.standard),
        "by_law": material.basis,
        "order_num": index + 1,
    }


def _fee(item: Item) -> Made:
    return {
        "row_guid": f"{item.code}/fee",
        "fee_name": _zh(item.fee.name),
        "fee_stand": _zh(item.fee.standard),
        "by_law": _zh(item.fee.basis),
        "is_desc": int(item.fee.reduction is not None),
        "desc_explain": _zh(item.fee.reduction),
        "order_num": 1,
    }


def _condition(handed: Handed, item: Item, index: int, material: Material) -> Made:
    return {
        "row_guid": f"{item.code}/condition/{material.id}",
        "condition_name": material.name.zh,
        "condition_desc": material.when,
        "order_num": index + 1,
        "area_code": handed.city.division.ljust(12, "0"),
    }


def _material_condition(item: Item, index: int, material: Material) -> Made:
    return {
        "row_guid": f"{item.code}/material-condition/{material.id}",
        "condition_guid": f"{item.code}/condition/{material.id}",
        "material_guid": f"{item.code}/material/{material.id}",
        "order_num": index + 1,
    }


def _organs(handed: Handed) -> Iterable[Made]:
    used = {item.agency for item in handed.items}
    for key in sorted(used | {organ.key for organ in handed.beside.organs}):
        organ = handed.organ(key)
        yield {
            "row_guid": f"organ/{key}",
            "org_name": organ.name.zh,
            "org_short_name": key,
            "credit_code": organ.credit_code,
            "org_code": organ.credit_code[8:17],
            "exist_task": int(key in used),
            "area_code": handed.city.division.ljust(12, "0"),
        }


def _exchange(handed: Handed, item: Item) -> Made:
    """What every row of an item carries, whichever table it stands in."""
    code = task_code(handed, item)
    return {
        **_stamp(handed),
        "task_code": code,
        "task_version": item.version,
        "local_task_code": item.local_code or _composed(handed, item) or item.code,
        "data_source": "" if not item.base_code_synthetic else "synthetic",
        "cd_time": _time(handed, item),
    }


def _stamp(handed: Handed) -> Made:
    at = handed.at.strftime("%Y-%m-%d %H:%M:%S")
    return {"cd_operation": "I", "cd_time": at, "cd_batch": handed.at.strftime("%Y%m%d%H%M%S"), "data_source": ""}


def _time(handed: Handed, item: Item) -> str:
    return handed.when(item).strftime("%Y-%m-%d %H:%M:%S")


def _laws(basis: tuple[Basis, ...]) -> str:
    laws = [
        {"law": one.law, "article": one.article, "content": one.gist.zh, "from": one.effective_from} for one in basis
    ]
    return json.dumps(laws, ensure_ascii=False)


def _topics(item: Item, kind: str) -> str:
    return JOIN.join(topic.split(":", 1)[1] for topic in item.topics if topic.startswith(f"{kind}:"))


def _joined(values: Iterable[int]) -> str:
    return JOIN.join(map(str, values))


def _zh(text: Text | None) -> str:
    return text.zh if text else ""


def _flag(value: bool | None) -> object:
    return "" if value is None else int(value)


def _csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
