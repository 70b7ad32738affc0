"""What the analyst's guide says that an expression gives is what it gives."""

import re
from pathlib import Path

import pytest

from processes.common.calendar import WorkCalendar
from processes.decisions import Value, compile_expression, compile_script
from tests.unit.decisions.feel import NOW, value_of

GUIDE = (Path(__file__).parents[3] / "docs" / "guia-del-analista.md").read_text(encoding="utf-8")
FACTS: dict[str, Value] = {"level": 3, "priority": True, "kind": "complaint", "escalations": None}
EXAMPLES = [
    tuple(map(str.strip, line.split("→")))
    for block in re.findall(r"^```feel\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]


def test_the_guide_has_examples() -> None:
    assert len(EXAMPLES) >= 40


@pytest.mark.parametrize(("text", "given"), EXAMPLES)
def test_an_example_gives_what_the_guide_says(text: str, given: str) -> None:
    expression = compile_expression(text, names=FACTS)

    answer = expression.evaluate(FACTS, now=NOW, calendar=WorkCalendar())

    assert answer == value_of(given)


def test_the_script_of_the_guide_assigns_what_it_says() -> None:
    lines = "escalations = if escalations = null then 1 else escalations + 1\npriority = level = 3\n"
    assert lines in GUIDE

    assert compile_script(lines, names=FACTS).execute(FACTS, now=NOW) == {"escalations": 1, "priority": True}


@pytest.mark.parametrize("name", ["partition", "nn sum", "trim"])
def test_what_the_guide_says_is_not_ours_is_not_known(name: str) -> None:
    with pytest.raises(Exception, match="no se conoce la función"):
        value_of(f"{name}([1])")
