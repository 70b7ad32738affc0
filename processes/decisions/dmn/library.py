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


@dataclass(frozen=True, slots=True)
class Element:
    """A decision, datum, model or service, and the file that it stands in."""

    key: str
    source: AnySource
    model: ModelSource

    @property
    def name(self) -> str:
        """What the file's own texts call its value."""
        return self.source.result_name if isinstance(self.source, DecisionSource) else self.source.name


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that an element requires; with `prefix` its texts say `prefix.name`."""

    key: str
    name: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """The file that was asked for, `main`, and those that it imports, by namespace.

    A key is an identifier in the main file, and `namespace#identifier` elsewhere.
    """

    main: ModelSource
    imported: Mapping[str, ModelSource]
    elements: Mapping[str, Element]

    def key(self, target: str, model: ModelSource) -> str:
        """The key of what a reference in `model` points to."""
        namespace, _, identifier = target.rpartition("#")
        return _key(namespace or model.namespace, identifier, self.main)

    def links(self, element: Element) -> Iterator[Link]:
        """What the element may read besides the facts; what is not in the files is left out."""
        requires = element.source.requires if isinstance(element.source, _REQUIRING) else ()
        for target in requires:
            found = self.elements.get(self.key(target, element.model))
            if found is not None:
                yield self.link(found, element.model)

    def link(self, element: Element, reader: ModelSource) -> Link:
        """How the texts of the file `reader` call the element."""
        if element.model is reader:
            return Link(element.key, element.name)
        prefixes = (each.prefix for each in reader.imports if each.namespace == element.model.namespace)
        return Link(element.key, element.name, next(prefixes, ""))

    def fact_names(self, element: Element) -> Iterator[tuple[str, ...]]:
        """The ways in which facts from outside name the element: its name, with its prefixes or without."""
        for each in self.main.imports:
            if each.namespace == element.model.namespace:
                yield (each.prefix, element.name)
        yield (element.name,)


_REQUIRING = (DecisionSource, KnowledgeSource)


def read_library(data: bytes, findings: Findings, siblings: Siblings | None) -> Library:
    """Read the file, and beside it those that it imports, each once.

    Without `siblings` an import is a finding. Raises UnsafeXml and DecisionError as `read_model` does.
    """
    main = read_model(data, findings)
    imported: dict[str, ModelSource] = {}
    if siblings is None:
        for each in main.imports:
            findings.stop(f"no se admite la importación de otros modelos («{each.prefix or each.namespace}»)")
    elif main.imports:
        known = _by_namespace(siblings)
        pending = list(main.imports)
        while pending:
            wanted = pending.pop()
            if wanted.namespace in imported or wanted.namespace == main.namespace:
                continue
            model = known.get(wanted.namespace)
            if model is None or len(imported) == MAX_IMPORTS:
                _refuse(wanted, findings)
                continue
            imported[wanted.namespace] = model
            pending.extend(model.imports)
    elements = {each.key: each for model in (main, *imported.values()) for each in _elements(model, main)}
    return Library(main, imported, elements)


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


def _elements(model: ModelSource, main: ModelSource) -> Iterator[Element]:
    sources: list[AnySource] = [*model.inputs.values(), *model.decisions]
    sources += [*model.knowledge, *model.services]
    for source in sources:
        yield Element(_key(model.namespace, source.id, main), source, model)


def _key(namespace: str, identifier: str, main: ModelSource) -> str:
    return identifier if namespace == main.namespace else f"{namespace}#{identifier}"
