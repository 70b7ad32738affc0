"""Stories of petitions that are worked on, answered and closed, each as it was filed and what was done."""

from datetime import time

from processes.samples.hands import Hands
from processes.samples.story import Told
from processes.samples.wording import Wording
from processes.terms.lengths import Length


def street_light(by: Hands, wording: Wording) -> Told:
    """Answered, delivered, praised and closed."""
    return Told(
        18,
        time(8, 50),
        (
            by.classifies(18, wording),
            by.assigns(17, by.cast.works, "Verificar en terreno antes de responder."),
            by.takes(17, by.cast.works),
            by.drafts(13, by.cast.works, wording),
            by.approves(12, by.cast.works),
            by.citizen_says(9, "yes", "Muchas gracias, ya se puede caminar de noche."),
            by.closes(8),
        ),
    )


def copies(by: Hands, wording: Wording) -> Told:
    """Past its date, and nobody has taken it."""
    return Told(14, time(14, 20), (by.classifies(13, wording),))


def agreement(by: Hands, wording: Wording) -> Told:
    """Answered in part; its survey is open."""
    acts = (
        by.classifies(12, wording, priority=True),
        by.assigns(11, by.cast.money, "Revisar los alivios vigentes."),
        by.drafts(4, by.cast.money, wording, "partly_granted"),
        by.approves(3, by.cast.money),
    )
    return Told(12, time(8, 30), acts, {"channel": "desk"}, at_desk=True)


def potholes(by: Hands, wording: Wording) -> Told:
    """Sent back by the head and being written again."""
    return Told(
        10,
        time(9, 10),
        (
            by.classifies(10, wording, priority=True),
            by.assigns(9, by.cast.works, "Hay niños en riesgo: pasa primero."),
            by.drafts(6, by.cast.works, wording),
            by.returns(5, by.cast.works, "Diga en qué fecha se repara y quién responde por la obra."),
            by.takes(4, by.cast.works, wording.answer),
        ),
    )


def figures(by: Hands, wording: Wording) -> Told:
    """Routed by the table alone; nobody has taken it."""
    return Told(7, time(9, 45), (by.classifies(7, wording),))


def noise(by: Hands, wording: Wording) -> Told:
    """Another department contributed, and the director has to sign."""
    return Told(
        9,
        time(10, 5),
        (
            by.classifies(9, wording),
            by.assigns(8, by.cast.care, "Coordinar con quien vigila el espacio público."),
            by.asks_help(
                7, by.cast.care, by.cast.works, "¿Qué encontraron ustedes en sus visitas a este sitio?"
            ),
            by.contributes(
                6, by.cast.works, "Fuimos dos veces y levantamos acta de cada visita; van adjuntas."
            ),
            by.drafts(4, by.cast.care, wording),
            by.approves(3, by.cast.care, by.cast.director),
        ),
    )


def reserved(by: Hands, wording: Wording) -> Told:
    """Under reserve, waiting for a department."""
    acts = (by.classifies(3, wording, priority=True),)
    return Told(4, time(14, 25), acts, {"reserve_identity": "true"})


def after_hours(_: Hands, __: Wording) -> Told:
    """Came in the evening, waits for the front desk."""
    return Told(3, time(19, 40))


def suggestion(_: Hands, __: Wording) -> Told:
    """Anonymous, waits for the front desk."""
    return Told(2, time(8, 35))


def anonymous(by: Hands, wording: Wording) -> Told:
    """Without a name: answered at once, and the answer is published."""
    acts = (by.classifies(6, wording, 1), by.answers_at_once(6, wording), by.publishes(5, wording))
    return Told(6, time(8, 10), acts)


def tree(by: Hands, wording: Wording) -> Told:
    """Of no known topic, waits for a department."""
    return Told(5, time(8, 15), (by.classifies(5, wording),))


def extended(by: Hands, wording: Wording) -> Told:
    """Its term was extended before it ended; then a judge wanted a report of it."""
    why = "El estudio que hay que contratar para responder de fondo tarda más que el término inicial."
    order = "Rendir informe sobre el trámite de la petición y sobre la prórroga."
    return Told(
        14,
        time(8, 40),
        (
            by.classifies(14, wording),
            by.assigns(13, by.cast.works),
            by.takes(13, by.cast.works),
            by.extends(5, by.cast.works, Length(25), why),
            by.judge_orders(2, "Juzgado Quinto Civil Municipal, tutela 2026-00398", Length(2), order),
        ),
    )


def at_once(by: Hands, wording: Wording) -> Told:
    """Asked by telephone and answered the same day."""
    acts = (
        by.classifies(6, wording, level=1),
        by.answers_at_once(6, wording),
        by.citizen_says(5, "yes", ""),
        by.closes(4),
    )
    return Told(6, time(9, 5), acts, {"channel": "phone"}, at_desk=True)


def danger(by: Hands, wording: Wording) -> Told:
    """Life in danger: attended in minutes, the rest goes on."""
    note = "Se avisó a bomberos y a la empresa de energía, que acordonaron el sitio a las 8:20."
    return Told(
        3,
        time(8, 0),
        (
            by.attends_danger(3, time(8, 25), note),
            by.classifies(3, wording, priority=True, urgent=True),
            by.assigns(3, by.cast.works, "El riesgo ya está acordonado: falta la solución definitiva."),
            by.takes(3, by.cast.works),
        ),
        {"urgent": "true"},
    )
