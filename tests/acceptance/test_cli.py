"""The `ventanilla` command: what it says and how it ends, in Spanish and without traces."""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.cli import main
from api.cli.fast_clock import set_speed
from processes.common.audit import EVENTS
from processes.common.database import make_engine, read, upgrade, write
from processes.common.office_clock import OfficeClock, real_now
from processes.common.resources import bpmn_folder
from processes.common.settings import Settings
from processes.directory.accounts import sign_in
from processes.directory.roles import Role
from processes.petitions.office import open_office
from processes.petitions.publishing import read_bundle_folder
from processes.samples.making import make_sample
from tests.builders.petitions import file_one
from tests.builders.procedures import SHORT
from tests.support.own_logs import own_logs
from tests.support.supervised import Home, run_ventanilla

ENGLISH = re.compile(
    r"\b(usage|options|commands?|arguments|show this|exit|default|required|error|missing|invalid)\b",
    re.IGNORECASE,
)
PASSWORD = re.compile(r"^  (\S{16})$", re.MULTILINE)
GROUPS = ("", "audit", "diagrams", "incidents", "people")
COMMANDS = (
    "serve",
    "init",
    "demo",
    "deploy",
    "explain",
    "decide",
    "audit verify",
    "audit anchor",
    "diagrams check",
    "diagrams publish",
    "diagrams export",
    "incidents list",
    "incidents retry",
    "people add",
    "people password",
    "people roles",
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "oficina")


@dataclass(frozen=True)
class Told:
    """What a command said, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


Call = Callable[..., Told]


@pytest.fixture(autouse=True)
def _own_logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with own_logs(monkeypatch):
        yield


@pytest.fixture
def call(home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command in this process, for `home` or another one: in a tenth of the time of a new one."""

    def run(*arguments: str, at: Home = home, **settings: str) -> Told:
        for name, value in {**at.environment(), **settings, "COLUMNS": "100"}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["ventanilla", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        said = capsys.readouterr()
        return Told(code if isinstance(code, int) else 0, said.out, said.err)

    return run


@pytest.fixture(scope="module")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A real entity, made by `ventanilla init`."""
    home = Home(tmp_path_factory.mktemp("real"))
    made = run_ventanilla("init", *INIT, home=home)
    assert made.returncode == 0, made.stderr
    (home.folder / "said").write_text(made.stdout, encoding="utf-8")
    return home


INIT = (
    "--name=Alcaldía de Puerto Claro",
    "--admin=gina",
    "--admin-name=Gina Mora",
    "--department=INF=Secretaría de Infraestructura",
    "--department=HAC=Secretaría de Hacienda",
)


@pytest.fixture(scope="module")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample entity, made once and in this process."""
    settings = Settings(home=tmp_path_factory.mktemp("sample"))
    upgrade(settings.url)
    engine = make_engine(settings.url)
    make_sample(open_office(settings, clock=OfficeClock(engine), engine=engine), show=lambda _: None)
    engine.dispose()
    return settings.home


@pytest.fixture
def sample_home(home: Home, made_sample: Path) -> Iterator[Home]:
    """A sample entity of the test's own."""
    shutil.copytree(made_sample, home.folder)
    yield home
    assert home.processes() == {}


def _engine(home: Home) -> sa.Engine:
    return make_engine(Settings(home=home.folder).url)


@pytest.mark.parametrize("command", [*GROUPS, *COMMANDS], ids=lambda command: command or "ventanilla")
def test_every_help_reads_in_spanish(command: str, call: Call) -> None:
    told = call(*command.split(), "--help")

    assert (told.returncode, told.stderr) == (0, "")
    assert "Uso: " in told.stdout
    # Names of commands and options are typed, and stay; what explains them is read.
    read = re.sub(r"--?[a-z-]+|ventanilla [a-z ]+", "", told.stdout)
    assert ENGLISH.findall(read) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["demo", "--sped", "3"], "No existe la opción «--sped»."),
        (["demo", "--speed", "mucho"], "El valor de --speed no sirve."),
        (["people", "add"], "Falta USUARIO."),
        (["diagramas"], "No se entiende la orden."),
    ],
)
def test_a_wrong_call_is_answered_in_spanish(given: list[str], said: str, call: Call) -> None:
    told = call(*given)

    assert told.returncode == 2
    assert told.stderr.startswith(said)
    assert "--help" in told.stderr


def test_wrong_settings_are_all_named_without_their_values(call: Call) -> None:
    wrong = {"VENTANILLA_SWEEP_SECONDS": "1", "VENTANILLA_MAIL": "fax-secreto", "VENTANILLA_SMTP_PORT": "abc"}

    told = call("audit", "verify", **wrong)

    assert told.returncode == 1
    assert set(told.stderr.splitlines()[1:]) == {
        "  VENTANILLA_SWEEP_SECONDS debe ser al menos 5.",
        "  VENTANILLA_MAIL debe ser uno de estos: console o smtp.",
        "  VENTANILLA_SMTP_PORT debe ser un número entero.",
    }


