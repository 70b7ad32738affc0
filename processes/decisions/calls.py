"""Which function a call means, settled as far as it can be when it is compiled."""

from processes.decisions.errors import FeelError
from processes.decisions.functions.catalogue import CATALOGUE
from processes.decisions.functions.signature import Function
from processes.decisions.lexer import Token
from processes.decisions.scope import Scope, suggestion
from processes.decisions.syntax import BuiltIn, Call, Invocation, Literal, Name, NoAnswer, Node


def call_node(name: Token, arguments: tuple[Node, ...], names: tuple[str, ...], scope: Scope) -> Node:
    """The call of a name in scope whose value is a function, or else of the catalogue's.

    Raises FeelError when there is no such call; a lenient scope answers null in its place.
    """
    try:
        otherwise = _built_in_call(name, arguments, names, scope)
    except FeelError as error:
        if not scope.may_call(name.text) and not scope.lenient:
            raise
        otherwise = NoAnswer(name.position, error.message)
    if not scope.may_call(name.text):
        return otherwise
    callee = Name(name.position, name.text, local=name.text in scope.local)
    return Invocation(name.position, callee, arguments, names, _fallback(name.text, otherwise, scope))


def _fallback(name: str, otherwise: Node, scope: Scope) -> Node | None:
    """The catalogue's function, when the value of the name may turn out to be none."""
    return None if name in scope.functions or name not in CATALOGUE else otherwise


def name_node(name: Token, scope: Scope, fields: frozenset[str], *, handed_on: bool) -> Node:
    """What a name alone stands for; raises FeelError for one that is not known.

    `fields` are those that a filtered context may have: they have a value only as it turns out. A
    function of the catalogue stands alone only to be `handed_on`; elsewhere its name is taken for that
    of a fact which nobody declared.
    """
    if scope.knows(name.text):
        return Name(name.position, name.text, local=name.text in scope.local)
    if name.text in fields:
        return Name(name.position, name.text, local=True, certain=False)
    if name.text in CATALOGUE and handed_on:
        return BuiltIn(name.position, CATALOGUE[name.text])
    if scope.lenient:
        return Name(name.position, name.text, certain=False)
    raise FeelError(scope.unknown(name.text))


def _built_in_call(name: Token, arguments: tuple[Node, ...], names: tuple[str, ...], scope: Scope) -> Node:
    function = _function(name.text, scope)
    if not names:
        signature = function.by_count(len(arguments))
        if signature is None:
            raise FeelError(f"{_usage(function)} no recibe {counted(len(arguments))}")
        return Call(name.position, function.name, signature, arguments)
    found = function.by_names(names)
    if found is None:
        raise FeelError(f"{_usage(function)} no tiene los argumentos {', '.join(names)}")
    signature, order = found
    skipped = Literal(name.position, None)
    placed = tuple(skipped if place is None else arguments[place] for place in order)
    return Call(name.position, function.name, signature, placed)


def _function(name: str, scope: Scope) -> Function:
    if name in CATALOGUE:
        return CATALOGUE[name]
    if scope.knows(name):
        raise FeelError(f"«{name}» es un dato y no una función")
    close = suggestion(name, CATALOGUE)
    raise FeelError(f"no se conoce la función «{name[:60]}»{close}")


def _usage(function: Function) -> str:
    return f"la función {function.usage()}"


def counted(amount: int) -> str:
    """`un argumento`, `2 argumentos`."""
    return "un argumento" if amount == 1 else f"{amount or 'cero'} argumentos"
