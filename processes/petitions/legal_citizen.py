"""What citizens do themselves with number and code: complete, ask for more time, insist, withdraw."""

import sqlalchemy as sa

from processes.common.audit import CITIZEN
from processes.common.errors import Invalid
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.form import StoredFile
from processes.petitions.legal_act import LegalAct, LegalOutcome
from processes.petitions.legal_doing import INCOMING, Doer, do_act
from processes.petitions.office import Office
from processes.petitions.tracking import check_code
from processes.terms.events import LegalEventKind
from processes.terms.moves import MOVES, Actor

CITIZEN_ACTS: tuple[LegalEventKind, ...] = (
    LegalEventKind.COMPLETED,
    LegalEventKind.COMPLETION_EXTENSION_ASKED,
    LegalEventKind.CLARIFIED,
    LegalEventKind.WITHDRAWN,
    LegalEventKind.INSISTED,
    LegalEventKind.APPEALED,
)
"""Acts of the citizen that the tracking page offers."""

_WITH_WORDS = frozenset(CITIZEN_ACTS) - {LegalEventKind.COMPLETION_EXTENSION_ASKED, LegalEventKind.WITHDRAWN}
"""Acts that say nothing without words or a file; to withdraw, or to ask for time, needs no reason."""


def record_citizen_act(
    office: Office,
    filing_number: str,
    tracking_code: str,
    *,
    kind: LegalEventKind,
    text: str = "",
    files: tuple[StoredFile, ...] = (),
) -> LegalOutcome:
    """Do an act of `CITIZEN_ACTS`, now, with the citizen's own words.

    A wrong number and a wrong code raise the same NotFound. Raises RefusedAct with the rule and what to
    do, and Invalid for an act that says nothing, or another kind of act.
    """
    if kind not in CITIZEN_ACTS or Actor.CITIZEN not in MOVES[kind].actors:
        raise Invalid("Esa acción no se puede hacer desde la página de consulta.")
    if kind in _WITH_WORDS and not text.strip() and not files:
        problem = "Escríbalo con sus palabras o adjunte un archivo."
        raise Invalid(problem, {"text": problem})

    def do(connection: sa.Connection) -> LegalOutcome:
        number = check_code(connection, filing_number, tracking_code)
        act = LegalAct(kind=kind, reason=text, files=files)
        return do_act(office, connection, read_case(connection, number), act, Doer(CITIZEN, None, INCOMING))

    outcome = in_one_transaction(office, do)
    office.after_commit()
    return outcome
