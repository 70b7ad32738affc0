"""How the command line speaks: plain sentences, and every foreseen error in words, never a trace."""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from pydantic import ValidationError

from processes.common.errors import Invalid, OfficeError

_PREFIX = "VENTANILLA_"
_INTERRUPTED = 130
_WANTED: Mapping[str, str] = MappingProxyType(
    {
        "int_parsing": "debe ser un número entero",
        "float_parsing": "debe ser un número",
        "bool_parsing": "debe ser «true» o «false»",
        "extra_forbidden": "no existe; revise cómo está escrito",
    }
)
_BOUNDS: Mapping[str, str] = MappingProxyType(
    {
        "greater_than_equal": "debe ser al menos {ge}",
        "less_than_equal": "debe ser a lo sumo {le}",
        "greater_than": "debe ser mayor que {gt}",
        "literal_error": "debe ser uno de estos: {expected}",
    }
)


def say(sentence: str) -> None:
    """Say something on the terminal, at once."""
    print(sentence, flush=True)  # noqa: T201 - the command line speaks by printing


def complain(sentence: str) -> None:
    """Say what is wrong, where errors go."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - the command line speaks by printing


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what a person can mend into sentences and an exit code."""
    try:
        yield
    except OfficeError as error:
        complain(error.message)
        if isinstance(error, Invalid):
            for field, problem in error.fields.items():
                if problem != error.message:
                    complain(f"  {field}: {problem}")
        sys.exit(1)
    except ValidationError as error:
        complain("La configuración tiene valores que no sirven:")
        for line in settings_problems(error):
            complain(f"  {line}")
        sys.exit(1)
    except tomllib.TOMLDecodeError as error:
        complain(f"El archivo ventanilla.toml no se puede leer: {error}")
        sys.exit(1)
    except PermissionError as error:
        complain(f"El sistema no permite usar «{error.filename}». Revise sus permisos.")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def settings_problems(error: ValidationError) -> list[str]:
    """What is wrong with each setting, in Spanish; never the value, which may be a secret."""
    return [f"{_name(each['loc'])} {_wanted(each['type'], each.get('ctx', {}))}." for each in error.errors()]


def _name(place: tuple[int | str, ...]) -> str:
    name = str(place[0]) if place else ""
    return name.upper() if name.upper().startswith(_PREFIX) else f"{_PREFIX}{name.upper()}"


def _wanted(kind: str, context: Mapping[str, object]) -> str:
    if kind in _BOUNDS:
        words = {name: str(bound).replace(" or ", " o ").replace("'", "") for name, bound in context.items()}
        return _BOUNDS[kind].format(**words)
    return _WANTED.get(kind, "tiene un valor que no sirve")
