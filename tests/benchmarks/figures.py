"""A figure beside its bar; one that wobbles misses its bar in three runs or not at all."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

RUNS = 3
Result = TypeVar("Result")


@dataclass(frozen=True)
class Figure:
    """Something measured. `bar` is the most it may be, or the least when `at_least`."""

    name: str
    value: float
    bar: float
    unit: str
    at_least: bool = False
    detail: str = ""

    @property
    def met(self) -> bool:
        """Whether the bar is met."""
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        mark = "ok " if self.met else "NO "
        return f"{mark} {self.name:<58} {self.value:>8.2f} {sign} {self.bar:<6g} {self.unit:<6} {self.detail}"


def best_of_runs(measure: Callable[[], Sequence[Figure]]) -> list[Figure]:
    """Measure up to three times; each figure in its best run, so that one noisy run accuses nobody."""
    best: dict[str, Figure] = {}
    for _ in range(RUNS):
        for figure in measure():
            known = best.get(figure.name)
            better = known is None or (figure.value > known.value) == figure.at_least
            if better:
                best[figure.name] = figure
        if all(figure.met for figure in best.values()):
            break
    return list(best.values())


def timed(act: Callable[[], Result]) -> tuple[float, Result]:
    """How many milliseconds one call of `act` takes, and what it returns."""
    started = time.perf_counter()
    result = act()
    return (time.perf_counter() - started) * 1000, result


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)
