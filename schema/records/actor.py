"""Actors: who gives support, receives it and makes statements; with aliases and memberships."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from schema.records import columns
from schema.records.collection import EVERYTHING, Collection
from schema.records.record import Record, Versioned
from schema.records.sql_types import BIG_INTEGER
from schema.vocabulary import ACTOR_KINDS, CODE_SCHEMES, MEMBERSHIP_RELATIONS


class Actor(Record, table=True):
    """A state, organisation, government body, armed group, institute, news outlet or person."""

    __collection__ = Collection(
        "actors",
        place=0,
        natural_key="slug",
        must_agree=("kind",),
        reference=("slug", "name"),
        example_fields="slug,name,codes",
        example_filters={"slug": "north-korea", "kind.in": "STATE,ORGANISATION"},
    )

    slug: str = columns.text(
        "Unique name for URLs: lower-case letters, digits and single hyphens.",
        limit=100,
        unique=True,
    )
    name: str = columns.text("Name in English.", limit=300, index=True)
    kind: str = columns.term(ACTOR_KINDS, "Kind of actor.", index=True)
    description: str | None = columns.text("Description in one sentence.", limit=2000, default=None)


class ActorAlias(Versioned, table=True):
    """An alternative name of an actor."""

    __tablename__ = "actor_alias"

    actor_id: int = Field(foreign_key="actor.id", primary_key=True, sa_type=BIG_INTEGER)
    name: str = columns.text("Alternative name.", limit=300, primary_key=True)


class ActorCode(Versioned, table=True):
    """A code of an actor in an external code scheme."""

    __tablename__ = "actor_code"
    __table_args__ = (UniqueConstraint("scheme", "value"),)

    actor_id: int = Field(foreign_key="actor.id", primary_key=True, sa_type=BIG_INTEGER)
    scheme: str = columns.term(
        CODE_SCHEMES, "Code scheme, such as ISO 3166-1 alpha-2.", primary_key=True
    )
    value: str = columns.text("Code within the scheme.", limit=50, primary_key=True)


class Membership(Record, table=True):
    """The membership of one actor in another, or an actor's being part of another."""

    __collection__ = Collection(
        "memberships",
        place=6,
        distinct_by=(EVERYTHING,),
        example_fields="member.name,organisation.name",
        example_filters={"organisation.slug": "nato"},
        has_lookup=False,
    )

    member_id: int = columns.to_one("actor", "Actor that belongs to the organisation.", index=True)
    organisation_id: int = columns.to_one("actor", "Actor that the member belongs to.", index=True)
    relation: str = columns.term(
        MEMBERSHIP_RELATIONS, "Whether the member joined the organisation or is a part of it."
    )
    role: str | None = columns.text(
        "Office that the member holds in the organisation.", limit=200, default=None
    )
    started_on: str | None = columns.partial_date(
        "Date on which the membership began.", default=None
    )
    ended_on: str | None = columns.partial_date("Date on which the membership ended.", default=None)
    note: str | None = columns.text(
        "Curator's note: additional information and its origin.", limit=2000, default=None
    )
