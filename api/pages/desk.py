"""The single form at the front desk: for whoever speaks, calls, hands in, writes or sends."""

from collections.abc import Mapping

from fastapi import APIRouter, Response

from api.bodies import FormDep
from api.pages.filing import ALREADY_FILED, key_of, new_key, to_the_receipt
from api.pages.kept_files import ReceivedFiles, receive_files
from api.pages.single_form import FIELDS, Shown, choices, facts_of_form, problems_of, values_of
from api.pages.visit import ReceptionistVisit, Visit
from processes.common.calendar import BOGOTA
from processes.common.errors import Invalid
from processes.directory.people import Person
from processes.petitions.desk import file_at_desk, kinds_at_desk, read_desk_form
from processes.petitions.idempotency import FilingReceipt, KeyReused
from processes.petitions.reception import Nature, PetitionerType
from processes.petitions.reception_words import (
    CHANNEL_LABELS,
    DESK_CHANNELS,
    NATURE_LABELS,
    PETITIONER_LABELS,
)
from processes.petitions.tables import Channel
from processes.terms.kinds import KIND_LABELS
from processes.terms.lengths import TermUnit

router = APIRouter()
_RECEPTION = (
    "channel",
    "nature",
    "received_at",
    "received_by",
    "verbal",
    "language",
    "paper_annexes",
    "transferred_by",
)
_ENDING = ("fixed_amount", "fixed_unit", "insists", "missing")
DESK_FIELDS = (*_RECEPTION, *(name for name in FIELDS if name != "privacy_notice"), *_ENDING)
"""The desk's form in the order of its page."""
_UNITS: Mapping[TermUnit, str] = {
    TermUnit.WORKING_DAYS: "días hábiles",
    TermUnit.CALENDAR_DAYS: "días calendario",
    TermUnit.MONTHS: "meses",
    TermUnit.HOURS: "horas",
}


@router.get("/ventanilla")
def desk_form(visit: ReceptionistVisit) -> Response:
    """The form, with the moment and the person that receive."""
    fresh = {
        "channel": Channel.DESK.value,
        "nature": Nature.PETITION.value,
        "received_at": f"{visit.office.now().astimezone(BOGOTA):%Y-%m-%dT%H:%M}",
        "received_by": visit.person.full_name,
    }
    return _show_form(visit, Shown({**dict.fromkeys(DESK_FIELDS, ""), **fresh}, key=new_key()))


# The form is read before anybody is asked who they are: when a session ended meanwhile, its page
# still shows what was written.
@router.post("/ventanilla")
def file_at_the_desk(sent: FormDep, visit: ReceptionistVisit) -> Response:
    """File, and lead to the receipt to be handed over; or the form again with all that is wrong."""
    values, received = values_of(sent, DESK_FIELDS), receive_files(visit.office.settings, sent)
    try:
        receipt = _file(visit, values, received, key_of(sent))
    except KeyReused:
        return _show_form(visit, Shown(values, received, notice=ALREADY_FILED, key=new_key()))
    except Invalid as refusal:
        return _show_form(visit, Shown(values, received, refusal.fields, key=key_of(sent)))
    return to_the_receipt(visit.office.settings, receipt)


def _file(
    visit: Visit[Person], values: Mapping[str, str], received: ReceivedFiles, key: str
) -> FilingReceipt:
    problems = problems_of(values, received)
    if values["insists"] or values["nature"] != Nature.PETITION:
        problems.pop("reply_by", None)
    if problems:
        # What the form's own rules find is told at the same time.
        try:
            read_desk_form(values, visit.person, kinds=kinds_at_desk(visit.office))
        except Invalid as refusal:
            problems = {**refusal.fields, **problems}
        raise Invalid("Revise los campos señalados; lo que escribió se conserva.", problems)
    return file_at_desk(
        visit.office, visit.person, values, attachments=received.files, idempotency_key=f"desk:{key}"
    )


def _show_form(visit: Visit[Person], shown: Shown) -> Response:
    values = shown.values
    kinds = {kind: KIND_LABELS[kind] for kind in kinds_at_desk(visit.office)}
    channels = {channel: CHANNEL_LABELS[channel] for channel in DESK_CHANNELS}
    facts = facts_of_form(visit, shown, DESK_FIELDS) | {
        "petitioners": choices(PETITIONER_LABELS, values["petitioner_type"] or PetitionerType.NATURAL),
        "kinds": choices(kinds, values["kind"]),
        "channels": choices(channels, values["channel"]),
        "natures": choices(NATURE_LABELS, values["nature"]),
        "units": choices(_UNITS, values["fixed_unit"] or TermUnit.WORKING_DAYS),
    }
    return visit.show("desk.html", status=shown.status, **facts)
