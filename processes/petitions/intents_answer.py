"""The intent that sends an answer: its number, its row, and what may no longer be denied."""

from hashlib import sha256

import sqlalchemy as sa

from notifications.messages import Signatory
from processes.common.errors import Conflict, Invalid
from processes.directory.people import Person
from processes.directory.tables import PEOPLE
from processes.engine.model import Advance, Intent
from processes.petitions.answer_files import let_files_leave
from processes.petitions.answer_mail import add_answer
from processes.petitions.numbers import filing_year, format_number, take_number
from processes.petitions.people_tables import SIGNATURES, SignatureDecision
from processes.petitions.sent_answers import read_answers, signatures_as_text
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.step import Step
from processes.petitions.tables import Series
from processes.terms.clock import end_of_term
from processes.terms.kinds import PetitionKind

_ACTING = "(E)"
"""Encargado, as the entity's letters say it of whoever is in somebody's place."""

MOST_ANSWERS = 2
"""The first, and one complement after the citizen or the verifier found it wanting."""

_DENIED = "denied"
_GRANTED_BY_SILENCE = frozenset({PetitionKind.INFORMATION_REQUEST, PetitionKind.DOCUMENT_REQUEST})

_SAME = SIGNATURES.alias("same").c
_HAND = PEOPLE.alias("hand")
_SIGNED = (
    sa.select(
        SIGNATURES.c.signer,
        PEOPLE.c.full_name,
        PEOPLE.c.position,
        SIGNATURES.c.decided_by,
        _HAND.c.full_name.label("hand_name"),
    )
    .join(SIGNATURES, SIGNATURES.c.signer == PEOPLE.c.username)
    .outerjoin(_HAND, _HAND.c.username == SIGNATURES.c.decided_by)
    .where(
        SIGNATURES.c.petition_id == sa.bindparam("case_id"),
        SIGNATURES.c.decision.is_distinct_from(SignatureDecision.REFUSE.value),
        SIGNATURES.c.round
        == sa.select(sa.func.max(_SAME.round))
        .where(_SAME.petition_id == sa.bindparam("case_id"))
        .scalar_subquery(),
    )
    .order_by(SIGNATURES.c.seq)
)


def check_may_refuse(step: Step, advance: Advance) -> None:
    """After its term an unanswered request of information or documents counts as granted (CPACA 14.1).

    Whether it was unanswered then, its first answer says; a complement may come later.
    """
    answered_at = step.case.sent_at or step.now
    late = answered_at >= end_of_term(step.due_on) and step.term_state is not TermState.SUSPENDED
    if advance.facts.get("outcome") == _DENIED and step.kind in _GRANTED_BY_SILENCE and late:
        reason = (
            "El término pasó sin respuesta: la solicitud se entiende aceptada y ya no se puede negar; las "
            "copias se entregan en los tres días siguientes (Ley 1437 de 2011, artículo 14, numeral 1). Si "
            "tiene datos de terceros o reservados, consulte primero a la Oficina Jurídica."
        )
        raise Invalid(reason, {"outcome": reason})


def send_answer(step: Step, _intent: Intent) -> None:
    """Give the answer its outgoing number and its row. What carries it comes after (`notify`, a letter).

    Number and date of the petition are those of the first answer, which timeliness counts. Raises
    Invalid for an answer without text, and Conflict for a third one, or for a second that no review
    asked for.
    """
    text = str(step.changes.get("answer_text", step.case.answer_text))
    if not text:
        reason = "Escriba la respuesta antes de enviarla."
        raise Invalid(reason, {"answer_text": reason})
    seq = _next_seq(step)
    year = filing_year(step.now)
    number = format_number(Series.OUTGOING, year, take_number(step.connection, Series.OUTGOING, year))
    if seq == 1:
        step.changes |= {"outgoing_number": number, "sent_at": step.now}
    step.move_to(PetitionStatus.SENT)
    step.answer = _row(step, seq, number, text)
    step.later.append(lambda: add_answer(step))
    let_files_leave(step)
    step.record(
        "answer_sent" if seq == 1 else "answer_completed",
        outgoing_number=number,
        text_sha256=sha256(text.encode()).hexdigest(),
        files=[file.sha256 for file in step.files],
    )


def _next_seq(step: Step) -> int:
    if step.answer is not None:
        raise Conflict(
            "El procedimiento envía la respuesta dos veces en el mismo paso. Avise al administrador."
        )
    if step.case.outgoing_number is None:
        return 1
    answers = read_answers(step.connection, step.case.id)
    if len(answers) >= MOST_ANSWERS:
        raise Conflict(
            "Esta petición ya tiene una respuesta y un complemento. Si el ciudadano pide otra cosa, "
            "radíquela como una petición nueva; si no está de acuerdo, tramítelo como recurso."
        )
    return len(answers) + 1


def _row(step: Step, seq: int, number: str, text: str) -> dict[str, object]:
    return {
        "petition_id": step.case.id,
        "seq": seq,
        "outgoing_number": number,
        "text": text,
        "outcome": str(step.facts.get("outcome") or ""),
        "author": step.changes.get("author", step.case.author),
        "signed_by": signatures_as_text(_signatories(step)),
        "sent_at": step.now,
        "notice_key": None,
        "delivered_how": "",
        "delivered_to": "",
    }


def _signatories(step: Step) -> tuple[Signatory, ...]:
    """Whoever signed it, in the order in which they were named; without them, whoever let it leave.

    The last of them signs in this very step, so that a signature that is not refused counts.
    """
    if step.facts.get("signature_count"):
        rows = step.connection.execute(_SIGNED, {"case_id": step.case.id})
        return tuple(_signatory(step, row) for row in rows.mappings())
    person = step.signer
    return () if person is None else (_as_signatory(person),)


def _signatory(step: Step, row: sa.RowMapping) -> Signatory:
    """One who was named, or one in their place: whose hand it was, and that they are there for another."""
    hand, name, title = row["decided_by"], row["full_name"], row["position"]
    if hand is None and step.signer is not None and step.signer.owner == row["signer"]:
        return _as_signatory(step.signer)
    acting = hand not in {None, row["signer"]}
    return Signatory(row["hand_name"], f"{title} {_ACTING}") if acting else Signatory(name, title)


def _as_signatory(person: Person) -> Signatory:
    title = f"{person.position} {_ACTING}" if person.on_behalf_of else person.position
    return Signatory(person.full_name, title)
