"""The date of the answer with everything that moved it."""

from collections.abc import Iterator

from processes.common.errors import NotFound
from processes.terms.clock import FILING_DAY
from processes.terms.events import EVENT_LABELS, LegalEvent
from processes.terms.events import LegalEventKind as Kind
from processes.terms.explained import ExplainedDate, Stop
from processes.terms.explaining import explain
from processes.terms.kinds import KIND_LABELS
from processes.terms.moves import MOVES
from processes.terms.reckoning import MatterClock, Reckoning
from processes.terms.refusals import spoken
from processes.terms.rules import rule_for


def explain_response(reckoning: Reckoning, number: int | None = None) -> ExplainedDate:
    """The last day to answer, day by day, across suspensions, extensions and changes of the law.

    `number` asks for one numbered request; without it, the one whose date rules. While the term is
    suspended it is the date that stood before, and its notes say so. Raises NotFound for a request
    that the petition does not have.
    """
    matter = reckoning.governing if number is None else _numbered(reckoning, number)
    filing = reckoning.filing
    ended = reckoning.stops[:-1] if reckoning.stopped else reckoning.stops
    return explain(
        matter.term,
        filing.filed_on,
        reckoning.calendar,
        why_start=FILING_DAY,
        started_at=filing.received_at,
        stops=ended,
        notes=tuple(_notes(reckoning, matter)),
        relies_on=_relies_on(reckoning, matter),
    )


def _numbered(reckoning: Reckoning, number: int) -> MatterClock:
    for matter in reckoning.matters:
        if matter.number == number:
            return matter
    raise NotFound(f"La petición no tiene un asunto número {number}.")


def _relies_on(reckoning: Reckoning, matter: MatterClock) -> Iterator[str]:
    if reckoning.filing.received_on != reckoning.filing.filed_on:
        yield "after_hours"
    if matter.kind.value == "personal_data_claim" and reckoning.stops:
        yield "claim_reactivates"
    for event in reckoning.events:
        if event.delivered and event.kind in {Kind.RETURNED_UNCLEAR, Kind.CLARIFIED}:
            yield from MOVES[event.kind].facts


def _notes(reckoning: Reckoning, matter: MatterClock) -> Iterator[str]:
    filing = reckoning.filing
    if filing.received_on != filing.filed_on:
        came = f"Llegó el {spoken(filing.received_on)} y se radicó el {spoken(filing.filed_on)}."
        yield f"{came} {filing.policy.reason}"
    if len(reckoning.matters) > 1:
        yield (
            f"La petición tiene {len(reckoning.matters)} asuntos; manda la fecha más próxima de los "
            f"abiertos. Esta es la del asunto {matter.number}, «{KIND_LABELS[matter.kind]}»."
        )
    born = rule_for(matter.kind, filing.filed_on)
    if born is not matter.rule:
        yield (
            f"El término que corría era de {born.label}; desde el {spoken(matter.rule.valid_from)} la norma "
            f"nueva alcanzó a las peticiones en trámite ({matter.rule.citation})."
        )
    for event in reckoning.events:
        yield from _moved_by(event, matter)
    yield from map(_stopped, reckoning.stops)


def _moved_by(event: LegalEvent, matter: MatterClock) -> Iterator[str]:
    if event.matters and matter.number not in event.matters:
        return
    if not event.delivered:
        failed = f"«{EVENT_LABELS[event.kind]}» del {spoken(event.on)}: el aviso no se pudo entregar"
        yield f"{failed} y no movió el término ({MOVES[event.kind].citation})."
    elif event.kind is Kind.EXTENSION_TOLD and matter.extended and matter.term.length != matter.rule.length:
        yield (
            f"El {spoken(event.on)} se informó una prórroga: {matter.term.label} en total desde la "
            f"radicación ({MOVES[event.kind].citation})."
        )
    elif event.kind is Kind.RECLASSIFIED and event.new_kind:
        changed = f"El {spoken(event.on)} la clase pasó a «{KIND_LABELS[event.new_kind]}»"
        yield f"{changed}; el término cuenta desde la misma radicación."


def _stopped(stop: Stop) -> str:
    if stop.until is None:
        return (
            f"{stop.why}, desde el {spoken(stop.after)}. Esta es la fecha que regía antes; cambiará cuando "
            "llegue lo que se pidió, y entonces correrán solo los días que faltaban."
        )
    if stop.until <= stop.after:
        return f"{stop.why}: lo pedido llegó antes de que se detuviera un día, y no cambió la fecha."
    again = f"corre de nuevo desde el día siguiente al {spoken(stop.until)}"
    return f"{stop.why}: se detuvo el {spoken(stop.after)} y {again}."
