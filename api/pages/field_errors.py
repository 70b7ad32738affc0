"""What is wrong with a form, field by field."""


class FieldErrors(dict[str, str]):
    """A sentence for each wrong field, in the order of the form; an empty one for every other field."""

    def __missing__(self, key: str) -> str:
        """Nothing is wrong with `key`."""
        return ""
