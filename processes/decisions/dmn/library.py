"""A file and those that it imports: every element by its key, and what each may read by which name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from processes.common.safe_xml import UnsafeXml
from processes.decisions.dmn.findings import Findings
from processes.decisions.dmn.reader import read_model
from processes.decisions.dmn.source import (
    DecisionSource,
    ImportSource,
    InputDataSource,
    KnowledgeSource,
    ModelSource,
    ServiceSource,
)
from processes.decisions.errors import DecisionError
from processes.decisions.limits import MAX_IMPORTS

Siblings: TypeAlias = Iterable[tuple[str, bytes]]
"""The files that stand beside one, by name."""
AnySource: TypeAlias = DecisionSource | InputDataSource | KnowledgeSource | ServiceSource


Way: TypeAlias = tuple[str, ...]
"""The names of the imports that lead from the file that was asked for to another; none to itself."""


@dataclass(frozen=True, slots=True)
class Element:
    """A decision, datum, model or service, the file that it stands in, and the way to it."""

    key: str
    source: AnySource
    model: ModelSource
    way: Way

    @property
    def name(self) -> str:
        """What the file's own texts call its value."""
        return self.source.result_name if isinstance(self.source, DecisionSource) else self.source.name


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that an element requires; with `prefix` its texts say `prefix.name`.

    `aliases` are other names by which some editors read it, where nothing else has them; each with
    the field that it stands for, or None for the whole value.
    """

    key: str
    name: str
    prefix: str = ""
    aliases: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """The file that was asked for and those that it imports, by the way to them.

    One that two others import is there twice: each gives it data of its own. A key is an identifier
    in the file that was asked for, and `way#identifier` elsewhere.
    """

    files: Mapping[Way, ModelSource]
    elements: Mapping[str, Element]

    @property
    def main(self) -> ModelSource:
        """The file that was asked for."""
        return self.files[()]

    def key(self, target: str, way: Way) -> str:
        """The key of what a reference in the file at `way` points to."""
        namespace, _, identifier = target.rpartition("#")
        if not namespace:
            return _key(way, identifier)
        for each in self.files[way].imports:
            if each.namespace == namespace:
                return _key((*way, each.prefix), identifier)
        return identifier if namespace == self.main.namespace else target

    def links(self, element: Element) -> Iterator[Link]:
        """What the element may read besides the facts; what is not in the files is left out."""
        requires = element.source.requires if isinstance(element.source, _REQUIRING) else ()
        for target in requires:
            found = self.elements.get(self.key(target, element.way))
            if found is not None:
                prefix = found.way[-1] if len(found.way) > len(element.way) else ""
                yield Link(found.key, found.name, prefix)

    def fact_names(self, element: Element) -> Iterator[Way]:
        """The ways in which facts from outside tell a datum: by all its imports, by fewer, or by none."""
        for start in range(len(element.way)):
            yield (*element.way[start:], element.name)
        for each in self.main.imports:
            if each.namespace == element.model.namespace:
                yield (each.prefix, element.name)
        yield (element.name,)


_REQUIRING = (DecisionSource, KnowledgeSource)


def read_library(data: bytes, findings: Findings, siblings: Siblings | None) -> Library:
    """Read the file, and beside it those that it imports.

    Without `siblings` an import is a finding. Raises UnsafeXml and DecisionError as `read_model` does.
    """
    main = read_model(data, findings)
    files: dict[Way, ModelSource] = {(): main}
    if siblings is None:
        for each in main.imports:
            findings.stop(f"no se admite la importación de otros modelos («{each.prefix or each.namespace}»)")
    elif main.imports:
        _add_imports(files, _by_namespace(siblings), findings)
    elements = {each.key: each for way, model in files.items() for each in _elements(model, way)}
    return Library(files, elements)


def _add_imports(files: dict[Way, ModelSource], known: Mapping[str, ModelSource], findings: Findings) -> None:
    """Add to `files` what they import, and what that imports; a circle ends where it closes."""
    pending: list[tuple[Way, ImportSource, frozenset[str]]] = [
        ((), each, frozenset({files[()].namespace})) for each in files[()].imports
    ]
    while pending:
        way, wanted, seen = pending.pop()
        if wanted.namespace in seen:
            continue
        model = known.get(wanted.namespace)
        if model is None or len(files) > MAX_IMPORTS:
            _refuse(wanted, findings)
            continue
        inner = (*way, wanted.prefix)
        files[inner] = model
        pending.extend((inner, each, seen | {wanted.namespace}) for each in model.imports)


def _refuse(wanted: ImportSource, findings: Findings) -> None:
    if not wanted.kind or "DMN" in wanted.kind.upper():
        name = wanted.prefix or wanted.namespace
        findings.stop(f"no está junto al archivo el modelo que importa («{name}»)")


def _by_namespace(siblings: Siblings) -> Mapping[str, ModelSource]:
    """The models beside the file; one that cannot be read is as if it were not there."""
    known: dict[str, ModelSource] = {}
    for name, data in siblings:
        try:
            model = read_model(data, Findings(name, lenient=True))
        except (UnsafeXml, DecisionError):
            continue
        known.setdefault(model.namespace, model)
    return known


def _elements(model: ModelSource, way: Way) -> Iterator[Element]:
    sources: list[AnySource] = [*model.inputs.values(), *model.decisions]
    sources += [*model.knowledge, *model.services]
    for source in sources:
        yield Element(_key(way, source.id), source, model, way)


def _key(way: Way, identifier: str) -> str:
    return f"{'/'.join(way)}#{identifier}" if way else identifier
