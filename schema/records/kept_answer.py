"""Kept answers: what a write with an `Idempotency-Key` was answered, for whoever asks again."""

from sqlalchemy import LargeBinary, Text
from sqlmodel import Field, SQLModel

from schema.records.columns import BIG_INTEGER


class KeptAnswer(SQLModel, table=True):
    """The answer to one write. `request` is the digest of what was asked."""

    __tablename__ = "kept_answer"

    caller: str = Field(primary_key=True, sa_type=Text)
    key: str = Field(primary_key=True, sa_type=Text)
    request: str = Field(sa_type=Text)
    status: int
    location: str | None = Field(default=None, sa_type=Text)
    body: bytes = Field(sa_type=LargeBinary)
    revision: int = Field(sa_type=BIG_INTEGER)
    time: str = Field(sa_type=Text, index=True)
