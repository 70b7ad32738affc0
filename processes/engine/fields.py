"""Reads one field of a submitted form: from a page everything is text, from JSON it has its type."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, TypeAlias

from processes.common.errors import Invalid
from processes.common.text import clean_line, clean_text
from processes.engine.model import MAX_FACT_LENGTH, Fact

ColumnValue: TypeAlias = Fact | tuple[str, ...]
Options: TypeAlias = Mapping[str, Collection[str]]

MAX_LIST = 50
_DEFAULT_LENGTHS: Mapping[str, int] = {"textfield": MAX_FACT_LENGTH, "textarea": 10_000}
_MOST_DIGITS = 15
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:([._' ])[0-9]{3})(?:\1[0-9]{3})*(?:,[0-9]+)?")
_THOUSANDS_BY_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?")
_TRUE = frozenset({"true", "on", "1", "sí", "si"})
_FALSE = frozenset({"false", "off", "0", "no"})


def read_value(component: Mapping[str, Any], given: object, options: Options) -> ColumnValue:
    """The value of one component; None (or an empty tuple) when it was left empty.

    Raises Invalid, with the field's key, when the value does not fit or is required and missing.
    """
    key = component["key"]
    required = component.get("validate", {}).get("required", False)
    if given is None or given in ("", [], ()):
        if required:
            raise _refused(key, "Este campo es obligatorio.")
        return _EMPTY.get(component["type"])
    value = _READERS[component["type"]](component, given, options)
    if required and value is False and component["type"] == "checkbox":
        raise _refused(key, "Debe marcar esta casilla.")
    return value


def _refused(key: str, message: str) -> Invalid:
    return Invalid("Revise los campos señalados.", {key: message})


def _text(component: Mapping[str, Any], given: object, options: Options) -> str:  # noqa: ARG001  # one signature for all readers
    key = component["key"]
    if not isinstance(given, str):
        raise _refused(key, "Debe ser un texto.")
    limits = component.get("validate", {})
    is_fact = component.get("ventanilla", {}).get("to", "fact") == "fact"
    default = MAX_FACT_LENGTH if is_fact else _DEFAULT_LENGTHS[component["type"]]
    clean = clean_line if component["type"] == "textfield" else clean_text
    text = clean(given, field=key, max_length=limits.get("maxLength", default))
    shortest = limits.get("minLength", 0)
    if len(text) < shortest:
        raise _refused(key, f"Escriba al menos {shortest} caracteres.")
    if not text and limits.get("required", False):
        raise _refused(key, "Este campo es obligatorio.")
    return text


def _number(component: Mapping[str, Any], given: object, options: Options) -> int | float:  # noqa: ARG001  # one signature for all readers
    key = component["key"]
    number = _decimal(key, given)
    if number is None:
        raise _refused(key, "Debe ser un número.")
    decimals = component.get("decimalDigits")
    if decimals is not None and number != round(number, decimals):
        allowed = f"hasta {decimals} decimales" if decimals else "un número entero"
        raise _refused(key, f"Escriba {allowed}.")
    limits = component.get("validate", {})
    if "min" in limits and number < Decimal(str(limits["min"])):
        raise _refused(key, f"El mínimo es {limits['min']}.")
    if "max" in limits and number > Decimal(str(limits["max"])):
        raise _refused(key, f"El máximo es {limits['max']}.")
    return int(number) if number == number.to_integral_value() else float(number)


def _decimal(key: str, given: object) -> Decimal | None:
    """The number that was written. Raises Invalid, with how to write it, when its thousands are apart."""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return None
    if not isinstance(given, str):
        fits = isfinite(given) if isinstance(given, float) else abs(given) < 10**_MOST_DIGITS
        number = Decimal(str(given)) if fits else None
    else:
        text = given.strip() if len(given) <= MAX_FACT_LENGTH else ""
        _refuse_thousands(key, text)
        number = Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
    return number if number is not None and number.adjusted() < _MOST_DIGITS else None


def _refuse_thousands(key: str, text: str) -> None:
    """Whether `1.000` is a thousand or one, nobody knows: it is asked for, not guessed."""
    if _THOUSANDS.fullmatch(text):
        plain = re.sub(r"[._' ]", "", text)
    elif _THOUSANDS_BY_COMMA.fullmatch(text):
        plain = text.replace(",", "").replace(".", ",")
    else:
        return
    raise _refused(key, f"Escriba {plain}, sin separar los miles; para los decimales use la coma.")


def _moment(component: Mapping[str, Any], given: object, options: Options) -> str:  # noqa: ARG001  # one signature for all readers
    key = component["key"]
    with_time = component.get("subtype", "date") == "datetime"
    reader: Callable[[str], date] = datetime.fromisoformat if with_time else date.fromisoformat
    try:
        if not isinstance(given, str):
            raise ValueError(given)  # noqa: TRY301, TRY004  # told in the same words as an impossible date
        return reader(given.strip()).isoformat()
    except ValueError as error:
        example = "2026-03-31T14:30" if with_time else "2026-03-31"
        raise _refused(key, f"No es una fecha que exista; escríbala así: {example}.") from error


def _box(component: Mapping[str, Any], given: object, options: Options) -> bool:  # noqa: ARG001  # one signature for all readers
    if isinstance(given, bool):
        return given
    text = given.strip().lower() if isinstance(given, str) else ""
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise _refused(component["key"], "Debe ser sí o no.")


def _choice(component: Mapping[str, Any], given: object, options: Options) -> Fact:
    wanted = choice_text(given)
    source = component.get("optionsFrom")
    if source is not None:
        if wanted in options.get(source, ()):
            return wanted
    else:
        for option in component["values"]:
            if choice_text(option["value"]) == wanted:
                value: Fact = option["value"]
                return value
    raise _refused(component["key"], "Elija una de las opciones de la lista.")


def choice_text(value: object) -> str:
    """The text by which an option is known, whether it comes from a page, from JSON or from a form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and not abs(value) < 10**_MOST_DIGITS:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, str | int | float) else ""


