"""Stored responses to writes with an `Idempotency-Key`, which are replayed on a retry."""

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from schema.records.sql_types import BIG_INTEGER, TEXT


class KeptAnswer(SQLModel, table=True):
    """The response to one write. `request` is the digest of the request."""

    __tablename__ = "kept_answer"

    caller: str = Field(primary_key=True, sa_type=TEXT)
    key: str = Field(primary_key=True, sa_type=TEXT)
    request: str = Field(sa_type=TEXT)
    status: int
    location: str | None = Field(default=None, sa_type=TEXT)
    body: bytes = Field(sa_type=LargeBinary)
    revision: int = Field(sa_type=BIG_INTEGER)
    time: str = Field(sa_type=TEXT, index=True)
