"""Who signs an answer, who may not verify it, and what a refusal leads to."""

from hashlib import sha256

import pytest
import sqlalchemy as sa

from processes.common.errors import Forbidden, Invalid
from processes.common.outbox import MESSAGES
from processes.directory.people import Person
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.excluding import name_complained_of
from processes.petitions.inbox import read_work_item
from processes.petitions.incidents import open_incidents
from processes.petitions.office import Office
from processes.petitions.people_file import read_people_file
from processes.petitions.people_tables import SIGNATURES, SignatureDecision
from processes.petitions.queries import read_petition
from processes.petitions.standing_in import designate_stand_in
from processes.petitions.status import PetitionStatus
from processes.petitions.work import claim, complete, release
from tests.builders.answers import ANSWERED, CLASSIFIED, deliver, do, elements
from tests.builders.level_three import TEXT, approve, drafting, send_to_review
from tests.builders.office import (
    CLERK,
    DEPARTMENT_HEAD,
    DIRECTOR,
    OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
)
from tests.builders.petitions import file_one, task_of

WHY_NOT = "Falta decir con qué presupuesto se hará la obra."
_REASON = "La queja trata de su conducta en la obra."


def _reviewed(office: Office, *signatories: Person) -> str:
    number = drafting(office).filing_number
    send_to_review(office, number)
    approve(office, number, *signatories)
    return number


def _status(office: Office, number: str) -> PetitionStatus:
    return read_petition(office, SERVICE_HEAD, number).row.status


def _signed(office: Office, number: str) -> list[tuple[str, SignatureDecision | None]]:
    return [(each.full_name, each.decision) for each in read_people_file(office, OFFICIAL, number).signatures]


def test_an_answer_that_nobody_else_signs_leaves_when_it_is_approved(whole_office: Office) -> None:
    number = _reviewed(whole_office)

    assert _status(whole_office, number) is PetitionStatus.SENT
    assert _signed(whole_office, number) == []


def test_each_who_is_named_signs_and_then_the_answer_leaves(whole_office: Office) -> None:
    number = _reviewed(whole_office, DIRECTOR, DEPARTMENT_HEAD)
    assert _status(whole_office, number) is PetitionStatus.AWAITING_SIGNATURE

    do(whole_office, DIRECTOR, number, "Sign", signature_refused=False)
    assert _status(whole_office, number) is PetitionStatus.AWAITING_SIGNATURE
    do(whole_office, DEPARTMENT_HEAD, number, "Sign", signature_refused=False)

    assert _status(whole_office, number) is PetitionStatus.SENT
    signed = SignatureDecision.SIGN
    assert _signed(whole_office, number) == [("Elena Cruz", signed), ("Diana Páez", signed)]
    with whole_office.read() as connection:
        prints = set(connection.scalars(sa.select(SIGNATURES.c.text_sha256)))
    assert prints == {sha256(TEXT.encode()).hexdigest()}


def test_a_signature_is_for_the_one_who_was_named_and_nobody_else(whole_office: Office) -> None:
    number = _reviewed(whole_office, DIRECTOR)
    task = task_of(whole_office, DIRECTOR, number)

    for other in (DEPARTMENT_HEAD, SERVICE_HEAD, OFFICIAL):
        assert elements(whole_office, other, number) == set()
        with pytest.raises(Forbidden, match="otro cargo"):
            complete(whole_office, other, number, task, {"signature_refused": False})
    claim(whole_office, DIRECTOR, number, task)
    release(whole_office, DIRECTOR, number, task)
    assert elements(whole_office, DIRECTOR, number) == {"Sign"}
    assert elements(whole_office, DEPARTMENT_HEAD, number) == set()


def test_whoever_is_named_from_another_department_reads_the_petition_and_is_told(
    whole_office: Office,
) -> None:
    with pytest.raises(Forbidden):
        read_petition(whole_office, STRANGER, drafting(whole_office).filing_number)

    number = _reviewed(whole_office, STRANGER)

    assert read_petition(whole_office, STRANGER, number).answer_text == TEXT
    query = sa.select(MESSAGES.c.recipient).where(MESSAGES.c.stream == number)
    with whole_office.read() as connection:
        assert "hugo@puertoclaro.example" in set(connection.scalars(query))


def test_one_who_does_not_sign_says_why_and_the_answer_is_a_draft_again(whole_office: Office) -> None:
    number = _reviewed(whole_office, DIRECTOR, STRANGER)

    with pytest.raises(Invalid):
        do(whole_office, DIRECTOR, number, "Sign", signature_refused=True, reason="")
    do(whole_office, DIRECTOR, number, "Sign", signature_refused=True, reason=WHY_NOT)

    assert _status(whole_office, number) is PetitionStatus.IN_PROGRESS
    assert elements(whole_office, STRANGER, number) == set()
    assert "Draft" in elements(whole_office, OFFICIAL, number)
    refused, withdrawn = read_people_file(whole_office, OFFICIAL, number).signatures
    assert (refused.decision, refused.reason, withdrawn.decision) == (SignatureDecision.REFUSE, WHY_NOT, None)


