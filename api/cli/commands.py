"""The commands and their help. Bodies load what they need: the supervisor stays small, `--help` quick."""
# ruff: noqa: PLC0415 - see above

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer._click.exceptions import ClickException

from api.cli.spanish import COMMAND, OPTIONS, SpanishCommand, SpanishGroup, complaint
from api.speech import complain

_USAGE_ERROR = 2
_INTERRUPTED = 130

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[RUTA]...", help="Carpetas y archivos que juntos forman el procedimiento."),
]


def _group(help_text: str) -> typer.Typer:
    return typer.Typer(
        cls=SpanishGroup,
        help=help_text,
        no_args_is_help=True,
        add_completion=False,
        options_metavar=OPTIONS,
        subcommand_metavar=f"{COMMAND} [ARGUMENTOS]...",
        context_settings={"help_option_names": ["--help", "-h"]},
    )


app = _group("Ventanilla: la vida de una petición ciudadana (PQRSD), de su radicación a su respuesta.")
audit = _group("El registro de todo lo que se hizo, encadenado para que no se pueda cambiar a escondidas.")
diagrams = _group("El procedimiento: diagramas (BPMN), tablas de decisión (DMN) y formularios.")
incidents = _group("Las tareas que fallaron y esperan a un administrador.")
people = _group("Las personas de la entidad que ingresan a Ventanilla.")
for name, group in (("diagrams", diagrams), ("incidents", incidents), ("people", people), ("audit", audit)):
    app.add_typer(group, name=name)


def run() -> int:
    """Run the command of `sys.argv`; its exit code."""
    try:
        return int(app(standalone_mode=False) or 0)
    except ClickException as error:
        complain(complaint(error))
        return _USAGE_ERROR
    except typer.Abort:
        complain("Cancelado.")
        return _INTERRUPTED


@app.command("serve", cls=SpanishCommand, options_metavar=OPTIONS)
def serve(
    *,
    host: Annotated[str | None, typer.Option(metavar="DIRECCIÓN", help="Donde atiende.")] = None,
    port: Annotated[int | None, typer.Option(metavar="PUERTO", help="Puerto en el que atiende.")] = None,
) -> None:
    """Pone la oficina en marcha, hasta Ctrl-C. En una carpeta vacía crea antes una entidad de muestra.

    Todo su estado vive en una carpeta: VENTANILLA_HOME, o «var» en la carpeta actual.
    """
    for setting, value in (("VENTANILLA_HOST", host), ("VENTANILLA_PORT", port)):
        if value is not None:
            os.environ[setting] = str(value)
    _supervise()


@app.command("init", cls=SpanishCommand, options_metavar=OPTIONS)
def init(
    *,
    name: Annotated[str | None, typer.Option(metavar="NOMBRE", help="Nombre de la entidad.")] = None,
    admin: Annotated[str | None, typer.Option(metavar="USUARIO", help="Usuario del administrador.")] = None,
    admin_name: Annotated[
        str | None, typer.Option(metavar="NOMBRE", help="Nombre completo del administrador.")
    ] = None,
    department: Annotated[
        list[str] | None,
        typer.Option(metavar="CÓDIGO=NOMBRE", help="Una dependencia; se repite para cada una."),
    ] = None,
    tax_id: Annotated[str, typer.Option(metavar="NIT", show_default=False, help="NIT de la entidad.")] = "",
    city: Annotated[str, typer.Option(metavar="MUNICIPIO", show_default=False, help="Municipio.")] = "",
    address: Annotated[str, typer.Option(metavar="DIRECCIÓN", show_default=False, help="Dirección.")] = "",
    email: Annotated[str, typer.Option(metavar="CORREO", show_default=False, help="Correo público.")] = "",
    phone: Annotated[
        str, typer.Option(metavar="TELÉFONO", show_default=False, help="Teléfono público.")
    ] = "",
) -> None:
    """Crea una entidad real, sin datos de muestra, y muestra la contraseña de su administrador.

    Pregunta lo que falte.
    """
    from api.cli import founding

    given = founding.Answers(name, tax_id, city, address, email, phone, department or [], admin, admin_name)
    founding.init(given)


