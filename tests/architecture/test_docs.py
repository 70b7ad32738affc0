"""What the guides promise: nothing that can be set, drawn or asked for is missing; links lead somewhere."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from processes.common.settings import Settings
from processes.decisions import FactType
from processes.decisions.functions.catalogue import CATALOGUE as FUNCTIONS
from processes.directory.roles import ROLE_LABELS, Role
from processes.engine import elements, form_check
from processes.engine.catalogue import IntentSchema
from processes.engine.diagram import NODES
from processes.petitions.catalogue import CATALOGUE
from processes.reports.definitions import REPORTS, ReportDefinition
from processes.reports.periods import CADENCE_LABELS
from processes.terms.kinds import PetitionKind
from tests.architecture.repository import ROOT

DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
CITED = re.compile(r"`(bpmn|processes|notifications|api|tests|docs)/([\w./-]+)`")
MAX_PICTURE_BYTES = 200_000


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def analysts_guide() -> str:
    return read("guia-del-analista.md")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_configuration_guide_with_its_default(name: str) -> None:
    row = re.search(rf"^\| `{name}` \| ([^|]+) \|", read("configuracion.md"), re.MULTILINE)
    default = Settings.model_fields[name].get_default(call_default_factory=False)

    assert row
    if isinstance(default, bool):
        assert row[1] == f"`{str(default).lower()}`"
    elif isinstance(default, int | float) or (isinstance(default, str) and default):
        assert row[1] == f"`{default:g}`" if isinstance(default, float) else f"`{default}`"


@pytest.mark.parametrize("schema", CATALOGUE.intents.values(), ids=CATALOGUE.intents)
def test_every_intent_is_in_the_analysts_guide_with_its_parameters(
    schema: IntentSchema, analysts_guide: str
) -> None:
    row = re.search(rf"^\| `{schema.name}` \| {schema.label} \| ([^|]+) \|", analysts_guide, re.MULTILINE)

    assert row
    assert {name for name in schema.parameters if f"`{name}`" not in row[1]} == set()
    choices = {choice for parameter in schema.parameters.values() for choice in parameter.choices}
    assert {choice for choice in choices - set(PetitionKind) if f"`{choice}`" not in row[1]} == set()


def test_what_a_diagram_may_name_is_in_the_analysts_guide(analysts_guide: str) -> None:
    rows = {f"| {lane} |" for lane in CATALOGUE.lanes} | {f"| `{name}` |" for name in CATALOGUE.signals}
    words = {*CATALOGUE.alerts, *PetitionKind, *FactType, *NODES, *elements._ADVICE}

    assert {row for row in rows if row not in analysts_guide} == set()
    assert {word for word in words if f"`{word}`" not in analysts_guide} == set()


@pytest.mark.parametrize("component", form_check._PROPERTIES)
def test_every_form_component_is_in_the_analysts_guide_with_its_properties(
    component: str, analysts_guide: str
) -> None:
    row = re.search(rf"^\| `{component}` \|[^|]+\| ([^|]+) \|", analysts_guide, re.MULTILINE)

    assert row
    assert set(re.findall(r"`(\w+)`", row[1])) == form_check._PROPERTIES[component]


def test_every_property_of_a_form_is_explained(analysts_guide: str) -> None:
    limits = {"required"}.union(*form_check._LIMITS.values())
    words = {*form_check._TYPES, *limits, *form_check.OPTION_SOURCES}

    assert {word for word in words if f"`{word}`" not in analysts_guide} == set()


def test_every_function_of_expressions_is_in_the_analysts_guide(analysts_guide: str) -> None:
    said = " ".join(analysts_guide.split())

    assert {name for name in FUNCTIONS if f"`{name}`" not in said and f"`{name}(" not in said} == set()


@pytest.mark.parametrize("role", Role)
def test_every_role_is_in_the_operation_guide(role: Role) -> None:
    assert f"| `{role.value}` {ROLE_LABELS[role]} |" in read("operacion.md")


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_every_report_is_in_the_operation_guide_with_its_cadence(report: ReportDefinition) -> None:
    published = "sí" if report.published else "no"

    assert f"| {report.title} | {CADENCE_LABELS[report.cadence]} | {published} |" in read("operacion.md")


def test_the_first_decision_tells_every_direct_dependency_as_it_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = [re.split(r"[^\w-]", each)[0] for each in project["dependencies"]]
    # Several versions where the lock chooses by the version of Python.
    versions = {name: re.findall(rf"^{name}(?:\[[\w,]+\])?==(\S+)", lock, re.MULTILINE) for name in names}

    told = DECISIONS[0].read_text(encoding="utf-8")
    assert [name for name in names if f"| {name} | {', '.join(versions[name])} |" not in told] == []


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_linked_and_says_what_a_decision_says(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert f"](decisions/{decision.name}) |" in read("architecture.md")
    assert text.startswith(f"# {decision.name[:4]} ")
    assert [
        each for each in ("Context", "Decision", "Consequences", "Alternatives") if each not in headings
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    assert [target for target in links(document) if not leads_somewhere(document, target)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_speaks_of_files_that_are_there(document: Path) -> None:
    cited = {"/".join(parts) for parts in CITED.findall(document.read_text(encoding="utf-8"))}

    assert {path for path in cited if not (ROOT / path).exists()} == set()


def test_pictures_are_small_and_shown() -> None:
    pictures = {path.name: path.stat().st_size for path in (DOCS / "pictures").glob("*")}
    shown = {Path(target).name for document in DOCUMENTS for target in links(document)}

    assert pictures
    assert {name for name, size in pictures.items() if size >= MAX_PICTURE_BYTES} == set()
    assert pictures.keys() - shown == set()


def links(document: Path) -> Iterator[str]:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    return (unquote(target) for target in targets if not re.match(r"[a-z]+:", target))


def leads_somewhere(document: Path, target: str) -> bool:
    path, _, heading = target.partition("#")
    place = document.parent / path if path else document
    return place.exists() and (not heading or heading in anchors(place))


def anchors(document: Path) -> set[str]:
    """The names by which headings are linked: lower case, without signs, blanks as hyphens."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
