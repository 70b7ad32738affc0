"""The journal from the command line: proven whole, or sealed now."""

import typer

from api.cli.installation import office_here
from api.speech import complain, say
from processes.petitions.verification import anchor_audit, verify_audit


def verify() -> None:
    """Prove every chain of the journal; exit 1 with a line for each one that was touched."""
    with office_here() as office:
        problems = verify_audit(office.engine)
    for problem in problems:
        complain(str(problem))
    if problems:
        raise typer.Exit(1)
    say("El registro está completo: nadie cambió, quitó ni agregó asientos a mano.")


def anchor() -> None:
    """Seal what was written since the last seal, without waiting for the night."""
    with office_here() as office:
        sealed = anchor_audit(office)
    say(f"Se sellaron {sealed} cadenas." if sealed else "No hay asientos nuevos desde el último sello.")
