"""Notes of a petition: what its people write for one another, kept with who, when and in which task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from processes.common.audit import Actor
from processes.directory.people import full_names
from processes.engine.forms import Submission, inputs
from processes.petitions.note_tables import NOTES

_PREFIX = "person:"
_INSERT = sa.insert(NOTES).from_select(
    ["petition_id", "seq", "task", "topic", "label", "text", "by", "at"],
    sa.select(
        sa.bindparam("note_petition", type_=sa.Integer),
        sa.select(sa.func.coalesce(sa.func.max(NOTES.c.seq), 0) + 1)
        .where(NOTES.c.petition_id == sa.bindparam("note_petition", type_=sa.Integer))
        .scalar_subquery(),
        sa.bindparam("note_task", type_=sa.Integer),
        sa.bindparam("note_topic", type_=sa.String),
        sa.bindparam("note_label", type_=sa.String),
        sa.bindparam("note_text", type_=sa.String),
        sa.bindparam("note_by", type_=sa.String),
        sa.bindparam("note_at", type_=NOTES.c.at.type),
    ),
)


@dataclass(frozen=True, slots=True)
class NoteText:
    """A text to keep; `topic` is the key of its field, `label` what people call it."""

    topic: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as the people of the entity read it."""

    topic: str
    label: str
    text: str
    by: str
    at: datetime


def notes_of(form: Mapping[str, Any], submission: Submission) -> list[NoteText]:
    """The notes of a completed form, each under the label of its field."""
    labels = {field["key"]: field["label"] for field in inputs(form)}
    return [NoteText(topic, labels[topic], text) for topic, text in submission.notes.items()]


def write_notes(
    connection: sa.Connection,
    petition_id: int,
    notes: Sequence[NoteText],
    *,
    task: int,
    by: Actor,
    now: datetime,
) -> None:
    """Keep `notes`, in their order, after those that the petition has; one statement a note."""
    for note in notes:
        connection.execute(
            _INSERT,
            {
                "note_petition": petition_id,
                "note_task": task,
                "note_topic": note.topic,
                "note_label": note.label,
                "note_text": note.text,
                "note_by": str(by),
                "note_at": now,
            },
        )


def read_notes(connection: sa.Connection, petition_id: int) -> tuple[NoteView, ...]:
    """The notes of a petition, the earliest first, each with the name of its author."""
    table = NOTES.c
    query = sa.select(table.topic, table.label, table.text, table.by, table.at)
    rows = connection.execute(query.where(table.petition_id == petition_id).order_by(table.seq)).all()
    usernames = {row.by.removeprefix(_PREFIX) for row in rows}
    names = full_names(connection, usernames)
    return tuple(
        NoteView(row.topic, row.label, row.text, names.get(row.by.removeprefix(_PREFIX), row.by), row.at)
        for row in rows
    )
