"""A due date told day by day on the terminal."""

from itertools import groupby

from api.cli.installation import office_here
from api.speech import say
from notifications import spanish
from processes.petitions.due_dates import DueDate, read_due_date
from processes.terms.clock import ExplainedDate
from processes.terms.kinds import KIND_LABELS


def explain(filing_number: str) -> None:
    """Say when a petition falls due, and each day that was counted or skipped."""
    with office_here() as office:
        found = read_due_date(office, filing_number, reader=None)
    _say_head(found)
    _say_days(found.explanation)


def _say_head(found: DueDate) -> None:
    say(f"Petición {found.filing_number}: {KIND_LABELS[found.kind]}")
    say(f"Recibida:  {spanish.long_instant(found.received_at)}")
    say(f"Radicada:  {spanish.long_date(found.filed_on)}")
    if found.filing_reason:
        say(f"           {found.filing_reason}")
    say(f"Vence:     {spanish.long_date(found.due_on)}")
    say(f"Término:   {found.explanation.rule.label} ({found.explanation.rule.citation})")


def _say_days(explanation: ExplainedDate) -> None:
    for month, days in groupby(explanation.days, key=lambda each: f"{each.date:%m/%Y}"):
        say(f"\n{month}")
        for each in days:
            count = f"{each.number}" if each.counted else "-"
            say(f"  {each.date:%d/%m/%Y}  {count:>3}  {each.why}")
