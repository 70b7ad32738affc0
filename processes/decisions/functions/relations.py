"""How points and ranges stand to one another (DMN 1.5, table 78, after Allen).

A point is a number, a text, a date, a time or a duration. An end that a range leaves open is beyond
every point.
"""

from collections.abc import Callable
from dataclasses import dataclass

from processes.decisions.budget import Run
from processes.decisions.comparison import compare, equal
from processes.decisions.errors import NoValue
from processes.decisions.functions.signature import Function, Parameter, Signature, anything, function, way
from processes.decisions.values import Range, Value, kind_of

Relation = Callable[[Range, Range], bool]


@dataclass(frozen=True, slots=True)
class _Edge:
    """An end of a range as a place on the line: just before (-1), on (0) or just after (1) a point.

    `value` None is beyond every point, on the side that `beyond` tells.
    """

    value: Value
    nudge: int
    beyond: int

    def compared(self, other: "_Edge") -> int:
        """Negative when this edge comes first, 0 when both are one, positive when it comes later."""
        if self.value is None or other.value is None:
            left = self.beyond if self.value is None else 0
            return left - (other.beyond if other.value is None else 0)
        if compare("<", self.value, other.value):
            return -1
        if compare(">", self.value, other.value):
            return 1
        return self.nudge - other.nudge


def _low(span: Range) -> _Edge:
    return _Edge(span.low, 0 if span.low_closed else 1, -1)


def _high(span: Range) -> _Edge:
    return _Edge(span.high, 0 if span.high_closed else -1, 1)


def _before(left: Range, right: Range) -> bool:
    return _high(left).compared(_low(right)) < 0


def _meets(left: Range, right: Range) -> bool:
    both_closed = left.high_closed and right.low_closed
    bounded = left.high is not None and right.low is not None
    return bounded and both_closed and _high(left).compared(_low(right)) == 0


def _overlaps(left: Range, right: Range) -> bool:
    return not _before(left, right) and not _before(right, left)


def _overlaps_before(left: Range, right: Range) -> bool:
    """`left` begins first, reaches `right`, and does not end after it."""
    begins_first = _low(left).compared(_low(right)) < 0
    return begins_first and not _before(left, right) and _high(left).compared(_high(right)) <= 0


def _finishes(left: Range, right: Range) -> bool:
    return _high(left).compared(_high(right)) == 0 and _low(left).compared(_low(right)) >= 0


def _includes(left: Range, right: Range) -> bool:
    return _low(left).compared(_low(right)) <= 0 and _high(left).compared(_high(right)) >= 0


def _starts(left: Range, right: Range) -> bool:
    return _low(left).compared(_low(right)) == 0 and _high(left).compared(_high(right)) <= 0


def _reversed(relation: Relation) -> Relation:
    return lambda left, right: relation(right, left)


def _body(relation: Relation, *, left_point: bool, right_point: bool) -> Callable[[Run, Value, Value], Value]:
    """The relation between ranges, and between points where it may take them (as `[p..p]`)."""

    def related(_run: Run, left: Value, right: Value) -> Value:
        return relation(_span(left, point=left_point), _span(right, point=right_point))

    return related


def _span(value: Value, *, point: bool) -> Range:
    if isinstance(value, list) and len(value) == 1:
        return _span(value[0], point=point)
    if isinstance(value, Range):
        return value
    if value is None or not point:
        raise NoValue(f"se esperaba un rango{' o un punto' if point else ''} y es {kind_of(value)}")
    return Range(value, value)


def _coincides(run: Run, left: Value, right: Value) -> Value:
    if left is None or right is None:
        raise NoValue("un punto o rango no puede ser nulo")
    return equal(left, right, run.budget)


def _named(left: str, right: str, body: Callable[[Run, Value, Value], Value]) -> Signature:
    return way(anything(left), anything(right), body=body)


def _of_ranges(name: str, relation: Relation) -> Function:
    return function(name, _named("range1", "range2", _body(relation, left_point=False, right_point=False)))


def _of_all(name: str, relation: Relation) -> Function:
    body = _body(relation, left_point=True, right_point=True)
    names = (("point1", "point2"), ("point", "range"), ("range", "point"), ("range1", "range2"))
    return function(name, *(_named(left, right, body) for left, right in names))


def _of_point_in_range(name: str, relation: Relation) -> Function:
    body = _body(relation, left_point=True, right_point=False)
    return function(name, _named("point", "range", body), _named("range1", "range2", body))


def _of_range_with_point(name: str, relation: Relation) -> Function:
    body = _body(relation, left_point=False, right_point=True)
    return function(name, _named("range", "point", body), _named("range1", "range2", body))


_POINTS = Parameter("point1"), Parameter("point2")
_RANGES = Parameter("range1"), Parameter("range2")

FUNCTIONS: tuple[Function, ...] = (
    _of_all("before", _before),
    _of_all("after", _reversed(_before)),
    _of_ranges("meets", _meets),
    _of_ranges("met by", _reversed(_meets)),
    _of_ranges("overlaps", _overlaps),
    _of_ranges("overlaps before", _overlaps_before),
    _of_ranges("overlaps after", _reversed(_overlaps_before)),
    _of_point_in_range("finishes", _finishes),
    _of_range_with_point("finished by", _reversed(_finishes)),
    _of_range_with_point("includes", _includes),
    _of_point_in_range("during", _reversed(_includes)),
    _of_point_in_range("starts", _starts),
    _of_range_with_point("started by", _reversed(_starts)),
    function("coincides", way(*_POINTS, body=_coincides), way(*_RANGES, body=_coincides)),
)
