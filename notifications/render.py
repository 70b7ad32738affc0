"""Templates become messages: a subject, plain text and HTML.

A template is a folder of `templates/` with `subject.txt`, `body.txt` and `body.html`. Where both
bodies say the same, the folder has a `words.txt`: its text reaches both as `words`, plain. A template
runs in a sandbox, knows only the values that it is given and fails when one is missing. Values are
never read as templates, and markup in them is shown literally.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from notifications import spanish

TEMPLATES = Path(__file__).parent / "templates"


class RenderError(Exception):
    """A message could not be written; `message` says why in Spanish, for an administrator."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready to be sent; `subject` is one line."""

    subject: str
    text: str
    html: str


def render(template: str, context: Mapping[str, object]) -> Rendered:
    """The message of `template` with the values of `context`.

    `notifications.messages` declares which values each template needs. Raises RenderError for an
    unknown template, a missing value or one of the wrong type.
    """
    if template not in template_names():
        raise RenderError(f"No existe la plantilla de mensaje «{template}».")
    environment = _environment()
    try:
        subject = spanish.one_line(environment.get_template(f"{template}/subject.txt").render(context))
        if (TEMPLATES / template / "words.txt").exists():
            words = environment.get_template(f"{template}/words.txt").render(context)
            context = {**context, "words": words}
        text = environment.get_template(f"{template}/body.txt").render(context)
        html = environment.get_template(f"{template}/body.html").render({**context, "subject_line": subject})
    except TemplateError as error:
        raise RenderError(
            f"La plantilla de mensaje «{template}» no se pudo escribir: {error.message}."
        ) from error
    return Rendered(subject=subject, text=text.strip() + "\n", html=html)


@cache
def template_names() -> frozenset[str]:
    """The templates that exist."""
    return frozenset(path.parent.name for path in TEMPLATES.glob("*/subject.txt"))


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        {
            "bogota_date": spanish.bogota_date,
            "day_after": spanish.day_after,
            "greeting": spanish.greeting,
            "in_sentence": spanish.in_sentence,
            "listed": spanish.listed,
            "long_date": spanish.long_date,
            "long_instant": spanish.long_instant,
            "one_line": spanish.one_line,
            "paragraphs": spanish.paragraphs,
            "working_days": spanish.working_days,
        }
    )
    return environment
