"""Former actors: what was merged into another actor, and into which."""

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from schema.records.columns import BIG_INTEGER


class FormerActor(SQLModel, table=True):
    """An id and a slug that answer with the actor they were merged into."""

    __tablename__ = "former_actor"

    id: int = Field(
        primary_key=True, sa_type=BIG_INTEGER, sa_column_kwargs={"autoincrement": False}
    )
    # A slug that was given once is not given again.
    slug: str = Field(unique=True, sa_type=Text)
    actor_id: int = Field(foreign_key="actor.id", index=True, sa_type=BIG_INTEGER)
