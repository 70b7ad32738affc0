"""The sample entities by their keys; the first is made where none is asked for."""

from processes.common.errors import Invalid
from processes.samples.reading import read_sample
from processes.samples.sample import Sample

KEYS = ("san-jacinto", "manizales", "ibague", "cienaga", "pereira")


def sample_of(key: str) -> Sample:
    """The sample called `key`; the short one for an empty key. Raises Invalid, naming those there are."""
    if key and key not in KEYS:
        raise Invalid(f"No hay una entidad de muestra «{key}». Las que hay: {', '.join(KEYS)}.")
    return read_sample(key or KEYS[0])


def sample_named(name: str) -> Sample | None:
    """The sample whose entity is called `name`; None for an entity of somebody's own."""
    return next((sample for sample in map(read_sample, KEYS) if sample.entity.name == name), None)
