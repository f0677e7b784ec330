"""Edges between records that are not columns: reverse edges, many-to-many edges and lists.

A to-one edge is a column (`Support.supporter_id`), which declares its name and description. This
file declares the same edges in reverse, the many-to-many edges and the lists that a record owns.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reverse:
    """The field `name` of `owner`: the records of `table` whose `column` points to it."""

    owner: str
    name: str
    table: str
    column: str
    description: str


@dataclass(frozen=True)
class ManyToMany:
    """Records of `target` that rows of `link` join to `owner` by the columns `near` and `far`.

    `is_part`: the link belongs to `owner` and is written with it. This holds at one end only.
    """

    owner: str
    name: str
    target: str
    link: str
    near: str
    far: str
    description: str
    is_part: bool = False


@dataclass(frozen=True)
class Listing:
    """A list that a record owns: the rows of `table`, or their column `value` alone.

    `identified_by`: the columns that identify an item, such as the scheme and the value of a code.
    An item belongs to one record at a time; if items have dates, it may belong to another record at
    another time.
    """

    owner: str
    name: str
    table: str
    near: str
    description: str
    value: str | None = None
    identified_by: tuple[str, ...] = ()


REVERSES = (
    Reverse(
        "actor", "memberOf", "membership", "member_id", "Memberships of the actor in other actors."
    ),
    Reverse(
        "actor",
        "members",
        "membership",
        "organisation_id",
        "Memberships of other actors in this one.",
    ),
    Reverse(
        "actor",
        "predecessors",
        "succession",
        "successor_id",
        "Successions by which the actor follows others.",
    ),
    Reverse(
        "actor",
        "successors",
        "succession",
        "predecessor_id",
        "Successions by which others follow the actor.",
    ),
    Reverse("actor", "supportsGiven", "support", "supporter_id", "Supports that the actor gives."),
    Reverse(
        "actor", "supportsReceived", "support", "recipient_id", "Supports that the actor receives."
    ),
    Reverse(
        "actor", "supportsAgainst", "support", "against_id", "Supports directed against the actor."
    ),
    Reverse("actor", "statements", "statement", "speaker_id", "Statements that the actor made."),
    Reverse(
        "actor",
        "statementsOnBehalf",
        "statement",
        "on_behalf_of_id",
        "Statements that others made on the actor's behalf.",
    ),
    Reverse("actor", "publications", "source", "publisher_id", "Sources that the actor published."),
    Reverse("actor", "datasets", "dataset", "publisher_id", "Data sets that the actor publishes."),
    Reverse(
        "actor",
        "coverage",
        "coverage",
        "actor_id",
        "Where data sets looked at the actor, and when.",
    ),
    Reverse(
        "actor",
        "coverageAsCounterpart",
        "coverage",
        "counterpart_id",
        "Where data sets looked at others with the actor alone at the other end.",
    ),
    Reverse(
        "support",
        "evidence",
        "evidence",
        "support_id",
        "Evidence on the support: the stance of each statement about it.",
    ),
    Reverse(
        "support",
        "returned",
        "support",
        "in_return_for_id",
        "Supports given in return for this one.",
    ),
    Reverse(
        "statement",
        "evidence",
        "evidence",
        "statement_id",
        "Evidence from the statement: its stance on each support it is about.",
    ),
    Reverse(
        "statement",
        "correctedBy",
        "statement",
        "corrects_id",
        "Later statements that correct or withdraw this one.",
    ),
    Reverse(
        "source", "statements", "statement", "source_id", "Statements that the source reports."
    ),
    Reverse(
        "conflict", "supports", "support", "conflict_id", "Supports given within the conflict."
    ),
    Reverse("dataset", "supports", "support", "dataset_id", "Supports imported from the data set."),
    Reverse(
        "dataset", "coverage", "coverage", "dataset_id", "Where the data set looked, and when."
    ),
    Reverse("dataset", "parts", "dataset", "part_of_id", "Data sets whose sums are part of these."),
)

MANY_TO_MANY = (
    ManyToMany(
        "statement",
        "mentions",
        "actor",
        link="mention",
        near="statement_id",
        far="actor_id",
        description="Actors that the statement mentions.",
        is_part=True,
    ),
    ManyToMany(
        "actor",
        "mentionedIn",
        "statement",
        link="mention",
        near="actor_id",
        far="statement_id",
        description="Statements that mention the actor.",
    ),
    ManyToMany(
        "support",
        "candidates",
        "actor",
        link="candidate",
        near="support_id",
        far="actor_id",
        description="Actors among whom the supporters are, if `attribution` is SOME_OF.",
        is_part=True,
    ),
    ManyToMany(
        "actor",
        "possibleSupports",
        "support",
        link="candidate",
        near="actor_id",
        far="support_id",
        description="Supports that the actor may have given: it is one of their candidates.",
    ),
)

LISTINGS = (
    Listing(
        "actor",
        "aliases",
        "actor_alias",
        "actor_id",
        "Other names of the actor: former names, acronyms, names in other languages.",
    ),
    Listing(
        "actor",
        "codes",
        "actor_code",
        "actor_id",
        "Codes of the actor in external code schemes, such as ISO 3166-1.",
        identified_by=("scheme", "value"),
    ),
    Listing(
        "conflict",
        "codes",
        "conflict_code",
        "conflict_id",
        "Codes of the conflict in external code schemes, such as that of UCDP.",
        identified_by=("scheme", "value"),
    ),
    Listing(
        "dataset",
        "actorKinds",
        "dataset_actor_kind",
        "dataset_id",
        "Kinds of actor that the data set looks at; empty if it looks at all.",
        "kind",
    ),
    Listing(
        "dataset",
        "supportKinds",
        "dataset_support_kind",
        "dataset_id",
        "Kinds of support that the data set looks at; empty if it looks at all.",
        "kind",
    ),
    Listing(
        "dataset",
        "counts",
        "dataset_count",
        "dataset_id",
        "How many rows and records the file has, as counted when it was read.",
    ),
)

# For each table of parts: the table of the owner, and the foreign key to it.
PARTS = {
    **{listing.table: (listing.owner, listing.near) for listing in LISTINGS},
    **{edge.link: (edge.owner, edge.near) for edge in MANY_TO_MANY if edge.is_part},
}
