"""What somebody wrote and the office could not keep: shown back, to be copied."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData

from api.bodies import FORMS
from api.pages.forms import FormField
from api.security import CSRF_FIELD

_WRITTEN = frozenset({"textfield", "textarea", "number", "datetime"})


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing that was written, under the name of its field."""

    label: str
    text: str


def typed_texts(fields: Sequence[FormField]) -> tuple[Typed, ...]:
    """What stands in the fields of a form, choices by their label."""
    texts = ((field.label, _text(field)) for field in fields)
    return tuple(Typed(label, text) for label, text in texts if text)


def sent_texts(request: Request) -> tuple[Typed, ...]:
    """The texts of the form that came with `request`, if its route read the form before it was refused."""
    forms: list[FormData] = request.scope.get(FORMS, [])
    return tuple(
        Typed(name, value)
        for form in forms[:1]
        for name, value in form.multi_items()
        if isinstance(value, str) and value.strip() and name != CSRF_FIELD
    )


def _text(field: FormField) -> str:
    if field.kind in _WRITTEN:
        return field.value
    return ", ".join(choice.label for choice in field.choices if choice.chosen)
