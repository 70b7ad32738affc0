"""The journal of a petition in Spanish words, for the people of the entity."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import orjson
import sqlalchemy as sa

from processes.common.audit import EVENTS, ON_BEHALF_OF
from processes.directory.people import full_names
from processes.petitions.answer_words import ANSWER_WORDS, NOTICE_LABELS
from processes.petitions.legal_words import for_the_office
from processes.petitions.paper_words import paper_words
from processes.petitions.procedure_words import PROCEDURE_WORDS
from processes.petitions.reception import Nature
from processes.petitions.reception_words import NATURE_LABELS
from processes.terms.events import LegalEventKind
from processes.terms.kinds import KIND_LABELS, PetitionKind

Detail = Mapping[str, Any]
_ACTORS = {"citizen": "Ciudadano", "clock": "Reloj", "system": "Ventanilla"}
LADDER = "escalation"
"""The decision that says which alert comes next."""

OFFICE_ACTORS = frozenset({_ACTORS["clock"], _ACTORS["system"]})
"""Who acts by itself, because somebody else did or because an instant came."""

_TEMPLATES = {
    "acknowledgement": "acuse de recibo",
    "answer": "respuesta",
    "assigned": "aviso de asignación",
    "escalation": "aviso de vencimiento",
    "legal_notice": "aviso sobre el trámite",
    "citizen_acted": "aviso de lo que hizo el ciudadano",
    "due_date_moved": "aviso de la nueva fecha",
    "calendar_changed": "aviso de cambio del calendario",
    **NOTICE_LABELS,
}
_PEOPLE = {
    "citizen": "el ciudadano",
    "official": "al profesional responsable",
    "department_head": "al jefe de la dependencia",
    "citizen_service_head": "al jefe de la Oficina de Relación con el Ciudadano",
    "director": "al directivo",
    "legal_office": "a la Oficina Jurídica",
    "front_desk": "a la ventanilla única",
    "on_call": "a quien está de turno",
    "invoice_mailbox": "al buzón de facturación",
    "signatories": "a quienes firman",
    "asked_departments": "a las dependencias consultadas",
}


_FILED_SO = {
    "verbal": "Se presentó de viva voz (Decreto 1166 de 2016).",
    "insisted": "Falta algo o no es de la entidad, y la persona insistió en radicar (CPACA, artículo 15).",
    "urgent": "Avisa de un peligro para la vida o la integridad.",
}


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One act, as people read it."""

    at: datetime
    actor: str
    text: str


def read_timeline(connection: sa.Connection, filing_number: str) -> tuple[TimelineEntry, ...]:
    """What happened to a petition, in order."""
    query = sa.select(EVENTS.c.at, EVENTS.c.actor, EVENTS.c.act, EVENTS.c.detail)
    rows = connection.execute(query.where(EVENTS.c.stream == filing_number).order_by(EVENTS.c.seq)).all()
    usernames = {actor.partition(":")[2] for _, actor, _, _ in rows if actor.startswith("person:")}
    details = [orjson.loads(detail) for *_, detail in rows]
    usernames |= {detail[ON_BEHALF_OF] for detail in details if ON_BEHALF_OF in detail}
    names = full_names(connection, usernames)
    told = told_with_rules(zip((act for _, _, act, _ in rows), details, strict=True))
    return tuple(
        TimelineEntry(at, _actor(actor, detail.get(ON_BEHALF_OF), names), text)
        for (at, actor, _, _), detail, text in zip(rows, details, told, strict=True)
    )


def told_with_rules(acts: Iterable[tuple[str, Detail]]) -> Iterator[str]:
    """Each act of a journal in its order, each alert of the ladder with the rule that called for it.

    The rule was found when the alert was planned; what is decided beside an alert is about the next one.
    """
    rule = ""
    for act, detail in acts:
        text = describe(act, detail)
        if act == "decided" and detail.get("decision") == LADDER:
            rule, text = text, f"Para el próximo aviso: {text}"
        elif rule and _is_an_alert(act, detail):
            text = f"{text} La regla: {rule}"
        yield text


