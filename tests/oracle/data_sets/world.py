"""A data set as plain objects that hold each other, and the data sets it was before.

Each record makes itself known to the records it names, so that every way back is a plain list.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from tests.oracle.data_sets.values import Date

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
    """Anything with an id. `row` is the number the database knows it by.

    What other records say of it, and the world it is part of, is known once a world links them.
    """

    row: int
    world: "World" = field(init=False)

    @property
    def id(self) -> str:
        """The opaque id."""
        return f"{type(self).__name__.lower()}_{self.row}"

    @property
    def own_fields(self) -> list[str]:
        """The names of what is said of it, and not of others."""
        return [each.name for each in fields(self) if each.init and each.name != "row"]

    def link(self) -> None:
        """Makes itself known to the records it names."""


@dataclass(eq=False, kw_only=True, repr=False)
class Actor(Record):
    """Somebody."""

    slug: str
    name: str
    kind: str
    description: str | None = None
    aliases: list[str] = field(default_factory=list)
    codes: list[ActorCode] = field(default_factory=list)
    member_of: list["Membership"] = field(default_factory=list, init=False)
    members: list["Membership"] = field(default_factory=list, init=False)
    supports_given: list["Support"] = field(default_factory=list, init=False)
    supports_received: list["Support"] = field(default_factory=list, init=False)
    supports_against: list["Support"] = field(default_factory=list, init=False)
    statements: list["Statement"] = field(default_factory=list, init=False)
    statements_on_behalf: list["Statement"] = field(default_factory=list, init=False)
    publications: list["Source"] = field(default_factory=list, init=False)
    mentioned_in: list["Statement"] = field(default_factory=list, init=False)


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

    def link(self) -> None:
        """Makes itself known to the records it names."""
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
    supports: list["Support"] = field(default_factory=list, init=False)


@dataclass(eq=False, kw_only=True, repr=False)
class Source(Record):
    """Where statements can be read."""

    title: str
    url: str | None = None
    publisher: Actor | None = None
    published_on: Date | None = None
    reliability: str | None = None
    note: str | None = None
    statements: list["Statement"] = field(default_factory=list, init=False)

    def link(self) -> None:
        """Makes itself known to the records it names."""
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
    evidence: list["Evidence"] = field(default_factory=list, init=False)

    def link(self) -> None:
        """Makes itself known to the records it names."""
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
    evidence: list["Evidence"] = field(default_factory=list, init=False)
    returned: list["Support"] = field(default_factory=list, init=False)

    def link(self) -> None:
        """Makes itself known to the records it names."""
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

    def link(self) -> None:
        """Makes itself known to the records it names."""
        self.support.evidence.append(self)
        self.statement.evidence.append(self)


@dataclass(eq=False)
class Former:
    """What an actor was that is part of another one now."""

    row: int
    slug: str
    actor: Actor

    @property
    def id(self) -> str:
        """The id that leads to the other one."""
        return f"actor_{self.row}"


@dataclass(frozen=True)
class Revision:
    """A state the data has been in."""

    number: int
    time: str
    author: str
    message: str | None = None

    @property
    def citation(self) -> str:
        """What to put under a table made from it."""
        year, day = self.time[:4], self.time[:10]
        name = f"AllyGraph ({year}): who supports whom, with what, and who says so."
        return f"{name} Revision {self.number} of {day}."


# Where records are held, each kind after those it names, but for what repays other support.
COLLECTIONS = (
    *("actors", "memberships", "datasets", "sources", "statements", "supports", "evidence"),
)


@dataclass(eq=False, kw_only=True, repr=False)
class World:
    """A whole data set, as one revision left it.

    `before`: what it was before that revision. `passed`: what it was on the way, state by state.
    """

    revision: Revision
    before: "World | None" = None
    passed: list["World"] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    datasets: list[Dataset] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    supports: list[Support] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    former: list[Former] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.link()

    def link(self) -> None:
        """Tells every record what others say of it: anew after each change."""
        for record in self.records():
            for each in fields(record):
                if not each.init:
                    setattr(record, each.name, [])
            record.world = self
        for record in self.records():
            record.link()

    def records(self) -> Iterator[Record]:
        """Everything that has an id."""
        for name in COLLECTIONS:
            yield from getattr(self, name)

    def past(self) -> Iterator["World"]:
        """This one and all that it was before, the newest first."""
        world: World | None = self
        while world:
            yield world
            world = world.before

    def copied(self) -> "World":
        """The same with objects of its own, which can be changed."""
        twins: dict[Any, Any] = {record: copy(record) for record in self.records()}
        for twin in twins.values():
            for name in twin.own_fields:
                value = getattr(twin, name)
                if isinstance(value, list):
                    setattr(twin, name, [twins.get(each, each) for each in value])
                elif isinstance(value, Record):
                    setattr(twin, name, twins[value])
        held: dict[str, Any] = {
            name: [twins[record] for record in getattr(self, name)] for name in COLLECTIONS
        }
        former = [Former(each.row, each.slug, twins[each.actor]) for each in self.former]
        return World(revision=self.revision, former=former, **held)
