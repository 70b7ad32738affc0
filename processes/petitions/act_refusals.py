"""Why a legal act is not open to a person now, in words: where the petition stands, who, and when."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from processes.petitions.legal_file import LegalFile
from processes.terms.events import LegalEventKind
from processes.terms.moves import MOVES, PHASE_LABELS, Actor, Move, Phase

_ACTOR_LABELS: Mapping[Actor, str] = MappingProxyType(
    {
        Actor.CITIZEN: "el ciudadano, con su número y su código",
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


def why_not(file: LegalFile, kind: LegalEventKind, *, on: date) -> str:
    """Why the act `kind`, which is not among the choices of `file`, cannot be done on the day `on`."""
    move = MOVES[kind]
    if file.reckoning.phase not in move.phases:
        return _wrong_phase(file.reckoning.phase, move)
    return _wrong_time(file, move, on) or f"Lo hace {_actors(move)}."


def _wrong_phase(phase: Phase, move: Move) -> str:
    if not move.phases:
        return "Solo se anota al radicar."
    where = [PHASE_LABELS[each] for each in Phase if each in move.phases]
    return f"La petición está así: {PHASE_LABELS[phase]}. Solo procede así: {'; '.join(where)}."


def _wrong_time(file: LegalFile, move: Move, on: date) -> str:
    deadline = file.clocks.get(move.deadline) if move.deadline else None
    if deadline is not None and deadline.due_on < on:
        return f"El plazo para hacerlo terminó el {deadline.due_on:%d/%m/%Y}."
    after = file.clocks.get(move.after) if move.after else None
    if after is not None and after.due_on >= on:
        return f"Solo procede después del {after.due_on:%d/%m/%Y}."
    return ""


def _actors(move: Move) -> str:
    names = [label for actor, label in _ACTOR_LABELS.items() if actor in move.actors]
    return " o ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} o {names[-1]}"  # noqa: PLR2004 - two need no comma
