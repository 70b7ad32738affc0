"""A part of the machine that a test needs and does not find."""

from typing import NoReturn

import pytest


class MissingPart(Exception):
    """Something outside the project is not here; says what, and how to get it."""

    def __init__(self, what: str, *, how_to_get_it: str) -> None:
        super().__init__(f"{what}. To get it: {how_to_get_it}")


def skip_without(missing: MissingPart) -> NoReturn:
    """Skip the test with the reason; under REQUIRE_ALL=1 `conftest` turns that into a failure."""
    pytest.skip(str(missing))
