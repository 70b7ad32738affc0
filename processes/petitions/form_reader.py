"""Reads the texts of a form one by one, and gathers what is wrong with each, so that all is told at once."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from processes.common.errors import Invalid
from processes.common.text import clean_address, clean_line, clean_text

Choice = TypeVar("Choice", bound=StrEnum)


class FormReader:
    """The texts of one form; `problems` holds a sentence for each field that is wrong.

    A key that is absent counts as empty.
    """

    def __init__(self, raw: Mapping[str, str]) -> None:
        self._raw = raw
        self.problems: dict[str, str] = {}

    def given(self, name: str) -> str:
        """What was sent, as it was sent."""
        return self._raw.get(name, "")

    def flag(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.given(name) == "true"

    def line(self, name: str, max_length: int, *, otherwise: str = "") -> str:
        """One line; without any text the field is wrong when `otherwise` says why."""
        text = self._cleaned(name, lambda given: clean_line(given, field=name, max_length=max_length))
        return self._required(name, text, otherwise)

    def text(self, name: str, max_length: int, *, otherwise: str = "") -> str:
        """Text of several lines; without any, the field is wrong when `otherwise` says why."""
        text = self._cleaned(name, lambda given: clean_text(given, field=name, max_length=max_length))
        return self._required(name, text, otherwise)

    def address(self, name: str) -> str:
        """A mail address, or nothing."""
        return self._cleaned(name, lambda given: clean_address(given, field=name))

    def choice(self, name: str, choices: Sequence[Choice], *, otherwise: str) -> Choice | None:
        """The one of `choices` that was sent; none when the field is wrong, as `otherwise` says."""
        for choice in choices:
            if choice.value == self.given(name):
                return choice
        self.wrong(name, otherwise)
        return None

    def choices(self, name: str, choices: Sequence[Choice], *, otherwise: str) -> tuple[Choice, ...]:
        """Those of `choices` that were sent with commas between them, in their own order."""
        given = {each.strip() for each in self.given(name).split(",")} - {""}
        if given - {choice.value for choice in choices}:
            self.wrong(name, otherwise)
        return tuple(choice for choice in choices if choice.value in given)

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; what was noted first stays."""
        self.problems.setdefault(name, sentence)

    def check(self) -> None:
        """Raises Invalid with everything that is wrong."""
        if self.problems:
            raise Invalid("Revise los campos señalados; lo que escribió se conserva.", self.problems)

    def _required(self, name: str, text: str, otherwise: str) -> str:
        if not text and otherwise:
            self.wrong(name, otherwise)
        return text

    def _cleaned(self, name: str, clean: Callable[[str], str]) -> str:
        try:
            return clean(self.given(name))
        except Invalid as error:
            self.problems.update(error.fields)
            return ""
