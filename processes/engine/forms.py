"""What a submission of a task's form becomes; `form_check` says which forms there can be.

A component's `ventanilla` property says where its value goes: `{"to": "fact"}` (a fact of the case,
the default) or `{"to": "column"}` (a column of our tables: texts, files and lists never enter the
state of a case). `optionsFrom` takes the options of a select or radio from the installation, and
`ventanilla.suggest` names a fact whose value is proposed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from processes.common.errors import Invalid
from processes.engine.fields import ColumnValue, read_value
from processes.engine.model import Fact


@dataclass(frozen=True, slots=True)
class Submission:
    """A form's values, sorted by where they go."""

    facts: Mapping[str, Fact]
    columns: Mapping[str, ColumnValue]


def inputs(form: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The components that take a value, in the order of the form."""
    return (component for component in form["components"] if component["type"] != "text")


def goes_to_fact(component: Mapping[str, Any]) -> bool:
    """Whether the component's value is a fact of the case."""
    return bool(component.get("ventanilla", {}).get("to", "fact") == "fact")


def validate_submission(
    form: Mapping[str, Any],
    values: Mapping[str, object],
    *,
    options: Mapping[str, Collection[str]] | None = None,
) -> Submission:
    """What `values` (texts from a page, or JSON) become; `options` are the live ones, by `optionsFrom`.

    Raises Invalid with a Spanish message for each field that does not fit, unknown fields among them.
    """
    facts: dict[str, Fact] = {}
    columns: dict[str, ColumnValue] = {}
    errors: dict[str, str] = {}
    known = {component["key"] for component in inputs(form)}
    for key in values.keys() - known:
        errors[str(key)[:80]] = "El formulario no tiene este campo."
    for component in inputs(form):
        key = component["key"]
        try:
            value = read_value(component, values.get(key), options or {})
        except Invalid as error:
            errors[key] = error.fields.get(key, error.message)
            continue
        if goes_to_fact(component):
            facts[key] = value  # type: ignore[assignment]  # the check lets only scalars go to facts
        else:
            columns[key] = value
    if errors:
        raise Invalid("Revise los campos señalados.", errors)
    return Submission(facts, columns)
