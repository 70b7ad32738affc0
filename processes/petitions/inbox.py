"""The inbox: the tasks that wait for a person, and one task with its form and what was drafted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import orjson
import sqlalchemy as sa

from processes.common.errors import Invalid, NotFound
from processes.directory.people import Person
from processes.directory.roles import LANES_OF_ONE_DEPARTMENT, Lane
from processes.directory.tables import DEPARTMENTS, PEOPLE
from processes.engine import door
from processes.engine.model import Fact
from processes.petitions.access import not_excluded, open_post
from processes.petitions.case import read_case
from processes.petitions.duty_tables import DutyKind
from processes.petitions.lights import Light, standing_of
from processes.petitions.live_options import Choices, live_options, option_sources
from processes.petitions.numbers import checked_number
from processes.petitions.office import Office
from processes.petitions.own_clocks import OwnClock, light_by, own_clocks
from processes.petitions.paging import Page, checked_limit, page_of, read_cursor
from processes.petitions.people_tables import STAND_INS
from processes.petitions.reception import Nature
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import CASE_STATES, PETITIONS, WORK_ITEMS, WorkItemStatus
from processes.petitions.task_access import Form, check_item, openings, why_not
from processes.terms.kinds import KIND_LABELS, PetitionKind

_NO_SUCH_TASK = "Esa tarea no existe. Vuelva a su bandeja."


@dataclass(frozen=True, slots=True)
class WorkItemView:
    """A task as a list shows it.

    `due_status` is None once the petition was answered, and for what is no petition: no term runs for it.
    A task that is a `duty` of its own (a report to a judge, a danger) shows its own dates; without one,
    `presses` at once.
    """

    filing_number: str
    task: int
    element: str
    name: str
    lane: str
    department: str | None
    department_name: str | None
    assignee: str | None
    assignee_name: str | None
    created_at: datetime
    petition_subject: str
    kind: PetitionKind
    nature: Nature
    due_on: date
    target_on: date
    due_at: datetime | None
    due_status: Light | None
    duty: DutyKind | None
    presses: bool
    priority: bool
    status: WorkItemStatus


@dataclass(frozen=True, slots=True)
class WorkItemDetail:
    """A task with its form, what is known, and what was drafted. `version` is the petition's.

    `options` are those that its form takes from the installation, values and labels; of a petition that
    was separated into matters the kind is that of the one due first, and no other is offered. `why_not`
    says why its reader may not do it though it is of their lane; empty when they may.
    """

    view: WorkItemView
    form: Form | None
    facts: Mapping[str, Fact]
    draft: Mapping[str, object]
    body: str
    distribution_note: str
    answer_text: str
    version: int
    options: Mapping[str, Choices]
    why_not: str


_VIEW = (
    sa.select(
        PETITIONS.c.filing_number,
        WORK_ITEMS.c.petition_id,
        WORK_ITEMS.c.task,
        WORK_ITEMS.c.element,
        WORK_ITEMS.c.name,
        WORK_ITEMS.c.lane,
        WORK_ITEMS.c.form,
        CASE_STATES.c.bundle,
        WORK_ITEMS.c.department,
        DEPARTMENTS.c.name.label("department_name"),
        WORK_ITEMS.c.assignee,
        PEOPLE.c.full_name.label("assignee_name"),
        WORK_ITEMS.c.created_at,
        PETITIONS.c.subject,
        PETITIONS.c.kind,
        PETITIONS.c.nature,
        PETITIONS.c.due_on,
        PETITIONS.c.due_at,
        PETITIONS.c.term_state,
        PETITIONS.c.status.label("petition_status"),
        PETITIONS.c.priority,
        WORK_ITEMS.c.status,
    )
    .join(PETITIONS, PETITIONS.c.id == WORK_ITEMS.c.petition_id)
    .join(CASE_STATES, CASE_STATES.c.petition_id == WORK_ITEMS.c.petition_id)
    .outerjoin(DEPARTMENTS, DEPARTMENTS.c.code == WORK_ITEMS.c.department)
    .outerjoin(PEOPLE, PEOPLE.c.username == WORK_ITEMS.c.assignee)
)


def list_work_items(
    office: Office, person: Person, *, cursor: str | None = None, limit: int = 50, state: str = "open"
) -> Page[WorkItemView]:
    """Tasks for `person`, the earliest due first. `state` is `open` (theirs and free ones) or `mine`.

    Theirs are those of whoever they stand in for too. Raises Invalid for an unknown state, limit or cursor.
    """
    if state not in {"open", "mine"}:
        raise Invalid("Elija qué tareas ver: «open» o «mine».", {"state": "Use «open» o «mine»."})
    query = _VIEW.where(WORK_ITEMS.c.status == WorkItemStatus.OPEN.value, _for_person(person))
    theirs = WORK_ITEMS.c.assignee.in_([post.owner for post in person.posts])
    query = query.where(theirs if state == "mine" else sa.or_(WORK_ITEMS.c.assignee.is_(None), theirs))
    order = (PETITIONS.c.due_on, WORK_ITEMS.c.petition_id, WORK_ITEMS.c.task)
    if cursor is not None:
        due_on, petition_id, task = read_cursor(cursor, str, int, int)
        last = (sa.literal(_day(due_on)), sa.literal(petition_id), sa.literal(task))
        after = sa.tuple_(*order) > sa.tuple_(*last)
        query = query.where(after)
    query = query.order_by(*order).limit(checked_limit(limit) + 1)
    with office.read() as connection:
        rows = connection.execute(query).mappings().all()
        own = own_clocks(office, connection, rows)
    return page_of(
        rows,
        limit,
        lambda row: _view(office, row, own),
        lambda row: (row["due_on"].isoformat(), row["petition_id"], row["task"]),
    )


def read_work_item(office: Office, person: Person, filing_number: str, task: int) -> WorkItemDetail:
    """A task of `person`'s lanes, open or not. Raises NotFound, and Forbidden for another's lane."""
    extra = (
        PETITIONS.c.body,
        PETITIONS.c.distribution_note,
        PETITIONS.c.answer_text,
        PETITIONS.c.version,
        WORK_ITEMS.c.draft,
    )
    query = _VIEW.add_columns(*extra).where(
        PETITIONS.c.filing_number == checked_number(filing_number),
        WORK_ITEMS.c.task == task,
        not_excluded(person),
    )
    with office.read() as connection:
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound(_NO_SUCH_TASK)
        case = read_case(connection, filing_number, task=task, reader=person)
        if case.withheld and not openings(case):
            raise NotFound(_NO_SUCH_TASK)
        if case.item is not None:
            check_item(case)
        definition = office.definitions.get(case.bundle)
        form = definition.forms.get(row["form"]) if row["form"] else None
        own = own_clocks(office, connection, [row])
        options = live_options(connection, office.entity(), case.id, option_sources(form))
        if case.matter_count and "kinds" in options:
            options["kinds"] = ((case.kind.value, KIND_LABELS[case.kind]),)
    seen = door.inspect(definition, case.state, now=office.now())
    return WorkItemDetail(
        view=_view(office, row, own),
        form=form,
        facts=seen.facts,
        draft=orjson.loads(row["draft"]) if row["draft"] else {},
        body=row["body"],
        distribution_note=row["distribution_note"],
        answer_text=row["answer_text"],
        version=row["version"],
        options=options,
        why_not=why_not(case, form),
    )


def _for_person(person: Person) -> sa.ColumnElement[bool]:
    """Tasks for the person in any of their posts, where nobody by whom the post came is kept apart."""
    own, *others = person.posts
    ways = [_for_post(own)]
    ways += [
        sa.and_(_for_post(post), _not_anothers(post), open_post(person, post, PETITIONS.c.id))
        for post in others
    ]
    return sa.and_(sa.or_(*ways), not_excluded(person))


def _not_anothers(post: Person) -> sa.ColumnElement[bool]:
    """What is free or its owner's: a task that somebody took in their own post is that post's."""
    return sa.or_(WORK_ITEMS.c.assignee.is_(None), WORK_ITEMS.c.assignee == post.owner)


def _for_post(post: Person) -> sa.ColumnElement[bool]:
    """Tasks of the post's lanes and department, named for its owner, or theirs to do ad hoc."""
    item, lanes = WORK_ITEMS.c, post.lanes
    common = [lane.value for lane in lanes - LANES_OF_ONE_DEPARTMENT - {Lane.SIGNATORY}]
    departmental = [lane.value for lane in lanes & LANES_OF_ONE_DEPARTMENT]
    own = sa.select(STAND_INS.c.petition_id).where(STAND_INS.c.username == post.owner)
    that_task = sa.exists().where(
        STAND_INS.c.petition_id == item.petition_id,
        STAND_INS.c.username == post.owner,
        STAND_INS.c.lane == item.lane,
        sa.or_(STAND_INS.c.department.is_(None), STAND_INS.c.department == item.department),
    )
    ways = [item.only_for == post.owner, sa.and_(item.petition_id.in_(own), that_task)]
    if common:
        ways.append(item.lane.in_(common))
    if departmental:
        ways.append(sa.and_(item.lane.in_(departmental), item.department == post.department))
    return sa.or_(*ways)


