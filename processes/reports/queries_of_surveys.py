"""What citizens say of the answers and of how they were treated; nobody has to answer, and few may."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from processes.petitions.answer_tables import SURVEYS, SurveyReply
from processes.petitions.tables import PETITIONS
from processes.reports.counting import BY_DEPARTMENT, DEPARTMENT, P, listed, within
from processes.reports.figures import Asked, FigureDefinition, Measure

_S = SURVEYS.c
_BY_REPLY = "Respuesta"
_SAID = "De las encuestas contestadas en el periodo, "


def _surveys(bucket: sa.ColumnElement[str], *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return listed(SURVEYS.join(PETITIONS, P.id == _S.petition_id), bucket, *columns)


def _opened(asked: Asked) -> sa.Select[Any]:
    return _surveys(BY_DEPARTMENT, _S.opened_at, _S.answered_at).where(within(_S.opened_at, asked))


def _replied(question: sa.Column[str]) -> Callable[[Asked], sa.Select[Any]]:
    """The surveys that were answered in the period, without those that left `question` out."""
    return lambda asked: _surveys(BY_DEPARTMENT, question.label("reply")).where(
        within(_S.answered_at, asked), question != SurveyReply.NONE.value
    )


def _is_yes(_asked: Asked, row: sa.RowMapping) -> float:
    return float(row["reply"] == SurveyReply.YES)


SURVEYS_OPENED = FigureDefinition(
    "surveys_opened",
    "Encuestas enviadas",
    "Encuestas que se abrieron en el periodo, después de una respuesta o de un rechazo.",
    Measure.COUNT,
    DEPARTMENT,
    _opened,
)

SURVEYS_ANSWERED = FigureDefinition(
    "surveys_answered",
    "Encuestas contestadas (%)",
    "De las encuestas que se abrieron en el periodo, las que ya se habían contestado al preparar el informe. "
    "Nadie está obligado a contestar.",
    Measure.SHARE,
    DEPARTMENT,
    _opened,
    lambda _asked, row: float(row["answered_at"] is not None),
    unit="%",
)

SOLVED_BY_REPLY = FigureDefinition(
    "solved_by_reply",
    "¿Se resolvió lo que pidió?",
    f"{_SAID}cuántas dicen que sí, en parte o no.",
    Measure.COUNT,
    _BY_REPLY,
    lambda asked: _surveys(_S.solved, _S.answered_at).where(within(_S.answered_at, asked)),
)

SOLVED = FigureDefinition(
    "solved",
    "Dicen que se resolvió (%)",
    f"{_SAID}las que dicen que sí. «En parte» no cuenta como sí.",
    Measure.SHARE,
    DEPARTMENT,
    _replied(_S.solved),
    _is_yes,
    unit="%",
)

UNDERSTOOD = FigureDefinition(
    "understood",
    "Entendieron la respuesta (%)",
    f"{_SAID}las que dicen que sí, entre las que contestaron esta pregunta.",
    Measure.SHARE,
    DEPARTMENT,
    _replied(_S.understood),
    _is_yes,
    unit="%",
)

DIGNIFIED = FigureDefinition(
    "dignified",
    "Se sintieron tratados con respeto y dignidad (%)",
    f"{_SAID}las que dicen que sí, entre las que contestaron esta pregunta.",
    Measure.SHARE,
    DEPARTMENT,
    _replied(_S.dignified),
    _is_yes,
    unit="%",
)

RATING = FigureDefinition(
    "rating",
    "Calificación de la atención (mediana)",
    f"{_SAID}la nota de la atención, de 1 (muy mala) a 5 (muy buena), entre las que la dieron.",
    Measure.MEDIAN,
    DEPARTMENT,
    lambda asked: _surveys(BY_DEPARTMENT, _S.rating).where(
        within(_S.answered_at, asked), _S.rating.is_not(None)
    ),
    lambda _asked, row: float(row["rating"]),
    unit="de 5",
)
