"""Petitions of the whole procedure among people without a plan: all stay in order, and all come to an end."""

import random
from pathlib import Path

import pytest

from processes.common.resources import bpmn_folder
from tests.builders.office import HandClock, an_office
from tests.faults.wanderer import Wanderer, furnish_for_wanderers

ACTS, FAR, ACTS_TO_THE_END = 40, 100, 120


@pytest.mark.parametrize(
    ("database_url", "seed", "acts"),
    [
        pytest.param("sqlite", 0, ACTS, id="sqlite-briefly"),
        pytest.param("postgresql", 1, ACTS, id="postgresql-briefly"),
        *(pytest.param("sqlite", seed, FAR, marks=pytest.mark.long) for seed in range(2, 22)),
        *(pytest.param("postgresql", seed, FAR, marks=pytest.mark.long) for seed in range(22, 27)),
    ],
    indirect=["database_url"],
)
def test_whatever_people_do_petitions_stay_in_order_and_can_be_brought_to_an_end(
    database_url: str, tmp_path: Path, seed: int, acts: int
) -> None:
    clock = HandClock()
    clock.forward(weeks=4 * seed)
    with an_office(database_url, tmp_path, clock, procedure=bpmn_folder()) as office:
        furnish_for_wanderers(office)
        wanderer = Wanderer(office, clock, random.Random(seed))
        wanderer.walk(acts)

        left = wanderer.finish(ACTS_TO_THE_END)

        assert left == [], wanderer.tale
