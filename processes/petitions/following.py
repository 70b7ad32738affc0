"""Petitions that are filed because of another: in its transaction, and linked to it."""

import sqlalchemy as sa

from processes.petitions.filing import file_within
from processes.petitions.note_tables import PETITION_LINKS
from processes.petitions.office import Office
from processes.petitions.step import Step


def file_what_follows(office: Office, step: Step) -> None:
    """File what the written `step` asks for, each with its own number, and link it to the petition."""
    for form, relation in step.to_file:
        _, petition_id = file_within(step.connection, office, form, actor=step.actor)
        row = {
            "petition_id": petition_id,
            "related_id": step.case.id,
            "relation": relation.value,
            "at": step.now,
            "by": str(step.actor),
        }
        step.connection.execute(sa.insert(PETITION_LINKS), row)
