"""Reading a posted form: tolerant of how people type, strict about what is kept.

Full-width digits and letters, spaces and hyphens in numbers are forgiven; check digits, real days and bounds are not.
Values come out in one canonical shape a kind: integers as digits, dates as ISO days, money in yuan with two decimals,
codes in upper case, phones as digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Protocol

from django.utils.translation import gettext as _

from tongban.kernel.codes import citizen_id, credit_code
from tongban.kernel.refusals import Refusal
from tongban.ui.forms.specs import FieldSpec

Value = str | list[str]

_PHONE = re.compile(r"(?:\+?86)?(1[3-9]\d{9}|0\d{2,3}\d{7,8}(?:-\d{1,6})?|400\d{7})")
_WIDE = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: 0x20}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Posted(Protocol):
    """What a posted form offers; Django's QueryDict fits."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class FormRead:
    """What was read: `values` that hold, `errors` by field id, and `raw` as typed, to show the form again."""

    values: dict[str, Value]
    errors: dict[str, str]
    raw: dict[str, Value]

    @property
    def ok(self) -> bool:
        return not self.errors


class _Wrong(Exception):  # noqa: N818 - a wrong answer, told to the person
    pass


def read(specs: Iterable[FieldSpec], post: Posted, files: Mapping[str, object] | None = None) -> FormRead:
    """Read `post` by `specs`. Unasked keys are dropped; a file field is only checked for presence in `files`."""
    values: dict[str, Value] = {}
    errors: dict[str, str] = {}
    raw: dict[str, Value] = {}
    for spec in specs:
        if spec.kind == "file":
            if spec.required and not (files and files.get(spec.id)):
                errors[spec.id] = _("请上传：%(label)s") % {"label": _plain(spec)}
            continue
        typed = _typed(spec, post, raw)
        try:
            values[spec.id] = _value(spec, typed)
        except _Wrong as wrong:
            errors[spec.id] = str(wrong)
    return FormRead(values, errors, raw)


def _typed(spec: FieldSpec, post: Posted, raw: dict[str, Value]) -> Value:
    """The text of one field, kept in `raw` under the names its controls post (a password is never kept)."""
    if spec.kind == "multi":
        raw[spec.id] = [_clean(v) for v in post.getlist(spec.id) if v]
        return raw[spec.id]
    if spec.kind == "date":
        parts = [_one(post, f"{spec.id}-{part}") for part in ("year", "month", "day")]
        raw.update({f"{spec.id}-{part}": text for part, text in zip(("year", "month", "day"), parts, strict=True)})
        return parts if any(parts) else ""
    text = _one(post, spec.id, keep_space=spec.kind == "password")
    raw[spec.id] = "" if spec.kind in ("password", "otp") else text
    return text


def _one(post: Posted, key: str, *, keep_space: bool = False) -> str:
    found = post.getlist(key)
    text = _CONTROL.sub("", str(found[-1])) if found else ""
    return text if keep_space else _clean(text)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", _CONTROL.sub("", str(text)).replace("\r\n", "\n")).strip()


def _plain(spec: FieldSpec) -> str:
    return spec.label.rstrip("?？:：")


def _value(spec: FieldSpec, typed: Value) -> Value:
    """The canonical value of what was typed, or a `_Wrong` that says what to do."""
    if not typed:
        if spec.required:
            raise _Wrong(_missing(spec))
        return [] if spec.kind == "multi" else ""
    if isinstance(typed, list):
        return _date(spec, typed) if spec.kind == "date" else _several(spec, typed)
    checker = _CHECKS.get(spec.kind)
    if checker:
        return checker(spec, typed)
    if len(typed) > spec.max_length:
        raise _Wrong(
            _("%(label)s：最多 %(max)s 个字，您写了 %(n)s 个")
            % {"label": _plain(spec), "max": spec.max_length, "n": len(typed)}
        )
    return typed


def _missing(spec: FieldSpec) -> str:
    label = {"label": _plain(spec)}
    if spec.kind in ("choice", "select", "multi"):
        return _("请选择：%(label)s") % label
    if spec.kind == "confirm":
        return _("请勾选：%(label)s") % label
    return _("请填写：%(label)s") % label