def _checks(component: Mapping[str, Any], given: object, options: Options) -> tuple[str, ...]:
    return tuple(str(_choice(component, item, options)) for item in _items(component, given))


def _files(component: Mapping[str, Any], given: object, options: Options) -> tuple[str, ...]:  # noqa: ARG001  # one signature for all readers
    key = component["key"]
    cleaned = (clean_line(item, field=key, max_length=MAX_FACT_LENGTH) for item in _items(component, given))
    names = tuple(name for name in cleaned if name)
    if not names and component.get("validate", {}).get("required", False):
        raise _refused(key, "Este campo es obligatorio.")
    if len(names) > 1 and not component.get("multiple", False):
        raise _refused(key, "Adjunte un solo archivo.")
    endings = [ending.strip() for ending in component.get("accept", "").split(",")]
    told = all(ending.startswith(".") for ending in endings)  # an earlier release published others
    if told and not all(_ending(name) in map(_ending, endings) for name in names):
        raise _refused(key, f"Se admiten archivos {', '.join(endings)}.")
    return names


def _ending(name: str) -> str:
    ending = name.lower().rpartition(".")[2]
    return "jpg" if ending == "jpeg" else ending


def _items(component: Mapping[str, Any], given: object) -> list[str]:
    items = [given] if isinstance(given, str) else given
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise _refused(component["key"], "Debe ser una lista.")
    if len(items) > MAX_LIST:
        raise _refused(component["key"], f"Son {len(items)} elementos; el máximo es {MAX_LIST}.")
    return list(items)


_EMPTY: Mapping[str, ColumnValue] = {"checkbox": False, "checklist": (), "filepicker": ()}
_READERS: Mapping[str, Callable[[Mapping[str, Any], object, Options], ColumnValue]] = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "datetime": _moment,
    "checkbox": _box,
    "radio": _choice,
    "select": _choice,
    "checklist": _checks,
    "filepicker": _files,
}
