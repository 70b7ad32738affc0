"""What routes ask for: the office they work in."""

from typing import Annotated

from fastapi import Depends, Request

from processes.petitions.office import Office


async def current_office(request: Request) -> Office:
    """The office that this web process serves."""
    office: Office = request.app.state.office
    return office


OfficeDep = Annotated[Office, Depends(current_office)]
