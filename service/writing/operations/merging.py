"""Merges actors into one: all references to the others become references to the kept actor."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Table

from schema.concepts import CONCEPTS
from schema.rows import Row
from schema.rules import Code
from schema.values.shown import shown
from schema.writing.drafts import defaults, list_tables
from service.writing.attribution import disagreements, possible_supports
from service.writing.former_names import pass_on_names
from service.writing.input_path import InputPath
from service.writing.input_reading import items_of
from service.writing.operations.folding import Touched, fold, move_references
from service.writing.operations.self_references import refuse_loops
from service.writing.pending_records import Key, Unresolved, opaque_id
from service.writing.references import NEW, look_up, read_reference
from service.writing.revision_check import refuse_lost_race
from service.writing.rows import delete_rows, find_value, insert_row, read_row
from service.writing.seed_keys import hand_on_key
from service.writing.transaction import Transaction

_ACTOR, _SUPPORT = CONCEPTS["Actor"], CONCEPTS["Support"]
_ALIASES = list_tables("Actor")["aliases"].table

# The field that allows a merge of actors of different kinds.
ALLOWED = "allowDifferentKinds"

# The maximum number of actors that one merge can make part of the kept one.
OTHERS_MOST = 100


def merge(tx: Transaction, given: Mapping[str, Any], at: InputPath) -> Key:
    """Makes the others part of the kept actor; returns its key, or Unresolved for a problem."""
    kept = _actor(tx, given.get("keep"), at.below("keep"))
    found = _others(tx, given.get("merge"), at.below("merge"), kept)
    allowed = given.get(ALLOWED)
    if not isinstance(allowed, bool | None):
        at.below(ALLOWED).report(Code.WRONG_TYPE, f"{shown(allowed)} is not true or false.")
    if isinstance(kept, int):
        refuse_lost_race(tx, _ACTOR, kept, given.get("ifRevision"))
        refuse_loops(tx.connection, kept, found)
        if not allowed:
            _refuse_other_kinds(tx, kept, found)
    if at.findings or not isinstance(kept, int):
        return Unresolved()
    for other, place in found.items():
        _merge_one(tx, kept, other, place)
    return kept


def _refuse_wrong_candidates(tx: Transaction, kept: int, touched: Touched, at: InputPath) -> None:
    """Reports supports whose candidates are invalid after the merge.

    Two candidates of a support may have become one, or a candidate its recipient.
    """
    supports = {key for name, key in touched if name == _SUPPORT.name}
    for support in sorted(supports.intersection(possible_supports(tx.connection, kept))):
        for problem in disagreements(tx.connection, support):
            name = opaque_id(_SUPPORT, support)
            at.report(problem.code, f"{name} is in the way: {problem.message} Change it first.")


def _actor(tx: Transaction, given: object, at: InputPath) -> Key:
    reference = read_reference(_ACTOR, given, at)
    if reference is None:
        return Unresolved()
    if reference.way == NEW:
        reference.at.report(Code.UNKNOWN_FIELD, "Only existing actors can be merged.")
        return Unresolved()
    return look_up(tx.connection, _ACTOR, reference)


def _others(tx: Transaction, others: object, at: InputPath, kept: Key) -> dict[int, InputPath]:
    """The keys of the actors that become part of the kept one, each with its place in the input."""
    found: dict[int, InputPath] = {}
    if not others:
        at.report(Code.MISSING, "Name at least one actor that becomes part of the other.")
    elif isinstance(others, list | tuple) and len(others) > OTHERS_MOST:
        at.report(Code.TOO_LONG, f"Merge at most {OTHERS_MOST} actors at a time.")
        return found
    for place, given in items_of(others, at):
        key = _actor(tx, given, place)
        if key == kept:
            place.report(Code.DUPLICATE, "This actor is the one to keep, or is part of it already.")
        elif key in found:
            place.report(Code.DUPLICATE, "It is in the list twice; name it once.")
        elif isinstance(key, int):
            found[key] = place
    return found


def _refuse_other_kinds(tx: Transaction, kept: int, others: Mapping[int, InputPath]) -> None:
    """Reports actors of another kind: a person and a state are rarely one actor.

    A client that means to merge them sets `allowDifferentKinds`.
    """
    kind = find_value(tx.connection, _ACTOR.table, "kind", {"id": kept})
    for other, place in others.items():
        its_kind = find_value(tx.connection, _ACTOR.table, "kind", {"id": other})
        if its_kind != kind:
            message = f"The kind of {opaque_id(_ACTOR, other)} is {its_kind}, and not {kind}"
            place.report(Code.DIFFERENT_KINDS, f"{message}; to merge it, set {ALLOWED} to true.")


def _merge_one(tx: Transaction, kept: int, other: int, at: InputPath) -> None:
    """Merges one actor: first its parts and references, so that nothing refers to it any more."""
    connection = tx.connection
    actor = read_row(connection, _ACTOR.table, other) or {}
    wanted = partial(_is_wanted, actor_name=_name(tx, kept))
    touched = move_references(tx, _ACTOR.table, other, kept, wanted)
    _add_alias(tx, kept, actor["name"])
    hand_on_key(connection, _ACTOR, other, kept)
    delete_rows(connection, _ACTOR.table, {"id": other})
    pass_on_names(connection, _ACTOR, other, kept, actor["slug"])
    tx.note("Merged", f"{opaque_id(_ACTOR, other)} into {opaque_id(_ACTOR, kept)}")
    _refuse_wrong_candidates(tx, kept, touched, at)
    fold(tx, touched, at)


def _name(tx: Transaction, actor: int) -> str:
    name: str = find_value(tx.connection, _ACTOR.table, "name", {"id": actor})
    return name


def _is_wanted(table: Table, row: Row, actor_name: str) -> bool:
    """Whether to keep a row: all but an alias that equals the kept actor's name."""
    return table is not _ALIASES or row["name"] != actor_name


def _add_alias(tx: Transaction, kept: int, name: str) -> None:
    row = {"actor_id": kept, "name": name}
    if name != _name(tx, kept) and find_value(tx.connection, _ALIASES, "name", row) is None:
        insert_row(tx.connection, _ALIASES, {**defaults(_ALIASES), **row})
