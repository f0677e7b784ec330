"""Decides whether a record matches a filter."""

import operator
import re
import string
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from schema.vocabulary import SUPPORT_KINDS
from tests.oracle.data_sets.invention import LANGUAGES
from tests.oracle.data_sets.values import Date, snake_case
from tests.oracle.data_sets.world import TO_ONE, Group, Item, Record, World
from tests.oracle.resolvers.assessment import Assessment, assessed
from tests.oracle.resolvers.periods import CERTAIN, POSSIBLE, validity

Condition = Mapping[str, Any]

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_PARENTS = {term.code: term.parent for term in SUPPORT_KINDS.terms}


def matches(record: Record, condition: Condition, may: bool | None = None) -> bool:
    """Whether a record matches all conditions.

    `may`: whether a record matches that may be valid at the time of a filter. A negation reverses
    it.
    """
    return all(_member_holds(record, name, wanted, may) for name, wanted in condition.items())


def _member_holds(record: Record, name: str, wanted: Any, may: bool | None) -> bool:
    match name:
        case "and":
            return all(matches(record, each, may) for each in wanted)
        case "or":
            return any(matches(record, each, may) for each in wanted)
        case "not":
            return not matches(record, wanted, _negated(may))
        case "isNull":
            return not wanted
        case "validAt":
            return _is_valid(record, wanted, wanted, may)
        case "validDuring":
            return _is_valid(record, wanted.get("from", "0001"), wanted.get("to", "9999"), may)
    if name in ("id", "slug"):
        wanted = {each: _leading(record, name, each, given) for each, given in wanted.items()}
    value = assessed(record) if name == "assessment" else getattr(record, snake_case(name))
    if snake_case(name) in TO_ONE:
        return _to_one_holds(value, wanted, may)
    if isinstance(value, list):
        return _list_holds(value, wanted, may)
    return _value_holds(value, wanted, name)


def _negated(may: bool | None) -> bool | None:
    return None if may is None else not may


def _is_valid(record: Record, first: str, last: str, may: bool | None) -> bool:
    known = validity(record, Date(first).earliest, Date(last).latest)
    return known == CERTAIN or (may is True and known == POSSIBLE)


def _leading(record: Record, name: str, comparison: str, given: Any) -> Any:
    """Replaces former ids or slugs by the current ones."""
    if comparison not in ("eq", "ne", "in", "notIn"):
        return given
    if isinstance(given, list):
        return [leading_to(record.world, type(record), name, each) for each in given]
    return leading_to(record.world, type(record), name, given)


def leading_to(world: World, type_: type[Record], name: str, given: str) -> str:
    """Returns the current id or slug of a former one."""
    for former in world.former:
        known = former.id if isinstance(former.name, int) else former.name
        is_named = isinstance(former.name, int) == (name == "id") and known == given
        if is_named and former.type_ is type_:
            held = getattr(world, type_.collection)
            return next((getattr(each, name) for each in held if each.row == former.row), given)
    return given


def _to_one_holds(record: Record | None, condition: Condition, may: bool | None) -> bool:
    if record is None:
        return condition == {"isNull": True}
    return matches(record, condition, may)


def _list_holds(values: list[Any], wanted: Mapping[str, Condition], may: bool | None) -> bool:
    no = _negated(may)
    quantifiers: dict[str, Callable[[Condition], bool]] = {
        "some": lambda condition: any(_element_holds(value, condition, may) for value in values),
        "none": lambda condition: not any(_element_holds(value, condition, no) for value in values),
        "every": lambda condition: all(_element_holds(value, condition, may) for value in values),
    }
    return all(quantifiers[name](condition) for name, condition in wanted.items())


def _element_holds(value: Any, condition: Condition, may: bool | None) -> bool:
    if isinstance(value, Record):
        return matches(value, condition, may)
    return _value_holds(value, condition)


def _value_holds(value: Any, condition: Condition, field: str = "") -> bool:
    if isinstance(value, Group | Item | Assessment):
        owner = type(value).__name__
        parts = (
            (getattr(value, snake_case(name)), part, owner + name)
            for name, part in condition.items()
        )
        return all(_value_holds(*part) for part in parts)
    given = {name: as_stored(field, name, operand) for name, operand in condition.items()}
    return all(_compares(value, name, operand) for name, operand in given.items())


def as_stored(field: str, name: str, given: Any) -> Any:
    """Returns an operand in the spelling of the field; a part of a text only in the normal form."""
    if isinstance(given, list):
        return [as_stored(field, name, each) for each in given]
    if not isinstance(given, str):
        return given
    spell = _SPELLINGS.get(field) if name in ("eq", "ne", "in", "notIn") else None
    text = unicodedata.normalize("NFC", given)
    return spell(text) if spell else text


def _compares(value: Any, name: str, given: Any) -> bool:
    """Compares values. Null matches no comparison."""
    if name == "isNull":
        return (value is None) is bool(given)
    if value is None:
        return False
    if name in ("in", "notIn"):
        listed = any(_compares(value, "eq", each) for each in given)
        return listed is (name == "in")
    if isinstance(value, Date):
        return _DATE_COMPARISONS[name](value, Date(given))
    if isinstance(value, Decimal):
        return _COMPARISONS[name](value, Decimal(given))
    return _COMPARISONS[name](value, given)


def _folded(text: str) -> str:
    return text.translate(_LOWER)


def _is_under(kind: str | None, wider: str) -> bool:
    return kind is not None and (kind == wider or _is_under(_PARENTS[kind], wider))


def _code(text: str) -> str:
    plain = text.strip().upper()
    return str(int(plain)) if re.fullmatch("[0-9]+", plain) else plain


# The spellings that the generator uses, and how they are normalised.
SPELT, RESPELT = "https://example.org/", "HTTPS://EXAMPLE.ORG:443/./"
_SPELLINGS: dict[str, Callable[[str], str]] = {
    "ActorCodevalue": _code,
    "language": lambda text: {tag.lower(): tag for tag in LANGUAGES}.get(text.lower(), text),
    "url": lambda text: text.replace(RESPELT, SPELT),
}

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
    "contains": lambda value, given: _folded(given) in _folded(value),
    "startsWith": lambda value, given: _folded(value).startswith(_folded(given)),
    "under": _is_under,
}

_DATE_COMPARISONS: dict[str, Callable[[Date, Date], bool]] = {
    "eq": lambda value, given: value.text == given.text,
    "ne": lambda value, given: value.text != given.text,
    "lt": lambda value, given: value.latest < given.earliest,
    "lte": lambda value, given: value.latest <= given.latest,
    "gt": lambda value, given: value.earliest > given.latest,
    "gte": lambda value, given: value.earliest >= given.earliest,
}
