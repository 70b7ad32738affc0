"""A test speaks with this machine only."""

import socket
import threading

import pytest
from pytest_socket import SocketConnectBlockedError

AN_ADDRESS_FOR_DOCUMENTATION = ("192.0.2.1", 80)


def test_a_test_that_calls_another_machine_fails_before_it_leaves() -> None:
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(AN_ADDRESS_FOR_DOCUMENTATION, timeout=0.1)


def test_a_test_may_call_a_server_of_its_own() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=lambda: server.accept()[0].close())
        answering.start()
        with socket.create_connection(server.getsockname()) as connection:
            assert connection.recv(1) == b""
        answering.join()
