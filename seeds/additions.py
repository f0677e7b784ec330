"""Aliases and codes that a data set adds to records of other data sets.

The facts of such a record stay as they are. Where the data set states another value, the report of
the load lists a difference; the loader does not decide which value is right.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, select, update

from schema.concepts import CONCEPTS, Attribute, ToOne
from schema.rows import Row
from schema.values.dates import may_meet
from schema.writing import shared_records
from schema.writing.drafts import ListTable, defaults, list_tables
from schema.writing.shared_records import ITEMS, SHARES, item_text, shared_lists
from seeds import tables
from seeds.drafts import SeedRecord

Item = tuple[Any, ...]

# The columns of an item's period, which is compared separately from its other columns.
_PERIOD = ("started_on", "ended_on")
# The columns by which two aliases are the same name. The relation names those of other lists.
_SAME_NAME = ("name", "language")


def differences(draft: SeedRecord, row: Row) -> Iterator[str]:
    """Yields a line for each field of the record for which the data set states another value."""
    for name in draft.stated:
        match draft.concept.members.get(name):
            case Attribute(column=column):
                stated, there = draft.row[column.name], row[column.name]
            case ToOne(column=column, target=target):
                stated, there = (_ids(target, [each[column.name]]) for each in (draft.row, row))
                # The draft still has a key in place of the id if it refers to a record of its own
                # concept.
                if target == draft.concept.name and there:
                    continue
            case _:
                continue
        if stated and stated != there:
            yield _line(draft, name, stated, there)


def _ids(target: str, keys: Iterable[object]) -> str | None:
    """Returns ids as the APIs write them: `actor_1, actor_2`. None if there are no keys."""
    prefix = CONCEPTS[target].id_prefix
    known = (key for key in keys if key is not None)
    return ", ".join(f"{prefix}{key}" for key in known) or None


def _line(draft: SeedRecord, path: str, stated: object, there: object) -> str:
    kept = "nothing" if there is None else repr(there)
    found = draft.entry.error(f"The record stays with {kept}; the data set has {stated!r}.", path)
    return str(found)


@dataclass(frozen=True)
class SharedConcepts:
    """The concepts of shared records. Read once a load, because most data sets share none.

    `mine`: the concepts of which this data set states records of others. `others`: the concepts of
    which other data sets state records that they do not own.
    """

    mine: frozenset[str]
    others: frozenset[str]

    @classmethod
    def of(cls, connection: Connection, dataset: int) -> "SharedConcepts":
        """Reads the concepts of the records that are shared by this data set and by others."""
        shares = {
            is_mine: select(SHARES.c.concept)
            .where((SHARES.c.dataset_id == dataset) if is_mine else SHARES.c.dataset_id != dataset)
            .distinct()
            for is_mine in (True, False)
        }
        mine, others = (frozenset(connection.scalars(shares[each])) for each in (True, False))
        return cls(mine, others)


class Additions:
    """The items that a data set adds to lists of records of others, for one concept."""

    def __init__(self, connection: Connection, dataset: int, concept: str) -> None:
        """Stores the arguments; reads nothing."""
        self.connection, self.dataset, self.concept = connection, dataset, concept
        self.differences: list[str] = []

    def write(self, shared: Mapping[int, SeedRecord], names: Mapping[int, str]) -> set[int]:
        """Adds missing items and removes those that the data set no longer states.

        `shared`: the drafts by the ids of the records. `names`: the names of these records. Returns
        the ids of the records whose lists changed.
        """
        self._write_shares(shared)
        self._compare_targets(shared)
        before = self._before()
        changed: set[int] = set()
        for listed in shared_lists(self.concept).values():
            stated = dict(self._stated(listed, shared, names))
            known = {key: row for key, row in before.items() if key[1] == listed.name}
            changed |= self._add(listed, stated, known)
            for key in known.keys() - stated.keys():
                if shared_records.withdraw_item(self.connection, known[key]):
                    changed.add(key[0])
        return changed

    def _write_shares(self, shared: Mapping[int, SeedRecord]) -> None:
        common = {"dataset_id": self.dataset, "concept": self.concept}
        mine = and_(*(SHARES.c[name] == value for name, value in common.items()))
        query = select(SHARES.c.key, SHARES.c.record_id).where(mine)
        before = {tuple(row) for row in self.connection.execute(query)}
        now = {(draft.entry.key, record) for record, draft in shared.items()}
        for rows, do in ((before - now, tables.delete_plain), (now - before, tables.write_plain)):
            named = [{**common, "key": key, "record_id": id_} for key, id_ in sorted(rows)]
            do(self.connection, SHARES, named)

    def _compare_targets(self, shared: Mapping[int, SeedRecord]) -> None:
        """Reports the items of lists of records, such as mentions, that the record lacks.

        Nothing is added to these lists.
        """
        for listed in list_tables(self.concept).values():
            for record, draft in shared.items() if listed.target else ():
                stated = set(draft.lists.get(listed.name, ()))
                there = {row[1:] for row in tables.list_of(self.connection, listed, record)}
                if stated - there:
                    keys = (sorted(key for (key,) in rows) for rows in (stated, there))
                    ids = (_ids(str(listed.target), each) for each in keys)
                    self.differences.append(_line(draft, listed.name, *ids))

    def _before(self) -> dict[tuple[int, str, str], Row]:
        """Returns the rows of the items stated so far, by record, list and item."""
        query = select(ITEMS).where(
            ITEMS.c.dataset_id == self.dataset, ITEMS.c.concept == self.concept
        )
        rows = (dict(row) for row in self.connection.execute(query).mappings())
        return {(row["record_id"], row["list_name"], row["item"]): row for row in rows}

    def _stated(
        self, listed: ListTable, shared: Mapping[int, SeedRecord], names: Mapping[int, str]
    ) -> Iterator[tuple[tuple[int, str, str], Item]]:
        """Yields the items that the data set states, each as the record has it or will have it."""
        for record, draft in shared.items():
            there = [row[1:] for row in tables.list_of(self.connection, listed, record)]
            for item in _items(listed, draft, names[record]):
                found = _equal(listed, item, there)
                if found is not None and found != item:
                    self._compare(listed, draft, item, found)
                meant = item if found is None else found
                yield (record, listed.name, item_text(listed.columns, meant)), meant

    def _compare(self, listed: ListTable, draft: SeedRecord, stated: Item, there: Item) -> None:
        what = " ".join(str(value) for value in stated[:2] if value)
        for name, now, kept in zip(listed.columns, stated, there, strict=True):
            # A value that the data set does not state contradicts nothing.
            if now not in (kept, defaults(listed.table).get(name)):
                path = f"{listed.name}: {what}: {name}"
                self.differences.append(_line(draft, path, now, kept))

    def _add(
        self,
        listed: ListTable,
        stated: Mapping[tuple[int, str, str], Item],
        known: Mapping[tuple[int, str, str], Row],
    ) -> set[int]:
        new = {key: item for key, item in stated.items() if key not in known}
        there: dict[int, set[str]] = {}
        for record, _, _ in new:
            if record not in there:
                rows = tables.list_of(self.connection, listed, record)
                there[record] = {item_text(listed.columns, row[1:]) for row in rows}
        foreign = self._of_others(listed, {record for record, _, _ in new})
        remembered, missing, changed = [], [], set()
        for (record, name, text), item in sorted(new.items(), key=lambda pair: pair[0]):
            is_there = text in there[record]
            # An item that no owner states is removed with the last data set that states it.
            is_shared = is_there and foreign.get((record, text), True)
            remembered.append(
                {
                    "dataset_id": self.dataset,
                    "concept": self.concept,
                    "record_id": record,
                    "list_name": name,
                    "item": text,
                    "is_shared": is_shared,
                }
            )
            if not is_there:
                missing.append(listed.row(record, item))
                changed.add(record)
        tables.write_plain(self.connection, listed.table, missing)
        tables.write_plain(self.connection, ITEMS, remembered)
        return changed

    def _of_others(self, listed: ListTable, records: set[int]) -> dict[tuple[int, str], bool]:
        """Returns the items that other data sets state, and whether the record's owner has each."""
        return items_of_others(self.connection, self.dataset, self.concept, listed, records)


