"""The pages for people: rendered on the server, useful without a line of JavaScript."""

from fastapi import APIRouter

from api.pages import (
    acknowledgements,
    acts,
    approvals,
    calendar,
    calendar_changes,
    calendar_review,
    citizen_acts,
    desk,
    due_date,
    filing,
    home,
    identity,
    inbox,
    incidents,
    legal,
    matters,
    messages,
    petitions,
    procedure,
    reports,
    schedules,
    sessions,
    tasks,
    tracking,
)

router = APIRouter(include_in_schema=False)
for room in (
    home,
    filing,
    desk,
    acknowledgements,
    tracking,
    sessions,
    inbox,
    tasks,
    petitions,
    procedure,
    due_date,
    identity,
    messages,
    incidents,
    calendar,
    calendar_changes,
    calendar_review,
    legal,
    acts,
    matters,
    approvals,
    citizen_acts,
    reports,
    schedules,
):
    router.include_router(room.router)
