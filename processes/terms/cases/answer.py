"""The date of one worked case, and the acts in it that the law refuses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from processes.common.calendar import WorkCalendar
from processes.common.errors import Invalid, OfficeError
from processes.terms.acting import allow
from processes.terms.cases.hours import read_calendar
from processes.terms.cases.scanning import LONGEST_CELL, Word, code, plain, quoted, read_words
from processes.terms.cases.words import KIND_CODES, TARGET_CODES, length, moment
from processes.terms.clock import check_year
from processes.terms.clocks import clock
from processes.terms.effects import happen
from processes.terms.events import EVENT_LABELS, LegalEvent
from processes.terms.events import LegalEventKind as Kind
from processes.terms.explained import ExplainedDate
from processes.terms.filing import Filing, Matter, filing_of
from processes.terms.kinds import FIXED_BY_REQUESTER, PetitionKind
from processes.terms.lengths import Length, TermUnit
from processes.terms.reckoning import Reckoning, begin, settle
from processes.terms.refusals import RefusedAct
from processes.terms.targets import Target

_UNDELIVERED = re.compile(
    r"\b(?:no|sin) (?:se |fue |le |pudo )*(?:entreg|notific|recib(?!ir respuesta))|(?<!\bno )\brebot"
)
_SENT_BACK = re.compile(r"(?<!\bno )(?<!\bno fue )\bdevuelt")
_SENT_BACK_BY_POST = re.compile(
    r"\bdevuelt[ao] (?:por|de) (?:el |la )?(?:correo|servidor|buzon|mensaj|operador)"
)
_VERBAL = re.compile(r"(?<!\bno )(?<!\bno es )(?<!\bno fue )\bverbal")
_TOTAL_DIGITS = 4
_BY_NAME: Mapping[str, Kind] = {
    "requerimiento": Kind.COMPLETION_REQUESTED,
    "requerimiento_notificado": Kind.COMPLETION_REQUESTED,
    "prorroga_ciudadano": Kind.COMPLETION_EXTENSION_ASKED,
    "completado": Kind.COMPLETED,
    "devuelta_por_oscura": Kind.RETURNED_UNCLEAR,
    "prorroga_informada": Kind.EXTENSION_TOLD,
    "trasladada": Kind.TRANSFERRED_OUT,
    "recibida_competente": Kind.RECEIVED_BY_COMPETENT,
    "negada_por_reserva": Kind.REFUSED_BY_RESERVE,
    "plazo_juez": Kind.JUDGE_ORDERED,
    "fallo": Kind.JUDGE_RULED,
}
_REQUESTS = frozenset({"requerimiento", "requerimiento_notificado"})
_OF_A_JUDGE = frozenset({Kind.JUDGE_ORDERED, Kind.JUDGE_RULED})
_DATE_MAY_LACK = frozenset({Kind.TRANSFERRED_OUT, Kind.REFUSED_BY_RESERVE})
_TOLD_TO_THE_CITIZEN = frozenset(
    {
        Kind.COMPLETION_REQUESTED,
        Kind.RETURNED_UNCLEAR,
        Kind.EXTENSION_TOLD,
        Kind.TRANSFERRED_OUT,
        Kind.REFUSED_BY_RESERVE,
        Kind.NOTIFIED,
    }
)


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """What a row asked: its date with all that led to it (None when there is none), and what was refused.

    `filing_date` is empty for a term in hours: it runs from the minute, whatever the day.
    """

    filing_date: str
    due: str
    explained: ExplainedDate | None
    refused: tuple[str, ...]


def answer_case(row: Mapping[str, str]) -> CaseAnswer:
    """The answer to a row with `received_at`, `kind`, `events` and `target` (blank: the response).

    An act that the law does not allow is refused and the date before it stands. Raises Invalid for a
    row that cannot be read: its instant, kind, target or an event, or a cell that is too long.
    """
    _check_lengths(row)
    words = read_words(row.get("events", ""))
    calendar, refused = read_calendar(words)
    target = _target(row.get("target", ""))
    filing = _filing(row, target, words, calendar)
    reckoning, more = _follow(begin(filing, calendar), words)
    refused = (*refused, *_unused(words), *more)
    try:
        explained = _asked(settle(reckoning), target)
    except RefusedAct as refusal:
        return CaseAnswer(filing.filed_on.isoformat(), "", None, (*refused, refusal.message))
    if reckoning.suspended and target is Target.RESPONSE:
        refused = (*refused, explained.notes[-1])
    return _answer(explained, target, filing, refused)


def _check_lengths(row: Mapping[str, str]) -> None:
    for name in ("received_at", "kind", "events", "target"):
        if len(row.get(name, "")) > LONGEST_CELL:
            raise Invalid(f"La celda «{name}» pasa de {LONGEST_CELL} caracteres. Revísela.")


def _answer(explained: ExplainedDate, target: Target, filing: Filing, refused: tuple[str, ...]) -> CaseAnswer:
    if explained.due_at is not None:
        return CaseAnswer("", explained.due_at.isoformat(), explained, refused)
    filed_on = explained.counted_from if target is Target.COMPETENT_RESPONSE else filing.filed_on
    return CaseAnswer(filed_on.isoformat(), explained.due_on.isoformat(), explained, refused)


def _asked(reckoning: Reckoning, target: Target) -> ExplainedDate:
    """An extension that was refused leaves the citizen the first date."""
    if target is Target.CITIZEN_COMPLETION_EXTENDED and not reckoning.last(Kind.COMPLETION_EXTENSION_ASKED):
        return clock(reckoning, Target.CITIZEN_COMPLETION)
    return clock(reckoning, target)


def _target(text: str) -> Target:
    if not text.strip():
        return Target.RESPONSE
    if code(text) not in TARGET_CODES:
        raise Invalid(
            f"No se conoce la fecha pedida «{quoted(text)}». Use una de estas: {', '.join(TARGET_CODES)}."
        )
    return TARGET_CODES[code(text)]


def _kind(text: str, target: Target) -> PetitionKind:
    """Whoever asks a report for its definitive answer asks a body of fiscal control."""
    if code(text) not in KIND_CODES:
        raise Invalid(f"No se conoce la clase «{quoted(text)}». Use una de estas: {', '.join(KIND_CODES)}.")
    kind = KIND_CODES[code(text)]
    fiscal = kind is PetitionKind.WRONGDOING_REPORT and target is Target.FISCAL_FINAL
    return PetitionKind.FISCAL_REPORT if fiscal else kind


def _filing(row: Mapping[str, str], target: Target, words: Sequence[Word], calendar: WorkCalendar) -> Filing:
    kind, text = _kind(row.get("kind", ""), target), row.get("received_at", "").strip()
    try:
        received_at = datetime.fromisoformat(text)
    except ValueError as error:
        example = "2026-02-03T16:59:00-05:00"
        raise Invalid(
            f"«received_at» no es una fecha y hora: «{quoted(text)}». Escríbala así: {example}."
        ) from error
    verbal = code(row.get("kind", "")) == "verbal" or any(map(_says_verbal, words))
    fixed = _fixed(words) if kind in FIXED_BY_REQUESTER else None
    return filing_of(received_at, [Matter(1, kind)], calendar, fixed=fixed, verbal=verbal)


def _says_verbal(word: Word) -> bool:
    return word.name == "sin_competencia" and bool(_VERBAL.search(f"{plain(word.value)} {word.remark}"))


def _fixed(words: Sequence[Word]) -> Length | None:
    """What the judge asked first; a row with only a ruling has the ruling's."""
    by_name = {word.name: word for word in words}
    for name in ("plazo_juez", "fallo"):
        if name in by_name and by_name[name].value:
            return length(by_name[name])
    return Length(48, TermUnit.HOURS) if "fallo" in by_name else None


