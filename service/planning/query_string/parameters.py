"""The parameters of each address for reading, and the functions that read them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from schema.analysis.panel import PANEL_UNITS
from schema.analysis.totals import DIMENSIONS
from schema.concepts import CONCEPTS, NODES, Concept
from schema.graphql.counting import CountAccuracy
from schema.graphql.network import NetworkMeasure
from schema.graphql.panel import ARGUMENTS as PANEL_ARGUMENTS
from schema.graphql.panel import PanelUnit
from schema.graphql.path import PathTime
from schema.graphql.totals import SupportDimension
from schema.search import SEARCH_TYPES
from schema.vocabulary import CODE_SCHEMES, SUPPORT_KINDS, SUPPORT_PHASES
from service.errors import BadInput
from service.planning.as_of import moment_arguments
from service.planning.query_string.filters import add_filter
from service.planning.query_string.orders import read_total_orders, record_orders
from service.planning.query_string.values import (
    code_of,
    codes_of,
    member_of,
    read_boolean,
    read_names,
    read_number,
    read_text,
    unknown_parameter,
)
from service.planning.values import NO_ID, read_id

# The names and texts of the parameters of an address, in order.
Pairs = Iterable[tuple[str, str]]
# The arguments by name, in GraphQL's form. Enums that change the SQL text are enum members.
Arguments = dict[str, Any]

PAGING = ("first", "after", "last", "before")
# The parameters of pages, which exports reject.
OF_PAGES = (*PAGING, "countAccuracy")
VALUES_MOST = 200

_SUPPORT = CONCEPTS["Support"]


@dataclass(frozen=True)
class Parameter:
    """A parameter: how to read it.

    `read`: takes the name and the text, and raises BadInput. `is_list`: whether it has several
    values, which one parameter separates by commas, or several parameters have. `expected`: what to
    give; set for required parameters.
    """

    read: Callable[[str, str], Any]
    is_list: bool = False
    expected: str | None = None


class Selected(NamedTuple):
    """The arguments for records, and the fields to select of each: `kind`, `supporter.name`."""

    arguments: Arguments
    fields: tuple[str, ...]


def actor_named(name: str) -> dict[str, str]:
    """Returns GraphQL's input for an actor that a path or a parameter names by id or slug."""
    return {"slug" if read_id("actor")(name) == NO_ID else "id": name}


def _actors(_: str, text: str) -> list[dict[str, str]]:
    return [actor_named(each) for each in text.split(",") if each]


def _dimensions(name: str, text: str) -> list[Any]:
    return [_dimension(name, each) for each in text.split(",") if each]


_dimension = member_of(SupportDimension)
_AS_OF = {"asOf": Parameter(lambda _, text: moment_arguments(text))}
_NUMBER, _TEXT = Parameter(read_number), Parameter(read_text)
_FORWARD = {"first": _NUMBER, "after": _TEXT}
_FIELDS = {"fields": Parameter(read_names, is_list=True)}
_RECORD = {**_FIELDS, **_AS_OF}
_OF_RECORDS = {
    **_FORWARD,
    "last": _NUMBER,
    "before": _TEXT,
    **_FIELDS,
    "countAccuracy": Parameter(member_of(CountAccuracy)),
    **_AS_OF,
}
_CHANGES = {
    "since": Parameter(read_number, expected="set it to the last revision you have, or to 0."),
    **_FORWARD,
    "types": Parameter(codes_of([each.record_type for each in NODES]), is_list=True),
    **_AS_OF,
}
_TOTALS = {
    "groupBy": Parameter(
        _dimensions, is_list=True, expected=f"give some of {', '.join(DIMENSIONS)}, or none."
    ),
    "kindLevel": _NUMBER,
    "orderBy": Parameter(read_total_orders, is_list=True),
    **_FORWARD,
    **_AS_OF,
}
_NETWORK = {
    "around": Parameter(_actors, is_list=True),
    "hops": _NUMBER,
    "first": _NUMBER,
    "measure": Parameter(member_of(NetworkMeasure)),
    "currency": _TEXT,
    **_AS_OF,
}
_END = Parameter(lambda _, text: actor_named(text), expected="give the id or the slug of an actor.")
_PATHS = {
    "from": _END,
    "to": _END,
    "maxHops": _NUMBER,
    "first": _NUMBER,
    "time": Parameter(member_of(PathTime)),
    **_AS_OF,
}
_POSITION = {"unit": _TEXT, "from": _NUMBER, "until": _NUMBER, "first": _NUMBER, **_AS_OF}
_SEARCH = {
    "text": Parameter(read_text, expected="give what to find."),
    "types": Parameter(codes_of(SEARCH_TYPES), is_list=True),
    **_FORWARD,
    **_AS_OF,
}


