"""What each figure counts, as one query over petitions and their legal events."""

from typing import Any

import sqlalchemy as sa

from processes.directory.tables import DEPARTMENTS
from processes.petitions.legal_tables import LEGAL_EVENTS
from processes.petitions.status import ENDED, ENDED_BY_AN_ACT, PetitionStatus, TermState
from processes.petitions.tables import PETITIONS
from processes.reports.figures import NOWHERE, Asked, FigureDefinition, Measure, is_late
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind

_P = PETITIONS.c
_BY_DEPARTMENT = sa.func.coalesce(DEPARTMENTS.c.name, NOWHERE)
_NOTHING = sa.null()
_FROM = PETITIONS.outerjoin(DEPARTMENTS, DEPARTMENTS.c.code == _P.department)
_UNANSWERED = sa.and_(
    _P.sent_at.is_(None),
    _P.status.not_in([status.value for status in ENDED]),
    _P.term_state != TermState.SUSPENDED.value,
)
_A_PETITION = _P.status.not_in([PetitionStatus.VOIDED.value, PetitionStatus.NOT_A_PETITION.value])
_INFORMATION = _P.kind.in_([PetitionKind.INFORMATION_REQUEST.value, PetitionKind.DOCUMENT_REQUEST.value])


def _rows(
    bucket: sa.ColumnElement[str], begun: sa.ColumnElement[Any], ended: sa.ColumnElement[Any]
) -> sa.Select[Any]:
    columns = (bucket.label("bucket"), _P.filing_number, begun.label("begun"), ended.label("ended"))
    return sa.select(*columns).select_from(_FROM).order_by(_P.filing_number)


def _filed(asked: Asked) -> sa.ColumnElement[bool]:
    period = asked.period
    return sa.and_(_A_PETITION, _P.filed_on.between(period.first, period.last))


def _answered(asked: Asked) -> sa.ColumnElement[bool]:
    return sa.and_(_P.sent_at >= asked.since, _P.sent_at < asked.until)


def _closed(asked: Asked) -> sa.ColumnElement[bool]:
    closed = _P.status == PetitionStatus.CLOSED.value  # what is no petition is put aside, which is no close
    return sa.and_(closed, _P.closed_at >= asked.since, _P.closed_at < asked.until)


def _in_time(_asked: Asked, due_on: object, sent_at: object) -> float | None:
    return float(not is_late(due_on, sent_at))


def _days(asked: Asked, begun: object, ended: object) -> float | None:
    return asked.days(begun, ended)


def _days_late(asked: Asked, due_on: object, _ended: object) -> float | None:
    return asked.days(due_on, asked.today)


OVERDUE = FigureDefinition(
    "overdue",
    "Vencidas sin respuesta",
    "Peticiones abiertas, con el término corriendo, cuyo último día para responder ya pasó.",
    Measure.COUNT,
    lambda asked: _rows(_BY_DEPARTMENT, _P.due_on, _NOTHING).where(_UNANSWERED, _P.due_on < asked.today),
)

DAYS_OVERDUE = FigureDefinition(
    "days_overdue",
    "Días hábiles de mora (mediana)",
    "De las vencidas sin respuesta, los días hábiles corridos desde su último día para responder.",
    Measure.MEDIAN,
    lambda asked: _rows(_BY_DEPARTMENT, _P.due_on, _NOTHING).where(_UNANSWERED, _P.due_on < asked.today),
    _days_late,
)

ANSWERED_LATE = FigureDefinition(
    "answered_late",
    "Respondidas después del término",
    "Peticiones cuya primera respuesta salió en el periodo después de su último día para responder.",
    Measure.COUNT,
    lambda asked: _rows(_BY_DEPARTMENT, _P.due_on, _P.sent_at).where(_answered(asked)),
    keep=is_late,
)

ANSWERED = FigureDefinition(
    "answered",
    "Respondidas",
    "Peticiones cuya primera respuesta salió en el periodo.",
    Measure.COUNT,
    lambda asked: _rows(_BY_DEPARTMENT, _P.filed_on, _P.sent_at).where(_answered(asked)),
)

TIMELY = FigureDefinition(
    "timely",
    "Respondidas a tiempo (%)",
    "De las respondidas en el periodo, las que salieron a más tardar en su último día para responder.",
    Measure.SHARE,
    lambda asked: _rows(_BY_DEPARTMENT, _P.due_on, _P.sent_at).where(_answered(asked)),
    _in_time,
)

DAYS_TO_ANSWER = FigureDefinition(
    "days_to_answer",
    "Días hábiles hasta la respuesta (mediana)",
    "De las respondidas en el periodo, los días hábiles desde el siguiente a la radicación.",
    Measure.MEDIAN,
    lambda asked: _rows(_BY_DEPARTMENT, _P.filed_on, _P.sent_at).where(_answered(asked)),
    _days,
)

FILED_BY_CHANNEL = FigureDefinition(
    "filed_by_channel",
    "Radicadas por canal",
    "Peticiones radicadas en el periodo, sin las anuladas ni lo que no era petición.",
    Measure.COUNT,
    lambda asked: _rows(_P.channel, _P.filed_on, _NOTHING).where(_filed(asked)),
)