def items_of_others(
    connection: Connection, dataset: int, concept: str, listed: ListTable, records: set[int]
) -> dict[tuple[int, str], bool]:
    """Returns the items of these records that other data sets state, by record and text.

    The value is whether the owner of the record has the item too.
    """
    query = select(ITEMS.c.record_id, ITEMS.c.item, ITEMS.c.is_shared).where(
        ITEMS.c.concept == concept,
        ITEMS.c.list_name == listed.name,
        ITEMS.c.dataset_id != dataset,
    )
    return {
        (record, text): bool(is_shared)
        for record, text, is_shared in connection.execute(query)
        if record in records
    }


def set_shared(
    connection: Connection,
    concept: str,
    listed: ListTable,
    items: set[tuple[int, str]],
    *,
    on: bool,
) -> None:
    """Sets, for items that data sets added, whether the owner of the record has them too."""
    for record, text in items:
        connection.execute(
            update(ITEMS)
            .where(
                ITEMS.c.concept == concept,
                ITEMS.c.list_name == listed.name,
                ITEMS.c.record_id == record,
                ITEMS.c.item == text,
            )
            .values(is_shared=on)
        )


def _items(listed: ListTable, draft: SeedRecord, name: str) -> Iterator[Item]:
    """Yields the items that a draft states.

    A name in the draft that differs from the record's name becomes an alias of the record.
    """
    items = list(draft.lists.get(listed.name, ()))
    if listed.name == "aliases":
        plain = {**dict.fromkeys(listed.columns), **defaults(listed.table)}
        own = tuple({**plain, "name": draft.row["name"]}[column] for column in listed.columns)
        place = listed.columns.index("name")
        if not any(item[place] == own[place] for item in items):
            items.append(own)
        items = [item for item in items if item != own or own[place] != name]
    yield from items


def _equal(listed: ListTable, item: Item, there: list[Item]) -> Item | None:
    """Returns the equivalent item that the record already has, if any.

    Two items are equivalent if their identifying columns are equal and their periods may overlap.
    """
    if item in there:
        return item
    by = [listed.columns.index(name) for name in listed.identified_by or _SAME_NAME]
    for other in sorted(there, key=repr):
        same = all(item[place] == other[place] for place in by)
        if same and may_meet(_period(listed, item), _period(listed, other)):
            return other
    return None


def _period(listed: ListTable, item: Item) -> tuple[str | None, str | None]:
    values = dict(zip(listed.columns, item, strict=True))
    start, end = (values.get(name) for name in _PERIOD)
    return start, end
