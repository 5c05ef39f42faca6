"""What is asked in the life of a version, and what was posted: an element, the whole source, a step.

Everything typed is kept, whatever was wrong. A draft that somebody else has saved meanwhile is not written over: `seq`,
the number of its last record, goes with every form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tongban.foundation.i18n import say
from tongban.kernel.refusals import Refusal
from tongban.terminals.common.requests import new_request_id, request_id
from tongban.terminals.desk.elements import fields
from tongban.terminals.desk.elements.fields import Around
from tongban.terminals.desk.elements.paths import Target
from tongban.ui.forms import BoundField, Choice, ErrorSummary, FieldSpec, bind, read, summary
from tongban.ui.forms.reading import Value

_REASON = 2000


@dataclass(frozen=True)
class Form:
    """Questions with what was answered so far, and what was wrong with it."""

    specs: tuple[FieldSpec, ...]
    request_id: str
    seq: int = 0
    values: dict[str, Value] = field(default_factory=dict)
    raw: dict[str, Value] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    message: str = ""
    status: int = 200

    @property
    def ok(self) -> bool:
        return not self.errors and not self.message

    @property
    def bound(self) -> tuple[BoundField, ...]:
        return bind(self.specs, self.raw, self.errors)

    @property
    def summary(self) -> ErrorSummary | None:
        """The box on top of the page, or None."""
        return None if self.ok else summary(self.bound, self.message)

    def refused(self, refusal: Refusal) -> Form:
        """The same answers, with what the rules said to them."""
        fresh = new_request_id() if refusal.code == "request_reused" else self.request_id
        text = say(refusal)
        named = {refusal.field: text} if refusal.field in {spec.id for spec in self.specs} else {}
        return replace(self, request_id=fresh, errors=named, message="" if named else text, status=refusal.status)

    def conflict(self, message: str, seq: int) -> Form:
        """The same answers, not saved, because the draft has moved on; a second press means it."""
        return replace(self, request_id=new_request_id(), message=message, seq=seq, status=409)

    def day(self, name: str) -> date | None:
        text = str(self.values.get(name, ""))
        return date.fromisoformat(text) if text else None

    def text(self, name: str) -> str:
        return str(self.values.get(name, ""))


def blank(specs: tuple[FieldSpec, ...], raw: Mapping[str, Value] | None = None, *, seq: int = 0) -> Form:
    """A page just opened."""
    return Form(specs, new_request_id(), seq, raw=dict(raw or {}))


def answered(specs: tuple[FieldSpec, ...], post: QueryDict, *, unfinished: bool = False) -> Form:
    """What was posted. `unfinished`: nothing must be answered."""
    found = read(fields.unfinished(specs) if unfinished else specs, post)
    seq = post.get("seq", "")
    return Form(
        specs, request_id(post), int(seq) if seq.isascii() and seq.isdigit() and len(seq) < 9 else 0,
        found.values, found.raw, found.errors, status=422 if found.errors else 200,
    )  # fmt: skip


# -- an element --------------------------------------------------------------------------------------------------------


def element_specs(place: Target, around: Around, post: QueryDict | None = None) -> tuple[FieldSpec, ...]:
    """The questions of everything that is asked at `place`; rows that were posted are all there again."""
    return tuple(
        spec for one in place.inline for spec in fields.specs(one, place.values, around, least=_rows(post, one.name))
    )


def _rows(post: QueryDict | None, name: str) -> int:
    if post is None:
        return 0
    numbers = (key.removeprefix(f"e-{name}-").split("-")[0] for key in post if key.startswith(f"e-{name}-"))
    return min(
        max((int(one) + 1 for one in numbers if one.isascii() and one.isdigit() and len(one) < 4), default=0), 200
    )


def element_form(place: Target, around: Around, seq: int) -> Form:
    """The values at `place` in their fields."""
    return blank(element_specs(place, around), fields.shown(place.inline, place.values), seq=seq)


def element_values(place: Target, form: Form) -> dict[str, Any]:
    """What stands at `place` after the answers: all of a record, or the one element."""
    name = place.last.name
    before = place.values if place.whole else {name: place.values[name]} if name in place.values else {}
    return fields.answered(place.inline, before, form.values)


# -- steps -------------------------------------------------------------------------------------------------------------


def review_specs(step: str) -> tuple[FieldSpec, ...]:
    """Agree, or give it back with the reason."""
    agree = {"department": _("同意，送法制审"), "legal": _("同意，送政务办公布")}[step]
    return (
        FieldSpec(
            "verdict", _("审核意见"), "choice", options=(Choice("approve", agree), Choice("return", _("退回起草人")))
        ),
        FieldSpec(
            "note", _("理由"), "textarea", required=False, max_length=_REASON,
            hint=_("退回的要写明改什么；同意的可以不写"),
        ),
    )  # fmt: skip


def publish_specs() -> tuple[FieldSpec, ...]:
    """Now, on a day, or back."""
    options = (
        Choice("now", _("现在公布")),
        Choice("day", _("定在以后某一天公布"), _("在下面填日期，到那天零点自动公布")),
        Choice("return", _("退回起草人"), _("要写理由")),
    )
    return (
        FieldSpec("verdict", _("怎样公布"), "choice", options=options),
        FieldSpec("effective_from", _("公布日期"), "date", required=False, hint=_("选“定在以后某一天”才填")),
        FieldSpec("note", _("理由"), "textarea", required=False, max_length=_REASON, hint=_("退回才写")),
    )


def dated(form: Form) -> Form:
    """A publication on a day names the day."""
    if not form.ok or form.text("verdict") != "day" or form.text("effective_from"):
        return form
    return replace(form, errors={"effective_from": _("请填写：公布日期")}, status=422)


def cancel_specs() -> tuple[FieldSpec, ...]:
    """From which day, and why."""
    return (
        FieldSpec("on", _("从哪天起不再办"), "date", hint=_("这天起不能再申请；在办的办完为止")),
        FieldSpec("reason", _("取消的理由"), "textarea", max_length=_REASON, hint=_("如：所依据的法规废止")),
    )


def new_specs(around: Around) -> tuple[FieldSpec, ...]:
    """What a new item begins with."""
    pairs = [tuple(Choice(value, words) for value, words in some) for some in (around.powers, around.agencies)]
    return (
        FieldSpec("code", _("编码"), max_length=40, hint=_("大写字母、数字和连字符，如 ROAD-DIG；定了就不改")),
        FieldSpec("name-zh", _("事项名称（中文）"), max_length=200, hint=_("照基本目录写，全市一个名称")),
        FieldSpec("name-en", _("事项名称（英文）"), required=False, max_length=200),
        FieldSpec("power", _("事项的类型"), "select", options=pairs[0], hint=_("行政权力的种类，或者公共服务")),
        FieldSpec("agency", _("实施主体"), "select", options=pairs[1], hint=_("对外承担法律责任的机关")),
    )


def source_specs() -> tuple[FieldSpec, ...]:
    """The whole source."""
    hint = _("YAML 格式；键名和文件目录里的一样")
    return (FieldSpec("source", _("整份源文本"), "textarea", max_length=400_000, rows=32, hint=hint),)


def import_specs() -> tuple[FieldSpec, ...]:
    """The file, and how it is written where that is not plain."""
    encodings = (
        Choice("auto", _("自动识别")), Choice("utf-8", "UTF-8"), Choice("gb18030", "GB 18030"),
    )  # fmt: skip
    hint = _("CSV 文件，第一行是表头，不超过 10 MB。先试算，不写入任何东西。")
    return (
        FieldSpec("file", _("清单文件"), "file", hint=hint, accept=".csv,text/csv"),
        FieldSpec("encoding", _("文字编码"), "choice", required=False, options=encodings),
    )
