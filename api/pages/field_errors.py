"""What is wrong with a form, field by field."""

from collections.abc import Mapping

from processes.common.errors import Invalid, OfficeError


class FieldErrors(dict[str, str]):
    """A sentence for each wrong field, in the order of the form; an empty one for every other field."""

    def __missing__(self, key: str) -> str:
        """Nothing is wrong with `key`."""
        return ""


def fields_of(refusal: OfficeError | None) -> Mapping[str, str]:
    """A sentence for each field that a refusal names."""
    return refusal.fields if isinstance(refusal, Invalid) else {}


def problem_of(refusal: OfficeError | None) -> str:
    """What a refusal says of the form as a whole; empty when it names fields."""
    return refusal.message if refusal and not fields_of(refusal) else ""
