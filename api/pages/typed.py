"""What somebody wrote and the office could not keep: shown back, to be copied."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData

from api.bodies import FORMS
from api.pages.forms import FormField

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
    """What was written in the form that came with `request`, if its route read it before refusing.

    Whoever is not signed in is not told the names of the fields; a choice is one word, and no text.
    """
    forms: list[FormData] = request.scope.get(FORMS, [])
    texts = [text for form in forms[:1] for _, text in form.multi_items() if isinstance(text, str)]
    written = [text for text in texts if len(text.split()) > 1]
    return tuple(Typed(f"Texto {number}", text) for number, text in enumerate(written, start=1))


def _text(field: FormField) -> str:
    if field.kind in _WRITTEN:
        return field.value
    return ", ".join(choice.label for choice in field.choices if choice.chosen)
