"""What the page of a task shows filled in, for the person to leave or to correct."""

from collections.abc import Mapping
from typing import Any


def proposed(form: Mapping[str, Any], facts: Mapping[str, object]) -> dict[str, object]:
    """The values that a form proposes: the fact that a field suggests, or else its own default."""
    values: dict[str, object] = {}
    for component in form["components"]:
        fact = facts.get(component.get("ventanilla", {}).get("suggest"))
        value = component.get("defaultValue") if fact is None else fact
        if value is not None:
            values[component["key"]] = value
    return values
