"""What the intents of a diagram do: alerts in every unit, notes, levels, ends, earlier answers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from processes.common.errors import Invalid
from processes.directory.roles import Role
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.note_tables import PETITION_LINKS
from processes.petitions.notes import read_notes
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import ALERTS, PETITIONS
from processes.petitions.tracking import track_petition
from processes.petitions.work import complete
from processes.terms.events import LegalEventKind
from processes.terms.lengths import Length, TermUnit
from tests.builders.drawn import field, on_signal, publish_drawn, task
from tests.builders.office import SERVICE_HEAD, HandClock, publish_procedure
from tests.builders.petitions import file_one, live_whole_life
from tests.engine import drawing as draw

LAWYER = replace(SERVICE_HEAD, roles=SERVICE_HEAD.roles | {Role.LEGAL_OFFICE})
HEAD_LANE = "Oficina de Relación con el Ciudadano"
SUNDAY_NIGHT = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
"""22:00 of Sunday 29 November in Bogotá."""

HANDOVER = "Pide que tapen un hueco; se le explicó el plan de vías, y quiere una fecha."
MISSING = "Falta la dirección exacta del hueco y una fotografía."
RESERVED = {"kind": "wrongdoing_report", "reserve_identity": "true"}
SOMEBODY_ELSE = {"full_name": "Pedro Gil", "document_number": "79000111", "email": "pedro@correo.example"}


def _planned(office: Office, unit: str, amount: int) -> None:
    """A procedure that plans an alert as soon as it begins and waits for it, beside its only task."""
    publish_drawn(
        office,
        draw.start(),
        draw.service("Plan", "plan_alert_at", alert='"help"', unit=f'"{unit}"', amount=str(amount)),
        task("Work"),
        draw.boundary("Rings", "Work", draw.timer('alert("help")'), interrupting=False),
        draw.end(),
        draw.end("Rung"),
        flows="Begin -> Plan, Plan -> Work, Work -> Finish, Rings -> Rung",
        lane=HEAD_LANE,
    )


def _alert(office: Office) -> datetime | None:
    with office.read() as connection:
        due_at: datetime | None = connection.scalars(sa.select(ALERTS.c.due_at)).one()
        return due_at


@pytest.mark.parametrize(
    ("unit", "amount", "due_at"),
    [
        ("minutes", 15, datetime(2026, 11, 30, 3, 15, tzinfo=UTC)),
        ("working_days", 1, datetime(2026, 11, 30, 13, 0, tzinfo=UTC)),
        ("working_days", 3, datetime(2026, 12, 2, 13, 0, tzinfo=UTC)),
        # Filed on Monday 30 November; the fifteenth working day is 22 December.
        ("working_days_before", 5, datetime(2026, 12, 15, 13, 0, tzinfo=UTC)),
        ("share_of_term", 100, datetime(2026, 12, 22, 13, 0, tzinfo=UTC)),
        ("share_of_term", 50, datetime(2026, 12, 11, 13, 0, tzinfo=UTC)),
    ],
)
def test_an_alert_is_planned_by_the_clock_or_by_the_term(
    office: Office, clock: HandClock, unit: str, amount: int, due_at: datetime
) -> None:
    clock.to(SUNDAY_NIGHT)
    _planned(office, unit, amount)

    file_one(office)

    assert _alert(office) == due_at


def test_minutes_pass_at_any_hour(office: Office, clock: HandClock) -> None:
    clock.to(SUNDAY_NIGHT)
    _planned(office, "minutes", 15)
    file_one(office)
    clock.forward(minutes=14)
    assert advance_due_alerts(office) == 0

    clock.forward(minutes=1)

    assert advance_due_alerts(office) == 1


def test_an_alert_by_a_share_of_the_term_moves_with_the_due_date(office: Office) -> None:
    _planned(office, "share_of_term", 100)
    number = file_one(office).filing_number  # due on 15 December
    act = LegalAct(
        kind=LegalEventKind.EXTENSION_TOLD,
        reason="La cuadrilla necesita un estudio de suelos.",
        length=Length(20, TermUnit.WORKING_DAYS),
    )

    record_legal_act(office, SERVICE_HEAD, number, act)

    assert read_petition(office, SERVICE_HEAD, number).row.due_on == date(2026, 12, 22)
    assert _alert(office) == datetime(2026, 12, 22, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("unit", "held"), [("minutes", False), ("working_days", False), ("share_of_term", True)]
)
def test_only_what_hangs_from_the_term_is_held_with_it(office: Office, unit: str, *, held: bool) -> None:
    _planned(office, unit, 30)
    number = file_one(office).filing_number

    act = LegalAct(kind=LegalEventKind.COMPLETION_REQUESTED, reason=MISSING)
    record_legal_act(office, SERVICE_HEAD, number, act)

    assert (_alert(office) is None) is held


def _one_task(office: Office, *components: dict[str, object], intent: str, **arguments: str) -> None:
    """A task with a form, the intent that reads it, and what follows."""
    publish_drawn(
        office,
        draw.start(),
        task("First", "first"),
        draw.service("Do", intent, **arguments),
        task("Then"),
        draw.end(),
        flows="Begin -> First, First -> Do, Do -> Then, Then -> Finish",
        forms={"first": components},
        lane=HEAD_LANE,
    )


def _first(office: Office, number: str) -> int:
    view = read_petition(office, SERVICE_HEAD, number)
    return next(item.task for item in view.tasks if item.element == "First")


def test_a_level_takes_over_with_all_that_was_done(office: Office) -> None:
    note = field("textarea", "handover", "note")
    _one_task(office, note, intent="hand_over", level="3")
    receipt = file_one(office)
    number = receipt.filing_number

    with pytest.raises(Invalid) as refused:
        complete(office, SERVICE_HEAD, number, _first(office, number), {"handover": "Nada."})
    done = complete(office, SERVICE_HEAD, number, _first(office, number), {"handover": HANDOVER})

    assert list(refused.value.fields) == ["handover"]
    assert done.status is PetitionStatus.IN_DISTRIBUTION
    with office.read() as connection:
        petition = connection.scalars(sa.select(PETITIONS.c.id)).one()
        [kept] = read_notes(connection, petition)
    assert (kept.topic, kept.label, kept.text) == ("handover", "Campo handover", HANDOVER)
    assert (kept.by, kept.at) == (SERVICE_HEAD.full_name, office.now())


def test_a_note_is_never_the_citizens_to_see(office: Office) -> None:
    _one_task(office, field("textarea", "handover", "note"), intent="hand_over", level="2")
    receipt = file_one(office)
    number = receipt.filing_number
    complete(office, SERVICE_HEAD, number, _first(office, number), {"handover": HANDOVER})

    told = track_petition(office, number, receipt.tracking_code)

    assert HANDOVER not in repr(told)


def test_what_is_no_petition_ends_with_its_number(office: Office) -> None:
    publish_drawn(
        office,
        draw.start(),
        task("First", "first"),
        draw.service("Aside", "set_aside", nature='"invoice"'),
        draw.end(),
        flows="Begin -> First, First -> Aside, Aside -> Finish",
        forms={"first": [field("textarea", "reason")]},
        lane=HEAD_LANE,
    )
    number = file_one(office).filing_number

    done = complete(
        office, SERVICE_HEAD, number, _first(office, number), {"reason": "Es una factura de luz."}
    )

    view = read_petition(office, SERVICE_HEAD, number)
    assert done.status is PetitionStatus.NOT_A_PETITION
    assert (view.row.due_status, view.closed_at) == (None, office.now())
    assert "La apartó porque no es una petición: factura o cuenta de cobro." in [
        entry.text for entry in view.timeline
    ]


@pytest.fixture
def answered(office: Office) -> str:
    """The number of a petition of Rosa's that was answered, by the short procedure."""
    publish_procedure(office)
    number = file_one(office).filing_number
    live_whole_life(office, number)
    _one_task(office, field("textfield", "earlier_filing"), intent="refer_to_earlier")
    return number


