"""The table of what came from SP4N-LAPOR!."""

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field, SQLModel


class ComplaintLapor(SQLModel, table=True):
    """A row of SP4N-LAPOR!'s file, sealed under its complaint's salt; `mark` tells whether it changed since."""

    __tablename__ = "complaint_lapor"

    tracking_id: str = Field(primary_key=True, max_length=32)
    complaint_id: int = Field(foreign_key="complaint_request.id", sa_type=BigInteger, unique=True)
    version: int
    mark: bytes = Field(sa_type=LargeBinary)
    sealed: bytes = Field(sa_type=LargeBinary)
