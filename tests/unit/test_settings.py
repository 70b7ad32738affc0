from pathlib import Path

from processes.common.settings import Settings


def test_the_settings_do_not_show_the_password_of_the_database(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, database_url="postgresql://ventanilla:clave-secreta@servidor/datos")

    assert "clave-secreta" not in f"{settings} {settings!r}"
    assert settings.url.endswith("clave-secreta@servidor/datos")
