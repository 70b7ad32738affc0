"""The form of a legal act: the fields that it asks, and what was typed turned into the act."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from starlette.datastructures import FormData

from api.pages.act_words import ActWords
from api.pages.forms import Choice, FormField
from processes.common.calendar import BOGOTA
from processes.common.errors import Invalid
from processes.petitions.form import StoredFile
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_file import MatterView
from processes.petitions.legal_letters import has_notice
from processes.petitions.matters import MOST_MATTERS
from processes.terms.events import EVENT_LABELS, LegalEventKind
from processes.terms.kinds import KIND_LABELS, PetitionKind
from processes.terms.lengths import Length, TermUnit
from processes.terms.moves import MOVES, Need

UNIT_LABELS: Mapping[TermUnit, str] = MappingProxyType(
    {
        TermUnit.WORKING_DAYS: "días hábiles",
        TermUnit.CALENDAR_DAYS: "días calendario",
        TermUnit.MONTHS: "meses",
        TermUnit.HOURS: "horas",
    }
)
_NOTIFIABLE = (
    LegalEventKind.COMPLETION_REQUESTED,
    LegalEventKind.EXTENSION_TOLD,
    LegalEventKind.TRANSFERRED_OUT,
    LegalEventKind.RETURNED_UNCLEAR,
    LegalEventKind.REFUSED_BY_RESERVE,
    LegalEventKind.DEEMED_WITHDRAWN,
    LegalEventKind.ARCHIVED_UNCLEAR,
    LegalEventKind.REJECTED_DISRESPECTFUL,
    LegalEventKind.ANSWERED,
)
"""Acts of which the citizen gets a notice, which may be notified; some of those notices may come back."""
_TOLD = frozenset({Need.NOTICE, Need.PERSONAL_NOTICE})
_NOON = time(12)
_MATTER_NUMBERS = frozenset(str(number) for number in range(1, MOST_MATTERS + 1))
_Value = TypeVar("_Value", bound=StrEnum)
_LENGTH_HINTS = {
    LegalEventKind.EXTENSION_TOLD: (
        "El total, contado desde la radicación. Vacío: lo más que la ley permite (el doble, casi siempre)."
    ),
    LegalEventKind.COMPLETION_REQUESTED: "Vacío: un mes, que es lo que la ley da.",
}
SERVICE_FIELDS: Mapping[str, str] = MappingProxyType(
    {"happened_at": "happened_on", "length": "length_amount"}
)
"""The page's fields for what the services call by another name."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form of one petition may offer: its matters and acts, the entity's kinds and departments."""

    matters: Sequence[MatterView]
    done: frozenset[LegalEventKind]
    kinds: Sequence[PetitionKind]
    departments: Sequence[tuple[str, str]]


Typed = Mapping[str, tuple[str, ...]]
"""What was typed, every value of each field."""


def typed_in(sent: FormData) -> Typed:
    """The texts of a form that was sent."""
    return {name: tuple(value for value in sent.getlist(name) if isinstance(value, str)) for name in sent}


def act_fields(
    kind: LegalEventKind, words: ActWords, offered: Offered, typed: Typed, errors: Mapping[str, str]
) -> tuple[FormField, ...]:
    """The fields that the act asks, with what was typed and what is wrong; files are drawn apart."""
    fields: list[FormField] = []
    for name in words.fields:
        fields += _FIELDS[name](kind, words, offered, typed)
    fields += _when(kind, typed)
    return tuple(_with_error(field, errors.get(field.key, "")) for field in fields)


def act_in(kind: LegalEventKind, words: ActWords, typed: Typed, files: tuple[StoredFile, ...]) -> LegalAct:
    """The act that the form describes. Raises Invalid with the fields that cannot be read."""
    errors: dict[str, str] = {}
    act = LegalAct(
        kind=kind,
        happened_at=_instant(typed, errors),
        reason=_text(typed, "reason"),
        act_number=_text(typed, "act_number"),
        matters=_numbers(typed, errors),
        length=_length(typed, errors) if "length" in words.fields else None,
        new_kind=_one_of(PetitionKind, _text(typed, "new_kind")),
        of=_one_of(LegalEventKind, _text(typed, "of")),
        authority=_text(typed, "authority"),
        department=_text(typed, "department") or None,
        files=files,
    )
    if errors:
        # One alone is said itself: the field that it is about may not stand on this petition's form.
        problems = list(errors.values())
        raise Invalid(problems[0] if len(problems) == 1 else "Revise los datos señalados.", errors)
    return act


def field_errors(refusal: Invalid) -> dict[str, str]:
    """What a service found wrong, by the names that the page gives to the fields."""
    return {SERVICE_FIELDS.get(name, name): problem for name, problem in refusal.fields.items()}


def _reason(kind: LegalEventKind, words: ActWords, _offered: Offered, typed: Typed) -> list[FormField]:
    required = Need.REASON in MOVES[kind].needs
    return [FormField("textarea", "reason", words.reason, value=_text(typed, "reason"), required=required)]


def _authority(_kind: LegalEventKind, words: ActWords, _offered: Offered, typed: Typed) -> list[FormField]:
    value = _text(typed, "authority")
    return [FormField("textfield", "authority", words.authority, value=value, required=True)]


def _act_number(kind: LegalEventKind, _words: ActWords, _offered: Offered, typed: Typed) -> list[FormField]:
    hint = "Por ejemplo: Resolución 045 del 3 de febrero de 2026."
    value, required = _text(typed, "act_number"), Need.SIGNATURE in MOVES[kind].needs
    label = "Número y fecha del acto firmado"
    return [FormField("textfield", "act_number", label, hint=hint, value=value, required=required)]


def _length_fields(
    kind: LegalEventKind, _words: ActWords, _offered: Offered, typed: Typed
) -> list[FormField]:
    amount, chosen = _text(typed, "length_amount"), _text(typed, "length_unit") or TermUnit.WORKING_DAYS
    hint = _LENGTH_HINTS.get(kind, "Lo que fijó el juez.")
    label = "Nuevo término total" if kind is LegalEventKind.EXTENSION_TOLD else "Plazo"
    units = _choices(((unit.value, name) for unit, name in UNIT_LABELS.items()), (chosen,))
    number, required = {"inputmode": "numeric"}, Need.LENGTH in MOVES[kind].needs
    return [
        FormField(
            "number", "length_amount", label, hint=hint, value=amount, required=required, attributes=number
        ),
        FormField("select", "length_unit", "Se cuenta en", choices=units),
    ]


def _matters(_kind: LegalEventKind, _words: ActWords, offered: Offered, typed: Typed) -> list[FormField]:
    if len(offered.matters) < 2:  # noqa: PLR2004 - with a single matter there is nothing to choose
        return []
    options = (
        (str(each.number), f"{each.number}. {KIND_LABELS[each.kind]}: {each.text}")
        for each in offered.matters
    )
    hint = "Si no marca ninguno, el acto vale para todos los que siguen abiertos."
    choices = _choices(options, typed.get("matters", ()))
    return [FormField("checklist", "matters", "A qué asuntos se refiere", hint=hint, choices=choices)]


def _department(_kind: LegalEventKind, _words: ActWords, offered: Offered, typed: Typed) -> list[FormField]:
    choices = _choices(offered.departments, typed.get("department", ()))
    return [FormField("select", "department", "Dependencia que responde", required=True, choices=choices)]


def _new_kind(_kind: LegalEventKind, _words: ActWords, offered: Offered, typed: Typed) -> list[FormField]:
    options = ((kind.value, KIND_LABELS[kind]) for kind in offered.kinds)
    choices = _choices(options, typed.get("new_kind", ()))
    return [FormField("select", "new_kind", "Clase nueva", required=True, choices=choices)]


def _of(kind: LegalEventKind, _words: ActWords, offered: Offered, typed: Typed) -> list[FormField]:
    options = [
        (act.value, EVENT_LABELS[act])
        for act in _NOTIFIABLE
        if act in offered.done and (kind is LegalEventKind.NOTIFIED or not _TOLD.isdisjoint(MOVES[act].needs))
    ]
    hint = "" if options else "En el expediente todavía no hay un acto del que se pueda decir."
    choices = _choices(options, typed.get("of", ()))
    return [FormField("select", "of", "De qué acto", hint=hint, required=True, choices=choices)]


def _files(_kind: LegalEventKind, _words: ActWords, _offered: Offered, _typed: Typed) -> list[FormField]:
    return []


def _when(kind: LegalEventKind, typed: Typed) -> list[FormField]:
    hint = "El día en que se hizo, se entregó o llegó. Vacío: ahora mismo."
    if has_notice(kind):
        hint = f"{hint} El aviso al ciudadano sale por correo al confirmar, si dejó uno."
    day, hour = _text(typed, "happened_on"), _text(typed, "happened_time")
    return [
        FormField(
            "datetime", "happened_on", "Día en que pasó", hint=hint, value=day, attributes={"type": "date"}
        ),
        FormField("datetime", "happened_time", "Hora en que pasó", value=hour, attributes={"type": "time"}),
    ]


_FIELDS: Mapping[str, Callable[[LegalEventKind, ActWords, Offered, Typed], list[FormField]]] = (
    MappingProxyType(
        {
            "reason": _reason,
            "authority": _authority,
            "act_number": _act_number,
            "length": _length_fields,
            "matters": _matters,
            "department": _department,
            "new_kind": _new_kind,
            "of": _of,
            "files": _files,
        }
    )
)


def _choices(options: Iterable[tuple[str, str]], chosen: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value in chosen) for value, label in options)


def _with_error(field: FormField, error: str) -> FormField:
    return replace(field, error=error) if error else field


def _text(typed: Typed, name: str) -> str:
    return next(iter(typed.get(name, ())), "").strip()


def _one_of(values: type[_Value], text: str) -> _Value | None:
    return values(text) if text in set(values) else None


def _length(typed: Typed, errors: dict[str, str]) -> Length | None:
    amount, unit = _text(typed, "length_amount"), _one_of(TermUnit, _text(typed, "length_unit"))
    if not amount:
        return None
    if not (amount.isascii() and amount.isdigit()) or len(amount) > 4 or unit is None:  # noqa: PLR2004 - no term is longer
        errors["length_amount"] = "Escriba un número entero, y elija en qué se cuenta."
        return None
    return Length(int(amount), unit)


def _numbers(typed: Typed, errors: dict[str, str]) -> frozenset[int]:
    """The matters that were ticked; a number that no petition has is said, and not passed by."""
    sent = typed.get("matters", ())
    if any(number not in _MATTER_NUMBERS for number in sent):
        errors["matters"] = "Elija los asuntos de la lista."
        return frozenset()
    return frozenset(int(number) for number in sent)


def _instant(typed: Typed, errors: dict[str, str]) -> datetime | None:
    """When it happened, in Bogota; noon of the day where no hour was written."""
    day, hour = _text(typed, "happened_on"), _text(typed, "happened_time")
    if not day:
        if hour:
            errors["happened_on"] = "Escriba también la fecha."
        return None
    try:
        on = date.fromisoformat(day)
    except ValueError:
        errors["happened_on"] = "Escriba la fecha como año-mes-día, por ejemplo 2026-02-03."
        return None
    try:
        at = time.fromisoformat(hour) if hour else _NOON
    except ValueError:
        errors["happened_time"] = "Escriba la hora como 16:59."
        return None
    return datetime.combine(on, at.replace(tzinfo=None), BOGOTA)