FILED_BY_KIND = FigureDefinition(
    "filed_by_kind",
    "Radicadas por clase",
    "Peticiones radicadas en el periodo, sin las anuladas ni lo que no era petición, según su clase de hoy.",
    Measure.COUNT,
    lambda asked: _rows(_P.kind, _P.filed_on, _NOTHING).where(_filed(asked)),
)

FILED_BY_DEPARTMENT = FigureDefinition(
    "filed_by_department",
    "Radicadas por dependencia",
    "Peticiones radicadas en el periodo, sin las anuladas ni lo que no era petición, según la dependencia "
    "que hoy las tiene.",
    Measure.COUNT,
    lambda asked: _rows(_BY_DEPARTMENT, _P.filed_on, _NOTHING).where(_filed(asked)),
)

INFORMATION_FILED = FigureDefinition(
    "information_filed",
    "Solicitudes de información recibidas",
    "Solicitudes de información y de documentos radicadas en el periodo (Decreto 103 de 2015, artículo 52).",
    Measure.COUNT,
    lambda asked: _rows(_P.kind, _P.filed_on, _NOTHING).where(_filed(asked), _INFORMATION),
)

INFORMATION_DAYS = FigureDefinition(
    "information_days",
    "Días hábiles hasta la respuesta (mediana)",
    "De las solicitudes de información respondidas en el periodo, los días hábiles hasta su respuesta.",
    Measure.MEDIAN,
    lambda asked: _rows(_P.kind, _P.filed_on, _P.sent_at).where(_answered(asked), _INFORMATION),
    _days,
)

INFORMATION_DENIED = FigureDefinition(
    "information_denied",
    "Solicitudes de información negadas",
    "Solicitudes de información respondidas en el periodo cuya respuesta negó lo pedido.",
    Measure.COUNT,
    lambda asked: _rows(_P.kind, _P.filed_on, _P.sent_at).where(
        _answered(asked), _INFORMATION, _P.outcome == "denied"
    ),
)

CLOSED = FigureDefinition(
    "closed",
    "Cerradas",
    "Peticiones que el control de calidad cerró en el periodo.",
    Measure.COUNT,
    lambda asked: _rows(_BY_DEPARTMENT, _P.filed_on, _P.closed_at).where(_closed(asked)),
)

SUBSTANTIVE = FigureDefinition(
    "substantive",
    "Respuestas de fondo (%)",
    "De las cerradas en el periodo, aquellas en las que quien las verificó marcó que la respuesta "
    "resuelve de fondo cada punto pedido.",
    Measure.SHARE,
    lambda asked: _rows(
        _BY_DEPARTMENT, sa.case((_P.closing_checks.contains('"substantive"'), 1.0), else_=0.0), _NOTHING
    ).where(_closed(asked)),
    lambda _asked, marked, _ended: float(str(marked)),
)

ENDED_OTHERWISE = FigureDefinition(
    "ended_otherwise",
    "Terminadas sin respuesta de fondo",
    "Peticiones radicadas en el periodo que terminaron por traslado, desistimiento, archivo o rechazo.",
    Measure.COUNT,
    lambda asked: _rows(_P.status, _P.filed_on, _NOTHING).where(
        _filed(asked), _P.status.in_([status.value for status in ENDED_BY_AN_ACT])
    ),
)


def _transfers(asked: Asked) -> sa.Select[Any]:
    event = LEGAL_EVENTS.c
    moved = LEGAL_EVENTS.join(PETITIONS, _P.id == event.petition_id).outerjoin(
        DEPARTMENTS, DEPARTMENTS.c.code == _P.department
    )
    columns = (
        _BY_DEPARTMENT.label("bucket"),
        _P.filing_number,
        _P.filed_on.label("begun"),
        event.at.label("ended"),
    )
    return (
        sa.select(*columns)
        .select_from(moved)
        .where(
            event.kind == LegalEventKind.TRANSFERRED_OUT.value,
            event.at >= asked.since,
            event.at < asked.until,
        )
        .order_by(_P.filing_number)
    )


_TRANSFER_DAYS = 5.0

TRANSFERS = FigureDefinition(
    "transfers",
    "Traslados por competencia",
    "Peticiones trasladadas a otra entidad en el periodo, en todo o en parte.",
    Measure.COUNT,
    _transfers,
)

TRANSFERS_IN_TIME = FigureDefinition(
    "transfers_in_time",
    "Traslados dentro de los cinco días (%)",
    "De los traslados del periodo, los hechos dentro de los cinco días hábiles siguientes a la radicación "
    "(Ley 1437 de 2011, artículo 21).",
    Measure.SHARE,
    _transfers,
    lambda asked, filed_on, at: float((asked.days(filed_on, at) or 0.0) <= _TRANSFER_DAYS),
)

TRANSFER_DAYS = FigureDefinition(
    "transfer_days",
    "Días hábiles hasta el traslado (mediana)",
    "De los traslados del periodo, los días hábiles desde el siguiente a la radicación.",
    Measure.MEDIAN,
    _transfers,
    _days,
)
