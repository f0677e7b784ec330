"""Parses a REST query string into GraphQL's arguments and the fields to select.

`recipient.slug=russia&kind.in=DRONES,MISSILES&orderBy=-startedOn&first=50&fields=kind,supporter.name`

A filter is `path.operator=value`; the default operator is `eq`. A step through a to-many edge
matches if some record there does; parameters with the same steps apply to the same record.
"""

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schema.assessment import Computed, ComputedField
from schema.concepts import CONCEPTS, NODES, Attribute, Concept, Group, Member, Owned, ToMany, ToOne
from schema.counting import ACCURACIES
from schema.graphql.counting import CountAccuracy
from schema.graphql.network import NetworkMeasure
from schema.graphql.orders import OrderDirection
from schema.graphql.panel import ARGUMENTS as PANEL_ARGUMENTS
from schema.graphql.panel import PanelUnit
from schema.graphql.path import PathTime
from schema.graphql.totals import SupportDimension
from schema.network import MEASURES
from schema.operators import OPERATORS_BY_NAME, RANGE_ENDS, Operator, Takes, operators_for
from schema.panel import PANEL_UNITS
from schema.path import TIMES
from schema.records.columns import Meaning, Scalar
from schema.search import SEARCH_TYPES
from schema.totals import AMOUNTS, COUNTS, DIMENSION_OF, DIMENSIONS, OWN, PARTS, SUMS, VALUED
from schema.vocabulary import CODE_SCHEMES, SUPPORT_KINDS, SUPPORT_PHASES, Vocabulary
from service.errors import BadInput
from service.planning.as_of import moment_arguments
from service.planning.periods import VALID_AT, VALID_DURING
from service.planning.values import NO_ID, read_id

PAGING = ("first", "after", "last", "before")
# What a page has, and an export has not.
OF_PAGES = (*PAGING, "countAccuracy")
STEPS_MOST = 8
NAMES_MOST = 200
# Clients may send a list as one parameter with commas, or as several parameters.
_LISTS = (
    *("fields", "orderBy", "types", "groupBy", "around"),
    *("datasets", "kinds", "phases", "actors"),
)
_PANEL_NEEDS = ("unit", "datasets", "from", "to")

Pairs = Iterable[tuple[str, str]]


@dataclass
class QueryParameters:
    """A parsed query string: values as GraphQL's arguments, and the fields to select."""

    arguments: dict[str, Any] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def read_parameters(concept: Concept, pairs: Pairs) -> QueryParameters:
    """Parses the parameters of a collection. Raises BadInput."""
    result, seen = QueryParameters(), set[str]()
    where: dict[str, Any] = {}
    for name, text in pairs:
        _refuse_repeated(name, seen)
        if name in PAGING:
            result.arguments[name] = _number(name, text) if name in ("first", "last") else text
        elif name == "orderBy":
            result.order = _names(name, text, result.order)
        elif name == "fields":
            result.fields = _names(name, text, result.fields)
        elif name == "countAccuracy":
            if text not in ACCURACIES:
                raise BadInput(_unknown(name, text, ACCURACIES))
            result.arguments[name] = CountAccuracy(text)
        elif name == "asOf":
            result.arguments[name] = moment_arguments(text)
        else:
            _add_filter(where, concept, name, text)
    if where:
        result.arguments["where"] = where
    return result


def read_totals_parameters(concept: Concept, pairs: Pairs) -> dict[str, Any]:
    """Parses the parameters of `/totals`, with filters of the concept. Raises BadInput."""
    result: dict[str, Any] = {}
    seen, order, where = set[str](), tuple[str, ...](), dict[str, Any]()
    for name, text in pairs:
        _refuse_repeated(name, seen)
        match name:
            case "groupBy":
                result.setdefault(name, []).extend(map(_dimension, filter(None, text.split(","))))
            case "kindLevel" | "first":
                result[name] = _number(name, text)
            case "after":
                result[name] = text
            case "asOf":
                result[name] = moment_arguments(text)
            case "orderBy":
                order = _names(name, text, order)
            case _:
                _add_filter(where, concept, name, text)
    if "groupBy" not in result:
        raise BadInput(f"`groupBy` is missing: give some of {', '.join(DIMENSIONS)}, or none.")
    if where:
        result["where"] = where
    if order:
        result["orderBy"] = [_directed(_total_order(concept, name)) for name in order]
    return result


