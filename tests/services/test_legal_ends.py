"""Acts that end a petition, or follow its end; those of judges, of silence, and of one matter among many."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.common.outbox import MESSAGES
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.filing import file_petition
from processes.petitions.form import NewPetition
from processes.petitions.inbox import list_work_items
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.legal_file import read_legal_file, read_tracked_clock
from processes.petitions.legal_reading import read_reckonings
from processes.petitions.matters import NewMatter, register_matters
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.tables import PETITIONS, Channel
from processes.petitions.tracking import track_petition
from processes.petitions.voiding import void_petition
from processes.petitions.work import claim, complete, save_draft
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, TermUnit
from processes.terms.refusals import RefusedAct
from processes.terms.targets import Target
from tests.builders.office import (
    CLERK,
    DEPARTMENT_HEAD,
    OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
)
from tests.builders.petitions import ANSWERED, answer, classify, distribute, file_one, task_of

REASONS = "Se explica en detalle por qué la entidad decide así en este caso."
WORDS = "Escribo para decirles esto con mis palabras."
LAWYER = Person("julia", "Julia Roa", frozenset({Role.LEGAL_OFFICE}))


def _at_work(office: Office, **changes: str) -> tuple[str, str]:
    receipt = file_one(office, **changes)
    classify(office, receipt.filing_number, kind=receipt.kind.value)
    distribute(office, receipt.filing_number)
    return receipt.filing_number, receipt.tracking_code


def _do(
    office: Office,
    person: Person,
    number: str,
    kind: LegalEventKind,
    **values: Any,  # noqa: ANN401 - each act brings its own
) -> PetitionStatus:
    act = replace(LegalAct(kind=kind, reason=REASONS), **values)
    return record_legal_act(office, person, number, act).status


def _number_of_letters(office: Office, event: LegalEventKind) -> int:
    with office.read() as connection:
        query = sa.select(MESSAGES.c.context).where(MESSAGES.c.template == "legal_notice")
        return sum(f'"event":"{event.value}"' in context for context in connection.scalars(query))


def _told(office: Office) -> list[str]:
    with office.read() as connection:
        query = sa.select(MESSAGES.c.recipient).where(MESSAGES.c.template == "citizen_acted")
        return list(connection.scalars(query))


def test_a_deemed_withdrawal_waits_for_the_citizens_month_and_needs_a_signed_act(
    office: Office, clock: HandClock
) -> None:
    number, _ = _at_work(office)
    _do(office, OFFICIAL, number, LegalEventKind.COMPLETION_REQUESTED)
    with pytest.raises(RefusedAct, match="17"):
        _do(office, DEPARTMENT_HEAD, number, LegalEventKind.DEEMED_WITHDRAWN, act_number="Auto 3")
    clock.forward(days=31)
    with pytest.raises(Forbidden):
        _do(office, OFFICIAL, number, LegalEventKind.DEEMED_WITHDRAWN, act_number="Auto 3")
    with pytest.raises(Invalid) as unsigned:
        _do(office, DEPARTMENT_HEAD, number, LegalEventKind.DEEMED_WITHDRAWN)
    assert "act_number" in unsigned.value.fields

    status = _do(office, DEPARTMENT_HEAD, number, LegalEventKind.DEEMED_WITHDRAWN, act_number="Auto 3")

    assert status is PetitionStatus.WITHDRAWN
    assert list_work_items(office, OFFICIAL).items == ()


def test_its_notification_opens_the_time_for_the_appeal(office: Office, clock: HandClock) -> None:
    number, code = _at_work(office)
    _do(office, OFFICIAL, number, LegalEventKind.COMPLETION_REQUESTED)
    clock.forward(days=31)
    _do(office, DEPARTMENT_HEAD, number, LegalEventKind.DEEMED_WITHDRAWN, act_number="Auto 3")
    clock.forward(days=1)

    _do(office, OFFICIAL, number, LegalEventKind.NOTIFIED, of=LegalEventKind.DEEMED_WITHDRAWN)

    clock.forward(days=5)
    assert Target.APPEAL in read_tracked_clock(office, number, code).clocks
    outcome = record_citizen_act(office, number, code, kind=LegalEventKind.APPEALED, text=WORDS)
    assert outcome.status is PetitionStatus.WITHDRAWN
    assert _number_of_letters(office, LegalEventKind.APPEALED) == 1


def test_an_unclear_petition_that_nobody_clears_up_is_archived(office: Office, clock: HandClock) -> None:
    number, _ = _at_work(office)
    _do(office, OFFICIAL, number, LegalEventKind.RETURNED_UNCLEAR)
    assert read_legal_file(office, OFFICIAL, number).term_state is TermState.SUSPENDED
    clock.forward(days=20)

    status = _do(office, DEPARTMENT_HEAD, number, LegalEventKind.ARCHIVED_UNCLEAR, act_number="Auto 4")

    assert status is PetitionStatus.ARCHIVED


def test_a_clarified_petition_goes_on(office: Office, clock: HandClock) -> None:
    number, code = _at_work(office)
    claim(office, OFFICIAL, number, task_of(office, OFFICIAL, number))
    _do(office, OFFICIAL, number, LegalEventKind.RETURNED_UNCLEAR)
    clock.forward(days=2)

    outcome = record_citizen_act(office, number, code, kind=LegalEventKind.CLARIFIED, text=WORDS)

    assert outcome.term_state is TermState.RUNNING
    assert outcome.due_on > date(2026, 12, 15)
    assert _told(office) == ["carlos@puertoclaro.example"]


def test_a_rejection_as_disrespectful_is_a_signed_act_of_a_head(office: Office) -> None:
    number, _ = _at_work(office)
    with pytest.raises(Forbidden):
        _do(office, OFFICIAL, number, LegalEventKind.REJECTED_DISRESPECTFUL, act_number="Auto 5")

    status = _do(office, DEPARTMENT_HEAD, number, LegalEventKind.REJECTED_DISRESPECTFUL, act_number="Auto 5")

    assert status is PetitionStatus.REJECTED


def test_a_refusal_by_reserve_is_the_answer_and_may_be_insisted_on(office: Office, clock: HandClock) -> None:
    number, code = _at_work(office, kind="document_request")
    clock.forward(days=1)

    act_number = "Resolución 8 de 2026"
    status = _do(office, DEPARTMENT_HEAD, number, LegalEventKind.REFUSED_BY_RESERVE, act_number=act_number)

    tracked = track_petition(office, number, code)
    assert status is PetitionStatus.SENT
    assert tracked.answer is not None
    assert act_number in tracked.answer.text
    assert "puede insistir" in tracked.answer.text
    clock.forward(hours=1)
    _do(office, OFFICIAL, number, LegalEventKind.NOTIFIED, of=LegalEventKind.REFUSED_BY_RESERVE)
    clock.forward(days=3)
    record_citizen_act(office, number, code, kind=LegalEventKind.INSISTED, text=WORDS)
    assert _number_of_letters(office, LegalEventKind.INSISTED) == 1
    assert _told(office) == ["bea@puertoclaro.example"]  # nobody works in the legal office here


def test_a_refusal_before_the_petition_is_assigned_says_what_to_do(office: Office) -> None:
    number = file_one(office, kind="document_request").filing_number
    lawyer_act = LegalAct(kind=LegalEventKind.REFUSED_BY_RESERVE, reason=REASONS, act_number="Resolución 8")
    with pytest.raises(Conflict, match="asígnela"):
        record_legal_act(office, LAWYER, number, lawyer_act)


def test_documents_that_were_not_answered_in_time_can_no_longer_be_refused(
    office: Office, clock: HandClock
) -> None:
    number, _ = _at_work(office, kind="document_request")
    clock.forward(days=20)
    task = task_of(office, OFFICIAL, number)
    claim(office, OFFICIAL, number, task)

    with pytest.raises(Invalid, match="se entiende aceptada"):
        complete(office, OFFICIAL, number, task, {**ANSWERED, "outcome": "denied"})

    _do(office, LAWYER, number, LegalEventKind.POSITIVE_SILENCE)
    assert Target.COPIES_BY_POSITIVE_SILENCE in read_legal_file(office, OFFICIAL, number).clocks
    assert answer(office, number).status is PetitionStatus.SENT


def test_a_judges_order_in_hours_starts_a_clock_of_its_own(office: Office) -> None:
    number, _ = _at_work(office)
    _do(
        office,
        LAWYER,
        number,
        LegalEventKind.JUDGE_ORDERED,
        length=Length(48, TermUnit.HOURS),
        authority="Juzgado Segundo Civil Municipal, tutela 2026-0451",
    )

    file = read_legal_file(office, LAWYER, number)
    assert file.clocks[Target.JUDGE_REPORT].due_at is not None
    assert file.due_on == date(2026, 12, 15)


def test_a_reassignment_keeps_the_date_and_the_draft(office: Office) -> None:
    number, _ = _at_work(office)
    task = task_of(office, OFFICIAL, number)
    claim(office, OFFICIAL, number, task)
    save_draft(office, OFFICIAL, number, task, {"answer_text": "Ya casi."})

    _do(office, SERVICE_HEAD, number, LegalEventKind.REASSIGNED, department="HAC")

    view = read_petition(office, SERVICE_HEAD, number)
    assert (view.department, view.row.due_on) == ("HAC", date(2026, 12, 15))
    assert list_work_items(office, OFFICIAL).items == ()
    claim(office, STRANGER, number, task)
    assert complete(office, STRANGER, number, task, ANSWERED).status is PetitionStatus.SENT


def test_a_longer_kind_needs_the_head_of_citizen_service(office: Office) -> None:
    number, _ = _at_work(office)
    with pytest.raises(RefusedAct):
        _do(office, OFFICIAL, number, LegalEventKind.RECLASSIFIED, new_kind=PetitionKind.CONSULTATION)

    _do(office, SERVICE_HEAD, number, LegalEventKind.RECLASSIFIED, new_kind=PetitionKind.CONSULTATION)

    row = read_petition(office, SERVICE_HEAD, number).row
    assert (row.kind, row.due_on) == (PetitionKind.CONSULTATION, date(2027, 1, 7))


def test_the_earliest_matter_rules_until_it_is_transferred(office: Office) -> None:
    number, _ = _at_work(office)
    matters = [
        NewMatter(PetitionKind.REQUEST, "Que tapen el hueco."),
        NewMatter(PetitionKind.DOCUMENT_REQUEST, "Copia del contrato de la vía."),
    ]
    due_on = register_matters(office, OFFICIAL, number, matters)
    assert due_on == date(2026, 12, 7)

    act = LegalAct(
        kind=LegalEventKind.TRANSFERRED_OUT,
        reason=REASONS,
        authority="Gobernación del Norte",
        matters=frozenset({2}),
    )
    outcome = record_legal_act(office, OFFICIAL, number, act)

    assert outcome.status is PetitionStatus.ASSIGNED
    assert outcome.due_on == date(2026, 12, 15)
    states = {matter.number: matter.state for matter in read_legal_file(office, OFFICIAL, number).matters}
    assert states == {1: "open", 2: "transferred"}


def test_matters_are_numbered_once_and_at_least_two(office: Office) -> None:
    number, _ = _at_work(office)
    two = [NewMatter(PetitionKind.REQUEST, "Una cosa."), NewMatter(PetitionKind.REQUEST, "Otra cosa.")]
    with pytest.raises(Invalid):
        register_matters(office, OFFICIAL, number, two[:1])
    longer = [two[0], NewMatter(PetitionKind.CONSULTATION, "Un concepto.")]
    with pytest.raises(Invalid, match="jefatura"):
        register_matters(office, OFFICIAL, number, longer)
    register_matters(office, CLERK, number, two)
    with pytest.raises(Conflict):
        register_matters(office, CLERK, number, two)


def test_a_petition_from_another_body_says_so_and_counts_from_its_reception(office: Office) -> None:
    form = NewPetition(
        PetitionKind.REQUEST,
        "Alumbrado",
        "Pido que arreglen el poste.",
        Channel.LETTER,
        transferred_by="Personería",
    )
    receipt = file_petition(office, form, actor=CLERK.actor)

    file = read_legal_file(office, CLERK, receipt.filing_number)
    assert [(event.kind, event.authority) for event in file.events] == [
        (LegalEventKind.TRANSFERRED_IN, "Personería")
    ]
    assert receipt.due_on == date(2026, 12, 15)


def test_a_control_body_fixes_its_own_term(office: Office) -> None:
    form = NewPetition(
        PetitionKind.CONTROL_BODY_REQUEST, "Informe", "Se pide un informe.", Channel.LETTER, fixed=Length(4)
    )
    receipt = file_petition(office, form, actor=CLERK.actor)
    assert receipt.due_on == date(2026, 11, 27)
    classify(office, receipt.filing_number, kind="control_body_request")
    assert read_petition(office, SERVICE_HEAD, receipt.filing_number).row.due_on == date(2026, 11, 27)


def test_mail_entered_late_keeps_its_true_time_and_a_number_of_that_year(
    office: Office, clock: HandClock
) -> None:
    clock.forward(days=44)  # January 2027
    came = clock.now() - timedelta(days=10)
    form = NewPetition(PetitionKind.REQUEST, "Carta", "Pido que arreglen la vía.", Channel.LETTER)

    receipt = file_petition(office, form, received_at=came, actor=CLERK.actor)

    assert receipt.filing_number == "2026-000001"
    assert (receipt.received_at, receipt.filed_on) == (came, date(2026, 12, 28))


def test_a_cancelled_number_is_a_legal_event_that_the_citizen_is_told(office: Office) -> None:
    number, code = _at_work(office)

    void_petition(office, SERVICE_HEAD, number, reason="Se radicó dos veces la misma petición.")

    assert _number_of_letters(office, LegalEventKind.NUMBER_CANCELLED) == 1
    assert read_tracked_clock(office, number, code).status is PetitionStatus.VOIDED


def test_a_wrong_code_opens_no_act(office: Office) -> None:
    number, _ = _at_work(office)
    with pytest.raises(NotFound):
        record_citizen_act(office, number, "AAAAA-AAAA-AAAA", kind=LegalEventKind.WITHDRAWN, text=WORDS)


def test_an_act_dated_tomorrow_or_before_the_last_event_is_refused(office: Office, clock: HandClock) -> None:
    number, _ = _at_work(office)
    for moment in (clock.now() + timedelta(days=1), clock.now() - timedelta(days=40)):
        act = LegalAct(kind=LegalEventKind.EXTENSION_TOLD, reason=REASONS, happened_at=moment)
        with pytest.raises(Invalid) as refusal:
            record_legal_act(office, OFFICIAL, number, act)
        assert "happened_at" in refusal.value.fields


def test_many_petitions_are_reckoned_in_three_statements(office: Office) -> None:
    numbers = [_at_work(office)[0] for _ in range(6)]
    _do(office, OFFICIAL, numbers[0], LegalEventKind.EXTENSION_TOLD)
    entity = office.entity()
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with office.read() as connection:
        ids = list(connection.scalars(sa.select(PETITIONS.c.id)))
        sa.event.listen(office.engine, "before_cursor_execute", note)
        found = read_reckonings(connection, ids, entity.calendar, entity.after_hours)
        sa.event.remove(office.engine, "before_cursor_execute", note)

    assert len(found) == len(numbers)
    assert len(statements) <= 3


def test_the_other_bodys_term_starts_when_it_receives_the_petition(office: Office, clock: HandClock) -> None:
    number, code = _at_work(office)
    body = "Gobernación del Norte"
    _do(office, OFFICIAL, number, LegalEventKind.TRANSFERRED_OUT, authority=body)
    clock.forward(days=2)

    status = _do(office, CLERK, number, LegalEventKind.RECEIVED_BY_COMPETENT, authority=body)

    assert status is PetitionStatus.TRANSFERRED
    tracked = read_tracked_clock(office, number, code)
    assert tracked.clocks[Target.COMPETENT_RESPONSE].due_on == date(2026, 12, 17)
    assert _number_of_letters(office, LegalEventKind.RECEIVED_BY_COMPETENT) == 1


def test_a_refusal_of_one_matter_leaves_the_others_open(office: Office) -> None:
    number, _ = _at_work(office)
    matters = [
        NewMatter(PetitionKind.REQUEST, "Que tapen el hueco."),
        NewMatter(PetitionKind.DOCUMENT_REQUEST, "Copia del contrato de la vía."),
    ]
    register_matters(office, OFFICIAL, number, matters)

    status = _do(
        office,
        DEPARTMENT_HEAD,
        number,
        LegalEventKind.REFUSED_BY_RESERVE,
        act_number="Resolución 8",
        matters=frozenset({2}),
    )

    assert status is PetitionStatus.ASSIGNED
    assert _number_of_letters(office, LegalEventKind.REFUSED_BY_RESERVE) == 1
    assert answer(office, number).status is PetitionStatus.SENT


def test_only_the_acts_of_today_are_offered_and_to_whom_they_belong(office: Office, clock: HandClock) -> None:
    number, code = _at_work(office)
    offered = {choice.kind for choice in read_legal_file(office, OFFICIAL, number).choices}
    assert {LegalEventKind.COMPLETION_REQUESTED, LegalEventKind.EXTENSION_TOLD} <= offered
    assert LegalEventKind.REJECTED_DISRESPECTFUL not in offered
    assert [choice.kind for choice in read_tracked_clock(office, number, code).choices] == [
        LegalEventKind.WITHDRAWN
    ]

    clock.forward(days=40)

    late = {choice.kind for choice in read_legal_file(office, OFFICIAL, number).choices}
    assert not late & {LegalEventKind.COMPLETION_REQUESTED, LegalEventKind.EXTENSION_TOLD}
