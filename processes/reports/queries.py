"""Volumes and timeliness: what each figure counts, as one query over petitions."""

import sqlalchemy as sa

from processes.petitions.status import ENDED_BY_AN_ACT
from processes.reports.counting import (
    BY_DEPARTMENT,
    CHANNEL,
    DEPARTMENT,
    KIND,
    STATUS,
    P,
    answered,
    closed,
    due_in_the_period,
    filed,
    overdue,
    petitions,
)
from processes.reports.figures import WORKING_DAYS, Asked, FigureDefinition, Measure, is_late


def _answer_was_late(row: sa.RowMapping) -> bool:
    return is_late(row["due_on"], row["due_at"], row["sent_at"])


def _in_time(_asked: Asked, row: sa.RowMapping) -> float:
    return float(row["sent_at"] is not None and not _answer_was_late(row))


def _days_to_answer(asked: Asked, row: sa.RowMapping) -> float:
    return asked.days(row["filed_on"], row["sent_at"])


OVERDUE = FigureDefinition(
    "overdue",
    "Vencidas sin respuesta",
    "Peticiones abiertas, con el término corriendo, cuyo último día para responder ya había pasado cuando se "
    "preparó el informe.",
    Measure.COUNT,
    DEPARTMENT,
    lambda asked: petitions(BY_DEPARTMENT, P.due_on).where(overdue(asked.today)),
)

DAYS_OVERDUE = FigureDefinition(
    "days_overdue",
    "Días hábiles de mora (mediana)",
    "De las vencidas sin respuesta, los días hábiles corridos desde su último día para responder hasta el "
    "día en que se preparó el informe.",
    Measure.MEDIAN,
    DEPARTMENT,
    lambda asked: petitions(BY_DEPARTMENT, P.due_on).where(overdue(asked.today)),
    lambda asked, row: asked.days(row["due_on"], asked.today),
    unit=WORKING_DAYS,
)

ANSWERED_LATE = FigureDefinition(
    "answered_late",
    "Respondidas después del término",
    "Peticiones cuya primera respuesta salió en el periodo después de su último día para responder.",
    Measure.COUNT,
    DEPARTMENT,
    lambda asked: petitions(BY_DEPARTMENT, P.due_on, P.due_at, P.sent_at).where(answered(asked)),
    keep=_answer_was_late,
)

ANSWERED = FigureDefinition(
    "answered",
    "Respondidas",
    "Peticiones cuya primera respuesta salió en el periodo.",
    Measure.COUNT,
    DEPARTMENT,
    lambda asked: petitions(BY_DEPARTMENT, P.filed_on, P.sent_at).where(answered(asked)),
)

TIMELY = FigureDefinition(
    "timely",
    "Respondidas a tiempo (%)",
    "De las respondidas en el periodo, las que salieron a más tardar en su último día para responder. Las "
    "que siguen sin respuesta no entran: están en las vencidas.",
    Measure.SHARE,
    DEPARTMENT,
    lambda asked: petitions(BY_DEPARTMENT, P.due_on, P.due_at, P.sent_at).where(answered(asked)),
    _in_time,
    unit="%",
)

MET_TERM = FigureDefinition(
    "met_term",
    "Términos cumplidos (%)",
    "De las peticiones cuyo último día para responder cayó en el periodo, las que se respondieron a tiempo. "
    "Las que no se respondieron cuentan como incumplidas; las trasladadas, desistidas, archivadas, "
    "rechazadas o con el término suspendido no entran.",
    Measure.SHARE,
    DEPARTMENT,
    lambda asked: petitions(BY_DEPARTMENT, P.due_on, P.due_at, P.sent_at).where(due_in_the_period(asked)),
    _in_time,
    unit="%",
)

DAYS_TO_ANSWER = FigureDefinition(
    "days_to_answer",
    "Días hábiles hasta la respuesta (mediana)",
    "De las respondidas en el periodo, los días hábiles desde el siguiente a la radicación.",
    Measure.MEDIAN,
    DEPARTMENT,
    lambda asked: petitions(BY_DEPARTMENT, P.filed_on, P.sent_at).where(answered(asked)),
    _days_to_answer,
    unit=WORKING_DAYS,
)

DAYS_TO_ANSWER_BY_CHANNEL = FigureDefinition(
    "days_to_answer_by_channel",
    "Días hábiles hasta la respuesta, por canal (mediana)",
    "De las respondidas en el periodo, los días hábiles desde el siguiente a la radicación.",
    Measure.MEDIAN,
    CHANNEL,
    lambda asked: petitions(P.channel, P.filed_on, P.sent_at).where(answered(asked)),
    _days_to_answer,
    unit=WORKING_DAYS,
)

FILED_BY_CHANNEL = FigureDefinition(
    "filed_by_channel",
    "Radicadas por canal",
    "Peticiones radicadas en el periodo, sin las anuladas ni lo que no era petición.",
    Measure.COUNT,
    CHANNEL,
    lambda asked: petitions(P.channel, P.filed_on).where(filed(asked)),
)

FILED_BY_KIND = FigureDefinition(
    "filed_by_kind",
    "Radicadas por clase",
    "Peticiones radicadas en el periodo, sin las anuladas ni lo que no era petición, según la clase que "
    "tenían al preparar el informe.",
    Measure.COUNT,
    KIND,
    lambda asked: petitions(P.kind, P.filed_on).where(filed(asked)),
)

FILED_BY_DEPARTMENT = FigureDefinition(
    "filed_by_department",
    "Radicadas por dependencia",
    "Peticiones radicadas en el periodo, sin las anuladas ni lo que no era petición, según la dependencia "
    "que las tenía al preparar el informe.",
    Measure.COUNT,
    DEPARTMENT,
    lambda asked: petitions(BY_DEPARTMENT, P.filed_on).where(filed(asked)),
)

CLOSED = FigureDefinition(
    "closed",
    "Cerradas",
    "Peticiones que se cerraron en el periodo, después de verificar su respuesta.",
    Measure.COUNT,
    DEPARTMENT,
    lambda asked: petitions(BY_DEPARTMENT, P.filed_on, P.closed_at).where(closed(asked)),
)

SUBSTANTIVE = FigureDefinition(
    "substantive",
    "Respuestas de fondo (%)",
    "De las cerradas en el periodo, aquellas en las que quien las verificó marcó que la respuesta "
    "resuelve de fondo cada punto pedido.",
    Measure.SHARE,
    DEPARTMENT,
    lambda asked: petitions(
        BY_DEPARTMENT, sa.case((P.closing_checks.contains('"substantive"'), 1), else_=0).label("substantive")
    ).where(closed(asked)),
    lambda _asked, row: float(row["substantive"]),
    unit="%",
)

ENDED_OTHERWISE = FigureDefinition(
    "ended_otherwise",
    "Terminadas sin respuesta de fondo",
    "Peticiones radicadas en el periodo que terminaron por traslado, desistimiento, archivo o rechazo.",
    Measure.COUNT,
    STATUS,
    lambda asked: petitions(P.status, P.filed_on).where(
        filed(asked), P.status.in_(sorted(status.value for status in ENDED_BY_AN_ACT))
    ),
)
