import pytest

from tests.engine.codec.models import random_model
from tests.engine.codec.walks import walk

SHORT = range(150)
LONG = range(10_000, 12_500)


def _walk_all(seeds: range) -> int:
    acts = 0
    for seed in seeds:
        model = random_model(seed)
        acts += walk(model.xml, seed, against_unmended=model.engine_is_right)
    return acts


def test_a_saved_case_is_the_same_as_one_that_is_never_saved() -> None:
    assert _walk_all(SHORT) > 1000


@pytest.mark.long
def test_thousands_of_saved_cases_are_the_same_as_those_never_saved() -> None:
    assert _walk_all(LONG) > 20_000
