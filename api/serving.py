"""What the web process does: it serves the doors until it is told to stop."""

import gc

import uvicorn

from api.app import create_app
from api.http_protocol import BoundedHttp
from api.logs import configure_logs
from processes.common.database import make_engine
from processes.common.office_clock import OfficeClock
from processes.common.settings import load_settings
from processes.petitions.office import open_office

_STOP_SECONDS = 20
_IDLE_SECONDS = 30
_OBJECTS_BETWEEN_COLLECTIONS = 20_000


def serve() -> None:
    """Serve this installation. The database is there already: whoever starts this process migrates it."""
    settings = load_settings()
    configure_logs(settings.log_level)
    engine = make_engine(settings.url)
    office = open_office(settings, clock=OfficeClock(engine), engine=engine)
    app = create_app(office)
    _collect_seldom()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        http=BoundedHttp,
        ws="none",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=_STOP_SECONDS,
        timeout_keep_alive=_IDLE_SECONDS,
        limit_concurrency=500,
    )


def _collect_seldom() -> None:
    """Take what is loaded out of the garbage collector's walks, and let it walk less often.

    A case's tasks know each other in circles, so that it cannot be switched off; but it walked after every
    700 objects, the libraries with them, which was a tenth of a step's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    gc.enable()
