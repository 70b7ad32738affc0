"""What people do with a petition, task by task, in the order of the procedure."""

from processes.directory.people import Person
from tests.acceptance.petitions.people import DEPUTY_HEAD, RECEPTIONIST
from tests.acceptance.petitions.town import Filing, Json, Town
from tests.builders.office import DEPARTMENT_HEAD, OFFICIAL, SERVICE_HEAD

CHECKED = ["substantive", "plain_language", "delivered"]
OPINION = {"solved": "yes", "clear": "yes", "dignified": "yes", "rating": "5", "comment": "Gracias."}
REASON = "Así consta en el expediente y en la visita que se hizo."


def petitioner(full_name: str, number: str, mailbox: str) -> dict[str, object]:
    """Somebody with a mail address, as the single form asks it."""
    return {
        "full_name": full_name,
        "document_type": "CC",
        "document_number": number,
        "email": f"{mailbox}@correo.example",
        "privacy_notice": True,
    }


def classify(town: Town, filing: Filing, **values: object) -> None:
    """The front desk confirms what the table proposed, but for `values`."""
    town.does(RECEPTIONIST, filing, "ConfirmClassification", **values)


def assign(town: Town, filing: Filing, department: str) -> None:
    """The head of citizen service chooses who works on it."""
    town.does(SERVICE_HEAD, filing, "ChooseDepartment", department=department)


def draft(
    town: Town,
    filing: Filing,
    text: str,
    *,
    by: Person = OFFICIAL,
    head: Person = DEPARTMENT_HEAD,
    outcome: str = "granted",
) -> None:
    """The official writes the answer; the head approves it without another signature, and it leaves."""
    town.does(by, filing, "Draft", work_next="review", answer_text=text, outcome=outcome)
    town.does(head, filing, "Review", review="approve", signatories=[])
    town.deliver()


def survey(town: Town, filing: Filing, **opinion: str) -> None:
    """The citizen says what they think of the answer, with number and code."""
    town.opens("/encuesta", filing, **{**OPINION, **opinion})


def close(town: Town, filing: Filing, *, by: Person = DEPUTY_HEAD, **values: object) -> Json:
    """Somebody who did not write the answer verifies it and closes."""
    fields = {"closing_checks": CHECKED, "closing": "close", "closing_note": "", **values}
    return town.does(by, filing, "Verify", **fields)


def finish(town: Town, filing: Filing) -> None:
    """Nobody answers the survey, its time passes, and the petition is closed."""
    town.wait_working_days(11)
    close(town, filing)
