"""The letter that carries an answer, when it leaves and when it leaves again."""

from notifications.messages import Answer, Letter, Signatory
from processes.common.errors import Conflict
from processes.petitions.answer_files import names_of_files
from processes.petitions.citizen_mail import letterhead
from processes.petitions.sent_answers import read_answers, signatures_of_text
from processes.petitions.step import Step
from processes.terms.kinds import PetitionKind


def answer_letter(step: Step) -> Letter:
    """The answer that leaves in this step, or the last one once more. Raises Conflict when there is none."""
    case = step.case
    number, text, signatories, complements = _answer(step)
    return Answer(
        letterhead=letterhead(step),
        petitioner_name=case.citizen_name or None,
        filing_number=case.filing_number,
        filed_on=case.filed_on,
        outgoing_number=number,
        text=text,
        attachments=names_of_files(step),
        is_consultation=step.kind is PetitionKind.CONSULTATION,
        signatories=signatories,
        complements=complements,
        department=step.department_name,
        tracking_url=f"{step.public_url}/consultar",
    )


def _answer(step: Step) -> tuple[str, str, tuple[Signatory, ...], str]:
    """Number, text and signatures, and the number that it completes."""
    row = step.answer
    if row is not None:
        earlier = "" if row["seq"] == 1 else str(step.case.outgoing_number)
        signed_by = signatures_of_text(str(row["signed_by"]))
        return str(row["outgoing_number"]), str(row["text"]), signed_by, earlier
    answers = read_answers(step.connection, step.case.id)
    if not answers:
        raise Conflict("Esta petición todavía no tiene una respuesta para enviar.")
    last = answers[-1]
    complements = answers[0].outgoing_number if len(answers) > 1 else ""
    return last.outgoing_number, last.text, last.signed_by, complements
