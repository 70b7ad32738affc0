"""A bundle: the diagrams, decisions and forms that are published together, known by their content's hash."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from processes.engine.assembly import assemble, assemble_again
from processes.engine.catalogue import Catalogue, IntentSchema, Parameter
from processes.engine.definition import Definition
from processes.engine.loading import read_again
from processes.engine.problems import BundleError, Problem, ProblemList
from processes.engine.reading import BundleParts, read_bundle
from processes.engine.structure import check_structure

__all__ = [
    "Bundle",
    "BundleError",
    "Catalogue",
    "Definition",
    "IntentSchema",
    "Parameter",
    "Problem",
    "bundle_hash",
    "check_bundle",
    "compile_bundle",
    "load_bundle",
]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a published version, byte by byte; names like `decisions/escalation.dmn`."""

    files: Mapping[str, bytes]

    @property
    def hash(self) -> str:
        """The version: the same bytes under the same names, and no others, have it."""
        return bundle_hash(self.files)


def bundle_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256, in hexadecimal, over the sorted names with the length and the bytes of each file."""
    digest = hashlib.sha256()
    for name in sorted(files):
        encoded = name.encode("utf-8", "surrogatepass")
        digest.update(f"{len(encoded)}:".encode())
        digest.update(encoded)
        digest.update(f"{len(files[name])}:".encode())
        digest.update(files[name])
    return digest.hexdigest()


def check_bundle(
    files: Mapping[str, bytes], catalogue: Catalogue, *, warnings: list[Problem] | None = None
) -> list[Problem]:
    """Everything that keeps the files from being published, in Spanish; empty when nothing does.

    What may be published and yet deserves a look is added to `warnings`.
    """
    problems = ProblemList()
    _examine(files, catalogue, problems, warnings)
    return problems.all()


def compile_bundle(
    files: Mapping[str, bytes], catalogue: Catalogue, *, warnings: list[Problem] | None = None
) -> Definition:
    """The definition of files that are being published; the caller keeps it by its hash.

    What deserves a look is added to `warnings`, as `check_bundle` does. Raises BundleError with
    everything that keeps them from being published.
    """
    problems = ProblemList()
    definition = _examine(files, catalogue, problems, warnings)
    if definition is None:
        raise BundleError(problems.all())
    return definition


def load_bundle(files: Mapping[str, bytes], catalogue: Catalogue) -> Definition:
    """The definition of files that were published, in this release or in an earlier one.

    They are not checked again: what `catalogue` or our rules refuse since then is an incident of
    the case that comes to it. Raises BundleError when the engine cannot read the diagrams.
    """
    return assemble_again(bundle_hash(files), read_again(MappingProxyType(dict(files)), catalogue))


def _examine(
    files: Mapping[str, bytes],
    catalogue: Catalogue,
    problems: ProblemList,
    warnings: list[Problem] | None,
) -> Definition | None:
    parts: BundleParts = read_bundle(MappingProxyType(dict(files)), catalogue, problems)
    if warnings is not None:
        warnings.extend(parts.warnings)
    if not parts.is_too_large:
        check_structure(parts, catalogue, problems)
    if problems:
        return None
    return assemble(bundle_hash(files), parts, problems)
