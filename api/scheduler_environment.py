"""The environment of Prefect's processes: a scheduler of our own that asks nobody, or one that is given."""

import os
from collections.abc import Mapping

from processes.common.settings import Settings

_LOOPBACK = "127.0.0.1"


def scheduler_address(settings: Settings) -> str:
    """Where Prefect's server answers: the one of the settings, or our own."""
    if settings.prefect_api_url:
        return settings.prefect_api_url.rstrip("/")
    return f"http://{_LOOPBACK}:{settings.prefect_port}/api"


def scheduler_auth(settings: Settings) -> str:
    """User and password of Prefect's server, with a colon between them; empty when it asks for none."""
    if settings.prefect_api_url:
        return settings.prefect_api_auth.get_secret_value()
    return f"ventanilla:{settings.secret('prefect')}"


def scheduler_environment(settings: Settings) -> dict[str, str]:
    """The environment of the server, of the flow runner and of whoever asks; creates Prefect's home.

    Nothing of a Prefect that the user may have is taken over: its variables are left out, its
    profiles and its home are not ours.
    """
    home = settings.home / "prefect"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return ours | {
        **_client(settings),
        **({} if settings.prefect_api_url else _own_server(settings)),
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "VENTANILLA_HOME": str(settings.home),
        "NO_PROXY": _with_loopback(os.environ),
        "no_proxy": _with_loopback(os.environ),
        "PYTHONUNBUFFERED": "1",
    }


def _client(settings: Settings) -> dict[str, str]:
    auth = scheduler_auth(settings)
    return {
        "PREFECT_API_URL": scheduler_address(settings),
        **({"PREFECT_API_AUTH_STRING": auth} if auth else {}),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_CLI_COLORS": "false",
        # A fresh database answers 503 for a moment; the first write waits for it.
        "PREFECT_CLIENT_MAX_RETRIES": "10",
    }


def _own_server(settings: Settings) -> dict[str, str]:
    database = settings.home / "prefect" / "prefect.db"
    return {
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{database}",
        "PREFECT_SERVER_API_AUTH_STRING": scheduler_auth(settings),
        "PREFECT_SERVER_API_HOST": _LOOPBACK,
        "PREFECT_SERVER_API_PORT": str(settings.prefect_port),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://{_LOOPBACK}:{settings.prefect_port}",
        # In memory, leases outlive a server that was killed, and fill the limit for ever.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(7 * 24 * 3600),
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    }


def _with_loopback(environment: Mapping[str, str]) -> str:
    """The hosts that are asked without a proxy, this machine among them."""
    given = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    hosts = [host for host in given.split(",") if host]
    return ",".join([*hosts, _LOOPBACK, "localhost"])
