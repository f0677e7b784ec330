"""A data set as plain objects that hold each other.

Each record makes itself known to the records it names, so that every way back is a plain list.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from .values import Date

# The fields that hold one other record, or none.
TO_ONE = frozenset(
    {
        *("member", "organisation", "publisher", "speaker", "on_behalf_of", "source", "supporter"),
        *("recipient", "against", "in_return_for", "dataset", "support", "statement"),
    }
)


@dataclass(frozen=True, order=True)
class ActorCode:
    """What another list calls an actor."""

    scheme: str
    value: str


@dataclass(frozen=True)
class Quantity:
    """An amount or a range; unknown altogether if nothing of it is known."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    currency: str | None = None
    estimated: bool | None = None


@dataclass(eq=False, kw_only=True, repr=False)
class Record:
    """Anything with an id. `row` is the number the database knows it by."""

    row: int

    @property
    def id(self) -> str:
        """The opaque id."""
        return f"{type(self).__name__.lower()}_{self.row}"


@dataclass(eq=False, kw_only=True, repr=False)
class Actor(Record):
    """Somebody."""

    slug: str
    name: str
    kind: str
    description: str | None = None
    aliases: list[str] = field(default_factory=list)
    codes: list[ActorCode] = field(default_factory=list)
    member_of: list["Membership"] = field(default_factory=list)
    members: list["Membership"] = field(default_factory=list)
    supports_given: list["Support"] = field(default_factory=list)
    supports_received: list["Support"] = field(default_factory=list)
    supports_against: list["Support"] = field(default_factory=list)
    statements: list["Statement"] = field(default_factory=list)
    statements_on_behalf: list["Statement"] = field(default_factory=list)
    publications: list["Source"] = field(default_factory=list)
    mentioned_in: list["Statement"] = field(default_factory=list)


@dataclass(eq=False, kw_only=True, repr=False)
class Membership(Record):
    """One actor belongs to another."""

    member: Actor
    organisation: Actor
    relation: str
    role: str | None = None
    started_on: Date | None = None
    ended_on: Date | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        self.member.member_of.append(self)
        self.organisation.members.append(self)


@dataclass(eq=False, kw_only=True, repr=False)
class Dataset(Record):
    """A published collection."""

    slug: str
    title: str
    version: str
    licence: str
    citation: str
    url: str | None = None
    supports: list["Support"] = field(default_factory=list)


@dataclass(eq=False, kw_only=True, repr=False)
class Source(Record):
    """Where statements can be read."""

    title: str
    url: str | None = None
    publisher: Actor | None = None
    published_on: Date | None = None
    reliability: str | None = None
    note: str | None = None
    statements: list["Statement"] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.publisher:
            self.publisher.publications.append(self)


@dataclass(eq=False, kw_only=True, repr=False)
class Statement(Record):
    """What somebody said."""

    text: str
    quoted: bool
    language: str
    speaker: Actor
    on_behalf_of: Actor | None = None
    said_on: Date | None = None
    source: Source
    credibility: int | None = None
    note: str | None = None
    mentions: list[Actor] = field(default_factory=list)
    evidence: list["Evidence"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.speaker.statements.append(self)
        self.source.statements.append(self)
        if self.on_behalf_of:
            self.on_behalf_of.statements_on_behalf.append(self)
        for actor in self.mentions:
            actor.mentioned_in.append(self)


@dataclass(eq=False, kw_only=True, repr=False)
class Support(Record):
    """One actor helps another."""

    supporter: Actor
    recipient: Actor
    against: Actor | None = None
    kind: str
    phase: str
    summary: str | None = None
    place: str | None = None
    started_on: Date | None = None
    ended_on: Date | None = None
    in_return_for: "Support | None" = None
    dataset: Dataset | None = None
    source_category: str | None = None
    note: str | None = None
    quantity: Quantity = Quantity()
    evidence: list["Evidence"] = field(default_factory=list)
    returned: list["Support"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.supporter.supports_given.append(self)
        self.recipient.supports_received.append(self)
        if self.against:
            self.against.supports_against.append(self)
        if self.in_return_for:
            self.in_return_for.returned.append(self)
        if self.dataset:
            self.dataset.supports.append(self)


@dataclass(eq=False, kw_only=True, repr=False)
class Evidence(Record):
    """A statement speaks to a support."""

    support: Support
    statement: Statement
    stance: str
    note: str | None = None
    quantity: Quantity = Quantity()

    def __post_init__(self) -> None:
        self.support.evidence.append(self)
        self.statement.evidence.append(self)


@dataclass(frozen=True)
class Revision:
    """A state the data has been in."""

    number: int
    time: str
    author: str
    message: str | None = None


@dataclass(frozen=True)
class World:
    """A whole data set, in the order it is written to a database."""

    actors: list[Actor] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    datasets: list[Dataset] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    supports: list[Support] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """Everything that has an id."""
        return chain(
            self.actors,
            self.memberships,
            self.datasets,
            self.sources,
            self.statements,
            self.supports,
            self.evidence,
        )
