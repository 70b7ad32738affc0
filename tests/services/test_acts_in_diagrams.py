"""A diagram that does legal acts, and a case that is told of those done on their own page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from processes.common.errors import Forbidden, Invalid
from processes.common.outbox import MESSAGES
from processes.directory.roles import Role
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.incidents import list_incidents
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.legal_file import read_legal_file
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.tables import ALERTS, CASE_STATES, WORK_ITEMS
from processes.petitions.work import claim, complete, save_draft
from processes.terms.events import LegalEventKind
from processes.terms.refusals import RefusedAct
from tests.builders.drawn import besides, caught, field, on_signal, publish_drawn, task
from tests.builders.office import CLERK, DIRECTOR, SERVICE_HEAD, HandClock
from tests.builders.petitions import file_one
from tests.engine import drawing as draw

LAWYER = replace(SERVICE_HEAD, roles=SERVICE_HEAD.roles | {Role.LEGAL_OFFICE})
HEAD_LANE = "Oficina de Relación con el Ciudadano"
MISSING = "Falta la dirección exacta del hueco y una fotografía."
WHY = "La competencia es de la Gobernación, que tiene a cargo esta vía."
USUAL_STATEMENTS = 10
ACT_FORM = (
    field("textarea", "reason"),
    field("textfield", "act_number"),
    field("textfield", "authority"),
    field("datetime", "happened_at", subtype="datetime"),
)
TRANSFER = {"reason": WHY, "authority": "Gobernación del Huila"}


def _one_act(office: Office, act: str, *, lane: str = HEAD_LANE, after: str = "Next") -> None:
    """A task whose form feeds the act, and then more work; an act that ends the petition ends it all."""
    publish_drawn(
        office,
        draw.start(),
        draw.subprocess(
            "Attention",
            draw.start("Attend"),
            task("Act", "act"),
            draw.service("Record", "record_act", act=f'"{act}"'),
            task(after),
            draw.end("Attended"),
            flows=f"Attend -> Act, Act -> Record, Record -> {after}, {after} -> Attended",
        ),
        on_signal("Ended", "Attention", "ended_by_act"),
        draw.end(),
        draw.end("ByAct"),
        flows="Begin -> Attention, Attention -> Finish, Ended -> ByAct",
        lane=lane,
        forms={"act": ACT_FORM},
        signals=["ended_by_act"],
    )


def _tasks(office: Office, number: str) -> dict[str, int]:
    view = read_petition(office, SERVICE_HEAD, number)
    return {item.element: item.task for item in view.tasks if item.status == "open"}


def _timer(office: Office) -> datetime | None:
    with office.read() as connection:
        return connection.scalar(sa.select(ALERTS.c.due_at).where(ALERTS.c.name == "term:citizen"))


def _kinds(office: Office, number: str) -> list[str]:
    return [event.kind.value for event in read_legal_file(office, SERVICE_HEAD, number).events]


def test_a_task_does_a_legal_act_with_its_form_and_the_case_ends_with_it(office: Office) -> None:
    _one_act(office, "transferred_out")
    number = file_one(office).filing_number

    done = complete(office, SERVICE_HEAD, number, _tasks(office, number)["Act"], TRANSFER)

    assert (done.status, done.next_tasks) == (PetitionStatus.TRANSFERRED, ())
    assert _kinds(office, number) == ["transferred_out"]
    with office.read() as connection:
        told = connection.scalars(sa.select(MESSAGES.c.context).where(MESSAGES.c.template == "legal_notice"))
        assert "Gobernación del Huila" in told.one()


@pytest.mark.parametrize(
    ("act", "values"), [("completion_requested", {"reason": MISSING}), ("transferred_out", TRANSFER)]
)
def test_a_task_that_does_an_act_costs_few_statements(
    office: Office, act: str, values: dict[str, str]
) -> None:
    _one_act(office, act)
    seen: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT")):
            seen.append(statement)

    for _ in range(2):  # the first time everything is compiled and cached
        number = file_one(office).filing_number
        task_number = _tasks(office, number)["Act"]
        seen.clear()
        sa.event.listen(office.engine, "before_cursor_execute", count)
        complete(office, SERVICE_HEAD, number, task_number, values)
        sa.event.remove(office.engine, "before_cursor_execute", count)

    assert len(seen) <= USUAL_STATEMENTS


def test_an_act_that_the_law_refuses_leaves_the_task_open_with_its_field(office: Office) -> None:
    _one_act(office, "transferred_out")
    number = file_one(office).filing_number

    with pytest.raises(Invalid) as refused:
        complete(office, SERVICE_HEAD, number, _tasks(office, number)["Act"], {"reason": WHY})

    assert refused.value.fields == {"authority": "Escriba a qué entidad se traslada."}
    assert list(_tasks(office, number)) == ["Act"]
    assert _kinds(office, number) == []


def test_a_task_gives_nobody_an_act_that_the_law_gives_to_others(office: Office) -> None:
    _one_act(office, "transferred_out", lane="Ventanilla única")
    number = file_one(office).filing_number

    with pytest.raises(Forbidden, match="no le corresponde a su cargo"):
        complete(office, CLERK, number, _tasks(office, number)["Act"], TRANSFER)


def test_a_clock_does_no_legal_act(office: Office, clock: HandClock) -> None:
    publish_drawn(
        office,
        draw.start(),
        draw.service("Plan", "plan_alert_at", alert='"help"', unit='"minutes"', amount="15"),
        draw.catch("Wait", draw.timer('alert("help")')),
        draw.service("Record", "record_act", act='"deemed_withdrawn"'),
        draw.end(),
        flows="Begin -> Plan, Plan -> Wait, Wait -> Record, Record -> Finish",
    )
    number = file_one(office).filing_number
    clock.forward(minutes=15)

    assert advance_due_alerts(office) == 0

    [incident] = list_incidents(office, SERVICE_HEAD)
    assert incident.filing_number == number
    assert "es un acto de una persona" in incident.message
    assert _kinds(office, number) == []


def _waiting(office: Office) -> None:
    """Work, and beside it the wait for the citizen, at whose end somebody decides."""
    wait = besides(
        "Waiting",
        "waiting_for_citizen",
        draw.node("eventBasedGateway", "Which"),
        caught("Replied", "citizen_replied"),
        draw.catch("Gone", draw.timer('term("citizen")')),
        task("Decide", "act"),
        draw.service("Record", "record_act", act='"deemed_withdrawn"'),
        on_signal("Late", "Decide", "citizen_replied"),
        draw.end("WaitingEnd"),
        draw.end("RepliedEnd"),
        draw.end("LateEnd"),
        flows="WaitingBegin -> Which, Which -> Replied, Replied -> RepliedEnd, Which -> Gone, "
        "Gone -> Decide, Decide -> Record, Record -> WaitingEnd, Late -> LateEnd",
    )
    publish_drawn(
        office,
        draw.start(),
        draw.subprocess(
            "Attention",
            draw.start("Attend"),
            task("Work"),
            draw.end("Attended"),
            flows="Attend -> Work, Work -> Attended",
        ),
        on_signal("Ended", "Attention", "ended_by_act"),
        draw.end(),
        draw.end("ByAct", "<bpmn:terminateEventDefinition/>"),
        wait,
        flows="Begin -> Attention, Attention -> Finish, Ended -> ByAct",
        lane=HEAD_LANE,
        forms={"act": ACT_FORM},
        signals=["waiting_for_citizen", "citizen_replied", "ended_by_act"],
    )


def _asked_to_complete(office: Office) -> tuple[str, str]:
    _waiting(office)
    receipt = file_one(office)
    act = LegalAct(kind=LegalEventKind.COMPLETION_REQUESTED, reason=MISSING)
    record_legal_act(office, SERVICE_HEAD, receipt.filing_number, act)
    return receipt.filing_number, receipt.tracking_code


def test_the_time_of_the_citizen_is_that_of_the_law_and_needs_no_planning(office: Office) -> None:
    _asked_to_complete(office)  # on 23 November: one month, and the office opens the day after

    assert _timer(office) == datetime(2026, 12, 24, 13, tzinfo=UTC)


def test_the_time_of_the_citizen_moves_with_the_extension_that_they_ask_for(office: Office) -> None:
    number, code = _asked_to_complete(office)

    record_citizen_act(office, number, code, kind=LegalEventKind.COMPLETION_EXTENSION_ASKED)

    assert _timer(office) == datetime(2027, 1, 26, 13, tzinfo=UTC)


def test_a_reply_of_the_citizen_ends_the_wait(office: Office) -> None:
    number, code = _asked_to_complete(office)

    record_citizen_act(office, number, code, kind=LegalEventKind.COMPLETED, text="Calle 5 con carrera 7.")

    assert _timer(office) is None
    assert list(_tasks(office, number)) == ["Work"]


def test_a_reply_after_the_time_of_the_citizen_leaves_the_decision_to_the_office(
    office: Office, clock: HandClock
) -> None:
    number, code = _asked_to_complete(office)
    clock.to(datetime(2026, 12, 24, 13, tzinfo=UTC))
    advance_due_alerts(office)
    assert set(_tasks(office, number)) == {"Work", "Decide"}

    with pytest.raises(RefusedAct):
        record_citizen_act(office, number, code, kind=LegalEventKind.COMPLETED, text="Calle 5.")

    assert set(_tasks(office, number)) == {"Work", "Decide"}


def test_the_decision_on_a_silent_citizen_ends_the_case_and_all_its_work(
    office: Office, clock: HandClock
) -> None:
    number, _ = _asked_to_complete(office)
    clock.to(datetime(2026, 12, 24, 13, tzinfo=UTC))
    advance_due_alerts(office)
    decided = {"reason": "Pasó el mes sin que completara.", "act_number": "Resolución 5 de 2026"}

    done = complete(office, LAWYER, number, _tasks(office, number)["Decide"], decided)

    assert (done.status, done.next_tasks) == (PetitionStatus.WITHDRAWN, ())
    assert _tasks(office, number) == {}
    assert _kinds(office, number) == ["completion_requested", "deemed_withdrawn"]


def test_a_petition_that_goes_on_ex_officio_is_where_it_was(office: Office) -> None:
    number, code = _asked_to_complete(office)
    work = _tasks(office, number)["Work"]
    claim(office, SERVICE_HEAD, number, work)
    save_draft(office, SERVICE_HEAD, number, work, {"text": "Empezado"})
    record_citizen_act(office, number, code, kind=LegalEventKind.WITHDRAWN)
    assert _tasks(office, number) == {}

    act = LegalAct(
        kind=LegalEventKind.CONTINUED_EX_OFFICIO,
        reason="Es de interés público que la vía se arregle.",
        act_number="Resolución 6 de 2026",
    )
    record_legal_act(office, DIRECTOR, number, act)

    assert _tasks(office, number) == {"Work": work}
    assert _timer(office) is None  # nothing more is asked of whoever gave it up
    with office.read() as connection:
        item = connection.execute(sa.select(WORK_ITEMS).where(WORK_ITEMS.c.task == work)).one()
        assert (item.assignee, item.draft) == (SERVICE_HEAD.username, '{"text":"Empezado"}')
        assert connection.scalar(sa.select(CASE_STATES.c.state_before_end)) is None
    assert read_legal_file(office, SERVICE_HEAD, number).term_state is TermState.RUNNING
