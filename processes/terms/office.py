"""What the office asks of itself beyond the law: its internal target and its traffic light."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Working days before a due date: where the internal target stands, and where "due soon" begins.

    Raises ValueError for a negative number.
    """

    internal_target_working_days: int
    due_soon_working_days: int

    def __post_init__(self) -> None:
        if min(self.internal_target_working_days, self.due_soon_working_days) < 0:
            message = "a threshold counts working days before the due date; it cannot be negative"
            raise ValueError(message)


THRESHOLDS = Thresholds(
    **tomllib.loads(files("processes.terms").joinpath("office.toml").read_text(encoding="utf-8"))
)
"""Those that an entity has until it sets its own."""
