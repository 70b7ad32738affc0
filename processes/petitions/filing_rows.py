"""The form as rows: what the single form says, each thing in its own table."""

from collections.abc import Iterable

from processes.petitions.form import Identity, NewPetition, Reception
from processes.petitions.reception import Nature, SpecialCare

_EMPTY = {
    "priority": False,
    "distribution_note": "",
    "answer_text": "",
    "outcome": "",
    "closing_checks": "",
    "closing_note": "",
    "void_reason": "",
}


def form_columns(form: NewPetition) -> dict[str, object]:
    """The columns of the petition that its form fills, and those that later steps will."""
    return {
        "channel": form.channel.value,
        "subject": form.subject,
        "body": form.body,
        "nature": form.nature.value,
        "petitioner_type": form.petitioner.value,
        "reply_by": form.answered_by.value,
        "verbal": form.verbal,
        "urgent": form.urgent,
        "special_care": bool(form.special_care) or form.minor,
        "minor": form.minor,
        "topic": form.topic,
        "territory": form.territory,
        "fixed_amount": form.fixed.amount if form.fixed else None,
        "fixed_unit": form.fixed.unit.value if form.fixed else None,
        **_EMPTY,
    }


def identity_row(petition_id: int, identity: Identity) -> dict[str, object]:
    """Who asks, for the table of petitioners or that of reserved identities."""
    return {
        "petition_id": petition_id,
        "full_name": identity.full_name,
        "document_type": identity.document_type.value,
        "document_number": identity.document_number,
        "email": identity.email,
        "phone": identity.phone,
        "address": identity.address,
        "region": identity.region,
        "municipality": identity.municipality,
        "neighbourhood": identity.neighbourhood,
        "representative_name": identity.representative_name,
        "representative_document": identity.representative_document,
        "electronic_notice": identity.electronic_notice,
    }


def reception_rows(petition_id: int, reception: Reception | None) -> list[dict[str, object]]:
    """What the desk noted; nothing of a petition that came by itself."""
    if reception is None:
        return []
    return [
        {
            "petition_id": petition_id,
            "received_by": reception.received_by,
            "missing": reception.missing,
            "paper_annexes": reception.paper_annexes,
            "language": reception.language,
        }
    ]


def care_rows(petition_id: int, special_care: Iterable[SpecialCare]) -> list[dict[str, object]]:
    """One row for each condition that was declared."""
    return [{"petition_id": petition_id, "care": care.value} for care in special_care]


def told_by_the_desk(form: NewPetition) -> dict[str, object]:
    """What the journal keeps of a filing that is not the plain one of a petition."""
    told = form.reception
    notes = {
        "nature": "" if form.nature is Nature.PETITION else form.nature.value,
        "urgent": form.urgent,
        "verbal": form.verbal,
        "insisted": told is not None and bool(told.missing),
    }
    return {name: value for name, value in notes.items() if value}
