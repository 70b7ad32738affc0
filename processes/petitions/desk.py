"""The front desk files for somebody, by whatever channel they came: the same single form, with its proof."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from processes.common.calendar import BOGOTA
from processes.common.errors import Invalid
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import require_role
from processes.petitions.filing import file_petition
from processes.petitions.form import Asked, NewPetition, Reception, StoredFile, read_petition_form
from processes.petitions.form_reader import FormReader
from processes.petitions.idempotency import FilingReceipt
from processes.petitions.office import Office
from processes.petitions.reception import Nature
from processes.petitions.reception_words import DESK_CHANNELS
from processes.petitions.tables import Channel
from processes.terms.filing import check_fixed
from processes.terms.kinds import FIXED_BY_REQUESTER, Pack, PetitionKind, offered_kinds
from processes.terms.lengths import Length, TermUnit

RECEPTIONISTS = (Role.FRONT_DESK_CLERK, Role.CITIZEN_SERVICE_HEAD)
"""Roles that file what somebody says, hands in or sends."""

_LONGEST_NOTE = 2000
_AMOUNT = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class DeskFiling:
    """A petition read at the desk. `received_at` is None when it came just now."""

    form: NewPetition
    received_at: datetime | None


def file_at_desk(
    office: Office,
    person: Person,
    raw: Mapping[str, str],
    *,
    attachments: tuple[StoredFile, ...] = (),
    idempotency_key: str | None = None,
) -> FilingReceipt:
    """File what `person` received; `raw` holds the fields of the single form and of its reception.

    Raises Forbidden, Invalid, and Unavailable when nothing could be kept.
    """
    by = require_role(person, *RECEPTIONISTS)
    filing = read_desk_form(raw, person, kinds=kinds_at_desk(office), attachments=attachments)
    return file_petition(
        office,
        filing.form,
        received_at=filing.received_at,
        actor=by.actor,
        idempotency_key=idempotency_key,
    )


def kinds_at_desk(office: Office) -> tuple[PetitionKind, ...]:
    """The kinds that may be filed at the desk: the citizen's, and those that come by official letter."""
    return offered_kinds({Pack(each) for each in office.entity().packs})


def read_desk_form(
    raw: Mapping[str, str],
    person: Person,
    *,
    kinds: tuple[PetitionKind, ...],
    attachments: tuple[StoredFile, ...] = (),
) -> DeskFiling:
    """The form that `person` filled in, with what only the desk says.

    Keys besides those of `new_petition`: channel, nature, received_at (a local instant, or nothing for
    now), received_by (nothing for `person`), verbal ("true"), insists ("true") with missing,
    paper_annexes, language, transferred_by, fixed_amount and fixed_unit. Whoever insists is filed with
    what is known of them, and with the note of what is missing (CPACA 15, parágrafo 2). Raises Invalid
    with a sentence for each field that is wrong, all at once.
    """
    reader = FormReader(raw)
    channel = reader.choice("channel", DESK_CHANNELS, otherwise="Elija por dónde llegó.") or Channel.DESK
    nature = _nature(reader)
    insists = reader.flag("insists")
    missing = reader.text("missing", _LONGEST_NOTE)
    if insists and not missing:
        reader.wrong("missing", "Escriba qué falta, o por qué no es de la entidad, y que insiste en radicar.")
    reception = Reception(
        received_by=reader.line("received_by", 200) or person.full_name,
        verbal=reader.flag("verbal"),
        missing=missing if insists else "",
        paper_annexes=reader.line("paper_annexes", 300),
        language=reader.line("language", 80),
    )
    received_at = _received_at(reader)
    asked = Asked(kinds, nature, insists=insists, privacy_notice=False)
    form = read_petition_form(reader, asked, channel=channel, attachments=attachments)
    form = replace(
        form,
        reception=reception,
        transferred_by=reader.line("transferred_by", 200),
        fixed=_fixed(reader, form.kind),
    )
    reader.check()
    return DeskFiling(form, received_at)


def _nature(reader: FormReader) -> Nature:
    if not reader.given("nature"):
        return Nature.PETITION
    return reader.choice("nature", tuple(Nature), otherwise="Elija qué llegó.") or Nature.PETITION


def _received_at(reader: FormReader) -> datetime | None:
    """When it came, by Bogota's clock."""
    given = reader.given("received_at").strip()
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        reader.wrong("received_at", "Escriba la fecha y la hora así: 2026-03-31T14:30.")
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=BOGOTA)


def _fixed(reader: FormReader, kind: PetitionKind) -> Length | None:
    """The term that a judge, a council or a control body fixed; nothing for other kinds."""
    if kind not in FIXED_BY_REQUESTER:
        return None
    amount = reader.given("fixed_amount").strip()
    unit = reader.given("fixed_unit") or TermUnit.WORKING_DAYS.value
    if not _AMOUNT.fullmatch(amount) or not int(amount) or unit not in set(TermUnit):
        reader.wrong("fixed_amount", "Escriba cuántos días u horas fijó quien pide, con un número entero.")
        return None
    fixed = Length(int(amount), TermUnit(unit))
    try:
        check_fixed(fixed)
    except Invalid as refusal:
        reader.wrong("fixed_amount", refusal.message)
    return fixed
