"""The intent that writes: to the citizen, or to people of the entity."""

from dataclasses import replace

from notifications.messages import Answer, Escalation
from processes.directory.people import Contact
from processes.engine.model import Intent
from processes.petitions.alert_seeing import not_yet_seen
from processes.petitions.answer_mail import follow_answer
from processes.petitions.citizen_mail import write_to_citizen
from processes.petitions.intents_letters import LETTERS
from processes.petitions.recipients import READERS, recipient_label, recipients
from processes.petitions.staff_letters import tell_people
from processes.petitions.step import Step


def notify(step: Step, intent: Intent) -> None:
    """Put a message of the catalogue in the outbox; nobody to write to is an incident, never silence."""
    template, to = str(intent.arguments["template"]), str(intent.arguments["to"])
    if template not in LETTERS or not (to == "citizen" or to in READERS):
        step.trouble(f"La oficina todavía no sabe enviar «{template}» a «{to}».")
        return
    letter = LETTERS[template](step)
    cause = f"{step.case.filing_number}/{step.case.version}/{intent.key}"
    if to == "citizen":
        written = write_to_citizen(step, letter, cause, name=template)
        if written and template == Answer.template:
            follow_answer(step, f"{cause}/citizen")
        return
    people = recipients(step, to)
    if not people:
        step.record_system("notice_without_recipient", template=template, to=to)
        step.trouble(
            f"Nadie recibió el mensaje: nadie activo con correo tiene el cargo «{recipient_label(to)}»."
        )
        return
    if isinstance(letter, Escalation):
        letter = replace(letter, rung=to)
        people = _who_has_not_seen(step, letter, people)
    if people:
        tell_people(step, people, letter, template=template, to=to, cause=cause)


def _who_has_not_seen(step: Step, alert: Escalation, people: list[Contact]) -> list[Contact]:
    """Those of `people` whom a rung of the ladder tells: not who said that they have seen it."""
    told, seen = not_yet_seen(step, alert, people)
    if seen:
        step.record_system("alert_not_repeated", to=alert.rung, people=[each.full_name for each in seen])
    return told
