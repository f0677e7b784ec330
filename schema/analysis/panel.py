"""Panels: a row for each unit and year, and a cell for each data set and kind of support.

GraphQL types, REST, CSV and OpenAPI are derived from this; `service/sql/panel/` writes it in SQL.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from schema.vocabulary import (
    ACTOR_KINDS,
    SUPPORT_KINDS,
    SUPPORT_PHASES,
    Term,
    Vocabulary,
)

ACTOR_YEAR, DYAD_YEAR, DIRECTED_DYAD_YEAR = "ACTOR_YEAR", "DYAD_YEAR", "DIRECTED_DYAD_YEAR"
GIVEN, RECEIVED = "GIVEN", "RECEIVED"


@dataclass(frozen=True)
class Unit:
    """The unit of a row, which is observed in a year.

    `actors`: the fields of a row that have its actors. `sides`: the sides of an actor's support
    that have separate cells, if any.
    """

    term: Term
    actors: tuple[str, ...]
    sides: tuple[str, ...] = ()


_UNITS = (
    Unit(
        Term(
            ACTOR_YEAR,
            "Actor-year",
            "An actor, with the support that it gives and the support that it receives.",
        ),
        ("actor",),
        (GIVEN, RECEIVED),
    ),
    Unit(
        Term(
            DYAD_YEAR,
            "Dyad-year",
            "Two actors, with the support that either gives to the other.",
        ),
        ("first", "second"),
    ),
    Unit(
        Term(
            DIRECTED_DYAD_YEAR,
            "Directed dyad-year",
            "Two actors, with the support that one gives to the other.",
        ),
        ("supporter", "recipient"),
    ),
)
UNITS: Mapping[str, Unit] = {each.term.code: each for each in _UNITS}
PANEL_UNITS = Vocabulary(
    "PanelUnit",
    "What a row of a panel is about, beside its year.",
    tuple(each.term for each in _UNITS),
)

# Descriptions of the fields that have actors, by the name of the field.
ACTOR_FIELDS: Mapping[str, str] = {
    "actor": "The actor, in ACTOR_YEAR.",
    "first": "The actor whose slug sorts first, in DYAD_YEAR.",
    "second": "The other actor, in DYAD_YEAR.",
    "supporter": "The actor that gives, in DIRECTED_DYAD_YEAR.",
    "recipient": "The actor that receives, in DIRECTED_DYAD_YEAR.",
}

SIDES = Vocabulary(
    "PanelSide",
    "Which support of an actor a cell counts.",
    (
        Term(GIVEN, "Given", "Support that the actor gives."),
        Term(RECEIVED, "Received", "Support that the actor receives."),
    ),
)

NOT_THERE, OUT_OF_SCOPE, SCOPE_IN_WORDS = "NOT_THERE", "OUT_OF_SCOPE", "SCOPE_IN_WORDS"
NOT_COVERED, UNCERTAIN_DATE = "NOT_COVERED", "UNCERTAIN_DATE"
BROADER_KIND, CENSORED = "BROADER_KIND", "CENSORED"

# In order of precedence: a cell has the first that applies.
MISSING = Vocabulary(
    "PanelMissing",
    "Why nothing was observed.",
    (
        Term(
            NOT_THERE,
            "Not there",
            "An actor is not certainly in a state system in that year, and may be in another year.",
        ),
        Term(
            OUT_OF_SCOPE,
            "Out of scope",
            "The data set does not look at that kind of support, or that kind of actor.",
        ),
        Term(
            SCOPE_IN_WORDS,
            "Scope in words",
            "The data set says in words alone at whom it looks: it has no coverage records.",
        ),
        Term(
            NOT_COVERED,
            "Not covered",
            "The data set is not known to have looked at the actors, and at support between them,"
            " in the whole of that year.",
        ),
        Term(
            UNCERTAIN_DATE,
            "Uncertain date",
            "A support may be valid in that year, and its dates do not say so for certain.",
        ),
        Term(
            BROADER_KIND,
            "Broader kind",
            "There is support of a broader kind, which may be of this one.",
        ),
        Term(
            CENSORED,
            "Censored",
            "A support may have begun before its data begin, or have gone on after they end.",
        ),
    ),
)


@dataclass(frozen=True)
class CellField:
    """A field of a cell. `vocabulary`: its terms; without one the value has the type `plain`."""

    description: str
    plain: type = str
    vocabulary: Vocabulary | None = None
    nullable: bool = False
    is_list: bool = False


ADDRESSES = "two in DYAD_YEAR, one for each direction."
CELL_FIELDS: Mapping[str, CellField] = {
    "dataset": CellField("Slug of the data set."),
    "kind": CellField("Kind of support, with all narrower ones.", vocabulary=SUPPORT_KINDS),
    "phase": CellField(
        "Phase of the support, if the panel is by phases.",
        vocabulary=SUPPORT_PHASES,
        nullable=True,
    ),
    "side": CellField(
        "Whether the actor gives or receives the support, in ACTOR_YEAR.",
        vocabulary=SIDES,
        nullable=True,
    ),
    "certain": CellField(
        "Number of supports whose supporter is certain or not known. 0: the data set looked and"
        " found none. Null: it did not look, or the number is not known.",
        int,
        nullable=True,
    ),
    "possible": CellField(
        "Number of supports that some of several candidates give, the actor among them; of received"
        " support, all such supports. 0 and null as in `certain`.",
        int,
        nullable=True,
    ),
    "sum": CellField(
        "Sum of the amounts in the unit `amounts`, as an exact decimal: of the supports that"
        " `certain` counts, those dated in that year. 0 where `certain` is 0. Null if `certain` is"
        " null, if an amount that is or may be dated in that year is not known, and without"
        " `amounts`.",
        Decimal,
        nullable=True,
    ),
    "uncertain": CellField(
        "Number of supports left out because it is not known whether they are valid in that year.",
        int,
    ),
    "missing": CellField(
        "Why `certain` is null; null if it is not.", vocabulary=MISSING, nullable=True
    ),
    "supports": CellField(
        f"REST addresses of the supports that `certain` counts: one, or {ADDRESSES}", is_list=True
    ),
    "possibleSupports": CellField(
        f"REST addresses of the supports that `possible` counts: one, or {ADDRESSES}", is_list=True
    ),
}

ACTOR_MEMBERS: Mapping[str, CellField] = {
    "id": CellField("Opaque identifier. It never changes and is never reused."),
    "slug": CellField("Unique name for URLs."),
    "name": CellField("Name in English."),
    "kind": CellField("Kind of actor.", vocabulary=ACTOR_KINDS),
    "code": CellField("Code in the scheme `codes` in that year; null without one.", nullable=True),
}

# Code schemes of state systems. A state belongs to a system while it has a code of the scheme.
STATE_SYSTEMS = ("COW", "GLEDITSCH_WARD")

# The limits of a panel. A larger one is refused.
ROWS_MOST = 5_000_000
UNIT_YEARS_MOST = 150_000
COLUMNS_MOST = 200
ACTORS_MOST = 500
YEAR_LEAST, YEAR_MOST = 1, 9999
