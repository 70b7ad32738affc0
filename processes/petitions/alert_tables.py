"""The table of the alerts that somebody said they have seen."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime


class AlertAcknowledgement(SQLModel, table=True):
    """Somebody who was told by a rung of the ladder has seen it: that rung does not tell them again."""

    __tablename__ = "alert_acknowledgement"

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    rung: str = Field(primary_key=True, max_length=40)
    username: str = Field(primary_key=True, foreign_key="person.username", max_length=60)
    acknowledged_at: datetime = Field(sa_type=UtcDateTime)


ALERT_ACKNOWLEDGEMENTS = SQLModel.metadata.tables["alert_acknowledgement"]
