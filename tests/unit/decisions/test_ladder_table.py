"""The tables of waiting: whom the ladder tells and when, and how long a contribution is waited for."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import takewhile

import pytest

from processes.common.resources import bpmn_folder
from processes.decisions import DecisionModel, FactType, Value, compile_decisions
from processes.petitions.catalogue import CATALOGUE
from processes.petitions.pressing import AT_ONCE
from processes.terms.kinds import PetitionKind
from tests.unit.decisions.feel import NOW

ORDINARY: Mapping[str, Value] = {"kind": "request", "priority": False, "level": 3}
FACTS: Mapping[str, FactType] = {
    "kind": FactType.STRING,
    "priority": FactType.BOOLEAN,
    "level": FactType.NUMBER,
    "escalations": FactType.NUMBER,
    "reopened": FactType.NUMBER,
}
LAST_RUNG = 9
UPWARDS = ["official", "department_head", "citizen_service_head", "director"]


@cache
def _table(name: str) -> DecisionModel:
    source = f"decisions/{name}.dmn"
    return compile_decisions((bpmn_folder() / source).read_bytes(), source=source, facts=FACTS)


def _decide(table: str, facts: Mapping[str, Value]) -> Mapping[str, Value]:
    return _table(table).decide(table, facts, now=NOW).result


def _rungs(**facts: Value) -> list[Mapping[str, Value]]:
    def told() -> Iterator[Mapping[str, Value]]:
        for sent in range(LAST_RUNG + 1):
            yield _decide("escalation", {**ORDINARY, "escalations": sent, **facts})

    return list(takewhile(lambda rung: rung["recipient"] is not None, told()))


@pytest.mark.parametrize("priority", [True, False])
@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("kind", list(PetitionKind))
def test_every_ladder_climbs_to_the_director_and_ends(kind: PetitionKind, level: int, priority: bool) -> None:  # noqa: FBT001 - a parameter of the test
    rungs = _rungs(kind=kind.value, level=level, priority=priority)

    told = [rung["recipient"] for rung in rungs]
    assert told[-1] == "director"
    assert len(set(told)) == len(told)
    parameters = CATALOGUE.intents["plan_alert_at"].parameters
    assert {rung["alert_unit"] for rung in rungs} <= parameters["unit"].choices
    assert set(told) <= CATALOGUE.intents["notify"].parameters["to"].choices
    assert {rung["alert_how"] for rung in rungs} <= {AT_ONCE, "in_office_hours"}


@pytest.mark.parametrize("kind", list(PetitionKind))
def test_each_rung_comes_later_than_the_one_below(kind: PetitionKind) -> None:
    rungs = _rungs(kind=kind.value)

    before = [-int(str(r["alert_amount"])) for r in rungs if r["alert_unit"] == "working_days_before"]
    shares = [int(str(r["alert_amount"])) for r in rungs if r["alert_unit"] == "share_of_term"]
    assert len(before) in {0, len(rungs)}
    assert before == sorted(set(before))
    assert shares == sorted(set(shares))


def test_an_ordinary_petition_is_told_upwards_from_five_days_before() -> None:
    rungs = _rungs()

    assert [rung["recipient"] for rung in rungs] == UPWARDS
    assert [rung["alert_amount"] for rung in rungs] == [5, 3, 2, 1]


def test_who_goes_first_is_told_of_earlier() -> None:
    assert [rung["alert_amount"] for rung in _rungs(priority=True)] == [7, 5, 3, 2]


@pytest.mark.parametrize("kind", ["health_vital_risk", "judge_request", "control_body_request"])
def test_a_term_of_hours_is_watched_by_its_parts(kind: str) -> None:
    rungs = _rungs(kind=kind, priority=True, level=1)

    assert [rung["recipient"] for rung in rungs] == UPWARDS
    assert {rung["alert_unit"] for rung in rungs} == {"share_of_term"}


def test_what_came_back_to_the_front_desk_is_told_there_first() -> None:
    rungs = _rungs(level=2, reopened=1)

    assert [rung["recipient"] for rung in rungs] == ["front_desk", "citizen_service_head", "director"]
    assert {rung["alert_unit"] for rung in rungs} == {"working_days"}


def test_what_was_not_solved_is_watched_from_the_day_it_came_back() -> None:
    rungs = _rungs(kind="request", reopened=1)

    assert [rung["recipient"] for rung in rungs] == UPWARDS
    assert [(rung["alert_unit"], rung["alert_amount"]) for rung in rungs] == [
        ("working_days", days) for days in (5, 3, 3, 4)
    ]


def test_the_front_desk_is_told_of_what_no_department_has() -> None:
    waiting, first = _rungs(level=2), _rungs(level=2, priority=True)

    for rungs in (waiting, first):
        assert [rung["recipient"] for rung in rungs] == ["front_desk", "citizen_service_head", "director"]
    assert [rung["alert_amount"] for rung in waiting] == [20, 40, 70]
    assert [rung["alert_amount"] for rung in first] == [10, 25, 50]


def test_a_case_that_was_never_told_begins_at_the_first_rung() -> None:
    first = _decide("escalation", {**ORDINARY, "escalations": None})

    assert first == _decide("escalation", {**ORDINARY, "escalations": 0})


@pytest.mark.parametrize(
    ("facts", "unit", "amount"),
    [
        ({"kind": "judge_request", "priority": True}, "minutes", 120),
        ({"kind": "congress_request", "priority": False}, "working_days", 1),
        ({"kind": "request", "priority": True}, "working_days", 1),
        ({"kind": "request", "priority": None}, "working_days", 3),
    ],
)
def test_a_contribution_is_waited_for_as_the_term_allows(
    facts: Mapping[str, Value], unit: str, amount: int
) -> None:
    assert _decide("help_time", facts) == {"alert_unit": unit, "alert_amount": amount}
