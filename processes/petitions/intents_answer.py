"""Intents about the answer: its number, and what may no longer be denied."""

from hashlib import sha256

from processes.common.errors import Conflict, Invalid
from processes.engine.model import Advance, Intent
from processes.petitions.numbers import filing_year, format_number, take_number
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.step import Step
from processes.petitions.tables import Series
from processes.terms.clock import end_of_term
from processes.terms.kinds import PetitionKind

_DENIED = "denied"
_GRANTED_BY_SILENCE = frozenset({PetitionKind.INFORMATION_REQUEST, PetitionKind.DOCUMENT_REQUEST})


def check_may_refuse(step: Step, advance: Advance) -> None:
    """After its term an unanswered request of information or documents counts as granted (CPACA 14.1)."""
    late = step.now >= end_of_term(step.due_on) and step.term_state is not TermState.SUSPENDED
    if advance.facts.get("outcome") == _DENIED and step.kind in _GRANTED_BY_SILENCE and late:
        reason = (
            "El término pasó sin respuesta: la solicitud se entiende aceptada y ya no se puede negar; las "
            "copias se entregan en los tres días siguientes (Ley 1437 de 2011, artículo 14, numeral 1). Si "
            "tiene datos de terceros o reservados, consulte primero a la Oficina Jurídica."
        )
        raise Invalid(reason, {"outcome": reason})


def send_answer(step: Step, _intent: Intent) -> None:
    """Give the answer its outgoing number. Its delivery is a message of its own (`notify`)."""
    if step.changes.get("outgoing_number", step.case.outgoing_number) is not None:
        raise Conflict("Esta petición ya tiene una respuesta enviada. Avise al administrador.")
    year = filing_year(step.now)
    number = format_number(Series.OUTGOING, year, take_number(step.connection, Series.OUTGOING, year))
    step.changes |= {"outgoing_number": number, "sent_at": step.now}
    step.move_to(PetitionStatus.SENT)
    text = str(step.changes.get("answer_text", step.case.answer_text))
    step.record(
        "answer_sent",
        outgoing_number=number,
        text_sha256=sha256(text.encode()).hexdigest(),
        files=[file.sha256 for file in step.files],
    )
