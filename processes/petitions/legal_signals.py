"""What the case is told of a legal act that somebody did outside its diagram."""

from collections.abc import Mapping
from types import MappingProxyType

from processes.petitions.answer_delivery import signal_of_act
from processes.petitions.catalogue import ESCALATION
from processes.petitions.signals import News, Signal
from processes.petitions.status import AT_WORK, TermState
from processes.petitions.step import Step
from processes.terms.events import LegalEvent, LegalEventKind

_SIGNALS: Mapping[LegalEventKind, Signal] = MappingProxyType(
    {
        LegalEventKind.COMPLETION_REQUESTED: Signal.WAITING_FOR_CITIZEN,
        LegalEventKind.RETURNED_UNCLEAR: Signal.WAITING_FOR_CITIZEN,
        LegalEventKind.EXTENSION_TOLD: Signal.EXTENSION_TOLD,
        LegalEventKind.JUDGE_ORDERED: Signal.JUDGE_ORDERED,
        LegalEventKind.ORDER_MET: Signal.ORDER_MET,
    }
)


def news_of(step: Step, event: LegalEvent | None) -> list[News]:
    """What happened to the petition of `step`, in the order in which its case is told."""
    news: list[News] = []
    if event is not None:
        news.extend(_of_the_act(step, event))
    if step.case.term_state is TermState.SUSPENDED and step.term_state is not TermState.SUSPENDED:
        news.append(News(Signal.CITIZEN_REPLIED))
    if _ladder_is_over(step):
        news.append(News(Signal.TERM_CHANGED))
    return news


def _of_the_act(step: Step, event: LegalEvent) -> list[News]:
    delivery = signal_of_act(step, event)
    if delivery is not None:
        return [News(delivery)]
    if event.kind is LegalEventKind.REASSIGNED:
        return [News(Signal.REASSIGNED, {"department": step.department})]
    if event.kind is LegalEventKind.RECLASSIFIED:
        return [News(Signal.RECLASSIFIED, {"kind": step.kind.value})]
    signal = _SIGNALS.get(event.kind)
    return [] if signal is None else [News(signal)]


def _ladder_is_over(step: Step) -> bool:
    """Whether nobody would be warned of the new date of a petition at work: the last rung has been."""
    moved = step.due_on != step.case.due_on
    running = step.term_state is not TermState.SUSPENDED
    warned = any(alert.name == ESCALATION for alert in step.case.alerts.values())
    return moved and running and step.status in AT_WORK and not warned
