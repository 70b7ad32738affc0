"""Templates become pages: compiled once a process, in Spanish through gettext, values never markup."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages import day_list, words
from notifications import spanish

_API = Path(__file__).parents[1]
TEMPLATES = _API / "templates"
STATIC = _API / "static"
LOCALES = _API / "locales"
LOCALE = "es_CO"


def render(template: str, facts: Mapping[str, object]) -> str:
    """The page of `template` with `facts`; a fact that the template names and nobody gave is an error."""
    return environment().get_template(template).render(facts)


@cache
def environment() -> Environment:
    """The one environment of this process."""
    return make_environment(Translations.load(LOCALES, [LOCALE]))


def make_environment(translations: NullTranslations) -> Environment:
    """An environment that speaks through `translations`; the Spanish of the templates is the source."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    made.filters.update(
        {
            "day": words.day,
            "moment": words.moment,
            "pesos": words.pesos,
            "end": words.end,
            "months": day_list.months,
            "weekday_and_day": day_list.weekday_and_day,
            "size": words.size,
            "figure": words.figure,
            "paragraphs": spanish.paragraphs,
            "in_sentence": spanish.in_sentence,
            "listed": spanish.listed,
        }
    )
    made.globals["asset"] = asset
    return made


@cache
def asset(name: str) -> str:
    """The address of a static file, which changes with its content, so that it may be kept for ever."""
    path = STATIC / name
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "absent"
    return f"/static/{name}?v={version}"
