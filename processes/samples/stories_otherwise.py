"""Stories of petitions that went another way: given up, refused, sent on, come back, not solved."""

from datetime import time

from processes.samples.hands import Hands
from processes.samples.story import Told
from processes.samples.wording import Wording


def incomplete(by: Hands, wording: Wording) -> Told:
    """The citizen is asked for what is missing; the term stands still."""
    why = "Falta decir la dirección y adjuntar fotos o documentos de lo que cuenta, para poder ir a verlo."
    return Told(
        6, time(9, 30), (by.classifies(6, wording, admission="incomplete"), by.asks_to_complete(5, why))
    )


def kickbacks(by: Hands, wording: Wording) -> Told:
    """Under reserve and without mail: the receipt waits on paper for the custodian of identities."""
    acts = (
        by.hands_out_receipt(3),
        by.classifies(3, wording, priority=True),
        by.assigns(2, by.discipline, "Con reserva: no la comente con la dependencia de la que habla."),
    )
    form = {"channel": "letter", "reserve_identity": "true"}
    return Told(3, time(8, 35), acts, form, at_desk=True)


def not_ours(by: Hands, wording: Wording) -> Told:
    """Another body's: transferred."""
    why = "Es de competencia de esa entidad, que ejerce la autoridad en este asunto; ella le responderá."
    return Told(
        8,
        time(10, 0),
        (by.classifies(8, wording, admission="not_ours"), by.transfers(7, why)),
    )


def withdrawn(by: Hands, wording: Wording) -> Told:
    """The citizen gave it up."""
    return Told(
        9,
        time(8, 10),
        (
            by.classifies(9, wording),
            by.assigns(8, by.cast.care),
            by.citizen_withdraws(5, "Ya me lo solucionaron por otro lado, muchas gracias."),
        ),
    )


def unclear(by: Hands, wording: Wording) -> Told:
    """Nobody understood it, and it was not clarified: archived; the citizen appeals against that."""
    asked = "No entendimos qué pide. Cuéntenos de qué se trata, dónde ocurre y qué espera de nosotros."
    why = "La petición no se aclaró en los diez días hábiles siguientes a su devolución (CPACA 19)."
    return Told(
        17,
        time(9, 55),
        (
            by.classifies(17, wording, admission="unclear"),
            by.returns_unclear(16, asked),
            by.archives(3, why, "Auto 014"),
            by.citizen_appeals(
                2,
                "Interpongo recurso de reposición. No pude aclarar a tiempo porque estuve hospitalizado y "
                "nadie me llamó. Hablo de la obra que dejaron a medias frente a mi casa: pido que la "
                "terminen o que me digan quién responde por ella.",
            ),
        ),
    )


def rude(by: Hands, wording: Wording) -> Told:
    """Only insults: rejected by a signed act, which waits on paper to be handed over."""
    why = "El escrito solo contiene insultos y amenazas y no hace ninguna petición (CPACA 19)."
    return Told(
        4,
        time(8, 5),
        (by.classifies(4, wording, admission="disrespectful"), by.rejects(2, why, "Auto 015")),
    )


def mistake(by: Hands, _: Wording) -> Told:
    """A number given by mistake."""
    return Told(4, time(8, 20), (by.voids(4, "Se radicó por error al probar el formulario."),))


def judicial(by: Hands, _: Wording) -> Told:
    """No petition: a judicial notice."""
    acts = (by.takes_notice(4, "La recibe el abogado de turno; el informe vence pasado mañana."),)
    return Told(4, time(8, 45), acts, {"channel": "email", "nature": "judicial_notice"}, at_desk=True)


def by_letter(by: Hands, wording: Wording) -> Told:
    """Answered on paper, not delivered yet."""
    acts = (
        by.hands_out_receipt(11),
        by.classifies(11, wording, priority=True),
        by.assigns(10, by.cast.care),
        by.drafts(4, by.cast.care, wording),
        by.approves(3, by.cast.care),
    )
    form = {"channel": "letter", "special_care": "elderly"}
    return Told(11, time(8, 25), acts, form, at_desk=True)


def came_back(by: Hands, wording: Wording) -> Told:
    """Answered on paper, and the letter came back."""
    acts = (
        by.hands_out_receipt(13),
        by.classifies(13, wording),
        by.assigns(12, by.cast.money),
        by.drafts(7, by.cast.money, wording),
        by.approves(6, by.cast.money),
        by.notes_return(3, "El mensajero no encontró la dirección."),
    )
    return Told(13, time(8, 55), acts, {"channel": "letter"}, at_desk=True)


def not_solved(by: Hands, wording: Wording) -> Told:
    """Answered and not solved: it went back to the department once."""
    return Told(
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
