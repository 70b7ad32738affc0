"""What a sample entity says of itself."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from processes.common.audit import SYSTEM
from processes.common.database import make_engine
from processes.common.resources import bpmn_folder
from processes.common.settings import Settings
from processes.directory.founding import NewEntity, found_entity
from processes.petitions.office import open_office
from processes.petitions.reception_words import CHANNEL_LABELS
from processes.reports.definitions import REPORTS
from processes.samples.entities import KEYS, sample_of
from tests.builders.office import MONDAY_MORNING, HandClock, publish_procedure
from tests.pages.visitor import Visitor


def _visitor(sqlite_url: str, home: Path, entity: NewEntity, procedure: Path | None = None) -> Visitor:
    office = open_office(Settings(home=home), clock=HandClock(), engine=make_engine(sqlite_url))
    found_entity(office.engine, entity, by=SYSTEM, now=MONDAY_MORNING)
    if procedure:
        publish_procedure(office, procedure)
    return Visitor(TestClient(create_app(office), base_url="http://127.0.0.1:8000"), office)


def test_a_sample_entity_tells_what_its_document_says_and_what_is_supposed(
    sqlite_url: str, tmp_path: Path
) -> None:
    citizen = _visitor(sqlite_url, tmp_path, sample_of("manizales").entity)
    assert "/muestra" in [link.get("href") for link in citizen.open("/").root.iter("a")]

    page = citizen.open("/muestra")

    said = {" ".join(item.text_content().split()) for item in page.root.iter("li")}
    assert "Oficina de Atención al Ciudadano. Documento: 7.1" in said
    assert "Secretaría Jurídica. Supuesto" in said
    assert "Hay un protocolo de escalamiento cuando no se resuelve en el plazo. Documento: 8.3" in said
    assert "Manual operativo Estrategia de Relacionamiento con el Ciudadano" in page.text
    assert "viernes de 7:00" in page.text


def test_what_a_sample_says_stands_beside_what_the_office_does(sqlite_url: str, tmp_path: Path) -> None:
    citizen = _visitor(sqlite_url, tmp_path, sample_of("pereira").entity, bpmn_folder())

    said = {" ".join(item.text_content().split()) for item in citizen.open("/muestra").root.iter("li")}

    assert (
        "Trimestral de las encuestas de satisfacción. Documento: Sinergia institucional En Ventanilla: "
        "«Resultados de la encuesta a los ciudadanos», cuatrimestral, para Jefe de la Oficina "
        "de Relación con el Ciudadano y Directivo." in said
    )
    assert (
        "Actas mensuales del comité de ciudadano. Documento: Sinergia institucional "
        "Solo lo dice el documento: Ventanilla no lo hace." in said
    )
    levels = next(each for each in said if each.startswith("Primer nivel"))
    assert levels.endswith(
        "Documento: Procesos y procedimientos En Ventanilla: 1. Información general: se responde de "
        "inmediato; 2. Punto de atención; 3. Área que tiene el asunto a cargo."
    )
    assert (
        "Responder un día hábil antes de que venza el término. Supuesto En Ventanilla: 1 día hábil antes "
        "de vencer." in said
    )
    others = next(each for each in said if each.startswith("También se puede radicar por otros canales."))
    assert "Feria de servicios" in others
    assert "Línea telefónica" not in others
    assert "Supuesto" not in others


@pytest.mark.parametrize("key", KEYS[1:])
def test_each_channel_and_each_report_of_the_office_is_told_once(
    sqlite_url: str, tmp_path: Path, key: str
) -> None:
    citizen = _visitor(sqlite_url, tmp_path, sample_of(key).entity)

    text = citizen.open("/muestra").text

    assert {
        label: text.count(f"{label};") + text.count(f"{label}.") for label in CHANNEL_LABELS.values()
    } == (dict.fromkeys(CHANNEL_LABELS.values(), 1))
    assert all(f"«{report.title}»" in text for report in REPORTS.values())


def test_a_real_entity_has_no_such_page(sqlite_url: str, tmp_path: Path) -> None:
    citizen = _visitor(sqlite_url, tmp_path, NewEntity("Alcaldía real"))

    assert citizen.open("/muestra").status == 404
    assert "/muestra" not in [link.get("href") for link in citizen.open("/").root.iter("a")]