def _half_width(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones; nothing else (² is no 2)."""
    return text.translate(_WIDE)


def _digits(text: str) -> str:
    return re.sub(r"[\s,，]", "", _half_width(text))


def _integer(spec: FieldSpec, text: str) -> str:
    number = _digits(text)
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", number):
        raise _Wrong(_("%(label)s：请填整数，比如 12") % {"label": _plain(spec)})
    value = int(number)
    _bounds(spec, value)
    return str(value)


def _bounds(spec: FieldSpec, value: int | Decimal) -> None:
    if spec.minimum is not None and value < spec.minimum:
        raise _Wrong(_("%(label)s：不能小于 %(n)s") % {"label": _plain(spec), "n": spec.minimum})
    if spec.maximum is not None and value > spec.maximum:
        raise _Wrong(_("%(label)s：不能大于 %(n)s") % {"label": _plain(spec), "n": spec.maximum})


def _money(spec: FieldSpec, text: str) -> str:
    figure = _digits(text).removesuffix("元").lstrip("¥￥")
    try:
        value = Decimal(figure)
    except InvalidOperation:
        value = Decimal("NaN")
    if not re.fullmatch(r"-?[0-9]{1,13}(\.[0-9]{1,2})?", figure) or not value.is_finite():
        raise _Wrong(_("%(label)s：请填金额，最多两位小数，比如 1200.50") % {"label": _plain(spec)})
    _bounds(spec, value)
    return f"{value:.2f}"


def _date(spec: FieldSpec, parts: list[str]) -> str:
    names = {0: _("年"), 1: _("月"), 2: _("日")}
    missing = [names[i] for i, text in enumerate(parts) if not text]
    if missing:
        raise _Wrong(_("%(label)s：还差 %(parts)s") % {"label": _plain(spec), "parts": _("、").join(missing)})
    numbers = [_digits(text) for text in parts]
    try:
        if not all(re.fullmatch(r"[0-9]{1,4}", n) for n in numbers) or len(numbers[0]) != 4:
            raise ValueError
        return date(*(int(n) for n in numbers)).isoformat()
    except ValueError:
        raise _Wrong(_("%(label)s：没有这一天，请照 2028 年 3 月 27 日这样填") % {"label": _plain(spec)}) from None


def _several(spec: FieldSpec, chosen: list[str]) -> list[str]:
    allowed = [o.value for o in spec.options]
    if any(value not in allowed for value in chosen):
        raise _Wrong(_missing(spec))
    return [value for value in allowed if value in chosen]


def _chosen(spec: FieldSpec, text: str) -> str:
    if text not in {o.value for o in spec.options}:
        raise _Wrong(_missing(spec))
    return text


def _confirmed(spec: FieldSpec, text: str) -> str:
    return "yes"


def _phone(spec: FieldSpec, text: str) -> str:
    number = re.sub(r"[\s()（）]", "", _half_width(text))
    if re.fullmatch(r"[+0-9-]*", number):
        bare = number if number.startswith("0") else number.replace("-", "")
        found = _PHONE.fullmatch(re.sub(r"^(0\d{2,3})-", r"\1", bare))
        if found:
            return found[1]
    raise _Wrong(_("%(label)s：请填 11 位手机号，或带区号的座机号") % {"label": _plain(spec)})


def _citizen_id(spec: FieldSpec, text: str) -> str:
    return _code(text, citizen_id.parse)


def _credit_code(spec: FieldSpec, text: str) -> str:
    return _code(text, credit_code.parse)


def _code(text: str, parse: Callable[[str], object]) -> str:
    """Run a kernel parser and say its refusal in the reader's language."""
    code = re.sub(r"[\s-]", "", _half_width(text)).upper()
    try:
        parse(code)
    except Refusal as refusal:
        message = _(refusal.message)
        raise _Wrong(message % refusal.params if refusal.params else message) from None
    return code


def _otp(spec: FieldSpec, text: str) -> str:
    code = _digits(text)
    if not re.fullmatch(r"[0-9]{6,8}", code):
        raise _Wrong(_("%(label)s：请填 6 位数字") % {"label": _plain(spec)})
    return code


_CHECKS = {
    "integer": _integer,
    "money": _money,
    "choice": _chosen,
    "select": _chosen,
    "confirm": _confirmed,
    "phone": _phone,
    "citizen_id": _citizen_id,
    "credit_code": _credit_code,
    "otp": _otp,
}
