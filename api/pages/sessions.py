"""Signing in and out."""

from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from api.access import PUBLIC
from api.bodies import FormDep
from api.pages.menu import first_page
from api.pages.visit import PublicVisit, notice_of
from api.rates import Act, Limited
from api.security import credential_of, forget_session, keep_session
from processes.common.errors import SignInNeeded
from processes.common.office_clock import real_now
from processes.directory.accounts import sign_in, sign_out

router = APIRouter()
_NOTICES = {"salida": "Salió de Ventanilla. Hasta pronto."}


@router.get("/ingresar")
def sign_in_page(visit: PublicVisit, volver: str = "") -> Response:
    """The form; somebody who is already in goes on to their work."""
    if visit.person is not None:
        return RedirectResponse(own_address(volver) or first_page(visit.person), 303)
    notice = notice_of(visit.request, _NOTICES)
    if volver and not notice:
        notice = "Ingrese para continuar."
    return visit.show(
        "sign_in.html",
        remembered=True,
        values={"username": ""},
        notice=notice,
        failed=False,
        back=own_address(volver),
    )


@router.post("/ingresar", dependencies=[Depends(PUBLIC), Depends(Limited(Act.SIGN_IN))])
def enter(visit: PublicVisit, sent: FormDep) -> Response:
    """Open a session and go on to where the person was going."""
    username, back = sent.text("username"), own_address(sent.text("volver"))
    settings = visit.office.settings
    try:
        opened = sign_in(
            visit.office.engine,
            username,
            sent.text("password"),
            real_now=real_now(),
            lasting=timedelta(hours=settings.session_hours),
        )
    except SignInNeeded as refusal:
        return visit.show(
            "sign_in.html",
            status=refusal.status,
            values={"username": username},
            notice=refusal.message,
            failed=True,
            back=back,
        )
    response = RedirectResponse(back or first_page(visit.office.with_posts(opened.person)), 303)
    keep_session(response, settings, token=opened.token, expires_at=opened.expires_at)
    return response


@router.post("/salir")
def leave(visit: PublicVisit) -> Response:
    """End the session here and in the office."""
    credential = credential_of(visit.request)
    if credential is not None:
        sign_out(visit.office.engine, credential.token)
    response = RedirectResponse("/ingresar?aviso=salida", 303)
    forget_session(response, visit.office.settings)
    return response


def own_address(address: str) -> str:
    """`address` when it is a page of this office; empty for another site's, so that nobody is led astray."""
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:
        return ""
    own = (
        not parts.scheme and not parts.netloc and parts.path.startswith("/") and not address.startswith("//")
    )
    return address if own and address.isprintable() else ""
