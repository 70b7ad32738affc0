"""The survey: what a citizen says of the answer and of how they were treated, with number and code.

Nobody has to answer it, and it holds up nothing (Ciénaga, acción 12): it ends by itself on its last
day, and what is said changes neither the answer nor how the citizen is served afterwards.
"""

from collections.abc import Mapping
from types import MappingProxyType

import sqlalchemy as sa

from processes.common.audit import CITIZEN
from processes.common.calendar import BOGOTA
from processes.common.errors import Conflict, Invalid
from processes.common.text import clean_text
from processes.petitions.answer_tables import SURVEYS, SurveyReply
from processes.petitions.beside import write_beside
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.office import Office
from processes.petitions.signals import Signal
from processes.petitions.status import ENDED
from processes.petitions.step import Step
from processes.petitions.survey_rows import Survey, SurveyReplies, read_surveys
from processes.petitions.telling import tell_case
from processes.petitions.tracking import check_code

MAX_COMMENT = 2000
RATING_LABELS: Mapping[int, str] = MappingProxyType(
    {5: "Muy buena", 4: "Buena", 3: "Ni buena ni mala", 2: "Mala", 1: "Muy mala"}
)
REPLY_LABELS: Mapping[SurveyReply, str] = MappingProxyType(
    {SurveyReply.YES: "Sí", SurveyReply.PARTLY: "En parte", SurveyReply.NO: "No"}
)
_THIS = sa.update(SURVEYS).where(
    SURVEYS.c.petition_id == sa.bindparam("case_id"),
    SURVEYS.c.seq == sa.bindparam("survey_seq"),
    SURVEYS.c.answered_at.is_(None),
)
_NONE_YET = "Esta petición todavía no tiene una encuesta. La abrimos cuando le respondamos."
_ANSWERED = "Usted ya contestó esta encuesta. Gracias."
_OVER = "El tiempo para contestar esta encuesta terminó. Si quiere decirnos algo, radique una sugerencia."


def replies_in(raw: Mapping[str, str]) -> SurveyReplies:
    """What was chosen and written; an absent key counts as empty.

    Keys: solved, understood, dignified ("yes", "partly", "no"), rating ("1" to "5"), comment. Raises
    Invalid, with a sentence for each field, when it is not said whether it was solved, or when what was
    sent is none of the choices.
    """
    problems: dict[str, str] = {}
    replies = {key: _reply(raw, key, problems) for key in ("solved", "understood", "dignified")}
    if "solved" not in problems and replies["solved"] is SurveyReply.NONE:
        problems["solved"] = "Díganos si la respuesta resolvió lo que pidió."
    rating = _rating(raw.get("rating", ""), problems)
    comment = ""
    try:
        comment = clean_text(raw.get("comment", ""), field="comment", max_length=MAX_COMMENT)
    except Invalid as wrong:
        problems |= wrong.fields
    if problems:
        raise Invalid("Revise los campos señalados.", problems)
    return SurveyReplies(rating=rating, comment=comment, **replies)


def read_open_survey(office: Office, filing_number: str, tracking_code: str) -> Survey:
    """The survey that may be answered now.

    A wrong number and a wrong code raise the same NotFound; Conflict says that there is none yet, or
    that it was answered, or is over.
    """
    with office.read() as connection:
        number = check_code(connection, filing_number, tracking_code)
        return _open_one(office, read_surveys(connection, read_case(connection, number).id))


def answer_survey(office: Office, filing_number: str, tracking_code: str, replies: SurveyReplies) -> None:
    """Keep what the citizen says, and tell the case. Raises what `read_open_survey` raises."""

    def act(connection: sa.Connection) -> None:
        case = read_case(connection, check_code(connection, filing_number, tracking_code))
        survey = _open_one(office, read_surveys(connection, case.id))
        step = Step(connection, case, office.entity(), office.settings.public_url, CITIZEN, office.now())
        step.later.append(lambda: _keep(step, survey, replies))
        step.record("survey_answered", solved=replies.solved.value)
        if case.status in ENDED:
            write_beside(step)
        else:
            tell_case(office, step, Signal.SURVEY_ANSWERED, {"survey_solved": replies.solved.value})

    in_one_transaction(office, act)
    office.after_commit()


def _open_one(office: Office, surveys: tuple[Survey, ...]) -> Survey:
    if not surveys:
        raise Conflict(_NONE_YET)
    last = surveys[-1]
    if last.answered_at is not None:
        raise Conflict(_ANSWERED)
    if not last.is_open(office.now().astimezone(BOGOTA).date()):
        raise Conflict(_OVER)
    return last


def _keep(step: Step, survey: Survey, replies: SurveyReplies) -> None:
    values = {
        "answered_at": step.now,
        "solved": replies.solved.value,
        "understood": replies.understood.value,
        "dignified": replies.dignified.value,
        "rating": replies.rating,
        "comment": replies.comment,
    }
    step.connection.execute(_THIS, {"case_id": step.case.id, "survey_seq": survey.seq, **values})


def _reply(raw: Mapping[str, str], key: str, problems: dict[str, str]) -> SurveyReply:
    try:
        return SurveyReply(raw.get(key, ""))
    except ValueError:
        problems[key] = "Elija una de las opciones."
        return SurveyReply.NONE


def _rating(given: str, problems: dict[str, str]) -> int | None:
    if not given:
        return None
    if given in {str(each) for each in RATING_LABELS}:
        return int(given)
    problems["rating"] = "Elija una de las opciones."
    return None
