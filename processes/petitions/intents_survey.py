"""The intent that opens a survey: after an answer, or after a refusal."""

import sqlalchemy as sa

from notifications.notices import CitizenNoticeOf
from processes.common.calendar import BOGOTA
from processes.engine.model import Intent
from processes.petitions.answer_tables import SURVEYS, SurveyReply
from processes.petitions.citizen_mail import write_to_citizen
from processes.petitions.letters_notices import citizen_notice
from processes.petitions.step import Step

WORKING_DAYS = 10
"""How long a survey stays open: it never holds a case longer."""

_LAST = sa.select(sa.func.coalesce(sa.func.max(SURVEYS.c.seq), 0)).where(
    SURVEYS.c.petition_id == sa.bindparam("case_id")
)


def open_survey(step: Step, intent: Intent) -> None:
    """Ask the citizen how it went, by letter where there is an address and on the tracking page anyway.

    A second one, after a second answer, takes the place of the first.
    """
    today = step.now.astimezone(BOGOTA).date()
    ends_on = step.entity.calendar.add_working_days(today, WORKING_DAYS)
    row = {
        "petition_id": step.case.id,
        "seq": int(step.connection.execute(_LAST, {"case_id": step.case.id}).scalar_one()) + 1,
        "opened_at": step.now,
        "ends_on": ends_on,
        "solved": SurveyReply.NONE.value,
        "understood": SurveyReply.NONE.value,
        "dignified": SurveyReply.NONE.value,
        "comment": "",
    }
    step.later.append(lambda: _insert(step, row))
    step.record("survey_opened", ends_on=ends_on.isoformat())
    cause = f"{step.case.filing_number}/{step.case.version}/{intent.key}"
    write_to_citizen(
        step, citizen_notice(step, CitizenNoticeOf.SURVEY, until=ends_on), cause, name=CitizenNoticeOf.SURVEY
    )


def _insert(step: Step, row: dict[str, object]) -> None:
    step.connection.execute(sa.insert(SURVEYS), row)
