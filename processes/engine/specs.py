"""Mends the engine's shared definitions, and says which shapes it cannot run right."""

from typing import Any


def prepare_specs(spec: Any, subprocess_specs: dict[str, Any]) -> None:
    """Mend the definitions in place, once, before they are shared. Idempotent."""


def unsupported_shapes(spec: Any) -> list[tuple[str, str]]:
    """Shapes that the engine runs wrongly: (element id, reason in Spanish)."""
    return []
