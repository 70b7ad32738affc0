"""The letters, as the people who receive them read them."""

from dataclasses import fields, replace
from datetime import date

import pytest
from lxml import html

from notifications.messages import Assigned, Escalation, Letter, compose
from tests.support.letters import ACKNOWLEDGEMENT, ANSWER, ASSIGNED, ESCALATION, RESERVED_LETTERS, spoken


def test_the_acknowledgement_says_the_number_and_the_date_in_words() -> None:
    letter = compose(ACKNOWLEDGEMENT)

    promise = (
        "Su petición quedó radicada con el número 2026-000123. "
        "Le responderemos a más tardar el martes 15 de diciembre de 2026."
    )
    assert letter.subject == "Su petición quedó radicada con el número 2026-000123"
    assert promise in letter.text
    assert promise in spoken(letter.html)


def test_the_acknowledgement_prints_reception_and_filing_and_why_they_differ() -> None:
    letter = compose(ACKNOWLEDGEMENT)

    for text in (letter.text.replace("\u00a0", " "), spoken(letter.html)):
        assert "sábado 21 de noviembre de 2026 a las 11:05 p. m." in text
        assert "lunes 23 de noviembre de 2026" in text
        assert "Por qué se radicó en otra fecha: lo que llega en un día no hábil" in text
        assert "3 (PDF, JPG y PNG)" in text
        assert "15 días hábiles" in text
        assert "Ley 1437 de 2011, artículo 14" in text


def test_a_petition_filed_on_the_day_it_came_needs_no_reason() -> None:
    same_day = replace(ACKNOWLEDGEMENT, filed_on=date(2026, 11, 21), filing_reason="")

    letter = compose(same_day)

    assert "otra fecha" not in letter.text
    assert "otra fecha" not in letter.html


def test_what_is_no_petition_is_acknowledged_without_a_date_to_answer() -> None:
    letter = compose(replace(ACKNOWLEDGEMENT, is_petition=False))

    for text in (letter.text, spoken(letter.html)):
        assert "Su comunicación quedó radicada" in text
        assert "Le responderemos" not in text
        assert "Cómo se cuenta el plazo" not in text
    assert letter.subject.startswith("Su comunicación quedó radicada")


def test_whoever_marked_a_danger_reads_whom_to_call_first() -> None:
    letter = compose(replace(ACKNOWLEDGEMENT, emergency_numbers=("123", "119")))

    for text in (letter.text, spoken(letter.html)):
        assert "llame al 123 o al 119" in text
    assert "en peligro" not in compose(ACKNOWLEDGEMENT).text


def test_an_acknowledgement_without_files_counts_none() -> None:
    letter = compose(replace(ACKNOWLEDGEMENT, attachments=()))

    assert "Archivos adjuntos: 0\n" in letter.text
    assert "Archivos adjuntos0" in spoken(letter.html)


def test_the_tracking_code_is_in_no_link() -> None:
    page = html.fromstring(compose(ACKNOWLEDGEMENT).html.encode())

    assert page.xpath("//a/@href") == ["https://villa.example/consulta"]


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Ana María Ruiz", "Cordial saludo, Ana María Ruiz:"),
        ("O'Neill & Hijos S.A.S. (3M)", "Cordial saludo, O'Neill & Hijos S.A.S. (3M):"),
        (None, "Cordial saludo:"),
        ("", "Cordial saludo:"),
        ("Gane dinero en premios.example", "Cordial saludo:"),
        ("Gane https://premios", "Cordial saludo:"),
        ("Gane\nmucho", "Cordial saludo:"),
        ("A" * 81, "Cordial saludo:"),
    ],
)
def test_a_letter_greets_by_name_but_carries_no_strangers_link(name: str | None, greeting: str) -> None:
    letter = compose(replace(ACKNOWLEDGEMENT, petitioner_name=name))

    assert letter.text.splitlines()[0] == greeting
    assert greeting in spoken(letter.html)


def test_the_answer_carries_its_number_its_text_and_its_signature() -> None:
    letter = compose(ANSWER)

    assert letter.subject == "Respuesta a su petición 2026-000123"
    assert "Número de salida: S-2026-000045" in letter.text
    assert "El poste ya fue reparado.\n\nGracias por avisar.\nHasta pronto.\n" in letter.text
    assert "Luis Peña\nSecretario de Infraestructura\n" in letter.text
    assert "<p>Gracias por avisar.<br>\nHasta pronto.</p>" in letter.html
    assert "adjunto" not in letter.text


