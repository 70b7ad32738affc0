"""How an act is refused: out of place, or past the clock within which it had to come."""

from datetime import date

from processes.terms.clocks import APPEALABLE, clock
from processes.terms.events import EVENT_LABELS, LegalEvent
from processes.terms.events import LegalEventKind as Kind
from processes.terms.moves import MOVES, Phase
from processes.terms.reckoning import Reckoning
from processes.terms.refusals import RefusedAct, spoken
from processes.terms.running import appeals_pending, orders_pending
from processes.terms.targets import Target


def no(event: LegalEvent, why: str, advice: str = "", *, citation: str = "") -> RefusedAct:
    """A refusal by `citation`, or by the norm of the table."""
    refused = f"«{EVENT_LABELS[event.kind]}» no procede: {why}"
    return RefusedAct(refused, citation or MOVES[event.kind].citation, advice, why=why)


def by(event: LegalEvent, last: date, whose: str, advice: str = "", *, citation: str = "") -> None:
    """Raise RefusedAct for an act after the day `last`, when the clock `whose` ran out."""
    if event.on > last:
        why = f"es del {spoken(event.on)} y {whose} venció el {spoken(last)}; la fecha no se mueve"
        raise no(event, why, advice, citation=citation)


def by_the_citizen(reckoning: Reckoning, event: LegalEvent, target: Target, whose: str) -> None:
    """Raise RefusedAct for an act of the citizen after `target`.

    Whom the portal failed on a day in time has three days more (Ley 1437 de 2011, artículo 62).
    """
    limit = clock(reckoning, target)
    last = limit.due_on
    failure = reckoning.last(Kind.PORTAL_FAILED)
    if failure is not None and failure.on <= last:
        last = max(last, clock(reckoning, Target.PORTAL_FAILURE).due_on)
    by(event, last, whose, "El peticionario puede radicar de nuevo.", citation=limit.rule.citation)


def appeal_in_time(reckoning: Reckoning, event: LegalEvent) -> None:
    """Raise RefusedAct for an appeal past its time, which runs from the notice, or against nothing decided.

    The entity decides nothing of a petition that its citizen gave up (CPACA 18). Whoever appeals before
    they were notified knows the decision: nothing is late (CPACA 72).
    """
    if reckoning.phase is Phase.WITHDRAWN and reckoning.last(Kind.DEEMED_WITHDRAWN) is None:
        raise no(event, "el peticionario desistió y la entidad no decidió nada", "Puede radicar de nuevo.")
    if any(reckoning.last(Kind.NOTIFIED, of=act) for act in APPEALABLE):
        by_the_citizen(reckoning, event, Target.APPEAL, "el plazo del recurso")


def appeal_undecided(reckoning: Reckoning, event: LegalEvent) -> None:
    """Raise RefusedAct for the decision of an appeal that nobody made, or that was decided."""
    if not appeals_pending(reckoning):
        raise no(event, "no hay un recurso por decidir")


def order_unmet(reckoning: Reckoning, event: LegalEvent) -> None:
    """Raise RefusedAct for meeting what no judge ordered, or what was met already."""
    if reckoning.last(Kind.JUDGE_ORDERED, Kind.JUDGE_RULED) is None:
        raise no(event, "ningún juez ha ordenado nada")
    pending = {each.kind for each in orders_pending(reckoning)}
    if not pending or event.of not in {None, *pending}:
        raise no(event, "lo que un juez ordenó ya se cumplió")


def after(reckoning: Reckoning, event: LegalEvent, target: Target, whose: str) -> None:
    """Raise RefusedAct for an act while the clock `target` still runs."""
    last = clock(reckoning, target).due_on
    if event.on <= last:
        raise no(event, f"{whose} vence el {spoken(last)}", "Espere a que venza.")
