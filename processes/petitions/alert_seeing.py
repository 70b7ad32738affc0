"""Alerts of the ladder that somebody has seen: the same rung does not tell them again; the next one does.

A petition whose answer did not solve it climbs a new ladder, and so does one that an act gave another term:
nobody has seen the rungs that warn of the new date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import orjson
import sqlalchemy as sa

from notifications.messages import Escalation
from processes.common.audit import INSERT_EVENTS, Act, chain
from processes.common.errors import Conflict, Forbidden
from processes.common.outbox import MESSAGES
from processes.directory.people import Contact, Person
from processes.petitions.access import check_may_read
from processes.petitions.alert_tables import ALERT_ACKNOWLEDGEMENTS
from processes.petitions.case import Case, guard, in_one_transaction, read_case
from processes.petitions.legal_tables import LEGAL_EVENTS
from processes.petitions.office import Office
from processes.petitions.step import Step
from processes.terms.events import LegalEventKind

_SEEN = sa.select(ALERT_ACKNOWLEDGEMENTS.c.rung, ALERT_ACKNOWLEDGEMENTS.c.username).where(
    ALERT_ACKNOWLEDGEMENTS.c.petition_id == sa.bindparam("case_id")
)
_TOLD = (
    sa.select(MESSAGES.c.context, MESSAGES.c.created_at)
    .where(
        MESSAGES.c.stream == sa.bindparam("filing_number"),
        MESSAGES.c.template == Escalation.template,
        MESSAGES.c.person == sa.bindparam("username"),
    )
    .order_by(MESSAGES.c.id)
)
_NEW_LADDER = "/again"
_NEW_TERM = frozenset(
    {
        LegalEventKind.CLARIFIED,
        LegalEventKind.COMPLETED,
        LegalEventKind.CONTINUED_EX_OFFICIO,
        LegalEventKind.EXTENSION_TOLD,
        LegalEventKind.RECLASSIFIED,
    }
)
"""Acts after which the answer is due by another term. A change of the calendar moves the same one."""

_NEW_TERMS = (
    sa.select(sa.func.count())
    .select_from(LEGAL_EVENTS)
    .where(
        LEGAL_EVENTS.c.petition_id == sa.bindparam("case_id"),
        LEGAL_EVENTS.c.kind.in_(sorted(kind.value for kind in _NEW_TERM)),
    )
)
_NOT_TOLD = "De esta petición no le ha llegado ningún aviso de vencimiento."


@dataclass(frozen=True, slots=True)
class ToldAlert:
    """A rung that told somebody: when it last did, and whether they said that they have seen it.

    `rung` ends in "/again" on the ladder of what is worked on again after its answer, and in a number on
    those of the terms that followed the first.
    """

    rung: str
    told_at: datetime
    seen: bool


def new_terms(step: Step) -> int:
    """How many acts gave the petition another term; one without legal acts costs no statement."""
    if not step.case.legal_seq:
        return 0
    return step.connection.scalar(_NEW_TERMS, {"case_id": step.case.id}) or 0


def not_yet_seen(
    step: Step, alert: Escalation, people: Iterable[Contact]
) -> tuple[list[Contact], list[Contact]]:
    """Of `people` those whom the rung of `alert` tells, and those who have seen it already."""
    told = list(people)
    if not step.case.alerts_seen:
        return told, []
    rung = _rung(alert.rung, alert.new_terms, came_back=alert.came_back)
    seen = set(step.connection.execute(_SEEN, {"case_id": step.case.id}).tuples())
    return (
        [each for each in told if (rung, each.username) not in seen],
        [each for each in told if (rung, each.username) in seen],
    )


def alerts_told(office: Office, person: Person, filing_number: str) -> tuple[ToldAlert, ...]:
    """The rungs by which `person` was told of a petition that they may read. Raises NotFound, Forbidden."""
    with office.read() as connection:
        case = read_case(connection, filing_number, reader=person)
        check_may_read(case)
        return _told(connection, case, person)


def acknowledge_alerts(office: Office, person: Person, filing_number: str) -> None:
    """Say that `person` has seen the alerts that told them of a petition: those do not come again.

    Raises NotFound; Forbidden for one whom none has told; Conflict when they had said so of each.
    """

    def act(connection: sa.Connection) -> None:
        case = read_case(connection, filing_number, reader=person)
        check_may_read(case)
        told, now = _told(connection, case, person), office.now()
        if not told:
            raise Forbidden(_NOT_TOLD)
        rungs = [each.rung for each in told if not each.seen]
        if not rungs:
            raise Conflict("Usted ya se había dado por enterado de los avisos de esta petición.")
        seeing = Act("alert_acknowledged", case.hands[0].post.actor, {"rungs": rungs})
        rows, head = chain(case.filing_number, case.head, [seeing], now)
        guard(connection, case, {"audit_seq": head.seq, "audit_hash": head.hash})
        connection.execute(INSERT_EVENTS, rows)
        seen = {"petition_id": case.id, "username": person.username, "acknowledged_at": now}
        connection.execute(sa.insert(ALERT_ACKNOWLEDGEMENTS), [{**seen, "rung": rung} for rung in rungs])

    in_one_transaction(office, act)


def _told(connection: sa.Connection, case: Case, person: Person) -> tuple[ToldAlert, ...]:
    this = {"filing_number": case.filing_number, "username": person.username}
    told = {
        _rung(
            letter.get("rung", ""), letter.get("new_terms", 0), came_back=letter.get("came_back", False)
        ): at
        for letter, at in (
            (orjson.loads(context), at) for context, at in connection.execute(_TOLD, this).tuples()
        )
    }
    seen = set(connection.execute(_SEEN, {"case_id": case.id}).tuples()) if case.alerts_seen else set()
    return tuple(ToldAlert(rung, at, (rung, person.username) in seen) for rung, at in told.items() if rung)


def _rung(name: str, new_terms: int, *, came_back: bool) -> str:
    if not name or not (came_back or new_terms):
        return name
    return f"{name}{_NEW_LADDER}" if came_back else f"{name}/{new_terms}"
