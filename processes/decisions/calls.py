"""Which function a call means, settled when it is compiled."""

from processes.decisions.errors import FeelError
from processes.decisions.functions.catalogue import CATALOGUE
from processes.decisions.functions.signature import Function
from processes.decisions.lexer import Token
from processes.decisions.scope import Scope, suggestion
from processes.decisions.syntax import Call, Node
from processes.decisions.vocabulary import UNSUPPORTED_FUNCTIONS


def function_node(name: Token, arguments: tuple[Node, ...], names: tuple[str, ...], scope: Scope) -> Node:
    """The call of a function of the catalogue; raises FeelError when there is no such call."""
    function = _function(name.text, scope)
    if not names:
        signature = function.by_count(len(arguments))
        if signature is None:
            raise FeelError(f"{_usage(function)} no recibe {_counted(len(arguments))}")
        return Call(name.position, function.name, signature, arguments)
    if len(names) < len(arguments):
        raise FeelError("los argumentos van todos con nombre o todos sin él")
    found = function.by_names(names)
    if found is None:
        raise FeelError(f"{_usage(function)} no tiene los argumentos {', '.join(names)}")
    signature, order = found
    return Call(name.position, function.name, signature, tuple(arguments[place] for place in order))


def _function(name: str, scope: Scope) -> Function:
    if name in CATALOGUE:
        return CATALOGUE[name]
    if name in UNSUPPORTED_FUNCTIONS:
        raise FeelError(f"aún no se admite: la función «{name}»")
    if scope.knows(name):
        raise FeelError(f"«{name}» es un dato y no una función")
    close = suggestion(name, CATALOGUE)
    raise FeelError(f"no se conoce la función «{name[:60]}»{close}")


def _usage(function: Function) -> str:
    return f"la función {function.usage()}"


def _counted(amount: int) -> str:
    return "un argumento" if amount == 1 else f"{amount or 'cero'} argumentos"
