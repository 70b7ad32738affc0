"""The legal acts in the words of the pages: their address, what they do, and what each form asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from processes.terms.events import LegalEventKind as Kind

WHEN = "happened"
"""The pair of fields for the day and the hour; every act has it."""


@dataclass(frozen=True, slots=True)
class ActWords:
    """One act: `slug` in the address, `verb` on its link, `what` it does, the `fields` of its form.

    `reason` and `authority` label their fields where the form has them. `button` sends the citizen's form
    where the verb is not enough, `done` is what the citizen is told then; `free` asks no words.
    """

    slug: str
    verb: str
    what: str
    fields: tuple[str, ...] = ()
    reason: str = "Motivo"
    authority: str = "Entidad"
    button: str = ""
    done: str = "Recibimos lo que nos envió. Abajo está cómo quedó su petición."
    free: bool = False


OFFICE_ACTS: Mapping[Kind, ActWords] = MappingProxyType(
    {
        Kind.COMPLETION_REQUESTED: ActWords(
            "requerir",
            "Requerir al ciudadano para que complete",
            "Le dice al ciudadano qué falta. El término se suspende desde que se le avisa y se reactiva, con "
            "los días que queden, cuando complete.",
            ("reason", "length", "files"),
            reason="Qué debe completar o aportar, y por qué hace falta",
        ),
        Kind.COMPLETED: ActWords(
            "completada",
            "Anotar que el ciudadano completó",
            "Lo que faltaba llegó por ventanilla, correo o carta. El término se reactiva al día siguiente.",
            ("reason", "files"),
            reason="Qué entregó",
        ),
        Kind.COMPLETION_EXTENSION_ASKED: ActWords(
            "prorroga-del-ciudadano",
            "Anotar que el ciudadano pidió más tiempo",
            "Antes de que se acabe su plazo, el ciudadano pide otro igual para completar.",
            ("reason",),
            reason="Cómo lo pidió",
        ),
        Kind.DEEMED_WITHDRAWN: ActWords(
            "desistimiento-tacito",
            "Decretar el desistimiento tácito",
            "El plazo para completar terminó sin respuesta. Necesita un acto motivado que se notifica en "
            "persona y admite reposición; el ciudadano puede volver a radicar.",
            ("reason", "act_number", "files"),
            reason="Motivación del acto",
        ),
        Kind.WITHDRAWN: ActWords(
            "desistimiento",
            "Anotar el desistimiento expreso",
            "El ciudadano dice que no quiere seguir con su petición.",
            ("reason", "files"),
            reason="Qué manifestó y por qué medio",
        ),
        Kind.CONTINUED_EX_OFFICIO: ActWords(
            "continuar-de-oficio",
            "Continuar de oficio",
            "Por interés general y con resolución motivada, la entidad sigue aunque el ciudadano desistió.",
            ("reason", "act_number", "files"),
            reason="Razones de interés general",
        ),
        Kind.RETURNED_UNCLEAR: ActWords(
            "devolver-para-aclarar",
            "Devolver para que se aclare",
            "No se comprende qué se pide. El ciudadano tiene diez días para aclararlo. No sirve para una "
            "petición incompleta ni mal dirigida.",
            ("reason", "files"),
            reason="Qué es lo que no se comprende",
        ),
        Kind.CLARIFIED: ActWords(
            "aclarada",
            "Anotar que el ciudadano aclaró",
            "La aclaración llegó por ventanilla, correo o carta.",
            ("reason", "files"),
            reason="Qué aclaró",
        ),
        Kind.ARCHIVED_UNCLEAR: ActWords(
            "archivar",
            "Archivar por no aclararse",
            "Los diez días para aclarar terminaron sin respuesta.",
            ("reason", "act_number", "files"),
            reason="Motivación del archivo",
        ),
        Kind.REJECTED_DISRESPECTFUL: ActWords(
            "rechazar-por-irrespetuosa",
            "Rechazar por irrespetuosa",
            "Solo cuando el escrito ofende; necesita un acto motivado.",
            ("reason", "act_number", "files"),
            reason="Motivación del rechazo",
        ),
        Kind.EXTENSION_TOLD: ActWords(
            "prorrogar",
            "Prorrogar el término",
            "Excepcional y una sola vez: antes de que venza se le dicen al ciudadano las razones y la fecha "
            "nueva.",
            ("reason", "length", "matters", "files"),
            reason="Por qué no se puede responder a tiempo",
        ),
        Kind.NOTICE_RETURNED: ActWords(
            "aviso-devuelto",
            "Anotar que un aviso no se entregó",
            "El correo rebotó o la carta volvió. Un aviso que no llegó no mueve el término; una respuesta "
            "que no llegó se entrega de nuevo.",
            ("of", "reason", "files"),
            reason="Cómo se supo",
        ),
        Kind.TRANSFERRED_OUT: ActWords(
            "trasladar",
            "Trasladar a la entidad competente",
            "La petición no es de esta entidad: se envía a la competente y se le dice al ciudadano.",
            ("authority", "reason", "matters", "act_number", "files"),
            reason="Por qué es competente la otra entidad",
            authority="Entidad competente",
        ),
        Kind.RECEIVED_BY_COMPETENT: ActWords(
            "recibida-por-la-competente",
            "Anotar que la entidad competente la recibió",
            "El término de la otra entidad empieza al día siguiente de recibirla.",
            ("authority", "reason", "files"),
            reason="Constancia del recibo",
            authority="Entidad que la recibió",
        ),
        Kind.REASSIGNED: ActWords(
            "reasignar",
            "Reasignar a otra dependencia",
            "Cambia la dependencia que responde. El término sigue igual: nunca vuelve a empezar.",
            ("department", "reason"),
        ),
        Kind.RECLASSIFIED: ActWords(
            "reclasificar",
            "Cambiar la clase",
            "El término pasa a ser el de la nueva clase, contado desde la misma radicación. Si lo alarga, "
            "lo aprueba el jefe de la Oficina de Relación con el Ciudadano.",
            ("new_kind", "matters", "reason"),
            reason="Por qué es de esa clase",
        ),
        Kind.REFUSED_BY_RESERVE: ActWords(
            "negar-por-reserva",
            "Negar por reserva",
            "Niega información o documentos reservados. Debe citar la norma exacta y notificarse; el resto "
            "se entrega.",
            ("reason", "act_number", "matters", "files"),
            reason="Norma que establece la reserva, y por qué aplica",
        ),
        Kind.NOTIFIED: ActWords(
            "notificada",
            "Anotar una notificación",
            "El acto se le notificó al ciudadano; desde el día siguiente corren sus recursos.",
            ("of", "reason", "files"),
            reason="Cómo se notificó",
        ),
        Kind.INSISTED: ActWords(
            "insistencia",
            "Anotar que el ciudadano insistió",
            "Pidió por escrito que un juez decida sobre la reserva.",
            ("reason", "files"),
            reason="Qué presentó",
        ),
        Kind.POSITIVE_SILENCE: ActWords(
            "silencio-positivo",
            "Reconocer el silencio positivo",
            "Pasaron los diez días sin respuesta: la solicitud de información o documentos se entiende "
            "aceptada, ya no se puede negar, y hay tres días para entregar las copias.",
            ("reason",),
        ),
        Kind.NEGATIVE_SILENCE: ActWords(
            "silencio-negativo",
            "Anotar el silencio negativo",
            "Pasaron tres meses sin notificar respuesta. No termina el deber de responder ni cierra el caso.",
            ("reason",),
        ),
        Kind.APPEALED: ActWords(
            "recurso",
            "Anotar un recurso",
            "El ciudadano recurrió el acto.",
            ("reason", "files"),
            reason="Qué recurso presentó",
        ),
        Kind.APPEAL_DECIDED: ActWords(
            "decision-del-recurso",
            "Decidir el recurso",
            "El acto que decide el recurso, con sus razones, se notifica en persona. A los dos meses sin "
            "notificarlo se entiende negado, y el deber de decidir sigue.",
            ("reason", "act_number", "files"),
            reason="Qué se decidió y por qué",
        ),
        Kind.JUDGE_ORDERED: ActWords(
            "orden-del-juez",
            "Anotar que un juez pide informe",
            "Una tutela pide un informe en el plazo que fija el juez.",
            ("authority", "length", "reason", "files"),
            reason="Qué ordenó",
            authority="Juzgado",
        ),
        Kind.JUDGE_RULED: ActWords(
            "fallo",
            "Anotar un fallo",
            "Un juez ordena responder o cumplir en el plazo que fija.",
            ("authority", "length", "reason", "files"),
            reason="Qué ordenó",
            authority="Juzgado",
        ),
        Kind.ORDER_MET: ActWords(
            "orden-cumplida",
            "Anotar que se cumplió la orden",
            "El informe se rindió o el fallo se cumplió.",
            ("reason", "files"),
            reason="Cómo se cumplió",
        ),
        Kind.PORTAL_FAILED: ActWords(
            "falla-del-portal",
            "Anotar una falla del medio electrónico",
            "El portal falló y hay prueba: quien lo intentó tiene tres días para insistir.",
            ("reason", "files"),
            reason="Qué falló, cuándo, y cuál es la prueba",
        ),
    }
)
"""What an official carries out; the answer and the cancelled number have forms of their own."""

CITIZEN_ACTS: Mapping[Kind, ActWords] = MappingProxyType(
    {
        Kind.COMPLETED: ActWords(
            "completar",
            "Completar mi petición",
            "Escriba o adjunte lo que le pedimos. Desde el día siguiente vuelve a correr el plazo para "
            "responderle.",
            ("text", "files"),
            reason="Su respuesta a lo que le pedimos",
        ),
        Kind.COMPLETION_EXTENSION_ASKED: ActWords(
            "pedir-mas-tiempo",
            "Pedir más tiempo para completar",
            "Puede pedir una vez otro plazo igual, antes de que termine el suyo.",
            ("text",),
            reason="Por qué necesita más tiempo",
            done="Quedó registrado que pidió más tiempo. Abajo está su nueva fecha para completar.",
            free=True,
        ),
        Kind.CLARIFIED: ActWords(
            "aclarar",
            "Aclarar mi petición",
            "Explique con otras palabras qué pide.",
            ("text", "files"),
            reason="Su explicación",
        ),
        Kind.WITHDRAWN: ActWords(
            "desistir",
            "Desistir de mi petición",
            "Si desiste, dejamos de tramitarla y no le respondemos, salvo que la entidad decida seguir por "
            "interés público (Ley 1437 de 2011, artículo 18). Puede radicarla de nuevo cuando quiera.",
            ("text",),
            reason="Por qué desiste",
            button="Sí, desisto de mi petición",
            done="Quedó registrado su desistimiento. Puede radicar de nuevo cuando quiera.",
            free=True,
        ),
        Kind.INSISTED: ActWords(
            "insistir",
            "Insistir en la información que se me negó",
            "Un juez decidirá si la información es reservada.",
            ("text", "files"),
            reason="Por qué insiste",
            done="Recibimos su insistencia. Un juez decidirá si la información es reservada.",
        ),
        Kind.APPEALED: ActWords(
            "recurrir",
            "Presentar un recurso",
            "Diga con qué no está de acuerdo y por qué.",
            ("text", "files"),
            reason="Su recurso",
            done="Recibimos su recurso. Abajo está cómo quedó su petición.",
        ),
    }
)
"""What a citizen does with number and code."""


def act_at(acts: Mapping[Kind, ActWords], slug: str) -> Kind | None:
    """The act whose address ends with `slug`; None for an address that leads to none."""
    return next((kind for kind, words in acts.items() if words.slug == slug), None)
