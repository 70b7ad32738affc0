"""Files that no petition names are removed after a day; any that one names stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from processes.common.office_clock import real_now
from processes.flows import sweeps
from processes.petitions import orphans
from processes.petitions.attachments import still_kept, store_file
from processes.petitions.filing import file_petition
from processes.petitions.form import StoredFile, new_petition
from processes.petitions.office import Office
from processes.petitions.orphans import remove_orphans
from processes.reports.jobs import Job
from tests.builders.petitions import ROSA

A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)


def _kept(office: Office, text: str) -> StoredFile:
    return store_file(office.settings.files_folder, "nota.txt", text.encode(), max_bytes=1000)


def _path(office: Office, file: StoredFile) -> Path:
    return office.settings.files_folder / file.sha256[:2] / file.sha256


def _aged(path: Path, age: timedelta) -> None:
    then = (real_now() - age).timestamp()
    os.utime(path, (then, then))


def test_only_an_old_file_that_no_petition_names_is_removed(office: Office) -> None:
    named, orphan, young = (_kept(office, text) for text in ("nombrado", "huérfano", "reciente"))
    file_petition(office, new_petition(ROSA, attachments=(named,)))
    _aged(_path(office, named), 100 * A_DAY)
    _aged(_path(office, orphan), A_DAY + AN_HOUR)
    _aged(_path(office, young), A_DAY - AN_HOUR)

    assert remove_orphans(office, real_now=real_now()) == 1

    assert [_path(office, file).exists() for file in (named, orphan, young)] == [True, False, True]


def test_a_draft_that_a_cut_left_behind_goes_though_its_content_is_named(office: Office) -> None:
    named = _kept(office, "nombrado")
    file_petition(office, new_petition(ROSA, attachments=(named,)))
    old, young = (_path(office, named).with_name(f".{named.sha256}.{n}") for n in ("0a", "0b"))
    for draft in (old, young):
        draft.write_bytes(b"nom")
    _aged(old, 2 * A_DAY)

    assert remove_orphans(office, real_now=real_now()) == 1
    assert [_path(office, named).exists(), old.exists(), young.exists()] == [True, False, True]


def test_sending_an_orphan_again_keeps_it_for_the_filing_in_progress(office: Office) -> None:
    orphan = _kept(office, "otra vez")
    _aged(_path(office, orphan), 2 * A_DAY)

    assert _kept(office, "otra vez") == orphan
    assert remove_orphans(office, real_now=real_now()) == 0
    assert _path(office, orphan).exists()


def test_a_form_that_comes_back_after_days_is_told_that_its_file_is_gone(office: Office) -> None:
    gone, kept = _kept(office, "se fue"), _kept(office, "sigue")
    for file in (gone, kept):
        _aged(_path(office, file), 2 * A_DAY)

    assert still_kept(office.settings.files_folder, kept)
    remove_orphans(office, real_now=real_now())
    assert not still_kept(office.settings.files_folder, gone)
    assert still_kept(office.settings.files_folder, kept)


def test_a_file_that_is_not_named_by_its_content_is_left_alone(office: Office) -> None:
    folder = office.settings.files_folder / "ab"
    folder.mkdir(parents=True)
    for name in ("LEEME.txt", "ab" * 32 + ".bak"):
        (folder / name).write_text("del administrador")
        _aged(folder / name, 9 * A_DAY)

    assert remove_orphans(office, real_now=real_now()) == 0
    assert len(list(folder.iterdir())) == 2


def test_more_orphans_than_a_batch_go_in_the_nightly_run(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orphans, "_BATCH", 2)
    files = [_kept(office, f"huérfano {number}") for number in range(5)]
    for file in files:
        _aged(_path(office, file), 2 * A_DAY)

    sweeps.do(office, Job.SEAL_JOURNAL)

    assert not any(_path(office, file).exists() for file in files)
