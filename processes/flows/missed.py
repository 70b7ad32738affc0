"""Runs that came due while no runner was there: the catch-up does the work of all of them in one."""

from datetime import datetime

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType

from processes.reports.jobs import SCHEDULER_TAG

_OURS = DeploymentFilter(tags=DeploymentFilterTags(all_=[SCHEDULER_TAG]))
_WAITING = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))


async def drop_missed_runs(client: PrefectClient, now: datetime) -> int:
    """Delete our runs that came due before `now` and never began; how many there were.

    Prefect would begin them all, the oldest first, and what comes due meanwhile would wait behind them.
    """
    missed = FlowRunFilter(
        state=_WAITING, expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": now})
    )
    dropped = 0
    while found := await client.read_flow_runs(deployment_filter=_OURS, flow_run_filter=missed):
        for run in found:
            await client.delete_flow_run(run.id)
        dropped += len(found)
    return dropped
