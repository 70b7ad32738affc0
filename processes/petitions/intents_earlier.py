"""The intent that refers to an answer that was given before (CPACA 19)."""

from functools import partial

import sqlalchemy as sa

from processes.common.errors import Invalid, NotFound
from processes.engine.model import Intent
from processes.petitions.note_tables import PETITION_LINKS, Relation
from processes.petitions.numbers import checked_number
from processes.petitions.step import Step
from processes.petitions.submitted import written
from processes.petitions.tables import PETITIONERS, PETITIONS

FIELD = "earlier_filing"
_KNOWN_BY = ("document_number", "email")
_READ = (
    sa.select(
        PETITIONS.c.id,
        PETITIONS.c.filing_number,
        PETITIONS.c.outgoing_number,
        PETITIONS.c.reserved_identity,
        *(sa.func.coalesce(PETITIONERS.c[name], "").label(name) for name in _KNOWN_BY),
    )
    .outerjoin(PETITIONERS, PETITIONERS.c.petition_id == PETITIONS.c.id)
    .where(PETITIONS.c.filing_number.in_(sa.bindparam("numbers", expanding=True)))
)


def refer_to_earlier(step: Step, _intent: Intent) -> None:
    """Link the petition to the one whose answer it is referred to, once that is seen to be the same person's.

    Raises Invalid for a number that does not exist, is its own, has no answer, or is somebody else's:
    whoever asks must not be sent another person's answer. Where an identity is reserved nothing is
    compared, and nothing linked: who tries numbers would learn from it who reported (Ley 1712, art. 18).
    """
    number = _checked(written(step, FIELD))
    numbers = [number, step.case.filing_number]
    rows = {row.filing_number: row for row in step.connection.execute(_READ, {"numbers": numbers})}
    earlier, own = rows.get(number), rows[step.case.filing_number]
    if earlier is None or earlier.id == own.id:
        _refuse("No hay otra petición con ese número. Revíselo.")
    elif earlier.outgoing_number is None:
        _refuse("Esa petición todavía no tiene respuesta: no hay a qué remitirse.")
    elif earlier.reserved_identity or own.reserved_identity:
        _refuse(
            "La identidad de una de las dos es reservada, y enlazarlas la dejaría ver. Responda esta por "
            "separado."
        )
    elif not _of_the_same_person(earlier, own):
        _refuse(
            "Esa petición la presentó otra persona, o no se sabe quién: su respuesta no se le puede remitir."
        )
    else:
        row = {
            "petition_id": own.id,
            "related_id": earlier.id,
            "relation": Relation.EARLIER_ANSWER.value,
            "at": step.now,
            "by": str(step.actor),
        }
        step.later.append(partial(step.connection.execute, sa.insert(PETITION_LINKS), row))
        step.record("referred_to_earlier", earlier=number, outgoing_number=earlier.outgoing_number)


def _checked(number: str) -> str:
    try:
        return checked_number(number)
    except NotFound as error:
        raise Invalid(error.message, {FIELD: error.message}) from error


def _of_the_same_person(earlier: sa.Row[tuple[object, ...]], own: sa.Row[tuple[object, ...]]) -> bool:
    values = [(str(getattr(earlier, name)), str(getattr(own, name))) for name in _KNOWN_BY]
    return any(before and before.casefold() == now.casefold() for before, now in values)


def _refuse(reason: str) -> None:
    raise Invalid(reason, {FIELD: reason})
