"""The short notices of the procedure, for the step that sends them."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from notifications.messages import Letter
from notifications.notices import (
    OF_THE_OFFICE_ALONE,
    CitizenNotice,
    CitizenNoticeOf,
    OfficeNotice,
    OfficeNoticeOf,
)
from processes.common.calendar import BOGOTA
from processes.petitions.letterheads import letterhead_of
from processes.petitions.step import Step
from processes.petitions.survey_rows import survey_ends_on
from processes.terms.kinds import KIND_LABELS

_SURVEYS = frozenset({CitizenNoticeOf.SURVEY, CitizenNoticeOf.SURVEY_REMINDER})
_OF_DANGER = frozenset({OfficeNoticeOf.DANGER, OfficeNoticeOf.DANGER_UNATTENDED, OfficeNoticeOf.DANGER_LEFT})
_PAYMENT_ALERT = "payment"


def citizen_notice(
    step: Step, notice: CitizenNoticeOf, *, text: str = "", until: date | None = None
) -> CitizenNotice:
    """The letter that tells the citizen of `notice`."""
    case = step.case
    page = "encuesta" if notice in _SURVEYS else "consultar"
    return CitizenNotice(
        letterhead=letterhead_of(step.entity),
        notice=notice,
        petitioner_name=case.citizen_name or None,
        filing_number=case.filing_number,
        tracking_code=case.tracking_code if notice in _SURVEYS else "",
        text=text,
        until=until,
        url=f"{step.public_url}/{page}",
    )


def office_notice(step: Step, notice: OfficeNoticeOf) -> OfficeNotice:
    """The letter that tells somebody of the entity of `notice`."""
    case = step.case
    return OfficeNotice(
        letterhead=letterhead_of(step.entity),
        notice=notice,
        filing_number=case.filing_number,
        kind_label=KIND_LABELS[step.kind],
        department=step.department_name,
        due_on=step.due_on,
        url=f"{step.public_url}{_page_of(notice, case.filing_number)}",
    )


def _page_of(notice: OfficeNoticeOf, filing_number: str) -> str:
    if notice is OfficeNoticeOf.RESERVED_LETTER:
        return "/cartas"
    return f"/peticiones/{filing_number}{'/riesgo' if notice in _OF_DANGER else ''}"


def _to_citizen(notice: CitizenNoticeOf) -> Callable[[Step], Letter]:
    return lambda step: citizen_notice(step, notice)


def _to_office(notice: OfficeNoticeOf) -> Callable[[Step], Letter]:
    return lambda step: office_notice(step, notice)


def _about_survey(notice: CitizenNoticeOf) -> Callable[[Step], Letter]:
    def write(step: Step) -> Letter:
        return citizen_notice(step, notice, until=survey_ends_on(step.connection, step.case.id))

    return write


def _payment(step: Step) -> Letter:
    """What the copies cost, from the fields of the task that asks for it."""
    copies, price = step.values.get("copies"), step.values.get("copies_price")
    how = str(step.values.get("question") or "")
    cost = f"Son {copies} copias y cuestan en total $ {_pesos(price)}." if copies and price else ""
    plan = step.plans.get(_PAYMENT_ALERT)
    until = None if plan is None or plan.due_at is None else plan.due_at.astimezone(BOGOTA).date()
    text = "\n\n".join(part for part in (cost, how) if part)
    return citizen_notice(step, CitizenNoticeOf.PAYMENT_ASKED, text=text, until=until)


def _pesos(amount: object) -> str:
    return f"{int(str(amount)):,}".replace(",", ".")


NOTICES: Mapping[str, Callable[[Step], Letter]] = MappingProxyType(
    {
        **{each.value: _to_citizen(each) for each in CitizenNoticeOf},
        **{each.value: _to_office(each) for each in OfficeNoticeOf if each not in OF_THE_OFFICE_ALONE},
        **{each.value: _about_survey(each) for each in _SURVEYS},
        CitizenNoticeOf.PAYMENT_ASKED.value: _payment,
    }
)
"""A builder for each notice."""
