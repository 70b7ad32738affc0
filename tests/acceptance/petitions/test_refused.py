"""Petitions that are refused, referred, published or set aside: each with its rule and its trace."""

import httpx
import pytest

from tests.acceptance.petitions import writings
from tests.acceptance.petitions.office_work import (
    REASON,
    assign,
    classify,
    close,
    draft,
    finish,
    petitioner,
)
from tests.acceptance.petitions.people import (
    DEPUTY_HEAD,
    DOCTOR,
    GOVERNMENT_HEAD,
    HEALTH_HEAD,
    INSPECTOR,
    LAWYER,
    RECEPTIONIST,
    mail_of,
)
from tests.acceptance.petitions.town import Town
from tests.builders.office import CLERK, OFFICIAL, SERVICE_HEAD

DATABASE = "postgresql"
pytestmark = pytest.mark.long

LUZ_DARY = petitioner("Luz Dary Quintero", "39045123", "luzdary")


def test_who_is_complained_of_never_sees_it_and_the_anonymous_read_a_redacted_answer(town: Town) -> None:
    filing = town.file(
        kind="wrongdoing_report",
        subject="contratos amañados",
        body=writings.RIGGED_CONTRACT,
        anonymous=True,
        topic="contracts",
        privacy_notice=True,
    )
    classify(town, filing, level=3, complained_of=OFFICIAL.username)
    seen = town.reads(OFFICIAL, f"/api/petitions/{filing.number}")
    assign(town, filing, "GOB")
    text = "El contrato 045 de 2026 se remitió a la Contraloría y se abrió la indagación."
    town.does(INSPECTOR, filing, "Draft", work_next="review", answer_text=text, outcome="granted")
    town.does(GOVERNMENT_HEAD, filing, "Review", review="approve", signatories=[])
    title = "Sobre un contrato de placa huella"
    leaking = f"{text} Lo denunció Ana Ruiz, cédula 39045123, ana@correo.example."
    refused = town.tries(
        DEPUTY_HEAD, filing, "Publish", public_title=title, public_text=leaking, public_confirmed=False
    )
    town.does(DEPUTY_HEAD, filing, "Publish", public_title=title, public_text=text, public_confirmed=True)
    finish(town, filing)

    assert seen.status_code == httpx.codes.NOT_FOUND
    assert refused.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert town.letters_to(mail_of(OFFICIAL), filing) == []
    published = town.opens(f"/publicaciones/{filing.number}")
    assert "se abrió la indagación" in published
    assert "Carlos Mejía" not in published


def test_medical_records_are_refused_by_reserve_and_the_journalist_insists(town: Town) -> None:
    filing = town.file(
        kind="document_request",
        subject="Historias clínicas del programa de salud mental",
        body=writings.RESERVED_FILES,
        topic="health",
        **petitioner("Camila Restrepo", "1020304050", "camila"),
    )
    classify(town, filing, level=3)
    town.acts(
        LAWYER,
        filing,
        "refused_by_reserve",
        reason="Son datos sensibles de pacientes: artículo 24, numeral 3, de la Ley 1437 de 2011.",
        act_number="Resolución 31 de 2026",
    )
    town.deliver()
    town.acts(SERVICE_HEAD, filing, "notified", of="refused_by_reserve", reason="Lo abrió en su correo.")
    insisted = town.citizen_does(filing, "insisted", "insisto: pueden tachar los nombres")
    finish(town, filing)

    told = " ".join(letter.text for letter in town.letters_to("camila@correo.example", filing))
    assert "artículo 24, numeral 3" in told
    assert insisted
    assert town.standing(filing)["outcome"] == "denied"
    assert town.letters_to(mail_of(LAWYER), filing)


def test_an_insult_is_rejected_with_a_reasoned_act_that_says_what_can_be_done(town: Town) -> None:
    filing = town.file(
        kind="complaint",
        subject="ladrones",
        body=writings.INSULTING,
        **petitioner("Anselmo Rudas", "85460001", "anselmo"),
    )
    classify(town, filing, admission="disrespectful")
    reason = "Solo contiene insultos; puede presentarla de nuevo con respeto y se tapará el hueco."
    town.does(
        LAWYER,
        filing,
        "RejectDisrespectful",
        rejection="sign",
        reason=reason,
        act_number="Resolución 32 de 2026",
    )
    town.deliver()

    letters = town.letters_to("anselmo@correo.example", filing)
    assert any("puede presentarla de nuevo con respeto" in letter.text for letter in letters)
    assert any("Resolución 32 de 2026" in letter.text for letter in letters)
    assert any("artículo 19" in letter.text for letter in letters)
    assert town.standing(filing)["status"] == "rejected"


