"""Petitions that end well: each asks for something else, and goes another way to its answer."""

from tests.acceptance.petitions import writings
from tests.acceptance.petitions.office_work import answer, classify, close, survey
from tests.acceptance.petitions.people import mail_of
from tests.acceptance.petitions.town import Town
from tests.builders.office import DEPARTMENT_HEAD

LUZ_DARY = {
    "full_name": "Luz Dary Quintero",
    "document_type": "CC",
    "document_number": "39045123",
    "email": "luzdary@correo.example",
    "privacy_notice": True,
}


def test_street_lights_go_by_the_table_to_public_works_and_shine_again(town: Town) -> None:
    filing = town.file(
        kind="request",
        subject="alunbrado publico",
        body=writings.STREET_LIGHTS,
        topic="lights",
        territory="c1",
        **LUZ_DARY,
    )

    classify(town, filing)
    answer(town, filing, "Señora Luz Dary: los seis postes de la carrera 7 se arreglan el jueves 26.")
    survey(town, filing, comment="Ya prendieron, Dios les pague")
    close(town, filing)

    acknowledgement, reply, asked = town.letters_to("luzdary@correo.example", filing)
    assert filing.code in acknowledgement.text
    assert "15 días hábiles" in acknowledgement.text
    assert "los seis postes de la carrera 7 se arreglan el jueves 26" in reply.text
    assert "encuesta" in asked.text
    assert [each.subject for each in town.letters_to(mail_of(DEPARTMENT_HEAD), filing)]
    assert town.tracking(filing)["status"] == "closed"