def read_network_parameters(concept: Concept, pairs: Pairs) -> dict[str, Any]:
    """Parses the parameters of `/network`, with filters of the concept. Raises BadInput."""
    result: dict[str, Any] = {}
    seen, where = set[str](), dict[str, Any]()
    for name, text in pairs:
        _refuse_repeated(name, seen)
        match name:
            case "around":
                actors = map(actor_named, filter(None, text.split(",")))
                result.setdefault(name, []).extend(actors)
            case "hops" | "first":
                result[name] = _number(name, text)
            case "measure":
                if text not in MEASURES:
                    raise BadInput(_unknown(name, text, MEASURES))
                result[name] = NetworkMeasure(text)
            case "currency":
                result[name] = text
            case "asOf":
                result[name] = moment_arguments(text)
            case _:
                _add_filter(where, concept, name, text)
    return result | ({"where": where} if where else {})


def read_path_parameters(concept: Concept, pairs: Pairs) -> dict[str, Any]:
    """Parses the parameters of `/paths`, with filters of the concept. Raises BadInput."""
    result: dict[str, Any] = {}
    seen, where = set[str](), dict[str, Any]()
    for name, text in pairs:
        _refuse_repeated(name, seen)
        match name:
            case "from" | "to":
                result[name] = actor_named(text)
            case "maxHops" | "first":
                result[name] = _number(name, text)
            case "time":
                if text not in TIMES:
                    raise BadInput(_unknown(name, text, TIMES))
                result[name] = PathTime(text)
            case "asOf":
                result[name] = moment_arguments(text)
            case _:
                _add_filter(where, concept, name, text)
    for name in ("from", "to"):
        if name not in result:
            raise BadInput(f"`{name}` is missing: give the id or the slug of an actor.")
    return result | ({"where": where} if where else {})


def read_position_parameters(concept: Concept, pairs: Pairs) -> dict[str, Any]:
    """Parses the parameters of the position of an actor, with filters of the concept.

    Raises BadInput.
    """
    result: dict[str, Any] = {}
    seen, where = set[str](), dict[str, Any]()
    for name, text in pairs:
        _refuse_repeated(name, seen)
        match name:
            case "unit":
                result[name] = text
            case "from" | "until" | "first":
                result[name] = _number(name, text)
            case "asOf":
                result[name] = moment_arguments(text)
            case _:
                _add_filter(where, concept, name, text)
    return result | ({"where": where} if where else {})


def actor_named(name: str) -> dict[str, str]:
    """How GraphQL names the actor that a path or a parameter names by id or slug."""
    return {"slug" if read_id("actor")(name) == NO_ID else "id": name}


def _dimension(text: str) -> SupportDimension:
    if text not in DIMENSIONS:
        raise BadInput(_unknown("groupBy", text, DIMENSIONS))
    return SupportDimension(text)


def _directed(argument: Any) -> Any:
    """The argument with directions as GraphQL's variables have them: they shape the plan."""
    if isinstance(argument, str):
        return OrderDirection(argument)
    return {name: _directed(inner) for name, inner in argument.items()}


