"""What a sample entity says of itself."""

from pathlib import Path

from starlette.testclient import TestClient

from api.app import create_app
from processes.common.audit import SYSTEM
from processes.common.database import make_engine
from processes.common.settings import Settings
from processes.directory.founding import NewEntity, found_entity
from processes.petitions.office import open_office
from processes.samples.entities import sample_of
from tests.builders.office import MONDAY_MORNING, HandClock
from tests.pages.visitor import Visitor


def _visitor(sqlite_url: str, home: Path, entity: NewEntity) -> Visitor:
    office = open_office(Settings(home=home), clock=HandClock(), engine=make_engine(sqlite_url))
    found_entity(office.engine, entity, by=SYSTEM, now=MONDAY_MORNING)
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
    assert "Informe anual de gestión de la mesa técnica, en el primer mes del año. Documento: 7.8" in said
    assert "Manual operativo Estrategia de Relacionamiento con el Ciudadano" in page.text
    assert "viernes de 7:00" in page.text


def test_a_real_entity_has_no_such_page(sqlite_url: str, tmp_path: Path) -> None:
    citizen = _visitor(sqlite_url, tmp_path, NewEntity("Alcaldía real"))

    assert citizen.open("/muestra").status == 404
    assert "/muestra" not in [link.get("href") for link in citizen.open("/").root.iter("a")]