@pytest.mark.parametrize("text", ["port = ", "puerto = 8000"])
def test_a_wrong_settings_file_is_told_in_words(text: str, home: Home, call: Call) -> None:
    home.folder.mkdir()
    (home.folder / "ventanilla.toml").write_text(text, encoding="utf-8")

    told = call("audit", "verify")

    assert told.returncode == 1
    assert "ventanilla.toml" in told.stderr or "VENTANILLA_PUERTO no existe" in told.stderr


@pytest.mark.parametrize(
    "command", ["audit verify", "incidents list", "diagrams export fuera", "people password ana"]
)
def test_a_command_before_there_is_an_office_says_how_to_make_one(command: str, call: Call) -> None:
    told = call(*command.split())

    assert told.returncode == 1
    assert "ventanilla init" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_procedure_that_comes_with_it_has_no_problem(call: Call) -> None:
    told = call("diagrams", "check")

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("Sin problemas")


def test_a_broken_procedure_is_told_line_by_line(tmp_path: Path, call: Call) -> None:
    for name, content in read_bundle_folder(SHORT).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    diagram = tmp_path / "petition.bpmn"
    diagram.write_text(
        diagram.read_text(encoding="utf-8").replace('id="start_term"', 'id="inventado"'), encoding="utf-8"
    )
    (tmp_path / "forms" / "close.json").unlink()

    told = call("diagrams", "check", str(tmp_path))

    assert (told.returncode, told.stdout) == (1, "")
    lines = told.stderr.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("petition.bpmn: ") for line in lines)
    assert "inventado" in told.stderr
    assert "forms/close.json" in told.stderr


@pytest.mark.parametrize(
    "content",
    [b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b"\xff\xfe\x00", b"", b"<a>" * 3000, b"hola"],
    ids=["doctype", "wrong encoding", "empty", "deep", "no XML"],
)
def test_a_hostile_file_is_told_in_a_line(tmp_path: Path, content: bytes, call: Call) -> None:
    (tmp_path / "petition.bpmn").write_bytes(content)

    told = call("diagrams", "check", str(tmp_path / "petition.bpmn"))

    assert told.returncode == 1
    assert told.stderr.splitlines()[0].startswith("petition.bpmn: ")
    assert "Traceback" not in told.stderr


def test_a_real_entity_begins_with_an_administrator_and_no_petition(real_home: Home) -> None:
    said = (real_home.folder / "said").read_text(encoding="utf-8")
    (password,) = PASSWORD.findall(said)
    engine = _engine(real_home)

    signed_in = sign_in(engine, "gina", password, real_now=real_now(), lasting=timedelta(hours=1))

    assert Role.ADMINISTRATOR in signed_in.person.roles
    engine.dispose()


def test_a_second_entity_in_one_home_is_refused(real_home: Home, call: Call) -> None:
    told = call("init", *INIT, at=real_home)

    assert told.returncode == 1
    assert "ya hay una entidad: Alcaldía de Puerto Claro" in told.stderr
    assert PASSWORD.findall(told.stdout) == []


def test_without_a_terminal_init_asks_for_nothing_and_says_what_is_missing(call: Call) -> None:
    told = call("init")

    assert told.returncode == 1
    assert told.stderr.startswith("Falta --name.")


def test_a_real_entity_s_clock_cannot_be_hurried(real_home: Home, call: Call) -> None:
    told = call("demo", "--speed", "60", at=real_home)

    assert told.returncode == 1
    assert "una entidad real: su reloj no se puede acelerar" in told.stderr


def test_a_person_is_added_and_given_another_password(real_home: Home, call: Call) -> None:
    added = call(
        "people", "add", "ana", "Ana Ruiz", "--role", "official", "--department", "INF", at=real_home
    )
    changed = call("people", "password", "ana", at=real_home)

    (first,), (second,) = PASSWORD.findall(added.stdout), PASSWORD.findall(changed.stdout)
    assert first != second


def test_an_unknown_role_is_refused_with_where_to_find_the_known(real_home: Home, call: Call) -> None:
    told = call("people", "add", "eva", "Eva Paz", "--role", "reina", at=real_home)

    assert told.returncode == 1
    assert told.stderr == "No existe el cargo «reina». Los hay en «ventanilla people roles».\n"


def test_the_procedure_in_force_is_exported_byte_for_byte_and_published_again(
    real_home: Home, tmp_path: Path, call: Call
) -> None:
    folder = tmp_path / "fuera"

    exported = call("diagrams", "export", str(folder), at=real_home)
    published = call("diagrams", "publish", str(folder), at=real_home)
    again = call("diagrams", "export", str(folder), at=real_home)

    assert exported.returncode == 0
    assert read_bundle_folder(folder) == read_bundle_folder(bpmn_folder())
    assert published.stdout.startswith("Publicada la versión")
    assert again.returncode == 1
    assert "ya existe y no está vacía" in again.stderr


