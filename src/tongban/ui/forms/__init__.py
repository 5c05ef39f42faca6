"""Forms without magic: a question is a `FieldSpec`, an answer is text, a mistake is a sentence.

`read` turns what was posted into values and errors; `bind` puts values and errors back into fields for the templates
`ui/field/*.html`; `summary` collects the errors for the top of the page. Patterns follow GOV.UK's design system: one
summary on top that links to the fields, the error beside the field, dates in three boxes.
"""

from tongban.ui.forms.binding import BoundField, BoundOption, DatePart, ErrorItem, ErrorSummary, bind, summary
from tongban.ui.forms.reading import FormRead, Value, read
from tongban.ui.forms.specs import Choice, FieldSpec, Kind

__all__ = [
    "BoundField",
    "BoundOption",
    "Choice",
    "DatePart",
    "ErrorItem",
    "ErrorSummary",
    "FieldSpec",
    "FormRead",
    "Kind",
    "Value",
    "bind",
    "read",
    "summary",
]
