"""Columns and tables of how a petition came in: whoever asks, and the proof of its reception."""

from sqlmodel import Field, SQLModel


class ReceptionColumns(SQLModel):
    """What the single form says of a petition besides its text; `topic` and `territory`: codes, or empty."""

    nature: str = Field(default="petition", max_length=20)
    petitioner_type: str = Field(default="natural", max_length=20)
    reply_by: str = Field(default="email", max_length=12)
    verbal: bool = Field(default=False, description="Se presentó de viva voz.")
    urgent: bool = Field(default=False, description="Hay peligro para la vida o la integridad.")
    special_care: bool = Field(default=False, description="Cuál, en su tabla aparte.")
    minor: bool = False
    topic: str = Field(default="", max_length=40)
    territory: str = Field(default="", max_length=40)


class IdentityColumns(SQLModel):
    """What is known of somebody who asks (CPACA 16.2), and of who speaks for them.

    `electronic_notice` is their express acceptance of notices by e-mail (CPACA 56).
    """

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    full_name: str = Field(default="", max_length=200)
    document_type: str = Field(default="", max_length=20)
    document_number: str = Field(default="", max_length=30)
    email: str = Field(default="", max_length=320)
    phone: str = Field(default="", max_length=40)
    address: str = Field(default="", max_length=300)
    region: str = Field(default="", max_length=60)
    municipality: str = Field(default="", max_length=120)
    neighbourhood: str = Field(default="", max_length=120)
    representative_name: str = Field(default="", max_length=200)
    representative_document: str = Field(default="", max_length=60)
    electronic_notice: bool = False


class ReceptionRow(SQLModel, table=True):
    """What the desk notes of a petition that it received for somebody.

    With the number, the date, the petitioner, the object, the reasons and the annexes, the proof of a
    verbal petition (Decreto 1166 de 2016): who received it. `missing` is what
    was missing when the citizen insisted in filing (CPACA 15).
    """

    __tablename__ = "reception"

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    received_by: str = Field(max_length=200)
    missing: str = ""
    paper_annexes: str = Field(default="", max_length=300)
    language: str = Field(default="", max_length=80)


class SpecialCareRow(SQLModel, table=True):
    """A condition that the petitioner declared; sensitive data, kept apart from the petition."""

    __tablename__ = "special_care"

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    care: str = Field(primary_key=True, max_length=20)


RECEPTIONS = SQLModel.metadata.tables["reception"]
SPECIAL_CARE = SQLModel.metadata.tables["special_care"]
