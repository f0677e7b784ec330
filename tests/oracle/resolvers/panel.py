"""Panels: each unit of each year is computed separately, and each cell reads every support."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, permutations, product
from typing import Any

from schema.vocabulary import SUPPORT_KINDS
from tests.oracle.data_sets.values import Date
from tests.oracle.data_sets.world import Actor, ActorCode, Coverage, Dataset, Support, World
from tests.oracle.resolvers.orders import SEPARATOR
from tests.oracle.resolvers.pages import DEFAULT_SIZE, Edge, Page, PageInfo
from tests.oracle.resolvers.periods import CERTAIN, NEVER, surely_from, surely_until, validity
from tests.oracle.resolvers.position import amount_of
from tests.oracle.resolvers.totals import years_of

NAMES = {
    "ACTOR_YEAR": ("actor",),
    "DYAD_YEAR": ("first", "second"),
    "DIRECTED_DYAD_YEAR": ("supporter", "recipient"),
}
SIDES = ("GIVEN", "RECEIVED")
ROLES = {"GIVEN": ("AS_SUPPORTER", "AS_EITHER"), "RECEIVED": ("AS_RECIPIENT", "AS_EITHER")}
STATE_SYSTEMS = ("COW", "GLEDITSCH_WARD")
LAST = "9999-12-31"

Given = Mapping[str, Any]


@dataclass(frozen=True)
class PanelActor:
    """An actor in a year."""

    actor: Actor
    code: str | None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.actor, name)


@dataclass
class PanelCell:
    """A cell: the values of a data set for a row."""

    dataset: str
    kind: str
    phase: str | None
    side: str | None
    certain: int | None
    possible: int | None
    sum: Decimal | None
    uncertain: int
    missing: str | None
    supports: tuple[str, ...]
    possible_supports: tuple[str, ...]


@dataclass
class PanelRow:
    """A unit in a year."""

    year: int
    actors: Sequence[PanelActor]
    unit: str
    cells: list[PanelCell] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        names = NAMES[self.unit]
        return self.actors[names.index(name)] if name in names else None

    @property
    def place(self) -> tuple[Any, ...]:
        """The sort key of the row."""
        return (self.year, *(each.slug for each in self.actors))


def panel_page(world: World, arguments: Given) -> Page:
    """Returns the page of rows for these arguments."""
    given = {name: value for name, value in arguments.items() if value is not None}
    rows = sorted(_rows(world, given), key=lambda row: row.place)
    rest = [row for row in rows if _is_behind(row, given.get("after"))]
    shown = rest[: given.get("first", DEFAULT_SIZE)]
    for row in shown:
        row.cells = list(_cells(world, row, given))
    edges = [Edge(_cursor(row), row) for row in shown]
    info = PageInfo(
        has_next_page=len(rest) > len(shown),
        # Panels have no `before`.
        has_previous_page=False,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return Page(edges, info, len(rows), 0)


def _cursor(row: PanelRow) -> str:
    signature = hashlib.sha256(f"PanelRow|{row.unit}".encode()).hexdigest()[:8]
    return SEPARATOR.join([signature, *map(str, row.place)]).encode().hex()


def _is_behind(row: PanelRow, after: str | None) -> bool:
    if after is None:
        return True
    _, year, *slugs = bytes.fromhex(after).decode().split(SEPARATOR)
    return row.place > (int(year), *slugs)


# --- units ----------------------------------------------------------------------------------------


def _rows(world: World, given: Given) -> Iterator[PanelRow]:
    for year in range(given["from"], given["to"] + 1):
        units = sorted(_units(world, year, given), key=lambda each: str(each.slug))
        if given["unit"] == "ACTOR_YEAR":
            groups: Any = ((each,) for each in units)
        elif given["unit"] == "DYAD_YEAR":
            groups = combinations(units, 2)
        else:
            groups = permutations(units, 2)
        yield from (PanelRow(year, group, given["unit"]) for group in groups)


def _units(world: World, year: int, given: Given) -> list[PanelActor]:
    codes = _codes(world, year, given["codes"]) if "codes" in given else {}
    names = given.get("actors", ())
    named = {each for each in world.actors if each.slug in names or each.id in names}
    covering = [each for each in world.coverage if each.dataset.slug in given["datasets"]]
    covered = {
        end
        for each in covering
        if given.get("covered") and _meets(_may_have_looked(each), *_days(year))
        for end in (each.actor, each.counterpart)
        if end is not None
    }
    return [PanelActor(each, codes.get(each)) for each in {*codes, *named, *covered}]


def _codes(world: World, year: int, scheme: str) -> dict[Actor, str]:
    """Returns the code of each actor, so that each code has one actor and the reverse."""
    first, last = _days(year)
    held = [
        (_rank(code, year), actor, code.value)
        for actor in world.actors
        for code in actor.codes
        if code.scheme == scheme and _meets(_held(code), first, last)
    ]
    # `max` returns the first of equal values.
    held.sort(key=lambda one: (one[2], one[1].row))
    by_code: dict[str, tuple[Any, Actor, str]] = {}
    for each in held:
        by_code[each[2]] = max(by_code.get(each[2], each), each, key=lambda one: one[0])
    by_actor: dict[Actor, tuple[Any, str]] = {}
    for rank, actor, value in by_code.values():
        found = by_actor.get(actor, (rank, value))
        by_actor[actor] = max(found, (rank, value), key=lambda one: one[0])
    return {actor: value for actor, (_, value) in by_actor.items()}


def _rank(code: ActorCode, year: int) -> tuple[bool, bool, str]:
    """Ranks holders: in the middle of the year first, then current ones, then later ones."""
    middle = f"{year:04}-07-01"
    return _meets(_held(code), middle, middle), code.ended_on is None, _held(code)[0]


def _held(code: ActorCode) -> tuple[str, str]:
    start, end = code.started_on, code.ended_on
    return start.earliest if start else "", end.latest if end else LAST


def _days(year: int) -> tuple[str, str]:
    return f"{year:04}-01-01", f"{year:04}-12-31"


def _meets(span: tuple[str | None, str | None], first: str, last: str) -> bool:
    begun, over = span
    return begun is not None and over is not None and begun <= last and over >= first


# --- cells ----------------------------------------------------------------------------------------


def _cells(world: World, row: PanelRow, given: Given) -> Iterator[PanelCell]:
    datasets = [
        next(each for each in world.datasets if each.slug == slug) for slug in given["datasets"]
    ]
    sides: Sequence[str | None] = SIDES if row.unit == "ACTOR_YEAR" else (None,)
    kinds, phases = given.get("kinds", ["SUPPORT"]), given.get("phases", [None])
    for dataset, kind, phase, side in product(datasets, kinds, phases, sides):
        yield _cell(row, dataset, kind, phase, side, given)


def _cell(
    row: PanelRow,
    dataset: Dataset,
    kind: str,
    phase: str | None,
    side: str | None,
    given: Given,
) -> PanelCell:
    directions = _directions(row, side)
    counts = {"certain": 0, "possible": 0, "uncertain": 0}
    hidden, added = set(), list[tuple[Support, bool]]()
    for support in dataset.supports:
        if phase not in (None, support.phase) or not _is_in(support, directions):
            continue
        is_its = support.kind in SUPPORT_KINDS.under(kind)
        if not is_its and kind not in SUPPORT_KINDS.under(support.kind):
            continue
        certainty = validity(support, *_days(row.year))
        by_dates = certainty == CERTAIN or _may_be_valid_by_dates(support, row.year)
        if not is_its:
            hidden |= {"BROADER_KIND"} if by_dates else set()
        elif certainty != NEVER and support.attribution != "SOME_OF":
            added.append((support, certainty == CERTAIN))
        if not is_its:
            pass
        elif certainty == CERTAIN:
            counts["possible" if support.attribution == "SOME_OF" else "certain"] += 1
        elif certainty != NEVER:
            counts["uncertain"] += 1
            hidden |= {"UNCERTAIN_DATE"} if by_dates else set()
        if certainty not in (CERTAIN, NEVER) and not by_dates:
            hidden.add("CENSORED")
    why = _unseen(row, dataset, kind, directions, hidden)
    certain, possible = (
        counts[name] if counts[name] or why is None else None for name in ("certain", "possible")
    )
    return PanelCell(
        str(dataset.slug),
        kind,
        phase,
        side,
        certain,
        possible,
        None if certain is None else _sum(row, added, given),
        counts["uncertain"],
        None if counts["certain"] else why,
        *_addresses(row, dataset, kind, phase, directions),
    )


def _sum(row: PanelRow, added: list[tuple[Support, bool]], given: Given) -> Decimal | None:
    """Returns the sum of a year; None if an amount that is or may be of the year is unknown."""
    total = Decimal(0)
    for support, is_certain in added if "amounts" in given else ():
        _, dated = years_of(support.world, support)
        amount = amount_of(support, given["amounts"])
        if dated == row.year and is_certain and amount is not None:
            total += amount
        elif dated in (row.year, None):
            return None
    return total if "amounts" in given else None


# The supporter and the recipient; None for any.
_Direction = tuple[PanelActor | None, PanelActor | None]


def _directions(row: PanelRow, side: str | None) -> list[_Direction]:
    if side:
        (one,) = row.actors
        return [(one, None) if side == "GIVEN" else (None, one)]
    first, second = row.actors
    both: list[_Direction] = [(first, second), (second, first)]
    return both if row.unit == "DYAD_YEAR" else both[:1]


def _is_in(support: Support, directions: Sequence[_Direction]) -> bool:
    is_possible = support.attribution == "SOME_OF"
    givers = support.candidates if is_possible else [support.supporter]
    return any(
        (giver is None or giver.actor in givers)
        and (taker is None or taker.actor is support.recipient)
        for giver, taker in directions
    )


def _may_be_valid_by_dates(support: Support, year: int) -> bool:
    first, last = _days(year)
    start, end = support.started_on, support.ended_on
    return (start is None or start.earliest <= last) and (end is None or end.latest >= first)


def _unseen(
    row: PanelRow, dataset: Dataset, kind: str, directions: Sequence[_Direction], hidden: set[str]
) -> str | None:
    first, last = _days(row.year)
    covers = all(
        any(_covers(each, direction) and _has(_looked(each), row.year) for each in dataset.coverage)
        for direction in directions
    )
    is_whole = not dataset.coverage and dataset.scope is None
    kinds = dataset.support_kinds
    reasons: list[tuple[str, Callable[[], bool]]] = [
        ("NOT_THERE", lambda: not all(_is_there(each, first, last) for each in row.actors)),
        (
            "OUT_OF_SCOPE",
            lambda: (
                (bool(kinds) and not {*kinds} & {*SUPPORT_KINDS.under(kind)})
                or any(
                    bool(dataset.actor_kinds) and each.kind not in dataset.actor_kinds
                    for each in row.actors
                )
            ),
        ),
        (
            "SCOPE_IN_WORDS",
            lambda: not covers and not dataset.coverage and dataset.scope is not None,
        ),
        ("NOT_COVERED", lambda: not covers and not (is_whole and _has(_looked(dataset), row.year))),
        ("UNCERTAIN_DATE", lambda: "UNCERTAIN_DATE" in hidden),
        ("BROADER_KIND", lambda: "BROADER_KIND" in hidden),
        ("CENSORED", lambda: "CENSORED" in hidden and not covers),
    ]
    return next((why for why, holds in reasons if holds()), None)


def _covers(record: Coverage, direction: _Direction) -> bool:
    """Whether coverage includes all support from one actor to the other.

    One of them is None in a row of a single actor.
    """
    ends = [end and end.actor for end in direction]
    same = len({each.counterpart for each in record.dataset.coverage}) == 1
    return any(
        end is record.actor
        and record.role in ROLES[side]
        and (record.counterpart in (None, other) or (other is None and same))
        for end, other, side in zip(ends, reversed(ends), SIDES, strict=True)
    )


def _is_there(actor: PanelActor, first: str, last: str) -> bool:
    held = [code for code in actor.codes if code.scheme in STATE_SYSTEMS]
    return not held or any(_surely_held(each, first, last) for each in held)


def _surely_held(code: ActorCode, first: str, last: str) -> bool:
    """Whether an actor certainly has a code in a year. Tries the bounds of its dates."""
    start, end = (
        (day.earliest, day.latest) if day else (always, always)
        for day, always in ((code.started_on, ""), (code.ended_on, LAST))
    )
    spans = [
        (a, b)
        for a, b in product((*start, end[1]), (*end, start[0]))
        if a <= b and start[0] <= a <= start[1] and end[0] <= b <= end[1]
    ]
    return bool(spans) and all(_meets(span, first, last) for span in spans)


def _looked(record: Coverage | Dataset) -> tuple[str | None, str | None]:
    """Returns the first and last day that are certainly covered."""
    start, end = _looked_between(record)
    return start and surely_from(start), end and surely_until(end)


def _may_have_looked(record: Coverage) -> tuple[str | None, str | None]:
    start, end = _looked_between(record)
    return start and start.earliest, end and end.latest


def _looked_between(record: Coverage | Dataset) -> tuple[Date | None, Date | None]:
    dataset = getattr(record, "dataset", record)
    return record.covers_from or dataset.covers_from, record.covers_until or dataset.covers_until


def _has(span: tuple[str | None, str | None], year: int) -> bool:
    """Whether the span contains the whole year."""
    begun, over = span
    first, last = _days(year)
    return begun is not None and over is not None and begun <= first and over >= last


def _addresses(
    row: PanelRow,
    dataset: Dataset,
    kind: str,
    phase: str | None,
    directions: Sequence[_Direction],
) -> Iterator[tuple[str, ...]]:
    of = f"/api/v1/supports?dataset.slug={dataset.slug}&kind.under={kind}"
    of += f"&phase={phase}" if phase else ""
    of += f"&validAt={row.year:04}"
    is_one = row.unit == "ACTOR_YEAR"
    for giver_name, how in (
        ("supporter", "&attribution.ne=SOME_OF" if is_one else ""),
        ("candidates", "&attribution=SOME_OF"),
    ):
        found = []
        for giver, taker in directions:
            ends = f"&{giver_name}.slug={giver.slug}" if giver else ""
            ends += f"&recipient.slug={taker.slug}" if taker else ""
            found.append(of + ends + how)
        yield tuple(found)
