"""API tokens: the roles of clients. Only a digest of each secret is stored."""

from sqlmodel import Field, SQLModel

from schema.records.sql_types import BIG_INTEGER, TEXT


class Token(SQLModel, table=True):
    """A client's role until the token expires or is revoked. Times are as in `Revision`."""

    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_INTEGER)
    name: str = Field(sa_type=TEXT)
    role: str = Field(sa_type=TEXT)
    # SHA-256 of the secret, in hexadecimal digits.
    digest: str = Field(sa_type=TEXT, unique=True)
    created_at: str = Field(sa_type=TEXT)
    expires_at: str | None = Field(default=None, sa_type=TEXT)
    revoked_at: str | None = Field(default=None, sa_type=TEXT)
