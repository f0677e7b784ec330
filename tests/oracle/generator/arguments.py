"""Generates arguments of fields: filters, orders, and pages."""

from collections.abc import Iterator
from typing import Any, cast

from graphql import GraphQLArgument, GraphQLEnumType, GraphQLField, get_named_type

from tests.oracle.data_sets.invention import HIGHEST_ROW
from tests.oracle.data_sets.values import camel_case
from tests.oracle.data_sets.world import TYPES, Record
from tests.oracle.data_sets.worlds import invented
from tests.oracle.generator.dice import Dice
from tests.oracle.generator.inputs import Inputs, input_object
from tests.oracle.generator.scopes import Call
from tests.oracle.generator.variables import Usage, Writer
from tests.oracle.resolvers.changes import HISTORY, LOG, change_cursor, changes_until
from tests.oracle.resolvers.orders import Order
from tests.oracle.resolvers.pages import DEFAULT_SIZE
from tests.oracle.resolvers.resolvers import SCHEMA
from tests.oracle.resolvers.totals import totals_page

DIMENSIONS = tuple(cast(GraphQLEnumType, SCHEMA.type_map["SupportDimension"]).values)
_COUNTS, _SUMS = ("supports", "supporters", "recipients"), ("value", "low", "high", "valued")
_OF_UNIT = ("quantityUnit", "worthUnit", "worthCurrency")

_SHORT = {"startedOn": {"gte": "2000"}, "endedOn": {"lt": "2100"}}

# The service refuses queries that may be too large; generated ones stay far below the limits.
PATH_LIMIT = 1_000
TOTAL_LIMIT = 10_000
SIZES = (2, 1, 3, 5, 20, 500)


