"""A department gives a petition back: once, within one working day of its assignment, with reasons."""

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.calendar import BOGOTA, WorkCalendar
from processes.common.errors import Conflict
from processes.directory.people import Person
from processes.petitions.access import is_at_home, refused
from processes.petitions.apart import checked_reason
from processes.petitions.case import Case, in_one_transaction, read_case
from processes.petitions.office import Office
from processes.petitions.people_tables import DEPARTMENT_RETURNS
from processes.petitions.redistributing import listens, redistribute
from processes.petitions.signals import Signal
from processes.petitions.status import PetitionStatus
from processes.petitions.step import Step

WORKING_DAYS_TO_RETURN = 1
_RETURNABLE = frozenset({PetitionStatus.ASSIGNED, PetitionStatus.IN_PROGRESS})
_TOO_LATE = (
    "El plazo para devolverla pasó: una dependencia devuelve una petición a más tardar el día hábil "
    "siguiente a su asignación. Si no le corresponde, pida su reasignación."
)


def last_day_to_return(assigned_at: datetime, calendar: WorkCalendar) -> date:
    """The first working day after that of the assignment, whole."""
    assigned_on = assigned_at.astimezone(BOGOTA).date()
    return calendar.add_working_days(assigned_on, WORKING_DAYS_TO_RETURN)


def return_assignment(office: Office, person: Person, filing_number: str, *, reason: str) -> None:
    """Give a petition back to whoever distributes; its term goes on as it was.

    By the people of the department that has it. Raises NotFound, Forbidden, Invalid without the
    reasons; Conflict when that department gave it back before, the day has gone by, or the procedure
    is past the work of the department.
    """
    why = checked_reason(reason)

    def act(connection: sa.Connection) -> None:
        case = read_case(connection, filing_number, reader=person)
        by = _check_department(case)
        step = Step(connection, case, office.entity(), office.settings.public_url, by.actor, office.now())
        _check_in_time(step)
        if not listens(office, case, Signal.ASSIGNMENT_RETURNED):
            raise Conflict("En este punto del procedimiento la petición ya no se devuelve.")
        row = {
            "petition_id": case.id,
            "department": case.department,
            "reason": why,
            "returned_by": by.username,
            "returned_at": step.now,
        }
        step.later.append(lambda: _insert(connection, row))
        step.add_note("assignment_returned", "Por qué la devuelve la dependencia", why)
        step.record("assignment_returned", department=case.department_name)
        redistribute(office, step, Signal.ASSIGNMENT_RETURNED)

    in_one_transaction(office, act)
    office.after_commit()


def may_return(office: Office, case: Case) -> bool:
    """Whether to offer it: of their department, and in time. The act itself checks all the rest."""
    if _of_the_department(case) is None or case.status not in _RETURNABLE:
        return False
    assigned_at = case.assigned_at
    return assigned_at is not None and _today(office.now()) <= last_day_to_return(
        assigned_at, office.entity().calendar
    )


def _check_department(case: Case) -> Person:
    by = _of_the_department(case)
    if by is None:
        raise refused(case, "Una petición la devuelve la dependencia que la tiene.")
    if case.status not in _RETURNABLE:
        raise Conflict("En este punto del procedimiento la petición ya no se devuelve.")
    return by


def _of_the_department(case: Case) -> Person | None:
    """The reader in a post of the department that has the petition."""
    return next((hand.post for hand in case.hands if is_at_home(hand.post, case.department)), None)


def _check_in_time(step: Step) -> None:
    case, table = step.case, DEPARTMENT_RETURNS.c
    before = sa.select(table.returned_at).where(
        table.petition_id == case.id, table.department == case.department
    )
    if step.connection.execute(before).first() is not None:
        raise Conflict(
            "Su dependencia ya devolvió una vez esta petición, y quien distribuye decidió que es suya."
        )
    if case.assigned_at is None or _today(step.now) > last_day_to_return(
        case.assigned_at, step.entity.calendar
    ):
        raise Conflict(_TOO_LATE)


def _insert(connection: sa.Connection, row: Mapping[str, object]) -> None:
    connection.execute(sa.insert(DEPARTMENT_RETURNS), row)


def _today(now: datetime) -> date:
    return now.astimezone(BOGOTA).date()
