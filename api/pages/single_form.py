"""The single form (formato único): what citizens fill in on the web and the front desk for everybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal

from api.bodies import SentForm
from api.pages.field_errors import FieldErrors
from api.pages.forms import Choice
from api.pages.kept_files import FIELD, ReceivedFiles, file_limits, keep
from api.pages.rendering import LOCALE
from api.pages.visit import Visit
from processes.common.errors import Invalid
from processes.directory.people import Person
from processes.petitions.form import DOCUMENT_LABELS, MAX_BODY
from processes.petitions.reception import PetitionerType, ReplyBy
from processes.petitions.reception_words import CARE_LABELS, REGIONS, emergency_numbers

SPECIAL_CARE = "special_care"
FIELDS = (
    "kind",
    "petitioner_type",
    "reserve_identity",
    "full_name",
    "document_type",
    "document_number",
    "representative_name",
    "representative_document",
    "reply_by",
    "email",
    "phone",
    "address",
    "region",
    "municipality",
    "neighbourhood",
    "subject",
    "body",
    "topic",
    "territory",
    "urgent",
    SPECIAL_CARE,
    "files",
    "privacy_notice",
)
"""The form's fields in the order of the page, which is the order of its errors."""

_CHOOSE = "Elija por dónde quiere la respuesta."
_PETITIONERS: Mapping[PetitionerType, str] = {
    PetitionerType.NATURAL: "A mi nombre",
    PetitionerType.LEGAL_ENTITY: "A nombre de una empresa u organización",
    PetitionerType.MINOR: "Soy niño, niña o adolescente",
    PetitionerType.PROXY: "En nombre de otra persona, como su apoderado o representante",
    PetitionerType.ANONYMOUS: "Sin identificarme (anónima)",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The form as it is shown again: what was typed, what was received, what is wrong."""

    values: Mapping[str, str]
    received: ReceivedFiles | None = None
    errors: Mapping[str, str] | None = None
    notice: str = ""
    key: str = ""

    @property
    def status(self) -> int:
        """The HTTP status of the page."""
        return Invalid.status if self.errors or self.notice else 200


def values_of(sent: SentForm, fields: Sequence[str]) -> dict[str, str]:
    """The texts of a form that was sent; the conditions that were ticked, with commas between them."""
    ticked = [value for value in sent.data.getlist(SPECIAL_CARE) if isinstance(value, str)]
    return {name: sent.text(name) for name in fields} | {SPECIAL_CARE: ",".join(ticked)}


def problems_of(values: Mapping[str, str], received: ReceivedFiles) -> dict[str, str]:
    """What a page asks beyond the rules of the form: its files, and how the answer is wanted."""
    problems = {FIELD: received.problem} if received.problem else {}
    if values["petitioner_type"] != PetitionerType.ANONYMOUS and not values["reply_by"]:
        problems["reply_by"] = _CHOOSE
    return problems


def facts_of_form(visit: Visit[Person | None], shown: Shown, fields: Sequence[str]) -> dict[str, Any]:
    """What the templates of the form need, whoever fills it in."""
    values, errors, settings = shown.values, shown.errors, visit.office.settings
    entity = visit.office.entity()
    return {
        "values": values,
        "errors": FieldErrors({name: errors[name] for name in fields if name in errors} if errors else {}),
        "notice": shown.notice,
        "idempotency_key": shown.key,
        "petitioners": choices(_PETITIONERS, values["petitioner_type"] or PetitionerType.NATURAL),
        "document_types": choices(DOCUMENT_LABELS, values["document_type"]),
        "by_email": values["reply_by"] == ReplyBy.EMAIL,
        "by_letter": values["reply_by"] == ReplyBy.LETTER,
        "regions": tuple(Choice(each, each, each == values["region"]) for each in REGIONS),
        "topics": tuple(Choice(each.code, each.name, each.code == values["topic"]) for each in entity.topics),
        "territories": tuple(
            Choice(each.code, each.name, each.code == values["territory"]) for each in entity.territories
        ),
        "cares": choices(CARE_LABELS, *values[SPECIAL_CARE].split(",")),
        "emergency_numbers": emergency_numbers(entity),
        "kept_files": keep(settings, shown.received.files) if shown.received else (),
        "limits": {"body": format_decimal(MAX_BODY, locale=LOCALE), **file_limits(settings)},
    }


def choices(labels: Mapping[Any, str], *chosen: str) -> tuple[Choice, ...]:
    """The options of a closed set, in its order."""
    return tuple(Choice(each.value, label, each.value in chosen) for each, label in labels.items())
