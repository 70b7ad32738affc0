"""What was published once is loaded and run by every later release, whatever publishing refuses since."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from processes.decisions import FactType
from processes.engine.bundle import (
    BundleError,
    Catalogue,
    Parameter,
    bundle_hash,
    check_bundle,
    load_bundle,
)
from processes.engine.model import Fact
from processes.petitions.catalogue import CATALOGUE as OFFICE
from tests.engine import drawing as draw
from tests.engine.cases import CATALOGUE, Case

_FROZEN = sorted(path for path in (Path(__file__).parent / "frozen_bundles").iterdir() if path.is_dir())
_FILED: Mapping[str, Fact] = {"kind": "request", "channel": "web", "anonymous": False}


def _files(folder: Path) -> Mapping[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _loaded(files: Mapping[str, bytes], catalogue: Catalogue, **facts: Fact) -> Case:
    """A case that two processes carry on, each with the bundle that it loaded."""
    return Case([load_bundle(files, catalogue), load_bundle(files, catalogue)], facts)


def _around(task: str) -> Mapping[str, bytes]:
    drawn = draw.process(
        draw.start(), task, draw.user("After"), draw.end(), flows="Begin -> T, T -> After, After -> Finish"
    )
    return {"case.bpmn": draw.diagram(drawn, declared=draw.DECLARED)}


def _without(intent: str, parameter: str) -> Catalogue:
    schema = CATALOGUE.intents[intent]
    left = {name: rule for name, rule in schema.parameters.items() if name != parameter}
    return replace(CATALOGUE, intents={**CATALOGUE.intents, intent: replace(schema, parameters=left)})


@pytest.mark.parametrize("folder", _FROZEN, ids=lambda path: path.name)
def test_a_frozen_bundle_is_what_it_was(folder: Path) -> None:
    assert bundle_hash(_files(folder))[:12] == folder.name


@pytest.mark.parametrize("folder", _FROZEN, ids=lambda path: path.name)
def test_a_petition_of_a_frozen_bundle_goes_on_to_its_end(folder: Path) -> None:
    case = _loaded(_files(folder), OFFICE, **_FILED)
    case.complete("ConfirmClassification", kind="request", level=2, priority=False)
    case.complete("ChooseDepartment", department="D1").signal("term_changed").fire("AlertDue")
    case.complete("Answer", outcome="granted").complete("Verify")
    assert (case.finished, case.failing) == (True, [])
    assert case.intents[-1].arguments == {"outcome": "granted"}


@pytest.mark.parametrize("folder", _FROZEN, ids=lambda path: path.name)
def test_the_tasks_of_a_frozen_bundle_keep_their_forms(folder: Path) -> None:
    definition = load_bundle(_files(folder), OFFICE)
    assert {element.form for element in definition.elements.values() if element.form} == set(definition.forms)


def test_there_is_a_frozen_bundle() -> None:
    assert _FROZEN


def test_a_bundle_that_is_refused_today_still_runs() -> None:
    files = _around(draw.user("T", draw.extension("<spiffworkflow:unitTests/>")))
    assert check_bundle(files, CATALOGUE)
    assert _loaded(files, CATALOGUE).complete("T").complete("After").finished


def test_a_value_that_is_refused_today_is_an_incident() -> None:
    schema = CATALOGUE.intents["assign"]
    narrowed = replace(
        schema, parameters={"department": Parameter(FactType.STRING, choices=frozenset({"X"}))}
    )
    catalogue = replace(CATALOGUE, intents={**CATALOGUE.intents, "assign": narrowed})
    files = _around(draw.service("T", "assign", department='"D1"'))
    assert check_bundle(files, catalogue)
    case = _loaded(files, catalogue)
    assert case.failing == ["T"]
    assert "«D1»" in case.advance.incidents[0].message


@pytest.mark.parametrize(
    ("catalogue", "word"),
    [
        (replace(CATALOGUE, intents={}), "«assign»"),
        (_without("assign", "department"), "«department»"),
    ],
)
def test_what_the_office_does_not_know_any_more_is_an_incident(catalogue: Catalogue, word: str) -> None:
    case = _loaded(_around(draw.service("T", "assign", department='"D1"')), catalogue)
    assert case.failing == ["T"]
    assert word in case.advance.incidents[0].message


def test_a_text_that_cannot_be_compiled_any_more_is_an_incident() -> None:
    case = _loaded(_around(draw.script("T", "level = some x in y satisfies x")), CATALOGUE)
    assert case.failing == ["T"]


def test_a_decision_that_cannot_be_read_any_more_is_an_incident() -> None:
    files = {**_around(draw.rule("T", "choose")), "decisions/a.dmn": b"<definitions/>"}
    assert _loaded(files, CATALOGUE).failing == ["T"]


def test_what_the_engine_cannot_read_is_told() -> None:
    with pytest.raises(BundleError, match="proceso"):
        load_bundle({"forms/a.json": b"{}"}, CATALOGUE)
