"""What happened to the sample petitions: each as it was filed, and what people did about it, in order.

Days are counted back from the next working day (1 is today, or the last working day on a rest day),
so that the sample is always as fresh as the day it is made on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType

from processes.samples.acts import Moment, StoryAct
from processes.samples.hands import Hands
from processes.samples.sample import Sample
from processes.samples.wording import Wording
from processes.terms.lengths import Length


@dataclass(frozen=True, slots=True)
class Story:
    """A petition as it was filed, and what was done about it.

    `form` is the single form; `at_desk` says that the front desk filled it in for somebody.
    """

    name: str
    filed: Moment
    form: Mapping[str, str]
    acts: tuple[StoryAct, ...] = ()
    at_desk: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """When a petition was filed, what was done about it, and what its form said besides the wording."""

    days: int
    at: time
    acts: tuple[StoryAct, ...] = ()
    form: Mapping[str, str] | None = None
    at_desk: bool = False


_Telling = Callable[[Hands, Wording], _Told]


def stories_of(sample: Sample) -> tuple[Story, ...]:
    """The stories of an entity: one for each of its wordings."""
    return tuple(
        _story(sample, name, wording.placed(sample.words)) for name, wording in sample.wordings.items()
    )


def _story(sample: Sample, name: str, wording: Wording) -> Story:
    told = _TELLINGS[name](Hands(sample), wording)
    form = wording.form() | {"territory": ""} | dict(told.form or {})
    return Story(name, Moment(told.days, told.at), form, told.acts, told.at_desk)


def _street_light(by: Hands, wording: Wording) -> _Told:
    return _Told(
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


def _copies(by: Hands, wording: Wording) -> _Told:
    return _Told(14, time(14, 20), (by.classifies(13, wording),))


def _agreement(by: Hands, wording: Wording) -> _Told:
    acts = (
        by.classifies(12, wording, priority=True),
        by.assigns(11, by.cast.money, "Revisar los alivios vigentes."),
        by.drafts(4, by.cast.money, wording, "partly_granted"),
        by.approves(3, by.cast.money),
    )
    return _Told(12, time(8, 30), acts, {"channel": "desk"}, at_desk=True)


def _potholes(by: Hands, wording: Wording) -> _Told:
    return _Told(
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


def _figures(by: Hands, wording: Wording) -> _Told:
    return _Told(7, time(9, 45), (by.classifies(7, wording),))


def _noise(by: Hands, wording: Wording) -> _Told:
    return _Told(
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


def _reserved(by: Hands, wording: Wording) -> _Told:
    acts = (by.classifies(3, wording, priority=True),)
    return _Told(4, time(14, 25), acts, {"reserve_identity": "true"})


def _after_hours(_: Hands, __: Wording) -> _Told:
    return _Told(3, time(19, 40))


def _suggestion(_: Hands, __: Wording) -> _Told:
    return _Told(2, time(8, 35))


def _tree(by: Hands, wording: Wording) -> _Told:
    return _Told(5, time(8, 15), (by.classifies(5, wording),))


def _incomplete(by: Hands, wording: Wording) -> _Told:
    why = "Falta decir la dirección y adjuntar fotos o documentos de lo que cuenta, para poder ir a verlo."
    return _Told(
        6, time(9, 30), (by.classifies(6, wording, admission="incomplete"), by.asks_to_complete(5, why))
    )


def _extended(by: Hands, wording: Wording) -> _Told:
    why = "El estudio que hay que contratar para responder de fondo tarda más que el término inicial."
    return _Told(
        14,
        time(8, 40),
        (
            by.classifies(14, wording),
            by.assigns(13, by.cast.works),
            by.takes(13, by.cast.works),
            by.extends(5, by.cast.works, Length(25), why),
        ),
    )


def _at_once(by: Hands, wording: Wording) -> _Told:
    acts = (
        by.classifies(6, wording, level=1),
        by.answers_at_once(6, wording),
        by.citizen_says(5, "yes", ""),
        by.closes(4),
    )
    return _Told(6, time(9, 5), acts, {"channel": "phone"}, at_desk=True)


def _not_ours(by: Hands, wording: Wording) -> _Told:
    why = "Es de competencia de esa entidad, que ejerce la autoridad en este asunto; ella le responderá."
    return _Told(
        8,
        time(10, 0),
        (by.classifies(8, wording, admission="not_ours"), by.transfers(7, why)),
    )


def _withdrawn(by: Hands, wording: Wording) -> _Told:
    return _Told(
        9,
        time(8, 10),
        (
            by.classifies(9, wording),
            by.assigns(8, by.cast.care),
            by.citizen_withdraws(5, "Ya me lo solucionaron por otro lado, muchas gracias."),
        ),
    )


def _unclear(by: Hands, wording: Wording) -> _Told:
    asked = "No entendimos qué pide. Cuéntenos de qué se trata, dónde ocurre y qué espera de nosotros."
    why = "La petición no se aclaró en los diez días hábiles siguientes a su devolución (CPACA 19)."
    return _Told(
        17,
        time(9, 55),
        (
            by.classifies(17, wording, admission="unclear"),
            by.returns_unclear(16, asked),
            by.archives(3, why, "Auto 014"),
        ),
    )


def _rude(by: Hands, wording: Wording) -> _Told:
    why = "El escrito solo contiene insultos y amenazas y no hace ninguna petición (CPACA 19)."
    return _Told(
        7,
        time(8, 5),
        (by.classifies(7, wording, admission="disrespectful"), by.rejects(6, why, "Auto 015")),
    )


def _mistake(by: Hands, _: Wording) -> _Told:
    return _Told(4, time(8, 20), (by.voids(4, "Se radicó por error al probar el formulario."),))


def _judicial(by: Hands, _: Wording) -> _Told:
    acts = (by.takes_notice(4, "La recibe el abogado de turno; el informe vence pasado mañana."),)
    return _Told(4, time(8, 45), acts, {"channel": "email", "nature": "judicial_notice"}, at_desk=True)


def _by_letter(by: Hands, wording: Wording) -> _Told:
    acts = (
        by.hands_out_receipt(11),
        by.classifies(11, wording, priority=True),
        by.assigns(10, by.cast.care),
        by.drafts(4, by.cast.care, wording),
        by.approves(3, by.cast.care),
    )
    form = {"channel": "letter", "special_care": "elderly"}
    return _Told(11, time(8, 25), acts, form, at_desk=True)


def _came_back(by: Hands, wording: Wording) -> _Told:
    acts = (
        by.hands_out_receipt(13),
        by.classifies(13, wording),
        by.assigns(12, by.cast.money),
        by.drafts(7, by.cast.money, wording),
        by.approves(6, by.cast.money),
        by.notes_return(3, "El mensajero no encontró la dirección."),
    )
    return _Told(13, time(8, 55), acts, {"channel": "letter"}, at_desk=True)


def _not_solved(by: Hands, wording: Wording) -> _Told:
    return _Told(
        13,
        time(8, 0),
        (
            by.classifies(13, wording),
            by.assigns(12, by.cast.works),
            by.drafts(9, by.cast.works, wording, "informed"),
            by.approves(8, by.cast.works),
            by.citizen_says(5, "no", "Me contestan que sí, pero todo sigue igual."),
            by.sends_back(4, "La respuesta repite lo que dijo otro y no se comprobó en el sitio."),
        ),
    )


def _danger(by: Hands, wording: Wording) -> _Told:
    note = "Se avisó a bomberos y a la empresa de energía, que acordonaron el sitio a las 8:20."
    return _Told(
        3,
        time(8, 0),
        (
            by.attends_danger(3, time(8, 25), note),
            by.classifies(3, wording, priority=True),
            by.assigns(3, by.cast.works, "El riesgo ya está acordonado: falta la solución definitiva."),
            by.takes(3, by.cast.works),
        ),
        {"urgent": "true"},
    )


_TELLINGS: Mapping[str, _Telling] = MappingProxyType(
    {
        "street_light": _street_light,
        "copies": _copies,
        "agreement": _agreement,
        "potholes": _potholes,
        "figures": _figures,
        "noise": _noise,
        "reserved": _reserved,
        "after_hours": _after_hours,
        "suggestion": _suggestion,
        "tree": _tree,
        "incomplete": _incomplete,
        "extended": _extended,
        "at_once": _at_once,
        "not_ours": _not_ours,
        "withdrawn": _withdrawn,
        "unclear": _unclear,
        "rude": _rude,
        "mistake": _mistake,
        "judicial": _judicial,
        "by_letter": _by_letter,
        "came_back": _came_back,
        "not_solved": _not_solved,
        "danger": _danger,
    }
)
"""How each wording went, by its name."""
