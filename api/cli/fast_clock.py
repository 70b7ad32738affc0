"""The speed of the office clock from the command line, in a demonstration and nowhere else."""

from api.cli.installation import any_office_here, office_here
from api.demonstration import check_demonstration, run_fast
from api.home_lock import is_held
from api.preparation import prepare
from processes.common.settings import load_settings
from processes.petitions.office import Office
from processes.samples.entities import sample_of
from processes.samples.making import check_place


def set_speed(speed: int, *, entity: str = "") -> bool:
    """Set the clock's speed now when the office is being served, and say what to watch; else False.

    An office that nobody serves is prepared for it, and its speed is left to the supervisor. `entity`
    is the sample to be shown, which must be the one that is there; nothing for whichever it is. Raises
    Conflict for another, Invalid for one that there is not.
    """
    settings = load_settings()
    sample_of(entity)
    if is_held(settings.home):
        with office_here() as office:
            _check_entity(office, entity)
            run_fast(office, speed)
        return True
    prepare(settings, entity=entity)
    with any_office_here() as office:
        _check_entity(office, entity)
        check_demonstration(office, speed)
    return False


def _check_entity(office: Office, entity: str) -> None:
    if entity:
        check_place(office, entity)
