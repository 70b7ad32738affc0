"""What several addresses have in common: numbers, cursors, limits; bounded before any service sees them."""

from typing import Annotated

from fastapi import Path, Query

from processes.petitions.paging import MAX_LIMIT

LARGEST_KEY = 2**31 - 1

FilingNumber = Annotated[
    str,
    Path(
        pattern=r"^[0-9]{4}-[0-9]{6,12}$",
        max_length=20,
        description="Número de radicado.",
        examples=["2026-000123"],
    ),
]
TaskKey = Annotated[
    int, Path(ge=1, le=LARGEST_KEY, description="Número de la tarea en el caso.", examples=[4])
]
IncidentKey = Annotated[
    int, Path(ge=0, le=LARGEST_KEY, description="Tarea que falló; 0 es el caso completo.")
]
MessageNumber = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Número del mensaje.")]
SubstitutionNumber = Annotated[
    int, Path(ge=1, le=LARGEST_KEY, description="Número del reemplazo.", examples=[3])
]
FileNumber = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Número del archivo en la petición.")]
Cursor = Annotated[
    str | None,
    Query(max_length=200, description="El «next_cursor» de la página anterior; sin él, la primera página."),
]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Elementos por página.")]