def _day(value: str | int) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise Invalid("La página pedida no existe. Vuelva al comienzo de la lista.") from error


def _view(office: Office, row: sa.RowMapping, own: Mapping[tuple[int, int], OwnClock]) -> WorkItemView:
    stands = standing_of(office, row, PetitionStatus(row["petition_status"]))
    nature = Nature(row["nature"])
    clock = own.get((row["petition_id"], row["task"]))
    light = stands.light if nature is Nature.PETITION else None
    due_on, due_at = row["due_on"], row["due_at"]
    if clock is not None:
        due_on, due_at = clock.due_on or due_on, clock.due_at
        light = light_by(office, clock.due_on, clock.due_at)
    return WorkItemView(
        filing_number=row["filing_number"],
        task=row["task"],
        element=row["element"],
        name=row["name"],
        lane=Lane(row["lane"]).value,
        department=row["department"],
        department_name=row["department_name"],
        assignee=row["assignee"],
        assignee_name=row["assignee_name"],
        created_at=row["created_at"],
        petition_subject=row["subject"],
        kind=PetitionKind(row["kind"]),
        nature=nature,
        due_on=due_on,
        target_on=stands.target_on if clock is None else due_on,
        due_at=due_at,
        due_status=light,
        duty=None if clock is None else clock.duty,
        presses=clock is not None and clock.due_on is None,
        priority=row["priority"],
        status=WorkItemStatus(row["status"]),
    )
