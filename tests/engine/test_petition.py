"""The short procedure, as it is published: from the filing to the close, with its alerts."""

import json
from collections.abc import Mapping

import pytest

from processes.engine.bundle import bundle_hash, check_bundle
from processes.engine.forms import validate_submission
from processes.engine.model import Fact
from tests.builders.procedures import SHORT
from tests.engine.cases import CATALOGUE, Case, begin

_FILED: Mapping[str, Fact] = {"kind": "request", "channel": "web", "anonymous": False, "special_care": False}


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    found = sorted(path for path in SHORT.rglob("*") if path.is_file())
    return {path.relative_to(SHORT).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(params=["plain", "restored"])
def filed(request: pytest.FixtureRequest, files: Mapping[str, bytes]) -> Case:
    return begin(request.param, files, **_FILED)


def _assigned(running: Case) -> Case:
    running.complete("ConfirmClassification", kind="request", level=2, priority=False)
    return running.complete("ChooseDepartment", department="D1")


def test_the_procedure_can_be_published(files: Mapping[str, bytes]) -> None:
    assert check_bundle(files, CATALOGUE) == []
    assert bundle_hash(files) == bundle_hash(dict(sorted(files.items(), reverse=True)))


def test_filing_acknowledges_and_proposes_a_classification(filed: Case) -> None:
    assert [(i.name, dict(i.arguments)) for i in filed.intents] == [
        ("notify", {"template": "acknowledgement", "to": "citizen"})
    ]
    assert filed.facts["proposed_kind"] == "request"
    [reason] = filed.advance.reasons
    assert reason.decision == "classification"
    assert "petición general" in reason.text
    [task] = filed.advance.open_tasks
    assert (task.name, task.lane, task.form) == (
        "Confirmar clasificación",
        "Ventanilla única",
        "forms/classify.json",
    )


def test_a_wrongdoing_report_is_proposed_with_priority(files: Mapping[str, bytes]) -> None:
    facts = begin("restored", files, **{**_FILED, "kind": "wrongdoing_report"}).facts
    assert (facts["proposed_kind"], facts["level"], facts["priority"]) == ("wrongdoing_report", 3, True)


def test_each_task_lies_in_the_lane_of_who_does_it(filed: Case) -> None:
    lanes = {}
    for element, facts in (
        ("ConfirmClassification", {"kind": "request", "level": 2, "priority": False}),
        ("ChooseDepartment", {"department": "D1"}),
        ("Answer", {"outcome": "granted"}),
        ("Verify", {}),
    ):
        [task] = filed.advance.open_tasks
        lanes[task.element] = task.lane
        filed.complete(element, **facts)
    assert lanes == {
        "ConfirmClassification": "Ventanilla única",
        "ChooseDepartment": "Oficina de Relación con el Ciudadano",
        "Answer": "Dependencia",
        "Verify": "Oficina de Relación con el Ciudadano",
    }


def test_a_petition_is_answered_and_closed(filed: Case) -> None:
    _assigned(filed).complete("Answer", outcome="granted").complete("Verify")
    assert filed.finished
    assert [intent.name for intent in filed.intents] == [
        *("notify", "start_term", "assign", "notify", "plan_alert", "send_answer", "notify", "close_case")
    ]
    assert filed.intents[-1].arguments == {"outcome": "granted"}


def test_each_alert_tells_the_next_person_and_the_ladder_ends(filed: Case) -> None:
    _assigned(filed)
    told = []
    for _ in range(3):
        filed.fire("AlertDue")
        told.append(filed.advance.intents[0].arguments["to"])
    assert told == ["department_head", "citizen_service_head", "director"]
    assert filed.alerts == []
    assert filed.advance.signals == {"answered", "term_changed"}
    assert filed.complete("Answer", outcome="denied").open == ["Verify"]


def test_a_changed_term_plans_the_same_alert_again(filed: Case) -> None:
    _assigned(filed)
    planned = filed.advance.intents[-1]
    filed.signal("term_changed")
    [again] = filed.advance.intents
    assert (again.name, again.arguments) == (planned.name, planned.arguments)
    assert filed.alerts == ["AlertDue"]


def test_whoever_heads_the_department_is_told_of_the_assignment(filed: Case) -> None:
    told = [i.arguments for i in _assigned(filed).advance.intents if i.name == "notify"]
    assert told == [{"template": "assigned", "to": "department_head"}]


def test_a_term_that_changes_after_the_last_rung_starts_the_ladder_again(filed: Case) -> None:
    _assigned(filed).fire("AlertDue").fire("AlertDue").fire("AlertDue")
    assert filed.alerts == []
    filed.signal("term_changed")
    assert [dict(i.arguments) for i in filed.advance.intents] == [
        {"alert": "escalation", "working_days_before": 5}
    ]
    assert filed.fire("AlertDue").advance.intents[0].arguments["to"] == "department_head"
    assert filed.complete("Answer", outcome="denied").open == ["Verify"]


def test_an_answer_ends_the_watch_even_when_the_alert_fires_late(filed: Case) -> None:
    _assigned(filed).fire("AlertDue").complete("Answer", outcome="informed")
    assert (filed.open, filed.alerts) == (["Verify"], [])


def test_the_state_stays_below_one_kilobyte(files: Mapping[str, bytes]) -> None:
    running = begin("restored", files, **_FILED)
    sizes = [len(running.advance.state), len(_assigned(running).advance.state)]
    while running.alerts:
        sizes.append(len(running.fire("AlertDue").advance.state))
    assert max(sizes) <= 1000


def test_the_forms_give_what_the_tasks_need(files: Mapping[str, bytes]) -> None:
    form = json.loads(files["forms/classify.json"])
    sent = {"kind": "request", "level": "2", "priority": "on"}
    submission = validate_submission(form, sent, options={"kinds": {"request"}})
    assert submission.facts == {"kind": "request", "level": 2, "priority": True}
    answer = json.loads(files["forms/answer.json"])
    text = "Señora ciudadana: esta es la respuesta.\r\nAtentamente."
    submission = validate_submission(answer, {"answer_text": text, "files": ["a1.pdf"], "outcome": "granted"})
    assert submission.facts == {"outcome": "granted"}
    assert submission.columns == {"answer_text": text.replace("\r\n", "\n"), "files": ("a1.pdf",)}
