"""Something noted of a petition beside its diagram: the diagram is told nothing and stays as it is."""

from processes.common.audit import INSERT_EVENTS, chain
from processes.common.outbox import post
from processes.petitions.case import guard
from processes.petitions.step import Step
from processes.petitions.waiting import incident_act, known_incidents, write_incidents


def write_beside(step: Step) -> None:
    """The guarded petition, its journal, its letters, its incident and what handlers left for later.

    The incidents that it had stay. Raises StaleCase when another act came first; nothing is then written.
    """
    known = known_incidents(step.connection, step.case.id) if step.troubles else {}
    step.acts.extend(incident_act(each) for each in step.troubles if each.key not in known)
    rows, head = chain(step.case.filing_number, step.case.head, step.acts, step.now)
    guard(step.connection, step.case, {**step.changes, "audit_seq": head.seq, "audit_hash": head.hash})
    for write in step.later:
        write()
    step.connection.execute(INSERT_EVENTS, rows)
    post(step.connection, step.envelopes, now=step.now)
    if step.troubles:
        same = {each.key: known[each.key] for each in step.troubles if each.key in known}
        write_incidents(step.connection, step.case.id, step.troubles, same, now=step.now)
