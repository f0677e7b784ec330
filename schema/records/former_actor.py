"""Former actors: the ids and slugs of actors that were merged into another."""

from sqlmodel import Field

from schema.records.record import Versioned
from schema.records.sql_types import BIG_INTEGER, TEXT


class FormerActor(Versioned, table=True):
    """The id and slug of a merged actor, which now resolve to the actor it was merged into."""

    __tablename__ = "former_actor"

    id: int = Field(
        primary_key=True, sa_type=BIG_INTEGER, sa_column_kwargs={"autoincrement": False}
    )
    # A slug is never reused.
    slug: str = Field(unique=True, sa_type=TEXT)
    actor_id: int = Field(foreign_key="actor.id", index=True, sa_type=BIG_INTEGER)
