"""The citizen sends something more: a question, a datum, a document. It moves no term."""

import sqlalchemy as sa

from processes.common.audit import CITIZEN
from processes.common.errors import Conflict, Invalid
from processes.common.text import clean_text
from processes.directory.people import Person
from processes.petitions.access import acting, require_role
from processes.petitions.attachments import attachment_rows
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.desk import RECEPTIONISTS
from processes.petitions.form import StoredFile
from processes.petitions.legal_doing import INCOMING
from processes.petitions.office import Office
from processes.petitions.signals import Signal
from processes.petitions.status import ENDED
from processes.petitions.step import Step
from processes.petitions.tables import ATTACHMENTS
from processes.petitions.telling import tell_case
from processes.petitions.tracking import check_code

MAX_TEXT = 5_000
TOPIC = "citizen_added"
_ENDED = "Este trámite ya terminó. Si necesita algo más, radique otra petición y escriba el número de esta."


def add_to_petition(
    office: Office,
    filing_number: str,
    tracking_code: str,
    *,
    text: str = "",
    files: tuple[StoredFile, ...] = (),
) -> None:
    """Keep what the citizen adds, and tell the case, whose people read it.

    A wrong number and a wrong code raise the same NotFound; Invalid when nothing is said, and Conflict
    once the petition has ended.
    """
    words = _checked(text, files)

    def act(connection: sa.Connection) -> None:
        case = read_case(connection, check_code(connection, filing_number, tracking_code))
        _add(
            office, Step(connection, case, office.entity(), _url(office), CITIZEN, office.now()), words, files
        )

    in_one_transaction(office, act)
    office.after_commit()


def add_for_citizen(
    office: Office, person: Person, filing_number: str, *, text: str, files: tuple[StoredFile, ...] = ()
) -> None:
    """The same, noted by the front desk: what the citizen says, hands in or sends by post.

    Raises Forbidden, NotFound, Invalid, Conflict.
    """
    require_role(person, *RECEPTIONISTS)
    words = _checked(text, files)

    def act(connection: sa.Connection) -> None:
        case = read_case(connection, filing_number, reader=person)
        by = acting(case, *RECEPTIONISTS)
        step = Step(connection, case, office.entity(), _url(office), by.actor, office.now())
        _add(office, step, words, files)

    in_one_transaction(office, act)
    office.after_commit()


def _checked(text: str, files: tuple[StoredFile, ...]) -> str:
    words = clean_text(text, field="text", max_length=MAX_TEXT)
    if not words and not files:
        problem = "Escríbalo con sus palabras o adjunte un archivo."
        raise Invalid(problem, {"text": problem})
    return words


def _add(office: Office, step: Step, words: str, files: tuple[StoredFile, ...]) -> None:
    if step.case.status in ENDED:
        raise Conflict(_ENDED)
    step.record("citizen_added", files=[file.sha256 for file in files])
    if words:
        step.add_note(TOPIC, "Lo que agregó quien presentó la petición", words)
    if files:
        step.later.append(lambda: _keep(step, files))
    tell_case(office, step, Signal.CITIZEN_ADDED)


def _url(office: Office) -> str:
    return office.settings.public_url


def _keep(step: Step, files: tuple[StoredFile, ...]) -> None:
    rows = attachment_rows(
        files,
        petition_id=step.case.id,
        after=step.case.attachments,
        direction=INCOMING,
        actor=step.actor,
        now=step.now,
    )
    step.connection.execute(sa.insert(ATTACHMENTS), rows)