def test_a_petition_is_referred_to_the_answer_that_its_citizen_had(office: Office, answered: str) -> None:
    number = file_one(office).filing_number

    complete(office, SERVICE_HEAD, number, _first(office, number), {"earlier_filing": answered})

    with office.read() as connection:
        [link] = connection.execute(sa.select(PETITION_LINKS)).all()
    assert (link.relation, link.by) == ("earlier_answer", f"person:{SERVICE_HEAD.username}")


def test_nobody_is_sent_the_answer_of_somebody_else(office: Office, answered: str) -> None:
    number = file_one(office, **SOMEBODY_ELSE).filing_number

    with pytest.raises(Invalid, match="otra persona") as refused:
        complete(office, SERVICE_HEAD, number, _first(office, number), {"earlier_filing": answered})

    assert list(refused.value.fields) == ["earlier_filing"]


@pytest.mark.parametrize("who", [{}, SOMEBODY_ELSE])
def test_no_number_that_is_tried_tells_who_reported(
    office: Office, answered: str, who: dict[str, str]
) -> None:
    number = file_one(office, **RESERVED, **who).filing_number

    with pytest.raises(Invalid, match="reservada"):
        complete(office, SERVICE_HEAD, number, _first(office, number), {"earlier_filing": answered})

    with office.read() as connection:
        assert connection.execute(sa.select(PETITION_LINKS)).all() == []


