"""What an analyst must mend before a bundle can be published."""

from dataclasses import dataclass

MAX_PROBLEMS = 200
MAX_MESSAGE_LENGTH = 600
MAX_ID_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, in Spanish; `element` is an id, empty for the file itself."""

    file: str
    element: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


class BundleError(Exception):
    """A bundle that cannot be published; `problems` are all that were found, in the order of the files."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class ProblemList:
    """Collects problems while a bundle is read; stops collecting, never checking, at a bound."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}
        self._dropped = 0

    def add(self, file: str, element: str, message: str) -> None:
        """Note a problem once. A monstrous name in the message is cut, not repeated."""
        message = message[:-1] if message.endswith("?.") else message  # a question ends its sentence
        shown = message if len(message) <= MAX_MESSAGE_LENGTH else f"{message[:MAX_MESSAGE_LENGTH]}…"
        problem = Problem(file, element[:MAX_ID_LENGTH], shown)
        if problem in self._found:
            return
        if len(self._found) >= MAX_PROBLEMS:
            self._dropped += 1
        else:
            self._found[problem] = None

    def __bool__(self) -> bool:
        return bool(self._found)

    def all(self) -> list[Problem]:
        """The problems found, with a last line that says how many more there are."""
        found = list(self._found)
        if self._dropped:
            found.append(Problem("", "", f"y {self._dropped} problemas más; corrija primero los de arriba."))
        return found
