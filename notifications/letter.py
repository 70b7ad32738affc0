"""What every letter of the office has."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes: the entity's name, and one line that says how to reach it."""

    entity: str
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What every letter has."""

    template: ClassVar[str]

    letterhead: Letterhead