def _is_an_alert(act: str, detail: Detail) -> bool:
    posted = act == "notice_posted" and detail.get("template") == "escalation"
    return posted or act == "alert_not_repeated"


def describe(act: str, detail: Detail) -> str:
    """An act of the journal in one Spanish sentence; an act without words of its own gives its name."""
    words = _WORDS.get(act)
    if words is None:
        return act
    try:
        return words(detail)
    except (KeyError, TypeError, ValueError):  # an event of an older release, with other details
        return act


def _actor(actor: str, on_behalf_of: str | None, names: Mapping[str, str]) -> str:
    kind, _, username = actor.partition(":")
    if kind != "person":
        return _ACTORS.get(kind, kind)
    who = names.get(username, username)
    return f"{who}, por encargo de {names.get(on_behalf_of, on_behalf_of)}" if on_behalf_of else who


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def _term_started(detail: Detail) -> str:
    kind, due_on = detail["kind"], detail["due_on"]
    text = f"Confirmó la clase: {KIND_LABELS[PetitionKind(kind['after'])]}. Vence el {_day(due_on['after'])}"
    if due_on["before"] != due_on["after"]:
        text += f" (antes, el {_day(due_on['before'])})"
    return f"{text}. {detail['citation']}."


def _notice_posted(detail: Detail) -> str:
    template = _TEMPLATES.get(detail["template"], detail["template"])
    people = ", ".join(detail.get("people", ())) or _PEOPLE.get(detail["to"], detail["to"])
    return f"Envió: {template}. A quién: {people}."


def _notice_without_recipient(detail: Detail) -> str:
    template = _TEMPLATES.get(detail["template"], detail["template"])
    return f"Nadie recibió: {template}. No hay una persona activa con correo en ese cargo."


def _petition_filed(detail: Detail) -> str:
    filed_on, due_on = _day(detail["filed_on"]), _day(detail["due_on"])
    nature = Nature(detail.get("nature", Nature.PETITION))
    filed = f"Petición radicada el {filed_on}. Vence el {due_on}. {detail['citation']}."
    if nature is not Nature.PETITION:
        filed = f"Comunicación radicada el {filed_on}: {NATURE_LABELS[nature].lower()}."
    return " ".join((filed, *(words for name, words in _FILED_SO.items() if detail.get(name))))


def _template(detail: Detail) -> str:
    return str(_TEMPLATES.get(detail["template"], detail["template"]))


def _notice_without_address(detail: Detail) -> str:
    template = _template(detail)
    return f"No se envió: {template}. Es anónima y sin correo: lo ve quien la consulta con su código."


def _notice_held_back(detail: Detail) -> str:
    template = _template(detail)
    return f"No se envió: {template}. La respuesta volvió de esa dirección, y no hay otra."


def _due_date_moved(detail: Detail) -> str:
    before, after = detail["due_on"]["before"], detail["due_on"]["after"]
    why = " ".join(detail["changes"])
    return f"Cambió el calendario: vence el {_day(after)} (antes, el {_day(before)}). {why}"


def _alerts_moved(detail: Detail) -> str:
    return f"Cambió el calendario: se movieron las alertas. {' '.join(detail['changes'])}"


def _ruling_kind_changed(detail: Detail) -> str:
    kind = KIND_LABELS[PetitionKind(detail["kind"]["after"])]
    return f"Cambió el calendario: el asunto que vence primero es ahora de la clase «{kind}»."


def _matters_registered(detail: Detail) -> str:
    kinds = [
        f"{number}, {KIND_LABELS[PetitionKind(kind)].lower()}"
        for number, kind in enumerate(detail["kinds"], 1)
    ]
    return f"Separó la petición en asuntos: {'; '.join(kinds)}. Vence el {_day(detail['due_on']['after'])}."


def _task_completed(detail: Detail) -> str:
    return f"Completó la tarea «{detail['name']}»."


