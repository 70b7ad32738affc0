"""The ports that the supervisor's children will listen on, looked at before anything starts."""

import errno
import http.client
import socket

from processes.common.errors import Unavailable

_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - read here, to know where to ask
_ASK_SECONDS = 2.0


def check_port(host: str, port: int, *, setting: str) -> None:
    """Make sure that `host` and `port` can be listened on. Raises Unavailable, with what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Unavailable(_why_not(error, host, port, setting)) from error


def status_of(host: str, port: int, path: str) -> int | None:
    """The HTTP status that `path` is answered with there; None when nobody answers within two seconds."""
    connection = http.client.HTTPConnection(_ANY.get(host, host), port, timeout=_ASK_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _why_not(error: OSError, host: str, port: int, setting: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"El puerto {port} ya está en uso. Cierre el programa que lo ocupa o elija otro, "
            f"por ejemplo: {setting}={port + 1} ventanilla serve"
        )
    if error.errno == errno.EACCES:
        return f"El sistema no permite usar el puerto {port}. Elija uno mayor que 1024 con {setting}."
    return f"No se puede atender en la dirección «{host}»: este equipo no la tiene. Revise VENTANILLA_HOST."
