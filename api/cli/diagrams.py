"""The procedure's files from the command line: checked, published, taken out."""

from pathlib import Path

import typer

from api.cli.installation import CONSOLE, office_here
from api.speech import complain, say
from processes.common.errors import Conflict, Invalid, NotFound
from processes.common.resources import bpmn_folder
from processes.engine.problems import Problem
from processes.petitions.publishing import (
    UnfitBundle,
    check_files,
    current_bundle_files,
    publish_bundle,
    read_bundle_folder,
)

_FOLDERS = frozenset({"decisions", "forms", "tries"})
_MAX_FILE_BYTES = 25_000_000


def check(paths: list[Path]) -> None:
    """Check the files of `paths` together; exit 1 with a line for each problem, 0 with its warnings."""
    files = read_files(paths)
    warnings: list[Problem] = []
    problems = check_files(files, warnings=warnings)
    _tell(problems)
    _warn(warnings)
    if problems:
        raise typer.Exit(1)
    say(f"Sin problemas: {_counted(len(files), 'archivo', 'archivos')} que se pueden publicar.")


def publish(paths: list[Path]) -> None:
    """Publish the files of `paths` together; exit 1 with a line for each problem, 0 with its warnings."""
    files = read_files(paths)
    warnings: list[Problem] = []
    with office_here() as office:
        try:
            version = publish_bundle(office, files, published_by=CONSOLE, warnings=warnings)
        except UnfitBundle as error:
            _tell(error.problems)
            raise typer.Exit(1) from error
    _warn(warnings)
    say(f"Publicada la versión {version[:12]}. Las peticiones nuevas empiezan con ella; las abiertas, no.")


def export(folder: Path) -> None:
    """Write the version in force into `folder`, which must be empty or new."""
    with office_here() as office:
        files = current_bundle_files(office)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict(f"«{folder}» ya existe y no está vacía. Elija otra carpeta.")
    for name, content in files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise Invalid(f"El archivo «{name}» quedaría fuera de la carpeta.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    say(f"{_counted(len(files), 'archivo', 'archivos')} en {folder}.")


def read_files(paths: list[Path]) -> dict[str, bytes]:
    """The files of `paths`, which make up one procedure: folders with all below them, and single files.

    A file in a folder called `decisions` or `forms` keeps it in its name. Without paths, the
    procedure that comes with Ventanilla. Raises NotFound and Invalid.
    """
    files: dict[str, bytes] = {}
    for path in paths or [bpmn_folder()]:
        files |= read_bundle_folder(path) if path.is_dir() else _read_file(path)
    if not files:
        raise NotFound("Ahí no hay diagramas, tablas de decisión ni formularios (.bpmn, .dmn, .json).")
    return files


def _read_file(path: Path) -> dict[str, bytes]:
    if not path.is_file():
        raise NotFound(f"No existe «{path}».")
    if path.stat().st_size > _MAX_FILE_BYTES:
        raise Invalid(f"{path.name}: pesa más de {_MAX_FILE_BYTES // 1_000_000} MB.")
    folder = path.resolve().parent.name
    name = f"{folder}/{path.name}" if folder in _FOLDERS else path.name
    return {name: path.read_bytes()}


def _tell(problems: tuple[Problem, ...] | list[Problem]) -> None:
    for problem in problems:
        complain(str(problem) if problem.file else problem.message)


def _warn(warnings: list[Problem]) -> None:
    for warning in warnings:
        complain(f"Aviso: {warning}")


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