@pytest.mark.parametrize(("which", "told"), [("own", "No hay otra petición"), ("open", "no tiene respuesta")])
@pytest.mark.usefixtures("answered")
def test_only_an_answer_of_another_petition_is_referred_to(office: Office, which: str, told: str) -> None:
    waiting, number = (file_one(office).filing_number for _ in range(2))
    earlier = {"own": number, "open": waiting}[which]

    with pytest.raises(Invalid, match=told):
        complete(office, SERVICE_HEAD, number, _first(office, number), {"earlier_filing": earlier})


def test_a_field_that_depends_on_another_is_asked_only_then(office: Office) -> None:
    choice = [{"value": "review", "label": "Revisar"}, {"value": "ask", "label": "Preguntar"}]
    _one_task(
        office,
        field("radio", "decision", "fact", values=choice, validate={"required": True}),
        field(
            "textarea",
            "handover",
            "note",
            target={"when": {"decision": ["ask"]}},
            validate={"required": True},
        ),
        intent="plan_alert_at",
        alert='"help"',
        unit='"minutes"',
        amount="5",
    )
    number = file_one(office).filing_number

    with pytest.raises(Invalid) as refused:
        complete(office, SERVICE_HEAD, number, _first(office, number), {"decision": "ask", "handover": ""})
    complete(
        office, SERVICE_HEAD, number, _first(office, number), {"decision": "review", "handover": HANDOVER}
    )

    assert list(refused.value.fields) == ["handover"]
    with office.read() as connection:
        petition = connection.scalars(sa.select(PETITIONS.c.id)).one()
        assert read_notes(connection, petition) == ()


def test_how_many_were_chosen_repeats_an_activity_in_the_same_step(office: Office) -> None:
    publish_drawn(
        office,
        draw.start(),
        task("First", "first"),
        draw.user("Each", draw.instances("many")),
        draw.end(),
        flows="Begin -> First, First -> Each, Each -> Finish",
        forms={
            "first": [
                field("checklist", "asked_departments", optionsFrom="departments", target={"count": "many"})
            ]
        },
        lane=HEAD_LANE,
    )
    number = file_one(office).filing_number

    done = complete(
        office, SERVICE_HEAD, number, _first(office, number), {"asked_departments": ["INF", "HAC"]}
    )

    assert [each.element for each in done.next_tasks] == ["Each", "Each"]


def test_a_refusal_by_reserve_is_the_answer_wherever_the_work_stands(office: Office) -> None:
    publish_drawn(
        office,
        draw.start(),
        draw.service("Term", "start_term", kind='"information_request"'),
        task("Work"),
        on_signal("Refused", "Work", "refused"),
        draw.service("Send", "send_answer"),
        task("Deliver"),
        draw.end(),
        flows="Begin -> Term, Term -> Work, Work -> Send, Refused -> Send, Send -> Deliver, "
        "Deliver -> Finish",
        signals=["refused"],
        lane=HEAD_LANE,
    )
    number = file_one(office, kind="information_request").filing_number
    act = LegalAct(
        kind=LegalEventKind.REFUSED_BY_RESERVE,
        reason="Los datos son de la historia clínica de otra persona.",
        act_number="Resolución 8 de 2026",
    )

    outcome = record_legal_act(office, LAWYER, number, act)

    view = read_petition(office, SERVICE_HEAD, number)
    assert outcome.answered
    assert (view.row.status, view.outgoing_number) == (PetitionStatus.SENT, "2026-S-000001")
    assert "historia clínica" in view.answer_text
