"""Small readings of DMN elements, whatever the namespace of their version."""

from collections.abc import Iterator

from lxml import etree

from processes.decisions.dmn.findings import DecisionFindings
from processes.decisions.lexer import normalise_name


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Its child elements of the same namespace, of these names when names are given."""
    namespace = str(element.tag).rpartition("}")[0] + "}"
    tags = [namespace + name for name in names] or [namespace + "*"]
    return element.iterchildren(*tags)


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Its first child of this name."""
    return next(children(element, name), None)


def first_child(element: etree._Element, *names: str) -> etree._Element | None:
    """Its first child of one of these names."""
    return next(children(element, *names), None)


def own_text(element: etree._Element) -> str:
    """The text of the element itself, or nothing."""
    return (element.text or "").strip()


def inner_text(element: etree._Element | None) -> str:
    """The `<text>` inside the element, or nothing."""
    text = None if element is None else child(element, "text")
    return "" if text is None else own_text(text)


def own_name(element: etree._Element) -> str:
    """Its name, with single spaces."""
    return normalise_name(element.get("name", ""))


def type_name(element: etree._Element) -> str | None:
    """Its declared type, without the prefix of the language."""
    return plain_type(element.get("typeRef", ""))


def plain_type(reference: str) -> str | None:
    """`feel:string` as `string`; None for no type."""
    plain = reference.strip().rpartition(":")[2].rpartition("}")[2].strip()
    return plain or None


def check_language(element: etree._Element, findings: DecisionFindings) -> None:
    """Add a finding when the element's text is in another language than FEEL."""
    language = element.get("expressionLanguage", "")
    if language and "feel" not in language.lower():
        findings.stop(f"el lenguaje de expresiones «{language}» no se admite: use FEEL")
