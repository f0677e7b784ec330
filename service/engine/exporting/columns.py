"""The columns of a CSV file, derived from the members that are selected.

A column has the path of its field: `supporter.slug`, `quantity.value`. The codes of a state make
columns of their own, so that a file joins with others by them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from schema.concepts import CONCEPTS, Attribute, Concept, Group, Owned, ToOne
from schema.dates import may_hold
from schema.records.columns import Scalar
from schema.vocabulary import CODE_SCHEMES
from service import plan
from service.planning.resource import members_of

Record = Mapping[str, Any]
Cell = str | int | None

SEPARATOR = ";"
# The codes that have columns, by the name of the column.
STATE_CODES: Mapping[str, str] = {
    "iso3": "ISO_3166_1_ALPHA_3",
    "cow": "COW",
    "gw": "GLEDITSCH_WARD",
}
_CODES = "codes"
_CODE_FIELDS = {"scheme", "value", "startedOn", "endedOn"}

# With these characters a spreadsheet begins a formula; some languages type them in full width.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001
_QUOTE = "'"


@dataclass(frozen=True)
class Column:
    """One column: its name, what it says, and how to read its cell from a record as REST has it."""

    name: str
    description: str
    read: Callable[[Record], Cell]


def default_fields(concept: Concept) -> tuple[str, ...]:
    """A record's own fields, with its to-one records as references, and the codes of actors."""
    return tuple(_default_fields(concept))


def _default_fields(concept: Concept) -> Iterator[str]:
    for member in concept.members.values():
        match member:
            case ToOne(name=name, target=target):
                there = CONCEPTS[target]
                yield from (f"{name}.{each}" for each in there.reference)
                if _has_state_codes(there.members.get(_CODES)):
                    yield f"{name}.{_CODES}"
            case Attribute(name=name) | Group(name=name) | Owned(name=name):
                yield name


def dates_of(concept: Concept) -> tuple[str, ...]:
    """The fields with the dates of a record; the first one that is known dates its codes."""
    start = (concept.period.start,) if concept.period else ()
    dates = (each.name for each in concept.attributes if each.meaning.scalar is Scalar.DATE)
    return tuple(dict.fromkeys((*start, *dates)))


def columns_of(concept: Concept, fields: Iterable[str]) -> tuple[Column, ...]:
    """The columns of these fields; the default ones if there are none. Raises BadInput."""
    members = members_of(concept, fields or default_fields(concept))
    return tuple(_Columns(dates_of(concept)).of(members, (), ""))


class _Columns:
    """Makes the columns of one type of record."""

    def __init__(self, dates: tuple[str, ...]) -> None:
        """`dates`: the fields of the record that date it."""
        self._dates = dates

    def of(
        self, members: Iterable[plan.Member], path: tuple[str, ...], about: str
    ) -> Iterator[Column]:
        """The columns of members at a path. `about`: the description of what is there."""
        for member in members:
            match member:
                case plan.Value(key=key, attribute=attribute):
                    yield _value((*path, key), attribute, about)
                case plan.Grouped(key=key, members=inner):
                    yield from self.of(inner, (*path, key), about)
                case plan.One(key=key, edge=edge, members=inner):
                    yield from self.of(inner, (*path, key), _sentences(about, edge.description))
                case plan.OwnedList(key=key, owned=owned, members=inner):
                    yield from self._list((*path, key), owned, inner, about)
                case plan.ComputedObject(key=key, computed=computed, members=inner):
                    for each in inner:
                        if isinstance(each, plan.Calculated):
                            text = computed.fields[each.name].meaning.description
                            yield _plain((*path, key, each.key), _sentences(about, text))
                case plan.Many(key=key, edge=edge):
                    text = f"{edge.description} JSON: the page that REST returns."
                    yield _json((*path, key), _sentences(about, text))

    def _list(
        self, path: tuple[str, ...], owned: Owned, inner: tuple[Any, ...], about: str
    ) -> Iterator[Column]:
        description = _sentences(about, owned.description)
        names = {member.key for member in inner}
        if not inner:
            text = f"{description} Separated by `{SEPARATOR}`."
            yield Column(".".join(path), text, _joined(path))
            return
        if _has_state_codes(owned) and names >= _CODE_FIELDS:
            for name, scheme in STATE_CODES.items():
                yield self._code((*path[:-1], name), path, scheme, about)
            if len(path) > 1:
                return
        yield _json(path, f"{description} JSON.")

    def _code(
        self, name: tuple[str, ...], path: tuple[str, ...], scheme: str, about: str
    ) -> Column:
        term = next(term for term in CODE_SCHEMES.terms if term.code == scheme)
        when = f" At the first of these that is known: {_listed(self._dates)}."
        text = _sentences(about, term.description) + (when if self._dates else "")

        def read(record: Record) -> Cell:
            on = next((record[name] for name in self._dates if record.get(name)), None)
            found = [
                code["value"]
                for code in _at(record, path) or ()
                if code["scheme"] == scheme
                and (on is None or may_hold((code["startedOn"], code["endedOn"]), on))
            ]
            return as_text(SEPARATOR.join(dict.fromkeys(found))) if found else None

        return Column(".".join(name), text, read)


def as_text(text: str) -> str:
    """The text with a quote in front if a spreadsheet would read it as a formula.

    So does a text that has such quotes already: who takes one quote away gets every text back.
    """
    return _QUOTE + text if text.lstrip(_QUOTE).startswith(_FORMULA) else text


def _has_state_codes(member: object) -> bool:
    if not isinstance(member, Owned) or "scheme" not in member.attributes:
        return False
    return member.attributes["scheme"].meaning.vocabulary is CODE_SCHEMES


def _value(path: tuple[str, ...], attribute: Attribute, about: str) -> Column:
    meaning = attribute.meaning
    # In JSON an exact decimal is a string; in a cell it is a number like all others.
    description = _sentences(about, meaning.description.replace(" in a string", ""))
    if meaning.scalar is not Scalar.TEXT:
        return _plain(path, description)
    return Column(".".join(path), description, _text(path))


def _plain(path: tuple[str, ...], description: str) -> Column:
    """A number, a date, a term or a flag: nothing that a spreadsheet runs."""

    def read(record: Record) -> Cell:
        value = _at(record, path)
        return ("false", "true")[value] if isinstance(value, bool) else value

    return Column(".".join(path), description, read)


def _text(path: tuple[str, ...]) -> Callable[[Record], Cell]:
    def read(record: Record) -> Cell:
        value = _at(record, path)
        return None if value is None else as_text(value)

    return read


def _joined(path: tuple[str, ...]) -> Callable[[Record], Cell]:
    def read(record: Record) -> Cell:
        value = _at(record, path)
        return as_text(SEPARATOR.join(map(str, value))) if value else None

    return read


def _json(path: tuple[str, ...], description: str) -> Column:
    def read(record: Record) -> Cell:
        value = _at(record, path)
        return orjson.dumps(value).decode() if value else None

    return Column(".".join(path), description, read)


def _at(record: Record, path: tuple[str, ...]) -> Any:
    value: Any = record
    for step in path:
        if value is None:
            return None
        value = value[step]
    return value


def _sentences(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
