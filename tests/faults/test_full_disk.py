"""A full disk: told in words, nothing half-written, and all goes on once there is room again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from api.app import create_app
from processes.common.database import upgrade
from processes.common.errors import OfficeError, Unavailable
from processes.common.mail import MailFile
from processes.common.outbox import MESSAGES, MessageStatus
from processes.petitions.attachments import read_file, store_file
from processes.petitions.filing import file_petition
from processes.petitions.form import StoredFile, new_petition
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from processes.petitions.queries import petition_file
from processes.petitions.tables import ATTACHMENTS, Channel
from tests.builders.office import CLERK, an_office
from tests.builders.petitions import ROSA, a_form, classify, file_one, live_whole_life
from tests.faults.aftermath import kept_petitions
from tests.faults.disks import Disk, LimitedDisk, may_mount, small_disk
from tests.faults.worker import deliver_everything

NO_ROOM = "No hay espacio"
ATTEMPTS = 2000
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(100_000)


@pytest.fixture(params=["limit", *(["real"] if may_mount() else [])])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A disk that can be filled: where the tests may mount one, a real one too."""
    if request.param == "limit":
        yield LimitedDisk(tmp_path / "disk")
        return
    with small_disk(tmp_path / "disk") as mounted:
        yield mounted


@pytest.fixture
def office(disk: Disk) -> Iterator[Office]:
    """An office on `disk`; whatever the test did, every invariant holds at its end."""
    url = f"sqlite:///{disk.folder / 'ventanilla.sqlite3'}"
    upgrade(url)
    with an_office(url, disk.folder) as opened:
        yield opened
        assert violations(opened) == []


def test_filings_are_refused_in_words_and_go_on_when_there_is_room(office: Office, disk: Disk) -> None:
    before = file_one(office).filing_number
    disk.fill(office.engine)

    filed, refusal = _until_refused(
        lambda turn: file_petition(office, a_form(), idempotency_key=f"turn-{turn}")
    )

    assert refusal.message.startswith(NO_ROOM)
    assert len(kept_petitions(office)) == filed + 1
    assert violations(office) == []
    disk.make_room()
    receipt = file_petition(office, a_form(), idempotency_key=f"turn-{filed}")
    assert not receipt.repeated
    assert int(receipt.filing_number[5:]) == int(before[5:]) + filed + 1
    live_whole_life(office, receipt.filing_number)


def test_completing_is_refused_in_words_and_the_task_stays_as_it_was(office: Office, disk: Disk) -> None:
    numbers = [file_one(office).filing_number for _ in range(40)]
    disk.fill(office.engine)
    _until_refused(lambda _: file_one(office))

    done, refusal = _until_refused(lambda turn: classify(office, numbers[turn]))

    assert refusal.message.startswith(NO_ROOM)
    assert violations(office) == []
    disk.make_room()
    live_whole_life(office, numbers[done])
    classify(office, numbers[done + 1])


def test_a_file_that_finds_no_room_leaves_nothing_behind(office: Office, disk: Disk) -> None:
    disk.fill(office.engine)

    with disk.refusing_files(), pytest.raises(Unavailable, match=NO_ROOM):
        _store(office)

    assert [path for path in office.settings.files_folder.rglob("*") if path.is_file()] == []
    disk.make_room()
    assert read_file(office.settings.files_folder, _store(office).sha256) == PHOTO


def test_the_kept_file_of_an_undone_filing_does_no_harm(office: Office, disk: Disk) -> None:
    photo = _store(office)
    form = new_petition(ROSA, channel=Channel.WEB, attachments=(photo,))
    disk.fill(office.engine)
    filed, _ = _until_refused(lambda _: file_petition(office, form))

    with office.read() as connection:
        rows = connection.scalar(sa.select(sa.func.count()).select_from(ATTACHMENTS))
    disk.make_room()
    receipt = file_petition(office, form)

    assert rows == filed
    assert _store(office) == photo
    assert petition_file(office, CLERK, receipt.filing_number, 1) == (photo, PHOTO)


def test_a_message_that_cannot_be_written_down_waits_and_is_not_given_up(office: Office, disk: Disk) -> None:
    file_one(office)
    letters = MailFile(disk.folder / "full")
    letters.path.symlink_to("/dev/full")

    assert deliver_everything(office, letters, limit=10) == 0
    assert _messages(office) == {MessageStatus.PENDING.value}
    letters.path.unlink()
    assert deliver_everything(office, letters, limit=10, minutes_later=5) == 1
    assert "Rosa" in letters.path.read_text()
    assert _messages(office) == {MessageStatus.SENT.value}


def test_programs_and_people_are_told_in_words(office: Office, disk: Disk) -> None:
    client = TestClient(create_app(office), base_url="http://127.0.0.1:8000")
    disk.fill(office.engine)
    _until_refused(lambda _: file_one(office))

    # What a filing writes differs by a few bytes: now one finds no room, now the next one.
    answers = [client.post("/api/petitions", json={**ROSA, "privacy_notice": True}) for _ in range(10)]
    pages = [client.post("/radicar", data=ROSA, follow_redirects=False) for _ in range(10)]

    assert {answer.status_code for answer in answers} <= {201, 503}
    assert {page.status_code for page in pages} <= {303, 503}
    assert answers[-1].headers["content-type"] == "application/problem+json"
    assert answers[-1].json()["detail"].startswith(NO_ROOM)
    assert NO_ROOM in pages[-1].text
    assert client.get("/consultar").status_code == 200
    disk.make_room()
    assert client.post("/api/petitions", json={**ROSA, "privacy_notice": True}).status_code == 201


def _until_refused(act: Callable[[int], object]) -> tuple[int, OfficeError]:
    """Repeat `act` until the disk has no room left; how often it succeeded, and the refusal."""
    for turn in range(ATTEMPTS):
        try:
            act(turn)
        except Unavailable as refusal:
            return turn, refusal
    raise AssertionError("the disk never filled")


def _store(office: Office) -> StoredFile:
    return store_file(office.settings.files_folder, "foto.png", PHOTO, max_bytes=1_000_000)


def _messages(office: Office) -> set[str]:
    with office.read() as connection:
        return set(connection.scalars(sa.select(MESSAGES.c.status)))
