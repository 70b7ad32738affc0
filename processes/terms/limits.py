"""When each act still fits: its place in the order of things, and its time."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from processes.terms.clock import check_year
from processes.terms.clocks import clock, completion_target
from processes.terms.counting import last_day
from processes.terms.effects import ANSWERS, extendable, reclassified
from processes.terms.events import EVENT_LABELS, LegalEvent
from processes.terms.events import LegalEventKind as Kind
from processes.terms.filing import check_fixed
from processes.terms.kinds import FIXED_BY_REQUESTER, KIND_LABELS, PetitionKind
from processes.terms.lateness import (
    after,
    appeal_in_time,
    appeal_undecided,
    by,
    by_the_citizen,
    no,
    order_unmet,
)
from processes.terms.lengths import Length, TermUnit
from processes.terms.moves import MOVES, PHASE_LABELS, Need
from processes.terms.reckoning import MatterClock, Reckoning
from processes.terms.refusals import RefusedAct, spoken
from processes.terms.rules import clock_term
from processes.terms.running import insisted
from processes.terms.targets import Target

_Limit = Callable[[Reckoning, LegalEvent], None]


def check(reckoning: Reckoning, event: LegalEvent) -> None:
    """Raise RefusedAct when `event` comes before its time, after it, too long, again or out of place."""
    row = MOVES[event.kind]
    check_year(event.on)
    if event.on < reckoning.filing.received_on:
        raise no(
            event, f"es del {spoken(event.on)}, anterior a la recepción de la petición", "Revise su fecha."
        )
    if reckoning.phase not in row.phases:
        raise _out_of_place(reckoning, event)
    _in_order(reckoning, event)
    known = reckoning.matters if event.kind in _AFTER_CLOSING else reckoning.open_matters
    unknown = event.matters - {matter.number for matter in known}
    if unknown:
        raise no(event, f"el asunto {min(unknown)} no existe o ya no está abierto")
    _LIMITS.get(event.kind, _no_limit)(reckoning, event)


def _in_order(reckoning: Reckoning, event: LegalEvent) -> None:
    """By the day: of many acts nobody writes down the hour."""
    last = max((each.on for each in reckoning.events), default=event.on)
    if event.on < last and event.kind not in _KNOWN_LATER:
        why = f"es del {spoken(event.on)}, anterior a lo último que ocurrió, del {spoken(last)}"
        raise no(event, why, "Revise su fecha.")


def _no_limit(_reckoning: Reckoning, _event: LegalEvent) -> None:
    """Some acts fit at any time."""


def _out_of_place(reckoning: Reckoning, event: LegalEvent) -> RefusedAct:
    nobody_asked = {
        Kind.COMPLETED: "nadie ha pedido completar la petición",
        Kind.COMPLETION_EXTENSION_ASKED: "nadie ha pedido completar la petición",
        Kind.CLARIFIED: "nadie ha devuelto la petición para aclararla",
    }
    if reckoning.suspended and event.kind in {Kind.COMPLETION_REQUESTED, Kind.RETURNED_UNCLEAR}:
        return no(event, "el término ya está suspendido", "Espere a que el peticionario responda.")
    if not reckoning.suspended and event.kind in nobody_asked:
        return no(event, nobody_asked[event.kind], "Registre el documento como un anexo.")
    if not MOVES[event.kind].phases:
        return no(event, "la petición ya está radicada")
    return no(event, f"ahora {PHASE_LABELS[reckoning.phase]}")


def _request_completion(reckoning: Reckoning, event: LegalEvent) -> None:
    _once(reckoning, event, "solo se requiere una vez")
    _can_stop(reckoning, event)
    limit = clock(reckoning, Target.ENTITY_REQUEST)
    last = min(limit.due_on, reckoning.due_on)
    advice = "Responda con lo que hay."
    by(event, last, "el tiempo para requerir", advice, citation=limit.rule.citation)
    if event.length is not None:
        _grant(reckoning, event, event.length)


def _grant(reckoning: Reckoning, event: LegalEvent, granted: Length) -> None:
    """The citizen may have less than the law's time to complete, never more."""
    check_fixed(granted)
    if granted.unit is TermUnit.HOURS:
        raise no(event, "el plazo para completar se da en días o en meses")
    longest = clock_term(Target.CITIZEN_COMPLETION, reckoning.governing.kind)
    calendar = reckoning.calendar
    if longest and last_day(event.on, granted, calendar) > last_day(event.on, longest.length, calendar):
        raise no(event, f"el plazo para completar es a lo sumo de {longest.label}")


def _return_unclear(reckoning: Reckoning, event: LegalEvent) -> None:
    _once(reckoning, event, "solo se devuelve una vez")
    _can_stop(reckoning, event)
    by(event, reckoning.due_on, "el término", "Responda cuanto antes.")


def _once(reckoning: Reckoning, event: LegalEvent, rule: str) -> None:
    before = reckoning.last(event.kind)
    if before is not None:
        raise no(event, f"ya se hizo el {spoken(before.on)} y {rule}")