def test_after_a_refusal_a_new_round_of_signatures_counts(whole_office: Office) -> None:
    number = _reviewed(whole_office, DIRECTOR)
    do(whole_office, DIRECTOR, number, "Sign", signature_refused=True, reason=WHY_NOT)

    send_to_review(whole_office, number, text=f"{TEXT} Hay presupuesto: CDP 118.")
    approve(whole_office, number, DIRECTOR)
    do(whole_office, DIRECTOR, number, "Sign", signature_refused=False)

    assert _status(whole_office, number) is PetitionStatus.SENT
    decisions = [decision for _, decision in _signed(whole_office, number)]
    assert decisions == [SignatureDecision.REFUSE, SignatureDecision.SIGN]


def test_nobody_is_named_who_is_kept_apart_or_signs_nothing(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    name_complained_of(whole_office, CLERK, number, username="elena", reason=_REASON)
    send_to_review(whole_office, number)
    task = task_of(whole_office, DEPARTMENT_HEAD, number)

    offered = dict(read_work_item(whole_office, DEPARTMENT_HEAD, number, task).options["signatories"])

    assert offered["hugo"] == "Hugo Salas, Cargo de hugo, Secretaría de Hacienda"
    assert {"elena", "ana", "gina", "ines"}.isdisjoint(offered)
    with pytest.raises(Invalid) as refusal:
        approve(whole_office, number, DIRECTOR)
    assert set(refusal.value.fields) == {"signatories"}


def _to_verify(office: Office, clock: HandClock, number: str) -> int:
    """The answer arrives, the survey's time ends; the task of verifying."""
    deliver(office)
    for _ in range(4):
        clock.forward(days=7)
        advance_due_alerts(office)
    return task_of(office, SERVICE_HEAD, number)


def test_who_wrote_the_answer_does_not_verify_it(whole_office: Office, clock: HandClock) -> None:
    number = file_one(whole_office).filing_number
    do(whole_office, CLERK, number, "ConfirmClassification", **CLASSIFIED)
    do(whole_office, SERVICE_HEAD, number, "AnswerAtOnce", **ANSWERED)
    task = _to_verify(whole_office, clock, number)

    for act in (
        lambda: claim(whole_office, SERVICE_HEAD, number, task),
        lambda: complete(whole_office, SERVICE_HEAD, number, task, {"closing": "close"}),
    ):
        with pytest.raises(Forbidden, match="Usted escribió esta respuesta: la verifica otra persona"):
            act()

    detail = read_work_item(whole_office, SERVICE_HEAD, number, task)
    assert detail.why_not.startswith("Usted escribió esta respuesta")


def test_when_nobody_else_may_verify_somebody_is_named_who_may(
    whole_office: Office, clock: HandClock
) -> None:
    number = file_one(whole_office).filing_number
    do(whole_office, CLERK, number, "ConfirmClassification", **CLASSIFIED)
    do(whole_office, SERVICE_HEAD, number, "AnswerAtOnce", **ANSWERED)
    task = _to_verify(whole_office, clock, number)
    (incident,) = open_incidents(whole_office)
    assert "Nadie puede hacer «Verificar y cerrar»" in incident.message

    designate_stand_in(whole_office, DIRECTOR, number, username="hugo", instead_of="bea")

    assert open_incidents(whole_office) == ()
    complete(whole_office, STRANGER, number, task, {"closing": "close", "closing_checks": ["substantive"]})
    assert _status(whole_office, number) is PetitionStatus.CLOSED


def test_who_signed_the_answer_does_not_verify_it(whole_office: Office, clock: HandClock) -> None:
    number = _reviewed(whole_office, SERVICE_HEAD)
    do(whole_office, SERVICE_HEAD, number, "Sign", signature_refused=False)
    task = _to_verify(whole_office, clock, number)

    with pytest.raises(Forbidden, match="Usted firmó esta respuesta"):
        complete(whole_office, SERVICE_HEAD, number, task, {"closing": "close"})


def test_another_verifies_and_closes(whole_office: Office, clock: HandClock) -> None:
    number = _reviewed(whole_office, DIRECTOR)
    do(whole_office, DIRECTOR, number, "Sign", signature_refused=False)
    task = _to_verify(whole_office, clock, number)
    assert read_work_item(whole_office, SERVICE_HEAD, number, task).why_not == ""

    complete(
        whole_office, SERVICE_HEAD, number, task, {"closing": "close", "closing_checks": ["substantive"]}
    )

    assert _status(whole_office, number) is PetitionStatus.CLOSED
