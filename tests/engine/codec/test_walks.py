import pytest

from tests.engine.codec.models import random_model
from tests.engine.codec.walks import walk

SHORT = range(60)
LONG = range(10_000, 10_500)


def test_a_saved_case_is_the_same_as_one_that_is_never_saved() -> None:
    acts = 0
    for seed in SHORT:
        model = random_model(seed, depth=2)
        acts += walk(model.xml, seed, against_unmended=model.engine_is_right, most_acts=12)
    assert acts > 400


@pytest.mark.long
def test_hundreds_of_saved_cases_on_long_walks_are_the_same_as_those_never_saved() -> None:
    acts = 0
    for seed in LONG:
        model = random_model(seed)
        acts += walk(model.xml, seed, against_unmended=model.engine_is_right)
    assert acts > 5_000
