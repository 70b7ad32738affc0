"""Petitions that an earlier release opened, with a procedure that this one would not publish."""

from pathlib import Path

import sqlalchemy as sa

from processes.common.audit import SYSTEM
from processes.engine.bundle import bundle_hash
from processes.petitions.office import PROCESS_ID, Office
from processes.petitions.publishing import check_files, read_bundle_folder
from processes.petitions.queries import read_petition
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import BUNDLE_FILES, BUNDLES, CURRENT_BUNDLES
from tests.builders.office import SERVICE_HEAD, HandClock, an_office_again
from tests.builders.petitions import file_one, live_whole_life
from tests.builders.procedures import SHORT


def _published_by_an_earlier_release(office: Office, files: dict[str, bytes]) -> None:
    version = bundle_hash(files)
    with office.write() as connection:
        connection.execute(
            sa.insert(BUNDLES),
            {
                "hash": version,
                "process_id": PROCESS_ID,
                "published_at": office.now(),
                "published_by": str(SYSTEM),
            },
        )
        connection.execute(
            sa.insert(BUNDLE_FILES),
            [{"bundle": version, "name": name, "content": content} for name, content in files.items()],
        )
        connection.execute(sa.update(CURRENT_BUNDLES).values(bundle=version))
    office.definitions.forget_current()


def test_a_petition_goes_on_with_a_procedure_that_is_refused_today(
    office: Office, database_url: str, tmp_path: Path, clock: HandClock
) -> None:
    files = read_bundle_folder(SHORT)
    files["petition.bpmn"] = files["petition.bpmn"].replace(
        b"<spiffworkflow:properties>", b"<spiffworkflow:unitTests /><spiffworkflow:properties>"
    )
    assert check_files(files)
    _published_by_an_earlier_release(office, files)
    number = file_one(office).filing_number
    with an_office_again(database_url, tmp_path, clock) as restarted:
        live_whole_life(restarted, number)
        assert read_petition(restarted, SERVICE_HEAD, number).row.status is PetitionStatus.CLOSED
