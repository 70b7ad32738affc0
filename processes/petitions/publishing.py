"""Publishing the procedure: checked whole, kept byte for byte, never changed afterwards."""

from pathlib import Path

import sqlalchemy as sa

from processes.common.audit import Act, Actor, record_office_act
from processes.common.database import insert_or
from processes.common.errors import Invalid, NotFound
from processes.engine.bundle import Definition, check_bundle, compile_bundle
from processes.engine.problems import BundleError, Problem
from processes.petitions.catalogue import CATALOGUE
from processes.petitions.office import PROCESS_ID, Office
from processes.petitions.tables import BUNDLE_FILES, BUNDLES, CURRENT_BUNDLES

_ENDINGS = frozenset({".bpmn", ".dmn", ".json"})
_MAX_FILES = 200
_MAX_FILE_BYTES = 25_000_000


class UnfitBundle(Invalid):
    """A bundle that cannot be published; `problems` say what to mend, in Spanish."""

    code = "unfit-bundle"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            f"El procedimiento tiene {len(problems)} problema(s) por corregir.",
            {str(number): str(problem) for number, problem in enumerate(problems, 1)},
        )
        self.problems = problems


def read_bundle_folder(folder: Path) -> dict[str, bytes]:
    """The diagrams, tables and forms below `folder`, by their path in it. Raises Invalid, NotFound."""
    if not folder.is_dir():
        raise NotFound(f"No existe la carpeta «{folder}».")
    paths = sorted(path for path in folder.rglob("*") if path.suffix in _ENDINGS and path.is_file())
    if len(paths) > _MAX_FILES:
        raise Invalid(f"La carpeta tiene {len(paths)} archivos; el máximo es {_MAX_FILES}.")
    for path in paths:
        if path.stat().st_size > _MAX_FILE_BYTES:
            raise Invalid(f"{path.name}: pesa más de {_MAX_FILE_BYTES // 1_000_000} MB.")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def check_files(files: dict[str, bytes], *, warnings: list[Problem] | None = None) -> list[Problem]:
    """Everything that would keep `files` from being published; nothing is kept.

    What may be published and yet deserves a look is added to `warnings`.
    """
    return check_bundle(files, CATALOGUE, warnings=warnings)


def publish_bundle(
    office: Office, files: dict[str, bytes], *, published_by: Actor, warnings: list[Problem] | None = None
) -> str:
    """Keep `files` as a version and start new petitions with it; the content hash of the version.

    Cases already open stay with theirs. Publishing the current version again changes nothing.
    What deserves a look is added to `warnings`. Raises UnfitBundle with all problems.
    """
    try:
        definition = compile_bundle(files, CATALOGUE, warnings=warnings)
    except BundleError as error:
        raise UnfitBundle(error.problems) from error
    keep_version(office, definition, files, published_by=published_by)
    return definition.hash


def keep_version(
    office: Office, definition: Definition, files: dict[str, bytes], *, published_by: Actor
) -> None:
    """Keep `files`, which compiled to `definition`, and start new petitions with them.

    Keeping the current version again changes nothing.
    """
    now = office.now()
    with office.write() as connection:
        if connection.scalar(_current()) == definition.hash:
            return
        insert = insert_or(connection)
        version = {
            "hash": definition.hash,
            "process_id": definition.process_id,
            "published_at": now,
            "published_by": str(published_by),
        }
        connection.execute(insert(BUNDLES).on_conflict_do_nothing(), version)
        rows = [
            {"bundle": definition.hash, "name": name, "content": content} for name, content in files.items()
        ]
        connection.execute(insert(BUNDLE_FILES).on_conflict_do_nothing(), rows)
        current = {"process_id": PROCESS_ID, "bundle": definition.hash}
        connection.execute(
            insert(CURRENT_BUNDLES).on_conflict_do_update(index_elements=["process_id"], set_=current),
            current,
        )
        published = Act("bundle_published", published_by, {"bundle": definition.hash, "files": sorted(files)})
        record_office_act(connection, published, at=now)
    office.definitions.published(definition)


def current_bundle_files(office: Office) -> dict[str, bytes]:
    """The files of the version that new petitions start with. Raises NotFound when there is none."""
    query = sa.select(BUNDLE_FILES.c.name, BUNDLE_FILES.c.content).join(
        CURRENT_BUNDLES, CURRENT_BUNDLES.c.bundle == BUNDLE_FILES.c.bundle
    )
    with office.read() as connection:
        rows = connection.execute(query.where(CURRENT_BUNDLES.c.process_id == PROCESS_ID)).all()
    if not rows:
        raise NotFound("Todavía no hay un procedimiento publicado.")
    return {name: bytes(content) for name, content in rows}


def _current() -> sa.Select[tuple[str]]:
    return sa.select(CURRENT_BUNDLES.c.bundle).where(CURRENT_BUNDLES.c.process_id == PROCESS_ID)