def _total_order(concept: Concept, name: str) -> dict[str, Any]:
    """Turns `-certain.worth.value` and `recipient.name` into arguments of GraphQL's `orderBy`."""
    first, *steps = name.removeprefix("-").split(".")
    if first not in (*PARTS, *OWN):
        if first not in DIMENSION_OF:
            raise BadInput(_unknown("orderBy", first, (*PARTS, *DIMENSION_OF)))
        return _order_argument(concept, name)
    known = [[each] for each in COUNTS] if first in PARTS else [[]]
    if first in PARTS:
        known += [[amount, each] for amount in AMOUNTS for each in (*SUMS, VALUED)]
    if steps not in known:
        paths = (".".join([first, *each]) for each in known)
        raise BadInput(_unknown("orderBy", ".".join([first, *steps]), paths))
    argument: Any = "DESC" if name.startswith("-") else "ASC"
    for step in (*reversed(steps), first):
        argument = {step: argument}
    result: dict[str, Any] = argument
    return result


def read_panel_parameters(pairs: Pairs) -> dict[str, Any]:
    """Parses the parameters of `/panel`. Raises BadInput."""
    result: dict[str, Any] = {}
    seen = set[str]()
    for name, text in pairs:
        _refuse_repeated(name, seen)
        match name:
            case "unit":
                result[name] = PanelUnit(_term(name, text, PANEL_UNITS))
            case "datasets" | "actors":
                result[name] = [*result.get(name, ()), *_names(name, text, ())]
            case "kinds" | "phases":
                known = SUPPORT_KINDS if name == "kinds" else SUPPORT_PHASES
                terms = [_term(name, each, known) for each in text.split(",")]
                result[name] = [*result.get(name, ()), *terms]
            case "codes":
                result[name] = _term(name, text, CODE_SCHEMES)
            case "covered":
                result[name] = _boolean(name, text)
            case "from" | "to" | "first":
                result[name] = _number(name, text)
            case "after" | "amounts":
                result[name] = text
            case "asOf":
                result[name] = moment_arguments(text)
            case _:
                raise BadInput(_unknown(name, name, (*PANEL_ARGUMENTS, "first", "after", "asOf")))
    for name in _PANEL_NEEDS:
        if name not in result:
            raise BadInput(f"`{name}` is missing. Give {_expected_of_panel(name)}")
    return result


def _expected_of_panel(name: str) -> str:
    """What the parameter must be: `ACTOR_YEAR, ...`, or its description."""
    if name == "unit":
        return f"one of {', '.join(PANEL_UNITS.codes)}."
    described = PANEL_ARGUMENTS[name]
    return described[0].lower() + described[1:]


def _term(name: str, text: str, vocabulary: Vocabulary) -> str:
    if text not in vocabulary.codes:
        raise BadInput(_unknown(name, text, vocabulary.codes))
    return text


def read_member_parameters(pairs: Pairs) -> QueryParameters:
    """Parses the parameters of a single record: `fields` and `asOf`. Raises BadInput."""
    result, seen = QueryParameters(), set[str]()
    for name, text in pairs:
        _refuse_repeated(name, seen)
        match name:
            case "fields":
                result.fields = _names(name, text, result.fields)
            case "asOf":
                result.arguments[name] = moment_arguments(text)
            case _:
                raise BadInput(
                    f"Unknown parameter `{name}`; the parameters are `fields` and `asOf`."
                )
    return result


def read_change_parameters(pairs: Pairs) -> dict[str, Any]:
    """Parses the parameters of `/changes`. Raises BadInput."""
    result: dict[str, Any] = {}
    seen: set[str] = set()
    for name, text in pairs:
        _refuse_repeated(name, seen)
        match name:
            case "since" | "first":
                result[name] = _number(name, text)
            case "after":
                result[name] = text
            case "types":
                result.setdefault(name, []).extend(map(_record_type, text.split(",")))
            case "asOf":
                result[name] = moment_arguments(text)
            case _:
                known = ("since", "first", "after", "types", "asOf")
                raise BadInput(_unknown(name, name, known))
    if "since" not in result:
        raise BadInput("`since` is missing: set it to the last revision you have, or to 0.")
    return result


