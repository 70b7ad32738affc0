"""Intents about other departments: asked for a part of the answer, and what they contribute."""

from collections.abc import Sequence

import sqlalchemy as sa

from notifications.spanish import listed
from processes.common.errors import Conflict, Invalid
from processes.directory.roles import LANE_ROLES, Lane
from processes.directory.tables import PEOPLE, PERSON_ROLES
from processes.engine.model import Intent
from processes.petitions.access import excluded_from
from processes.petitions.people_tables import HELP_REQUESTS
from processes.petitions.step import Step
from processes.petitions.submitted import chosen, written

_SHORTEST_QUESTION = 15
_TABLE = HELP_REQUESTS.c
_SAME = HELP_REQUESTS.alias("same").c


def request_help(step: Step, _intent: Intent) -> None:
    """Ask each department that was ticked, at once; their tasks open in the same step.

    Raises Invalid without a question, without a department, for the one that answers itself, and for one
    without people: nobody would see its task.
    """
    departments, question = chosen(step, "asked_departments"), written(step, "question")
    problems: dict[str, str] = {}
    if not departments:
        problems["asked_departments"] = "Marque al menos una dependencia."
    if step.department in departments:
        problems["asked_departments"] = (
            "Marque otras dependencias: la que responde no se pregunta a sí misma."
        )
    if len(question) < _SHORTEST_QUESTION:
        problems["question"] = f"Escriba qué necesita de ellas, en al menos {_SHORTEST_QUESTION} caracteres."
    if empty := _without_people(step, departments):
        problems["asked_departments"] = (
            f"En {listed(empty)} no hay quien aporte. Pida a otra dependencia, o que el administrador nombre "
            "allí a alguien."
        )
    if problems:
        raise Invalid("Revise lo que pide a las otras dependencias.", problems)
    last_seq, last_round = step.connection.execute(
        sa.select(
            sa.func.coalesce(sa.func.max(_TABLE.seq), 0), sa.func.coalesce(sa.func.max(_TABLE.round), 0)
        ).where(_TABLE.petition_id == step.case.id)
    ).one()
    rows = [
        {
            "petition_id": step.case.id,
            "seq": last_seq + place,
            "round": last_round + 1,
            "department": department,
            "question": question,
            "contribution": "",
            "asked_by": str(step.actor),
            "asked_at": step.now,
        }
        for place, department in enumerate(departments, 1)
    ]
    step.deals[Lane.ASKED_DEPARTMENT] = departments
    step.later.append(lambda: _insert(step, rows))
    step.record("help_asked", departments=[step.department_names[code] for code in departments])


def _without_people(step: Step, departments: Sequence[str]) -> list[str]:
    """The names of those of `departments` where nobody active, and not kept apart, would have the task."""
    roles = [role.value for role in LANE_ROLES[Lane.ASKED_DEPARTMENT]]
    query = (
        sa.select(PEOPLE.c.department)
        .join(PERSON_ROLES, PERSON_ROLES.c.person_id == PEOPLE.c.id)
        .where(
            PEOPLE.c.active,
            PEOPLE.c.department.in_(departments),
            PERSON_ROLES.c.role.in_(roles),
            PEOPLE.c.username.not_in(excluded_from(step.case.id)),
        )
    )
    there = set(step.connection.scalars(query))
    return [step.department_names.get(code, code) for code in departments if code not in there]


def record_contribution(step: Step, _intent: Intent) -> None:
    """Keep what the department of the completed task contributes. Raises Invalid when it says nothing."""
    contribution = written(step, "contribution")
    if not contribution and not step.files:
        problem = "Escriba el aporte de su dependencia, o adjúntelo."
        raise Invalid(problem, {"contribution": problem})
    item = step.case.item
    department = None if item is None else item.department
    step.later.append(lambda: _contribute(step, department, contribution))
    step.record("help_given", department=step.department_names.get(department or "", department or ""))


def _insert(step: Step, rows: list[dict[str, object]]) -> None:
    step.connection.execute(sa.insert(HELP_REQUESTS), rows)


def _contribute(step: Step, department: str | None, contribution: str) -> None:
    waiting = sa.and_(
        _TABLE.petition_id == step.case.id,
        _TABLE.department == department,
        _TABLE.contributed_at.is_(None),
        _TABLE.round
        == sa.select(sa.func.max(_SAME.round)).where(_SAME.petition_id == step.case.id).scalar_subquery(),
    )
    given = {
        "contribution": contribution,
        "contributed_by": step.actor.id,
        "contributed_at": step.now,
    }
    if step.connection.execute(sa.update(HELP_REQUESTS).where(waiting).values(given)).rowcount != 1:
        raise Conflict("Nadie espera un aporte de esta dependencia. Avise al administrador.")
