"""The workbench: what waits for a person, taken, given back, drafted, completed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import orjson
import sqlalchemy as sa

from processes.common.audit import INSERT_EVENTS, Act, chain
from processes.common.calendar import BOGOTA
from processes.common.errors import Conflict, Invalid, NotFound
from processes.directory.people import Person, full_names
from processes.directory.roles import LANES_WITHIN_A_DEPARTMENT, Lane
from processes.engine import door
from processes.engine.forms import Submission, inputs, validate_submission
from processes.engine.model import Fact, OpenTask
from processes.petitions.access import takes_away
from processes.petitions.answer_files import keep_task_files
from processes.petitions.arrival import with_suggestion
from processes.petitions.case import Case, Item, StaleCase, guard, in_one_transaction, read_case
from processes.petitions.following import file_what_follows
from processes.petitions.form import StoredFile
from processes.petitions.live_options import live_options, option_sources
from processes.petitions.notes import notes_of
from processes.petitions.office import Office
from processes.petitions.status import PetitionStatus
from processes.petitions.step import Step
from processes.petitions.step_writing import Completion
from processes.petitions.tables import WORK_ITEMS, WorkItemStatus
from processes.petitions.task_access import Form, check_hand, check_item, openings
from processes.petitions.telling import finish_step

MAX_DRAFT = 60_000
_TAKEN_UP: Mapping[PetitionStatus, frozenset[Lane]] = MappingProxyType(
    {
        PetitionStatus.ASSIGNED: LANES_WITHIN_A_DEPARTMENT,
        # A draft that came back is worked on again; its review waits for the signature.
        PetitionStatus.AWAITING_SIGNATURE: frozenset({Lane.DEPARTMENT}),
    }
)
"""Lanes whose task, once taken, says that the petition is worked on."""

_SET_OPEN_ITEM = sa.update(WORK_ITEMS).where(
    WORK_ITEMS.c.petition_id == sa.bindparam("case_id"),
    WORK_ITEMS.c.task == sa.bindparam("read_task"),
    WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
    WORK_ITEMS.c.assignee.is_not_distinct_from(sa.bindparam("read_assignee", type_=sa.String)),
)


@dataclass(frozen=True, slots=True)
class Completed:
    """What a completed task led to: the petition's state and the tasks that wait now."""

    filing_number: str
    status: PetitionStatus
    next_tasks: tuple[OpenTask, ...]


def claim(office: Office, person: Person, filing_number: str, task: int) -> None:
    """Take a free task, or one of somebody who left the entity; one's own again changes nothing.

    Raises Conflict when it is another's, and Forbidden for one who had a hand in what it verifies.
    """

    def act(connection: sa.Connection) -> None:
        case, item = _open_item(connection, person, filing_number, task)
        if item.assignee is not None and _is_theirs(case, item):
            return
        if item.holder is not None:
            raise Conflict(f"Esta tarea la tiene {_name(connection, item.holder)}.")
        by = check_hand(case, _form_of(office, case, item))
        changes: dict[str, object] = {}
        if item.lane in _TAKEN_UP.get(case.status, ()):
            changes["status"] = PetitionStatus.IN_PROGRESS.value
        _journal(connection, case, _item_act("task_claimed", by, item), office.now(), changes=changes)
        _set_item(connection, case, item, assignee=by.owner)

    in_one_transaction(office, act)


def release(office: Office, person: Person, filing_number: str, task: int) -> None:
    """Give a task back; its draft stays for whoever takes it next.

    One's own; the head of its department and the head of citizen service give back another's too.
    Raises Conflict when it is another's.
    """

    def act(connection: sa.Connection) -> None:
        case, item = _open_item(connection, person, filing_number, task, watching=True)
        if item.assignee is None:
            return
        by = _taking_away(case, item)
        if by is None or _is_theirs(case, item):
            _own(connection, case, item)
            by = openings(case)[0].post
        _journal(connection, case, _item_act("task_released", by, item), office.now(), changes={})
        _set_item(connection, case, item, assignee=None)

    in_one_transaction(office, act)


def save_draft(
    office: Office, person: Person, filing_number: str, task: int, values: Mapping[str, object]
) -> None:
    """Keep what is typed so far, as it is. Raises Conflict when the task is another's, Invalid over 60 kB."""
    draft = orjson.dumps(dict(values)).decode()
    if len(draft) > MAX_DRAFT:
        raise Invalid("El borrador es demasiado largo para guardarse. Adjunte el texto como archivo.")

    def act(connection: sa.Connection) -> None:
        case, item = _open_item(connection, person, filing_number, task)
        _own(connection, case, item)
        _set_item(connection, case, item, draft=draft)

    in_one_transaction(office, act)


