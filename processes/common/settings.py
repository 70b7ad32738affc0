"""Settings of one installation: environment variables first, then `ventanilla.toml` in its home."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from processes.common.errors import Unavailable
from processes.common.staff_hours import StaffHours

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600
_NOT_KEPT = (
    "No hay espacio o permiso para guardar en la carpeta de Ventanilla. Nada de lo que envió quedó "
    "registrado; avise al administrador e intente de nuevo."
)


def home_folder() -> Path:
    """The one folder that holds all state: `VENTANILLA_HOME`, or `var` in the current folder."""
    return Path(os.environ.get("VENTANILLA_HOME", "var")).expanduser().resolve()


class Settings(BaseSettings):
    """Every setting, each `VENTANILLA_<NAME>` in the environment or `<name>` in the file.

    The home folder holds the database (SQLite), the files, Prefect's own state and the secrets.
    """

    model_config = SettingsConfigDict(env_prefix="VENTANILLA_", extra="forbid", frozen=True)

    home: Path = Field(default_factory=home_folder, description="Carpeta con todo el estado.")
    database_url: str = Field(
        default="", repr=False, description="SQLAlchemy; vacío es SQLite en la carpeta."
    )
    host: str = Field(default="127.0.0.1", description="Dirección en la que atiende el proceso web.")
    port: int = Field(default=8000, ge=1, le=65535)
    base_url: str = Field(default="", description="Dirección pública, para enlaces en los mensajes.")
    secure_cookies: bool = Field(default=False, description="Verdadero detrás de HTTPS.")
    trusted_proxies: tuple[str, ...] = Field(
        default=(), description="Direcciones de las que se cree el X-Forwarded-For."
    )
    prefect_port: int = Field(default=4200, ge=1, le=65535)
    prefect_api_url: str = Field(default="", description="Vacío: el programador es propio, en este equipo.")
    prefect_api_auth: SecretStr = SecretStr("")
    sweep_seconds: int = Field(default=300, ge=5, description="Cada cuánto se revisa lo que vence.")
    mail: Literal["console", "smtp"] = "console"
    mail_from: str = "ventanilla@localhost"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_security: Literal["none", "starttls", "tls"] = "starttls"
    smtp_timeout_seconds: float = Field(default=20.0, gt=0)
    smtp_connections: int = Field(default=4, ge=1, le=20, description="Conexiones a la vez en cada proceso.")
    gateway_url: str = Field(default="", description="Servicio de mensajes cortos; vacío es ninguno.")
    gateway_secret: SecretStr = SecretStr("")
    staff_hours: str = Field(default="07:00-18:00", description="Horas para escribir a los funcionarios.")
    letter_days: int = Field(
        default=2, ge=0, le=60, description="Días hábiles que una carta puede esperar en la ventanilla."
    )
    max_upload_bytes: int = Field(default=20_000_000, gt=0, description="Por archivo adjunto.")
    max_uploads: int = Field(default=10, ge=0, description="Archivos por envío.")
    session_hours: int = Field(default=10, gt=0, description="Duración de una sesión de trabajo.")
    filings_per_hour: int = Field(default=60, gt=0, description="Radicaciones por hora desde una dirección.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("staff_hours")
    @classmethod
    def _hours(cls, text: str) -> str:
        StaffHours.parse(text)
        return text

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is the library's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is the library's
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then the file; no `.env`, which hides in folders."""
        file = TomlConfigSettingsSource(settings_cls, toml_file=home_folder() / "ventanilla.toml")
        return init_settings, env_settings, file

    @property
    def url(self) -> str:
        """The database to use."""
        return self.database_url or f"sqlite:///{self.home / 'ventanilla.sqlite3'}"

    @property
    def public_url(self) -> str:
        """The address that people type, without a slash at its end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def files_folder(self) -> Path:
        """Where attachments lie, by the hash of their content."""
        return self.home / "files"

    def secret(self, name: str) -> str:
        """The secret called `name`, made at first use; a file of mode 0600 below the home.

        Raises Unavailable when it cannot be kept.
        """
        folder = self.home / "secrets"
        path = folder / name
        # What is there already needs no room on the disk.
        if not path.exists():
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
                with suppress(FileExistsError):
                    _write_private(path, secrets.token_urlsafe(32))
            except OSError as error:
                raise Unavailable(_NOT_KEPT) from error
        return path.read_text(encoding="ascii").strip()


def _write_private(path: Path, text: str) -> None:
    """Write whole or not at all, so that a cut never leaves half a secret. Raises FileExistsError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
        os.link(draft, path)
    finally:
        draft.unlink()


def load_settings() -> Settings:
    """The installation's settings; creates its home, readable by its owner alone.

    Raises pydantic.ValidationError, which names each wrong setting.
    """
    settings = Settings()
    settings.home.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    return settings
