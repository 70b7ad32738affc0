"""The table of what waits for an approval."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime
from processes.petitions.tables import one_of
from processes.terms.kinds import PetitionKind


class ReclassificationProposal(SQLModel, table=True):
    """A change of kind that lengthens a term and waits for the head of citizen service; one a petition.

    `matters` holds the numbers of the requests that it touches, with commas; empty means all open ones.
    """

    __tablename__ = "reclassification_proposal"
    __table_args__ = (one_of("new_kind", PetitionKind),)

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    new_kind: str = Field(max_length=30)
    matters: str = Field(default="", max_length=200)
    reason: str
    proposed_by: str = Field(max_length=60, foreign_key="person.username")
    proposed_at: datetime = Field(sa_type=UtcDateTime)


PROPOSALS = SQLModel.metadata.tables["reclassification_proposal"]
