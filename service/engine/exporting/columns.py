"""The columns of a table, derived from the members selected of each record.

A column has the path of its field as its name: `supporter.slug`, `quantity.value`. The codes of a
state have columns of their own, by which other data sets can be joined.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from schema.analysis.position import DESCRIPTION
from schema.analysis.totals import AMOUNTS, COUNTS, OWN, PARTS, SUMS, VALUED, VALUED_DESCRIPTION
from schema.concepts import CONCEPTS, Attribute, Concept, Group, Owned, ToOne
from schema.records.columns import Scalar
from schema.values.dates import may_hold
from schema.vocabulary import CODE_SCHEMES, Vocabulary
from service import plan
from service.engine.exporting.cells import KINDS, SEPARATOR, Column, Kind, Record
from service.planning.resource import members_of

# The code schemes that have a column, by the name of the column.
STATE_CODES: Mapping[str, str] = {
    "iso3": "ISO_3166_1_ALPHA_3",
    "cow": "COW",
    "gw": "GLEDITSCH_WARD",
}
_CODES = "codes"
_CODE_FIELDS = {"scheme", "value", "startedOn", "endedOn"}

_OF_TOTALS: Mapping[str, str] = {
    **{name: description for name, (description, _) in OWN.items()},
    **COUNTS,
    **SUMS,
    VALUED: VALUED_DESCRIPTION,
}

# SQLite joins at most 64 tables; the rest is for the tables of the conditions.
_EDGES_MOST = 40

Path = tuple[str, ...]
At = Callable[[Path], Callable[[Record], Any]]


def default_fields(concept: Concept) -> tuple[str, ...]:
    """Returns a record's fields, its to-one records as references, and the codes of actors."""
    return tuple(_default_fields(concept))


def _default_fields(concept: Concept) -> Iterator[str]:
    for member in concept.members.values():
        match member:
            case ToOne(name=name, target=target):
                yield from (f"{name}.{each}" for each in reference_fields(CONCEPTS[target]))
            case Attribute(name=name) | Group(name=name) | Owned(name=name):
                yield name


def reference_fields(concept: Concept) -> tuple[str, ...]:
    """Returns the fields of a record that another one refers to, with its codes if it has codes."""
    has_codes = _has_state_codes(concept.members.get(_CODES))
    return (*concept.reference, _CODES) if has_codes else tuple(concept.reference)


def dates_of(concept: Concept) -> tuple[str, ...]:
    """Returns the date fields of a record.

    The codes of a record are those that hold at the first of these dates that has a value.
    """
    start = (concept.period.start,) if concept.period else ()
    dates = (each.name for each in concept.attributes if each.meaning.scalar is Scalar.DATE)
    return tuple(dict.fromkeys((*start, *dates)))


def selected_fields(concept: Concept, fields: Iterable[str]) -> tuple[str, ...]:
    """Returns the fields to select for the columns of these fields, or of the default ones.

    They include the dates, which select among the codes of an actor; a date has a column only if it
    is among the given fields.
    """
    return tuple(dict.fromkeys((*(fields or default_fields(concept)), *dates_of(concept))))


def columns_of(concept: Concept, fields: Iterable[str]) -> tuple[Column, ...]:
    """Returns the columns of these fields, or of the default ones. Raises BadInput.

    The columns read records that were selected by `selected_fields`; the records are arrays if
    `are_flat` is true of their members.
    """
    members = members_of(concept, fields or default_fields(concept))
    selected = members_of(concept, selected_fields(concept, fields))
    at = in_flat(selected) if are_flat(selected) else None
    return columns_of_members(members, dates_of(concept), at)


def are_flat(members: Iterable[Any]) -> bool:
    """Whether records with these members are read as arrays of values, which is faster.

    False if the members refer to more records than one query can join.
    """
    return sum(1 for _ in _edges(members)) <= _EDGES_MOST


def _edges(members: Iterable[Any]) -> Iterator[Any]:
    for member in members:
        if isinstance(member, plan.One):
            yield member
            yield from _edges(member.members)


def columns_of_members(
    members: Iterable[Any], dates: Path = (), at: At | None = None
) -> tuple[Column, ...]:
    """Returns the columns of the members selected of a record or of a group.

    `dates`: the fields whose dates select among the codes. `at`: returns a function that reads the
    value at a path of a record; by default a record is an object.
    """
    return tuple(_Columns(dates, at or _at).of(members, (), ""))


def in_flat(members: Iterable[Any]) -> At:
    """Returns a function like `_at` for flat records of these members, as in `plan.Nodes`."""
    places = {path: place for place, path in enumerate(_leaves(members, ()))}

    def at(path: Path) -> Callable[[Record], Any]:
        length = next(n for n in range(len(path), 0, -1) if path[:n] in places)
        value = itemgetter(places[path[:length]])
        if length == len(path):
            return value
        inner = _at(path[length:])

        def read(record: Record) -> Any:
            found = value(record)
            return None if found is None else inner(found)

        return read

    return at


def _leaves(members: Iterable[Any], path: Path) -> Iterator[Path]:
    for member in members:
        match member:
            case plan.Grouped(key=key, members=inner) | plan.One(key=key, members=inner):
                yield from _leaves(inner, (*path, key))
            case _:
                yield (*path, member.key)


