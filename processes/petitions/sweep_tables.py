"""The table of the scheduled sweeps."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime


class SweepRun(SQLModel, table=True):
    """When a scheduled sweep last finished; its age tells whether the scheduler lives."""

    __tablename__ = "sweep_run"

    name: str = Field(primary_key=True, max_length=40)
    finished_at: datetime = Field(sa_type=UtcDateTime, description="Hora real.")
    count: int = 0


SWEEP_RUNS = SQLModel.metadata.tables["sweep_run"]
