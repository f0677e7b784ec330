"""Actors: who gives support, receives it and makes statements; their names, codes, memberships."""

from sqlalchemy import Index
from sqlmodel import Field

from schema.records import columns
from schema.records.collection import EVERYTHING, Collection, Period
from schema.records.record import Record, Versioned
from schema.records.sql_types import BIG_INTEGER
from schema.vocabulary import ACTOR_KINDS, CODE_SCHEMES, MEMBERSHIP_RELATIONS, NAME_KINDS


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
    """Another name of an actor, and when it had that name."""

    __tablename__ = "actor_alias"

    # One actor may have had one name twice.
    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_INTEGER)
    actor_id: int = Field(foreign_key="actor.id", index=True, sa_type=BIG_INTEGER)
    name: str = columns.text("The name.", limit=300, index=True)
    language: str | None = columns.text(
        "Language of the name: a BCP 47 tag such as fa or uk-Latn.", limit=35, default=None
    )
    kind: str = columns.term(NAME_KINDS, "Kind of name.", default="ALIAS", server_default="ALIAS")
    started_on: str | None = columns.partial_date(
        "Date from which the actor had the name.", default=None
    )
    ended_on: str | None = columns.partial_date(
        "Date until which the actor had the name.", default=None
    )


class ActorCode(Versioned, table=True):
    """A code of an actor in an external code scheme, and when the actor had it."""

    __tablename__ = "actor_code"
    __table_args__ = (Index("ix_actor_code_scheme_value", "scheme", "value"),)

    # One actor may have had one code twice, and two actors one after the other.
    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_INTEGER)
    actor_id: int = Field(foreign_key="actor.id", index=True, sa_type=BIG_INTEGER)
    scheme: str = columns.term(CODE_SCHEMES, "Code scheme, such as ISO 3166-1 alpha-2.")
    value: str = columns.text("Code within the scheme.", limit=50)
    started_on: str | None = columns.partial_date(
        "Date from which the code is the actor's.", default=None
    )
    ended_on: str | None = columns.partial_date(
        "Date until which the code is the actor's.", default=None
    )


class Membership(Record, table=True):
    """The membership of one actor in another, or an actor's being part of another."""

    __collection__ = Collection(
        "memberships",
        place=6,
        distinct_by=(EVERYTHING,),
        example_fields="member.name,organisation.name",
        example_filters={"organisation.slug": "nato"},
        has_lookup=False,
        period=Period(),
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
