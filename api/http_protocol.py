"""HTTP as the web process reads it: quickly, and never more head of a request than a browser sends."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES = 65_536
"""Request line and headers of one request; what uvicorn's slower parser allows too."""


class BoundedHttp(HttpToolsProtocol):
    """Closes a connection whose head has no end: the parser itself would keep all of it in memory."""

    _in_head = True
    _heads = 0
    _head_bytes = 0

    def data_received(self, data: bytes) -> None:
        """Read what came, and give up on a head that goes on and on."""
        heads, was_in_head = self._heads, self._in_head
        super().data_received(data)
        if was_in_head and heads == self._heads:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                self.send_400_response("Las cabeceras son demasiado largas.")

    def on_headers_complete(self) -> None:
        """The head ended."""
        self._in_head = False
        self._heads += 1
        self._head_bytes = 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request ended; what comes next on this connection is another's head."""
        self._in_head = True
        super().on_message_complete()