def _follow(reckoning: Reckoning, words: Sequence[Word]) -> tuple[Reckoning, tuple[str, ...]]:
    refused: list[str] = []
    for event, presumed in sorted(_events(reckoning.filing, words), key=lambda each: each[0].on):
        try:
            check_year(event.on)
            certain = presumed and event.on >= reckoning.filing.received_on
            reckoning = happen(reckoning, event) if certain else allow(reckoning, event)
        except OfficeError as refusal:
            refused.append(refusal.message)
        else:
            if not event.delivered:
                refused.append(f"«{EVENT_LABELS[event.kind]}» no se entregó: no mueve el término.")
    return reckoning, tuple(refused)


def _events(filing: Filing, words: Sequence[Word]) -> Iterator[tuple[LegalEvent, bool]]:
    """Each event of the text, and whether it is presumed: what a row leaves out went as the law says."""
    names = {word.name for word in words}
    requested = not names.isdisjoint(_REQUESTS)
    for index, word in enumerate(words):
        if word.name == "desistimiento_tacito_notificado":
            at = moment(word)
            yield LegalEvent(kind=Kind.DEEMED_WITHDRAWN, at=at), not requested
            delivered = _delivered(Kind.NOTIFIED, word)
            notice = LegalEvent(kind=Kind.NOTIFIED, at=at, of=Kind.DEEMED_WITHDRAWN, delivered=delivered)
            yield notice, not requested
        elif word.name == "notificada" and word.value:
            yield from _notified(word, names)
        elif word.name == "requerimiento" and names >= _REQUESTS:
            continue  # the same request: it moves the clock when it is notified
        elif word.name in _BY_NAME:
            if word.name == "recibida_competente" and "trasladada" not in names:
                yield LegalEvent(kind=Kind.TRANSFERRED_OUT, at=filing.received_at), False
            yield _event(filing, word, _total_of(words, index)), False


