"""The actors in the database, by their codes and names in a given year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, and_, select
from sqlmodel import SQLModel

from schema.records import Actor
from schema.rows import Row
from schema.values.dates import may_hold
from schema.writing.shared_records import ITEMS, item_text, shared_lists
from seeds.importing.names import normalised
from seeds.tables import FORMER_SLUGS, KEYS, id_of_data_set

_ACTORS = SQLModel.metadata.tables[str(Actor.__tablename__)]

Period = tuple[str | None, str | None]
Code = tuple[str, str]
# The name of the list, the actor's id, and the item as `item_text` writes it.
_Item = tuple[str, int, str]


class Held(NamedTuple):
    """An actor that has a code or a name, and the period in which it has it."""

    actor: int
    period: Period


@dataclass
class Known:
    """An actor in the database.

    `key`: its key in the imported data set, if that data set created it.
    """

    slug: str
    name: str
    kind: str
    key: str | None = None
    names: set[str] = field(default_factory=set)
    codes: dict[str, list[tuple[str, Period]]] = field(default_factory=dict)

    def has_code(self, code: Code) -> bool:
        """Whether the actor has the code at any time."""
        scheme, value = code
        return any(each == value for each, _ in self.codes.get(scheme, ()))

    def other_code(self, code: Code, on: int | None) -> str | None:
        """Returns another code of the same scheme that the actor has in that year, if any."""
        scheme, value = code
        for other, period in self.codes.get(scheme, ()):
            if other != value and (on is None or may_hold(period, str(on))):
                return other
        return None


class KnownActors:
    """All actors, read once for each import.

    Items that the imported data set has added to actors of others are left out, so that names
    resolve as in the first import.
    """

    def __init__(self, connection: Connection, data_set: str) -> None:
        self.by_id: dict[int, Known] = {}
        self.ids: dict[str, int] = {}
        self._codes: dict[Code, list[Held]] = defaultdict(list)
        self._names: dict[str, list[Held]] = defaultdict(list)
        self._read_actors(connection)
        its_id = id_of_data_set(connection, data_set)
        self._read_lists(connection, set(_added(connection, its_id)))
        self._read_own_keys(connection, its_id)

    def with_code(self, code: Code, on: int | None) -> set[int]:
        """Returns the actors that have a code in a year; without a year, the current or last."""
        return held_at(self._codes.get(code, ()), on)

    def with_name(self, name: str, on: int | None) -> set[int]:
        """Returns the actors with this name, ignoring case, accents and punctuation."""
        return held_at(self._names.get(normalised(name), ()), on)

    def _read_actors(self, connection: Connection) -> None:
        columns = (_ACTORS.c.id, _ACTORS.c.slug, _ACTORS.c.name, _ACTORS.c.kind)
        for id_, slug, name, kind in connection.execute(select(*columns)):
            self.by_id[id_] = Known(slug, name, kind)
            self.ids[slug] = id_
            self._add_name(id_, name, (None, None))
        leads_on = and_(
            _ACTORS.c.id == FORMER_SLUGS.c.record_id, FORMER_SLUGS.c.record_type == _ACTORS.name
        )
        former = select(FORMER_SLUGS.c.slug, _ACTORS.c.id).join_from(
            FORMER_SLUGS, _ACTORS, leads_on
        )
        for slug, id_ in connection.execute(former):
            self.ids.setdefault(slug, id_)

    def _add_name(self, id_: int, name: str, period: Period) -> None:
        plain = normalised(name)
        if plain:
            self.by_id[id_].names.add(plain)
            self._names[plain].append(Held(id_, period))

    def _read_lists(self, connection: Connection, own: set[_Item]) -> None:
        for id_, item in _items(connection, "aliases", own):
            self._add_name(id_, item["name"], (item["started_on"], item["ended_on"]))
        for id_, item in _items(connection, "codes", own):
            scheme, value = item["scheme"], item["value"]
            period = (item["started_on"], item["ended_on"])
            self._codes[scheme, value].append(Held(id_, period))
            self.by_id[id_].codes.setdefault(scheme, []).append((value, period))

    def _read_own_keys(self, connection: Connection, data_set: int | None) -> None:
        own = select(KEYS.c.record_id, KEYS.c.key).where(
            KEYS.c.dataset_id == data_set, KEYS.c.concept == Actor.__name__
        )
        for id_, key in connection.execute(own):
            self.by_id[id_].key = key


def _added(connection: Connection, data_set: int | None) -> Iterator[_Item]:
    """Yields the list items of other actors that only this data set states."""
    query = select(ITEMS.c.list_name, ITEMS.c.record_id, ITEMS.c.item).where(
        ITEMS.c.dataset_id == data_set,
        ITEMS.c.concept == Actor.__name__,
        ITEMS.c.is_shared.is_(False),
    )
    return ((name, id_, text) for name, id_, text in connection.execute(query))


def _items(connection: Connection, name: str, but: set[_Item]) -> Iterator[tuple[int, Row]]:
    """Yields the items of a list except those in `but`, each with the id of its actor."""
    listed = shared_lists(Actor.__name__)[name]
    columns = (listed.near, *listed.columns)
    for id_, *values in connection.execute(select(*(listed.table.c[each] for each in columns))):
        if not but or (name, id_, item_text(listed.columns, values)) not in but:
            yield id_, dict(zip(listed.columns, values, strict=True))


def held_at(there: Iterable[Held], on: int | None) -> set[int]:
    """Returns the actors that hold a code or a name in a year.

    If several hold it during the year, returns those that hold it on 1 July.
    """
    held = list(there)
    if on is None:
        return _latest(held)
    found = {each.actor for each in held if may_hold(each.period, str(on))}
    if len(found) > 1:
        middle = {each.actor for each in held if may_hold(each.period, f"{on}-07-01")}
        return middle or found
    return found


def _latest(held: list[Held]) -> set[int]:
    """Returns the current holders, or the last ones if there are none."""
    now = {each.actor for each in held if each.period[1] is None}
    last = max((each.period[1] or "" for each in held), default="")
    return now or {each.actor for each in held if each.period[1] == last}


def slugs(known: Mapping[int, Known], ids: Iterable[int]) -> str:
    """Returns the slugs of actors as a message lists them."""
    return ", ".join(sorted(known[id_].slug for id_ in ids))
