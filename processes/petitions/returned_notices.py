"""Notices that the mail could not deliver: the act that they told of did not move the clock."""

import sqlalchemy as sa
import structlog

from processes.common.audit import CLOCK
from processes.common.errors import Conflict, Invalid
from processes.common.outbox import MESSAGES, MessageStatus
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_doing import Doer, do_act
from processes.petitions.legal_tables import LEGAL_EVENTS
from processes.petitions.office import Office
from processes.petitions.status import TermState
from processes.petitions.tables import PETITIONS
from processes.terms.events import LegalEventKind

_log = structlog.get_logger(__name__)
_LATER = LEGAL_EVENTS.alias("later")
_RETURNED = (
    sa.select(PETITIONS.c.filing_number, LEGAL_EVENTS.c.kind)
    .join(LEGAL_EVENTS, LEGAL_EVENTS.c.petition_id == PETITIONS.c.id)
    .join(MESSAGES, MESSAGES.c.key == LEGAL_EVENTS.c.notice_key)
    .where(
        PETITIONS.c.term_state != TermState.RUNNING.value,
        MESSAGES.c.status == MessageStatus.GIVEN_UP.value,
        ~sa.exists().where(
            _LATER.c.petition_id == LEGAL_EVENTS.c.petition_id,
            _LATER.c.kind.in_([LEGAL_EVENTS.c.kind, LegalEventKind.NOTICE_RETURNED.value]),
            _LATER.c.seq > LEGAL_EVENTS.c.seq,
        ),
    )
    .order_by(PETITIONS.c.id, LEGAL_EVENTS.c.seq)
)


def record_returned_notices(office: Office) -> int:
    """Undo the effect of each request and extension whose letter could not be delivered; how many.

    One whose petition has gone on since (the citizen completed all the same, the answer left) stays as
    it is. A sweep that runs twice or at once changes nothing: the event is recorded once.
    """
    with office.read() as connection:
        returned = [(number, LegalEventKind(kind)) for number, kind in connection.execute(_RETURNED).tuples()]
    recorded = sum(_record(office, number, kind) for number, kind in returned)
    if recorded:
        office.after_commit()
    return recorded


def _record(office: Office, filing_number: str, of: LegalEventKind) -> bool:
    act = LegalAct(kind=LegalEventKind.NOTICE_RETURNED, of=of)

    def do(connection: sa.Connection) -> bool:
        case = read_case(connection, filing_number)
        this = sa.and_(PETITIONS.c.id == case.id, LEGAL_EVENTS.c.kind == of.value)
        if connection.execute(_RETURNED.where(this)).first() is None:
            return False  # another sweep was quicker
        do_act(office, connection, case, act, Doer(CLOCK, None))
        return True

    try:
        return in_one_transaction(office, do)
    except (Invalid, Conflict):
        _log.info("notice_returned_too_late", petition=filing_number, act=of.value)
        return False
