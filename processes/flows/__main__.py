"""The flow runner: registers the schedules with Prefect and runs what is due, until it is stopped."""

import asyncio

from prefect.client.orchestration import get_client
from prefect.deployments import arun_deployment
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner

from processes.common.office_clock import real_now
from processes.common.settings import load_settings
from processes.flows.missed import drop_missed_runs
from processes.flows.schedules import catching_up, deployments, keep_schedule, switched_off

CONCURRENT_RUNS = 2


async def serve_flows(served: list[RunnerDeployment], first: RunnerDeployment) -> None:
    """Serve every deployment, beginning with one run of `first`: what fell due while nobody watched.

    What `prefect.serve` does with several deployments, and that first run. Without a limit a backlog
    would start all at once, and with the default pause a normal stop would pause every schedule.
    """
    runner = Runner(name="ventanilla", limit=CONCURRENT_RUNS, pause_on_shutdown=False)
    async with get_client() as client:
        for deployment in served:
            await keep_schedule(client, deployment)
        await drop_missed_runs(client, real_now())
    for deployment in (first, *served):
        await runner.aadd_deployment(deployment)
    await arun_deployment(
        f"{first.flow_name}/{first.name}",
        parameters={"switched_off": switched_off(served)},
        timeout=0,
        as_subflow=False,
    )
    await runner.start()


if __name__ == "__main__":
    asyncio.run(serve_flows(deployments(load_settings()), catching_up()))
