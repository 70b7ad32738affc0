"""A due date told day by day on the terminal."""

from api.cli.installation import office_here
from api.speech import say
from notifications import spanish
from processes.petitions.due_dates import DueDate, read_due_date
from processes.terms.explained import sentences
from processes.terms.kinds import KIND_LABELS


def explain(filing_number: str) -> None:
    """Say when a petition falls due, and each day that was counted or skipped."""
    with office_here() as office:
        found = read_due_date(office, filing_number, reader=None)
    _say_head(found)
    for sentence in sentences(found.explanation):
        say(sentence)


def _say_head(found: DueDate) -> None:
    say(f"Petición {found.filing_number}: {KIND_LABELS[found.kind]}")
    say(f"Recibida: {spanish.long_instant(found.received_at)}")
    say(f"Radicada: {spanish.long_date(found.filed_on)}")
    if found.filing_reason:
        say(found.filing_reason)
