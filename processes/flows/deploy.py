"""`python -m processes.flows.deploy POOL`: registers the schedules for workers on other machines.

Safe to repeat: what an administrator changed is kept, as when the flow runner begins.
"""

import asyncio
import sys

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.deployments import arun_deployment
from prefect.exceptions import ObjectNotFound
from prefect.workers.process import ProcessWorker

from processes.common.office_clock import real_now
from processes.common.settings import Settings, load_settings
from processes.flows.missed import drop_missed_runs
from processes.flows.schedules import catching_up, deployments, keep_schedule, switched_off


async def deploy(settings: Settings, pool: str) -> None:
    """Put every flow on the work pool `pool`, which is made if it is not there.

    One run is asked for at once, in the place of all that waited: what fell due while nobody watched.
    """
    first, served = catching_up(), deployments(settings)
    async with get_client() as client:
        await _make_pool(client, pool)
        for deployment in (first, *served):
            if deployment.name != first.name:
                await keep_schedule(client, deployment)
            await deployment.aapply(work_pool_name=pool)
        await drop_missed_runs(client, real_now())
    await arun_deployment(
        f"{first.flow_name}/{first.name}",
        parameters={"switched_off": switched_off(served)},
        timeout=0,
        as_subflow=False,
    )


async def _make_pool(client: PrefectClient, name: str) -> None:
    try:
        await client.read_work_pool(name)
    except ObjectNotFound:
        template = ProcessWorker.get_default_base_job_template()
        await client.create_work_pool(
            WorkPoolCreate(name=name, type=ProcessWorker.type, base_job_template=template)
        )


if __name__ == "__main__":
    asyncio.run(deploy(load_settings(), sys.argv[1]))
