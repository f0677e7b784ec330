"""The edges between records, and what each is called when read from its other end.

A to-one edge is a column of a record (`Support.supporter_id`); its name and description stand
there. This file names the ways back, the many-to-many edges, and the short lists a record owns.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reverse:
    """The records of `table` whose `column` points here, under the name `name`."""

    owner: str
    name: str
    table: str
    column: str
    description: str


@dataclass(frozen=True)
class ManyToMany:
    """Records of `target` that `link` ties to `owner` by its columns `near` and `far`.

    A link has two ends and is part of the record at one of them: `is_part`.
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
    """A short list that a record owns whole: rows of `table`, or of them only column `value`."""

    owner: str
    name: str
    table: str
    near: str
    description: str
    value: str | None = None


REVERSES = (
    Reverse("actor", "memberOf", "membership", "member_id", "What this actor belongs to."),
    Reverse("actor", "members", "membership", "organisation_id", "Who belongs to this actor."),
    Reverse("actor", "supportsGiven", "support", "supporter_id", "The support it gives."),
    Reverse("actor", "supportsReceived", "support", "recipient_id", "The support it receives."),
    Reverse(
        "actor", "supportsAgainst", "support", "against_id", "The support directed against it."
    ),
    Reverse("actor", "statements", "statement", "speaker_id", "What it said."),
    Reverse(
        "actor", "statementsOnBehalf", "statement", "on_behalf_of_id", "What others said for it."
    ),
    Reverse("actor", "publications", "source", "publisher_id", "The sources it published."),
    Reverse("support", "evidence", "evidence", "support_id", "The statements that speak of it."),
    Reverse("support", "returned", "support", "in_return_for_id", "The support that repays it."),
    Reverse("statement", "evidence", "evidence", "statement_id", "The support it speaks of."),
    Reverse("source", "statements", "statement", "source_id", "The statements read there."),
    Reverse("dataset", "supports", "support", "dataset_id", "The support taken from it."),
)

MANY_TO_MANY = (
    ManyToMany(
        "statement",
        "mentions",
        "actor",
        link="mention",
        near="statement_id",
        far="actor_id",
        description="The actors it speaks of.",
        is_part=True,
    ),
    ManyToMany(
        "actor",
        "mentionedIn",
        "statement",
        link="mention",
        near="actor_id",
        far="statement_id",
        description="The statements that speak of this actor.",
    ),
)

LISTINGS = (
    Listing("actor", "aliases", "actor_alias", "actor_id", "Other names it goes by.", "name"),
    Listing("actor", "codes", "actor_code", "actor_id", "What other lists call it."),
)

# By table, the record that its rows are part of: its table, and the column that points at it.
PARTS = {
    **{listing.table: (listing.owner, listing.near) for listing in LISTINGS},
    **{edge.link: (edge.owner, edge.near) for edge in MANY_TO_MANY if edge.is_part},
}
