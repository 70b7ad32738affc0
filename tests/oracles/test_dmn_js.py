"""A table that dmn-js saved in a real browser decides as it reads."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page

from processes.decisions import DecisionModel, FactType, Value, compile_decisions, examine_decisions
from tests.oracles.dmn_editor import DmnEditor, dmn_editor
from tests.support.missing import MissingPart, skip_without
from tests.unit.decisions.feel import NOW

pytestmark = pytest.mark.browser

FACTS = {
    "kind": FactType.STRING,
    "amount": FactType.NUMBER,
    "received": FactType.DATE,
    "urgent": FactType.BOOLEAN,
}
KIND, AMOUNT, RECEIVED, URGENT, DEPARTMENT = range(5)
EMPTY_TABLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
  xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"
  xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="file" name="Reparto" namespace="http://ventanilla">
  <decision id="routing" name="Reparto">
    <decisionTable id="table" hitPolicy="FIRST">
      <input id="in1" label="Clase">
        <inputExpression id="in1e" typeRef="string"><text>kind</text></inputExpression>
      </input>
      <input id="in2" label="Monto">
        <inputExpression id="in2e" typeRef="number"><text>amount</text></inputExpression>
      </input>
      <input id="in3" label="Recibida">
        <inputExpression id="in3e" typeRef="date"><text>received</text></inputExpression>
      </input>
      <input id="in4" label="Urgente">
        <inputExpression id="in4e" typeRef="boolean"><text>urgent</text></inputExpression>
      </input>
      <output id="out1" label="Dependencia" name="department" typeRef="string" />
    </decisionTable>
  </decision>
  <dmndi:DMNDI><dmndi:DMNDiagram id="diagram"><dmndi:DMNShape id="shape" dmnElementRef="routing">
    <dc:Bounds height="80" width="180" x="160" y="100" />
  </dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>
"""


@pytest.fixture
def editor(page: Page) -> Iterator[DmnEditor]:
    try:
        with dmn_editor(page, EMPTY_TABLE) as opened:
            yield opened
    except MissingPart as missing:
        skip_without(missing)


def fill(editor: DmnEditor, *rules: dict[int, str]) -> None:
    """Add a rule for each, with an answer that is its number, and write its cells."""
    for number, cells in enumerate(rules):
        editor.add_rule()
        for column, text in cells.items():
            editor.type_in(number, column, text)
        editor.type_in(number, DEPARTMENT, f'"{number + 1}"')


def published(editor: DmnEditor) -> DecisionModel:
    return compile_decisions(editor.saved(), source="decisions/routing.dmn", facts=FACTS)


def chosen(model: DecisionModel, **facts: Value) -> Value:
    """The answer of the rule that holds; a fact that is not given is of no rule but the last."""
    usual: dict[str, Value] = {"kind": "z", "amount": 0, "received": date(2000, 1, 1), "urgent": False}
    return model.decide("routing", usual | facts, now=NOW).result["department"]


def test_cells_that_an_analyst_types_decide_as_they_read(editor: DmnEditor) -> None:
    fill(
        editor,
        {KIND: '"a","b"'},
        {AMOUNT: "< 0"},
        {AMOUNT: "[1..3]"},
        {AMOUNT: "(3..5]", URGENT: "true"},
        {KIND: 'not("z", "y")'},
        {AMOUNT: "10, 20, > 99"},
        {KIND: '"y"', AMOUNT: "-", RECEIVED: "-", URGENT: "not(true)"},
        {},
    )

    model = published(editor)

    assert [chosen(model, kind=kind) for kind in ("a", "b", "c", "y")] == ["1", "1", "5", "7"]
    assert [chosen(model, amount=amount) for amount in (-1, 1, 3, 5)] == ["2", "3", "3", "8"]
    assert [chosen(model, amount=amount) for amount in (10, 20, 99, 100)] == ["6", "6", "8", "6"]
    assert chosen(model, amount=5, urgent=True) == "4"
    assert chosen(model, kind="y", urgent=True) == "8"


def test_dates_of_the_dialog_decide_as_they_read(editor: DmnEditor) -> None:
    fill(editor, {}, {}, {}, {}, {})
    editor.choose_date(0, RECEIVED, "Before", "2026-01-01")
    editor.choose_date(1, RECEIVED, "Between", "2026-03-01", "2026-03-31")
    editor.choose_date(2, RECEIVED, "Exactly", "2026-05-01")
    editor.choose_date(3, RECEIVED, "After", "2026-12-01")

    model = published(editor)

    days = ["2025-12-31", "2026-01-01", "2026-03-01", "2026-03-31", "2026-05-01", "2026-12-01", "2026-12-02"]
    answers = [chosen(model, received=date.fromisoformat(day)) for day in days]
    assert answers == ["1", "5", "2", "2", "3", "5", "4"]


def test_an_annotation_of_the_editor_is_the_reason(editor: DmnEditor) -> None:
    fill(editor, {KIND: '"queja"'})
    editor.annotate(0, "Conducta de un servidor")

    decision = published(editor).decide("routing", {"kind": "queja"}, now=NOW)

    assert decision.reason == "Reparto: regla 1, Conducta de un servidor"


def test_an_overlap_that_the_editor_lets_pass_is_told_before_publishing(editor: DmnEditor) -> None:
    fill(editor, {AMOUNT: "<= 5"}, {AMOUNT: ">= 5"})
    editor.choose_policy("Unique")

    found = examine_decisions(editor.saved(), source="decisions/routing.dmn", facts=FACTS)

    assert [problem.message for problem in found.problems] == [
        "las reglas 1 y 2 se cumplen a la vez, por ejemplo con Monto = 5, y la política es UNIQUE"
    ]
