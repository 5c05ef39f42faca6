"""The use cases of this context: one verb each, keyword-only, with `actor` and `now`."""

from __future__ import annotations

from .acts import (
    accept,
    answer_extension,
    answer_supplement,
    ask_extension,
    ask_supplement,
    check_material,
    complete_task,
    decide_case,
    deem_accepted,
    deliver,
    end_special,
    lapse_supplement,
    pass_pre_review,
    rate,
    refuse_acceptance,
    start_special,
    withdraw,
)
from .drafts import (
    adopt_current_version,
    attach_material,
    discard_draft,
    open_supplement,
    remove_material,
    save_answers,
    start_draft,
    start_window_draft,
)
from .filing import submit

__all__ = [
    "accept",
    "adopt_current_version",
    "answer_extension",
    "answer_supplement",
    "ask_extension",
    "ask_supplement",
    "attach_material",
    "check_material",
    "complete_task",
    "decide_case",
    "deem_accepted",
    "deliver",
    "discard_draft",
    "end_special",
    "lapse_supplement",
    "open_supplement",
    "pass_pre_review",
    "rate",
    "refuse_acceptance",
    "remove_material",
    "save_answers",
    "start_draft",
    "start_special",
    "start_window_draft",
    "submit",
    "withdraw",
]
