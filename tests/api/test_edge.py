"""What holds for every answer: headers, bounds, errors without a trace, what is logged and measured."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs
from structlog.typing import EventDict, WrappedLogger

from api.app import create_app
from api.logs import failure_without_values
from processes.common.database import make_engine
from processes.petitions.office import Office, open_office
from tests.api.site import PETITION, KeptMail, Site
from tests.builders.office import CLERK, HandClock

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
EVERYWHERE = ("/", "/api/kinds", "/api/nada", "/nada", "/static/css/reference.css", "/api/docs", "/health")


@pytest.fixture
def broken(sqlite_site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site with a defect that nobody foresaw."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError(PETITION["full_name"])

    monkeypatch.setattr("api.routes.petitions.file_petition", fail)
    return sqlite_site


@pytest.fixture
def stranded(sqlite_site: Site, tmp_path: Path) -> Iterator[TestClient]:
    """A site whose database is gone."""
    engine = make_engine(f"sqlite:///{tmp_path}/gone/ventanilla.sqlite3")
    office: Office = open_office(sqlite_site.office.settings, clock=HandClock(), engine=engine)
    yield TestClient(create_app(office, sender=KeptMail()))
    engine.dispose()


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_carries_the_security_headers(sqlite_site: Site, address: str) -> None:
    headers = sqlite_site.client.get(address).headers

    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Request-ID"]
    assert "server" not in headers


def test_answers_are_not_kept_and_assets_are(sqlite_site: Site) -> None:
    answers = {
        address: sqlite_site.client.get(address).headers["Cache-Control"]
        for address in ("/api/kinds", "/static/css/reference.css", "/static/css/reference.css?v=1")
    }

    assert answers == {
        "/api/kinds": "no-store",
        "/static/css/reference.css": "no-cache",
        "/static/css/reference.css?v=1": "public, max-age=31536000, immutable",
    }


def test_a_defect_is_told_without_a_trace_and_logged_without_personal_data(broken: Site) -> None:
    with capture_logs(processors=[_failure_as_logged]) as logs:
        response = broken.client.post("/api/petitions", json=PETITION)

    told = response.json()
    failed = next(entry for entry in logs if entry["event"] == "request_failed")
    assert (response.status_code, told["code"]) == (500, "internal-error")
    assert told["request_id"] == failed["request_id"] == response.headers["X-Request-ID"]
    assert response.headers["Content-Security-Policy"] == POLICY
    assert "ZeroDivisionError" not in response.text
    assert failed["failure"][0]["error"] == "ZeroDivisionError"
    assert PETITION["full_name"] not in str(logs)


def test_a_defect_of_a_page_is_a_page(sqlite_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.pages.tracking.track_petition", lambda *_: 1 / 0)

    response = sqlite_site.client.post(
        "/consultar", data={"filing_number": "2026-000001", "tracking_code": "AAAAA-AAAA-AAAA"}
    )

    assert response.status_code == 500
    assert response.headers["content-type"].startswith("text/html")
    assert "ZeroDivisionError" not in response.text


@pytest.mark.parametrize("address", ["/api/departments", "/health", "/api/work-items"])
def test_without_a_database_programs_are_told_in_words(stranded: TestClient, address: str) -> None:
    response = stranded.get(address, headers={"Authorization": "Bearer x"})

    assert (response.status_code, response.json()["code"]) == (503, "unavailable")
    assert "base de datos" in response.json()["detail"]


def test_without_a_database_people_are_told_in_words(stranded: TestClient) -> None:
    response = stranded.get("/")

    assert response.status_code == 503
    assert response.headers["content-type"].startswith("text/html")


def test_without_a_database_a_filing_is_refused_in_words(stranded: TestClient) -> None:
    response = stranded.post("/api/petitions", json=PETITION)

    assert response.status_code == 503
    assert "base de datos" in response.json()["detail"]


def test_the_log_holds_no_number_code_query_or_name(sqlite_site: Site) -> None:
    with capture_logs() as logs:
        receipt = sqlite_site.file()
        number, code = receipt["filing_number"], receipt["tracking_code"]
        sqlite_site.client.get(
            f"/api/petitions/{number}/tracking", params={"q": "secreto"}, headers={"Tracking-Code": code}
        )
        sqlite_site.client.get(f"/{PETITION['full_name']}")

    requests = [entry for entry in logs if entry["event"] == "request"]
    assert [(entry["route"], entry["status"]) for entry in requests] == [
        ("/api/petitions", 201),
        ("/api/petitions/{filing_number}/tracking", 200),
        ("", 404),
    ]
    for secret in (number, code, "secreto", PETITION["full_name"], PETITION["email"]):
        assert secret not in str(logs)


def test_many_filings_from_one_address_have_to_wait(sqlite_site: Site) -> None:
    settings = sqlite_site.office.settings.model_copy(update={"filings_per_hour": 3})
    office = replace(sqlite_site.office, settings=settings)
    client = TestClient(create_app(office, sender=KeptMail()))

    answers = [client.post("/api/petitions", json=PETITION) for _ in range(4)]
    of_the_house = client.post("/api/petitions", json=PETITION, headers=sqlite_site.bearer(CLERK))

    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3601
    assert of_the_house.status_code == 201


def test_health_tells_the_procedure_that_new_petitions_follow(sqlite_site: Site) -> None:
    response = sqlite_site.client.get("/health")

    assert response.status_code == 200
    assert response.json()["status"] == "ok"
    assert sqlite_site.office.definitions.current().hash.startswith(response.json()["procedure"])


def test_without_a_procedure_nothing_can_be_filed_and_health_says_so(
    sqlite_site: Site, sqlite_url: str
) -> None:
    engine = make_engine(sqlite_url)
    empty = open_office(sqlite_site.office.settings, clock=HandClock(), engine=engine)

    response = TestClient(create_app(empty, sender=KeptMail())).get("/health")
    engine.dispose()

    assert (response.status_code, response.json()["code"]) == (503, "unavailable")


def test_the_figures_count_requests_by_route_and_what_waits(sqlite_site: Site) -> None:
    number = sqlite_site.file()["filing_number"]
    client = TestClient(sqlite_site.client.app, client=("127.0.0.1", 50000))

    text = client.get("/metrics").text

    assert 'ventanilla_requests_total{method="POST",route="/api/petitions",status="201"}' in text
    assert "ventanilla_open_petitions " in text
    assert "ventanilla_incidents 0.0" in text
    assert "process_resident_memory_bytes" in text
    assert number not in text


@pytest.mark.parametrize(
    ("address", "headers"),
    [("203.0.113.9", {}), ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}), ("testclient", {})],
)
def test_the_figures_are_for_this_machine_alone(
    sqlite_site: Site, address: str, headers: dict[str, str]
) -> None:
    client = TestClient(sqlite_site.client.app, client=(address, 50000))

    assert client.get("/metrics", headers=headers).status_code == 403


def _failure_as_logged(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    return failure_without_values(logger, method, event)
