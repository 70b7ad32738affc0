"""Petitions of the whole procedure among people without a plan: all stay in order, and all come to an end."""

import random
from pathlib import Path

import pytest

from processes.common.resources import bpmn_folder
from tests.builders.office import HandClock, an_office
from tests.faults.wanderer import Wanderer, furnish_for_wanderers

ACTS_TO_THE_END = 120


@pytest.mark.parametrize(
    ("database_url", "seeds", "acts"),
    [
        pytest.param("sqlite", range(1), 40, id="sqlite-briefly"),
        pytest.param("postgresql", range(1, 2), 40, id="postgresql-briefly"),
        pytest.param("sqlite", range(2, 42), 150, id="sqlite-far", marks=pytest.mark.long),
        pytest.param("postgresql", range(42, 52), 150, id="postgresql-far", marks=pytest.mark.long),
    ],
    indirect=["database_url"],
)
def test_whatever_people_do_petitions_stay_in_order_and_can_be_brought_to_an_end(
    database_url: str, tmp_path: Path, seeds: range, acts: int
) -> None:
    clock = HandClock()
    with an_office(database_url, tmp_path, clock, procedure=bpmn_folder()) as office:
        furnish_for_wanderers(office)
        for seed in seeds:
            wanderer = Wanderer(office, clock, random.Random(seed))
            wanderer.walk(acts)

            left = wanderer.finish(ACTS_TO_THE_END)

            assert left == [], wanderer.tale
