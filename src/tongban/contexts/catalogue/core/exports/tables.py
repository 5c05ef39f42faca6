"""Columns of the national exchange tables, in the order of STANDARDS §3.2-3.3; the exchange columns close each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_EXCHANGE: Final = ("cd_operation", "cd_time", "cd_batch", "data_source")
_POWER: Final = "power_source use_level"
_DIRECTORY: Final = (
    "row_guid task_name catalog_code local_catalog_code task_type by_law use_level task_state task_version"
    " plan_effective_date plan_cancel_date central_dept has_child is_handle parent_id"
)
_BODY: Final = (
    "task_code local_task_code task_handle_item task_state task_version dept_name dept_code dept_type entrust_name"
)
_LIMITS: Final = "anticipate_day anticipate_type anticipate_explain"
_TIMES: Final = f"{_LIMITS} promise_day promise_type promise_explain"
_WHERE: Final = "transact_addr transact_time link_way supervise_way"
_DATES: Final = "plan_effective_date plan_cancel_date"
_HEAD: Final = "row_guid task_name catalog_code local_catalog_code task_type by_law"
_ONLINE: Final = "limit_scene_num is_single_login app_is_single_login link_addr mobile_terminal_url"
_HOW: Final = "accept_condition handle_flow special_procedure is_fee fee_basis server_type project_type handle_type"
_OF: Final = "row_guid task_code local_task_code task_version"
_TABLES: Final[Mapping[str, str]] = {
    "task_directory": _DIRECTORY,
    "task_general_basic": f"{_HEAD} {_POWER} {_BODY} {_TIMES} {_HOW} {_WHERE} {_ONLINE} {_DATES}",
    "task_general_extend": (
        f"{_OF} is_entry_center handle_area other_dept service_type limit_explain result_type result_name result_guid"
        " is_pay_online is_express is_schedule is_service_terminals is_online online_handle_depth online_handle_url"
        " limit_scene_explain user_topic_type corp_topic_type user_character_topic_type corp_character_topic_type"
        " town_code town_name village_code village_name extend_field"
    ),
    "task_general_material": (
        f"{_OF} material_name material_type material_format is_need handle_case form_guid example_guid source_type"
        " source_explain page_num originalnum copiesnum page_format fill_explain accept_stand by_law is_self"
        " copy_explain order_num remark"
    ),
    "task_general_fee_project": f"{_OF} fee_name fee_stand by_law is_desc desc_explain order_num remark",
    "task_general_questions": f"{_OF} question answer order_num",
    "task_punish_basic": f"{_HEAD} {_POWER} {_BODY} punishment_method {_LIMITS} handle_flow {_WHERE} {_DATES}",
    "task_handle_basic": (f"{_HEAD} {_POWER} {_BODY} collect_type is_permit_reduce {_TIMES} {_HOW} {_WHERE} {_DATES}"),
    "task_check_basic": f"{_HEAD} {_POWER} {_BODY} {_LIMITS} handle_flow {_WHERE} {_DATES}",
    "task_public_basic": f"{_HEAD} use_level {_BODY} {_TIMES} {_HOW} {_WHERE} {_ONLINE} {_DATES}",
    "audit_item_condition": f"{_OF} condition_name condition_desc order_num area_code",
    "audit_material_condition": f"{_OF} condition_guid material_guid order_num",
    "zone_organization": "row_guid org_name org_short_name credit_code org_code area_code exist_task",
}
#: Table -> its columns.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    table: (*names.split(), *_EXCHANGE) for table, names in _TABLES.items()
}
