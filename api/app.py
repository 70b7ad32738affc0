"""The web process's application: every door on one office."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import anyio.to_thread
from fastapi import FastAPI

from api import health, pages
from api.delivery import Delivery
from api.documentation import describe
from api.edge import Edge
from api.errors import install_error_handlers
from api.metrics import Metrics
from api.pages.rendering import STATIC
from api.rates import Rates
from api.routes import (
    approvals,
    calendar,
    catalogue,
    danger,
    desk,
    due_dates,
    duties,
    form_lists,
    legal,
    letters,
    notices,
    office_tasks,
    people,
    petitions,
    reference,
    registry,
    reports,
    session,
    substitutions,
    work_items,
)
from api.static_files import AssetFiles
from notifications.send import Sender
from processes.common.mail import make_sender
from processes.common.office_clock import real_now
from processes.petitions.office import Office

_THREADS = 12
"""Requests that work at once: more would only wait for the database and the interpreter's lock."""


def create_app(office: Office, *, sender: Sender | None = None) -> FastAPI:
    """The doors of `office`; messages leave by `sender`, or as the settings say.

    The application works without its lifespan too, but then delivers no message.
    """
    delivery = Delivery(sender or make_sender(office.settings))
    office = replace(office, after_commit=delivery.wake)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
        delivery.start(office)
        yield
        await anyio.to_thread.run_sync(delivery.stop)
        office.engine.dispose()

    app = FastAPI(
        title="Ventanilla",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.office = office
    app.state.started_at = real_now()
    app.state.metrics = Metrics(office)
    app.state.rates = Rates(office.settings)
    app.state.csrf_key = office.settings.secret("csrf").encode()
    install_error_handlers(app)
    for_the_clock = (due_dates, legal, people, approvals, calendar)
    for_programs = (
        work_items,
        petitions,
        desk,
        danger,
        registry,
        letters,
        notices,
        duties,
        *for_the_clock,
        session,
        substitutions,
        catalogue,
        form_lists,
        reports,
        office_tasks,
    )
    for room in (*for_programs, pages, reference, health):
        # As they are: what is included is built a second time, at the first request of each application.
        app.router.routes.extend(room.router.routes)
    app.mount("/static", AssetFiles(directory=STATIC), name="static")
    app.add_middleware(Edge, settings=office.settings, metrics=app.state.metrics)
    describe(app)
    return app