@app.command("demo", cls=SpanishCommand, options_metavar=OPTIONS)
def demo(
    *,
    speed: Annotated[
        int, typer.Option(metavar="N", help="Cuántas veces más rápido corre el reloj; 1 es lo normal.")
    ] = 3600,
    entity: Annotated[
        str,
        typer.Option(
            metavar="ENTIDAD",
            show_default=False,
            help="La de una carpeta vacía: san-jacinto (la corta), manizales, ibague, cienaga o pereira.",
        ),
    ] = "",
) -> None:
    """Acelera el reloj de una entidad de muestra, dice qué mirar, y la pone en marcha si no lo está."""
    from api.cli.fast_clock import set_speed

    if not set_speed(speed, entity=entity):
        _supervise("--speed", str(speed))


@app.command("deploy", cls=SpanishCommand, options_metavar=OPTIONS)
def deploy(
    *,
    pool: Annotated[
        str, typer.Option(metavar="NOMBRE", help="El grupo de trabajo; se crea si no está.")
    ] = "ventanilla",
) -> None:
    """Registra las tareas programadas en un servidor de Prefect aparte, para varios equipos.

    El servidor se dice en VENTANILLA_PREFECT_API_URL. Se puede repetir: las horas cambiadas se conservan.
    """
    from api.cli.deployment import deploy

    deploy(pool)


@app.command("explain", cls=SpanishCommand, options_metavar=OPTIONS)
def explain(
    filing_number: Annotated[str, typer.Argument(metavar="RADICADO", help="El número de la petición.")],
) -> None:
    """Muestra cómo se contó la fecha de vencimiento de una petición, día por día."""
    from api.cli.explanation import explain

    explain(filing_number)


@app.command("due-dates", cls=SpanishCommand, options_metavar=OPTIONS)
def due_dates(
    cases: Annotated[Path, typer.Argument(metavar="CASOS.csv", help="Las columnas van en cualquier orden.")],
) -> None:
    """Calcula los términos de unos casos escritos en un CSV; escribe otro con id, filing_date y due.

    Lee las columnas id, received_at, kind, events y target. Un acto que la ley no permite se dice por el
    canal de errores y la fecha anterior sigue. Termina con 0 si cada fila tiene su fecha, con 1 si a
    alguna le falta (se dice cuál y por qué) y con 2 si el archivo no se puede leer.
    """
    from api.cli.due_dates import print_due_dates

    print_due_dates(cases)


@app.command("decide", cls=SpanishCommand, options_metavar=OPTIONS)
def decide(
    path: Annotated[Path, typer.Argument(metavar="ARCHIVO.dmn", help="Archivo con las decisiones.")],
    *,
    decision: Annotated[
        str, typer.Option(metavar="DECISIÓN", show_default=False, help="Su identificador o su nombre.")
    ] = "",
    facts: Annotated[
        str, typer.Option(metavar="JSON", show_default=False, help="Los datos, como objeto JSON.")
    ] = "{}",
    facts_file: Annotated[
        Path | None,
        typer.Option(metavar="RUTA", help='Un caso por línea: {"decision": …, "facts": {…}}.'),
    ] = None,
) -> None:
    """Toma una decisión de un archivo DMN con los datos que se le dan, sin entidad ni base de datos.

    Muestra el resultado y su razón en JSON; con --facts-file, una línea por cada línea del archivo.
    """
    from api.cli.decide import decide_many, decide_one

    if facts_file is not None:
        decide_many(path, facts_file)
    else:
        decide_one(path, decision, facts)


