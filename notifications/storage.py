"""A letter as text, to be kept until it is sent, and back."""

from functools import cache

import orjson
from pydantic import TypeAdapter, ValidationError

from notifications.letters_of_time import LETTERS_OF_TIME
from notifications.messages import LETTERS, Letter
from notifications.render import RenderError


def letter_to_json(letter: Letter) -> str:
    """The values of `letter` as JSON; dates and instants in ISO 8601."""
    return orjson.dumps(letter).decode()


def letter_from_json(template: str, text: str) -> Letter:
    """The letter that `letter_to_json` wrote. Raises RenderError when it is not one of `template`."""
    try:
        return _adapter(template).validate_json(text)
    except ValidationError as error:
        raise RenderError(f"El mensaje guardado no corresponde a la plantilla «{template}».") from error


@cache
def _adapter(template: str) -> TypeAdapter[Letter]:
    for letter in (*LETTERS, *LETTERS_OF_TIME):
        if letter.template == template:
            return TypeAdapter(letter)
    raise RenderError(f"No existe la plantilla de mensaje «{template}».")
