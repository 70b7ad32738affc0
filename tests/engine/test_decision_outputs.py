"""What a decision gives must fit in a fact, one value of its type."""

import pytest

from tests.engine import drawing as draw
from tests.engine.publishing import around, only_problem, problems_of, table

_POLICY = 'hitPolicy="UNIQUE"'


@pytest.mark.parametrize(
    "policy", ['hitPolicy="COLLECT"', 'hitPolicy="RULE ORDER"', 'hitPolicy="OUTPUT ORDER"']
)
def test_a_list_does_not_fit_in_a_fact(policy: str) -> None:
    collected = table().decode().replace(_POLICY, policy)
    if "OUTPUT" in policy:
        collected = collected.replace(
            'typeRef="string"/>', 'typeRef="string"><outputValues><text>"x"</text></outputValues></output>'
        )
    files = {"case.bpmn": around(draw.rule("T", "choose")), "decisions/a.dmn": collected.encode()}
    only_problem(files, "T", "una lista", "«note»")


_BOXED = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="D" name="D" namespace="t">
  <decision id="choose" name="Elegir"><variable name="note"/>{box}</decision></definitions>"""
_ENTRY = '<contextEntry>{variable}<literalExpression><text>"x"</text></literalExpression></contextEntry>'
_NAMED = _ENTRY.format(variable='<variable name="part"/>')


@pytest.mark.parametrize(
    ("box", "told"),
    [
        (f"<context>{_NAMED}</context>", "un contexto"),
        ("<list><literalExpression><text>1</text></literalExpression></list>", "una lista"),
        (f"<context>{_NAMED}{_ENTRY.format(variable='')}</context>", ""),
    ],
    ids=["context", "list", "context with a result"],
)
def test_a_boxed_expression_fits_in_a_fact_only_when_it_gives_one_value(box: str, told: str) -> None:
    boxed = _BOXED.format(box=box).encode()
    found = problems_of({"case.bpmn": around(draw.rule("T", "choose")), "decisions/a.dmn": boxed})
    assert [f"da {told}" in problem.message for problem in found] == ([True] if told else [])


def test_a_collection_that_is_counted_is_a_number() -> None:
    counted = table("level").decode().replace(_POLICY, 'hitPolicy="COLLECT" aggregation="COUNT"').encode()
    assert problems_of({"case.bpmn": around(draw.rule("T", "choose")), "decisions/a.dmn": counted}) == []


def test_an_output_of_another_type_than_its_fact_is_refused() -> None:
    files = {"case.bpmn": around(draw.rule("T", "choose")), "decisions/a.dmn": table("note", "number", "5")}
    only_problem(files, "T", "da «number»", "«note» es de tipo «string»")