def read_search_parameters(pairs: Pairs) -> dict[str, Any]:
    """Parses the parameters of `/search`. Raises BadInput."""
    result: dict[str, Any] = {}
    seen: set[str] = set()
    for name, text in pairs:
        _refuse_repeated(name, seen)
        match name:
            case "text" | "after":
                result[name] = text
            case "first":
                result[name] = _number(name, text)
            case "types":
                codes = (_known_type(each, SEARCH_TYPES) for each in text.split(","))
                result.setdefault(name, []).extend(codes)
            case "asOf":
                result[name] = moment_arguments(text)
            case _:
                known = ("text", "types", "first", "after", "asOf")
                raise BadInput(_unknown(name, name, known))
    if "text" not in result:
        raise BadInput("`text` is missing: give what to find.")
    return result


def _record_type(text: str) -> str:
    return _known_type(text, [concept.record_type for concept in NODES])


def _known_type(text: str, known: Collection[str]) -> str:
    if text not in known:
        raise BadInput(_unknown("types", text, known))
    return text


def order_arguments(concept: Concept, order: Sequence[str]) -> list[dict[str, Any]]:
    """Turns `-startedOn` and `supporter.name` into arguments of GraphQL's `orderBy`."""
    return [_order_argument(concept, name) for name in order]


def _order_argument(concept: Concept, name: str) -> dict[str, Any]:
    steps = name.removeprefix("-").split(".")
    argument: Any = "DESC" if name.startswith("-") else "ASC"
    where: Concept | Group | Computed | None = concept
    for step in steps:
        where = _order_step(where, step, name)
    if where is not None:
        raise BadInput(f"orderBy: `{name}` is not a single value; add one of its fields.")
    for step in reversed(steps):
        argument = {step: argument}
    result: dict[str, Any] = argument
    return result


def _order_step(
    where: Concept | Group | Computed | None, step: str, name: str
) -> Concept | Group | Computed | None:
    if isinstance(where, Group) and step in where.attributes:
        return None
    if isinstance(where, Computed) and step in where.fields:
        return None
    member = where.members.get(step) if isinstance(where, Concept) else None
    match member:
        case Attribute():
            return None
        case Group() | Computed():
            return member
        case ToOne(target=target):
            return CONCEPTS[target]
    raise BadInput(f"orderBy: cannot sort by `{name}`; use a field with a single value.")


# --- filters ------------------------------------------------------------------------------------


def _add_filter(where: dict[str, Any], concept: Concept, name: str, text: str) -> None:
    """Sets one operator in a nested filter; creates the objects on the path."""
    steps = _steps(name)
    inner, members = where, concept.members
    member: Member | ComputedField | None = None
    here: Concept | None = concept
    while steps:
        step = steps.pop(0)
        if step == "isNull" and not steps and isinstance(member, ToOne):
            return _set_once(inner, step, name, _boolean(name, text))
        member = members.get(step)
        if here and here.period and step in (VALID_AT, VALID_DURING):
            return _set_period(inner, step, name, steps, text)
        if member is None:
            raise BadInput(_unknown(name, step, members))
        inner = inner.setdefault(step, {})
        if isinstance(member, Attribute | ComputedField):
            return _set_operator(inner, member.meaning, name, steps, text)
        if isinstance(member, ToMany | Owned):
            inner = inner.setdefault("some", {})
        if isinstance(member, Owned) and member.value:
            return _set_operator(inner, member.value.meaning, name, steps, text)
        members = _members_below(member, name)
        here = CONCEPTS[member.target] if isinstance(member, ToOne | ToMany) else None
    raise BadInput(f"`{name}` is not a single value; add one of: {', '.join(members)}.")


def _members_below(member: Member, name: str) -> Mapping[str, Any]:
    match member:
        case Group(attributes=attributes) | Owned(attributes=attributes):
            return attributes
        case Computed(fields=fields):
            return fields
        case ToOne(target=target) | ToMany(target=target):
            return CONCEPTS[target].members
    raise BadInput(f"`{name}` cannot be filtered.")


