"""The tables that receive a petition: what they propose, and what they leave to a person."""

from collections.abc import Mapping

import pytest

from processes.common.resources import bpmn_folder
from processes.decisions import Value, compile_decisions
from processes.terms.kinds import PetitionKind
from tests.unit.decisions.feel import NOW

QUIET: Mapping[str, Value] = {
    "kind": "request",
    "channel": "web",
    "topic": "vias",
    "anonymous": False,
    "urgent": False,
    "minor": False,
    "special_care": False,
}
OWN: Mapping[str, Value] = {
    "kind": "request",
    "topic": "vias",
    "suggested_department": "INF",
    "territory": "comuna-1",
}


def _decide(table: str, facts: Mapping[str, Value]) -> Mapping[str, Value]:
    source = f"decisions/{table}.dmn"
    model = compile_decisions((bpmn_folder() / source).read_bytes(), source=source, facts=None)
    return model.decide(table, facts, now=NOW).result


def _classified(**facts: Value) -> Mapping[str, Value]:
    return _decide("classification", {**QUIET, **facts})


def _routed(**facts: Value) -> Mapping[str, Value]:
    return _decide("routing", {**OWN, **facts})


@pytest.mark.parametrize("kind", list(PetitionKind))
def test_every_kind_is_proposed_as_it_came_with_a_level(kind: PetitionKind) -> None:
    proposed = _classified(kind=kind.value)

    assert proposed["proposed_kind"] == kind.value
    assert proposed["level"] in {1, 2, 3}


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"kind": "compliment"}, 1),
        ({"kind": "information_request", "channel": "desk"}, 1),
        ({"kind": "information_request", "channel": "web"}, 2),
        ({"kind": "document_request"}, 2),
        ({"kind": "request", "topic": ""}, 2),
        ({"kind": "request", "topic": "vias"}, 3),
        ({"kind": "complaint"}, 3),
        ({"kind": "wrongdoing_report", "anonymous": True}, 3),
        ({"kind": "consultation"}, 3),
    ],
)
def test_the_level_follows_what_is_asked_and_how(facts: Mapping[str, Value], level: int) -> None:
    assert _classified(**facts)["level"] == level


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"urgent": True, "minor": True}, "CPACA 20"),
        ({"minor": True, "special_care": True}, "Decreto Ley 19 de 2012, art. 12"),
        ({"special_care": True}, "CPACA 5, numeral 6"),
        ({"kind": "ombudsman_request"}, "más corto"),
    ],
)
def test_who_goes_first_goes_first_for_a_reason_that_is_told(facts: Mapping[str, Value], reason: str) -> None:
    proposed = _classified(**facts)

    assert proposed["priority"] is True
    assert reason in str(proposed["priority_reason"])


def test_whoever_has_no_precedence_waits_for_their_turn() -> None:
    proposed = _classified()

    assert proposed["priority"] is False
    assert proposed["priority_reason"] is None


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"kind": "consultation", "territory": ""},
    ],
)
def test_a_clear_matter_goes_to_the_department_of_its_topic(facts: Mapping[str, Value]) -> None:
    assert _routed(**facts) == {"automatic": True, "department": "INF"}


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "complaint"},
        {"kind": "wrongdoing_report"},
        {"kind": "congress_request", "territory": ""},
        {"topic": "", "suggested_department": None},
        {"suggested_department": None},
        {"kind": "service_claim", "territory": ""},
    ],
)
def test_what_is_not_clear_waits_for_a_person(facts: Mapping[str, Value]) -> None:
    assert _routed(**facts) == {"automatic": False, "department": None}
