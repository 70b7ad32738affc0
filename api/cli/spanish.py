"""Typer in Spanish: the words of its help and of its complaints, which it only has in English."""

from typer import rich_utils

# Typer exports neither the context that it passes nor most of its errors.
from typer._click.core import Context
from typer._click.exceptions import BadParameter, ClickException, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperCommand, TyperGroup, TyperOption

OPTIONS = "[OPCIONES]"
COMMAND = "ORDEN"

rich_utils.OPTIONS_PANEL_TITLE = "Opciones"
rich_utils.ARGUMENTS_PANEL_TITLE = "Argumentos"
rich_utils.COMMANDS_PANEL_TITLE = "Órdenes"
rich_utils.DEFAULT_STRING = "[si no se dice: {}]"
rich_utils.REQUIRED_LONG_STRING = "[obligatorio]"


class SpanishCommand(TyperCommand):
    """A command whose help is all in Spanish."""

    def get_usage(self, ctx: Context) -> str:
        """How it is called."""
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """The option that shows this help."""
        return _help_option(super().get_help_option(ctx))


class SpanishGroup(TyperGroup):
    """A group of commands whose help is all in Spanish."""

    def get_usage(self, ctx: Context) -> str:
        """How it is called."""
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """The option that shows this help."""
        return _help_option(super().get_help_option(ctx))


def complaint(error: ClickException) -> str:
    """What is wrong with how a command was called."""
    context = error.ctx if isinstance(error, UsageError) else None
    command = context.command_path if context else "ventanilla"
    return f"{_what(error)} Vea «{command} --help»."


def _what(error: ClickException) -> str:
    if isinstance(error, MissingParameter):
        return f"Falta {_name(error)}."
    if isinstance(error, NoSuchOption):
        return f"No existe la opción «{error.option_name}»."
    if isinstance(error, BadParameter):
        return f"El valor de {_name(error)} no sirve."
    return "No se entiende la orden."


def _name(error: BadParameter) -> str:
    if error.param is None:
        return "un valor"
    names = [name for name in error.param.opts if name.startswith("--")]
    return names[0] if names else (error.param.metavar or str(error.param.name))


def _usage(text: str) -> str:
    return text.replace("Usage:", "Uso:", 1).replace("COMMAND [ARGS]...", f"{COMMAND} [ARGUMENTOS]...")


def _help_option(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = "Muestra esta ayuda y termina."
        option.metavar = ""
    return option
