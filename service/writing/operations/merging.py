"""Makes one actor of several: what referred to the others refers to the one that is kept."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import SQLModel

from schema.concepts import CONCEPTS
from schema.drafts import list_tables, written_columns
from schema.records import FormerActor
from schema.rows import Row
from schema.rules import Code
from schema.shown import shown
from service.writing.foreign_keys import ForeignKey, edges_to
from service.writing.input_path import InputPath
from service.writing.input_reading import items_of
from service.writing.operations.self_references import refuse_loops
from service.writing.pending_records import Key, Unresolved, opaque_id
from service.writing.references import NEW, look_up, read_reference
from service.writing.rows import (
    delete_rows,
    find_rows,
    find_value,
    insert_row,
    read_row,
    update_rows,
)
from service.writing.seed_keys import hand_on_key
from service.writing.transaction import Transaction

_ACTOR, _MEMBERSHIP = CONCEPTS["Actor"], CONCEPTS["Membership"]
_ALIASES = list_tables("Actor")["aliases"].table
FORMER = SQLModel.metadata.tables[str(FormerActor.__tablename__)]

# Lets actors of different kinds become one.
ALLOWED = "allowDifferentKinds"

# How many actors become part of another in one go.
OTHERS_MOST = 100


def merge(tx: Transaction, given: Mapping[str, Any], at: InputPath) -> Key:
    """Makes the others part of the actor that is kept; unresolved where a problem is reported."""
    kept = _actor(tx, given.get("keep"), at.below("keep"))
    found = _others(tx, given.get("merge"), at.below("merge"), kept)
    allowed = given.get(ALLOWED)
    if not isinstance(allowed, bool | None):
        at.below(ALLOWED).tell(Code.WRONG_TYPE, f"{shown(allowed)} is not true or false.")
    if isinstance(kept, int):
        refuse_loops(tx.connection, kept, found)
        if not allowed:
            _refuse_other_kinds(tx, kept, found)
    if at.findings or not isinstance(kept, int):
        return Unresolved()
    for other in found:
        _merge_one(tx, kept, other)
    return kept


def _actor(tx: Transaction, given: object, at: InputPath) -> Key:
    reference = read_reference(_ACTOR, given, at)
    if reference is None:
        return Unresolved()
    if reference.way == NEW:
        reference.at.tell(Code.UNKNOWN_FIELD, "Only actors that there are can be merged.")
        return Unresolved()
    return look_up(tx.connection, _ACTOR, reference)


def _others(tx: Transaction, others: object, at: InputPath, kept: Key) -> dict[int, InputPath]:
    """The actors that become part of another, each with where it was named."""
    found: dict[int, InputPath] = {}
    if not others:
        at.tell(Code.MISSING, "Name at least one actor that becomes part of the other.")
    elif isinstance(others, list | tuple) and len(others) > OTHERS_MOST:
        at.tell(Code.TOO_LONG, f"Merge at most {OTHERS_MOST} actors in one go.")
        return found
    for place, given in items_of(others, at):
        key = _actor(tx, given, place)
        if key == kept:
            place.tell(Code.DUPLICATE, "It is the actor that is kept, or part of it already.")
        elif key in found:
            place.tell(Code.DUPLICATE, "It is in the list already; name it once.")
        elif isinstance(key, int):
            found[key] = place
    return found


def _refuse_other_kinds(tx: Transaction, kept: int, others: Mapping[int, InputPath]) -> None:
    """A person and a state are hardly one actor: whoever means it says so."""
    kind = find_value(tx.connection, _ACTOR.table, "kind", {"id": kept})
    for other, place in others.items():
        its_kind = find_value(tx.connection, _ACTOR.table, "kind", {"id": other})
        if its_kind != kind:
            message = f"The kind of {opaque_id(_ACTOR, other)} is {its_kind}, and not {kind}"
            place.tell(Code.DIFFERENT_KINDS, f"{message}; to merge it, set {ALLOWED} to true.")


def _merge_one(tx: Transaction, kept: int, other: int) -> None:
    """Parts and references first: nothing may refer to the actor when it goes."""
    connection = tx.connection
    actor = read_row(connection, _ACTOR.table, other) or {}
    memberships = _memberships(tx, other)
    for edge in edges_to(_ACTOR.table):
        if edge.table.c[edge.column].primary_key:
            _move_rows(tx, edge, kept, other)
        else:
            update_rows(connection, edge.table, {edge.column: kept}, {edge.column: other})
    _collapse(tx, memberships)
    _add_alias(tx, kept, actor["name"])
    hand_on_key(connection, _ACTOR, other, kept)
    delete_rows(connection, _ACTOR.table, {"id": other})
    insert_row(connection, FORMER, {"id": other, "slug": actor["slug"], "actor_id": kept})
    tx.note("Merged", f"{opaque_id(_ACTOR, other)} into {opaque_id(_ACTOR, kept)}")


def _move_rows(tx: Transaction, edge: ForeignKey, kept: int, other: int) -> None:
    """Rows whose key names the actor: each is removed and inserted again: history records both."""
    names = tuple(column.name for column in edge.table.columns)
    for values in find_rows(tx.connection, edge.table, names, {edge.column: other}):
        row = dict(zip(names, values, strict=True))
        delete_rows(tx.connection, edge.table, row)
        row[edge.column] = kept
        if edge.table is _ALIASES:
            _add_alias(tx, kept, row["name"])
        elif find_value(tx.connection, edge.table, edge.column, row) is None:
            insert_row(tx.connection, edge.table, row)


def _add_alias(tx: Transaction, kept: int, name: str) -> None:
    row = {"actor_id": kept, "name": name}
    is_its_name = find_value(tx.connection, _ACTOR.table, "id", {"id": kept, "name": name})
    if is_its_name is None and find_value(tx.connection, _ALIASES, "name", row) is None:
        insert_row(tx.connection, _ALIASES, row)


# --- memberships that have become the same ------------------------------------------------------


def _memberships(tx: Transaction, actor: int) -> list[int]:
    ends = ("member_id", "organisation_id")
    found = [find_rows(tx.connection, _MEMBERSHIP.table, ("id",), {end: actor}) for end in ends]
    return [key for rows in found for (key,) in rows]


def _collapse(tx: Transaction, moved: list[int]) -> None:
    """Removes each membership that now says in every field what another one says."""
    for key in moved:
        row: Row = read_row(tx.connection, _MEMBERSHIP.table, key) or {}
        said = {name: row[name] for name in written_columns(_MEMBERSHIP.table)}
        same = find_rows(tx.connection, _MEMBERSHIP.table, ("id",), said)
        rest = [other for (other,) in same if other != key]
        if rest:
            hand_on_key(tx.connection, _MEMBERSHIP, key, rest[0])
            delete_rows(tx.connection, _MEMBERSHIP.table, {"id": key})
            tx.note("Deleted", opaque_id(_MEMBERSHIP, key))
