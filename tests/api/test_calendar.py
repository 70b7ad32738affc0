"""The calendar for programs: a draft, its preview, the change applied, refusals as problems."""

import pytest
import sqlalchemy as sa

from processes.directory.tables import CALENDAR_DRAFTS
from tests.api.site import Site
from tests.builders.calendars import undo
from tests.builders.office import ADMINISTRATOR, CONTROL, OFFICIAL

CLOSURE = {
    "on": "2026-12-07",
    "name": "Feria de Puerto Claro",
    "act_number": "Decreto 012",
    "act_date": "2026-11-20",
}
RULES = {
    "after_hours": "next_working_day",
    "packs": [],
    "thresholds": [
        {"target_working_days": 1, "due_soon_working_days": 3},
        {"kind": "consultation", "target_working_days": 4, "due_soon_working_days": 6},
    ],
}


@pytest.fixture(autouse=True)
def _without_a_draft(site: Site) -> None:
    with site.office.write() as connection:
        connection.execute(sa.delete(CALENDAR_DRAFTS))


def test_a_closure_goes_from_the_draft_to_moved_dates_and_back(site: Site) -> None:
    number = site.file()["filing_number"]
    headers = site.bearer(ADMINISTRATOR)
    before = site.client.get("/api/calendar", headers=headers).json()["version"]

    prepared = site.client.post("/api/calendar/draft/closures", json=CLOSURE, headers=headers)
    preview = site.client.get("/api/calendar/draft/preview", headers=headers).json()
    order = {"revision": preview["revision"], "reason": "Lo ordena el Decreto 012."}
    applied = site.client.post("/api/calendar/draft/apply", json=order, headers=headers)

    assert (prepared.status_code, applied.status_code) == (204, 202)
    assert preview["moved"] == preview["open_petitions"] == 1
    assert preview["shifts"] == [{"days": 1, "petitions": 1}]
    assert applied.json() == {"version": before + 1}
    moves = site.client.get(f"/api/calendar/versions/{before + 1}/moves", headers=headers).json()
    assert [(each["filing_number"], each["due_after"], each["days"]) for each in moves["items"]] == [
        (number, "2026-12-16", 1)
    ]
    version = site.client.get(f"/api/calendar/versions/{before + 1}", headers=headers).json()
    assert (version["in_force"], version["left"], version["moved"]) == (True, 0, 1)

    assert undo(site.office) == 1


def test_the_calendar_says_its_hours_closures_and_draft(site: Site) -> None:
    headers = site.bearer(ADMINISTRATOR)
    week = {"0": "07:00-12:00, 14:00-17:00", "4": "07:00-15:00", "5": "08:00-12:00"}

    sent = site.client.put("/api/calendar/draft/hours", json={"hours": week}, headers=headers)
    first = site.client.get("/api/calendar", headers=headers).json()["draft"]["revision"]
    rules = site.client.put("/api/calendar/draft/rules", json=RULES, headers=headers)
    told = site.client.get("/api/calendar", headers=site.bearer(CONTROL)).json()

    assert (sent.status_code, rules.status_code) == (204, 204)
    assert told["settings"]["hours"]["0"] == "08:00-17:00"
    assert told["draft"]["settings"]["hours"]["5"] == "08:00-12:00"
    assert told["draft"]["settings"]["thresholds"][1]["kind"] == "consultation"
    assert told["draft"]["revision"] == first + 1


def test_a_draft_is_discarded(site: Site) -> None:
    headers = site.bearer(ADMINISTRATOR)
    site.client.post("/api/calendar/draft/closures", json=CLOSURE, headers=headers)

    assert site.client.delete("/api/calendar/draft", headers=headers).status_code == 204
    assert site.client.get("/api/calendar", headers=headers).json()["draft"] is None


def test_a_closure_is_taken_out_of_the_draft(site: Site) -> None:
    headers = site.bearer(ADMINISTRATOR)
    site.client.post("/api/calendar/draft/closures", json=CLOSURE, headers=headers)

    assert site.client.delete("/api/calendar/draft/closures/2026-12-07", headers=headers).status_code == 204
    assert site.client.get("/api/calendar", headers=headers).json()["draft"] is None


def test_holidays_terms_and_what_is_left_to_verify_are_told(site: Site) -> None:
    headers = site.bearer(CONTROL)

    holidays = site.client.get("/api/calendar/holidays?year=2026", headers=headers).json()
    terms = site.client.get("/api/calendar/terms", headers=headers).json()
    unverified = site.client.get("/api/calendar/unverified", headers=headers).json()

    assert len(holidays) == 19
    assert "2026-07-13" in {each["on"] for each in holidays}
    assert ("request", "15 días hábiles", "2022-05-18") in {
        (each["kind"], each["term"], each["valid_from"]) for each in terms
    }
    assert {each["evidence"] for each in unverified} == {"B", "C"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/draft/closures", {**CLOSURE, "act_number": ""}, 422),
        ("POST", "/draft/closures", {**CLOSURE, "on": "2026-12-08"}, 409),
        ("POST", "/draft/closures", {**CLOSURE, "on": "mañana"}, 422),
        ("DELETE", "/draft/closures/2026-12-09", None, 404),
        ("DELETE", "/draft/closures/2026-13-45", None, 422),
        ("PUT", "/draft/hours", {"hours": {}}, 422),
        ("PUT", "/draft/hours", {"hours": {"9": "08:00-12:00"}}, 422),
        ("PUT", "/draft/hours", {"hours": {"0": "12:00-08:00"}}, 422),
        ("PUT", "/draft/rules", {**RULES, "after_hours": "midnight"}, 422),
        ("PUT", "/draft/rules", {**RULES, "packs": ["nothing"]}, 422),
        ("PUT", "/draft/rules", {**RULES, "thresholds": []}, 422),
        ("POST", "/draft/undo", None, 409),
        ("GET", "/draft/preview", None, 409),
        ("POST", "/draft/apply", {"revision": 1, "reason": "Porque sí."}, 409),
        ("GET", "/holidays?year=1800", None, 422),
        ("GET", "/versions/999", None, 404),
        ("GET", "/draft/preview?cursor=nada", None, 422),
    ],
)
def test_what_cannot_be_done_is_a_problem_in_words(
    sqlite_site: Site, method: str, path: str, body: object, status: int
) -> None:
    response = sqlite_site.client.request(
        method, f"/api/calendar{path}", json=body, headers=sqlite_site.bearer(ADMINISTRATOR)
    )

    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")


def test_an_official_neither_reads_nor_changes_it(sqlite_site: Site) -> None:
    headers = sqlite_site.bearer(OFFICIAL)

    assert sqlite_site.client.get("/api/calendar", headers=headers).status_code == 403
    assert (
        sqlite_site.client.post("/api/calendar/draft/closures", json=CLOSURE, headers=headers).status_code
        == 403
    )
