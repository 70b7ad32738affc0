"""What a submission of a task's form becomes; `form_check` says which forms there can be.

A component's `ventanilla` property says where its value goes: `{"to": "fact"}` (a fact of the case,
the default), `{"to": "column"}` (a column of our tables: texts, files and lists never enter the state
of a case), `{"to": "note"}` (an internal note of the petition) or `{"to": "intent"}` (handed to the
intents of the same step). `optionsFrom` takes the options from the installation, `ventanilla.suggest`
names a fact whose value is proposed, and `ventanilla.count` one that holds how many were chosen. A
component with `ventanilla.when` counts only when another field of the form has one of some values; one
with `ventanilla.requiredWhen` is always taken, and may be left empty unless that field has one of them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from processes.common.errors import Invalid
from processes.engine.fields import ColumnValue, choice_text, read_value
from processes.engine.model import Fact


@dataclass(frozen=True, slots=True)
class Submission:
    """A form's values, sorted by where they go. Empty notes are left out."""

    facts: Mapping[str, Fact]
    columns: Mapping[str, ColumnValue]
    notes: Mapping[str, str] = field(default_factory=dict)
    intents: Mapping[str, ColumnValue] = field(default_factory=dict)


def inputs(form: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The components that take a value, in the order of the form."""
    return (component for component in form["components"] if component["type"] != "text")


def destination(component: Mapping[str, Any]) -> str:
    """Where the component's value goes: `fact`, `column`, `note` or `intent`."""
    return str(component.get("ventanilla", {}).get("to", "fact"))


def goes_to_fact(component: Mapping[str, Any]) -> bool:
    """Whether the component's value is a fact of the case."""
    return destination(component) == "fact"


def counts(component: Mapping[str, Any], values: Mapping[str, object]) -> bool:
    """Whether the component is asked for, given what was entered in the field that it depends on."""
    return _holds(component.get("ventanilla", {}).get("when", {}), values)


def _holds(condition: Mapping[str, Any], values: Mapping[str, object]) -> bool:
    return all(choice_text(values.get(key)) in map(choice_text, wanted) for key, wanted in condition.items())


def _as_asked(component: Mapping[str, Any], values: Mapping[str, object]) -> Mapping[str, Any]:
    """The component, without what makes it required where that depends on another field that says no."""
    if _holds(component.get("ventanilla", {}).get("requiredWhen", {}), values):
        return component
    demands = component.get("validate", {}).items()
    kept = {name: demand for name, demand in demands if name not in {"required", "minLength"}}
    return {**component, "validate": kept}


def validate_submission(
    form: Mapping[str, Any],
    values: Mapping[str, object],
    *,
    options: Mapping[str, Collection[str]] | None = None,
) -> Submission:
    """What `values` (texts from a page, or JSON) become; `options` are the live ones, by `optionsFrom`.

    Raises Invalid with a Spanish message for each field that does not fit, unknown fields among them.
    """
    sorted_out: dict[str, dict[str, Any]] = {"fact": {}, "column": {}, "note": {}, "intent": {}}
    errors: dict[str, str] = {}
    known = {component["key"] for component in inputs(form)}
    for key in values.keys() - known:
        errors[str(key)[:80]] = "El formulario no tiene este campo."
    for component in inputs(form):
        key = component["key"]
        if not counts(component, values):
            continue
        try:
            value = read_value(_as_asked(component, values), values.get(key), options or {})
        except Invalid as error:
            errors[key] = error.fields.get(key, error.message)
            continue
        sorted_out[destination(component)][key] = value
        count = component.get("ventanilla", {}).get("count")
        if count is not None and isinstance(value, tuple):
            sorted_out["fact"][count] = len(value)
    if errors:
        raise Invalid("Revise los campos señalados.", errors)
    notes = {key: text for key, text in sorted_out["note"].items() if text}
    return Submission(sorted_out["fact"], sorted_out["column"], notes, sorted_out["intent"])
