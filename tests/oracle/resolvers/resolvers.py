"""Executes a GraphQL document on the objects, field by field."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from graphql import (
    DocumentNode,
    GraphQLResolveInfo,
    build_schema,
    execute_sync,
    get_named_type,
    get_operation_ast,
    parse,
    validate,
)

from schema.vocabulary import SUPPORT_KINDS
from tests.oracle.data_sets.values import Date, camel_case, snake_case, spelled
from tests.oracle.data_sets.world import (
    COLLECTIONS,
    TYPES,
    Group,
    Item,
    Record,
    World,
    types_of,
)
from tests.oracle.resolvers.as_of import world_asked
from tests.oracle.resolvers.assessment import assessed
from tests.oracle.resolvers.changes import Change, changes_until, history_page, log_page, rank_of
from tests.oracle.resolvers.filters import as_stored, leading_to
from tests.oracle.resolvers.network import Network, network_of
from tests.oracle.resolvers.pages import page_of
from tests.oracle.resolvers.panel import panel_page
from tests.oracle.resolvers.paths import Path as SupportPath
from tests.oracle.resolvers.paths import paths_of, unknown_steps
from tests.oracle.resolvers.position import positions_of
from tests.oracle.resolvers.search import search_page
from tests.oracle.resolvers.totals import totals_page

_SDL = Path(__file__).parents[3] / "schema" / "schema.graphql"
SCHEMA = build_schema(_SDL.read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _understood(document: str) -> DocumentNode:
    node = parse(document)
    errors = validate(SCHEMA, node)
    assert not errors, errors
    return node


def answer(
    world: World, document: str, variables: dict[str, Any] | None, operation_name: str | None
) -> dict[str, Any]:
    """Returns the response to a valid document."""
    node = _understood(document)
    operation = get_operation_ast(node, operation_name)
    assert operation
    result = execute_sync(
        SCHEMA,
        node,
        world_asked(SCHEMA, world, operation, variables or {}),
        variable_values=variables,
        operation_name=operation_name,
        field_resolver=_resolve,
        type_resolver=lambda value, *_: type(value).__name__,
    )
    return dict(result.formatted)


def _resolve(source: Any, info: GraphQLResolveInfo[None], **arguments: Any) -> Any:
    name = info.field_name
    type_name = get_named_type(info.return_type).name
    if type_name == "ChangeConnection":
        is_log = isinstance(source, World)
        return log_page(source, arguments) if is_log else history_page(source, arguments)
    if name == "panel":
        return panel_page(source, arguments)
    if name == "search":
        return search_page(source, arguments)
    if name == "supportTotals":
        return totals_page(source, arguments)
    if name == "position":
        return positions_of(source, arguments)
    if isinstance(source, World):
        value = _ROOTS[name](source, **arguments)
    elif name == "assessment":
        value = assessed(source)
    else:
        value = getattr(source, snake_case(name))
    if type_name.endswith("Connection"):
        return page_of(type_name.removesuffix("Connection"), value, arguments)
    # The lists that a record owns are sorted already; all other lists have their own order.
    is_owned = isinstance(value, list) and value and isinstance(value[0], str | Item)
    return sorted(value, key=rank_of) if is_owned else _shown(value)


def _shown(value: Any) -> Any:
    match value:
        case Date():
            return value.text
        case Decimal():
            return spelled(value)
        case Group() if value == type(value)():
            return None
    return value


@dataclass(frozen=True)
class _Kind:
    kind: str
    label: str
    description: str
    parent: str | None

    @property
    def children(self) -> list["_Kind"]:
        return _kinds_below(self.kind)


def _kinds_below(parent: str | None) -> list[_Kind]:
    terms = (term for term in SUPPORT_KINDS.terms if term.parent == parent)
    return [_Kind(term.code, term.label, term.description, term.parent) for term in terms]


def _found(world: World, records: Iterable[Record], id_: str) -> Record | None:
    """Returns the record of this id, or the one that it was merged into."""
    records = list(records)
    ids = {
        id_,
        *(leading_to(world, type_, "id", id_) for type_ in {type(each) for each in records}),
    }
    return next((record for record in records if record.id in ids), None)


def _of_any_kind(world: World, id_: str) -> Record | Change | None:
    change = next((change for change in changes_until(world) if change.id == id_), None)
    return change or _found(world, list(world.records()), id_)


def _one_of(collection: str) -> Callable[..., Record | None]:
    """Returns the record of a collection with this id."""
    return lambda world, **given: _found(world, getattr(world, collection), given["id"])


def _named_in(collection: str) -> Callable[..., Record | None]:
    """Returns the record of a collection that `by` identifies."""

    def named(world: World, by: dict[str, Any]) -> Record | None:
        ((way, wanted),) = by.items()
        records = getattr(world, collection)
        if way == "id":
            return _found(world, records, wanted)
        if way == "code":
            return _last_with(records, **wanted)
        for record in records:
            if way == "slug" and record.slug == leading_to(world, type(record), "slug", wanted):
                return cast(Record, record)
        return None

    return named


def _last_with(
    records: Iterable[Any], scheme: str, value: str, on: str | None = None
) -> Record | None:
    """Returns the record with a code on this date; without a date, the last one that had it."""
    value = as_stored("ActorCodevalue", "eq", value)
    found = [
        (code, record)
        for record in records
        for code in record.codes
        if (code.scheme, code.value) == (scheme, value) and (on is None or _has_on(code, Date(on)))
    ]
    return max(found, key=lambda pair: _lasts(pair[0]), default=(None, None))[1]


def _has_on(code: Any, day: Date) -> bool:
    start, end = getattr(code, "started_on", None), getattr(code, "ended_on", None)
    return not (start and start.earliest > day.latest) and not (end and end.latest < day.earliest)


def _lasts(code: Any) -> tuple[bool, str]:
    start, end = getattr(code, "started_on", None), getattr(code, "ended_on", None)
    return end is None, start.earliest if start else ""


def _one_of_type(type_: type[Record]) -> Callable[..., Record | None]:
    """Returns the record that `by` or an id identifies."""
    return (_named_in if "slug" in types_of(type_) else _one_of)(type_.collection)


def _network(world: World, around: list[dict[str, Any]] | None = None, **given: Any) -> Network:
    named: Any = _named_in("actors")
    actors = None if around is None else [named(world, by) for by in around]
    return network_of(world, actors, given)


def _paths(world: World, to: dict[str, Any], **given: Any) -> list[SupportPath]:
    named: Any = _named_in("actors")
    given = {snake_case(name): value for name, value in given.items()}
    return paths_of(world, named(world, given.pop("from")), named(world, to), given)


def _all_of(collection: str) -> Callable[..., list[Record]]:
    return lambda world, **_: list(getattr(world, collection))


_ROOTS: dict[str, Callable[..., Any]] = {
    **{camel_case(type_.singular()): _one_of_type(type_) for type_ in TYPES},
    # The plural of evidence is its singular, so it is the collection.
    **{camel_case(name): _all_of(name) for name in COLLECTIONS},
    "node": lambda world, **given: _of_any_kind(world, given["id"]),
    "nodes": lambda world, ids: [_of_any_kind(world, each) for each in ids],
    "network": _network,
    "paths": _paths,
    "pathsUnknownCount": lambda world, **given: unknown_steps(world, given),
    "supportKinds": lambda _: _kinds_below(None),
    "revision": lambda world: world.revision,
}
