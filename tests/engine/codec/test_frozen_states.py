"""Every state that a release ever wrote is read by this one, and its case goes on to its end."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from processes.engine.codec import READERS, Codec
from tests.engine.codec.freeze import FROZEN
from tests.engine.codec.walks import Act, SavedCase, observed, parse

STATES = sorted(FROZEN.glob("v*/*.json"))


def _plain(value: dict[str, Any]) -> object:
    """As JSON has it: a tuple is a list."""
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("path", STATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_frozen_state_is_read_and_its_case_ends_as_it_should(path: Path) -> None:
    frozen = json.loads(path.read_text(encoding="utf-8"))
    codecs = (Codec(*parse(frozen["diagram"])), Codec(*parse(frozen["diagram"])))
    case = SavedCase.read(codecs, base64.b64decode(frozen["state"]))
    assert _plain(observed(case.workflow)) == frozen["at_rest"]
    for act in frozen["acts"]:
        Act(**act).do(case)
    assert _plain(observed(case.workflow)) == frozen["at_the_end"]


def test_every_version_that_is_read_has_frozen_states() -> None:
    assert {path.parent.name for path in STATES} == {f"v{version}" for version in READERS}
    assert all(len(list((FROZEN / f"v{version}").glob("*.json"))) >= 5 for version in READERS)