def test_a_due_date_is_told_day_by_day(sample_home: Home, call: Call) -> None:
    engine = _engine(sample_home)
    with engine.connect() as connection:
        number = (
            connection.exec_driver_sql("SELECT filing_number FROM petition ORDER BY id").scalars().first()
        )
    engine.dispose()

    told = call("explain", str(number), at=sample_home)

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith(f"Petición {number}: ")
    for label in ("Recibida: ", "Radicada: ", "Vence el "):
        assert f"\n{label}" in told.stdout
    counted = re.findall(r"^\d\d/\d\d/\d{4}  cuenta +Día hábil (\d+) de (\d+)$", told.stdout, re.MULTILINE)
    skipped = re.findall(r"^\d\d/\d\d/\d{4}  no cuenta  \S", told.stdout, re.MULTILINE)
    assert [int(number) for number, _ in counted] == list(range(1, int(counted[0][1]) + 1))
    assert skipped


def test_an_unknown_number_is_told_in_a_line(sample_home: Home, call: Call) -> None:
    told = call("explain", "1999-000001", at=sample_home)

    assert (told.returncode, told.stdout) == (1, "")
    assert len(told.stderr.splitlines()) == 1


def test_there_is_nothing_to_retry_where_nothing_failed(real_home: Home, call: Call) -> None:
    assert call("incidents", "list", at=real_home).stdout == "No hay incidentes abiertos.\n"
    assert call("incidents", "retry", at=real_home).returncode == 0


def test_a_journal_touched_by_hand_is_told_by_its_first_row(sample_home: Home, call: Call) -> None:
    whole = call("audit", "verify", at=sample_home)
    engine = _engine(sample_home)
    with write(engine) as connection:
        # At the turn of a year the sample has petitions of both, each with its own first numbers.
        number = connection.scalar(sa.select(sa.func.min(EVENTS.c.stream)).where(EVENTS.c.seq == 4))
        touched = sa.update(EVENTS).where(EVENTS.c.stream == number, EVENTS.c.seq == 4)
        connection.execute(touched.values(detail="{}"))
    engine.dispose()

    told = call("audit", "verify", at=sample_home)

    assert whole.returncode == 0
    assert told.returncode == 1
    assert told.stderr == f"{number}, asiento 4: este asiento se cambió o se insertó a mano.\n"


def test_a_clock_is_not_hurried_where_one_petition_is_real(sample_home: Home, call: Call) -> None:
    engine = _engine(sample_home)
    office = open_office(Settings(home=sample_home.folder), clock=OfficeClock(engine), engine=engine)
    file_one(office)
    with office.write() as connection:
        connection.execute(
            sa.text("UPDATE petition SET sample = false WHERE subject = 'Hueco en la calle 5'")
        )
    engine.dispose()

    told = call("demo", at=sample_home)

    assert told.returncode == 1
    assert "hay una petición real: su reloj no se puede acelerar" in told.stderr


def test_a_demonstration_of_another_entity_wants_another_home(sample_home: Home, call: Call) -> None:
    told = call("demo", "--entity", "pereira", at=sample_home)

    assert told.returncode == 1
    assert "ya está Alcaldía de San Jacinto del Río (muestra)" in told.stderr
    assert "VENTANILLA_HOME=muestra-pereira ventanilla demo --entity pereira" in told.stderr


def test_an_entity_that_no_sample_has_is_refused_with_those_there_are(call: Call, home: Home) -> None:
    told = call("demo", "--entity", "medellin")

    assert told.returncode == 1
    assert "No hay una entidad de muestra «medellin»" in told.stderr
    assert "san-jacinto, manizales, ibague, cienaga, pereira" in told.stderr
    assert list(home.folder.glob("*.sqlite3")) == []


def test_an_empty_home_becomes_the_entity_that_was_asked_for(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in home.environment().items():
        monkeypatch.setenv(name, value)

    was_served = set_speed(60, entity="cienaga")

    assert not was_served
    assert "Edwin Campo, Jefe de la Oficina de Relación con el Ciudadano" in capsys.readouterr().out
    engine = _engine(home)
    with read(engine) as connection:
        assert connection.scalar(sa.text("SELECT name FROM entity")) == "Alcaldía de Ciénaga (muestra)"
    engine.dispose()


def test_an_office_with_its_own_scheduler_is_told_that_there_is_nothing_to_deploy(call: Call) -> None:
    told = call("deploy")

    assert told.returncode == 1
    assert "VENTANILLA_PREFECT_API_URL" in told.stderr


def test_a_scheduler_that_does_not_answer_is_said_in_words(home: Home) -> None:
    nobody = f"http://127.0.0.1:{home.scheduler_port}/api"
    told = run_ventanilla("deploy", home=home, settings={"VENTANILLA_PREFECT_API_URL": nobody})

    assert told.returncode == 1
    assert f"No se pudieron registrar las tareas en {nobody}." in told.stderr
    assert "Traceback" not in told.stderr