_WORDS: Mapping[str, Callable[[Detail], str]] = MappingProxyType(
    {
        **{kind.value: for_the_office(kind) for kind in LegalEventKind},
        **ANSWER_WORDS,
        **PROCEDURE_WORDS,
        "petition_filed": _petition_filed,
        "acknowledgement_printed": lambda _: (
            "Imprimió la constancia con su código, para entregarla en papel."
        ),
        "danger_declared": lambda _: "Avisó de un peligro para la vida o la integridad.",
        "danger_acknowledged": lambda _: "Atiende el peligro.",
        "term_started": _term_started,
        "assigned": lambda d: f"Asignó la petición a: {d['department']['name']}.",
        "due_date_moved": _due_date_moved,
        "alerts_moved": _alerts_moved,
        "ruling_kind_changed": _ruling_kind_changed,
        "due_date_not_counted": lambda d: f"El calendario cambió, y la fecha quedó igual: {d['message']}",
        "answer_sent": lambda d: f"Envió la respuesta con el número {d['outgoing_number']}.",
        "case_closed": lambda _: "Verificó y cerró el caso.",
        "notice_posted": _notice_posted,
        "notice_without_address": _notice_without_address,
        "notice_held_back": _notice_held_back,
        **paper_words(_template),
        "notice_without_recipient": _notice_without_recipient,
        "alert_acknowledged": lambda _: "Se dio por enterado del aviso de vencimiento: no se le repite.",
        "alert_not_repeated": lambda d: (
            f"No se repitió el aviso de vencimiento a {', '.join(d['people'])}: ya se dio por enterado."
        ),
        "decided": lambda d: d["reason"],
        "task_completed": _task_completed,
        "task_claimed": lambda d: f"Tomó la tarea «{d['name']}».",
        "task_released": lambda d: f"Devolvió a la bandeja la tarea «{d['name']}».",
        "task_came_back": lambda d: f"La tarea «{d['name']}» volvió a {d['to']}.",
        "incident": lambda d: f"Una tarea falló: {d['message']}",
        "incident_retried": lambda _: "Volvió a intentar la tarea que falló.",
        "message_sent_again": lambda d: (
            f"Volvió a enviar: {_TEMPLATES.get(d['template'], d['template'])}, mensaje {d['message']}."
        ),
        "reserved_identity_read": lambda d: f"Consultó la identidad reservada. Motivo: {d['reason']}",
        "matters_registered": _matters_registered,
        "reclassification_proposed": lambda d: (
            f"Pidió aprobar un cambio de clase: de «{KIND_LABELS[PetitionKind(d['kind']['before'])]}» "
            f"a «{KIND_LABELS[PetitionKind(d['kind']['after'])]}»."
        ),
        "reclassification_declined": lambda d: f"No aprobó el cambio de clase. Motivo: {d['reason']}",
        "help_asked": lambda d: f"Pidió aportes a: {', '.join(d['departments'])}.",
        "help_given": lambda d: f"Registró el aporte de: {d['department']}.",
        "signatures_asked": lambda d: f"Puso la respuesta a la firma de: {', '.join(d['people'])}.",
        "answer_signed": lambda _: "Firmó la respuesta.",
        "signature_refused": lambda _: "No firmó la respuesta.",
        "payment_asked": lambda d: f"Pidió el pago de {d['copies']} copias, por {d['price']} pesos.",
        "payment_noted": lambda d: f"Anotó el pago de las copias, recibo {d['receipt']}.",
        "assignment_returned": lambda d: f"La dependencia devolvió la petición: {d['department']}.",
        "new_petition_filed": lambda _: "Radicó como petición nueva lo que pide ahora el ciudadano.",
        # Who is apart, and why, is told to those who decide on it alone.
        "person_excluded": lambda _: "Apartó de esta petición a una persona.",
        "exclusion_lifted": lambda _: "Dejó de apartar de esta petición a una persona.",
        "stand_in_designated": lambda d: f"Designó como funcionario ad hoc a {d['name']}.",
        "petition_voided": lambda d: f"Anuló el número. Motivo: {d['reason']}",
    }
)
