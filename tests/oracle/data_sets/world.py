"""A data set as plain linked objects, with its earlier states.

Each record registers with the records it refers to, so that every reverse edge is a plain list.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, fields
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from tests.oracle.data_sets.values import Date, snake_case


@dataclass(frozen=True)
class Item:
    """An item of a list that a record owns. Lists are sorted by the values of their items."""

    @property
    def rank(self) -> list[str]:
        """The sort key of the item: unknown values come first."""
        return [str(getattr(value, "text", value) or "") for value in vars(self).values()]


@dataclass(frozen=True)
class ActorAlias(Item):
    """An alias of an actor, current or former."""

    name: str
    language: str | None = None
    kind: str = "ALIAS"
    started_on: Date | None = None
    ended_on: Date | None = None


@dataclass(frozen=True)
class ActorCode(Item):
    """A code of an actor in an external scheme, current or former."""

    scheme: str
    value: str
    started_on: Date | None = None
    ended_on: Date | None = None


@dataclass(frozen=True)
class ConflictCode(Item):
    """A code of a conflict in an external scheme."""

    scheme: str
    value: str


@dataclass(frozen=True)
class DatasetCount(Item):
    """A count of the file of a data set."""

    counted: str
    number: int


@dataclass(frozen=True)
class Group:
    """Values that form an object, which is null if all of them are."""


@dataclass(frozen=True)
class Quantity(Group):
    """An amount or a range."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    estimated: bool | None = None


