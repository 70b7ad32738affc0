"""A test speaks with this machine only."""

import socket

import pytest

AN_ADDRESS_FOR_DOCUMENTATION = ("192.0.2.1", 80)


def test_a_test_that_calls_another_machine_fails_before_it_leaves() -> None:
    # The plugin warns before it refuses, and a warning is an error here.
    with pytest.raises(UserWarning, match=r"A test tried to use socket.*192\.0\.2\.1"):
        socket.create_connection(AN_ADDRESS_FOR_DOCUMENTATION, timeout=0.1)


def test_a_test_may_call_a_server_of_its_own() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as connection,
    ):
        assert connection.getpeername() == server.getsockname()
