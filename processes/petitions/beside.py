"""Something noted of a petition beside its diagram: the diagram is told nothing and stays as it is."""

from processes.common.audit import INSERT_EVENTS, chain
from processes.common.outbox import post
from processes.petitions.case import guard
from processes.petitions.step import Step


def write_beside(step: Step) -> None:
    """The guarded petition, its journal, its letters and what handlers left for later.

    Raises StaleCase when another act came first; nothing is then written.
    """
    rows, head = chain(step.case.filing_number, step.case.head, step.acts, step.now)
    guard(step.connection, step.case, {**step.changes, "audit_seq": head.seq, "audit_hash": head.hash})
    for write in step.later:
        write()
    step.connection.execute(INSERT_EVENTS, rows)
    post(step.connection, step.envelopes, now=step.now)
