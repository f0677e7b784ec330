"""Finds records that the database already has, from another data set or a person.

The facts of these stay: two data sets may both state `russia`, and the one that is loaded first
owns it. If kinds or codes contradict each other, the two may be different things, which is an
error. `additions.py` adds what the second data set states.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from schema.concepts import CONCEPTS
from schema.records import ActorCode
from schema.rows import Row, Values
from schema.values.dates import surely_meet
from schema.writing.drafts import defaults, list_tables
from schema.writing.identity import identity
from schema.writing.shared_records import ITEMS, item_text
from seeds import tables
from seeds.drafts import SeedRecord

# The identifying columns and their values; empty for a record that nothing identifies.
_Identity = tuple[tuple[str, Any], ...]

_CODES = SQLModel.metadata.tables[str(ActorCode.__tablename__)]


class SharedRecords:
    """Looks up the records of one concept for which the data set has no row yet.

    The references in drafts must already be ids.
    """

    def __init__(self, connection: Connection, concept: str, drafts: list[SeedRecord]) -> None:
        """Reads the rows of all drafts."""
        self._connection = connection
        self._concept = CONCEPTS[concept]
        key = self._concept.collection.natural_key
        self._column = self._concept.attribute(key).column.name if key else None
        self._named: dict[str, Row] = {}
        if self._column:
            values = [d.row[self._column] for d in drafts if d.row[self._column] is not None]
            table = self._concept.table
            self._named = tables.found_by(connection, table, self._column, values)
        self._alike = self._rows_alike(draft for draft in drafts if not self.named(draft))

    def named(self, draft: SeedRecord) -> Row | None:
        """Returns the row with the record's natural key, if any."""
        return self._named.get(draft.row[self._column]) if self._column else None

    def alike(self, draft: SeedRecord) -> Row | None:
        """Returns the row with the same identifying values, if any."""
        return self._alike.get(_told_apart_by(draft.concept.name, draft.row))

    def _rows_alike(self, drafts: Iterable[SeedRecord]) -> dict[_Identity, Row]:
        """Returns the first row for each identity.

        Leaves out records whose identity includes the data set, because they cannot be shared.
        """
        sought = {_told_apart_by(self._concept.name, draft.row) for draft in drafts}
        columns = self._concept.table.c
        by_column: dict[str, set[Any]] = {}
        for values in sought:
            # Searched by a column that is never null; natural keys have been looked up already.
            known = [each for each in values if not columns[each[0]].nullable]
            if known and "dataset_id" not in dict(values):
                column, value = known[0]
                by_column.setdefault(column, set()).add(value)
        found: dict[_Identity, Row] = {}
        for column, those in by_column.items():
            for row in tables.rows_with(self._connection, self._concept.table, column, those):
                found.setdefault(_told_apart_by(self._concept.name, row), row)
        return {values: row for values, row in found.items() if values in sought}

    def refuse_contradictions(self, draft: SeedRecord, row: Row) -> None:
        """Raises SeedError if the row contradicts the record in a field that must agree."""
        for name in self._concept.collection.must_agree:
            column = self._concept.attribute(name).column.name
            if draft.row[column] != row[column]:
                raise draft.entry.error(
                    f"It is there already, and not this data set's: its {name} is {row[column]}.",
                    name,
                )


def _told_apart_by(concept: str, row: Values) -> _Identity:
    return tuple((identity(concept, row) or {}).items())


def former_records(
    connection: Connection, concept: str, drafts: list[SeedRecord]
) -> dict[str, int | None]:
    """Returns, by keys that are former slugs, the ids of the renamed or merged records.

    A person has merged these records, so the data set's separate record is not written. The value
    is None if the record has been deleted.
    """
    keys = (draft.entry.key for draft in drafts)
    return tables.former_records(connection, CONCEPTS[concept], keys)


def keep_names(whole: SeedRecord, merged: SeedRecord) -> None:
    """Adds the name and the lists of a merged actor to the actor that was kept."""
    listed = list_tables("Actor")["aliases"]
    plain = defaults(listed.table)

    def alias(name: str) -> tuple[Any, ...]:
        return tuple({**plain, "name": name}[column] for column in listed.columns)

    aliases = [alias(merged.row["name"]), *merged.lists.get("aliases", ())]
    for name, rows in {**merged.lists, "aliases": aliases}.items():
        there = whole.lists.setdefault(name, [])
        there += [row for row in rows if row not in there and row != alias(whole.row["name"])]


class _Held(NamedTuple):
    """A code of an actor, and the period in which the actor has it."""

    actor: int
    scheme: str
    value: str
    period: tuple[str | None, str | None]


def refuse_contradictory_codes(
    connection: Connection,
    dataset: int,
    own: Mapping[int, SeedRecord],
    shared: Mapping[int, SeedRecord],
) -> None:
    """Raises SeedError if another actor has a code, or a shared actor has another code.

    Only at the same time, because codes pass from one actor to another.
    """
    added = _only_added_by(connection, dataset)
    by_code: dict[tuple[str, str], list[_Held]] = {}
    by_actor: dict[tuple[int, str], list[_Held]] = {}
    for row in connection.execute(select(*(_CODES.c[name] for name in _HELD))):
        held = _Held(row.actor_id, row.scheme, row.value, (row.started_on, row.ended_on))
        text = item_text(_HELD[1:], (held.scheme, held.value, *held.period))
        # The load replaces the codes of the data set's own actors and those that it alone has added
        # to others, so these contradict nothing.
        if held.actor not in own and (held.actor, text) not in added:
            by_code.setdefault((held.scheme, held.value), []).append(held)
            by_actor.setdefault((held.actor, held.scheme), []).append(held)
    for actor, draft in {**own, **shared}.items():
        for position, (scheme, value, *period) in enumerate(draft.lists.get("codes", ())):
            code = _Held(actor, scheme, value, (period[0], period[1]))
            _refuse_contradictory_code(draft, position, code, by_code, by_actor)
            by_code.setdefault((scheme, value), []).append(code)


def _only_added_by(connection: Connection, dataset: int) -> set[tuple[int, str]]:
    """Returns the codes that only this data set has added to actors of others, by actor."""
    query = select(ITEMS.c.dataset_id, ITEMS.c.record_id, ITEMS.c.item, ITEMS.c.is_shared).where(
        ITEMS.c.concept == "Actor", ITEMS.c.list_name == "codes"
    )
    mine: set[tuple[int, str]] = set()
    others: set[tuple[int, str]] = set()
    for owner, record, item, is_shared in connection.execute(query):
        (mine if owner == dataset and not is_shared else others).add((record, item))
    return mine - others


def _refuse_contradictory_code(
    draft: SeedRecord,
    position: int,
    code: _Held,
    by_code: Mapping[tuple[str, str], list[_Held]],
    by_actor: Mapping[tuple[int, str], list[_Held]],
) -> None:
    for held in by_code.get((code.scheme, code.value), ()):
        if held.actor != code.actor and surely_meet(held.period, code.period):
            there = f"{CONCEPTS['Actor'].id_prefix}{held.actor}"
            message = (
                f"{code.scheme} {code.value} is the code of {there} at the time: merge the two, or "
                "state that one."
            )
            raise draft.entry.error(message, f"codes.{position}")
    for held in by_actor.get((code.actor, code.scheme), ()):
        if held.value != code.value and surely_meet(held.period, code.period):
            message = f"The actor is there already, with another code of {code.scheme}."
            raise draft.entry.error(message, f"codes.{position}")


_HELD = ("actor_id", "scheme", "value", "started_on", "ended_on")
