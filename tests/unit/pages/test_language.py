"""The templates' words: every one goes through gettext, and the catalogue for translators is whole."""

import io
from collections.abc import Iterator

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from babel.support import NullTranslations
from jinja2 import Environment
from markupsafe import Markup

from api.pages.rendering import LOCALES, TEMPLATES, environment, make_environment

NOT_WORDS = {"index", "noindex", "HTTP"}
"""What stands in a template and means the same in every language."""
NAMES = sorted(path.name for path in TEMPLATES.glob("*.html"))
UPDATE = (
    "pybabel extract -F api/locales/babel.cfg --omit-header --no-location --sort-output "
    "-o api/locales/messages.pot api/templates"
)


class Shouting(NullTranslations):
    """A language that anybody can tell from Spanish."""

    def gettext(self, message: str) -> str:
        return f"¡{message}!"

    ugettext = gettext


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name: str) -> None:
    assert environment().get_template(name).name == name


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_template_is_out_of_gettexts_reach(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")

    assert list(_bare_words(environment(), source)) == []


def test_a_translation_changes_what_the_page_says() -> None:
    template = make_environment(Shouting()).get_template("parts.html")

    pager = str(template.module.pager("/siguiente", ""))  # type: ignore[attr-defined]  # macros have no types

    assert "¡Ver más!" in pager


def test_what_fills_a_translated_sentence_is_never_markup() -> None:
    made = make_environment(Shouting())

    shown = made.from_string('{{ _("Petición %(number)s", number=number) }}').render(number="<b>1</b>")

    assert shown == Markup("¡Petición &lt;b&gt;1&lt;/b&gt;!")


def test_the_catalogue_for_translators_is_up_to_date() -> None:
    with (LOCALES / "messages.pot").open("rb") as file:
        kept = {message.id for message in read_po(file) if message.id}

    assert kept == _extracted(), f"run: {UPDATE}"


def _extracted() -> set[object]:
    mapping = (LOCALES / "babel.cfg").read_text(encoding="utf-8")
    methods, options = parse_mapping_cfg(io.StringIO(mapping))  # type: ignore[no-untyped-call]  # published without types
    found = extract_from_dir(TEMPLATES, method_map=methods, options_map=options)
    return {message for _, _, message, _, _ in found}


def _bare_words(made: Environment, source: str) -> Iterator[str]:
    """Letters that a visitor would read and that stand outside `_()` and `{% trans %}`."""
    translated = in_block = False
    text = ""
    for _, token, value in made.lex(source):
        if token == "block_begin":
            in_block = True
        elif token == "block_end":
            in_block = False
        elif in_block and token == "name" and value in {"trans", "endtrans"}:
            translated = value == "trans"
        elif token == "data" and not translated:
            text += value
        else:
            # Whatever an expression gives is no bare word; it also keeps the words around it apart.
            text += "\0"
    outside_tags = ""
    depth = 0
    for sign in text:
        depth += (sign == "<") - (sign == ">")
        if not depth and sign != ">":
            outside_tags += sign
    for word in outside_tags.replace("\0", " ").split():
        # The macros of `parts.html` write attributes of their own outside any tag.
        if any(letter.isalpha() for letter in word) and word not in NOT_WORDS and '="' not in word:
            yield word
