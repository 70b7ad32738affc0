"""Nothing of a diagram is evaluated as Python, and at run time nothing is compiled."""

import builtins
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from processes.decisions import compile_expression
from processes.engine import door, expressions
from processes.engine.bundle import compile_bundle
from processes.engine.environment import Act, CaseScriptEngine, FeelEnvironment
from processes.engine.facts import CaseFacts
from processes.engine.incidents import StepFailure
from processes.engine.programs import Programs
from tests.builders.procedures import SHORT
from tests.engine import drawing as draw
from tests.engine.cases import CATALOGUE, NOON, Case

_EVERY_SITE = draw.diagram(
    draw.process(
        draw.start(),
        draw.script("Set", "count = 2\nopen = false"),
        draw.node("exclusiveGateway", "Choose", default="case_f4"),
        draw.user("Ask", draw.instances("count")),
        draw.script("Turn", "level = 1", draw.turns(3, "open")),
        draw.service("Tell", "notify", template='"a"', to='"citizen"'),
        draw.node("inclusiveGateway", "Several", default="case_f9"),
        draw.catch("Wait", draw.timer()),
        draw.user("Other"),
        draw.end(),
        flows="""Begin -> Set, Set -> Choose, Choose -> Ask [count > 1], Choose -> Other
        Ask -> Turn, Turn -> Tell, Tell -> Several, Several -> Wait [level = 1], Several -> Other
        Wait -> Finish, Other -> Finish""",
    ),
    declared=draw.DECLARED,
)


def _files() -> Mapping[str, bytes]:
    found = sorted(path for path in SHORT.rglob("*") if path.is_file())
    return {path.relative_to(SHORT).as_posix(): path.read_bytes() for path in found}


def _forbid(*_: object, **__: object) -> None:
    raise AssertionError("this must never be called")


@pytest.fixture
def _no_python(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("eval", "exec", "compile"):
        monkeypatch.setattr(builtins, name, _forbid)
    for name in ("compile_expression", "compile_script"):
        monkeypatch.setattr(expressions, name, _forbid)


def test_every_site_runs_without_python_and_without_compiling(request: pytest.FixtureRequest) -> None:
    definition = compile_bundle({"case.bpmn": _EVERY_SITE}, CATALOGUE)
    request.getfixturevalue("_no_python")
    running = Case([definition], {})
    running.complete("Ask").complete("Ask").fire("Wait")
    assert running.finished
    assert running.failing == []


def test_the_short_procedure_runs_without_python_and_without_compiling(
    request: pytest.FixtureRequest,
) -> None:
    definition = compile_bundle(_files(), CATALOGUE)
    request.getfixturevalue("_no_python")
    running = Case([definition], {"kind": "request"})
    running.complete("ConfirmClassification", kind="request", level=1, priority=False)
    running.complete("ChooseDepartment", department="D1").fire("AlertDue")
    assert running.complete("Answer", outcome="granted").complete("Verify").finished


def test_a_text_that_was_not_published_fails_and_is_not_compiled() -> None:
    definition = compile_bundle({"case.bpmn": _EVERY_SITE}, CATALOGUE)
    without = Programs(
        expressions={"1": compile_expression("1", names=())}, schemas=definition.programs.schemas
    )
    begun = door.start(replace(definition, programs=without), facts={}, now=NOON)
    [incident] = begun.incidents
    assert incident.element == "Set"
    assert "no se publicó" in incident.message


def test_the_engine_s_own_ways_to_python_are_closed() -> None:
    act = Act(now=NOON, calendar=None, facts=CaseFacts({}, {}))
    engine = CaseScriptEngine(FeelEnvironment(Programs(), act))
    ways: tuple[Callable[[], object], ...] = (
        lambda: engine.environment.evaluate("1 + 1", {}),
        lambda: engine.environment.execute("import os", {}),
        lambda: engine.environment.call_service({}, operation_name="x"),
        lambda: engine.validate("1"),
    )
    for way in ways:
        with pytest.raises(StepFailure):
            way()
