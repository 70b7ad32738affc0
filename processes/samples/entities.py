"""The sample entities by their keys; the first is made where none is asked for."""

from processes.common.errors import Invalid
from processes.samples.cienaga import CIENAGA
from processes.samples.ibague import IBAGUE
from processes.samples.manizales import MANIZALES
from processes.samples.pereira import PEREIRA
from processes.samples.sample import Sample
from processes.samples.san_jacinto import SAN_JACINTO

SAMPLES = (SAN_JACINTO, MANIZALES, IBAGUE, CIENAGA, PEREIRA)


def sample_of(key: str) -> Sample:
    """The sample called `key`; the short one for an empty key. Raises Invalid, naming those there are."""
    if not key:
        return SAN_JACINTO
    for sample in SAMPLES:
        if sample.key == key:
            return sample
    known = ", ".join(sample.key for sample in SAMPLES)
    raise Invalid(f"No hay una entidad de muestra «{key}». Las que hay: {known}.")


def sample_named(name: str) -> Sample | None:
    """The sample whose entity is called `name`; None for an entity of somebody's own."""
    return next((sample for sample in SAMPLES if sample.entity.name == name), None)
