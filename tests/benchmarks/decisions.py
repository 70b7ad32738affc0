"""A table of 50 rules by 4 inputs and a gateway's condition, beside the same written by hand in Python."""

from collections.abc import Callable, Mapping
from pathlib import Path
from timeit import repeat

from processes.decisions import FactType, Value, compile_decisions, compile_expression, examine_decisions
from tests.benchmarks.figures import Figure
from tests.unit.decisions.feel import NOW
from tests.unit.decisions.tables import column, decision, file, output, rule, table

RULES = 50
FACTS = {
    "kind": FactType.STRING,
    "amount": FactType.NUMBER,
    "channel": FactType.STRING,
    "urgent": FactType.BOOLEAN,
}
CONDITION = 'level = 3 and priority or kind in ("complaint", "wrongdoing_report")'


def measure(_database: str, _url: str, _home: Path) -> list[Figure]:
    """Compiling, examining and evaluating, in their best of some runs."""
    data = _table()
    model = compile_decisions(data, source="bench.dmn", facts=FACTS)
    last: Mapping[str, Value] = {"kind": "k9", "amount": 495, "channel": "web", "urgent": True}
    assert model.decide("routing", last, now=NOW).rules == (f"routing#{RULES}",)
    condition = compile_expression(CONDITION, names=("level", "priority", "kind"))
    case: Mapping[str, Value] = {"level": 3, "priority": False, "kind": "request"}
    by_hand = f"{_microseconds(lambda: _decided_by_hand(last)):.1f} by hand in Python"
    asked_by_hand = f"{_microseconds(lambda: _asked_by_hand(case)):.2f} by hand in Python"
    return [
        Figure(
            "compile a table of 50 rules by 4 inputs",
            _microseconds(lambda: compile_decisions(data, source="bench.dmn", facts=FACTS), times=3) / 1000,
            50,
            "ms",
        ),
        Figure(
            "look for its overlaps and gaps",
            _microseconds(lambda: examine_decisions(data, source="bench.dmn", facts=FACTS), times=3) / 1000,
            200,
            "ms",
        ),
        Figure(
            "decide by it, the last rule, with its reason",
            _microseconds(lambda: model.decide("routing", last, now=NOW)),
            200,
            "µs",
            detail=by_hand,
        ),
        Figure(
            "a gateway's condition",
            _microseconds(lambda: condition.evaluate(case, now=NOW)),
            10,
            "µs",
            detail=asked_by_hand,
        ),
    ]


def _microseconds(act: Callable[[], object], *, times: int = 200) -> float:
    return min(repeat(act, number=times, repeat=5)) / times * 1e6


def _table() -> bytes:
    """Fifty rules of which one holds: ten kinds by five bands of amounts, the channel and the urgency."""
    columns = [column("kind"), column("amount", "number"), column("channel"), column("urgent", "boolean")]
    rules = [
        rule(
            [f'"k{number % 10}"', f"[{number * 10}..{number * 10 + 9}]", '"web","desk"', "-"],
            [f'"department {number}"'],
            f"Regla de la banda {number}",
        )
        for number in range(RULES)
    ]
    return file(decision(table(*columns, output("department"), *rules)))


_BY_HAND = [(f"k{number % 10}", number * 10, number * 10 + 9, ("web", "desk")) for number in range(RULES)]


def _decided_by_hand(facts: Mapping[str, Value]) -> list[int]:
    kind, amount, channel = facts["kind"], facts["amount"], facts["channel"]
    assert isinstance(amount, int)
    return [
        number
        for number, (wanted, low, high, channels) in enumerate(_BY_HAND, start=1)
        if kind == wanted and low <= amount <= high and channel in channels
    ]


def _asked_by_hand(facts: Mapping[str, Value]) -> bool:
    return (facts["level"] == 3 and facts["priority"] is True) or facts["kind"] in (
        "complaint",
        "wrongdoing_report",
    )
