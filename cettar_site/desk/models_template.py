"""Table of the desk's templates: texts that an agency's officers begin an answer with."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from cettar_site.base.columns import UtcDateTime


class DeskTemplate(SQLModel, table=True):
    """A text to begin with. It holds no word of a citizen."""

    __tablename__ = "desk_template"

    id: int | None = Field(default=None, primary_key=True)
    agency_code: str = Field(max_length=24, index=True)
    name: str = Field(max_length=80)
    text: str = Field(max_length=2000)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    changed_by: str = Field(max_length=16)
