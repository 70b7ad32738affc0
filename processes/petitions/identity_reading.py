"""A row of petitioners or of reserved identities as whoever asks."""

import sqlalchemy as sa

from processes.petitions.form import DocumentType, Identity


def identity_of(row: sa.RowMapping) -> Identity:
    """Who asks, and who speaks for them."""
    return Identity(
        full_name=row["full_name"],
        document_type=DocumentType(row["document_type"]),
        document_number=row["document_number"],
        email=row["email"],
        phone=row["phone"],
        address=row["address"],
        region=row["region"],
        municipality=row["municipality"],
        neighbourhood=row["neighbourhood"],
        representative_name=row["representative_name"],
        representative_document=row["representative_document"],
        electronic_notice=row["electronic_notice"],
    )
