"""Reads requests of the reconciliation API: batches of queries, and requests to extend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from schema.graphql.types import FIRST_MOST
from schema.values.shown import shown
from schema.vocabulary import ACTOR_KINDS, CODE_SCHEMES
from service.errors import BadInput

QUERIES_MOST = 50
CHARACTERS_MOST = 300
CANDIDATES_DEFAULT, CANDIDATES_MOST = 10, 100
PROPERTIES_MOST, VALUES_MOST = 10, 20
IDS_MOST = FIRST_MOST
SKIPPED_MOST = FIRST_MOST - CANDIDATES_MOST

# The maximum number of characters of a client's key for a query.
_KEY_MOST = 100
_FIELDS = frozenset({"query", "type", "limit", "properties", "type_strict"})
_STRICTNESS = ("any", "should", "all")


@dataclass(frozen=True, slots=True)
class ReconciliationQuery:
    """One query: a name or a code, kinds of actor, and codes by their schemes.

    Names and codes come from the cells of a client's table, and may contain any text. A text that
    cannot be a name or a code of an actor finds no actor; rejecting it would reject the other
    queries of the batch. Such a `text` is empty here, and `codes` omit it.
    """

    text: str
    kinds: tuple[str, ...]
    limit: int
    codes: tuple[tuple[str, tuple[str, ...]], ...]


def read_batch(text: str) -> dict[str, ReconciliationQuery]:
    """Reads a batch: the queries by their keys. Raises BadInput."""
    given = _object(_json(text, "queries"), "queries")
    if len(given) > QUERIES_MOST:
        raise BadInput(f"`queries` has {len(given)} queries; the limit is {QUERIES_MOST}.")
    for key in given:
        if len(key) > _KEY_MOST:
            raise BadInput(
                f"`queries` has a key of {len(key)} characters; the limit is {_KEY_MOST}."
            )
    return {key: _query(value, f"queries.{key}") for key, value in given.items()}


@dataclass(frozen=True, slots=True)
class Extension:
    """A request to extend: the ids of actors, and the properties to return of each."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def read_extension(text: str, known: Mapping[str, str]) -> Extension:
    """Reads a request for properties. `known`: all properties by id. Raises BadInput."""
    given = _object(_json(text, "extend"), "extend")
    _refuse_unknown(given, frozenset({"ids", "properties"}), "extend")
    ids = tuple(
        _text(each, "extend.ids") for each in _list(given.get("ids"), "extend.ids", IDS_MOST)
    )
    properties = []
    at = "extend.properties"
    for each in _list(given.get("properties"), at, len(known)):
        name = _text(_object(each, at).get("id"), f"{at}.id")
        if name not in known:
            raise BadInput(f"`{at}`: unknown {shown(name)}; the properties are {', '.join(known)}.")
        properties.append(name)
    return Extension(ids, tuple(dict.fromkeys(properties)))


def read_skipped(text: str | None) -> int:
    """Reads the number of suggestions that a client has already. Raises BadInput."""
    return 0 if text is None else _whole(text, "cursor", 0, SKIPPED_MOST)


def read_limit(text: str | None, most: int) -> int:
    """Reads a limit; by default `most`, the maximum. Raises BadInput."""
    return most if text is None else _whole(text, "limit", 1, most)


def _whole(text: str, name: str, least: int, most: int) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < _DIGITS
    if not is_number or not least <= int(text) <= most:
        raise BadInput(f"`{name}` must be from {least} to {most}, but is {shown(text)}.")
    return int(text)


_DIGITS = 10


def read_text(text: str | None, name: str) -> str:
    """Returns the text typed so far. Raises BadInput if it is too long."""
    return _bounded(text or "", name)


