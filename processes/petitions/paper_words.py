"""In Spanish, for the people of the entity: what became of a notice that goes on paper."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

Detail = Mapping[str, Any]


class HandedHow(StrEnum):
    """How a letter on paper reached the citizen."""

    IN_PERSON = "in_person"
    POST = "post"
    PHONE = "phone"


HANDED_LABELS: Mapping[HandedHow, str] = MappingProxyType(
    {
        HandedHow.IN_PERSON: "en la mano, en la ventanilla o en su casa",
        HandedHow.POST: "por correo postal o mensajería",
        HandedHow.PHONE: "por teléfono: se le leyó",
    }
)
"""The ways in the words of whoever notes them."""


def paper_words(template_of: Callable[[Detail], str]) -> Mapping[str, Callable[[Detail], str]]:
    """A sentence for each act of the journal about a letter on paper; `template_of` names the letter."""
    return MappingProxyType(
        {
            "notice_on_paper": lambda d: (
                f"No hay correo para enviar: {template_of(d)}. "
                f"{'Su custodio' if d.get('reserved') else 'La ventanilla'} la entrega en papel."
            ),
            "notice_on_screen": lambda d: (
                f"No hay correo para enviar: {template_of(d)}. La persona lo vio en la pantalla al radicar."
            ),
            "notice_as_task": lambda d: (
                f"No hay correo para enviar: {template_of(d)}. La ventanilla tiene la tarea de entregarlo."
            ),
            "notice_with_answer": lambda d: (
                f"No salió aparte: {template_of(d)}. Lo cuenta la respuesta que se entrega en papel."
            ),
            "notice_handed_over": lambda d: (
                f"No hay correo: {template_of(d)} se entregó por otro medio antes de registrar el acto."
            ),
            "message_put_on_paper": lambda d: f"El correo no llegó: {template_of(d)} se entrega en papel.",
            "message_bounced": lambda d: f"El correo volvió: {template_of(d)} no llegó.",
            "letter_printed": lambda d: f"Abrió para imprimir la carta: {template_of(d)}.",
            "letter_handed_over": lambda d: (
                f"Entregó la carta: {template_of(d)}, {HANDED_LABELS[HandedHow(d['how'])]}."
            ),
            "letter_not_delivered": lambda d: f"No se pudo entregar la carta: {template_of(d)}.",
        }
    )
