"""Petitions that are filed because of another: in its transaction, linked to it, hidden from the same."""

import sqlalchemy as sa

from processes.petitions.apart import Apart
from processes.petitions.filing import file_within
from processes.petitions.note_tables import PETITION_LINKS
from processes.petitions.office import Office
from processes.petitions.people_tables import EXCLUSIONS, ExclusionCause
from processes.petitions.step import Step


def file_what_follows(office: Office, step: Step) -> None:
    """File what the written `step` asks for, each with its own number, and link it to the petition.

    Whoever is kept apart from the petition does not find what follows from it either.
    """
    for form, relation in step.to_file:
        apart = _apart(step)
        _, petition_id = file_within(step.connection, office, form, actor=step.actor, apart=apart)
        row = {
            "petition_id": petition_id,
            "related_id": step.case.id,
            "relation": relation.value,
            "at": step.now,
            "by": str(step.actor),
        }
        step.connection.execute(sa.insert(PETITION_LINKS), row)


def _apart(step: Step) -> list[Apart]:
    table = EXCLUSIONS.c
    query = sa.select(table.username, table.cause, table.reason).where(table.petition_id == step.case.id)
    return [
        Apart(username, ExclusionCause(cause), reason)
        for username, cause, reason in step.connection.execute(query)
    ]
