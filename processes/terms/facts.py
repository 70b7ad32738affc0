"""What the dates rely on and nobody has read yet in the norm itself: shown as "por verificar"."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from processes.terms.lengths import Evidence


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement about the law, with the mark of `law.toml` and where it was found, in Spanish."""

    code: str
    text: str
    evidence: Evidence
    source: str


def unverified_facts() -> tuple[Fact, ...]:
    """Every fact marked B or C that some date relies on, for the administrator."""
    return tuple(_facts().values())


def facts(codes: Iterable[str]) -> tuple[Fact, ...]:
    """The facts of these codes, each once, in the order of the list. Raises KeyError for an unknown one."""
    known = _facts()
    wanted = {known[code].code for code in codes}
    return tuple(fact for fact in known.values() if fact.code in wanted)


@cache
def _facts() -> Mapping[str, Fact]:
    text = files("processes.terms").joinpath("facts.toml").read_text(encoding="utf-8")
    found = (
        Fact(each["code"], each["text"], Evidence(each["evidence"]), each["source"])
        for each in tomllib.loads(text)["fact"]
    )
    return MappingProxyType({fact.code: fact for fact in found})
