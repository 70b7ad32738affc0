"""Whatever is written, the answer is a value, null or a Spanish error, and never a trace."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from processes.decisions import FeelError, Value, compile_expression, compile_unary_tests
from tests.unit.decisions.feel import NOW

_WORDS = """
1 -1 0.5 "a" true null x y item ? @"2026-01-01" @"P1D" @"P1M" + - * / ** = != < <= > >=
and or ( ) [ ] { } , : . .. in between if then else of list < > partial a: b: // /* */
[1,2,3] {a:1} [1..3] (<5) .a .year [1] [item>1] (1) not( abs( count( sort( string(
"""
_PIECES = (
    *_WORDS.split(),
    "for x in [1, 2] return",
    "some x in [1] satisfies",
    "every y in y satisfies",
    "function(a)",
    "function(a: number) external {}",
    "instance of number",
    "instance of list<",
    "if true then 1 else",
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join), st.booleans())
def test_any_text_compiles_and_answers_or_is_refused_in_words(text: str, lenient: bool) -> None:  # noqa: FBT001  # drawn
    facts: dict[str, Value] = {"x": 3, "y": [{"a": 1}, {"a": 2}]}

    with suppress(FeelError):
        compile_expression(text, names=facts, lenient=lenient).evaluate(facts, now=NOW)
    with suppress(FeelError):
        passed = compile_unary_tests(text, names=facts, lenient=lenient).matches(3, facts, now=NOW)
        assert passed in (True, False, None)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_any_characters_are_read_or_refused_in_words(text: str) -> None:
    with suppress(FeelError):
        compile_expression(text, names=(), lenient=True).evaluate({}, now=NOW)
