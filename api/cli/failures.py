"""Tasks that failed, from the command line: seen, and tried again."""

import typer

from api.cli.installation import OPERATOR, office_here
from api.speech import complain, say
from processes.common.calendar import BOGOTA
from processes.common.errors import OfficeError
from processes.petitions.incidents import IncidentView, open_incidents, retry_incident
from processes.petitions.office import Office


def show() -> None:
    """Every open incident, the oldest first."""
    with office_here() as office:
        incidents = open_incidents(office)
    if not incidents:
        say("No hay incidentes abiertos.")
    for each in incidents:
        opened = each.opened_at.astimezone(BOGOTA)
        say(f"{each.filing_number}  tarea {each.task}  {each.name}  desde {opened:%d/%m/%Y %H:%M}")
        say(f"    {each.message}")


def retry(filing_number: str | None, task: int | None) -> None:
    """Try incidents again: all, those of a petition, or one; exit 1 while one of them still fails."""
    with office_here() as office:
        chosen = [
            each
            for each in open_incidents(office)
            if filing_number in {None, each.filing_number} and task in {None, each.task}
        ]
        results = [_retry(office, each) for each in chosen]
    if not chosen:
        say("No hay incidentes abiertos que reintentar.")
    if not all(results):
        raise typer.Exit(1)


def _retry(office: Office, incident: IncidentView) -> bool:
    place = f"{incident.filing_number}, tarea {incident.task} ({incident.name})"
    try:
        succeeded = retry_incident(office, OPERATOR, incident.filing_number, incident.task)
    except OfficeError as error:
        complain(f"{place}: {error.message}")
        return False
    if succeeded:
        say(f"{place}: resuelto.")
    else:
        complain(f"{place}: volvió a fallar. Vea la causa con «ventanilla incidents list».")
    return succeeded
