"""A petition that must go to other hands: the case is told, and the head of citizen service decides."""

from processes.engine import door
from processes.petitions.case import Case
from processes.petitions.office import Office
from processes.petitions.signals import Signal
from processes.petitions.status import PetitionStatus
from processes.petitions.step import Step
from processes.petitions.telling import tell_case

RETURNED = "returned"
"""The fact by which the diagram knows that a department, or a person, gave the petition back."""

_AT_WORK = frozenset({PetitionStatus.ASSIGNED, PetitionStatus.IN_PROGRESS, PetitionStatus.AWAITING_SIGNATURE})


def listens(office: Office, case: Case, signal: Signal) -> bool:
    """Whether the procedure, where the case stands now, does something about `signal`."""
    definition = office.definitions.get(case.bundle)
    return signal.value in door.inspect(definition, case.state, now=office.now()).signals


def redistribute(office: Office, step: Step, signal: Signal) -> None:
    """Write `step` and tell the case, which goes back to distribution when it listens.

    Raises StaleCase when another act came first.
    """
    if step.status in _AT_WORK and listens(office, step.case, signal):
        step.move_to(PetitionStatus.IN_DISTRIBUTION)
    tell_case(office, step, signal, {RETURNED: True})
