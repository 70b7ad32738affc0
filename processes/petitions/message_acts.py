"""What those who watch over the messages do with one: send it again, on paper, or note that it came back."""

from collections.abc import Mapping

import sqlalchemy as sa

from processes.common.audit import OFFICE, Act, record_office_act
from processes.common.errors import Conflict, Invalid
from processes.common.outbox import MESSAGES, ON_PAPER, MessageChannel, MessageStatus
from processes.common.text import clean_line
from processes.directory.people import Person
from processes.petitions.access import WATCHERS, acting, require_role
from processes.petitions.beside import write_beside
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.messages import found_message, may_bounce, may_go_on_paper
from processes.petitions.office import Office
from processes.petitions.reserved_letters import tell_custodians
from processes.petitions.step import Step

_LONGEST_REASON = 300


def send_again(office: Office, person: Person, number: int) -> None:
    """Let a message that was given up wait to be sent as if it were new, under its first Message-ID.

    The act goes to the journal of the petition, or of the office. Raises Forbidden, NotFound, and Conflict
    for a message that was not given up.
    """
    require_role(person, *WATCHERS)

    def act(connection: sa.Connection) -> None:
        row = found_message(connection, person, number)
        on_paper = row["channel"] == MessageChannel.PAPER
        waits = MessageStatus.AT_DESK if on_paper else MessageStatus.PENDING
        _revive(connection, number, {"status": waits.value})
        _record(office, connection, person, row, "message_sent_again", waits_on_paper=on_paper)

    in_one_transaction(office, act)
    office.after_commit()


def send_on_paper(office: Office, person: Person, number: int) -> None:
    """Let the front desk hand over on paper what could not be mailed to a citizen.

    The act goes to the petition's journal. Raises Forbidden, NotFound, and Conflict for what was not
    given up, is not for a citizen, or has a way of its own on paper: an answer, and an act of the law that
    was undone when its notice came back.
    """
    require_role(person, *WATCHERS)

    def act(connection: sa.Connection) -> None:
        row = found_message(connection, person, number)
        if not may_go_on_paper(row):
            raise Conflict("Ese mensaje no se entrega así: mire en la petición qué se hace con él.")
        paper = {"channel": MessageChannel.PAPER.value, "recipient": ON_PAPER}
        _revive(connection, number, {**paper, "status": MessageStatus.AT_DESK.value})
        _record(office, connection, person, row, "message_put_on_paper", waits_on_paper=True)

    in_one_transaction(office, act)


def note_bounce(office: Office, person: Person, number: int, *, reason: str) -> None:
    """Note that a mail to a citizen came back after it had left, and why: it did not arrive.

    The act goes to the petition's journal. Raises Forbidden, NotFound, Invalid without a reason, and
    Conflict for what did not leave by mail to a citizen, or for an answer and an act of the law: that they
    came back is an act of its own.
    """
    require_role(person, *WATCHERS)
    why = clean_line(reason, field="reason", max_length=_LONGEST_REASON)
    if not why:
        problem = "Escriba qué dice el correo que volvió."
        raise Invalid(problem, {"reason": problem})

    def act(connection: sa.Connection) -> None:
        row = found_message(connection, person, number)
        if not may_bounce(row):
            raise Conflict("De ese mensaje no se anota así: mire en las actuaciones de la petición.")
        came_back = {"status": MessageStatus.GIVEN_UP.value, "last_error": f"Volvió: {why}"}
        connection.execute(sa.update(MESSAGES).where(MESSAGES.c.id == number).values(came_back))
        _record(office, connection, person, row, "message_bounced")

    in_one_transaction(office, act)


def _revive(connection: sa.Connection, number: int, values: Mapping[str, object]) -> None:
    given_up = sa.and_(MESSAGES.c.id == number, MESSAGES.c.status == MessageStatus.GIVEN_UP.value)
    waiting = {**values, "attempts": 0, "next_attempt_at": None}
    if connection.execute(sa.update(MESSAGES).where(given_up).values(waiting)).rowcount != 1:
        raise Conflict("Ese mensaje ya se envió o está por enviarse. Actualice la página.")


def _record(
    office: Office,
    connection: sa.Connection,
    person: Person,
    row: sa.RowMapping,
    name: str,
    *,
    waits_on_paper: bool = False,
) -> None:
    """What was done with a message, in the journal that it belongs to.

    One that now `waits_on_paper` for a reserved identity is told to its custodian.
    """
    detail, now = {"message": row["id"], "template": row["template"]}, office.now()
    if row["stream"] == OFFICE:
        by = require_role(person, *WATCHERS)
        record_office_act(connection, Act(name, by.actor, detail), at=now)
        return
    case = read_case(connection, row["stream"], reader=person)
    by = acting(case, *WATCHERS)
    step = Step(connection, case, office.entity(), office.settings.public_url, by.actor, now)
    step.record(name, **detail)
    if waits_on_paper and case.reserved_identity:
        tell_custodians(step, f"{case.filing_number}/{case.version}/{row['id']}")
    write_beside(step)
