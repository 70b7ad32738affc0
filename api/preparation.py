"""Prepares the home before anything is served: the newest schema, and a sample entity in an empty one.

A process of its own, because what it loads is needed once and the supervisor stays for months.
"""

import sys
from typing import TYPE_CHECKING

import sqlalchemy as sa

from api.clock_rest import slow_down
from api.logs import configure_logs
from api.speech import in_words, say
from processes.common.database import make_engine, upgrade
from processes.common.settings import Settings, load_settings
from processes.samples.progress import sample_is_unfinished

if TYPE_CHECKING:
    from processes.samples.making import SignIn


def main() -> int:
    """Prepare the home of the settings; the exit code."""
    with in_words():
        prepare(load_settings())
    return 0


def prepare(settings: Settings, *, entity: str = "") -> None:
    """Bring the database to the newest schema; fill an empty home with a sample entity.

    For a home that nobody serves now. `entity` is the sample's key, nothing for the short one. Raises
    Conflict when another entity lives here, Invalid for a key that no sample has.
    """
    configure_logs("WARNING")
    upgrade(settings.url)
    engine = make_engine(settings.url)
    if sample_is_unfinished(engine):
        _fill(settings, engine, entity)
    else:
        _tell_what_the_release_changes(settings, engine)
    if slow_down(engine):
        say("El reloj de la muestra vuelve a la velocidad normal; para acelerarlo, «ventanilla demo».")
    engine.dispose()


def _fill(settings: Settings, engine: sa.Engine, entity: str) -> None:
    # What the samples need takes a second to load; a home is empty only once.
    from processes.common.office_clock import OfficeClock  # noqa: PLC0415 - see above
    from processes.petitions.office import open_office  # noqa: PLC0415 - see above
    from processes.samples.making import make_sample  # noqa: PLC0415 - see above

    say("La carpeta está vacía: se crea una entidad de muestra, con personas y peticiones inventadas.")
    make_sample(open_office(settings, clock=OfficeClock(engine), engine=engine), key=entity, show=_show)
    say("Para una entidad real, use «ventanilla init» en otra carpeta (VENTANILLA_HOME).\n")


def _tell_what_the_release_changes(settings: Settings, engine: sa.Engine) -> None:
    """Dates of open petitions never move because the program was updated: somebody reviews it first."""
    # What counting needs takes a second to load, and is needed only after an update.
    from processes.directory.calendar_versions import release_is_another  # noqa: PLC0415 - see above

    if not release_is_another(engine):
        return
    from processes.common.office_clock import OfficeClock  # noqa: PLC0415 - see above
    from processes.petitions.office import open_office  # noqa: PLC0415 - see above
    from processes.petitions.recalculation_preview import count_release_moves  # noqa: PLC0415 - see above

    moves = count_release_moves(open_office(settings, clock=OfficeClock(engine), engine=engine))
    say(
        "Esta versión trae otros festivos u otras reglas de términos. "
        f"Cambiarían {moves} fechas de peticiones abiertas; ninguna cambió."
    )
    say(f"Revíselas y aplíquelas en {settings.public_url}/calendario.")


def _show(sign_ins: "list[SignIn]") -> None:
    say("\nEstas contraseñas se muestran solo esta vez:\n")
    users = max(len(each.person.username) for each in sign_ins)
    for person, password in ((each.person, each.password) for each in sign_ins):
        say(f"  {person.username:<{users}}  {password}  {person.full_name}, {person.position}")
    say("")


if __name__ == "__main__":
    sys.exit(main())
