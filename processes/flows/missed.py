"""Runs that came due while nobody was there to do them: one run does the work of all."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from prefect.client.orchestration import PrefectClient, SyncPrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound

from processes.reports.jobs import SCHEDULER_TAG

_OURS = DeploymentFilter(tags=DeploymentFilterTags(all_=[SCHEDULER_TAG]))
_WAITING = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))


def _missed(now: datetime) -> FlowRunFilter:
    return FlowRunFilter(
        state=_WAITING, expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": now})
    )


async def drop_missed_runs(client: PrefectClient, now: datetime) -> int:
    """Delete our runs that came due before `now` and never began; how many there were.

    Prefect would begin them all, the oldest first, and what comes due meanwhile would wait behind them. The
    catch-up does the work of all of them in one.
    """
    dropped = 0
    while found := await client.read_flow_runs(deployment_filter=_OURS, flow_run_filter=_missed(now)):
        for run in found:
            await client.delete_flow_run(run.id)
        dropped += len(found)
    return dropped


def drop_doubled_runs(client: SyncPrefectClient, now: datetime) -> int:
    """Of our runs that came due before `now` and never began keep the newest of each job; how many went.

    Workers that were away find one run of each: what it looks for is all that is due, whatever its hour. A
    run that another worker has just dropped or begun is left alone.
    """
    dropped = 0
    while True:
        found = client.read_flow_runs(
            deployment_filter=_OURS,
            flow_run_filter=_missed(now),
            sort=FlowRunSort.EXPECTED_START_TIME_DESC,
        )
        newest: dict[UUID | None, UUID] = {}
        doubled = [run.id for run in found if newest.setdefault(run.deployment_id, run.id) != run.id]
        if not doubled:
            return dropped
        for run in doubled:
            with suppress(ObjectNotFound):
                client.delete_flow_run(run)
        dropped += len(doubled)