@diagrams.command("check", cls=SpanishCommand, options_metavar=OPTIONS)
def diagrams_check(paths: Paths = None) -> None:
    """Revisa un procedimiento sin publicarlo: una línea por problema. Sin rutas, el que trae Ventanilla."""
    from api.cli.diagrams import check

    check(paths or [])


@diagrams.command("publish", cls=SpanishCommand, options_metavar=OPTIONS)
def diagrams_publish(paths: Paths = None) -> None:
    """Publica un procedimiento: con él empiezan las peticiones nuevas. Sin rutas, el que trae Ventanilla."""
    from api.cli.diagrams import publish

    publish(paths or [])


@diagrams.command("export", cls=SpanishCommand, options_metavar=OPTIONS)
def diagrams_export(
    folder: Annotated[Path, typer.Argument(metavar="CARPETA", help="Carpeta nueva o vacía.")],
) -> None:
    """Escribe en una carpeta los archivos del procedimiento vigente."""
    from api.cli.diagrams import export

    export(folder)


@incidents.command("list", cls=SpanishCommand, options_metavar=OPTIONS)
def incidents_list() -> None:
    """Muestra las tareas que fallaron, con su causa."""
    from api.cli.failures import show

    show()


@incidents.command("retry", cls=SpanishCommand, options_metavar=OPTIONS)
def incidents_retry(
    filing_number: Annotated[
        str | None, typer.Argument(metavar="[RADICADO]", help="Solo los de esta petición.")
    ] = None,
    task: Annotated[int | None, typer.Argument(metavar="[TAREA]", help="Solo el de esta tarea.")] = None,
) -> None:
    """Reintenta las tareas que fallaron."""
    from api.cli.failures import retry

    retry(filing_number, task)


@people.command("add", cls=SpanishCommand, options_metavar=OPTIONS)
def people_add(
    username: Annotated[str, typer.Argument(metavar="USUARIO", help="Con el que ingresa.")],
    full_name: Annotated[str, typer.Argument(metavar="NOMBRE", help="Nombre completo.")],
    *,
    role: Annotated[
        list[str], typer.Option(metavar="CARGO", help="Se repite. Los hay en «ventanilla people roles».")
    ],
    department: Annotated[
        str | None, typer.Option(metavar="CÓDIGO", help="Dependencia en la que trabaja.")
    ] = None,
    email: Annotated[
        str, typer.Option(metavar="CORREO", show_default=False, help="Donde recibe avisos.")
    ] = "",
    position: Annotated[
        str, typer.Option(metavar="TEXTO", show_default=False, help="Con el que firma.")
    ] = "",
) -> None:
    """Agrega una persona y muestra su contraseña."""
    from api.cli.staff import add

    add(username, full_name, role, email=email, position=position, department=department)


@people.command("password", cls=SpanishCommand, options_metavar=OPTIONS)
def people_password(username: Annotated[str, typer.Argument(metavar="USUARIO")]) -> None:
    """Da a una persona una contraseña nueva y la muestra."""
    from api.cli.staff import change_password

    change_password(username)


@people.command("roles", cls=SpanishCommand, options_metavar=OPTIONS)
def people_roles() -> None:
    """Muestra los cargos que una persona puede tener."""
    from api.cli.staff import show_roles

    show_roles()


@audit.command("verify", cls=SpanishCommand, options_metavar=OPTIONS)
def audit_verify() -> None:
    """Comprueba que nadie tocó el registro a mano; si lo tocaron, nombra el primer asiento de cada cadena."""
    from api.cli.journal import verify

    verify()


@audit.command("anchor", cls=SpanishCommand, options_metavar=OPTIONS)
def audit_anchor() -> None:
    """Sella ahora lo escrito desde el último sello (cada noche se hace solo)."""
    from api.cli.journal import anchor

    anchor()


def _supervise(*arguments: str) -> None:
    """Become the supervisor: a process of its own, without what the command line or this folder holds."""
    sys.stdout.flush()
    command = [sys.executable, "-P", "-m", "api.supervisor", *arguments]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and module