def _query(given: Any, at: str) -> ReconciliationQuery:
    query = _object(given, at)
    _refuse_unknown(query, _FIELDS, at)
    text = query.get("query", "")
    if not isinstance(text, str):
        raise BadInput(f"`{at}.query` must be text.")
    codes = tuple(_properties(query.get("properties"), f"{at}.properties"))
    if "query" not in query and not query.get("properties"):
        raise BadInput(f"`{at}` has neither a `query` nor `properties`.")
    if query.get("type_strict", "any") not in _STRICTNESS:
        raise BadInput(f"`{at}.type_strict` must be one of {', '.join(_STRICTNESS)}.")
    limit = _limit(query.get("limit", CANDIDATES_DEFAULT), f"{at}.limit")
    return ReconciliationQuery(_cell(text), _kinds(query.get("type"), f"{at}.type"), limit, codes)


def _kinds(given: Any, at: str) -> tuple[str, ...]:
    listed = [] if given is None else given if isinstance(given, list) else [given]
    for kind in listed:
        if kind not in ACTOR_KINDS.codes:
            known = ", ".join(ACTOR_KINDS.codes)
            raise BadInput(f"`{at}`: unknown type {shown(kind)}; the types are {known}.")
    return tuple(dict.fromkeys(listed))


def _limit(given: Any, at: str) -> int:
    is_whole = (
        isinstance(given, int | float) and not isinstance(given, bool) and given == int(given)
    )
    if not is_whole or not 1 <= given <= CANDIDATES_MOST:
        raise BadInput(f"`{at}` must be a whole number from 1 to {CANDIDATES_MOST}.")
    return int(given)


def _properties(given: Any, at: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for each in _list([] if given is None else given, at, PROPERTIES_MOST):
        named = _object(each, at)
        scheme = _text(named.get("pid"), f"{at}.pid")
        if scheme not in CODE_SCHEMES.codes:
            known = ", ".join(CODE_SCHEMES.codes)
            raise BadInput(f"`{at}`: unknown {shown(scheme)}; the properties are {known}.")
        value = named.get("v")
        values = value if isinstance(value, list) else [value]
        texts = tuple(_code(each, f"{at}.v") for each in _list(values, f"{at}.v", VALUES_MOST))
        # An empty cell has no code, so it does not exclude an actor that has one.
        if any(texts):
            yield scheme, tuple(text for text in texts if text)


def _code(given: Any, at: str) -> str:
    """Reads a code as text: spreadsheets turn codes that look like numbers into numbers."""
    if isinstance(given, Mapping):
        given = given.get("name") or given.get("id")
    if isinstance(given, bool):
        # The specification allows a boolean, but no code is one.
        return ""
    if not isinstance(given, str | int | float):
        raise BadInput(f"`{at}` must be text, a number, true or false.")
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    return _cell(str(given))


def _cell(text: str) -> str:
    """Returns the trimmed text of a cell; empty if no actor can have it as a name or a code."""
    return "" if len(text) > CHARACTERS_MOST or "\0" in text else text.strip()


def _json(text: str, at: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"`{at}` is not JSON: {error}.") from None


def _object(given: Any, at: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise BadInput(f"`{at}` is not a JSON object.")
    return given


def _list(given: Any, at: str, most: int) -> list[Any]:
    if not isinstance(given, list):
        raise BadInput(f"`{at}` is not a list.")
    if len(given) > most:
        raise BadInput(f"`{at}` has {len(given)} items; the limit is {most}.")
    return given


def _text(given: Any, at: str) -> str:
    if not isinstance(given, str):
        raise BadInput(f"`{at}` must be text.")
    return _bounded(given, at)


def _bounded(text: str, at: str) -> str:
    if len(text) > CHARACTERS_MOST:
        raise BadInput(f"`{at}` has {len(text)} characters; the limit is {CHARACTERS_MOST}.")
    if "\0" in text:
        raise BadInput(f"`{at}` has a null character.")
    return text


def _refuse_unknown(given: Mapping[str, Any], known: frozenset[str], at: str) -> None:
    for name in given:
        if name not in known:
            raise BadInput(
                f"`{at}`: unknown {shown(name)}; the fields are {', '.join(sorted(known))}."
            )
