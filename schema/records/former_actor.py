"""Former actors: what was merged into another actor, and into which."""

from sqlmodel import Field

from schema.records.record import Versioned
from schema.records.sql_types import BIG_INTEGER, TEXT


class FormerActor(Versioned, table=True):
    """An id and a slug that answer with the actor they were merged into."""

    __tablename__ = "former_actor"

    id: int = Field(
        primary_key=True, sa_type=BIG_INTEGER, sa_column_kwargs={"autoincrement": False}
    )
    # A slug that was given once is not given again.
    slug: str = Field(unique=True, sa_type=TEXT)
    actor_id: int = Field(foreign_key="actor.id", index=True, sa_type=BIG_INTEGER)
