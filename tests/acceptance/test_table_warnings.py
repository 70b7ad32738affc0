"""`ventanilla diagrams`: what deserves a look is told as such, and keeps nothing back."""

from pathlib import Path

from processes.petitions.publishing import read_bundle_folder
from tests.builders.procedures import SHORT
from tests.support.supervised import Home, run_ventanilla


def procedure(folder: Path, *, old: str, new: str) -> Path:
    """The short procedure, with one text of its escalation table changed."""
    for name, content in read_bundle_folder(SHORT).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    table = folder / "decisions" / "escalation.dmn"
    text = table.read_text(encoding="utf-8")
    assert text.count(old) == 1
    table.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_a_gap_is_told_and_the_procedure_can_be_published(tmp_path: Path) -> None:
    folder = procedure(tmp_path / "con hueco", old="<text>&gt;= 3</text>", new="<text>&gt; 3, 3.5</text>")

    told = run_ventanilla("diagrams", "check", str(folder), home=Home(tmp_path / "oficina"))

    assert (told.returncode, told.stdout.startswith("Sin problemas")) == (0, True)
    assert told.stderr == (
        "Aviso: decisions/escalation.dmn: decisión «Siguiente escalón»: ninguna regla cubre, por ejemplo, "
        "Alertas ya enviadas = 3, y no hay valores de salida por defecto\n"
    )


def test_an_overlap_keeps_the_procedure_back(tmp_path: Path) -> None:
    folder = procedure(tmp_path / "solapado", old="<text>&gt;= 3</text>", new="<text>&gt;= 2</text>")

    told = run_ventanilla("diagrams", "check", str(folder), home=Home(tmp_path / "oficina"))

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == (
        "decisions/escalation.dmn: decisión «Siguiente escalón»: las reglas 3 y 4 se cumplen a la vez, por "
        "ejemplo con Alertas ya enviadas = 2, y la política es UNIQUE\n"
    )
