"""How the law says no: which rule, and what to do instead."""

from datetime import date

from processes.common.errors import Invalid


class RefusedAct(Invalid):
    """An act that the law does not allow; the clock stays as it stood.

    `citation` is the norm, which the message names too; `why` is the reason alone.
    """

    code = "refused-act"

    def __init__(self, message: str, citation: str, advice: str = "", *, why: str = "") -> None:
        super().__init__(f"{message} ({citation}).{f' {advice}' if advice else ''}")
        self.citation = citation
        self.why = why or message


def spoken(day: date) -> str:
    """A day as people write it: 23/02/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
