"""The subset of form-js that a task's form may use. Everything else is refused at publish."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from processes.decisions import FactType, FeelError
from processes.engine.facts import checked_fact
from processes.engine.form_destinations import (
    CONDITIONS,
    DESTINATIONS,
    check_conditions,
    check_count,
    check_destination,
    check_task,
    listed,
)
from processes.engine.forms import destination, goes_to_fact
from processes.engine.model import MAX_FACT_LENGTH

SUBTYPES: Mapping[str, FactType] = {"date": FactType.DATE, "datetime": FactType.DATE_TIME}
OPTION_SOURCES = frozenset(
    {"departments", "kinds", "matters", "people", "signatories", "territories", "topics"}
)
MAX_COMPONENTS = 60
MAX_LENGTH = 50_000
MAX_DECIMALS = 6
GREATEST_NUMBER = 10**15
"""A limit of a number, either way; a field takes none greater."""

_ENDINGS = re.compile(r"\.[a-z0-9]{1,8}(?:\s*,\s*\.[a-z0-9]{1,8})*")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "type": str,
    "id": str,
    "key": str,
    "label": str,
    "description": str,
    "layout": dict,
    "ventanilla": dict,
    "validate": dict,
    "values": list,
    "optionsFrom": str,
    "subtype": str,
    "multiple": bool,
    "accept": str,
    "text": str,
    "decimalDigits": int,
    "dateLabel": str,
    "timeLabel": str,
    "defaultValue": (str, int, float, bool, list),
}
_COMMON = frozenset({"type", "id", "key", "label", "description", "layout", "ventanilla"})
_TEXT_LIMITS = frozenset({"required", "minLength", "maxLength"})
_NUMBER_LIMITS = frozenset({"required", "min", "max"})
_PROPERTIES: Mapping[str, frozenset[str]] = {
    "textfield": frozenset({"validate", "defaultValue"}),
    "textarea": frozenset({"validate", "defaultValue"}),
    "number": frozenset({"validate", "defaultValue", "decimalDigits"}),
    "datetime": frozenset({"validate", "subtype", "dateLabel", "timeLabel"}),
    "checkbox": frozenset({"validate", "defaultValue"}),
    "radio": frozenset({"validate", "values", "optionsFrom", "defaultValue"}),
    "select": frozenset({"validate", "values", "optionsFrom", "defaultValue"}),
    "checklist": frozenset({"validate", "values", "optionsFrom", "defaultValue"}),
    "filepicker": frozenset({"validate", "accept", "multiple"}),
    "text": frozenset({"text"}),
}
_LIMITS: Mapping[str, frozenset[str]] = {
    "textfield": _TEXT_LIMITS,
    "textarea": _TEXT_LIMITS,
    "number": _NUMBER_LIMITS,
}
_FACT_TYPES: Mapping[str, frozenset[FactType]] = {
    "textfield": frozenset({FactType.STRING}),
    "textarea": frozenset({FactType.STRING}),
    "number": frozenset({FactType.NUMBER}),
    "datetime": frozenset({FactType.DATE, FactType.DATE_TIME}),
    "checkbox": frozenset({FactType.BOOLEAN}),
    "radio": frozenset({FactType.STRING, FactType.NUMBER, FactType.BOOLEAN}),
    "select": frozenset({FactType.STRING, FactType.NUMBER, FactType.BOOLEAN}),
}


def check_form(
    form: object,
    *,
    facts: Mapping[str, FactType],
    columns: Collection[str],
    intent_fields: Collection[str] = (),
) -> list[str]:
    """Why a form cannot be published, in Spanish; empty when it can.

    `facts` are the declared ones, `columns` the texts of the petition that a field may write to, and
    `intent_fields` the fields that some intent reads.
    """
    if not isinstance(form, dict) or not isinstance(form.get("components"), list):
        return ["No es un formulario: le falta la lista «components»."]
    components = form["components"]
    if len(components) > MAX_COMPONENTS:
        return [f"Tiene {len(components)} campos; el máximo es {MAX_COMPONENTS}."]
    problems: list[str] = []
    seen: set[str] = set()
    for place, component in enumerate(components, start=1):
        kind = component.get("type") if isinstance(component, dict) else component
        if not isinstance(component, dict) or not isinstance(kind, str) or kind not in _PROPERTIES:
            problems.append(f"El componente {place} es de tipo «{str(kind)[:60]}», que no se admite.")
        elif mistyped := sorted(_mistyped(component)):
            properties = ", ".join(f"«{name}»" for name in mistyped)
            problems.append(f"El componente {place} tiene {properties} con un valor que no se entiende.")
        elif component["type"] == "text":
            problems.extend(_check_text(place, component))
        else:
            problems.extend(_check_input(component, facts, seen))
            problems.extend(check_destination(component, columns, intent_fields))
    if not problems:
        problems.extend(check_conditions(components))
        problems.extend(check_task(form))
    return problems


def _mistyped(component: Mapping[str, Any]) -> Iterator[str]:
    for name, value in component.items():
        expected = _TYPES.get(name)
        if expected is not None and not isinstance(value, expected):
            yield name
    target = component.get("ventanilla")
    if isinstance(target, dict) and not all(
        isinstance(part, dict if name in CONDITIONS else str) for name, part in target.items()
    ):
        yield "ventanilla"


def _check_text(place: int, component: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown_properties(f"El texto {place}", component)
    if not component.get("text", "").strip():
        yield f"El texto {place} está vacío."


def _check_input(
    component: Mapping[str, Any], facts: Mapping[str, FactType], seen: set[str]
) -> Iterator[str]:
    key = component.get("key")
    if key is None or not _KEY.fullmatch(key):
        yield f"El campo «{key}» no puede llamarse así: use minúsculas, cifras y guion bajo (hasta 40)."
        return
    if key in seen:
        yield f"Hay dos campos con la clave «{key}»."
    seen.add(key)
    field = f"El campo «{key}»"
    if not component.get("label", "").strip():
        yield f"{field} no tiene etiqueta; sin ella un lector de pantalla no lo nombra."
    yield from _unknown_properties(field, component)
    yield from _check_limits(field, component)
    yield from _check_choices(field, component)
    if "values" in _PROPERTIES[component["type"]]:
        yield from _check_options(field, component)
    yield from _check_target(field, component, facts)


def _unknown_properties(field: str, component: Mapping[str, Any]) -> Iterator[str]:
    allowed = _COMMON | _PROPERTIES[component["type"]]
    for name in sorted(map(str, component.keys() - allowed)):
        yield f"{field} tiene la propiedad «{name}», que no se admite."


def _check_limits(field: str, component: Mapping[str, Any]) -> Iterator[str]:
    limits = component.get("validate", {})
    allowed = _LIMITS.get(component["type"], frozenset({"required"}))
    for name in sorted(map(str, limits.keys() - allowed)):
        yield f"{field} pide la validación «{name}», que no se admite."
    for name, limit in limits.items():
        if name in allowed and not _is_limit(name, limit):
            yield f"{field}: la validación «{name}» no puede valer «{str(limit)[:40]}»."
            return
    for least, most in (("min", "max"), ("minLength", "maxLength")):
        if least in limits and most in limits and limits[least] > limits[most]:
            yield f"{field}: «{least}» ({limits[least]}) es mayor que «{most}» ({limits[most]})."


def _check_choices(field: str, component: Mapping[str, Any]) -> Iterator[str]:
    """The properties that say one of a few things."""
    subtype = component.get("subtype", "date")
    if subtype not in SUBTYPES:
        yield f"{field} tiene el subtipo «{subtype[:40]}»; puede ser «date» o «datetime»."
    decimals = component.get("decimalDigits", 0)
    if isinstance(decimals, bool) or not 0 <= decimals <= MAX_DECIMALS:
        yield f"{field}: «decimalDigits» va de 0 a {MAX_DECIMALS}."
    if not _ENDINGS.fullmatch(component.get("accept", ".pdf")):
        yield f"{field}: «accept» es una lista de terminaciones en minúsculas, como «.pdf,.docx»."


def _is_limit(name: str, limit: object) -> bool:
    if name == "required":
        return isinstance(limit, bool)
    if isinstance(limit, bool) or not isinstance(limit, int | float):
        return False
    if name in {"minLength", "maxLength"}:
        return isinstance(limit, int) and 0 <= limit <= MAX_LENGTH
    return -GREATEST_NUMBER < limit < GREATEST_NUMBER


def _check_options(field: str, component: Mapping[str, Any]) -> Iterator[str]:
    source = component.get("optionsFrom")
    if source is not None:
        if source not in OPTION_SOURCES:
            known = ", ".join(f"«{name}»" for name in sorted(OPTION_SOURCES))
            yield f"{field} toma sus opciones de «{source}», que no existe; hay {known}."
        return
    options = component.get("values")
    if not options:
        yield f"{field} no tiene opciones."
        return
    for option in options:
        label = option.get("label") if isinstance(option, dict) else None
        value = option.get("value") if isinstance(option, dict) else None
        if not isinstance(label, str) or not label or not isinstance(value, str | int | float | bool):
            yield f"{field} tiene una opción sin etiqueta o sin valor."


def _check_target(field: str, component: Mapping[str, Any], facts: Mapping[str, FactType]) -> Iterator[str]:
    target = component.get("ventanilla", {})
    if target.keys() - {"to", "suggest", "count", *CONDITIONS}:
        yield f"{field} tiene una propiedad «ventanilla» que no se entiende."
        return
    if destination(component) not in DESTINATIONS:
        yield f"{field} va a «{target['to']}»; puede ir a {listed(DESTINATIONS)}."
        return
    if "count" in target:
        yield from check_count(field, component, facts.get(target["count"]))
    if "suggest" in target and target["suggest"] not in facts:
        yield f"{field} propone el dato «{target['suggest']}», que no está declarado."
    if goes_to_fact(component):
        yield from _check_fact(field, component, facts.get(component["key"]))


def _check_fact(field: str, component: Mapping[str, Any], kind: FactType | None) -> Iterator[str]:
    if component["type"] not in _FACT_TYPES:
        yield f"{field} no cabe en un dato del caso; mándelo a una columna («to»: «column»)."
    elif kind is None:
        yield f"{field} va a un dato que el proceso no declara."
    elif kind not in _FACT_TYPES[component["type"]]:
        yield f"{field} no da un valor de tipo «{kind}», que es el del dato declarado."
    elif component["type"] == "datetime":
        subtype = component.get("subtype", "date")
        if SUBTYPES.get(subtype, kind) is not kind:
            yield f"{field} tiene el subtipo «{subtype}», y su dato es de tipo «{kind}»."
    elif component["type"] in {"textfield", "textarea"}:
        longest = component.get("validate", {}).get("maxLength", MAX_FACT_LENGTH)
        if isinstance(longest, int) and longest > MAX_FACT_LENGTH:
            yield f"{field} admite {longest} caracteres; un dato del caso guarda {MAX_FACT_LENGTH}."
    else:
        yield from _check_option_values(field, component, kind)


def _check_option_values(field: str, component: Mapping[str, Any], kind: FactType) -> Iterator[str]:
    if "optionsFrom" in component and kind is not FactType.STRING:
        yield f"{field} toma textos de la instalación, y su dato es de tipo «{kind}»."
    for option in component.get("values", ()):
        value = option.get("value") if isinstance(option, dict) else None
        try:
            checked_fact(value, kind)
        except FeelError:
            yield f"{field}: la opción «{value}» no es un valor de tipo «{kind}»."
