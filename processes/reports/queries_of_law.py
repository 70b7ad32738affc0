"""What the law asks to count: access to information, and transfers to whoever is competent."""

import sqlalchemy as sa

from processes.petitions.answer_tables import SENT_ANSWERS
from processes.petitions.legal_tables import LEGAL_EVENTS
from processes.petitions.tables import PETITIONS
from processes.reports.counting import (
    BY_DEPARTMENT,
    DEPARTMENT,
    IS_A_PETITION,
    KIND,
    P,
    answered,
    filed,
    listed,
    petitions,
    within,
)
from processes.reports.figures import WORKING_DAYS, Asked, FigureDefinition, Measure
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind

_INFORMATION = P.kind.in_([PetitionKind.INFORMATION_REQUEST.value, PetitionKind.DOCUMENT_REQUEST.value])
_TRANSFER_DAYS = 5.0
_E = LEGAL_EVENTS.c
_ANSWERED = PETITIONS.join(SENT_ANSWERS, sa.and_(SENT_ANSWERS.c.petition_id == P.id, SENT_ANSWERS.c.seq == 1))


def _transfers(asked: Asked, bucket: sa.ColumnElement[str] = BY_DEPARTMENT) -> sa.Select[tuple[object, ...]]:
    moved = LEGAL_EVENTS.join(PETITIONS, P.id == _E.petition_id)
    return listed(moved, bucket, P.filed_on, _E.at).where(
        IS_A_PETITION, _E.kind == LegalEventKind.TRANSFERRED_OUT.value, within(_E.at, asked)
    )


def _days_to_transfer(asked: Asked, row: sa.RowMapping) -> float:
    return asked.days(row["filed_on"], row["at"])


INFORMATION_FILED = FigureDefinition(
    "information_filed",
    "Solicitudes de información recibidas",
    "Solicitudes de información y de documentos radicadas en el periodo (Decreto 103 de 2015, artículo 52).",
    Measure.COUNT,
    KIND,
    lambda asked: petitions(P.kind, P.filed_on).where(filed(asked), _INFORMATION),
)

INFORMATION_TRANSFERRED = FigureDefinition(
    "information_transferred",
    "Solicitudes de información trasladadas",
    "Traslados de solicitudes de información y de documentos a otra entidad, hechos en el periodo.",
    Measure.COUNT,
    KIND,
    lambda asked: _transfers(asked, P.kind).where(_INFORMATION),
)

INFORMATION_DAYS = FigureDefinition(
    "information_days",
    "Días hábiles hasta la respuesta (mediana)",
    "De las solicitudes de información respondidas en el periodo, los días hábiles hasta su respuesta.",
    Measure.MEDIAN,
    KIND,
    lambda asked: petitions(P.kind, P.filed_on, P.sent_at).where(answered(asked), _INFORMATION),
    lambda asked, row: asked.days(row["filed_on"], row["sent_at"]),
    unit=WORKING_DAYS,
)

INFORMATION_DENIED = FigureDefinition(
    "information_denied",
    "Solicitudes de información negadas",
    "Solicitudes de información respondidas en el periodo cuya primera respuesta negó lo pedido, en todo o "
    "en parte.",
    Measure.COUNT,
    "Sentido de la respuesta",
    lambda asked: listed(_ANSWERED, SENT_ANSWERS.c.outcome, P.sent_at).where(
        answered(asked), _INFORMATION, SENT_ANSWERS.c.outcome.in_(["denied", "partly_granted"])
    ),
)

TRANSFERS = FigureDefinition(
    "transfers",
    "Traslados por competencia",
    "Traslados a otra entidad hechos en el periodo, totales o parciales. Una petición puede tener varios.",
    Measure.COUNT,
    DEPARTMENT,
    _transfers,
)

TRANSFERS_IN_TIME = FigureDefinition(
    "transfers_in_time",
    "Traslados dentro de los cinco días (%)",
    "De los traslados del periodo, los hechos dentro de los cinco días hábiles siguientes a la radicación "
    "(Ley 1437 de 2011, artículo 21).",
    Measure.SHARE,
    DEPARTMENT,
    _transfers,
    lambda asked, row: float(_days_to_transfer(asked, row) <= _TRANSFER_DAYS),
    unit="%",
)

TRANSFER_DAYS = FigureDefinition(
    "transfer_days",
    "Días hábiles hasta el traslado (mediana)",
    "De los traslados del periodo, los días hábiles desde el siguiente a la radicación.",
    Measure.MEDIAN,
    DEPARTMENT,
    _transfers,
    _days_to_transfer,
    unit=WORKING_DAYS,
)
