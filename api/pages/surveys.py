"""The survey: from the tracking page, or with number and code; nobody has to answer it."""

from collections.abc import Mapping

from fastapi import APIRouter, Depends, Response

from api.access import PUBLIC
from api.bodies import FormDep
from api.pages.field_errors import FieldErrors
from api.pages.forms import Choice
from api.pages.tracking import Keys, keys_in, missing_keys
from api.pages.visit import PublicVisit, Visit
from api.rates import Act, Limited
from processes.common.errors import Conflict, Invalid, NotFound
from processes.directory.people import Person
from processes.petitions.survey_rows import Survey
from processes.petitions.surveys import (
    RATING_LABELS,
    REPLY_LABELS,
    answer_survey,
    read_open_survey,
    replies_in,
)

router = APIRouter()
_LIMITS = [Depends(PUBLIC), Depends(Limited(Act.TRACKING))]
_FIELDS = ("solved", "understood", "dignified", "rating", "comment")
_BLANK = dict.fromkeys(_FIELDS, "")


@router.get("/encuesta")
def survey_keys(visit: PublicVisit) -> Response:
    """Where to write the number and the code."""
    return _ask_keys(visit, Keys("", ""))


@router.post("/encuesta", dependencies=_LIMITS)
def survey(visit: PublicVisit, sent: FormDep) -> Response:
    """The questions; or thanks, when they were answered; or the form again."""
    keys = keys_in(sent)
    errors = missing_keys(keys)
    if errors:
        return _ask_keys(visit, keys, errors=errors, status=Invalid.status)
    try:
        if sent.text("send"):
            return _keep(visit, keys, {field: sent.text(field) for field in _FIELDS})
        return _ask(visit, keys, _opened(visit, keys), _BLANK)
    except (NotFound, Conflict) as refusal:
        return _ask_keys(visit, keys, notice=refusal.message, status=refusal.status)


def _keep(visit: Visit[Person | None], keys: Keys, values: Mapping[str, str]) -> Response:
    try:
        replies = replies_in(values)
    except Invalid as refusal:
        return _ask(visit, keys, _opened(visit, keys), values, refusal)
    answer_survey(visit.office, keys.filing_number, keys.tracking_code, replies)
    return visit.show("survey_thanks.html", keys=keys)


def _opened(visit: Visit[Person | None], keys: Keys) -> Survey:
    return read_open_survey(visit.office, keys.filing_number, keys.tracking_code)


def _ask_keys(
    visit: Visit[Person | None],
    keys: Keys,
    *,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    return visit.show(
        "survey_keys.html",
        status=status,
        remembered=not (errors or notice),
        keys=keys,
        errors=FieldErrors(errors or {}),
        notice=notice,
    )


def _ask(
    visit: Visit[Person | None],
    keys: Keys,
    opened: Survey,
    values: Mapping[str, str],
    refusal: Invalid | None = None,
) -> Response:
    return visit.show(
        "survey.html",
        refusal=refusal,
        keys=keys,
        ends_on=opened.ends_on,
        comment=values["comment"],
        solved=_replies(values["solved"]),
        understood=_replies(values["understood"]),
        dignified=_replies(values["dignified"]),
        rating=[
            Choice(str(value), label, str(value) == values["rating"])
            for value, label in RATING_LABELS.items()
        ],
    )


def _replies(chosen: str) -> list[Choice]:
    return [Choice(reply.value, label, reply.value == chosen) for reply, label in REPLY_LABELS.items()]
