"""A demonstration: the office clock runs fast, and what is due comes due before one's eyes."""

import sys
import threading
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from babel.dates import format_datetime

from api.logs import configure_logs
from api.speech import in_words, say
from processes.common.calendar import BOGOTA
from processes.common.database import make_engine
from processes.common.errors import Conflict, Invalid
from processes.common.office_clock import MAX_SPEED, OfficeClock, real_now, set_office_time
from processes.common.settings import load_settings
from processes.directory.people import contacts_with_role
from processes.directory.roles import Role
from processes.petitions.office import Office, open_office
from processes.petitions.sweep_tables import SWEEP_RUNS
from processes.petitions.tables import PETITIONS
from processes.reports.periods import Cadence, morning_of, period_of, reporting_day
from processes.reports.warnings import circular_day_of

_WHEN = "EEEE d 'de' MMMM 'a las' HH:mm"
_MINUTE_SECONDS = 60
_HOUR_SECONDS = 3600
_DAY_SECONDS = 24 * _HOUR_SECONDS
_POLL_SECONDS = 1.0


def main(speed: int) -> int:
    """Wait for the scheduler's first sweep, then start the demonstration; the exit code.

    Run by the supervisor: a clock that runs before anything sweeps would only be late for everything.
    """
    with in_words():
        settings = load_settings()
        configure_logs("WARNING")
        engine = make_engine(settings.url)
        office = open_office(settings, clock=OfficeClock(engine), engine=engine)
        started = real_now()
        while _last_sweep(office, started) <= started:
            threading.Event().wait(_POLL_SECONDS)
        run_fast(office, speed)
        engine.dispose()
    return 0


def run_fast(office: Office, speed: int) -> None:
    """Make the office clock run `speed` times as fast from now on, and say what to watch.

    Raises Conflict where a real entity or petition lives, Invalid for a speed that no clock has.
    """
    check_demonstration(office, speed)
    with office.write() as connection:
        set_office_time(connection, office_now=office.now(), speed=speed)
    say(_pace(speed))
    # The clock that was read before the change still tells the old pace.
    now = OfficeClock(office.engine).now()
    say(_what_to_watch(office, now, speed))
    say(_what_follows(office, now, speed))


def check_demonstration(office: Office, speed: int) -> None:
    """Raises Conflict unless everything here is a sample, and Invalid for a speed that no clock has."""
    if not 1 <= speed <= MAX_SPEED:
        raise Invalid(f"La velocidad debe estar entre 1 y {MAX_SPEED}: 3600 es una hora por segundo.")
    with office.read() as connection:
        count = sa.select(sa.func.count()).select_from(PETITIONS).where(PETITIONS.c.sample.is_(False))
        real = connection.scalar(count) or 0
    if real or not office.entity().demonstration:
        found = {0: "una entidad real", 1: "una petición real"}.get(real, f"{real} peticiones reales")
        raise Conflict(
            f"En {office.settings.home} hay {found}: su reloj no se puede acelerar, porque de él dependen "
            "los términos legales. Para una demostración use otra carpeta, por ejemplo: "
            "VENTANILLA_HOME=demostracion ventanilla demo"
        )


def _last_sweep(office: Office, earliest: datetime) -> datetime:
    """Real time of the last sweep, or `earliest` when there was none since."""
    with office.read() as connection:
        last: datetime | None = connection.scalar(sa.select(sa.func.max(SWEEP_RUNS.c.finished_at)))
    return earliest if last is None else max(last, earliest)


def _pace(speed: int) -> str:
    if speed == 1:
        return "El reloj de la oficina vuelve a correr a la velocidad normal, desde la hora en que está."
    return f"El reloj de la oficina corre {speed} veces más rápido: {_in_words(speed)} por segundo."


def _what_to_watch(office: Office, now: datetime, speed: int) -> str:
    columns = (PETITIONS.c.filing_number, PETITIONS.c.subject, PETITIONS.c.next_wake_at)
    query = sa.select(*columns).where(columns[-1].is_not(None)).order_by(columns[-1]).limit(1)
    with office.read() as connection:
        first = connection.execute(query).one_or_none()
    if first is None:
        return "No queda ninguna alerta por vencer: radique una petición y asígnela, y tendrá las suyas."
    address = office.settings.public_url
    return (
        f"Mire la petición {first.filing_number}, «{first.subject}»:\n"
        f"  {address}/peticiones/{first.filing_number}\n"
        f"Su próxima alerta vence el {_when(first.next_wake_at, now, speed)}.\n"
        "El aviso sale en los 10 segundos siguientes, y se ve en\n"
        f"  {address}/mensajes\n"
        f"{_who_sees_it(office)}"
    )


def _what_follows(office: Office, now: datetime, speed: int) -> str:
    """The circular of the coming fortnightly report, unless its day is over, and the report."""
    return "Después vienen, también en los mensajes:\n" + "\n".join(
        f"  {what}, el {_when(at, now, speed)}." for what, at in _of_the_fortnight(office, now)
    )


def _of_the_fortnight(office: Office, now: datetime) -> Iterator[tuple[str, datetime]]:
    period = period_of(Cadence.FORTNIGHT, reporting_day(now))
    circular = morning_of(circular_day_of(period, office.entity().calendar))
    if now < circular:
        yield "la circular del informe quincenal", circular
    yield "el informe quincenal, que se revisa y se envía en «Informes»", morning_of(period.reported_on)


def _when(at: datetime, now: datetime, speed: int) -> str:
    """An instant of the office, and how long one waits for it."""
    spoken = format_datetime(at, _WHEN, tzinfo=BOGOTA, locale="es_CO")
    seconds = max(0, round((at - now).total_seconds() / speed))
    return f"{spoken} (hora de la oficina), dentro de {_in_words(seconds)}"


def _who_sees_it(office: Office) -> str:
    with office.read() as connection:
        heads = contacts_with_role(connection, Role.CITIZEN_SERVICE_HEAD)
    return "".join(
        f"Ingrese como {head.username} ({head.full_name}), de la oficina que reparte las peticiones."
        for head in heads[:1]
    )


def _in_words(seconds: int) -> str:
    """A span in its largest fitting unit: 90 is `2 minutos`."""
    for unit_seconds, one, many in (
        (_DAY_SECONDS, "día", "días"),
        (_HOUR_SECONDS, "hora", "horas"),
        (_MINUTE_SECONDS, "minuto", "minutos"),
    ):
        if seconds >= unit_seconds:
            number = round(seconds / unit_seconds)
            return f"{number} {one if number == 1 else many}"
    return f"{seconds} segundo" if seconds == 1 else f"{seconds} segundos"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