def _can_stop(reckoning: Reckoning, event: LegalEvent) -> None:
    """Terms in hours, and those that a requester fixed, wait for nobody; stops never overlap."""
    matter = reckoning.governing
    if matter.term.length.unit is not TermUnit.WORKING_DAYS or matter.rule.length is None:
        why = f"el término de «{KIND_LABELS[matter.kind]}» no se suspende"
        raise no(event, why, citation=matter.rule.citation)
    last = reckoning.stops[-1].until if reckoning.stops else None
    if last is not None and event.on < last:
        raise no(event, f"se cruza con la suspensión que duró hasta el {spoken(last)}", "Revise su fecha.")


def _ask_extension(reckoning: Reckoning, event: LegalEvent) -> None:
    _once(reckoning, event, "solo se pide una vez")
    _not_before_the_stop(reckoning, event)
    if clock_term(Target.CITIZEN_COMPLETION_EXTENDED, reckoning.governing.kind) is None:
        raise no(event, f"la ley no la da para «{KIND_LABELS[reckoning.governing.kind]}»")
    by_the_citizen(reckoning, event, Target.CITIZEN_COMPLETION, "el plazo para completar")


def _complete(reckoning: Reckoning, event: LegalEvent) -> None:
    _not_before_the_stop(reckoning, event)
    by_the_citizen(reckoning, event, completion_target(reckoning), "el plazo para completar")


def _clarify(reckoning: Reckoning, event: LegalEvent) -> None:
    _not_before_the_stop(reckoning, event)
    by_the_citizen(reckoning, event, Target.CITIZEN_CLARIFICATION, "el plazo para aclarar")


def _not_before_the_stop(reckoning: Reckoning, event: LegalEvent) -> None:
    started = reckoning.last(Kind.COMPLETION_REQUESTED, Kind.RETURNED_UNCLEAR)
    if started is not None and event.on < started.on:
        raise no(event, f"es del {spoken(event.on)}, anterior a lo que se pidió el {spoken(started.on)}")


def _deem_withdrawn(reckoning: Reckoning, event: LegalEvent) -> None:
    after(reckoning, event, completion_target(reckoning), "el plazo para completar")


def _archive(reckoning: Reckoning, event: LegalEvent) -> None:
    after(reckoning, event, Target.CITIZEN_CLARIFICATION, "el plazo para aclarar")


def _continue(reckoning: Reckoning, event: LegalEvent) -> None:
    """What the citizen gave up, for the public interest; what the entity took as given up, once appealed."""
    last = reckoning.last(Kind.WITHDRAWN, Kind.DEEMED_WITHDRAWN, Kind.APPEALED, Kind.CONTINUED_EX_OFFICIO)
    if last is None or last.kind not in {Kind.WITHDRAWN, Kind.APPEALED}:
        raise no(event, "solo cabe frente a un desistimiento expreso, o a uno tácito que se recurrió")


def _tell_extension(reckoning: Reckoning, event: LegalEvent) -> None:
    for matter in extendable(reckoning, event):
        _extend_one(reckoning, event, matter)


def _extend_one(reckoning: Reckoning, event: LegalEvent, matter: MatterClock) -> None:
    longest, label, extension = matter.longest, f"«{KIND_LABELS[matter.kind]}»", matter.rule.extension
    if longest is None or extension is None:
        why = f"la ley no da prórroga a {label}"
        raise no(event, why, "Responda en el término.", citation=matter.rule.citation)
    norm = extension.citation
    if matter.extended:
        raise no(event, f"el término de {label} ya se prorrogó y solo se prorroga una vez", citation=norm)
    if not reckoning.suspended:
        by(event, reckoning.due_on_of(matter), "el término", "Responda cuanto antes.", citation=norm)
    total = event.length or longest
    if total.unit is not longest.unit:
        raise no(event, f"el total se dice en {longest.label}, no en {total.label}", citation=norm)
    if total.amount > longest.amount:
        why = f"{total.label} en total pasan del máximo, {longest.label}"
        raise no(event, why, "Informe una prórroga que quepa, antes del vencimiento.", citation=norm)
    if total.amount <= matter.term.length.amount:
        why = f"{total.label} en total no alargan el término, de {matter.term.label}"
        raise no(event, why, citation=norm)


def _reclassify(reckoning: Reckoning, event: LegalEvent) -> None:
    """What has run out stays run out: no new kind gives it days again."""
    check_fixed(event.length)
    for matter in reckoning.chosen(event.matters):
        if reckoning.suspended or event.on <= reckoning.due_on_of(matter):
            continue
        if reckoning.end_of(reclassified(reckoning, matter, event)) > reckoning.end_of(matter):
            last = spoken(reckoning.due_on_of(matter))
            why = f"el término venció el {last} y la nueva clase lo alargaría"
            raise no(event, why, "Responda cuanto antes.")


