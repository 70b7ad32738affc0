"""Officials carry out the legal acts of a petition: what is open, the form, the confirmation, the result."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_preview import preview_legal_act
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.terms.events import LegalEventKind
from processes.terms.lengths import Length, TermUnit
from tests.builders.office import (
    CLERK,
    CONTROL,
    DEPARTMENT_HEAD,
    OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
)
from tests.builders.petitions import classify, distribute, file_one
from tests.pages.visitor import Seen, Visitor

SignIn = Callable[[Person], Visitor]
LAWYER = Person("julia", "Julia Roa", frozenset({Role.LEGAL_OFFICE}))
REASONS = "La cuadrilla debe hacer un estudio del suelo que tarda dos semanas."
MISSING = "Falta la dirección exacta y una fotografía del hueco."
NOTE = ("plano.txt", b"Plano del lugar", "text/plain")


@pytest.fixture
def number(office: Office) -> str:
    """A petition that its department answers."""
    filed = file_one(office).filing_number
    classify(office, filed)
    distribute(office, filed)
    return filed


def _acts(number: str) -> str:
    return f"/peticiones/{number}/actuaciones"


def _review(visitor: Visitor, number: str, slug: str, **typed: str) -> Seen:
    page = visitor.open(f"{_acts(number)}/{slug}")
    return visitor.press(page, f"{_acts(number)}/{slug}", step="review", **typed)


def _confirm(visitor: Visitor, page: Seen, number: str, slug: str) -> Seen:
    return visitor.press(page, f"{_acts(number)}/{slug}", step="confirm")


def _do(visitor: Visitor, number: str, slug: str, **typed: str) -> Seen:
    return _confirm(visitor, _review(visitor, number, slug, **typed), number, slug)


def test_the_page_tells_what_is_open_until_when_and_why_the_rest_is_not(
    signed_in: SignIn, number: str
) -> None:
    page = signed_in(OFFICIAL).open(_acts(number))

    open_now = page.of_class("act")
    assert any(
        each.startswith("Prorrogar el término") and "Hasta el martes 15 de diciembre de 2026" in each
        for each in open_now
    )
    assert any("Ley 1437 de 2011, artículo 17" in each for each in open_now)
    refused = dict(zip(*(page.of_class(name) for name in ("refusal-act", "refusal-why")), strict=True))
    assert refused["Anotar que el ciudadano completó"] == (
        "Solo procede mientras se espera que el ciudadano complete; hoy el término corre. "
        "(Ley 1437 de 2011, artículo 17, inciso 2)"
    )
    assert refused["Negar por reserva"].startswith("Lo hace el jefe de la dependencia, ")


def test_the_case_file_leads_to_the_acts(signed_in: SignIn, number: str) -> None:
    page = signed_in(OFFICIAL).open(f"/peticiones/{number}")

    assert page.all(f"//a[@href='{_acts(number)}']")


def test_an_extension_shows_how_the_date_would_move_and_moves_it_only_once_confirmed(
    office: Office, signed_in: SignIn, number: str
) -> None:
    visitor = signed_in(OFFICIAL)

    review = _review(visitor, number, "prorrogar", reason=REASONS)
    assert "Vence el martes 15 de diciembre de 2026" in review.text
    assert "La fecha pasa del 15/12/2026 al 07/01/2027." in review.text
    assert len(review.all("//details[@class='term']")) == 2
    assert read_petition(office, OFFICIAL, number).row.due_on.isoformat() == "2026-12-15"

    done = _confirm(visitor, review, number, "prorrogar")
    assert (done.status, done.path) == (200, f"{_acts(number)}?aviso=hecha")
    assert read_petition(office, OFFICIAL, number).row.due_on.isoformat() == "2027-01-07"
    assert REASONS in done.text
    assert "Prórroga informada" in visitor.open(f"/peticiones/{number}").text


def test_a_refused_act_says_the_rule_and_keeps_what_was_typed(signed_in: SignIn, number: str) -> None:
    visitor = signed_in(OFFICIAL)

    refused = _review(visitor, number, "prorrogar", reason=REASONS, length_amount="31")

    assert refused.status == 422
    assert "artículo 14" in refused.of_class("note note-bad")[0]
    kept = refused.form(f"{_acts(number)}/prorrogar")
    assert (kept["reason"].strip(), kept["length_amount"]) == (REASONS, "31")


def test_every_wrong_field_is_pointed_at_with_what_was_typed(signed_in: SignIn, number: str) -> None:
    visitor = signed_in(OFFICIAL)

    wrong = _review(visitor, number, "prorrogar", reason="corto", happened_on="ayer", length_amount="mucho")

    assert wrong.status == 422
    assert wrong.of_id("happened_on-error")
    assert wrong.of_id("length_amount-error")
    kept = wrong.form(f"{_acts(number)}/prorrogar")
    assert (kept["reason"].strip(), kept["length_amount"]) == ("corto", "mucho")

    short = _review(visitor, number, "prorrogar", reason="corto")
    assert "al menos 15 caracteres" in short.of_id("reason-error")


def test_a_file_is_chosen_once_however_often_the_form_comes_back(
    office: Office, signed_in: SignIn, number: str
) -> None:
    visitor = signed_in(OFFICIAL)
    address = f"{_acts(number)}/requerir"
    page = visitor.open(address)

    wrong = visitor.send(address, {**page.form(address), "step": "review"}, files=[("files", NOTE)])
    review = visitor.press(wrong, address, reason=MISSING, step="review")
    again = visitor.press(review, address, step="edit")
    _do_again = visitor.press(again, address, step="review")
    _confirm(visitor, _do_again, number, "requerir")

    assert wrong.status == 422
    (file,) = [each for each in read_petition(office, OFFICIAL, number).files if each.direction == "internal"]
    assert file.file.name == "plano.txt"


def test_a_request_suspends_the_term_and_every_page_says_so_in_words(signed_in: SignIn, number: str) -> None:
    visitor = signed_in(OFFICIAL)

    review = _review(visitor, number, "requerir", reason=MISSING)
    assert "El término queda suspendido" in review.text
    acts = _confirm(visitor, review, number, "requerir")

    assert "Requerida (término suspendido)" in acts.text
    for address in ("/bandeja", "/peticiones", f"/peticiones/{number}"):
        assert "Suspendida" in visitor.open(address).text
    assert "suspend" in visitor.open(f"/peticiones/{number}/vencimiento").text


def test_the_citizen_s_completion_is_written_down_at_the_desk_with_its_own_day(
    office: Office, signed_in: SignIn, number: str, clock: HandClock
) -> None:
    _do(signed_in(OFFICIAL), number, "requerir", reason=MISSING)
    clock.forward(days=7)

    done = _do(
        signed_in(CLERK),
        number,
        "completada",
        reason="Trajo la fotografía y la dirección en una carta.",
        happened_on="2026-11-27",
        happened_time="10:30",
    )

    assert "viernes 27 de noviembre de 2026 a las 10:30 a. m." in done.text
    assert read_petition(office, OFFICIAL, number).row.due_status == "on_track"


def test_a_lengthening_reclassification_is_for_the_head_of_citizen_service(
    office: Office, signed_in: SignIn, number: str
) -> None:
    by_the_official = _review(
        signed_in(OFFICIAL), number, "reclasificar", reason=REASONS, new_kind="consultation"
    )
    assert by_the_official.status == 422
    assert "Relación con el Ciudadano" in by_the_official.text

    _do(signed_in(SERVICE_HEAD), number, "reclasificar", reason=REASONS, new_kind="consultation")
    assert read_petition(office, OFFICIAL, number).row.kind == "consultation"


def test_a_transfer_ends_the_petition_here_and_says_so(signed_in: SignIn, number: str) -> None:
    visitor = signed_in(DEPARTMENT_HEAD)

    review = _review(visitor, number, "trasladar", reason=REASONS, authority="Corporación Autónoma")
    done = _confirm(visitor, review, number, "trasladar")

    assert "La petición queda así: Trasladada." in review.text
    assert "Trasladada" in done.text
    assert "Corporación Autónoma" in done.text


def test_a_second_extension_confirmed_from_an_old_page_is_refused_without_losing_the_text(
    signed_in: SignIn, number: str
) -> None:
    visitor = signed_in(OFFICIAL)
    review = _review(visitor, number, "prorrogar", reason=REASONS)
    _confirm(visitor, review, number, "prorrogar")

    again = _confirm(visitor, review, number, "prorrogar")

    assert again.status == 422
    assert again.form(f"{_acts(number)}/prorrogar")["reason"].strip() == REASONS


def test_who_only_reads_sees_the_page_without_acts_and_is_refused(signed_in: SignIn, number: str) -> None:
    visitor = signed_in(CONTROL)

    page = visitor.open(_acts(number))
    refused = _review(visitor, number, "prorrogar", reason=REASONS)

    assert page.of_class("act") == []
    assert (refused.status, refused.form(f"{_acts(number)}/prorrogar")["reason"].strip()) == (403, REASONS)


@pytest.mark.parametrize("slug", ["", "/prorrogar"])
def test_another_department_s_acts_stay_closed(signed_in: SignIn, number: str, slug: str) -> None:
    assert signed_in(STRANGER).open(f"{_acts(number)}{slug}").status == 403


def test_an_act_that_does_not_exist_is_not_found(signed_in: SignIn, number: str) -> None:
    assert signed_in(OFFICIAL).open(f"{_acts(number)}/quemar").status == 404


def test_hostile_text_stays_text_on_every_step(signed_in: SignIn, number: str) -> None:
    hostile = "</textarea><script>alert(1)</script> {{ 7*7 }} razones de sobra"
    visitor = signed_in(OFFICIAL)

    review = _review(visitor, number, "prorrogar", reason=hostile)
    done = _confirm(visitor, review, number, "prorrogar")

    for page in (review, done):
        assert page.all("//script[not(@src)]") == []
        assert hostile in page.text


@pytest.mark.parametrize("sent", ["9" * 5000, "0", "51", "-1", "²", "uno"])
def test_a_matter_that_no_petition_has_is_said_and_the_words_stay(
    signed_in: SignIn, number: str, sent: str
) -> None:
    refused = _review(signed_in(OFFICIAL), number, "requerir", reason=MISSING, matters=sent)

    assert refused.status == 422
    assert "Elija los asuntos de la lista." in refused.text
    assert MISSING in refused.text


def test_a_judge_s_hours_show_the_day_and_the_hour_at_which_they_end(
    office: Office, signed_in: SignIn, number: str
) -> None:
    order = LegalAct(
        kind=LegalEventKind.JUDGE_ORDERED,
        length=Length(48, TermUnit.HOURS),
        authority="Juzgado Segundo, tutela 2026-451",
    )
    record_legal_act(office, LAWYER, number, order)

    page = signed_in(OFFICIAL).open(_acts(number))

    (heading,) = [each.text_content() for each in page.all("//h3") if "juez" in str(each.text_content())]
    assert " de 2026 a las " in heading
    assert "00:00:00" not in page.text


def test_a_spent_request_is_refused_in_words_and_its_clocks_are_gone(signed_in: SignIn, number: str) -> None:
    official = signed_in(OFFICIAL)
    _do(official, number, "requerir", reason=MISSING)
    _do(signed_in(CLERK), number, "completada", reason="Trajo la fotografía en una carta.")

    page = official.open(_acts(number))

    refused = dict(zip(*(page.of_class(name) for name in ("refusal-act", "refusal-why")), strict=True))
    assert refused["Requerir al ciudadano para que complete"].startswith("Ya se hizo el ")
    clocks = " ".join(each.text_content() for each in page.all("//section[@aria-labelledby='relojes']//h3"))
    assert "Traslado" in clocks
    assert "completar" not in clocks
    assert "pedir lo que falta" not in clocks


def test_the_review_of_a_refusal_says_that_it_answers_and_later_ones_what_they_begin(
    signed_in: SignIn, number: str
) -> None:
    head = signed_in(DEPARTMENT_HEAD)
    signed = {"reason": "Ley 1712 de 2014, artículo 19, literal a", "act_number": "Resolución 5 de 2026"}

    review = _review(head, number, "negar-por-reserva", **signed)
    assert "La petición queda respondida; al confirmar, la carta sale." in review.text
    assert "La fecha no cambia" not in review.text

    _confirm(head, review, number, "negar-por-reserva")
    notified = _review(head, number, "notificada", of="refused_by_reserve", reason="En persona")
    assert "Vencía el" in notified.text
    assert "Insistencia del peticionario: " in notified.text


def test_a_judge_s_order_tells_its_date_to_whoever_writes_it_down(office: Office, number: str) -> None:
    order = LegalAct(
        kind=LegalEventKind.JUDGE_ORDERED, length=Length(2, TermUnit.HOURS), authority="Juzgado Segundo"
    )

    outcome = preview_legal_act(office, LAWYER, number, order)

    (clock,) = outcome.clocks
    assert (clock.label, clock.due_at) == ("Informe al juez de tutela", office.now() + timedelta(hours=2))


def test_only_acts_that_were_done_may_be_notified_or_come_back(signed_in: SignIn, number: str) -> None:
    visitor = signed_in(OFFICIAL)
    empty = visitor.open(f"{_acts(number)}/aviso-devuelto")
    _do(visitor, number, "prorrogar", reason=REASONS)

    page = visitor.open(f"{_acts(number)}/aviso-devuelto")

    assert "todavía no hay un acto" in empty.of_id("of-hint")
    assert [each.get("value") for each in page.all("//select[@id='of']/option")] == ["", "extension_told"]


def test_the_date_field_promises_a_letter_only_where_one_goes_out(signed_in: SignIn, number: str) -> None:
    visitor = signed_in(OFFICIAL)

    hints = {
        slug: visitor.open(f"{_acts(number)}/{slug}").of_id("happened_on-hint")
        for slug in ("prorrogar", "reasignar")
    }

    assert "correo" in hints["prorrogar"]
    assert "correo" not in hints["reasignar"]


def test_a_transfer_says_until_when_and_that_its_day_has_gone_by(
    signed_in: SignIn, number: str, clock: HandClock
) -> None:
    def hint() -> str:
        page = signed_in(OFFICIAL).open(_acts(number))
        (act,) = [each for each in page.of_class("act") if each.startswith("Trasladar")]
        return act

    assert "Hasta el lunes 30 de noviembre de 2026" in hint()
    clock.forward(days=8)
    assert "Debía hacerse hasta el lunes 30 de noviembre de 2026" in hint()