def test_hard_words_with_a_request_inside_are_no_insult(town: Town) -> None:
    filing = town.file(
        kind="service_claim",
        subject="el hueco de la esquina",
        body=writings.INSULTING,
        topic="roads",
        territory="c2",
        **petitioner("Anselmo Rudas", "85460001", "anselmo"),
    )
    classify(town, filing, level=3, admission="disrespectful")
    town.does(LAWYER, filing, "RejectDisrespectful", rejection="proceed", rejection_note=REASON)
    draft(town, filing, "Señor Anselmo: el hueco de la esquina se tapa el martes.")
    finish(town, filing)

    letters = town.letters_to("anselmo@correo.example", filing)
    assert any("se tapa el martes" in letter.text for letter in letters)


def test_who_asks_the_same_again_is_referred_to_the_answer_that_was_given(town: Town) -> None:
    first = town.file(kind="request", subject="postes", body=writings.STREET_LIGHTS, **LUZ_DARY)
    classify(town, first, level=2)
    text = "Señora Luz Dary: los postes se arreglan el jueves 26 de este mes."
    town.does(RECEPTIONIST, first, "AnswerAtPoint", work_next="answer", answer_text=text, outcome="granted")
    town.deliver()
    finish(town, first)
    again = town.file(
        kind="request", subject="otra ves los postes", body=writings.AGAIN_THE_LIGHTS, **LUZ_DARY
    )

    classify(town, again, admission="repeated")
    reply = f"Señora Luz Dary: ya le respondimos en el radicado {first.number}: se arreglan el jueves 26."
    fields = {"repetition": "refer", "earlier_filing": first.number, "answer_text": reply}
    town.does(CLERK, again, "ReferToEarlier", **fields)
    town.deliver()
    finish(town, again)

    letters = town.letters_to("luzdary@correo.example", again)
    assert any(first.number in letter.text for letter in letters)
    assert town.standing(again)["outcome"] == "referred"


def test_a_judicial_notice_is_no_petition_and_is_in_the_lawyer_s_hands_at_once(town: Town) -> None:
    filing = town.file_at_desk(
        CLERK,
        channel="email",
        nature="judicial_notice",
        subject="Auto admisorio 2026-00312",
        body=writings.GUARDIANSHIP_ORDER,
        full_name="Juzgado Segundo Promiscuo Municipal",
        email="juzgado@correo.example",
    )
    told = town.letters_to(mail_of(LAWYER), filing)
    note = "Tutela 2026-00312, Juzgado Segundo: dos días para el informe."
    town.does(LAWYER, filing, "TakeJudicialNotice", judicial_notice_note=note)

    assert told
    assert town.standing(filing)["status"] == "not_a_petition"


def test_a_petition_that_is_withdrawn_goes_on_when_the_town_is_in_danger_of_its_water(town: Town) -> None:
    filing = town.file(
        kind="service_claim",
        subject="basura",
        body=writings.GARBAGE,
        topic="health",
        territory="c2",
        **petitioner("Néstor Iván Cabarcas", "72333444", "nestor"),
    )
    classify(town, filing, level=3)
    town.citizen_does(filing, "withdrawn", "ya no quiero nada, me canse")
    assert town.standing(filing)["status"] == "withdrawn"

    town.acts(
        LAWYER,
        filing,
        "continued_ex_officio",
        reason="Las moscas y ratas son un riesgo para la salud de toda la manzana.",
        act_number="Resolución 33 de 2026",
    )
    text = "Señor Néstor: el carro pasa desde hoy los lunes y jueves, y la manzana se fumiga mañana."
    draft(town, filing, text, by=DOCTOR, head=HEALTH_HEAD)
    town.wait_working_days(11)
    close(town, filing)

    assert any("se fumiga mañana" in each.text for each in town.letters_to("nestor@correo.example", filing))
    assert town.tracking(filing)["status"] == "closed"
