"""Fields with their values and errors, ready for the templates; and the error summary of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.ui.forms.reading import Value
from tongban.ui.forms.specs import FieldSpec

_AUTOCOMPLETE = {"phone": "tel", "password": "current-password", "otp": "one-time-code"}
_INPUT_MODE = {"integer": "numeric", "money": "decimal", "phone": "tel", "otp": "numeric"}
_WIDTH = {"integer": "s", "otp": "s", "money": "m", "phone": "m", "citizen_id": "m", "credit_code": "m"}
_TEMPLATE = {
    "textarea": "textarea",
    "date": "date",
    "choice": "choice",
    "multi": "choice",
    "select": "select",
    "confirm": "confirm",
    "file": "file",
    "hidden": "hidden",
}


@dataclass(frozen=True)
class BoundOption:
    """One radio button or checkbox."""

    id: str
    value: str
    label: str
    hint: str
    chosen: bool
    own_words: bool = False


@dataclass(frozen=True)
class DatePart:
    """One of the three boxes of a date."""

    name: str
    label: str
    value: str
    autocomplete: str


@dataclass(frozen=True)
class BoundField:
    """A question with its answer so far, and what is wrong with it."""

    spec: FieldSpec
    value: str
    error: str
    options: tuple[BoundOption, ...] = ()
    parts: tuple[DatePart, ...] = ()

    @property
    def template(self) -> str:
        return f"ui/field/{_TEMPLATE.get(self.spec.kind, 'text')}.html"

    @property
    def control(self) -> str:
        """Id of the first control."""
        return self.spec.error_id

    @property
    def described_by(self) -> str:
        """Ids for aria-describedby: the hint, then the error."""
        ids = [f"{self.spec.id}-hint"] if self.spec.hint else []
        return " ".join([*ids, f"{self.spec.id}-error"] if self.error else ids)

    @property
    def autocomplete(self) -> str:
        return self.spec.autocomplete or _AUTOCOMPLETE.get(self.spec.kind, "")

    @property
    def input_mode(self) -> str:
        return _INPUT_MODE.get(self.spec.kind, "")

    @property
    def input_type(self) -> str:
        return {"password": "password", "phone": "tel"}.get(self.spec.kind, "text")

    @property
    def width(self) -> str:
        return _WIDTH.get(self.spec.kind, "")

    @property
    def several(self) -> bool:
        return self.spec.kind == "multi"


@dataclass(frozen=True)
class ErrorItem:
    """One line of the summary; `target` is the id of a control, "" for a message of no field."""

    text: str
    target: str = ""


@dataclass(frozen=True)
class ErrorSummary:
    """The box on top: what is wrong, each with a link to where."""

    title: str
    items: tuple[ErrorItem, ...]


def bind(
    specs: Iterable[FieldSpec], values: Mapping[str, Value] | None = None, errors: Mapping[str, str] | None = None
) -> tuple[BoundField, ...]:
    """Put `values` (canonical, or `FormRead.raw` as typed) and `errors` into the fields of `specs`."""
    return tuple(_bound(spec, values or {}, (errors or {}).get(spec.id, "")) for spec in specs)


def summary(fields: Sequence[BoundField], message: str = "") -> ErrorSummary:
    """Collect the errors of `fields`; `message` is a refusal that belongs to no field and comes first."""
    items = [ErrorItem(message)] if message else []
    items += [ErrorItem(f.error, f.control) for f in fields if f.error]
    title = ngettext("还有 %(n)s 处要改", "还有 %(n)s 处要改", len(items)) % {"n": len(items)}
    return ErrorSummary(title if not message else _("这一步没有做成"), tuple(items))


def _bound(spec: FieldSpec, values: Mapping[str, Value], error: str) -> BoundField:
    value = values.get(spec.id, "")
    if spec.kind == "date":
        return BoundField(spec, str(value), error, parts=_parts(spec, values))
    chosen = set(value) if isinstance(value, list) else {value}
    options = tuple(
        BoundOption(f"{spec.id}-{i}", o.value, o.label, o.hint, o.value in chosen, o.own_words)
        for i, o in enumerate(spec.options, 1)
    )
    return BoundField(spec, value if isinstance(value, str) else "", error, options)


def _parts(spec: FieldSpec, values: Mapping[str, Value]) -> tuple[DatePart, ...]:
    whole = str(values.get(spec.id, "")).split("-")
    known = whole if len(whole) == 3 else ["", "", ""]
    names = (("year", _("年"), "bday-year"), ("month", _("月"), "bday-month"), ("day", _("日"), "bday-day"))
    birthday = spec.autocomplete == "bday"
    return tuple(
        DatePart(
            f"{spec.id}-{key}",
            label,
            str(values.get(f"{spec.id}-{key}", known[i].lstrip("0") if i else known[i])),
            token if birthday else "",
        )
        for i, (key, label, token) in enumerate(names)
    )
