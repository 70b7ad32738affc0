"""The page of a petition that has been through the whole procedure, read without JavaScript."""

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from processes.directory.accounts import NewPerson
from processes.samples.acts import as_person
from tests.builders.samples import SAN_JACINTO, Made, a_short_sample
from tests.pages.visitor import Visitor

Enter = Callable[[NewPerson], Visitor]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with a_short_sample(tmp_path_factory.mktemp("home")) as sample:
        yield sample


@pytest.fixture
def enter(made: Made) -> Enter:
    app = create_app(made.office)

    def sign_in(person: NewPerson) -> Visitor:
        visitor = Visitor(TestClient(app, base_url="http://127.0.0.1:8000"), made.office)
        assert visitor.sign_in(as_person(person)).status == 200
        return visitor

    return sign_in


def _address(made: Made, story: str) -> str:
    return f"/peticiones/{made.number_of(story)}"


def test_the_page_says_by_which_way_the_petition_came_to_where_it_stands(made: Made, enter: Enter) -> None:
    address = _address(made, "potholes")
    page = enter(SAN_JACINTO.cast.service_head).open(address)

    (place,) = page.all("//p[@class='place'][contains(., 'Está en:')]")
    assert " ".join(place.text_content().split()) == (
        "Está en: Trabajar la respuesta → Proyectar la respuesta (Dependencia)"
    )
    walked = [" ".join(each.text_content().split()) for each in page.all("//details[@class='walked']//li")]
    assert walked[0].startswith(
        "Clasificar la petición → Confirmar clasificación y admisión · la completó Ana"
    )
    assert walked[-1].startswith("Trabajar la respuesta → Revisar la respuesta · la completó Marta Solano")


def test_the_main_diagram_and_those_that_it_calls_are_there_with_what_to_mark(
    made: Made, enter: Enter
) -> None:
    visitor = enter(SAN_JACINTO.cast.service_head)
    page = visitor.open(_address(made, "potholes"))

    places = {each.get("data-diagram-process"): each for each in page.root.find_class("diagram")}
    assert next(iter(places)) == "petition"
    assert {"receive", "classify", "admit", "route", "work", "escalate", "respond", "survey", "close"} < set(
        places
    )
    assert places["petition"].get("data-current") == "CallWork"
    assert places["petition"].get("data-waiting") == "CallEscalate"
    assert places["work"].get("data-current") == "Draft"
    assert places["close"].get("data-current") == ""
    for place in places.values():
        drawn = visitor.open(str(place.get("data-diagram-url"))).response
        assert drawn.headers["content-type"].startswith("application/xml")
        assert f'id="{place.get("data-diagram-process")}"' in drawn.text


def test_a_diagram_that_is_not_of_the_procedure_is_not_found(made: Made, enter: Enter) -> None:
    visitor, address = enter(SAN_JACINTO.cast.service_head), _address(made, "potholes")

    assert visitor.open(f"{address}/diagramas/otro.bpmn").status == 404
    assert visitor.open(f"{address}/diagramas/forms/draft.json").status == 404
    stranger = enter(SAN_JACINTO.cast.money.official)
    assert stranger.open(f"{address}/diagramas/petition.bpmn").status == 403


def test_the_history_tells_what_the_head_noted_in_the_moment_of_the_review(made: Made, enter: Enter) -> None:
    page = enter(SAN_JACINTO.cast.service_head).open(_address(made, "potholes"))

    (moment,) = [
        each for each in page.root.find_class("timeline")[0] if "Nota interna" in each.text_content()
    ]
    said = " ".join(moment.text_content().split())
    assert "Marta Solano Nota interna:" in said
    assert "Diga en qué fecha se repara y quién responde por la obra." in said
    assert "Completó la tarea «Revisar la respuesta»." in said


def test_whoever_writes_the_answer_again_reads_what_was_noted(made: Made, enter: Enter) -> None:
    official = enter(SAN_JACINTO.cast.works.official)
    page = official.open(_address(made, "potholes"))
    (task,) = [link for link in page.all("//a") if link.text_content() == "Proyectar la respuesta"]

    assert "Diga en qué fecha se repara" in official.open(str(task.get("href"))).text


def test_the_page_shows_the_answer_its_delivery_and_what_the_citizen_said_of_it(
    made: Made, enter: Enter
) -> None:
    page = enter(SAN_JACINTO.cast.service_head).open(_address(made, "street_light"))

    (answer,) = page.all("//section[@aria-labelledby='respuesta']//article")
    said = " ".join(answer.text_content().split())
    assert "la escribió Carlos Peña" in said
    assert "Se concedió lo pedido" in said
    assert "Entregada por correo electrónico, el" in said
    assert "la cuadrilla cambió el transformador" in said
    assert "¿Resolvió lo que pidió? Sí" in page.text
    assert "ya se puede caminar de noche" in page.text
    assert "La petición ya terminó su recorrido." in page.text
