"""What can go wrong with the stored state of a case."""

from processes.common.errors import Invalid, OfficeError


class UnreadableState(OfficeError):
    """The stored state of a case cannot be read: an incident for the administrator, never a loss.

    `reason` is for the log: it names what was found, never the facts of the case.
    """

    code = "unreadable-state"

    def __init__(self, reason: str) -> None:
        super().__init__(
            "No fue posible leer el estado guardado de este trámite. No se perdió nada: "
            "el trámite queda como incidente para que lo revise la administración del sistema."
        )
        self.reason = reason


class UnstorableState(Invalid):
    """The case holds a value that its stored state could not give back as it was."""

    code = "unstorable-state"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"El dato «{name}» no se puede guardar con el trámite: solo se admiten textos, "
            "números finitos, valores de sí o no y listas cortas de estos.",
            {name: "Este valor no se puede guardar."},
        )
