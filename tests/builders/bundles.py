"""Procedures published for tests: files that did not change are checked and compiled once in a process."""

from processes.common.audit import SYSTEM
from processes.engine.bundle import Definition, bundle_hash, compile_bundle
from processes.petitions.catalogue import CATALOGUE
from processes.petitions.office import Office
from processes.petitions.publishing import keep_version

_compiled: dict[str, Definition] = {}


def publish_once_compiled(office: Office, files: dict[str, bytes]) -> str:
    """Publish `files` in the office of a test; the hash of their version.

    Acts only read a definition, so that offices share it as the threads of one office do.
    """
    version = bundle_hash(files)
    if version not in _compiled:
        _compiled[version] = compile_bundle(files, CATALOGUE)
    keep_version(office, _compiled[version], files, published_by=SYSTEM)
    # It says so itself but where the version was there before, in a database that was furnished once.
    office.definitions.published(_compiled[version])
    return version
