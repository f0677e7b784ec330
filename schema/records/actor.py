"""Actors: who supports, who is supported, who speaks."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from schema.records import columns
from schema.records.collection import Collection
from schema.records.record import Record, Versioned
from schema.records.sql_types import BIG_INTEGER
from schema.vocabulary import ACTOR_KINDS, CODE_SCHEMES, MEMBERSHIP_RELATIONS


class Actor(Record, table=True):
    """A state, an organisation, a government body, an armed group, an institute, a person."""

    __collection__ = Collection(
        "actors",
        place=0,
        natural_key="slug",
        must_agree=("kind",),
        reference=("slug", "name"),
        example_fields="slug,name,codes",
        example_filters={"slug": "north-korea", "kind.in": "PERSON,ORGANISATION"},
    )

    slug: str = columns.text(
        "The name in addresses: lower case, hyphens, unique.", limit=100, unique=True
    )
    name: str = columns.text("The name in English.", limit=300, index=True)
    kind: str = columns.term(ACTOR_KINDS, "What sort of actor it is.", index=True)
    description: str | None = columns.text("Who it is, in a sentence.", limit=2000, default=None)


class ActorAlias(Versioned, table=True):
    """Another name of an actor."""

    __tablename__ = "actor_alias"

    actor_id: int = Field(foreign_key="actor.id", primary_key=True, sa_type=BIG_INTEGER)
    name: str = columns.text("Another name it goes by.", limit=300, primary_key=True)


class ActorCode(Versioned, table=True):
    """What somebody else's list calls an actor."""

    __tablename__ = "actor_code"
    __table_args__ = (UniqueConstraint("scheme", "value"),)

    actor_id: int = Field(foreign_key="actor.id", primary_key=True, sa_type=BIG_INTEGER)
    scheme: str = columns.term(CODE_SCHEMES, "Whose code it is.", primary_key=True)
    value: str = columns.text("The code itself.", limit=50, primary_key=True)


class Membership(Record, table=True):
    """One actor belongs to another."""

    __collection__ = Collection(
        "memberships",
        place=6,
        example_fields="member.name,organisation.name",
        example_filters={"organisation.slug": "nato"},
        has_lookup=False,
    )

    member_id: int = columns.to_one("actor", "Who belongs.", index=True)
    organisation_id: int = columns.to_one("actor", "To whom it belongs.", index=True)
    relation: str = columns.term(MEMBERSHIP_RELATIONS, "How it belongs.")
    role: str | None = columns.text("The office it holds there.", limit=200, default=None)
    started_on: str | None = columns.partial_date("When it began.", default=None)
    ended_on: str | None = columns.partial_date("When it ended.", default=None)
    note: str | None = columns.text(
        "What the curator added, and from where.", limit=2000, default=None
    )
