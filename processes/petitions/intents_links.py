"""The intent by which a citizen who is not satisfied gets what they ask for in truth."""

from dataclasses import fields
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from processes.common.errors import Invalid
from processes.common.text import clean_line
from processes.engine.model import Intent
from processes.petitions.answer_tables import SURVEYS
from processes.petitions.duties import follow_act
from processes.petitions.form import MAX_SUBJECT, DocumentType, Identity, NewPetition
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_moving import put_act
from processes.petitions.legal_rows import insert_event
from processes.petitions.note_tables import Relation
from processes.petitions.reception import PetitionerType, ReplyBy, SpecialCare
from processes.petitions.reception_tables import SPECIAL_CARE
from processes.petitions.step import Step
from processes.petitions.submitted import written
from processes.petitions.tables import PETITIONERS, PETITIONS, RESERVED_IDENTITIES
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind


def link_new_petition(step: Step, intent: Intent) -> None:
    """File what the citizen asks now as a petition of its own, or record their appeal.

    A new petition has its own number and its own term, from today, and the same petitioner; the office
    files it when this step is written. An appeal is a duty of the legal office, as of the day on which the
    citizen said so in the survey, if they did. Raises Invalid for a text that is missing, and
    RefusedAct for an appeal that is late.
    """
    subject = clean_line(written(step, "new_subject"), field="new_subject", max_length=MAX_SUBJECT)
    text = written(step, "new_text")
    missing = {
        "new_subject": not subject and "Escriba el asunto.",
        "new_text": not text and "Escriba lo que pide ahora el ciudadano, con sus palabras.",
    }
    problems = {field: problem for field, problem in missing.items() if problem}
    if problems:
        raise Invalid("Revise los campos señalados.", problems)
    if Relation(str(intent.arguments["relation"])) is Relation.APPEAL:
        act = LegalAct(
            kind=LegalEventKind.APPEALED, happened_at=_said_at(step), reason=f"{subject}\n\n{text}"
        )
        moved = put_act(step, act)
        follow_act(step, moved.event, moved.after, heard=True)
        step.later.append(partial(insert_event, step, moved.row))
    else:
        step.to_file.append((_petition(step, subject, text), Relation.NEW_PETITION))
        step.record("new_petition_filed")


def _said_at(step: Step) -> datetime | None:
    table = SURVEYS.c
    query = sa.select(sa.func.max(table.answered_at)).where(table.petition_id == step.case.id)
    answered_at: datetime | None = step.connection.scalar(query)
    return answered_at


def _petition(step: Step, subject: str, text: str) -> NewPetition:
    connection, case = step.connection, step.case
    columns = (PETITIONS.c.reply_by, PETITIONS.c.petitioner_type, PETITIONS.c.territory)
    before = connection.execute(sa.select(*columns).where(PETITIONS.c.id == case.id)).one()
    care = sa.select(SPECIAL_CARE.c.care).where(SPECIAL_CARE.c.petition_id == case.id)
    return NewPetition(
        kind=PetitionKind.REQUEST,
        subject=subject,
        body=text,
        channel=case.channel,
        identity=_identity(step),
        reserve_identity=case.reserved_identity,
        petitioner_type=PetitionerType(before.petitioner_type),
        reply_by=ReplyBy(before.reply_by),
        special_care=tuple(SpecialCare(each) for each in connection.scalars(care)),
        territory=before.territory,
    )


def _identity(step: Step) -> Identity | None:
    """Who asked before; a reserved identity goes from one sealed row to another and nobody reads it."""
    table = RESERVED_IDENTITIES if step.case.reserved_identity else PETITIONERS
    row = step.connection.execute(sa.select(table).where(table.c.petition_id == step.case.id)).mappings()
    found = row.one_or_none()
    if found is None:
        return None
    kept = {each.name: found[each.name] for each in fields(Identity)}
    return Identity(**{**kept, "document_type": DocumentType(found["document_type"])})
