"""Intents about how an answer reaches the citizen: on paper, at another address, by publication."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from types import MappingProxyType

import sqlalchemy as sa

from processes.common.calendar import BOGOTA
from processes.common.errors import Conflict, Invalid
from processes.common.text import clean_address
from processes.engine.model import Intent
from processes.petitions.answer_tables import PUBLICATIONS, DeliveredHow
from processes.petitions.duties import end_duty, has_duty, open_duty
from processes.petitions.duty_tables import DutyKind
from processes.petitions.reception import ReplyBy
from processes.petitions.redaction import KnownPerson, personal_data_in
from processes.petitions.sent_answers import SentAnswer, change_answer, last_answer
from processes.petitions.status import ENDED, PetitionStatus
from processes.petitions.step import Step
from processes.petitions.submitted import written
from processes.petitions.tables import PETITIONERS, RESERVED_IDENTITIES

_RETURNED = "returned"
_MAX_DETAIL = 300
_MAX_TITLE = 200
_SHORTEST_PUBLIC_TEXT = 20
_ON_PAPER: Mapping[str, DeliveredHow] = MappingProxyType(
    {each.value: each for each in (DeliveredHow.LETTER, DeliveredHow.IN_PERSON)}
)


def note_delivery(step: Step, _intent: Intent) -> None:
    """Write down that the answer on paper was handed over, or that it came back.

    The fact `delivery` says which. Raises Invalid for an instant to come or from before the answer
    left, and for a return without its reason; Conflict when no answer left.
    """
    answer = answer_of(step)
    if step.facts.get("delivery") == _RETURNED:
        why = written(step, "undelivered_reason")
        if not why:
            problem = "Escriba por qué volvió: dirección errada, nadie que reciba, la rechazaron."
            raise Invalid(problem, {"undelivered_reason": problem})
        take_back(step, answer)
        step.add_note("answer_returned", "Por qué volvió la respuesta", why)
        return
    how = _ON_PAPER.get(written(step, "delivered_how"), DeliveredHow.LETTER)
    hand_over_answer(step, answer, how, at=_delivered_at(step, answer), to=_short(step, "delivered_to"))


def redirect_answer(step: Step, _intent: Intent) -> None:
    """Take over the address to which the answer is sent again; `reply_by` says which one it takes.

    Raises Invalid when there is no such address, old or new.
    """
    way = ReplyBy(str(step.facts.get("reply_by") or ReplyBy.PUBLICATION))
    step.changes["reply_by"] = way.value
    email = clean_address(written(step, "new_email"), field="new_email")
    address = _short(step, "new_address")
    if (email or address) and step.case.anonymous:
        raise Invalid(_NOBODY, {"reply_by": _NOBODY})
    kept_email, kept_address = _addresses(step)
    if way is ReplyBy.EMAIL and not (email or kept_email):
        raise Invalid(_NO_EMAIL, {"new_email": _NO_EMAIL})
    if way is ReplyBy.LETTER and not (address or kept_address):
        raise Invalid(_NO_ADDRESS, {"new_address": _NO_ADDRESS})
    _keep_addresses(step, {"email": email, "address": address})
    step.record("answer_redirected", by=way.value, new_email=bool(email), new_address=bool(address))


def publish_answer(step: Step, intent: Intent) -> None:  # noqa: ARG001 - every handler has this shape
    """Publish the answer as a person wrote it without personal data; with that it is made known.

    Raises Invalid for an empty title or text, and for one in which personal data can still be read, until the
    person says that it was looked at.
    """
    answer = answer_of(step)
    title, text = _short(step, "public_title", _MAX_TITLE), written(step, "public_text")
    problems: dict[str, str] = {}
    if not title:
        problems["public_title"] = "Escriba de qué trata, en pocas palabras y sin nombres."
    if len(text) < _SHORTEST_PUBLIC_TEXT:
        problems["public_text"] = "Escriba la respuesta sin los datos personales, para publicarla."
    if problems:
        raise Invalid("Revise lo que se va a publicar.", problems)
    _check_redacted(step, f"{title}\n{text}")
    row = {
        "petition_id": step.case.id,
        "seq": answer.seq,
        "title": title,
        "text": text,
        "published_at": step.now,
        "published_by": str(step.actor),
    }
    step.later.append(lambda: _publish(step, row))
    hand_over_answer(step, answer, DeliveredHow.PUBLICATION, at=step.now, to="")
    step.record("answer_published", outgoing_number=answer.outgoing_number)


def answer_of(step: Step) -> SentAnswer:
    """The answer that holds. Raises Conflict before one has left."""
    answer = last_answer(step.connection, step.case.id)
    if answer is None:
        raise Conflict("Esta petición todavía no tiene una respuesta enviada.")
    return answer


def hand_over_answer(
    step: Step, answer: SentAnswer, how: DeliveredHow, *, at: datetime, to: str, note: str = ""
) -> None:
    """The answer reached the citizen: the petition is notified.

    `note` is what was told of the duty to deliver it, which ends with that.
    """
    values = {"delivered_at": at, "delivered_how": how.value, "delivered_to": to, "notice_key": None}
    step.later.append(lambda: change_answer(step.connection, step.case.id, answer.seq, **values))
    if step.status in {PetitionStatus.SENT, PetitionStatus.RETURNED_BY_MAIL}:
        step.move_to(PetitionStatus.NOTIFIED)
    if note or step.case.status in ENDED:
        end_duty(step, DutyKind.RETURNED_ANSWER, note=note)
    step.record("answer_delivered", outgoing_number=answer.outgoing_number, how=how.value, at=at.isoformat())


def take_back(step: Step, answer: SentAnswer) -> None:
    """The answer came back: it was not made known, and somebody must try again."""
    values = {
        "returned_at": step.now,
        "delivered_at": None,
        "delivered_how": DeliveredHow.NOT_YET.value,
        "notice_key": None,
    }
    step.later.append(lambda: change_answer(step.connection, step.case.id, answer.seq, **values))
    if step.status in {PetitionStatus.SENT, PetitionStatus.NOTIFIED, PetitionStatus.RETURNED_BY_MAIL}:
        step.move_to(PetitionStatus.RETURNED_BY_MAIL)
    if step.case.status in ENDED and not has_duty(step, DutyKind.RETURNED_ANSWER):
        open_duty(step, DutyKind.RETURNED_ANSWER)  # no diagram is left to try again
    step.record("answer_returned", outgoing_number=answer.outgoing_number)


_NOBODY = "La petición es anónima: no hay a quién escribirle. Publique la respuesta."
_NO_EMAIL = "Escriba el correo al que se envía la respuesta."
_NO_ADDRESS = "Escriba la dirección a la que se lleva la respuesta."


def _delivered_at(step: Step, answer: SentAnswer) -> datetime:
    """When it was handed over: the field's date or instant; now when it was left empty."""
    given = step.values.get("delivered_at")
    if not isinstance(given, str) or not given:
        return step.now
    at = _instant(given, step.now)
    today, sent_on = step.now.astimezone(BOGOTA).date(), answer.sent_at.astimezone(BOGOTA).date()
    if not sent_on <= at.astimezone(BOGOTA).date() <= today:
        problem = f"Escriba una fecha entre el {sent_on:%d/%m/%Y}, cuando salió, y hoy."
        raise Invalid(problem, {"delivered_at": problem})
    return min(at, step.now)


