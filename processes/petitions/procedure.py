"""The procedure that a petition runs on: its diagrams, and where in them the petition stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from processes.common.errors import NotFound
from processes.directory.people import Person
from processes.engine.codec import UnreadableState
from processes.engine.definition import Definition
from processes.engine.places import Drawing, Drawn, Place, drawings_of, files_of_elements, read_places
from processes.petitions.office import Office
from processes.petitions.queries import readable_row
from processes.petitions.tables import BUNDLE_FILES, CASE_STATES

_ENDING = ".bpmn"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place in words: the activities that lead there by their names, and who works there.

    `lane` is empty, and `awaits_a_person` false, where the petition waits for the clock, the citizen or
    another part of its procedure.
    """

    way: tuple[str, ...]
    lane: str
    awaits_a_person: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram of the procedure and the elements in it at which the petition stands.

    `tasks` wait for a person, or lead to one who does; `waits` wait for anything else.
    """

    drawing: Drawing
    tasks: tuple[str, ...]
    waits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """Where a petition stands, and the diagrams of its version, the main one first.

    `places` is empty once the petition has ended, and while its state cannot be read: that is an
    incident of its own. `titles` are those of the diagrams, by the elements drawn in them.
    """

    places: tuple[Whereabouts, ...]
    diagrams: tuple[Diagram, ...]
    titles: Mapping[str, str]


def procedure_of(office: Office, person: Person, filing_number: str) -> Procedure:
    """The procedure of a petition that `person` may read. Raises NotFound, Forbidden."""
    with office.read() as connection:
        row = readable_row(connection, person, filing_number)
        kept = sa.select(CASE_STATES.c.bundle, CASE_STATES.c.state)
        bundle, state = connection.execute(kept.where(CASE_STATES.c.petition_id == row["id"])).one()
    definition = office.definitions.get(bundle)
    drawings = drawings_of(definition)
    titles = {drawing.file: drawing.title for drawing in drawings}
    places = _places(definition, bytes(state))
    return Procedure(
        places=tuple(dict.fromkeys(_whereabouts(definition, place) for place in places)),
        diagrams=tuple(_diagram(drawing, places) for drawing in drawings),
        titles={element: titles[file] for element, file in files_of_elements(definition).items()},
    )


def diagram_of(office: Office, person: Person, filing_number: str, file: str) -> bytes:
    """A diagram of the version that a petition runs on, byte for byte. Raises NotFound, Forbidden."""
    with office.read() as connection:
        row = readable_row(connection, person, filing_number)
        query = (
            sa.select(BUNDLE_FILES.c.content)
            .join(CASE_STATES, CASE_STATES.c.bundle == BUNDLE_FILES.c.bundle)
            .where(CASE_STATES.c.petition_id == row["id"], BUNDLE_FILES.c.name == file)
        )
        content = connection.scalar(query) if file.endswith(_ENDING) else None
    if content is None:
        raise NotFound("Ese diagrama no es del procedimiento de esta petición.")
    return bytes(content)


def _places(definition: Definition, state: bytes) -> tuple[Place, ...]:
    try:
        return read_places(definition, state)
    except UnreadableState:
        return ()


def _whereabouts(definition: Definition, place: Place) -> Whereabouts:
    *around, last = place.way
    named = [
        step.name for step, inside in zip(around, place.way[1:], strict=True) if _tells(step, inside, last)
    ]
    lane = definition.elements[last.element].lane if place.awaits_a_person else ""
    return Whereabouts(tuple(filter(None, (*named, last.name))), lane, place.awaits_a_person)


def _tells(step: Drawn, inside: Drawn, last: Drawn) -> bool:
    """Whether `step` says something: a frame around the activity that calls another diagram does not."""
    return step.file != inside.file or inside is last


def _diagram(drawing: Drawing, places: tuple[Place, ...]) -> Diagram:
    tasks = _drawn_in(drawing.file, (place for place in places if place.awaits_a_person))
    waits = _drawn_in(drawing.file, (place for place in places if not place.awaits_a_person))
    return Diagram(drawing, tasks, tuple(each for each in waits if each not in tasks))


def _drawn_in(file: str, places: Iterable[Place]) -> tuple[str, ...]:
    """The innermost element in `file` of each place that lies in it or below it."""
    innermost = ([step.element for step in place.way if step.file == file][-1:] for place in places)
    return tuple(dict.fromkeys(element for elements in innermost for element in elements))