class _Columns:
    """Makes the columns of one type of record."""

    def __init__(self, dates: Path, at: At) -> None:
        """`dates`: the fields that date the record.

        `at`: returns a reader of the value at a path.
        """
        self._dates = dates
        self._at = at

    def of(self, members: Iterable[Any], path: Path, about: str) -> Iterator[Column]:
        """Makes the columns of members at a path. `about`: the description of the object there."""
        for member in members:
            yield from self._of_member(member, (*path, member.key), about)

    def _of_member(self, member: Any, path: Path, about: str) -> Iterator[Column]:
        match member:
            case plan.Value(attribute=attribute):
                yield self._value(path, attribute, about)
            case plan.Grouped(members=inner):
                yield from self.of(inner, path, about)
            case plan.One(edge=edge, members=inner):
                yield from self.of(inner, path, _sentences(about, edge.description))
            case plan.OwnedList(owned=owned, members=inner):
                yield from self._list(path, owned, inner, about)
            case plan.ComputedObject(computed=computed, members=inner):
                yield from (self._calculated((*path, each.key), computed, each) for each in inner)
            case plan.Many(edge=edge):
                text = f"{edge.description} JSON: the page that REST returns."
                yield self._column(path, _sentences(about, text), Kind.JSON)
            case plan.History():
                yield self._column(
                    path, _sentences(about, "Changes of the record. JSON."), Kind.JSON
                )
            case plan.Positions():
                yield self._column(path, _sentences(about, DESCRIPTION, "JSON."), Kind.JSON)
            case plan.PartTotals(part=part, members=inner):
                yield from self.of(inner, path, PARTS[part])
            case plan.AmountTotals(amount=amount, members=inner):
                yield from self.of(inner, path, _sentences(about, AMOUNTS[amount]))
            case plan.TotalFact(name=name):
                yield self._column(path, _sentences(about, _OF_TOTALS[name]), _kind_of_total(name))
            case plan.TypeName():
                yield self._column(path, "Name of the type.", Kind.PLAIN)
            case plan.Cursor():
                yield self._column(path, "Cursor of the row.", Kind.PLAIN)
            case plan.EdgeNode(members=inner):
                yield from self.of(inner, path, about)
            case plan.NotGrouped():
                yield self._column(path, "Empty: the groups have no such value.", Kind.PLAIN)

    def _list(
        self, path: Path, owned: Owned, inner: tuple[Any, ...], about: str
    ) -> Iterator[Column]:
        description = _sentences(about, owned.description)
        # A query may use aliases, so a member counts only under its field's name.
        names = {m.key for m in inner if isinstance(m, plan.Value) and m.key == m.attribute.name}
        if not inner:
            text = f"{description} Separated by `{SEPARATOR}`."
            terms = owned.value.meaning.vocabulary if owned.value else None
            yield self._column(path, text, Kind.TEXTS, terms)
            return
        if _has_state_codes(owned) and names >= _CODE_FIELDS:
            for name, scheme in STATE_CODES.items():
                yield self._code((*path[:-1], name), path, scheme, about)
            if len(path) > 1:
                return
        fields = {member.key: _kind_in_list(member) for member in inner}
        yield Column(".".join(path), f"{description} JSON.", Kind.OBJECTS, self._at(path), fields)

    def _code(self, name: Path, path: Path, scheme: str, about: str) -> Column:
        term = next(term for term in CODE_SCHEMES.terms if term.code == scheme)
        when = f" At the first of these that is known: {_listed(self._dates)}."
        text = _sentences(about, term.description) + (when if self._dates else "")
        codes = self._at(path)
        dates = [self._at((name,)) for name in self._dates]

        def read(record: Record) -> str | None:
            listed = codes(record)
            if not listed:
                return None
            on = next((date for read in dates if (date := read(record))), None)
            found = [
                code["value"]
                for code in listed
                if code["scheme"] == scheme
                # The year of a group is a number, which becomes a date of four digits.
                and (on is None or may_hold((code["startedOn"], code["endedOn"]), f"{on:0>4}"))
            ]
            return SEPARATOR.join(dict.fromkeys(found)) if found else None

        return Column(".".join(name), text, Kind.TEXT, read)

    def _value(self, path: Path, attribute: Attribute, about: str) -> Column:
        meaning = attribute.meaning
        # A decimal is a string in JSON, but a number in a cell.
        description = _sentences(about, meaning.description.replace(" in a string", ""))
        return self._column(path, description, KINDS[meaning.scalar], meaning.vocabulary)

    def _calculated(
        self, path: Path, computed: Any, member: plan.TypeName | plan.Calculated
    ) -> Column:
        if isinstance(member, plan.TypeName):
            return self._column(path, "Name of the type.", Kind.PLAIN)
        meaning = computed.fields[member.name].meaning
        return self._column(path, meaning.description, KINDS[meaning.scalar], meaning.vocabulary)

    def _column(
        self, path: Path, description: str, kind: Kind, terms: Vocabulary | None = None
    ) -> Column:
        return Column(".".join(path), description, kind, self._at(path), terms=terms)


def _has_state_codes(member: object) -> bool:
    if not isinstance(member, Owned) or "scheme" not in member.attributes:
        return False
    return member.attributes["scheme"].meaning.vocabulary is CODE_SCHEMES


def _kind_of_total(name: str) -> Kind:
    if name in SUMS:
        return Kind.DECIMAL
    return Kind.INTEGER if name in (*COUNTS, VALUED, "year") else Kind.PLAIN


def _kind_in_list(member: plan.TypeName | plan.Value) -> Kind:
    return KINDS[member.attribute.meaning.scalar] if isinstance(member, plan.Value) else Kind.PLAIN


def _at(path: Path) -> Callable[[Record], Any]:
    """Returns a function that reads the value at a path, or None if a step of the path is null."""
    if len(path) == 1:
        return itemgetter(path[0])

    def read(record: Record) -> Any:
        value: Any = record
        for step in path:
            if value is None:
                return None
            value = value[step]
        return value

    return read


def _sentences(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