def _refuse(reckoning: Reckoning, event: LegalEvent) -> None:
    for matter in reckoning.chosen(event.matters):
        if matter.kind in _OF_AN_AUTHORITY:
            why = "a otra autoridad no se le opone la reserva"
            raise no(event, why, citation="Ley 1437 de 2011, artículo 27")
        if clock_term(Target.COPIES_BY_POSITIVE_SILENCE, matter.kind):
            advice = "La solicitud quedó aceptada: entregue las copias en los tres días siguientes."
            by(event, reckoning.due_on_of(matter), "el término", advice)


def _positive_silence(reckoning: Reckoning, event: LegalEvent) -> None:
    due = [
        reckoning.due_on_of(matter)
        for matter in reckoning.chosen(event.matters)
        if any(clock_term(target, matter.kind) for target in _OF_POSITIVE_SILENCE)
    ]
    if not due:
        clock(reckoning, Target.COPIES_BY_POSITIVE_SILENCE)
    if not due or event.on <= min(due):
        raise no(event, "el término para responder no ha vencido")


def _negative_silence(reckoning: Reckoning, event: LegalEvent) -> None:
    after(reckoning, event, Target.NEGATIVE_SILENCE, "el término del silencio")


def _notify(reckoning: Reckoning, event: LegalEvent) -> None:
    if event.of is None:
        return
    act = reckoning.last(event.of)
    if act is None or event.on < act.on:
        raise no(event, f"no hay un acto anterior de «{EVENT_LABELS[event.of]}»")


def _insist(reckoning: Reckoning, event: LegalEvent) -> None:
    if insisted(reckoning):
        raise no(event, "ya se insistió en lo que se negó, y solo se insiste una vez")
    by_the_citizen(reckoning, event, Target.INSISTENCE, "el plazo para insistir")


def _receive_elsewhere(reckoning: Reckoning, event: LegalEvent) -> None:
    sent = reckoning.last(Kind.TRANSFERRED_OUT)
    if sent is None or event.on < sent.on:
        raise no(event, "no hay un traslado anterior")


def _notice_returned(reckoning: Reckoning, event: LegalEvent) -> None:
    if event.of is None:
        return
    if _TOLD.isdisjoint(MOVES[event.of].needs):
        raise no(event, f"«{EVENT_LABELS[event.of]}» vale aunque su aviso no llegue")
    if reckoning.last(event.of) is None or not (reckoning.open_matters or event.of in ANSWERS):
        raise no(event, f"no hay un aviso de «{EVENT_LABELS[event.of]}» por entregar")


def _order(_reckoning: Reckoning, event: LegalEvent) -> None:
    check_fixed(event.length)


_AFTER_CLOSING = frozenset({Kind.NOTIFIED, Kind.RECEIVED_BY_COMPETENT, Kind.INSISTED, Kind.APPEALED})
"""Acts on requests that are no longer open."""

_KNOWN_LATER = frozenset({Kind.NOTIFIED, Kind.RECEIVED_BY_COMPETENT, Kind.PORTAL_FAILED})
"""What happened elsewhere, and the office learns of afterwards."""

_OF_AN_AUTHORITY = FIXED_BY_REQUESTER | {
    PetitionKind.AUTHORITY_REQUEST,
    PetitionKind.CONGRESS_REQUEST,
    PetitionKind.OMBUDSMAN_REQUEST,
}
_OF_POSITIVE_SILENCE = (Target.COPIES_BY_POSITIVE_SILENCE, Target.UTILITY_EFFECTS)
_TOLD = frozenset({Need.NOTICE, Need.PERSONAL_NOTICE})

_LIMITS: Mapping[Kind, _Limit] = MappingProxyType(
    {
        Kind.COMPLETION_REQUESTED: _request_completion,
        Kind.COMPLETION_EXTENSION_ASKED: _ask_extension,
        Kind.COMPLETED: _complete,
        Kind.DEEMED_WITHDRAWN: _deem_withdrawn,
        Kind.CONTINUED_EX_OFFICIO: _continue,
        Kind.RETURNED_UNCLEAR: _return_unclear,
        Kind.CLARIFIED: _clarify,
        Kind.ARCHIVED_UNCLEAR: _archive,
        Kind.EXTENSION_TOLD: _tell_extension,
        Kind.NOTICE_RETURNED: _notice_returned,
        Kind.RECEIVED_BY_COMPETENT: _receive_elsewhere,
        Kind.RECLASSIFIED: _reclassify,
        Kind.REFUSED_BY_RESERVE: _refuse,
        Kind.POSITIVE_SILENCE: _positive_silence,
        Kind.NEGATIVE_SILENCE: _negative_silence,
        Kind.NOTIFIED: _notify,
        Kind.INSISTED: _insist,
        Kind.APPEALED: appeal_in_time,
        Kind.APPEAL_DECIDED: appeal_undecided,
        Kind.JUDGE_ORDERED: _order,
        Kind.JUDGE_RULED: _order,
        Kind.ORDER_MET: order_unmet,
    }
)
