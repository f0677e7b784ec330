"""Refuses a merge after which a record would relate an actor to itself."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, select

from schema.concepts import CONCEPTS, Concept
from schema.records.sql_types import BIG_INTEGER
from schema.rules import Code
from service.writing.input_path import InputPath
from service.writing.pending_records import opaque_id

# The maximum number of records that are reported for each pair of ends.
_REPORTED_MOST = 10


class _Loop(NamedTuple):
    """A record whose two ends must be two actors."""

    concept: Concept
    ends: tuple[str, str]
    code: Code
    consequence: str

    def within(self) -> Select[Any]:
        """Selects the id and both ends of records whose ends are both among the `actors`."""
        table, actors = self.concept.table, bindparam("actors", type_=BIG_INTEGER, expanding=True)
        columns = [table.c[name] for name in self.ends]
        within = (column.in_(actors) for column in columns)
        found = select(table.c.id, *columns).where(*within).order_by(table.c.id)
        return found.limit(_REPORTED_MOST)


_LOOPS = (
    _Loop(
        CONCEPTS["Support"],
        ("supporter_id", "recipient_id"),
        Code.SUPPORTS_ITSELF,
        "its supporter would be its own recipient",
    ),
    *(
        _Loop(
            CONCEPTS["Support"],
            ("against_id", f"{role}_id"),
            Code.AGAINST_ITSELF,
            f"it would be directed against its own {role}",
        )
        for role in ("supporter", "recipient")
    ),
    _Loop(
        CONCEPTS["Membership"],
        ("member_id", "organisation_id"),
        Code.BELONGS_TO_ITSELF,
        "its member would be its own organisation",
    ),
    _Loop(
        CONCEPTS["Succession"],
        ("predecessor_id", "successor_id"),
        Code.SUCCEEDS_ITSELF,
        "its successor would be its own predecessor",
    ),
    _Loop(
        CONCEPTS["Coverage"],
        ("actor_id", "counterpart_id"),
        Code.COUNTERPART_OF_ITSELF,
        "its actor would be its own counterpart",
    ),
)
_STATEMENTS = [(loop, loop.within()) for loop in _LOOPS]


def refuse_loops(connection: Connection, kept: int, others: Mapping[int, InputPath]) -> None:
    """Reports each record that would relate the kept actor to itself, with its id."""
    for loop, statement in _STATEMENTS:
        for key, *ends in connection.execute(statement, {"actors": [kept, *others]}):
            at = next(place for other, place in others.items() if other in ends)
            name = opaque_id(loop.concept, key)
            at.report(loop.code, f"{name} is in the way: {loop.consequence}; change it first.")
