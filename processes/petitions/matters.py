"""The numbered requests of one petition, each with its own kind; the earliest date rules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from processes.common.errors import Conflict, Invalid
from processes.common.text import clean_text
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import reads_by_role, refused
from processes.petitions.case import Case, in_one_transaction, read_case
from processes.petitions.legal_moving import check_offered, take_over_dates
from processes.petitions.legal_reading import read_reckoning, reckonable
from processes.petitions.legal_tables import MATTERS
from processes.petitions.legal_writing import write_moved
from processes.petitions.office import Office
from processes.petitions.status import ANSWERED_OR_ENDED
from processes.petitions.step import Step
from processes.terms.acting import reckon
from processes.terms.filing import Matter
from processes.terms.kinds import PetitionKind
from processes.terms.reckoning import Reckoning

MOST_MATTERS = 50
_LONGEST_TEXT = 2000
MAY_SPLIT = (Role.FRONT_DESK_CLERK, Role.CITIZEN_SERVICE_HEAD, Role.OFFICIAL, Role.DEPARTMENT_HEAD)
"""Roles that number the requests of the petitions that they read."""


@dataclass(frozen=True, slots=True)
class NewMatter:
    """One of the requests that a petition makes, in the office's words."""

    kind: PetitionKind
    text: str


def register_matters(
    office: Office, person: Person, filing_number: str, matters: Sequence[NewMatter]
) -> date:
    """Number the requests of a petition, in their order from 1, each with its own kind; its new due date.

    Once for each petition, while nothing has moved its term. Raises NotFound, Forbidden; Conflict when
    it is numbered already, its term was moved or it was answered; Invalid for fewer than two, for a
    text that is missing, and for kinds that are due later than the petition is now, unless the head
    of citizen service does it.
    """
    checked = _checked(matters)

    def act(connection: sa.Connection) -> date:
        case = read_case(connection, filing_number, reader=person)
        by = _splitter(case)
        for number, each in enumerate(checked, 1):
            check_offered(office.entity(), f"kind_{number}", each.kind)
        entity = office.entity()
        step = Step(connection, case, entity, office.settings.public_url, by.actor, office.now())
        numbered = [Matter(number, each.kind) for number, each in enumerate(checked, 1)]
        before = read_reckoning(connection, reckonable(case), entity.calendar, entity.after_hours)
        after = reckon(replace(before.filing, matters=tuple(numbered)), (), entity.calendar)
        _check_approval(person, before, after)
        step.changes["matter_count"] = len(numbered)
        take_over_dates(step, after)
        step.record(
            "matters_registered",
            kinds=[each.kind.value for each in checked],
            due_on={"before": case.due_on.isoformat(), "after": step.due_on.isoformat()},
        )
        write_moved(office, step, after)
        rows = [
            {"petition_id": case.id, "number": number, "kind": each.kind.value, "text": each.text}
            for number, each in enumerate(checked, 1)
        ]
        connection.execute(sa.insert(MATTERS), rows)
        return step.due_on

    due_on = in_one_transaction(office, act)
    office.after_commit()
    return due_on


def _checked(matters: Sequence[NewMatter]) -> list[NewMatter]:
    if not 1 < len(matters) <= MOST_MATTERS:
        problem = f"Escriba entre 2 y {MOST_MATTERS} asuntos: una petición sin separar ya es uno solo."
        raise Invalid(problem, {"matters": problem})
    cleaned = [
        replace(each, text=clean_text(each.text, field=f"text_{number}", max_length=_LONGEST_TEXT))
        for number, each in enumerate(matters, 1)
    ]
    empty = [number for number, each in enumerate(cleaned, 1) if not each.text]
    if empty:
        problems = {f"text_{number}": "Escriba qué pide este asunto." for number in empty}
        raise Invalid("Escriba qué pide cada asunto.", problems)
    return cleaned


def _splitter(case: Case) -> Person:
    """The reader in a post that may; the one that approves a longer term first."""
    posts = [hand.post for hand in case.hands if reads_by_role(hand.post, case.department)]
    able = [post for post in posts if not post.roles.isdisjoint(MAY_SPLIT)]
    if not able:
        raise refused(case, "Su cargo en Ventanilla no incluye separar en asuntos esta petición.")
    if case.matter_count:
        raise Conflict("Esta petición ya está separada en asuntos.")
    if case.legal_seq or case.status in ANSWERED_OR_ENDED:
        raise Conflict(
            "El término de esta petición ya cambió o terminó. Los asuntos se separan antes de "
            "requerir, prorrogar, trasladar o responder."
        )
    return next((post for post in able if Role.CITIZEN_SERVICE_HEAD in post.roles), able[0])


def _check_approval(person: Person, before: Reckoning, after: Reckoning) -> None:
    longest = max(after.due_on_of(matter) for matter in after.matters)
    if longest > before.due_on and not person.has(Role.CITIZEN_SERVICE_HEAD):
        raise Invalid(
            "Alguno de los asuntos vencería después de la fecha actual. Un cambio de clase que alarga "
            "el término lo aprueba la jefatura de relación con el ciudadano: pídale que los separe.",
            {"matters": "Alarga el término: lo hace la jefatura de relación con el ciudadano."},
        )
