"""What a scope may know besides the names of facts: functions, fields and types of its file."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from processes.decisions import FeelError, Value
from processes.decisions.budget import Run
from processes.decisions.expression import expression_in
from processes.decisions.scope import Scope
from processes.decisions.types_of_values import SIMPLE_TYPES, ValueType
from processes.decisions.values import FunctionValue, Kind
from tests.unit.decisions.feel import NOW


def _double(_run: Run, arguments: Sequence[Value]) -> Value:
    (number,) = arguments
    assert isinstance(number, Decimal)
    return number * 2


DOUBLE = FunctionValue("doble", ("n",), _double)


def _value(text: str, scope: Scope, **facts: Value) -> Value:
    return expression_in(text, scope).evaluate(facts, now=NOW)


@pytest.mark.parametrize(
    "text", ["doble(4)", "doble(n: 4)", "(doble)(4)", "{f: doble}.f(4)", "doble(doble(2))"]
)
def test_a_name_that_is_known_to_be_a_function_is_called(text: str) -> None:
    scope = Scope(frozenset({"doble"}), functions=frozenset({"doble"}))

    assert _value(text, scope, doble=DOUBLE) == 8


def test_a_function_of_the_scope_comes_before_that_of_the_catalogue() -> None:
    scope = Scope(frozenset({"abs"}), functions=frozenset({"abs"}))

    assert _value("abs(-4)", scope, abs=DOUBLE) == -8
    assert _value("abs(-4)", Scope.of(["abs"]), abs=3) == 4


def test_a_fact_is_no_function() -> None:
    with pytest.raises(FeelError, match="«doble» es un dato y no una función"):
        expression_in("doble(4)", Scope.of(["doble"]))


def test_a_name_that_the_text_gives_a_value_hides_the_function() -> None:
    scope = Scope(frozenset({"doble"}), functions=frozenset({"doble"}))

    assert _value("(function(doble) doble + 1)(1)", scope, doble=DOUBLE) == 2
    assert _value("for doble in [3] return doble", scope, doble=DOUBLE) == [3]


def test_the_fields_of_a_scope_are_properties_and_filter() -> None:
    scope = Scope(frozenset({"casos"}), fields=frozenset({"días-límite"}))
    cases: Value = [{"días-límite": 5}, {"días-límite": 15}]

    assert _value("casos[días-límite > 10].días-límite", scope, casos=cases) == [15]


def test_the_types_of_a_file_are_known_by_their_names() -> None:
    person = ValueType("tPersona", Kind.CONTEXT, fields={"edad": SIMPLE_TYPES["number"]})
    types = {"tPersona": person, "m.tPersona": person}
    scope = Scope(frozenset({"x"}), types=types, fields=frozenset({"edad"}))

    assert _value("x instance of tPersona", scope, x={"edad": 3}) is True
    assert _value("x instance of m.tPersona", scope, x={"edad": "3"}) is False
    assert _value("[x] instance of list<tPersona>", scope, x={"edad": 3}) is True
    assert _value("(function(p: tPersona) p.edad)([x])", scope, x={"edad": 3}) == 3
    assert _value("(function(p: tPersona) p.edad)(x)", scope, x={"edad": True}) is None