class ArgumentMaker:
    """Generates the arguments of fields."""

    def __init__(self, dice: Dice, inputs: Inputs, writer: Writer, seed: int) -> None:
        self._dice = dice
        self._inputs = inputs
        self._writer = writer
        self._world = invented(seed)
        known = {record.id: record for each in self._world.past() for record in each.records()}
        self._records = list(known.values())

    def call(self, field: GraphQLField, room: int) -> Call:
        """Returns arguments for up to `room` records, at least one."""
        outer, self._writer.usage = self._writer.usage, Usage()
        if "groupBy" in field.args:
            texts, size = self._totals(field, room)
        elif "around" in field.args:
            texts, size = self._network(field, room)
        elif "maxHops" in field.args:
            texts, size = self._paths(field, room)
        elif "time" in field.args:
            texts, size = self._unknown_steps(field)
        elif "until" in field.args:
            texts, size = self._position(field, room)
        elif "orderBy" in field.args:
            texts, size = self._page(field, room)
        elif "after" in field.args:
            texts, size = self._changes(field, room)
        else:
            texts, size = self._plain(field)
        inner, self._writer.usage = self._writer.usage, outer
        written = [text for text in texts if text]
        return Call(f"({', '.join(written)})" if written else "", inner, size)

    def _plain(self, field: GraphQLField) -> tuple[list[str], int]:
        texts, size = [], 1
        for name, argument in field.args.items():
            value = self._value(name, argument, get_named_type(field.type).name)
            size = len(value) if isinstance(value, list) else size
            texts.append(f"{name}: {self._writer.write(value, argument.type)}")
        return texts, size

    def _value(self, name: str, argument: GraphQLArgument, concept: str) -> Any:
        if name == "by":
            return self._inputs.by(input_object(get_named_type(argument.type).name))
        if name == "ids":
            count = self._dice.pick((2, 1, 0, 5))
            return [self._id(argument, concept) for _ in range(count)]
        if name == "accuracy":
            # So few records are counted exactly in both cases.
            return self._dice.pick(("EXACT", "ESTIMATE"))
        assert name == "id", f"the generator has no values for the argument {name}"
        return self._id(argument, concept)

    def _id(self, argument: GraphQLArgument, concept: str) -> Any:
        """Returns an id of this concept, sometimes of another one or an invalid one."""
        changes = changes_until(self._world) if concept == "Node" else ()
        if changes and self._dice.chance(30):
            return self._dice.pick(changes).id
        alike = self._records_of(concept) or self._records
        if alike and not self._dice.chance(20):
            return self._dice.pick(alike if self._dice.chance(90) else self._records).id
        return self._inputs.leaf(argument.type)

    def _records_of(self, concept: str) -> list[Record]:
        """Returns the current and former records of a concept."""
        return [each for each in self._records if type(each).__name__ == concept]

    def _page(self, field: GraphQLField, room: int) -> tuple[list[str], int]:
        concept = get_named_type(field.type).name.removesuffix("Connection")
        order_by = self._inputs.order_by(concept) if self._dice.chance(40) else None
        where = self._inputs.where(concept) if self._dice.chance(60) else None
        order = Order.asked(concept, order_by)
        size, first, last = self._sizes(room)
        given = {
            "where": where,
            "orderBy": order_by,
            "first": first,
            "last": last,
            "after": self._cursor(order, 0) if self._dice.chance(25) else None,
            "before": self._cursor(order, -1) if self._dice.chance(20) else None,
        }
        names = self._shuffled(list(given))
        return [self._argument(field, name, given[name]) for name in names], size

    def _totals(self, field: GraphQLField, room: int) -> tuple[list[str], int]:
        """Returns arguments that group by unit, so that every sum is allowed, and by others."""
        names = [each for each in DIMENSIONS if each not in ("UNIT", "YEAR")]
        by_year = self._dice.chance(40)
        group_by = [*self._dice.some_of(names, 3), *(["YEAR"] if by_year else []), "UNIT"]
        order_by = [self._total_key(group_by) for _ in range(self._dice.below(5))]
        size, first, _ = self._sizes(room)
        asked = {"groupBy": group_by, "orderBy": order_by, "where": _SHORT, "first": 500}
        edges = totals_page(self._world, asked).edges
        given = {
            "groupBy": group_by,
            "kindLevel": self._dice.below(4) if "KIND" in group_by else None,
            "where": self._where_of_totals(by_year=by_year),
            "orderBy": order_by,
            "first": size if first is None and size != DEFAULT_SIZE else first,
            "after": self._dice.pick(edges).cursor if edges and self._dice.chance(25) else None,
        }
        texts = [
            self._argument(field, name, given[name], steady=by_year)
            for name in self._shuffled(list(given))
        ]
        return texts, size

    def _network(self, field: GraphQLField, room: int) -> tuple[list[str], int]:
        around = None
        if self._dice.chance(60):
            by = input_object(get_named_type(field.args["around"].type).name)
            around = [self._inputs.by(by) for _ in range(self._dice.pick((1, 1, 2, 3)))]
        by_worth = self._dice.chance(40)
        # Each edge has two actors, which are among the nodes as well.
        size, first, _ = self._sizes(room // 4)
        given = {
            "around": around,
            "hops": self._dice.pick((1, 2, 3, 4)) if self._dice.chance(70) else None,
            "where": self._inputs.where("Support") if self._dice.chance(40) else None,
            "first": size if first is None else first,
            "measure": "WORTH" if by_worth else self._dice.pick(("COUNT", None)),
            "currency": self._dice.pick(("EUR", "USD")) if by_worth else None,
        }
        # These arguments are the same in both runs.
        steady = ("around", "measure", "currency")
        texts = [
            self._argument(field, name, given[name], steady=name in steady)
            for name in self._shuffled(list(given))
        ]
        return texts, 4 * size + len(around or ())

    def _paths(self, field: GraphQLField, room: int) -> tuple[list[str], int]:
        # By id and by slug, because a path from an actor to itself by the same name is refused. A
        # world may have no actors.
        start, end = "actor_1", "nobody"
        if actors := self._records_of("Actor"):
            start, end = self._dice.pick(actors).id, self._dice.pick(actors).slug  # type: ignore[attr-defined]
        first = self._dice.pick([size for size in (1, 2, 5) if 4 * size <= room] or [1])
        given = {
            "from": {"id": start},
            "to": {"slug": end},
            "maxHops": self._dice.pick((1, 2, 3, 4, None)),
            "where": self._inputs.where("Support") if self._dice.chance(30) else None,
            "time": self._dice.pick(("ANY", "SAME_YEAR", "FORWARD", None)),
            "first": first,
        }
        steady = ("from", "to", "time")
        texts = [
            self._argument(field, name, given[name], steady=name in steady)
            for name in self._shuffled(list(given))
        ]
        return texts, 4 * first

    def _unknown_steps(self, field: GraphQLField) -> tuple[list[str], int]:
        given = {
            "where": self._inputs.where("Support") if self._dice.chance(80) else None,
            "time": self._dice.pick(("ANY", "SAME_YEAR", "FORWARD", None)),
        }
        texts = [
            self._argument(field, name, given[name], steady=name == "time")
            for name in self._shuffled(list(given))
        ]
        return texts, 1

    def _position(self, field: GraphQLField, room: int) -> tuple[list[str], int]:
        first, last = self._dice.pick(((None, None), (2022, 2024), (2024, None), (None, 1999)))
        size = self._dice.pick([size for size in (1, 2, 3, DEFAULT_SIZE) if size <= room] or [1])
        given = {
            "unit": self._dice.pick((None, "PIECES", "PERSONS", "TIV", "EUR")),
            "from": first,
            "until": last,
            "where": self._inputs.where("Support") if self._dice.chance(30) else None,
            "first": None if size == DEFAULT_SIZE else size,
        }
        # Other values might be no unit, or an end before the start.
        steady = ("unit", "from", "until", "first")
        texts = [
            self._argument(field, name, given[name], steady=name in steady)
            for name in self._shuffled(list(given))
        ]
        return texts, size

    def _where_of_totals(self, *, by_year: bool) -> Any:
        """Returns a filter. Groups by year need a short period, or there would be too many."""
        where = self._inputs.where("Support") if self._dice.chance(50) else None
        if by_year:
            return {"and": [_SHORT, where]} if where else _SHORT
        return where

    def _total_key(self, group_by: list[str]) -> dict[str, Any]:
        keys = list(total_keys(group_by))
        name = self._dice.pick(list(dict.fromkeys(name for key in keys for name in key)))
        return self._dice.pick([key for key in keys if name in key])

    def _changes(self, field: GraphQLField, room: int) -> tuple[list[str], int]:
        size = self._dice.pick([size for size in SIZES if size <= room] or [1])
        has_default = room >= DEFAULT_SIZE and self._dice.chance(40)
        kind = LOG if "since" in field.args else HISTORY
        given = {
            "since": self._dice.below(self._world.revision.number + 1),
            "types": self._types() if self._dice.chance(40) else None,
            "where": self._change_filter() if self._dice.chance(50) else None,
            "first": None if has_default else size,
            "after": self._change_cursor(kind) if self._dice.chance(25) else None,
        }
        names = self._shuffled([name for name in given if name in field.args])
        texts = [self._argument(field, name, given[name]) for name in names]
        return texts, DEFAULT_SIZE if has_default else size

    def _types(self) -> list[str]:
        return [type_.singular().upper() for type_ in self._dice.some_of(TYPES, 4)]

    def _change_filter(self) -> Any:
        return {
            camel_case(type_.singular()): self._inputs.where(type_.__name__)
            for type_ in self._dice.some_of(TYPES, 3)
        }

    def _change_cursor(self, kind: str) -> str:
        """Returns the cursor of a change, or of a place without one."""
        changes = changes_until(self._world)
        places = [self._dice.pick(changes).place for _ in range(2)] if changes else [(1, 2, 3)]
        if self._dice.chance(25):
            mixed = zip(*places, strict=True)
            return change_cursor(kind, [self._dice.pick(numbers) for numbers in mixed])
        return change_cursor(kind, places[0])

    def _sizes(self, room: int) -> tuple[int, int | None, int | None]:
        """Returns the size of a page, with `first` and `last`, of which at most one is set."""
        sizes = [size for size in SIZES if size <= room] or [1]
        if room >= DEFAULT_SIZE and self._dice.chance(40):
            return DEFAULT_SIZE, None, None
        size = self._dice.pick(sizes)
        return (size, None, size) if self._dice.chance(35) else (size, size, None)

    def _argument(self, field: GraphQLField, name: str, value: Any, *, steady: bool = False) -> str:
        type_ = field.args[name].type
        if value is not None:
            steady = steady or name in ("groupBy", "orderBy", "after", "before", "since")
            return f"{name}: {self._writer.write(value, type_, steady=steady)}"
        return f"{name}: {self._writer.nothing(type_)}" if self._dice.chance(8) else ""

    def _cursor(self, order: Order, end: int) -> str:
        """Returns the cursor of a record or of a place between records, in the connection or not.

        `end`: 0 for a place near the start, -1 near the end, so that more records are between both.
        """
        records = self._records_of(order.concept)
        if not records:
            return order.cursor([*("" for _ in order.keys[1:]), "1"])
        some = order.sorted([self._dice.pick(records) for _ in range(self._dice.pick((1, 2, 3)))])
        texts = order.texts(some[end])
        if self._dice.chance(25):
            other = order.texts(self._dice.pick(records))
            texts = [self._dice.pick(pair) for pair in zip(texts, other, strict=True)]
        if self._dice.chance(25):
            texts[-1] = str(self._dice.below(HIGHEST_ROW + 1))
        return order.cursor(texts)

    def _shuffled(self, names: list[str]) -> list[str]:
        if self._dice.chance(50):
            return names
        taken: list[str] = []
        while names:
            taken.append(names.pop(self._dice.below(len(names))))
        return taken


def total_keys(group_by: list[str]) -> Iterator[dict[str, Any]]:
    """Yields each sort key of groups in both directions."""
    codes = {*group_by, "DATASET", "PHASE"}
    names = {code.lower() for code in codes} | {*(_OF_UNIT if "UNIT" in codes else ())}
    for name in input_object("SupportTotalOrder").fields:
        for way in ("ASC", "DESC"):
            if name in ("certain", "possible"):
                yield from ({name: {each: way}} for each in _COUNTS)
                for amount in ("quantity", "worth") if "UNIT" in codes else ():
                    yield from ({name: {amount: {each: way}}} for each in _SUMS)
            elif name in names:
                is_plain = name in ("kind", "phase", "year", *_OF_UNIT)
                yield {name: way} if is_plain else {name: {"slug": way}}
