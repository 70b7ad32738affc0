"""Expressions and cells put together at random from what FEEL has, each of a known type.

What the list of differences tells of is left out: other types under one operator, durations times
numbers, positions outside a text or a list.
"""

from collections.abc import Callable

from hypothesis import strategies as some
from hypothesis.strategies import SearchStrategy

Sentences = SearchStrategy[str]

_numbers = some.one_of(
    some.integers(-20, 20).map(str),
    some.decimals(0, 50, places=2).map(lambda value: f"{value}"),
    some.sampled_from(["amount", "year", "person.age", "count(people)", "people[1].age", "monthly fee"]),
)
_texts = some.sampled_from(
    ['"a"', '"b"', '"queja"', '""', "kind", "person.name", '"ñandú"', "person.address.city"]
)
_dates = some.dates().filter(lambda day: day.year > 1582).map(lambda day: f'date("{day.isoformat()}")')
_conditions = some.sampled_from(["true", "false", "null", "urgent", "nothing = null"])
_steps = some.sampled_from(["-3", "-1", "1", "2", "4"])
_lists = some.lists(_numbers, min_size=1, max_size=4).map(lambda items: f"[{', '.join(items)}]")


def _filled(template: str, *parts: Sentences) -> Sentences:
    return some.tuples(*parts).map(lambda chosen: template.format(*chosen))


def _of_numbers(number: Sentences) -> Sentences:
    operators = some.sampled_from(["+", "-", "*"])
    return some.one_of(
        _filled("({} {} {})", number, operators, number),
        _filled("(if {} then {} else {})", conditions, number, number),
        _filled("abs({})", number),
        _filled("floor({})", number),
        _filled("ceiling({})", number),
        _filled("-({})", number),
        _filled("{}[1]", lists),
        _filled("{}[-1]", lists),
        _filled("sum({})", lists),
        _filled("max({})", lists),
        _filled("min({})", lists),
        _filled("count({})", lists),
        _filled("string length({})", texts),
        _filled("{}.day", dates),
        _filled("modulo({}, {})", number, some.integers(1, 9).map(str)),
        _filled("(({} - {}).days)", dates, dates),
        _filled("{{a: {}, b: a + {}}}.b", number, number),
        _filled("(function(x, y) x - y)({}, {})", number, number),
    )


def _of_texts(text: Sentences) -> Sentences:
    return some.one_of(
        _filled("({} + {})", text, text),
        _filled("upper case({})", text),
        _filled("lower case({})", text),
        _filled('substring({} + "xyz", {})', text, some.integers(1, 3).map(str)),
        _filled("(if {} then {} else {})", conditions, text, text),
        _filled("string({})", some.integers(-99, 99).map(str)),
        _filled('string join([{}, {}], "-")', text, text),
        _filled('replace({}, "a", {})', text, text),
        _filled("string({})", dates),
    )


def _of_conditions(condition: Sentences) -> Sentences:
    orders = some.sampled_from(["<", "<=", ">", ">=", "=", "!="])
    return some.one_of(
        _filled("({} {} {})", numbers, orders, numbers),
        _filled("({} {} {})", texts, orders, texts),
        _filled("({} {} {})", dates, orders, dates),
        _filled("({} and {})", condition, condition),
        _filled("({} or {})", condition, condition),
        _filled("not({})", condition),
        _filled("({} in [{}..{}])", numbers, some.integers(-9, 0).map(str), some.integers(1, 9).map(str)),
        _filled("({} in {})", numbers, lists),
        _filled("({} between {} and {})", numbers, some.just("-5"), some.integers(0, 20).map(str)),
        _filled("(some x in {} satisfies x > {})", lists, numbers),
        _filled("(every x in {} satisfies x < {})", lists, numbers),
        _filled("contains({}, {})", texts, texts),
        _filled("starts with({}, {})", texts, texts),
        _filled("list contains({}, {})", lists, numbers),
        _filled("(({}) instance of {})", numbers, some.sampled_from(["number", "string"])),
    )


def _of_lists(items: Sentences) -> Sentences:
    return some.one_of(
        _filled("(for x in {} return x * {})", items, numbers),
        _filled("(for x in {}..{} return x)", _steps, _steps),
        _filled("(for x in {}, y in {} return x - y)", items, items),
        _filled("concatenate({}, {})", items, items),
        _filled("append({}, {})", items, numbers),
        _filled("reverse({})", items),
        _filled("distinct values({})", items),
        _filled("sort({}, function(x, y) x < y)", items),
        _filled("sublist({}, 1)", items),
        _filled("insert before({}, 1, {})", items, numbers),
    )


def _grown(base: Sentences, further: Callable[[Sentences], Sentences]) -> Sentences:
    return some.deferred(lambda: some.one_of(base, further(base)))


conditions = _grown(_conditions, _of_conditions)
texts = _grown(_texts, _of_texts)
lists = _grown(_lists, _of_lists)
dates = some.one_of(
    _dates,
    _filled('({} + duration("P{}M"))', _dates, some.integers(0, 30).map(str)),
    _filled('({} - duration("P{}D"))', _dates, some.integers(0, 400).map(str)),
)
numbers = _grown(_numbers, _of_numbers)

sentences = some.one_of(
    numbers,
    _of_numbers(numbers),
    _of_conditions(conditions),
    _of_texts(texts),
    _of_lists(lists),
    dates,
    _filled("{}[item > {}]", lists, _numbers),
    _filled("(if {} then {} else {})", conditions, numbers, texts),
)
"""Whole expressions."""

_tests = some.one_of(
    some.integers(-5, 12).map(str),
    some.integers(-5, 12).map(lambda value: f"< {value}"),
    some.integers(-5, 12).map(lambda value: f">= {value}"),
    _filled(
        "{}{}..{}{}",
        some.sampled_from("[(]"),
        some.just("1"),
        some.integers(2, 9).map(str),
        some.sampled_from("])["),
    ),
    _filled("? > {} and ? < {}", some.integers(0, 5).map(str), some.integers(3, 9).map(str)),
    some.sampled_from(["amount", "> amount", "null", "person.age", "even(?)", "? = 3"]),
)
_listed = some.lists(_tests, min_size=1, max_size=4).map(", ".join)

cells = some.one_of(some.just("-"), _listed, _listed.map(lambda tests: f"not({tests})"))
"""Cells of a column of numbers."""
