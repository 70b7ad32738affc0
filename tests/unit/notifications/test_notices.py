"""The short notices of the procedure, as citizens and people of the entity read them."""

from dataclasses import fields, replace

import pytest
from lxml import html

from notifications.messages import compose
from notifications.notices import CitizenNoticeOf, OfficeNotice, OfficeNoticeOf
from notifications.render import TEMPLATES
from tests.support.letters import CITIZEN_NOTICE, OFFICE_NOTICE, spoken


def test_the_survey_says_that_nobody_has_to_answer_until_when_and_with_which_keys() -> None:
    letter = compose(CITIZEN_NOTICE)

    for text in (letter.text, spoken(letter.html)):
        assert "No es obligatoria" in text
        assert "con respeto y dignidad" in text
        assert "martes 15 de diciembre de 2026" in text
        assert "K7QF-9XMB-24TD" in text
        assert "https://villa.example/encuesta" in text


def test_the_survey_speaks_to_whoever_was_refused_as_to_whoever_was_answered() -> None:
    letter = compose(CITIZEN_NOTICE)

    assert letter.text.split("\n\n")[1].startswith("Ya resolvimos su petición 2026-000123.")
    assert "respuesta" not in letter.text


def test_the_reminder_of_the_survey_says_that_it_is_the_last() -> None:
    letter = compose(replace(CITIZEN_NOTICE, notice=CitizenNoticeOf.SURVEY_REMINDER))

    assert "no volveremos a recordárselo" in letter.text
    assert letter.subject == "Petición 2026-000123: todavía puede contarnos cómo le fue"


@pytest.mark.parametrize(
    "notice",
    [
        each
        for each in CitizenNoticeOf
        if each not in {CitizenNoticeOf.SURVEY, CitizenNoticeOf.SURVEY_REMINDER}
    ],
)
def test_only_the_survey_prints_the_code_and_no_link_holds_it(notice: CitizenNoticeOf) -> None:
    letter = compose(replace(CITIZEN_NOTICE, notice=notice))

    assert "K7QF-9XMB-24TD" not in letter.text
    assert "K7QF-9XMB-24TD" not in letter.html
    links = html.fromstring(compose(CITIZEN_NOTICE).html.encode()).xpath("//a/@href")
    assert links == ["https://villa.example/encuesta"]


def test_the_cost_of_copies_is_told_in_the_offices_own_words() -> None:
    letter = compose(replace(CITIZEN_NOTICE, notice=CitizenNoticeOf.PAYMENT_ASKED))

    for text in (letter.text, spoken(letter.html)):
        assert "Son 40 copias a $ 100 cada una." in text
        assert "Ley 1437 de 2011, artículo 29" in text


def test_a_notice_to_the_office_has_no_place_for_the_citizens_data() -> None:
    names = {field.name for field in fields(OfficeNotice)}

    assert names.isdisjoint({"petitioner_name", "tracking_code", "text"})


def test_danger_is_told_as_urgent_and_by_its_norm() -> None:
    letter = compose(replace(OFFICE_NOTICE, notice=OfficeNoticeOf.DANGER))

    assert letter.subject.startswith("URGENTE. Petición 2026-000123")
    assert "Ley 1437 de 2011, artículo 20" in letter.text
    assert "a cualquier hora" in letter.text


def test_what_is_no_petition_has_no_date_to_answer() -> None:
    letter = compose(replace(OFFICE_NOTICE, notice=OfficeNoticeOf.JUDICIAL_NOTICE))

    assert "Vence" not in letter.text
    assert "Vence" not in spoken(letter.html)


@pytest.mark.parametrize(
    ("layout", "notices"), [("citizen_notice", CitizenNoticeOf), ("office_notice", OfficeNoticeOf)]
)
def test_every_notice_has_words_and_no_words_are_left_over(
    layout: str, notices: type[CitizenNoticeOf] | type[OfficeNoticeOf]
) -> None:
    written = {path.stem for path in (TEMPLATES / layout / "words").glob("*.txt")}

    assert written == set(notices)
