"""The environment of Prefect's processes: a scheduler of our own, on this machine only, that asks nobody."""

import os
from collections.abc import Mapping

from processes.common.settings import Settings

_LOOPBACK = "127.0.0.1"


def scheduler_address(settings: Settings) -> str:
    """Where Prefect's server answers."""
    return f"http://{_LOOPBACK}:{settings.prefect_port}/api"


def scheduler_environment(settings: Settings) -> dict[str, str]:
    """The environment of the server and of the flow runner; creates Prefect's home.

    Nothing of a Prefect that the user may have is taken over: its variables are left out, its
    profiles and its home are not ours.
    """
    home = settings.home / "prefect"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return ours | {
        **_own_server(settings),
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        "VENTANILLA_HOME": str(settings.home),
        "NO_PROXY": _with_loopback(os.environ),
        "no_proxy": _with_loopback(os.environ),
        "PYTHONUNBUFFERED": "1",
    }


def _own_server(settings: Settings) -> dict[str, str]:
    auth = f"ventanilla:{settings.secret('prefect')}"
    return {
        "PREFECT_API_URL": scheduler_address(settings),
        "PREFECT_API_AUTH_STRING": auth,
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_SERVER_API_HOST": _LOOPBACK,
        "PREFECT_SERVER_API_PORT": str(settings.prefect_port),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://{_LOOPBACK}:{settings.prefect_port}",
        # In memory, leases outlive a server that was killed, and fill the limit for ever.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(7 * 24 * 3600),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_CLI_COLORS": "false",
        # A fresh database answers 503 for a moment; the runner's first write waits for it.
        "PREFECT_CLIENT_MAX_RETRIES": "10",
    }


def _with_loopback(environment: Mapping[str, str]) -> str:
    """The hosts that are asked without a proxy, this machine among them."""
    given = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    hosts = [host for host in given.split(",") if host]
    return ",".join([*hosts, _LOOPBACK, "localhost"])
