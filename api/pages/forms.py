"""A task's form as a page shows it: the form-js subset of `processes.engine.forms`, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from processes.engine.forms import destination, inputs
from processes.engine.model import Fact

Options = Mapping[str, tuple[tuple[str, str], ...]]
"""Live options by the name that `optionsFrom` uses: value and label."""


class SentForm(Protocol):
    """What a browser sent, as Starlette's `FormData` tells it."""

    def getlist(self, key: str, /) -> list[Any]:
        """Every value sent under `key`."""


_LONG_TEXT = 10_000
_MOST_OPTIONS = 8
"""As many as the style sheet knows, which hides the fields that are not asked for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a field."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FormField:
    """One component ready to be drawn; `kind` is its form-js type. A `text` has only a label.

    `asked_at` are the options, counted from 1, of the field that `decides` at which this one is asked
    for; empty when it always is.
    """

    kind: str
    key: str
    label: str
    hint: str = ""
    value: str = ""
    error: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    attributes: Mapping[str, str] | None = None
    decides: bool = False
    asked_at: tuple[int, ...] = ()


def form_fields(
    form: Mapping[str, Any],
    *,
    values: Mapping[str, object],
    errors: Mapping[str, str],
    options: Options,
) -> tuple[FormField, ...]:
    """The fields of `form`, holding `values` (typed, drafted or proposed) and what is wrong with them."""
    deciding = _deciding(form)
    return tuple(
        FormField("text", "", component["text"])
        if component["type"] == "text"
        else replace(
            _field(component, values, errors.get(component["key"], ""), options),
            decides=component is deciding,
            asked_at=_asked_at(component, deciding),
        )
        for component in form["components"]
    )


def _deciding(form: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The field whose answer decides which others are asked for; None when there are several, or none."""
    keys = {key for component in inputs(form) for key in component.get("ventanilla", {}).get("when", {})}
    deciding = [component for component in inputs(form) if component["key"] in keys]
    return deciding[0] if len(deciding) == 1 and len(deciding[0].get("values", ())) <= _MOST_OPTIONS else None


def _asked_at(component: Mapping[str, Any], deciding: Mapping[str, Any] | None) -> tuple[int, ...]:
    if deciding is None:
        return ()
    wanted = component.get("ventanilla", {}).get("when", {}).get(deciding["key"], ())
    options = enumerate(deciding.get("values", ()), 1)
    return tuple(place for place, option in options if option["value"] in wanted)


def proposed_values(
    form: Mapping[str, Any], facts: Mapping[str, Fact], written: Mapping[str, str]
) -> dict[str, object]:
    """What a fresh form holds: the fact that a field suggests, else its default value.

    A field that goes on with a text of the petition begins with what was `written` of it, by column.
    """
    values: dict[str, object] = {}
    for component in inputs(form):
        suggested = facts.get(component.get("ventanilla", {}).get("suggest", ""))
        value = component.get("defaultValue") if suggested is None else suggested
        if destination(component) == "column":
            value = written.get(component["key"]) or value
        if value is not None:
            values[component["key"]] = value
    return values


def sent_values(form: Mapping[str, Any], sent: SentForm) -> dict[str, object]:
    """What the browser sent for the components of `form`; files are not among them.

    Whatever else it sent is left out: buttons and hidden fields are no answers.
    """
    values: dict[str, object] = {}
    for component in inputs(form):
        texts = [value for value in sent.getlist(component["key"]) if isinstance(value, str)]
        if component["type"] == "checklist":
            values[component["key"]] = texts
        elif component["type"] == "checkbox":
            values[component["key"]] = "true" in texts
        elif component["type"] != "filepicker":
            values[component["key"]] = texts[0] if texts else ""
    return values


def _field(
    component: Mapping[str, Any], values: Mapping[str, object], error: str, options: Options
) -> FormField:
    value = values.get(component["key"])
    return FormField(
        kind=component["type"],
        key=component["key"],
        label=component["label"],
        hint=component.get("description", ""),
        value="" if isinstance(value, list | tuple) else as_text(value),
        error=error,
        required=component.get("validate", {}).get("required", False),
        choices=_choices(component, value, options),
        attributes=_attributes(component),
    )


def _choices(component: Mapping[str, Any], value: object, options: Options) -> tuple[Choice, ...]:
    if component["type"] not in {"radio", "select", "checklist"}:
        return ()
    chosen = {as_text(each) for each in value} if isinstance(value, list | tuple) else {as_text(value)}
    source = component.get("optionsFrom")
    offered: Sequence[tuple[str, str]] = (
        options.get(source, ())
        if source is not None
        else [(as_text(option["value"]), option["label"]) for option in component["values"]]
    )
    if len(offered) == 1 and component.get("validate", {}).get("required", False):
        chosen = {offered[0][0]}  # nothing else can be answered, whatever was proposed before
    return tuple(Choice(given, label, given in chosen) for given, label in offered)


def _attributes(component: Mapping[str, Any]) -> Mapping[str, str]:
    if component["type"] == "number":
        # A text field: a number field loses what it cannot read, and here the decimal sign is a comma.
        return {"inputmode": "decimal" if component.get("decimalDigits", 0) else "numeric"}
    if component["type"] == "datetime":
        return {"type": "datetime-local" if component.get("subtype") == "datetime" else "date"}
    if component["type"] == "textarea":
        return {"rows": "10" if component.get("validate", {}).get("maxLength", 0) >= _LONG_TEXT else "4"}
    if component["type"] == "filepicker":
        accept = {"accept": component["accept"]} if "accept" in component else {}
        return {**accept, **({"multiple": "multiple"} if component.get("multiple") else {})}
    return {}


def as_text(value: object) -> str:
    """A value as a form's field holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