def _needed_by_panel(name: str) -> str:
    described = PANEL_ARGUMENTS[name]
    return f"give {described[0].lower()}{described[1:]}"


_PANEL = {
    "unit": Parameter(
        member_of(PanelUnit), expected=f"give one of {', '.join(PANEL_UNITS.codes)}."
    ),
    "datasets": Parameter(read_names, is_list=True, expected=_needed_by_panel("datasets")),
    "from": Parameter(read_number, expected=_needed_by_panel("from")),
    "to": Parameter(read_number, expected=_needed_by_panel("to")),
    "kinds": Parameter(codes_of(SUPPORT_KINDS.codes), is_list=True),
    "phases": Parameter(codes_of(SUPPORT_PHASES.codes), is_list=True),
    "actors": Parameter(read_names, is_list=True),
    "codes": Parameter(code_of(CODE_SCHEMES.codes)),
    "covered": Parameter(read_boolean),
    "amounts": _TEXT,
    **_FORWARD,
    **_AS_OF,
}


def read_collection(concept: Concept, pairs: Pairs) -> Selected:
    """Reads the parameters of a collection, with filters of its records. Raises BadInput."""
    order = {"orderBy": Parameter(record_orders(concept), is_list=True)}
    return _selected(_read(_OF_RECORDS | order, pairs, concept))


def read_record(pairs: Pairs) -> Selected:
    """Reads the parameters of a single record: `fields` and `asOf`. Raises BadInput."""
    return _selected(_read(_RECORD, pairs))


def read_changes(pairs: Pairs) -> Arguments:
    """Reads the parameters of `/changes`. Raises BadInput."""
    return _read(_CHANGES, pairs)


def read_totals(pairs: Pairs) -> Arguments:
    """Reads the parameters of `/totals`, with filters of supports. Raises BadInput."""
    return _read(_TOTALS, pairs, _SUPPORT)


def read_network(pairs: Pairs) -> Arguments:
    """Reads the parameters of `/network`, with filters of supports. Raises BadInput."""
    return _read(_NETWORK, pairs, _SUPPORT)


def read_paths(pairs: Pairs) -> Arguments:
    """Reads the parameters of `/paths`, with filters of supports. Raises BadInput."""
    return _read(_PATHS, pairs, _SUPPORT)


def read_position(pairs: Pairs) -> Arguments:
    """Reads the parameters of an actor's positions, with filters of supports. Raises BadInput."""
    return _read(_POSITION, pairs, _SUPPORT)


def read_search(pairs: Pairs) -> Arguments:
    """Reads the parameters of `/search`. Raises BadInput."""
    return _read(_SEARCH, pairs)


def read_panel(pairs: Pairs) -> Arguments:
    """Reads the parameters of `/panel`. Raises BadInput."""
    return _read(_PANEL, pairs)


def _selected(arguments: Arguments) -> Selected:
    fields = tuple(arguments.pop("fields", ()))
    return Selected(arguments, fields)


def _read(
    parameters: Mapping[str, Parameter], pairs: Pairs, filtered: Concept | None = None
) -> Arguments:
    """Reads the parameters of an address. Raises BadInput.

    `filtered`: the concept that all other parameters filter. Without it other parameters are
    unknown.
    """
    result, where, seen = Arguments(), dict[str, Any](), set[str]()
    for name, text in pairs:
        parameter = parameters.get(name)
        is_list = parameter.is_list if parameter else name.endswith((".in", ".notIn"))
        if name in seen and not is_list:
            raise BadInput(f"`{name}` occurs twice; send it once.")
        seen.add(name)
        if parameter is None:
            if filtered is None:
                raise BadInput(unknown_parameter(name, parameters))
            add_filter(where, filtered, name, text)
        elif parameter.is_list:
            values = result.setdefault(name, [])
            values += parameter.read(name, text)
            if len(values) > VALUES_MOST:
                raise BadInput(f"`{name}` has {len(values)} values; the limit is {VALUES_MOST}.")
        else:
            result[name] = parameter.read(name, text)
    for name, parameter in parameters.items():
        if parameter.expected and name not in result:
            raise BadInput(f"`{name}` is missing: {parameter.expected}")
    return result | ({"where": where} if where else {})
