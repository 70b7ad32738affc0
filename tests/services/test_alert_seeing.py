"""An alert of the ladder that somebody has seen: that rung is not told again, the next one is."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from processes.common.errors import Conflict, Forbidden, NotFound
from processes.common.outbox import MESSAGES
from processes.petitions.alert_seeing import acknowledge_alerts, alerts_told
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.answer_tables import SurveyReply
from processes.petitions.desk import file_at_desk
from processes.petitions.excluding import name_complained_of
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.survey_rows import SurveyReplies
from processes.petitions.surveys import answer_survey
from processes.terms.events import LegalEventKind
from processes.terms.lengths import Length, TermUnit
from tests.builders.answers import ANSWERED, CLASSIFIED, deliver, do
from tests.builders.level_three import drafting
from tests.builders.office import CLERK, DEPARTMENT_HEAD, DIRECTOR, OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import ROSA, classify, distribute, file_one

FRIDAY_NIGHT = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
LAST_RUNG = datetime(2026, 12, 15, 16, 0, tzinfo=UTC)
"""Of what is filed on `MONDAY_MORNING`: its due date, when the whole ladder has told."""
EXTENDED = LegalAct(
    kind=LegalEventKind.EXTENSION_TOLD,
    reason="La visita a la obra depende del concepto de otra entidad.",
    length=Length(30, TermUnit.WORKING_DAYS),
)

BACK = {"closing": "back", "not_solved": "Falta decir cuándo se tapa el hueco.", "closing_checks": []}


def _told(office: Office) -> list[str]:
    query = sa.select(MESSAGES.c.person).where(MESSAGES.c.template == "escalation").order_by(MESSAGES.c.id)
    with office.read() as connection:
        return list(connection.scalars(query))


def _history(office: Office, number: str) -> list[str]:
    return [entry.text for entry in read_petition(office, CLERK, number).timeline]


def _run(office: Office, clock: HandClock, until: datetime) -> None:
    while clock.at < until:
        clock.forward(hours=6)
        advance_due_alerts(office)


def _at_work(office: Office) -> str:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    return number


def test_a_rung_that_somebody_has_seen_is_not_told_to_them_again_of_the_same_term(
    whole_office: Office, clock: HandClock
) -> None:
    number = file_one(whole_office).filing_number
    do(whole_office, CLERK, number, "ConfirmClassification", **{**CLASSIFIED, "level": 2})
    _run(whole_office, clock, datetime(2026, 12, 2, 16, 0, tzinfo=UTC))
    acknowledge_alerts(whole_office, SERVICE_HEAD, number)
    handed_over = {"work_next": "hand_over", "handover": "Falta que la cuadrilla vaya a la calle 5."}
    do(whole_office, CLERK, number, "AnswerAtPoint", **handed_over)
    do(whole_office, SERVICE_HEAD, number, "ChooseDepartment", department="INF")
    _run(whole_office, clock, LAST_RUNG)

    assert _told(whole_office).count(SERVICE_HEAD.username) == 1
    history = _history(whole_office, number)
    assert "Se dio por enterado del aviso de vencimiento: no se le repite." in history
    assert any(line.startswith("No se repitió el aviso de vencimiento a Beatriz Lozano") for line in history)


def test_whoever_had_seen_a_rung_is_told_by_it_of_the_new_date_after_an_extension(
    whole_office: Office, clock: HandClock
) -> None:
    number = drafting(whole_office).filing_number
    _run(whole_office, clock, LAST_RUNG)
    first = _told(whole_office)
    acknowledge_alerts(whole_office, DEPARTMENT_HEAD, number)
    record_legal_act(whole_office, OFFICIAL, number, EXTENDED)
    _run(whole_office, clock, datetime(2027, 1, 8, 16, 0, tzinfo=UTC))

    again = _told(whole_office)[len(first) :]
    assert DEPARTMENT_HEAD.username in first
    assert {DEPARTMENT_HEAD.username, SERVICE_HEAD.username, "elena"} <= set(again)
    seen = {each.rung: each.seen for each in alerts_told(whole_office, DEPARTMENT_HEAD, number)}
    assert seen.keys() == {"official", "official/1", "department_head", "department_head/1"}
    assert [rung for rung, known in seen.items() if known] == ["official", "department_head"]


def test_the_next_rung_is_told_though_the_last_one_was_seen(office: Office, clock: HandClock) -> None:
    number = _at_work(office)
    _run(office, clock, datetime(2026, 12, 7, 14, 0, tzinfo=UTC))
    acknowledge_alerts(office, DEPARTMENT_HEAD, number)
    _run(office, clock, LAST_RUNG)

    assert _told(office) == ["diana", "bea", "elena"]


def test_what_was_not_solved_tells_again_whoever_had_seen_its_first_alerts(
    whole_office: Office, clock: HandClock
) -> None:
    receipt = file_one(whole_office)
    number = receipt.filing_number
    do(whole_office, CLERK, number, "ConfirmClassification", **CLASSIFIED)
    clock.forward(days=7)
    advance_due_alerts(whole_office)
    acknowledge_alerts(whole_office, CLERK, number)
    do(whole_office, CLERK, number, "AnswerAtOnce", **ANSWERED)
    deliver(whole_office)
    clock.forward(days=7)
    answer_survey(whole_office, number, receipt.tracking_code, SurveyReplies(SurveyReply.NO))
    do(whole_office, SERVICE_HEAD, number, "Verify", **BACK)
    before = _told(whole_office).count(CLERK.username)

    clock.forward(days=4)
    advance_due_alerts(whole_office)

    assert (before, _told(whole_office).count(CLERK.username)) == (1, 2)
    assert [(each.rung, each.seen) for each in alerts_told(whole_office, CLERK, number)] == [
        ("front_desk", True),
        ("front_desk/again", False),
    ]


def test_what_a_judge_asked_and_was_not_solved_is_told_again_in_minutes_and_at_any_hour(
    whole_office: Office, clock: HandClock
) -> None:
    asked = {"kind": "judge_request", "channel": "letter", "fixed_amount": "48", "fixed_unit": "hours"}
    receipt = file_at_desk(whole_office, CLERK, {**ROSA, **asked})
    number = receipt.filing_number
    do(whole_office, CLERK, number, "ConfirmClassification", **{**CLASSIFIED, "kind": "judge_request"})
    do(whole_office, CLERK, number, "AnswerAtOnce", **ANSWERED)
    deliver(whole_office)
    clock.to(FRIDAY_NIGHT)
    answer_survey(whole_office, number, receipt.tracking_code, SurveyReplies(SurveyReply.NO))
    do(whole_office, SERVICE_HEAD, number, "Verify", **BACK)
    assert _told(whole_office) == []

    told = []
    for minutes in (29, 1, 60, 60, 60):
        clock.forward(minutes=minutes)
        advance_due_alerts(whole_office)
        told.append(len(_told(whole_office)))

    assert told == [0, 1, 2, 3, 4]
    assert _told(whole_office)[-1] == DIRECTOR.username
    with whole_office.read() as connection:
        waits = sa.select(MESSAGES.c.not_before).where(MESSAGES.c.template == "escalation")
        assert set(connection.scalars(waits)) == {None}


def test_each_alert_stands_in_the_history_with_its_own_rule(office: Office, clock: HandClock) -> None:
    number = _at_work(office)
    _run(office, clock, datetime(2026, 12, 11, 14, 0, tzinfo=UTC))

    told = [line for line in _history(office, number) if line.startswith("Envió: aviso de vencimiento")]
    assert [line.partition(" La regla: ")[::2] for line in told] == [
        (
            "Envió: aviso de vencimiento. A quién: Diana Páez.",
            "Siguiente escalón: regla 1, Primero, quien dirige la dependencia.",
        ),
        (
            "Envió: aviso de vencimiento. A quién: Beatriz Lozano.",
            "Siguiente escalón: regla 2, Después, la jefatura de relación con el ciudadano.",
        ),
    ]


def test_only_who_was_told_says_so_and_once(office: Office, clock: HandClock) -> None:
    number = _at_work(office)
    with pytest.raises(Forbidden):
        acknowledge_alerts(office, DEPARTMENT_HEAD, number)
    _run(office, clock, datetime(2026, 12, 7, 14, 0, tzinfo=UTC))
    with pytest.raises(Forbidden):
        acknowledge_alerts(office, SERVICE_HEAD, number)

    acknowledge_alerts(office, DEPARTMENT_HEAD, number)

    with pytest.raises(Conflict):
        acknowledge_alerts(office, DEPARTMENT_HEAD, number)
    assert [(each.rung, each.seen) for each in alerts_told(office, DEPARTMENT_HEAD, number)] == [
        ("department_head", True)
    ]


def test_whoever_is_kept_apart_sees_no_alert(office: Office, clock: HandClock) -> None:
    number = _at_work(office)
    _run(office, clock, datetime(2026, 12, 7, 14, 0, tzinfo=UTC))
    name_complained_of(
        office, SERVICE_HEAD, number, username=DEPARTMENT_HEAD.username, reason="La queja es de su trato."
    )

    for ask in (alerts_told, acknowledge_alerts):
        with pytest.raises(NotFound):
            ask(office, DEPARTMENT_HEAD, number)
