"""The front desks: what each receives and by which channel, and how long its tasks wait (Ibagué, 1.4).

A desk is the department of whoever received a petition or did a task: the service points of an entity are
departments of it, and whoever has none is at the single desk.
"""

import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.directory.roles import Lane
from processes.directory.tables import DEPARTMENTS, PEOPLE
from processes.petitions.tables import PETITIONS, WORK_ITEMS, WorkItemStatus
from processes.reports.counting import CHANNEL, P, filed, listed, within
from processes.reports.figures import WORKING_DAYS, Asked, FigureDefinition, Measure

DESK = "Ventanilla"
SINGLE_DESK = "Ventanilla única"
NO_DESK = "Sin ventanilla: llegó por la web o por otro sistema"
_FILED = sa.and_(EVENTS.c.stream == P.filing_number, EVENTS.c.seq == 1)
"""The first act of the journal of a petition says who filed it."""

_BY_A_PERSON = "person:"
_FILER = EVENTS.c.actor == sa.literal(_BY_A_PERSON) + PEOPLE.c.username
_OF_THEIRS = DEPARTMENTS.c.code == PEOPLE.c.department
_RECEIVING_DESK = sa.case(
    (EVENTS.c.actor.startswith(_BY_A_PERSON), sa.func.coalesce(DEPARTMENTS.c.name, SINGLE_DESK)),
    else_=NO_DESK,
)
_AT_THE_DESK = [Lane.FRONT_DESK.value, Lane.CITIZEN_SERVICE.value]
_DOING_DESK = sa.func.coalesce(DEPARTMENTS.c.name, SINGLE_DESK)
_TASKS = WORK_ITEMS.join(PETITIONS, WORK_ITEMS.c.petition_id == P.id)


def _waited(asked: Asked, row: sa.RowMapping) -> float:
    return asked.days(row["created_at"], row["closed_at"])


def _done_at_the_desk(
    asked: Asked, source: sa.FromClause, bucket: sa.ColumnElement[str]
) -> sa.Select[tuple[str]]:
    return listed(source, bucket, WORK_ITEMS.c.created_at, WORK_ITEMS.c.closed_at).where(
        WORK_ITEMS.c.status == WorkItemStatus.DONE.value,
        WORK_ITEMS.c.lane.in_(_AT_THE_DESK),
        within(WORK_ITEMS.c.closed_at, asked),
    )


FILED_BY_DESK = FigureDefinition(
    "filed_by_desk",
    "Radicadas por ventanilla",
    "Peticiones radicadas en el periodo, sin las anuladas ni lo que no era petición, según la dependencia "
    "de quien las recibió y radicó. Las que la persona presentó por su cuenta no pasaron por una ventanilla.",
    Measure.COUNT,
    DESK,
    lambda asked: listed(
        PETITIONS.join(EVENTS, _FILED).outerjoin(PEOPLE, _FILER).outerjoin(DEPARTMENTS, _OF_THEIRS),
        _RECEIVING_DESK,
        P.filed_on,
    ).where(filed(asked)),
)

DESK_WAITS = FigureDefinition(
    "desk_waits",
    "Días hábiles de espera, por ventanilla (mediana)",
    "De las tareas de la ventanilla y de la oficina que atiende al ciudadano que se terminaron en el "
    "periodo, los días hábiles desde que se abrieron, según la dependencia de quien las hizo. Una petición "
    "puede tener varias.",
    Measure.MEDIAN,
    DESK,
    lambda asked: _done_at_the_desk(
        asked,
        _TASKS.outerjoin(PEOPLE, PEOPLE.c.username == WORK_ITEMS.c.closed_by).outerjoin(
            DEPARTMENTS, _OF_THEIRS
        ),
        _DOING_DESK,
    ),
    _waited,
    unit=WORKING_DAYS,
)

DESK_WAITS_BY_CHANNEL = FigureDefinition(
    "desk_waits_by_channel",
    "Días hábiles de espera en ventanilla, por canal (mediana)",
    "De las mismas tareas, los días hábiles desde que se abrieron, según el canal por el que llegó la "
    "petición.",
    Measure.MEDIAN,
    CHANNEL,
    lambda asked: _done_at_the_desk(asked, _TASKS, P.channel),
    _waited,
    unit=WORKING_DAYS,
)
