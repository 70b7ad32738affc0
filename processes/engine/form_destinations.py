"""Where the values of a form go, on what a field depends, and who may not fill it in: checked at publish."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from processes.decisions import FactType
from processes.engine.forms import destination

DESTINATIONS = frozenset({"fact", "column", "note", "intent"})
"""Where a field's value may go."""

BARRED = frozenset({"author", "signer"})
"""Who may not complete a task whose form says so: whoever wrote the answer, whoever signed it."""

DUTIES = frozenset({"danger", "judge_report"})
"""What a task may be besides work on the answer: a duty with its own clock, which outlives the petition."""


CONDITIONS = frozenset({"when", "requiredWhen"})
"""What may depend on another field: whether this one counts, and whether it must be filled in."""


def check_conditions(components: list[dict[str, Any]]) -> Iterator[str]:
    """A field that depends on another: on one of this form, and on values that it can have."""
    choices = {
        component["key"]: [option["value"] for option in component.get("values", ())] or [True, False]
        for component in components
        if component["type"] in {"radio", "select", "checkbox"} and "optionsFrom" not in component
    }
    for component in components:
        field = f"El campo «{component.get('key')}»"
        told = component.get("ventanilla", {})
        conditions = [each for name in sorted(CONDITIONS) for each in told.get(name, {}).items()]
        for key, wanted in conditions:
            if key not in choices or key == component["key"]:
                yield f"{field} depende de «{str(key)[:40]}», que no es un campo de opciones del formulario."
            elif (
                not isinstance(wanted, list) or not wanted or not all(each in choices[key] for each in wanted)
            ):
                yield f"{field} depende de un valor que «{key}» no puede tener."


def check_task(form: Mapping[str, Any]) -> Iterator[str]:
    """Who may not complete the task, by what they did before, and whether it is a duty of its own."""
    told = form.get("ventanilla", {})
    if not isinstance(told, dict) or told.keys() - {"notBy", "duty"}:
        yield "El formulario tiene una propiedad «ventanilla» que no se entiende."
        return
    barred, duty = told.get("notBy", []), told.get("duty")
    if not isinstance(barred, list) or not all(isinstance(each, str) and each in BARRED for each in barred):
        yield f"«notBy» es una lista de {listed(BARRED)}."
    if duty is not None and not (isinstance(duty, str) and duty in DUTIES):
        yield f"«duty» es una de {listed(DUTIES)}."


def check_destination(
    component: Mapping[str, Any], columns: Collection[str], intent_fields: Collection[str]
) -> Iterator[str]:
    """Files have rows of their own; any other value that is no fact needs a place that is known."""
    target, kind = destination(component), component["type"]
    key = component.get("key")
    if target == "column" and kind != "filepicker" and key not in columns:
        yield f"El campo «{key}» va a una columna que no existe; hay {listed(columns)}."
    elif target == "intent" and key not in intent_fields:
        yield f"El campo «{key}» va a una intención que no lo lee; se leen {listed(intent_fields)}."
    elif target == "note" and kind not in {"textfield", "textarea"}:
        yield f"El campo «{key}» no es un texto, y una nota interna lo es."


def listed(names: Collection[str]) -> str:
    """`names` between quotation marks, in order."""
    return ", ".join(f"«{name}»" for name in sorted(names))


def check_count(field: str, component: Mapping[str, Any], kind: FactType | None) -> Iterator[str]:
    """How many options were chosen is a fact by which the diagram repeats an activity."""
    if component["type"] != "checklist":
        yield f"{field} no es una lista de casillas, y «count» cuenta las que se marcaron."
    elif kind is not FactType.NUMBER:
        yield f"{field} cuenta en «{component['ventanilla']['count']}», que no es un dato numérico declarado."
