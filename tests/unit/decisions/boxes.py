"""Boxed expressions, knowledge models, services and types for tests, in the XML that editors save."""

from xml.sax.saxutils import escape, quoteattr

from processes.decisions import Decision, Value, compile_decisions
from tests.unit.decisions.feel import NOW
from tests.unit.decisions.tables import file


def _typed(type_name: str) -> str:
    return f' typeRef="{type_name}"' if type_name else ""


def literal(text: str) -> str:
    """One expression."""
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def entry(name: str, body: str, type_name: str = "") -> str:
    """An entry of a context."""
    return f"<contextEntry><variable name={quoteattr(name)}{_typed(type_name)}/>{_boxed(body)}</contextEntry>"


def result(body: str) -> str:
    """The last entry of a context, without a name."""
    return f"<contextEntry>{_boxed(body)}</contextEntry>"


def context(*entries: str) -> str:
    """A boxed context."""
    return f"<context>{''.join(entries)}</context>"


def invocation(called: str, **arguments: str) -> str:
    """A boxed invocation."""
    bindings = "".join(
        f"<binding><parameter name={quoteattr(name)}/>{_boxed(body)}</binding>"
        for name, body in arguments.items()
    )
    return f"<invocation>{literal(called)}{bindings}</invocation>"


def relation(columns: str, *rows: str) -> str:
    """A boxed relation of columns `a,b:number` and rows of expressions between bars."""
    names = (name.partition(":") for name in columns.split(","))
    heads = "".join(f'<column name="{name}"{_typed(kind)}/>' for name, _, kind in names)
    body = "".join(f"<row>{''.join(map(literal, row.split('|')))}</row>" for row in rows)
    return f"<relation>{heads}{body}</relation>"


def boxed_list(*items: str) -> str:
    """A boxed list."""
    return f"<list>{''.join(map(_boxed, items))}</list>"


def function(parameters: str, body: str, tag: str = "functionDefinition", kind: str = "") -> str:
    """A function of parameters `a,b:number`."""
    names = (name.partition(":") for name in parameters.split(",") if name)
    formal = "".join(f'<formalParameter name="{name}"{_typed(type_)}/>' for name, _, type_ in names)
    how = f' kind="{kind}"' if kind else ""
    return f"<{tag}{how}>{formal}{_boxed(body)}</{tag}>"


def knowledge(name: str, parameters: str, body: str, *requires: str, answers: str = "") -> str:
    """A business knowledge model; its identifier is its name with dashes."""
    return (
        f'<businessKnowledgeModel id="{_id(name)}" name="{name}">'
        f'<variable name="{name}"{_typed(answers)}/>{_requirements(requires)}'
        f"{function(parameters, body, 'encapsulatedLogic')}</businessKnowledgeModel>"
    )


def service(name: str, outputs: str, inside: str = "", decisions: str = "", data: str = "") -> str:
    """A decision service, its parts by name between commas."""
    parts = (
        ("outputDecision", outputs),
        ("encapsulatedDecision", inside),
        ("inputDecision", decisions),
        ("inputData", data),
    )
    links = "".join(
        f'<{tag} href="#{_id(each)}"/>' for tag, names in parts for each in names.split(",") if each
    )
    return (
        f'<decisionService id="{_id(name)}" name="{name}"><variable name="{name}"/>{links}</decisionService>'
    )


def asks(name: str, type_name: str = "") -> str:
    """Input data."""
    return (
        f'<inputData id="{_id(name)}" name="{name}"><variable name="{name}"{_typed(type_name)}/></inputData>'
    )


def decides(name: str, body: str, *requires: str, answers: str = "") -> str:
    """A decision; `requires` are names, those of functions with `()` after them."""
    return (
        f'<decision id="{_id(name)}" name="{name}"><variable name="{name}"{_typed(answers)}/>'
        f"{_requirements(requires)}{_boxed(body)}</decision>"
    )


def item(
    name: str, base: str = "", *parts: str, many: bool = False, allowed: str = "", asked: str = ""
) -> str:
    """A type of the file's own; `parts` are its components."""
    return _item("itemDefinition", name, base, parts, many=many, allowed=allowed, asked=asked)


def component(name: str, base: str, *parts: str, many: bool = False, allowed: str = "") -> str:
    """A component of a type."""
    return _item("itemComponent", name, base, parts, many=many, allowed=allowed)


def ask(decision: str, *parts: str, **facts: Value) -> Decision:
    """What a file of these parts answers, read leniently."""
    model = compile_decisions(file(*parts), source="r.dmn", facts=None, lenient=True)
    return model.decide(decision, {name.replace("_", " "): value for name, value in facts.items()}, now=NOW)


def _item(
    tag: str, name: str, base: str, parts: tuple[str, ...], *, many: bool, allowed: str = "", asked: str = ""
) -> str:
    typed = f"<typeRef>{base}</typeRef>" if base else ""
    values = f"<allowedValues><text>{escape(allowed)}</text></allowedValues>" if allowed else ""
    values += f"<typeConstraint><text>{escape(asked)}</text></typeConstraint>" if asked else ""
    collection = ' isCollection="true"' if many else ""
    return f'<{tag} name="{name}"{collection}>{typed}{values}{"".join(parts)}</{tag}>'


def _boxed(body: str) -> str:
    return body if body.startswith("<") or not body else literal(body)


def _id(name: str) -> str:
    return name.replace(" ", "-")


def _requirements(names: tuple[str, ...]) -> str:
    parts = []
    for name in names:
        plain = name.removesuffix("()")
        if plain != name:
            kind, target = "knowledgeRequirement", "requiredKnowledge"
        elif name.startswith("data "):
            plain, kind, target = name.removeprefix("data "), "informationRequirement", "requiredInput"
        else:
            kind, target = "informationRequirement", "requiredDecision"
        parts.append(f'<{kind}><{target} href="#{_id(plain)}"/></{kind}>')
    return "".join(parts)
