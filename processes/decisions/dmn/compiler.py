"""From a DMN file to a decision model: names, requirements and every text checked at once."""

from collections.abc import Mapping

from processes.decisions.dmn.findings import Findings
from processes.decisions.dmn.library import Siblings, read_library
from processes.decisions.dmn.model import DecisionModel
from processes.decisions.dmn.node_compiler import NodeCompiler
from processes.decisions.dmn.parts import texts
from processes.decisions.dmn.requirements import decision_order
from processes.decisions.dmn.session import Model
from processes.decisions.dmn.source import ModelSource, TableSource
from processes.decisions.errors import FeelError
from processes.decisions.facts import FactType
from processes.decisions.lexer import TokenKind, tokenise
from processes.decisions.limits import MAX_DECISIONS, MAX_FILE_CELLS, MAX_FILE_TEXT


def compile_decisions(
    data: bytes,
    *,
    source: str,
    facts: Mapping[str, FactType] | None,
    lenient: bool = False,
    siblings: Siblings | None = None,
) -> DecisionModel:
    """Compile the decisions of a DMN 1.1-1.5 file; `source` is its name, for messages.

    `facts` are the declared facts of the process, the only names that the file may read besides
    its own decisions. Without them its input data, and the single names that its columns ask for,
    are taken as facts. `siblings` are the files that it may import; without them an import is a
    problem.

    Raises DecisionError with every problem of the file (decision, rule, column, position), and
    UnsafeXml for a file that is not XML that we read. With `lenient` what is not known is null when
    it is decided, and a text that does not parse is a problem of its own decision alone.
    """
    findings = Findings(source, lenient=lenient)
    library = read_library(data, findings, siblings)
    for model in library.files.values():
        _check_size(model, findings)
    order = decision_order(library, findings)
    compiler = NodeCompiler(library, facts, _asked_types(library.main), findings)
    nodes = compiler.nodes()
    if not lenient:
        findings.raise_any()
    findings.raise_of_the_file()
    return DecisionModel(Model(source, nodes, order, compiler.inputs), lenient=lenient)


def _check_size(model: ModelSource, findings: Findings) -> None:
    """A file that would take seconds to compile is refused before it begins."""
    sizes = [len(text) for text in texts(model)]
    bounds = (
        (len(sizes), MAX_FILE_CELLS, "celdas"),
        (sum(sizes), MAX_FILE_TEXT, "caracteres en sus expresiones"),
        (len(model.decisions) + len(model.knowledge), MAX_DECISIONS, "decisiones"),
    )
    excesses = [
        f"un archivo no puede tener más de {most} {what}" for size, most, what in bounds if size > most
    ]
    for excess in excesses:
        findings.stop(excess)
    if excesses:
        findings.raise_any()


def _asked_types(model: ModelSource) -> Mapping[str, str | None]:
    """The single names that columns ask for, with the type that the column declares."""
    asked: dict[str, str | None] = {}
    for decision in model.decisions:
        if isinstance(decision.body, TableSource):
            for column in decision.body.inputs:
                name = _single_name(column.expression)
                asked[name] = asked.get(name) or column.type_name
    asked.pop("", None)
    return asked


def _single_name(text: str) -> str:
    try:
        tokens = tokenise(text, frozenset())
    except FeelError:
        return ""
    return tokens[0].text if [token.kind for token in tokens] == [TokenKind.NAME, TokenKind.END] else ""