def _instant(given: str, now: datetime) -> datetime:
    """A day counts at noon, which no time zone moves to another day."""
    if len(given) == len("2026-12-31"):
        day = date.fromisoformat(given)
        return now if day == now.astimezone(BOGOTA).date() else datetime.combine(day, time(12), BOGOTA)
    at = datetime.fromisoformat(given)
    return at if at.tzinfo else at.replace(tzinfo=BOGOTA)


def _short(step: Step, key: str, longest: int = _MAX_DETAIL) -> str:
    text = " ".join(written(step, key).split())
    if len(text) > longest:
        problem = f"Use hasta {longest} caracteres."
        raise Invalid(problem, {key: problem})
    return text


def _addresses(step: Step) -> tuple[str, str]:
    table = RESERVED_IDENTITIES if step.case.reserved_identity else PETITIONERS
    query = sa.select(table.c.email, table.c.address).where(table.c.petition_id == step.case.id)
    row = step.connection.execute(query).one_or_none()
    return ("", "") if row is None else (row.email, row.address)


def _keep_addresses(step: Step, given: Mapping[str, str]) -> None:
    """Keep what is new, and write to it in this very step already."""
    values = {name: value for name, value in given.items() if value}
    if not values:
        return
    table = RESERVED_IDENTITIES if step.case.reserved_identity else PETITIONERS
    change = sa.update(table).where(table.c.petition_id == step.case.id).values(**values)
    step.later.append(lambda: step.connection.execute(change))
    if "email" not in values:
        return
    if step.case.reserved_identity:
        step.sealed_email = values["email"]
    else:
        step.case = replace(step.case, citizen_email=values["email"])


def _check_redacted(step: Step, text: str) -> None:
    if step.values.get("public_confirmed") is True:
        return
    if step.case.reserved_identity:
        # To compare with a sealed identity would tell whoever tries names when one is right.
        problem = (
            "La identidad de quien la presentó es reservada. Revise que el texto no permita reconocerla y "
            "marque que lo revisó."
        )
        raise Invalid(problem, {"public_confirmed": problem})
    found = personal_data_in(text, _known_person(step))
    if found:
        listed = "; ".join(found)
        problem = f"El texto todavía muestra: {listed}. Quítelo, o marque que lo revisó y puede publicarse."
        raise Invalid(problem, {"public_text": problem})


def _known_person(step: Step) -> KnownPerson:
    table = PETITIONERS.c
    query = sa.select(table.full_name, table.document_number, table.email, table.phone, table.address).where(
        table.petition_id == step.case.id
    )
    row = step.connection.execute(query).one_or_none()
    return KnownPerson() if row is None else KnownPerson(*row)


def _publish(step: Step, row: dict[str, object]) -> None:
    step.connection.execute(sa.insert(PUBLICATIONS), row)
