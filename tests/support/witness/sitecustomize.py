"""Python imports a module of this name when it starts: this one writes down each host that is asked for."""

import os
import sys

_LOG = os.environ["WITNESS_LOG"]
_OF_A_HOST = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_OF_AN_ADDRESS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


def _host(event: str, arguments: tuple[object, ...]) -> object:
    """The host that an event names; None where it names none, as on a socket of the file system."""
    if event in _OF_A_HOST:
        return arguments[0]
    if event in _OF_AN_ADDRESS and isinstance(arguments[1], tuple):
        return arguments[1][0]
    return None


def _program() -> str:
    """The module that runs, as it was asked for: what a process is, before it has imported anything."""
    words = sys.orig_argv
    return words[words.index("-m") + 1] if "-m" in words else "-c"


def _note(event: str, arguments: tuple[object, ...]) -> None:
    host = _host(event, arguments)
    if host is not None:
        name = host.decode() if isinstance(host, bytes) else str(host)
        descriptor = os.open(_LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(descriptor, f"{_program()}\t{name}\n".encode())
        os.close(descriptor)


sys.addaudithook(_note)
