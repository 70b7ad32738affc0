"""Every kind of problem that the doors tell, in words: RFC 9457, and the page that documents them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from processes.common.errors import Invalid, OfficeError
from processes.terms.refusals import RefusedAct

MEDIA_TYPE = "application/problem+json"


class Malformed(OfficeError):
    """What was sent could not even be read: no JSON, a broken form, a wrong encoding."""

    status = 400
    code = "malformed"


class TooSlow(OfficeError):
    """The body came so slowly that it was not waited for."""

    status = 408
    code = "too-slow"


class MethodNotAllowed(OfficeError):
    """The address exists, but not for this method."""

    status = 405
    code = "method-not-allowed"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem: its HTTP status, its short title, and what the caller can do."""

    code: str
    status: int
    title: str
    advice: str


_KINDS = (
    ProblemType(
        "malformed", 400, "No se pudo leer", "Revise el formato y la codificación (UTF-8) de lo que envía."
    ),
    ProblemType(
        "sign-in-needed",
        401,
        "Falta identificarse",
        "Abra una sesión con POST /api/session y envíe su token.",
    ),
    ProblemType(
        "forbidden", 403, "No está permitido", "Su cargo no incluye esta acción; pídala al administrador."
    ),
    ProblemType("not-found", 404, "No existe", "Revise el número, el código o la dirección."),
    ProblemType(
        "method-not-allowed", 405, "Método no admitido", "Use uno de los métodos de la cabecera «Allow»."
    ),
    ProblemType(
        "too-slow", 408, "Demasiado despacio", "Envíe de nuevo; si su conexión es lenta, menos bytes."
    ),
    ProblemType(
        "conflict", 409, "Alguien actuó antes", "Lea de nuevo el estado; «detail» dice quién hizo qué."
    ),
    ProblemType("stale-case", 409, "Alguien actuó al mismo tiempo", "Repita la solicitud."),
    ProblemType("task-not-open", 409, "La tarea ya no está abierta", "Lea de nuevo las tareas que esperan."),
    ProblemType("too-large", 413, "Demasiado grande", "Envíe menos bytes; «detail» dice cuántos se admiten."),
    ProblemType("invalid", 422, "Hay datos por corregir", "«errors» dice qué corregir en cada campo."),
    ProblemType(
        "refused-act",
        422,
        "La ley no lo permite",
        "«detail» dice qué hacer; «citation», la norma.",
    ),
    ProblemType(
        "idempotency-key-reused",
        422,
        "Clave ya usada",
        "Use una Idempotency-Key nueva para cada petición distinta.",
    ),
    ProblemType(
        "unfit-bundle", 422, "El procedimiento no se puede publicar", "«errors» dice qué corregir en él."
    ),
    ProblemType(
        "unsafe-xml", 422, "XML que no se admite", "«detail» dice qué tiene el archivo; guárdelo sin eso."
    ),
    ProblemType(
        "unstorable-state", 422, "El caso no se puede guardar", "«detail» dice qué dato no cabe en el caso."
    ),
    ProblemType(
        "too-many-requests",
        429,
        "Demasiados intentos",
        "Espere los segundos de la cabecera «Retry-After».",
    ),
    ProblemType(
        "internal-error",
        500,
        "Falla de Ventanilla",
        "Intente de nuevo; si sigue, dé el «request_id» al administrador.",
    ),
    ProblemType(
        "unreadable-state", 500, "El caso no se puede leer", "Dé el número de radicado al administrador."
    ),
    ProblemType(
        "unavailable",
        503,
        "No disponible por ahora",
        "Repita la solicitud en unos minutos, con la misma Idempotency-Key.",
    ),
)
PROBLEM_TYPES: Mapping[str, ProblemType] = MappingProxyType({kind.code: kind for kind in _KINDS})
"""By code. A code that is not here is told with the title of its status."""

_BY_STATUS = {kind.status: kind for kind in reversed(_KINDS)}


def problem_type(error: OfficeError) -> ProblemType:
    """How `error` is told."""
    known = PROBLEM_TYPES.get(error.code)
    return known or _BY_STATUS.get(error.status) or PROBLEM_TYPES["internal-error"]


def problem(error: OfficeError, *, docs_url: str, request_id: str) -> dict[str, object]:
    """The members of a problem (RFC 9457, section 3); `errors` names each field that is wrong."""
    kind = problem_type(error)
    members: dict[str, object] = {
        "type": f"{docs_url}#{kind.code}",
        "title": kind.title,
        "status": error.status,
        "detail": error.message,
        "code": error.code,
        "request_id": request_id,
    }
    if isinstance(error, RefusedAct):
        members["citation"] = error.citation
    if isinstance(error, Invalid) and error.fields:
        members["errors"] = [{"field": name, "detail": detail} for name, detail in error.fields.items()]
    return members