def _notified(word: Word, names: set[str]) -> Iterator[tuple[LegalEvent, bool]]:
    at, delivered = moment(word), _delivered(Kind.NOTIFIED, word)
    of = Kind.REFUSED_BY_RESERVE if "negada_por_reserva" in names else Kind.ANSWERED
    if of is Kind.ANSWERED:
        yield LegalEvent(kind=of, at=at), False
    yield LegalEvent(kind=Kind.NOTIFIED, at=at, of=of, delivered=delivered), False


def _unused(words: Sequence[Word]) -> Iterator[str]:
    """What a row says of what it forgot to write: it moves nothing, and nobody may think that it did."""
    used = {
        id(_total_of(words, index)) for index, word in enumerate(words) if word.name == "prorroga_informada"
    }
    for word in words:
        if word.name == "total_dias" and id(word) not in used:
            yield (
                f"«total_dias={quoted(word.value)}» no acompaña a ninguna «prorroga_informada»: no mueve la "
                "fecha. Escriba antes la prórroga con su fecha."
            )
        if word.name == "notificada" and not word.value:
            yield "«notificada» no trae una fecha: no se cuenta. Escríbala así: notificada=2026-02-09."


def _total_of(words: Sequence[Word], index: int) -> Word | None:
    """The total that belongs to the event at `index`: what follows it, or the only one of the row."""
    totals = [word for word in words if word.name == "total_dias"]
    follows = words[index + 1 : index + 2]
    if follows and follows[0].name == "total_dias":
        return follows[0]
    extensions = sum(word.name == "prorroga_informada" for word in words)
    return totals[0] if len(totals) == extensions == 1 else None


def _event(filing: Filing, word: Word, total: Word | None) -> LegalEvent:
    kind = _BY_NAME[word.name]
    dated = kind not in _OF_A_JUDGE and (word.value or kind not in _DATE_MAY_LACK)
    return LegalEvent(
        kind=kind,
        at=moment(word) if dated else filing.received_at,
        length=_event_length(kind, word, total),
        delivered=_delivered(kind, word),
    )


def _delivered(kind: Kind, word: Word) -> bool:
    """Whether the remark leaves the citizen told; to return a petition to its petitioner is no failure."""
    if kind not in _TOLD_TO_THE_CITIZEN:
        return True
    sent_back = _SENT_BACK_BY_POST if kind is Kind.RETURNED_UNCLEAR else _SENT_BACK
    return not (_UNDELIVERED.search(word.remark) or sent_back.search(word.remark))


def _event_length(kind: Kind, word: Word, total: Word | None) -> Length | None:
    if kind in _OF_A_JUDGE:
        return length(word) if word.value else None
    if kind is not Kind.EXTENSION_TOLD or total is None:
        return None
    if not total.value.isdecimal() or len(total.value) > _TOTAL_DIGITS:
        raise Invalid(f"«total_dias» no es un número de días: «{quoted(total.value)}».")
    return Length(int(total.value))
