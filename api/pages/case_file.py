"""The file of a petition in words: its answers, what the citizen said of them, and all that happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

from processes.petitions.answer_tables import DeliveredHow, SurveyReply
from processes.petitions.case_file import AnswerOnFile, CaseFile
from processes.petitions.reception_words import CARE_LABELS, REPLY_LABELS
from processes.petitions.survey_rows import Survey
from processes.petitions.surveys import RATING_LABELS
from processes.petitions.surveys import REPLY_LABELS as SURVEY_LABELS
from processes.petitions.timeline import OFFICE_ACTORS, TimelineEntry
from processes.terms.kinds import KIND_LABELS

OUTCOME_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "granted": "Se concedió lo pedido",
        "partly_granted": "Se concedió en parte",
        "denied": "Se negó, con sus razones",
        "informed": "Se dio la información",
        "referred": "Se remitió a la respuesta anterior",
    }
)
_HOW: Mapping[DeliveredHow, str] = MappingProxyType(
    {
        DeliveredHow.NOT_YET: "",
        DeliveredHow.EMAIL: "por correo electrónico",
        DeliveredHow.LETTER: "por correo postal",
        DeliveredHow.IN_PERSON: "en la mano",
        DeliveredHow.PUBLICATION: "por publicación",
    }
)


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer on the page; `delivery` says what became of it, with `delivered_at` when it arrived."""

    title: str
    text: str
    outcome: str
    author: str
    sent_at: datetime
    delivery: str
    delivered_at: datetime | None
    is_back: bool


@dataclass(frozen=True, slots=True)
class ShownSurvey:
    """What a citizen answered, a line for each question."""

    answered_at: datetime
    lines: tuple[tuple[str, str], ...]
    comment: str


@dataclass(frozen=True, slots=True)
class ShownMatter:
    """One of the requests of a petition, with the words of its kind."""

    number: int
    kind_label: str
    text: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A sentence of the history. `label` is that of a note; `actor` is empty for whoever leads the moment."""

    text: str
    actor: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class HistoryMoment:
    """All that happened at one instant: what somebody did, and what the office did because of it."""

    at: datetime
    actor: str
    lines: tuple[HistoryLine, ...]


def shown_answers(file: CaseFile) -> tuple[ShownAnswer, ...]:
    """The answers, the latest first."""
    return tuple(_answer(each, number) for number, each in reversed(list(enumerate(file.answers))))


def shown_surveys(file: CaseFile) -> tuple[ShownSurvey, ...]:
    """The surveys that the citizen answered."""
    return tuple(_survey(each) for each in file.surveys if each.answered_at is not None)


def shown_matters(file: CaseFile) -> tuple[ShownMatter, ...]:
    """The matters of a petition that was separated."""
    return tuple(ShownMatter(each.number, KIND_LABELS[each.kind], each.text) for each in file.matters)


def history(timeline: tuple[TimelineEntry, ...], file: CaseFile) -> tuple[HistoryMoment, ...]:
    """What happened and what was noted, the earliest first; each moment is led by who set it off."""
    notes = ((note.at, note.by, note.label, note.text) for note in file.notes)
    acts = ((entry.at, entry.actor, "", entry.text) for entry in timeline)
    # The sort is stable: what is noted in an act stands before what the act led to.
    entries = sorted((*notes, *acts), key=lambda entry: entry[0])
    moments = groupby(entries, key=lambda entry: entry[0])
    return tuple(_moment(at, [entry[1:] for entry in of_one]) for at, of_one in moments)


def _moment(at: datetime, entries: list[tuple[str, str, str]]) -> HistoryMoment:
    leader = next((actor for actor, _, _ in entries if actor not in OFFICE_ACTORS), entries[0][0])
    lines = (HistoryLine(text, "" if actor == leader else actor, label) for actor, label, text in entries)
    return HistoryMoment(at, leader, tuple(sorted(lines, key=lambda line: bool(line.actor))))


def reception_lines(file: CaseFile) -> tuple[tuple[str, str], ...]:
    """What the single form said besides the text, each with its name; what was left out is not there."""
    reception = file.reception
    desk = reception.reception
    lines = (
        ("Tema", reception.topic_name),
        ("Lugar", reception.territory_name),
        ("Pidió la respuesta", REPLY_LABELS[reception.reply_by]),
        ("Atención preferente", ", ".join(CARE_LABELS[care] for care in reception.special_care)),
        ("La recibió", desk.received_by if desk else ""),
        ("Insistió en radicar; falta", desk.missing if desk else ""),
    )
    return tuple((name, value) for name, value in lines if value)


def _answer(on_file: AnswerOnFile, number: int) -> ShownAnswer:
    answer = on_file.answer
    title = f"Oficio {answer.outgoing_number}"
    delivery = "Todavía no hay constancia de que la recibiera."
    if answer.delivered_at is not None:
        to = f" ({answer.delivered_to})" if answer.delivered_to else ""
        delivery = f"Entregada {_HOW[answer.delivered_how]}{to}, el"
    elif answer.is_back:
        delivery = "Volvió sin entregarse: hay que intentarlo de nuevo."
    return ShownAnswer(
        title=f"{title}: complemento" if number else title,
        text=answer.text,
        outcome=OUTCOME_LABELS.get(answer.outcome, ""),
        author=on_file.author_name,
        sent_at=answer.sent_at,
        delivery=delivery,
        delivered_at=answer.delivered_at,
        is_back=answer.is_back,
    )


def _survey(survey: Survey) -> ShownSurvey:
    replies = survey.replies
    if survey.answered_at is None or replies is None:
        message = "a survey that nobody answered has nothing to show"
        raise ValueError(message)
    asked = (
        ("¿Resolvió lo que pidió?", replies.solved),
        ("¿La entendió?", replies.understood),
        ("¿Lo trataron con respeto?", replies.dignified),
    )
    lines = [(question, SURVEY_LABELS[reply]) for question, reply in asked if reply is not SurveyReply.NONE]
    if replies.rating is not None:
        lines.append(("La atención fue", RATING_LABELS[replies.rating]))
    return ShownSurvey(survey.answered_at, tuple(lines), replies.comment)