def complete(
    office: Office,
    person: Person,
    filing_number: str,
    task: int,
    values: Mapping[str, object],
    *,
    files: tuple[StoredFile, ...] = (),
) -> Completed:
    """Complete a task with its form's fields; the petition advances and all of it is kept, or none.

    A free task counts as taken by whoever completes it. Raises Conflict when it is another's or
    already done (saying by whom and when), Invalid with a sentence for each wrong field, Forbidden.
    """

    def act(connection: sa.Connection) -> Completed:
        now = office.now()
        case, item = _open_item(connection, person, filing_number, task)
        if item.holder is not None:
            _own(connection, case, item)
        definition = office.definitions.get(case.bundle)
        form = definition.forms[item.form] if item.form else None
        by = check_hand(case, form)
        facts: Mapping[str, Fact] = {}
        step = Step(connection, case, office.entity(), office.settings.public_url, by.actor, now)
        step.signer = by
        step.files, step.task = files, task
        if form is not None:
            submission = _submission(step, form, values, files)
            facts = with_suggestion(submission.facts, step.entity, definition.facts)
            step.values = submission.intents
            step.notes.extend(notes_of(form, submission))
            step.changes.update(_columns(form, submission))
            if step.changes.get("answer_text", case.answer_text) != case.answer_text:
                step.changes["author"] = person.username
        step.record(
            "task_completed",
            task=task,
            element=item.element,
            name=item.name,
            facts=dict(facts),
            texts=sorted(step.changes),
            files=len(files),
        )
        advance = door.complete(
            definition, case.state, task=task, facts=facts, now=now, calendar=step.entity.calendar
        )
        advance = finish_step(office, step, advance, Completion(task, by.username, by.owner))
        keep_task_files(step)
        file_what_follows(office, step)
        status = PetitionStatus(str(step.changes.get("status", case.status)))
        return Completed(filing_number, status, advance.open_tasks)

    completed = in_one_transaction(office, act)
    office.after_commit()
    return completed


def _form_of(office: Office, case: Case, item: Item) -> Form | None:
    return office.definitions.get(case.bundle).forms[item.form] if item.form else None


def _submission(
    step: Step, form: Form, values: Mapping[str, object], files: tuple[StoredFile, ...]
) -> Submission:
    """The fields of `form`, checked against what may be chosen today."""
    pickers = file_fields(form)
    if files and not pickers:
        raise Invalid("Esta tarea no recibe archivos.", {"files": "Esta tarea no recibe archivos."})
    given = {**values, **{key: [file.name for file in files] for key in pickers}}
    sources = option_sources(form)
    choices = live_options(step.connection, step.entity, step.case.id, sources - {"departments"})
    options: dict[str, Collection[str]] = {
        source: [value for value, _ in offered] for source, offered in choices.items()
    }
    if "departments" in sources:
        options["departments"] = step.department_names  # which the step reads once
    return validate_submission(form, given, options=options)


def file_fields(form: Form) -> tuple[str, ...]:
    """The fields of `form` that take files."""
    return tuple(field["key"] for field in inputs(form) if field["type"] == "filepicker")


def _columns(form: Form, submission: Submission) -> dict[str, object]:
    """Texts for the petition's columns; the names of files have rows of their own. Lists become JSON."""
    pickers = file_fields(form)
    texts = {name: value for name, value in submission.columns.items() if name not in pickers}
    return {
        name: value if isinstance(value, str) else "" if value is None else orjson.dumps(value).decode()
        for name, value in texts.items()
    }


def _open_item(
    connection: sa.Connection, person: Person, filing_number: str, task: int, *, watching: bool = False
) -> tuple[Case, Item]:
    """The case and its open task; `watching` lets in those who may take it away from somebody."""
    case = read_case(connection, filing_number, task=task, reader=person)
    if case.item is None:
        raise NotFound("Esa tarea no existe. Vuelva a su bandeja.")
    if not (watching and _taking_away(case, case.item)):
        check_item(case)
    if case.item.status is not WorkItemStatus.OPEN:
        raise Conflict(_already(connection, case.item))
    return case, case.item


def _already(connection: sa.Connection, item: Item) -> str:
    when = "" if item.closed_at is None else f" el {item.closed_at.astimezone(BOGOTA):%d/%m/%Y a las %H:%M}"
    if item.status is WorkItemStatus.CANCELLED:
        return f"El procedimiento retiró esta tarea{when}; ya no hay que hacerla."
    who = "otra persona" if item.closed_by is None else _name(connection, item.closed_by)
    return f"{who} ya completó esta tarea{when}. Lo que usted escribió sigue aquí para que lo copie."


def _own(connection: sa.Connection, case: Case, item: Item) -> None:
    if item.assignee is None:
        raise Conflict("Tome la tarea antes de trabajar en ella.")
    if not _is_theirs(case, item):
        raise Conflict(f"Esta tarea la tiene {_name(connection, item.assignee)}.")


def _is_theirs(case: Case, item: Item) -> bool:
    """Whether the reader holds the task, or is in the place of whoever does."""
    return any(hand.post.owner == item.assignee for hand in openings(case))


def _taking_away(case: Case, item: Item) -> Person | None:
    """The reader in a post that takes the task away from whoever holds it."""
    return next((hand.post for hand in case.hands if takes_away(hand.post, item.department)), None)


def _name(connection: sa.Connection, username: str) -> str:
    return full_names(connection, {username}).get(username, username)


def _journal(
    connection: sa.Connection, case: Case, act: Act, now: datetime, *, changes: Mapping[str, object]
) -> None:
    rows, head = chain(case.filing_number, case.head, [act], now)
    guard(connection, case, {**changes, "audit_seq": head.seq, "audit_hash": head.hash})
    connection.execute(INSERT_EVENTS, rows)


def _item_act(name: str, by: Person, item: Item) -> Act:
    return Act(name, by.actor, {"task": item.task, "element": item.element, "name": item.name})


def _set_item(connection: sa.Connection, case: Case, item: Item, **values: object) -> None:
    """Change an open item that is still as it was read. Raises StaleCase."""
    keys = {"case_id": case.id, "read_task": item.task, "read_assignee": item.assignee}
    if connection.execute(_SET_OPEN_ITEM, {**keys, **values}).rowcount != 1:
        raise StaleCase
