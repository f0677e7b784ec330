"""The part of the schema that the two documents use, written by hand."""

from enum import Enum, EnumMeta
from typing import Any, cast

import strawberry
from sqlalchemy import Row
from strawberry import Info
from strawberry.scalars import ID

from bench.peers.cursor import cursor_of
from bench.peers.stock.loaders import Loaders, Rows
from schema.vocabulary import ACTOR_KINDS, STANCES, SUPPORT_KINDS, SUPPORT_PHASES, Vocabulary

Ask = Info[Loaders, None]


def _enum(vocabulary: Vocabulary) -> Any:
    # The type checker takes the class that the functional form creates for an enum member.
    made = cast(EnumMeta, Enum(vocabulary.name, {code: code for code in vocabulary.codes}))
    return strawberry.enum(made)


ActorKind = _enum(ACTOR_KINDS)
Stance = _enum(STANCES)
SupportKind = _enum(SUPPORT_KINDS)
SupportPhase = _enum(SUPPORT_PHASES)


@strawberry.type
class Actor:
    """A supporter, recipient or speaker."""

    id: ID
    slug: str
    name: str
    kind: Enum = strawberry.field(graphql_type=ActorKind)
    description: str | None

    @classmethod
    def of(cls, row: Row[Any]) -> "Actor":
        """Returns the actor of a row."""
        return cls(
            id=ID(f"actor_{row.id}"),
            slug=row.slug,
            name=row.name,
            kind=ActorKind(row.kind),
            description=row.description,
        )


@strawberry.type
class Statement:
    """A statement."""

    text: str
    said_on: str | None
    speaker_id: strawberry.Private[int]

    @strawberry.field
    async def speaker(self, info: Ask) -> Actor:
        """Returns the speaker."""
        return Actor.of(await info.context.actors.load(self.speaker_id))

    @classmethod
    def of(cls, row: Row[Any]) -> "Statement":
        """Returns the statement of a row."""
        return cls(text=row.text, said_on=row.said_on, speaker_id=row.speaker_id)


@strawberry.type
class Evidence:
    """The stance of a statement on a support."""

    stance: Enum = strawberry.field(graphql_type=Stance)
    statement_id: strawberry.Private[int]

    @strawberry.field
    async def statement(self, info: Ask) -> Statement:
        """Returns the statement about the support."""
        return Statement.of(await info.context.statements.load(self.statement_id))

    @classmethod
    def of(cls, row: Row[Any]) -> "Evidence":
        """Returns the evidence of a row."""
        return cls(stance=Stance(row.stance), statement_id=row.statement_id)


@strawberry.type
class EvidenceConnection:
    """A page of evidence."""

    nodes: list[Evidence]


@strawberry.type
class Support:
    """One actor helps another with one kind of thing."""

    id: ID
    kind: Enum = strawberry.field(graphql_type=SupportKind)
    phase: Enum = strawberry.field(graphql_type=SupportPhase)
    summary: str | None
    place: str | None
    started_on: str | None
    ended_on: str | None
    number: strawberry.Private[int]
    supporter_id: strawberry.Private[int]
    recipient_id: strawberry.Private[int]

    @strawberry.field
    async def supporter(self, info: Ask) -> Actor:
        """Returns the supporter."""
        return Actor.of(await info.context.actors.load(self.supporter_id))

    @strawberry.field
    async def recipient(self, info: Ask) -> Actor:
        """Returns the recipient."""
        return Actor.of(await info.context.actors.load(self.recipient_id))

    @strawberry.field
    async def evidence(self, info: Ask, first: int = 20) -> EvidenceConnection:
        """Returns the evidence on the support."""
        rows = await info.context.evidence.load((self.number, first))
        return EvidenceConnection(nodes=[Evidence.of(row) for row in rows])

    @classmethod
    def of(cls, row: Row[Any]) -> "Support":
        """Returns the support of a row."""
        return cls(
            id=ID(f"support_{row.id}"),
            kind=SupportKind(row.kind),
            phase=SupportPhase(row.phase),
            summary=row.summary,
            place=row.place,
            started_on=row.started_on,
            ended_on=row.ended_on,
            number=row.id,
            supporter_id=row.supporter_id,
            recipient_id=row.recipient_id,
        )


@strawberry.type
class SupportEdge:
    """A support and its cursor."""

    cursor: str
    node: Support


@strawberry.type
class PageInfo:
    """The end of a page, and whether another page follows."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class SupportConnection:
    """A page of supports."""

    edges: list[SupportEdge]
    page_info: PageInfo

    @classmethod
    def of(cls, rows: Rows, first: int) -> "SupportConnection":
        """Returns a page of these rows. A row beyond `first` means that another page follows."""
        edges = [
            SupportEdge(cursor=cursor_of(row.id), node=Support.of(row)) for row in rows[:first]
        ]
        end = edges[-1].cursor if edges else None
        return cls(edges=edges, page_info=PageInfo(has_next_page=len(rows) > first, end_cursor=end))


@strawberry.input
class SupportKindFilter:
    """A filter by kind."""

    eq: Enum | None = strawberry.field(graphql_type=SupportKind | None, default=None)


@strawberry.input
class SupportFilter:
    """A filter of supports."""

    kind: SupportKindFilter | None = None


@strawberry.input(one_of=True)
class ActorBy:
    """The identifier of an actor."""

    slug: strawberry.Maybe[str]