@pytest.mark.parametrize(
    ("attachments", "note"),
    [
        (("informe.pdf",), "un archivo adjunto: informe.pdf. Para descargarlo,"),
        (("informe.pdf", "fotos.zip"), "2 archivos adjuntos: informe.pdf y fotos.zip."),
    ],
)
def test_the_answer_says_where_its_files_are(attachments: tuple[str, ...], note: str) -> None:
    letter = compose(replace(ANSWER, attachments=attachments))

    assert note in letter.text
    assert note in spoken(letter.html)


def test_the_answer_to_a_consultation_says_that_it_does_not_bind() -> None:
    note = "no son de obligatorio cumplimiento o ejecución (Ley 1437 de 2011, artículo 28)"

    consultation = compose(replace(ANSWER, is_consultation=True))

    assert note in consultation.text
    assert note in spoken(consultation.html)
    assert "artículo 28" not in compose(ANSWER).text


@pytest.mark.parametrize(
    ("today", "days_left", "subject", "sentence"),
    [
        (
            date(2026, 12, 10),
            3,
            "Petición 2026-000123: quedan 3 días hábiles",
            "le quedan 3 días hábiles: vence el martes 15 de diciembre de 2026",
        ),
        (
            date(2026, 12, 14),
            1,
            "Petición 2026-000123: queda 1 día hábil",
            "le queda 1 día hábil: vence el martes 15 de diciembre de 2026",
        ),
        (
            date(2026, 12, 15),
            0,
            "Petición 2026-000123: vence hoy",
            "vence hoy, martes 15 de diciembre de 2026",
        ),
        (
            date(2026, 12, 19),
            -3,
            "Petición 2026-000123: venció el martes 15 de diciembre de 2026",
            "tenía plazo hasta el martes 15 de diciembre de 2026",
        ),
    ],
)
def test_an_escalation_says_how_much_time_is_left(
    today: date, days_left: int, subject: str, sentence: str
) -> None:
    letter = compose(replace(ESCALATION, today=today, working_days_left=days_left))

    assert letter.subject == subject
    assert sentence in letter.text
    assert sentence in spoken(letter.html)


def test_an_escalation_says_when_nobody_has_the_task() -> None:
    letter = compose(replace(ESCALATION, official_name=None))

    assert "Responsable: nadie ha tomado la tarea todavía" in letter.text


def test_an_escalation_tells_the_front_desk_what_it_is_theirs_to_do() -> None:
    letter = compose(replace(ESCALATION, rung="front_desk", department="", official_name=None))

    for text in (letter.text, spoken(letter.html)):
        assert "usted la atiende en la ventanilla" in text
        assert "Dependencia" not in text
        assert "ha tomado la tarea" not in text
        assert "reasignarla" not in text


@pytest.mark.parametrize("letter", [Assigned, Escalation])
def test_a_letter_to_officials_has_no_place_for_the_citizens_data(letter: type[Letter]) -> None:
    names = {field.name for field in fields(letter)}

    assert names.isdisjoint({"petitioner_name", "tracking_code", "text"})


def test_the_assignment_says_both_dates_and_why_it_goes_first() -> None:
    letter = compose(replace(ASSIGNED, priority_reason="La presenta una persona mayor."))

    for text in (letter.text, spoken(letter.html)):
        assert "lunes 14 de diciembre de 2026" in text
        assert "martes 15 de diciembre de 2026" in text
        assert "La presenta una persona mayor." in text
    assert "prioritaria" not in compose(ASSIGNED).text


def test_an_alert_of_a_term_that_an_act_gave_says_that_its_date_is_a_new_one() -> None:
    first, second = (compose(replace(ESCALATION, new_terms=number)) for number in (0, 1))

    for text in (second.text, spoken(second.html)):
        assert "el término cambió por una prórroga, por otra clase, porque el ciudadano completó" in text
    assert "prórroga" not in first.text


def test_a_custodian_reads_how_many_petitions_a_new_calendar_moved() -> None:
    one, two = (compose(replace(RESERVED_LETTERS, letters=number)) for number in (1, 2))

    assert "la fecha en que se responde una petición de quien pidió reservar" in one.text
    assert "la fecha en que se responden 2 peticiones de quien pidió reservar" in two.text
