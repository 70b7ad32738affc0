"""What a change of the calendar moved: one row for each petition, kept so that it can be shown."""

from datetime import date

from sqlmodel import Field, SQLModel


class MovedDate(SQLModel, table=True):
    """The due date of a petition, moved by a version of the calendar, and whom it concerned then."""

    __tablename__ = "moved_date"

    version: int = Field(primary_key=True, foreign_key="calendar_version.number")
    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    due_before: date
    due_after: date
    holder: str | None = Field(default=None, max_length=60)
    department: str | None = Field(default=None, max_length=20)


MOVED_DATES = SQLModel.metadata.tables["moved_date"]