def _set_period(
    inner: dict[str, Any], filter_: str, name: str, steps: list[str], text: str
) -> None:
    """Sets `validAt`, or an end of `validDuring`."""
    if filter_ == VALID_AT and not steps:
        return _set_once(inner, filter_, name, text)
    if filter_ == VALID_AT or len(steps) != 1 or steps[0] not in RANGE_ENDS:
        known = [VALID_AT, *(f"{VALID_DURING}.{end}" for end in RANGE_ENDS)]
        raise BadInput(_unknown(name, ".".join([filter_, *steps]), known))
    return _set_once(inner.setdefault(filter_, {}), steps[0], name, text)


def _set_operator(
    inner: dict[str, Any], meaning: Meaning, name: str, steps: list[str], text: str
) -> None:
    operator = steps[0] if steps else "eq"
    tree = meaning.vocabulary is not None and meaning.vocabulary.is_tree
    known = [operator.name for operator in operators_for(meaning.scalar, tree=tree)]
    if operator not in known or len(steps) > 1:
        raise BadInput(_unknown(name, ".".join(steps), known))
    value = _operand(OPERATORS_BY_NAME[operator], meaning, name, text)
    if operator in inner and isinstance(value, list):
        inner[operator] += value
    else:
        _set_once(inner, operator, name, value)


def _set_once(inner: dict[str, Any], operator: str, name: str, value: Any) -> None:
    if operator in inner:
        raise BadInput(f"`{name}` occurs twice; send it once.")
    inner[operator] = value


def _operand(operator: Operator, meaning: Meaning, name: str, text: str) -> Any:
    match operator.takes:
        case Takes.FLAG:
            return _boolean(name, text)
        case Takes.MANY:
            return [_value(meaning, name, item) for item in text.split(",")]
    return _value(meaning, name, text)


def _value(meaning: Meaning, name: str, text: str) -> Any:
    if meaning.vocabulary and text not in meaning.vocabulary.codes:
        raise BadInput(_unknown(name, text, meaning.vocabulary.codes))
    match meaning.scalar:
        case Scalar.INTEGER:
            return _number(name, text)
        case Scalar.BOOLEAN:
            return _boolean(name, text)
    return text


def _boolean(name: str, text: str) -> bool:
    if text not in ("true", "false"):
        raise BadInput(f"`{name}` must be true or false, but is {text!r}.")
    return text == "true"


def _number(name: str, text: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise BadInput(f"`{name}` must be an integer of at most nine digits, but is {text!r}.")
    return int(text)


def _names(parameter: str, text: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """The names before and those in this text."""
    names = tuple(name for name in text.split(",") if name)
    if len(before) + len(names) > NAMES_MOST:
        count = len(before) + len(names)
        raise BadInput(f"`{parameter}` has {count} fields; the limit is {NAMES_MOST}.")
    if len(names) != text.count(",") + 1:
        raise BadInput(f"`{parameter}` has an empty name; separate names by single commas.")
    for name in names:
        _steps(name)
    return before + names


def _steps(name: str) -> list[str]:
    steps = name.split(".")
    if len(steps) > STEPS_MOST:
        raise BadInput(f"`{name[:100]}` has {len(steps)} steps; the limit is {STEPS_MOST}.")
    return steps


def _refuse_repeated(name: str, seen: set[str]) -> None:
    if name in seen and name not in _LISTS and not name.endswith((".in", ".notIn")):
        raise BadInput(f"`{name}` occurs twice; send it once.")
    seen.add(name)


def _unknown(name: str, step: str, known: Iterable[str]) -> str:
    matches = difflib.get_close_matches(step, list(known), n=3)
    hint = f"did you mean {' or '.join(matches)}?" if matches else f"known: {', '.join(known)}."
    return f"`{name}`: unknown {step!r}; {hint}"
