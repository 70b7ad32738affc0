"""`kill -9` while petitions are filed and completed: what was shown is there, and nothing is doubled."""

import random
from pathlib import Path

import pytest

from processes.petitions.invariants import violations
from tests.builders.office import an_office
from tests.faults.aftermath import every_message_is_sent, everything_shown_is_kept
from tests.faults.worker import WARM_UP_ACTS, WHOLE_PROCEDURE, Worker

LONGEST_LIFE_SECONDS = 0.1
"""After the first act."""


@pytest.mark.parametrize(
    "kills", [pytest.param(12, id="a-few"), pytest.param(200, id="two-hundred", marks=pytest.mark.long)]
)
def test_nothing_shown_is_lost_when_the_process_is_killed_at_random_moments(
    database_url: str, tmp_path: Path, kills: int
) -> None:
    dice = random.Random(kills)
    with an_office(database_url, tmp_path, procedure=WHOLE_PROCEDURE.folder) as office:
        worker = Worker(office, "killed", WHOLE_PROCEDURE.way)
        worker.warm_up()

        for seed in range(kills):
            process = worker.start(seed=seed)
            process.join(dice.uniform(0, LONGEST_LIFE_SECONDS))
            process.kill()
            process.join()

        assert worker.faults == []
        assert len(worker.acts) >= WARM_UP_ACTS + kills
        everything_shown_is_kept(office, worker)
        every_message_is_sent(office, worker)
        assert violations(office) == []