@dataclass(frozen=True)
class Worth(Group):
    """An amount or a range of money or of TIV."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    currency: str | None = None
    estimated: bool | None = None


@dataclass(eq=False, kw_only=True, repr=False)
class Record:
    """A record. `row` is its id in the database.

    Reverse edges and the world of a record are set when a world links its records.
    """

    # The name of its collection in a world, and the position of its changes among those of one
    # revision.
    collection: ClassVar[str]
    change_place: ClassVar[int]

    row: int
    world: "World" = field(init=False)

    @classmethod
    def singular(cls) -> str:
        """`peace_treaty`: what ids begin with."""
        return snake_case(cls.__name__).removeprefix("_")

    @property
    def id(self) -> str:
        """The opaque id."""
        return f"{self.singular()}_{self.row}"

    @property
    def own_fields(self) -> list[str]:
        """The names of its fields, without reverse edges."""
        return [each.name for each in fields(self) if each.init and each.name != "row"]

    def link(self) -> None:
        """Adds the record to the reverse edges of the records it refers to."""


@dataclass(eq=False, kw_only=True, repr=False)
class Actor(Record):
    """An actor."""

    collection = "actors"
    change_place = 0

    slug: str
    name: str
    kind: str
    description: str | None = None
    aliases: list[ActorAlias] = field(default_factory=list)
    codes: list[ActorCode] = field(default_factory=list)
    member_of: list["Membership"] = field(default_factory=list, init=False)
    members: list["Membership"] = field(default_factory=list, init=False)
    supports_given: list["Support"] = field(default_factory=list, init=False)
    supports_received: list["Support"] = field(default_factory=list, init=False)
    supports_against: list["Support"] = field(default_factory=list, init=False)
    statements: list["Statement"] = field(default_factory=list, init=False)
    statements_on_behalf: list["Statement"] = field(default_factory=list, init=False)
    publications: list["Source"] = field(default_factory=list, init=False)
    datasets: list["Dataset"] = field(default_factory=list, init=False)
    coverage: list["Coverage"] = field(default_factory=list, init=False)
    coverage_as_counterpart: list["Coverage"] = field(default_factory=list, init=False)
    predecessors: list["Succession"] = field(default_factory=list, init=False)
    successors: list["Succession"] = field(default_factory=list, init=False)
    possible_supports: list["Support"] = field(default_factory=list, init=False)
    mentioned_in: list["Statement"] = field(default_factory=list, init=False)


@dataclass(eq=False, kw_only=True, repr=False)
class Membership(Record):
    """A membership of one actor in another."""

    collection = "memberships"
    change_place = 6

    member: Actor
    organisation: Actor
    relation: str
    role: str | None = None
    started_on: Date | None = None
    ended_on: Date | None = None
    note: str | None = None

    def link(self) -> None:
        """Adds the record to the reverse edges of the records it refers to."""
        self.member.member_of.append(self)
        self.organisation.members.append(self)


@dataclass(eq=False, kw_only=True, repr=False)
class Dataset(Record):
    """A data set."""

    collection = "datasets"
    change_place = 5

    slug: str
    title: str
    version: str
    licence: str
    citation: str
    url: str | None = None
    publisher: Actor | None = None
    doi: str | None = None
    published_on: Date | None = None
    retrieved_on: Date | None = None
    checksum: str | None = None
    covers_from: Date | None = None
    covers_until: Date | None = None
    scope: str | None = None
    unit_of_observation: str | None = None
    part_of: "Dataset | None" = None
    mapping_version: str | None = None
    actor_kinds: list[str] = field(default_factory=list)
    support_kinds: list[str] = field(default_factory=list)
    counts: list[DatasetCount] = field(default_factory=list)
    supports: list["Support"] = field(default_factory=list, init=False)
    coverage: list["Coverage"] = field(default_factory=list, init=False)
    parts: list["Dataset"] = field(default_factory=list, init=False)

    def link(self) -> None:
        """Adds the record to the reverse edges of the records it refers to."""
        if self.publisher:
            self.publisher.datasets.append(self)
        if self.part_of:
            self.part_of.parts.append(self)


@dataclass(eq=False, kw_only=True, repr=False)
class Coverage(Record):
    """The coverage of an actor by a data set."""

    collection = "coverage"
    change_place = 9

    dataset: Dataset
    actor: Actor
    role: str
    counterpart: Actor | None = None
    covers_from: Date | None = None
    covers_until: Date | None = None

    def link(self) -> None:
        """Adds the record to the reverse edges of the records it refers to."""
        self.dataset.coverage.append(self)
        self.actor.coverage.append(self)
        if self.counterpart:
            self.counterpart.coverage_as_counterpart.append(self)


@dataclass(eq=False, kw_only=True, repr=False)
class Succession(Record):
    """A succession of one actor to another."""

    collection = "successions"
    change_place = 8

    predecessor: Actor
    successor: Actor
    kind: str
    succeeded_on: Date | None = None
    note: str | None = None

    def link(self) -> None:
        """Adds the record to the reverse edges of the records it refers to."""
        self.predecessor.successors.append(self)
        self.successor.predecessors.append(self)


@dataclass(eq=False, kw_only=True, repr=False)
class Conflict(Record):
    """A conflict."""

    collection = "conflicts"
    change_place = 7

    slug: str
    name: str
    kind: str
    place: str | None = None
    started_on: Date | None = None
    ended_on: Date | None = None
    note: str | None = None
    codes: list[ConflictCode] = field(default_factory=list)
    supports: list["Support"] = field(default_factory=list, init=False)


@dataclass(eq=False, kw_only=True, repr=False)
class Source(Record):
    """A source of statements."""

    collection = "sources"
    change_place = 4

    title: str
    url: str | None = None
    publisher: Actor | None = None
    published_on: Date | None = None
    reliability: str | None = None
    note: str | None = None
    statements: list["Statement"] = field(default_factory=list, init=False)

    def link(self) -> None:
        """Adds the record to the reverse edges of the records it refers to."""
        if self.publisher:
            self.publisher.publications.append(self)


@dataclass(eq=False, kw_only=True, repr=False)
class Statement(Record):
    """A statement."""

    collection = "statements"
    change_place = 3

    text: str
    quoted: bool
    language: str
    speaker: Actor
    on_behalf_of: Actor | None = None
    said_on: Date | None = None
    source: Source
    credibility: int | None = None
    note: str | None = None
    corrects: "Statement | None" = None
    mentions: list[Actor] = field(default_factory=list)
    evidence: list["Evidence"] = field(default_factory=list, init=False)
    corrected_by: list["Statement"] = field(default_factory=list, init=False)

    def link(self) -> None:
        """Adds the record to the reverse edges of the records it refers to."""
        self.speaker.statements.append(self)
        self.source.statements.append(self)
        if self.on_behalf_of:
            self.on_behalf_of.statements_on_behalf.append(self)
        if self.corrects:
            self.corrects.corrected_by.append(self)
        for actor in self.mentions:
            actor.mentioned_in.append(self)


@dataclass(eq=False, kw_only=True, repr=False)
class Support(Record):
    """A support."""

    collection = "supports"
    change_place = 1

    supporter: Actor | None = None
    recipient: Actor | None = None
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
    agreed_on: Date | None = None
    start_censored: bool = False
    end_censored: bool = False
    mutual: bool = False
    conflict: Conflict | None = None
    source_key: str | None = None
    attribution: str = "CERTAIN"
    candidates_at_least: int | None = None
    quantity: Quantity = Quantity()
    worth: Worth = Worth()
    candidates: list[Actor] = field(default_factory=list)
    evidence: list["Evidence"] = field(default_factory=list, init=False)
    returned: list["Support"] = field(default_factory=list, init=False)

    def link(self) -> None:
        """Adds the record to the reverse edges of the records it refers to."""
        if self.supporter:
            self.supporter.supports_given.append(self)
        if self.recipient:
            self.recipient.supports_received.append(self)
        for actor in self.candidates:
            actor.possible_supports.append(self)
        if self.against:
            self.against.supports_against.append(self)
        if self.in_return_for:
            self.in_return_for.returned.append(self)
        if self.dataset:
            self.dataset.supports.append(self)
        if self.conflict:
            self.conflict.supports.append(self)


@dataclass(eq=False, kw_only=True, repr=False)
class Evidence(Record):
    """The evidence of a statement on a support."""

    collection = "evidence"
    change_place = 2

    support: Support
    statement: Statement
    stance: str
    note: str | None = None
    quantity: Quantity = Quantity()
    worth: Worth = Worth()

    def link(self) -> None:
        """Adds the record to the reverse edges of the records it refers to."""
        self.support.evidence.append(self)
        self.statement.evidence.append(self)


@dataclass(frozen=True)
class Former:
    """A former slug or id of a record, or of one merged into it.

    `row`: the id of the record that it leads to, which may have been deleted.
    """

    type_: type[Record]
    name: str | int
    row: int

    @property
    def id(self) -> str:
        """The former id, if the name is an id."""
        return f"{self.type_.singular()}_{self.name}"


@dataclass(frozen=True)
class Revision:
    """A revision of the data."""

    number: int
    time: str
    author: str
    message: str | None = None

    @property
    def citation(self) -> str:
        """The citation of the revision."""
        year, day = self.time[:4], self.time[:10]
        name = f"AllyGraph ({year}): who supports whom, with what, and who says so."
        return f"{name} Revision {self.number} of {day}."


class World:
    """A data set as of one revision, with a list of records for each collection.

    `before`: its state before that revision. `passed`: the states within the revision.
    """

    def __init__(
        self,
        *,
        revision: Revision,
        before: "World | None" = None,
        former: Sequence[Former] = (),
        **records: list[Any],
    ) -> None:
        """`records`: by the names of collections."""
        self.revision, self.before = revision, before
        self.passed: list[World] = []
        self.former = list(former)
        for name in COLLECTIONS:
            setattr(self, name, records.pop(name, []))
        assert not records, records
        self.link()

    def link(self) -> None:
        """Sets the reverse edges of all records. Must be called after each change."""
        for record in self.records():
            for each in fields(record):
                if not each.init:
                    setattr(record, each.name, [])
            record.world = self
        for record in self.records():
            record.link()

    def records(self) -> Iterator[Record]:
        """Yields all records."""
        for name in COLLECTIONS:
            yield from getattr(self, name)

    def past(self) -> Iterator["World"]:
        """Yields this state and all earlier ones, the newest first."""
        world: World | None = self
        while world:
            yield world
            world = world.before

    def copied(self) -> "World":
        """Returns a copy with new objects, which can be changed."""
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
        return World(revision=self.revision, former=list(self.former), **held)


# Every record type in the order above: each after those it refers to.
TYPES: tuple[type[Record], ...] = tuple(Record.__subclasses__())
COLLECTIONS = tuple(type_.collection for type_ in TYPES)


def types_of(type_: type) -> dict[str, tuple[Any, bool]]:
    """Returns the type of each field of a record type, and whether it may be null."""
    hints = get_type_hints(type_)
    own = (each.name for each in fields(type_) if each.init and each.name != "row")
    return {name: _held(hints[name]) for name in own}


def _held(hint: Any) -> tuple[Any, bool]:
    known = [each for each in get_args(hint) if each is not NoneType]
    return (known[0], True) if get_origin(hint) in (Union, UnionType) else (hint, False)


# The to-one references.
TO_ONE = frozenset(
    name
    for type_ in TYPES
    for name, (held, _) in types_of(type_).items()
    if isinstance(held, type) and issubclass(held, Record)
)
