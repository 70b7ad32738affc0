"""What a form handed to the intents of its step, as texts and choices."""

from processes.common.text import clean_text
from processes.petitions.step import Step

_LONGEST = 10_000


def chosen(step: Step, key: str) -> tuple[str, ...]:
    """The options that were ticked, or the only one that was chosen; none when the field was left empty."""
    value = step.values.get(key)
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) and value else ()


def written(step: Step, key: str) -> str:
    """The text of a field; empty when nothing was written. Raises Invalid over 10,000 characters."""
    value = step.values.get(key)
    return clean_text(value, field=key, max_length=_LONGEST) if isinstance(value, str) else ""


def counted(step: Step, key: str) -> int | None:
    """The whole number of a field; None when it was left empty or is not whole."""
    value = step.values.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if value == int(value) else None
