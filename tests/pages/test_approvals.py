"""A change of kind that lengthens a term waits for the head of citizen service, who decides on a page."""

from collections.abc import Callable

import pytest

from processes.directory.people import Person
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from tests.builders.office import CONTROL, OFFICIAL, SERVICE_HEAD, STRANGER, HandClock
from tests.builders.petitions import answer, classify, distribute, file_one
from tests.pages.visitor import Seen, Visitor

SignIn = Callable[[Person], Visitor]
REASONS = "Pide un concepto sobre la norma de la obra, no una actuación."


@pytest.fixture
def number(office: Office) -> str:
    filed = file_one(office).filing_number
    classify(office, filed)
    distribute(office, filed)
    return filed


def _propose(visitor: Visitor, number: str) -> Seen:
    address = f"/peticiones/{number}/actuaciones/reclasificar"
    refused = visitor.press(
        visitor.open(address), address, reason=REASONS, new_kind="consultation", step="review"
    )
    assert refused.status == 422
    return visitor.press(refused, address, step="propose")


def _due_on(office: Office, number: str) -> str:
    return read_petition(office, SERVICE_HEAD, number).row.due_on.isoformat()


def test_a_refused_lengthening_is_asked_for_and_changes_nothing_meanwhile(
    office: Office, signed_in: SignIn, number: str
) -> None:
    asked = _propose(signed_in(OFFICIAL), number)

    assert asked.path.endswith("aviso=propuesta")
    assert "Espera aprobación: cambiar la clase a «Consulta», que pide Carlos Mejía." in asked.text
    assert asked.all("//a[starts-with(@href, '/aprobaciones')]") == []
    assert _due_on(office, number) == "2026-12-15"


def test_the_head_sees_how_the_date_would_move_and_approves(
    office: Office, signed_in: SignIn, number: str
) -> None:
    _propose(signed_in(OFFICIAL), number)
    head = signed_in(SERVICE_HEAD)

    waiting = head.open("/aprobaciones")
    one = head.open(f"/aprobaciones/{number}")
    done = head.press(one, f"/aprobaciones/{number}/aprobar")

    assert "De «Petición» a «Consulta»" in waiting.text
    assert REASONS in one.text
    assert "La fecha pasa del 15/12/2026 al 07/01/2027." in one.text
    assert "No hay nada que espere su aprobación." in done.text
    assert _due_on(office, number) == "2027-01-07"
    history = head.open(f"/peticiones/{number}").text
    assert "Pidió aprobar un cambio de clase: de «Petición» a «Consulta»." in history


def test_the_head_declines_with_a_reason_that_stays(office: Office, signed_in: SignIn, number: str) -> None:
    _propose(signed_in(OFFICIAL), number)
    head = signed_in(SERVICE_HEAD)
    one = head.open(f"/aprobaciones/{number}")

    short = head.press(one, f"/aprobaciones/{number}/negar", reason="no")
    done = head.press(short, f"/aprobaciones/{number}/negar", reason="Sí pide que la entidad actúe.")

    assert short.status == 422
    assert short.form(f"/aprobaciones/{number}/negar")["reason"].strip() == "no"
    assert "no se aprobó" in done.text
    assert _due_on(office, number) == "2026-12-15"
    assert "No aprobó el cambio de clase. Motivo: Sí pide que la entidad actúe." in (
        head.open(f"/peticiones/{number}").text
    )


def test_what_was_decided_is_decided_once(signed_in: SignIn, number: str) -> None:
    _propose(signed_in(OFFICIAL), number)
    head = signed_in(SERVICE_HEAD)
    one = head.open(f"/aprobaciones/{number}")
    head.press(one, f"/aprobaciones/{number}/aprobar")

    assert head.press(one, f"/aprobaciones/{number}/aprobar").status == 404


def test_a_second_proposal_takes_the_place_of_the_first(signed_in: SignIn, number: str) -> None:
    official = signed_in(OFFICIAL)
    _propose(official, number)
    _propose(official, number)

    assert len(signed_in(SERVICE_HEAD).open("/aprobaciones").of_class("row")) == 1


def test_nothing_waits_on_a_petition_that_was_answered(
    office: Office, signed_in: SignIn, number: str
) -> None:
    _propose(signed_in(OFFICIAL), number)
    answer(office, number)
    head = signed_in(SERVICE_HEAD)

    assert head.open("/aprobaciones").of_class("row") == []
    assert head.open(f"/aprobaciones/{number}").status == 404


@pytest.mark.parametrize("person", [OFFICIAL, CONTROL], ids=lambda person: person.username)
def test_only_the_head_decides(signed_in: SignIn, number: str, person: Person) -> None:
    _propose(signed_in(OFFICIAL), number)
    visitor = signed_in(person)

    assert visitor.open("/aprobaciones").status == 403
    assert visitor.open(f"/aprobaciones/{number}").status == 403
    case_file = visitor.open(f"/peticiones/{number}")
    assert visitor.send(f"/aprobaciones/{number}/aprobar", case_file.form("/salir")).status == 403


def test_another_department_may_not_ask(signed_in: SignIn, number: str) -> None:
    visitor = signed_in(STRANGER)
    address = f"/peticiones/{number}/actuaciones/reclasificar"
    values = {**visitor.open("/bandeja").form("/salir"), "reason": REASONS, "new_kind": "consultation"}

    assert visitor.send(address, {**values, "step": "propose"}).status == 403


def test_a_change_asked_for_meanwhile_is_shown_before_it_is_decided(
    office: Office, signed_in: SignIn, number: str, clock: HandClock
) -> None:
    carlos, head = signed_in(OFFICIAL), signed_in(SERVICE_HEAD)
    _propose(carlos, number)
    seen = head.open(f"/aprobaciones/{number}")
    clock.forward(minutes=1)
    _propose(carlos, number)

    refused = head.press(seen, f"/aprobaciones/{number}/aprobar")
    approved = head.press(refused, f"/aprobaciones/{number}/aprobar")

    assert (refused.status, approved.status) == (409, 200)
    assert "pidieron otro cambio de clase" in refused.text
    assert _due_on(office, number) == "2027-01-07"
