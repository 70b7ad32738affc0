"""Why a legal act is not open to a person now, in words: where the petition stands, who, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from processes.petitions.legal_access import NOT_HERE
from processes.petitions.legal_file import LegalFile
from processes.terms.acting import why_not
from processes.terms.events import EVENT_LABELS, LegalEventKind
from processes.terms.moves import MOVES, PHASE_LABELS, Actor, Move, Phase

_ACTOR_LABELS: Mapping[Actor, str] = MappingProxyType(
    {
        Actor.CITIZEN: "el ciudadano (con su número y su código)",
        Actor.FRONT_DESK: "ventanilla única",
        Actor.OFFICIAL: "el profesional responsable",
        Actor.DEPARTMENT_HEAD: "el jefe de la dependencia",
        Actor.DIRECTOR: "el directivo",
        Actor.CITIZEN_SERVICE_HEAD: "el jefe de la Oficina de Relación con el Ciudadano",
        Actor.LEGAL_OFFICE: "la Oficina Jurídica",
        Actor.ADMINISTRATOR: "el administrador",
    }
)
"""Actors with an account or a code; a judge, another body and the clock come through one of them."""


@dataclass(frozen=True, slots=True)
class RefusedNow:
    """An act that is not open to the person now, and `why`, in Spanish."""

    kind: LegalEventKind
    label: str
    why: str
    citation: str


def refused_now(file: LegalFile, *, on: date) -> tuple[RefusedNow, ...]:
    """The acts of the entity's people that are not among the choices of `file` on the day `on`."""
    open_now = {each.kind for each in file.choices} | NOT_HERE
    return tuple(
        RefusedNow(kind, EVENT_LABELS[kind], _why_not(file, kind, on), move.citation)
        for kind, move in MOVES.items()
        if kind not in open_now
    )


def _why_not(file: LegalFile, kind: LegalEventKind, on: date) -> str:
    move = MOVES[kind]
    if file.reckoning.phase not in move.phases:
        return _wrong_phase(file.reckoning.phase, move)
    refusal = why_not(file.reckoning, kind, on)
    if refusal is None:
        return f"Lo hace {_actors(move)}."
    return _wrong_time(file, move, on) or f"{refusal.why[:1].upper()}{refusal.why[1:]}."


def _wrong_phase(phase: Phase, move: Move) -> str:
    if not move.phases:
        return "Solo se anota al radicar."
    where = [PHASE_LABELS[each] for each in Phase if each in move.phases]
    return f"Solo procede mientras {_any_of(where)}; hoy {PHASE_LABELS[phase]}."


def _wrong_time(file: LegalFile, move: Move, on: date) -> str:
    deadline = file.clocks.get(move.deadline) if move.deadline else None
    if deadline is not None and deadline.due_on < on:
        return f"El plazo para hacerlo terminó el {deadline.due_on:%d/%m/%Y}."
    after = file.clocks.get(move.after) if move.after else None
    if after is not None and after.due_on >= on:
        return f"Solo procede después del {after.due_on:%d/%m/%Y}."
    return ""


def _actors(move: Move) -> str:
    return _any_of([label for actor, label in _ACTOR_LABELS.items() if actor in move.actors])


def _any_of(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} o {last}" if first else last
