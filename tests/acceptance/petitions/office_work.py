"""What the people of the entity do with a petition, task by task, in the order of the procedure."""

from processes.directory.people import Person
from tests.acceptance.petitions.people import DEPUTY_HEAD, RECEPTIONIST
from tests.acceptance.petitions.town import Filing, Json, Town
from tests.builders.office import DEPARTMENT_HEAD, OFFICIAL, SERVICE_HEAD

CHECKED = ["substantive", "plain_language", "delivered"]
OPINION = {"solved": "yes", "clear": "yes", "dignified": "yes", "rating": "5", "comment": "Gracias."}


def classify(town: Town, filing: Filing, **values: object) -> None:
    """The front desk confirms or corrects what the table proposed."""
    town.does(RECEPTIONIST, filing, "ConfirmClassification", **values)


def assign(town: Town, filing: Filing, department: str) -> None:
    """The head of citizen service chooses who works on it."""
    town.does(SERVICE_HEAD, filing, "ChooseDepartment", department=department)


def draft(
    town: Town, filing: Filing, text: str, *, by: Person = OFFICIAL, outcome: str = "granted", head: Person
) -> None:
    """The official writes the answer and the head approves it, without another signature."""
    town.does(by, filing, "Draft", work_next="review", answer_text=text, outcome=outcome)
    town.does(head, filing, "Review", review="approve", signatories=[])


def answer(town: Town, filing: Filing, text: str, *, outcome: str = "granted") -> None:
    """The department of public works drafts and approves; the answer leaves and arrives."""
    draft(town, filing, text, outcome=outcome, head=DEPARTMENT_HEAD)
    town.deliver()


def survey(town: Town, filing: Filing, **opinion: str) -> None:
    """The citizen says what they think of the answer, with number and code."""
    town.opens("/encuesta", filing, **{**OPINION, **opinion})


def close(town: Town, filing: Filing, *, by: Person = DEPUTY_HEAD, **values: object) -> Json:
    """Somebody who did not write the answer verifies it and closes."""
    fields = {"closing_checks": CHECKED, "closing": "close", "closing_note": "", **values}
    return town.does(by, filing, "Verify", **fields)
