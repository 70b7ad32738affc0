"""Where the files that are not code lie, in a checkout and in an installed wheel alike."""

from pathlib import Path

_OFFICE = Path(__file__).parents[1]


def bpmn_folder() -> Path:
    """The procedure that seeds a new installation: diagrams, decisions, forms and tries.

    A checkout keeps it beside `processes`, where the analyst looks for it; a wheel carries it
    inside. Raises FileNotFoundError when the installation lost it.
    """
    for folder in (_OFFICE / "bpmn", _OFFICE.parent / "bpmn"):
        if folder.is_dir():
            return folder
    message = f"the folder `bpmn` is missing from this installation: {_OFFICE.parent}"
    raise FileNotFoundError(message)
