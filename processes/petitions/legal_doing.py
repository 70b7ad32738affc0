"""A legal act carried out in one transaction, whoever does it: checked by the law, then written."""

from dataclasses import dataclass, replace
from functools import partial

import sqlalchemy as sa

from processes.common.audit import Actor
from processes.common.outbox import MessageChannel
from processes.directory.people import Person
from processes.petitions.abandoned import warn_of_abandoned
from processes.petitions.attachments import attachment_rows
from processes.petitions.case import Case
from processes.petitions.legal_act import LegalAct, LegalOutcome, event_of_act, moved_clocks
from processes.petitions.legal_moving import Moved, check_new_kind, put_act
from processes.petitions.legal_reading import read_reckoning, reckonable
from processes.petitions.legal_refusal import refuse_all
from processes.petitions.legal_rows import insert_event
from processes.petitions.legal_writing import write_moved
from processes.petitions.office import Office
from processes.petitions.reassignment import choose_department, hand_over_tasks
from processes.petitions.status import ENDED
from processes.petitions.step import Step
from processes.petitions.tables import ATTACHMENTS
from processes.terms.acting import move
from processes.terms.events import LegalEventKind
from processes.terms.response import explain_response

INTERNAL, INCOMING = "internal", "incoming"


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts, as the journal names them and as a person; `files` is the direction of theirs."""

    actor: Actor
    person: Person | None
    files: str = INTERNAL


def do_act(
    office: Office, connection: sa.Connection, case: Case, given: LegalAct, doer: Doer
) -> LegalOutcome:
    """`given` on `case`, in the caller's transaction, by somebody who may do it.

    Raises RefusedAct, Invalid, Conflict, and StaleCase when another act came first.
    """
    entity = office.entity()
    step = Step(connection, case, entity, office.settings.public_url, doer.actor, office.now())
    step.signer = doer.person
    moved = put_act(step, given)
    step.later.append(partial(insert_event, step, moved.row))
    _keep_files(step, moved.act, doer)
    _write(office, step, moved)
    ways = {envelope.channel for envelope in step.envelopes if envelope.key.endswith("/citizen")}
    return LegalOutcome(
        filing_number=case.filing_number,
        status=step.status,
        term_state=step.term_state,
        due_on_before=case.due_on,
        due_on=step.due_on,
        due_at=moved.after.due_at,
        explanation=None if step.status in ENDED else explain_response(moved.after),
        citizen_told=MessageChannel.EMAIL in ways,
        told_on_paper=MessageChannel.PAPER in ways,
        answered=moved.answers,
        clocks=moved_clocks(moved.before, moved.after),
    )


def check_reclassification(office: Office, connection: sa.Connection, case: Case, act: LegalAct) -> None:
    """Whether a change of kind could be done today if it were approved. Raises what `do_act` raises."""
    entity, now = office.entity(), office.now()
    before = read_reckoning(connection, reckonable(case), entity.calendar, entity.after_hours)
    move(before, replace(event_of_act(act, at=now, approver=None), approved=True))
    check_new_kind(case, entity, act)


def _write(office: Office, step: Step, moved: Moved) -> None:
    if moved.answers:
        refuse_all(office, step, moved.event, act_number=moved.act.act_number)
    elif moved.act.kind is LegalEventKind.REASSIGNED and moved.act.department is not None:
        choose_department(step, moved.act.department)
        write_moved(office, step, moved.after, moved.event)
        hand_over_tasks(step)
        if step.case.somebody_is_apart:
            definition = office.definitions.get(step.case.bundle)
            warn_of_abandoned(step.connection, definition, step.case.id, step.case.author, now=step.now)
    else:
        write_moved(office, step, moved.after, moved.event)


def _keep_files(step: Step, act: LegalAct, doer: Doer) -> None:
    if act.files:
        rows = attachment_rows(
            act.files,
            petition_id=step.case.id,
            after=step.case.attachments,
            direction=doer.files,
            actor=doer.actor,
            now=step.now,
        )
        step.later.append(partial(step.connection.execute, sa.insert(ATTACHMENTS), rows))
