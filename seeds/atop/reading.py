"""The directed dyad-years: what one state owes to another by treaty, in one year."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from seeds.atop.mapping import PACTS
from seeds.files import Columns, Table
from seeds.files.numbers import whole, year
from seeds.files.table import Cells
from seeds.importing import sums
from seeds.importing.actors import Actors, Named
from seeds.importing.conflicts import Conflicts
from seeds.importing.coverage import Covered, Unclear, coverage
from seeds.importing.declared import About
from seeds.importing.report import Rejected, Report
from seeds.importing.spells import Spell, spells
from seeds.source import Entry

DYAD_YEARS = Columns(("ccode1", "ccode2", "year", *PACTS))
_SCHEME = "COW"
_FLAGS = {"0": False, "1": True, "0.0": False, "1.0": True}

_Pair = tuple[int, int]
# The bits of a year: one for each kind of pact that is owed, and this one for a row in the file.
_HAS_ROW = 1 << len(PACTS)


class _Years:
    """The obligations of a pair of states in each year of the release, one byte a year.

    The number of pairs of states limits the memory for a file, not its number of rows.
    """

    __slots__ = ("_bytes", "_first")

    def __init__(self, first: int, last: int) -> None:
        self._first, self._bytes = first, bytearray(last - first + 1)

    def has(self, year: int) -> bool:
        """Whether the file has a row for the year."""
        return self._bytes[year - self._first] > 0

    def add(self, year: int, owed: int) -> None:
        """Stores the row of a year. `owed`: a bit for each kind of pact."""
        self._bytes[year - self._first] = _HAS_ROW | owed

    def owed(self, year: int) -> int:
        """Returns the obligations of a year: a bit for each kind of pact."""
        return self._bytes[year - self._first] & ~_HAS_ROW

    def __iter__(self) -> Iterator[int]:
        """Yields the years that have a row."""
        return (self._first + place for place, byte in enumerate(self._bytes) if byte)


@dataclass
class DyadYears:
    """A file of directed dyad-years."""

    about: About
    table: Table
    report: Report
    version: str
    # Two states and a year for which a row was rejected, or only one of the two rows exists.
    _unclear: set[tuple[int, int, int]] = field(default_factory=set)
    # The states of `_unclear`, and of rows that cannot be read, with their years.
    _states: Unclear = field(default_factory=Unclear)
    # The rejected rows whose states and year can be read.
    _rejected: set[tuple[int, int, int]] = field(default_factory=set)

    def entries(self, actors: Actors, _: Conflicts) -> Iterator[Entry]:
        """Yields a support for each spell of an obligation, and the coverage.

        Years in which the obligation is mutual and years in which it is not are separate spells.
        """
        pairs = self._read(actors)
        nothing = self._no_years()
        for pair, years in pairs.items():
            mirrored = pairs.get((pair[1], pair[0]), nothing)
            owed = [(on, years.owed(on), mirrored.owed(on)) for on in years]
            for bit, column in enumerate(PACTS):
                there = {on: bool(other >> bit & 1) for on, own, other in owed if own >> bit & 1}
                for is_mutual in (False, True):
                    same = {on: on for on, mutual in there.items() if mutual is is_mutual}
                    for spell in spells(same):
                        yield self._support(pair, column, spell, actors, is_mutual=is_mutual)
        yield from self._coverage(pairs, actors)

    def _no_years(self) -> _Years:
        return _Years(int(str(self.about.covers_from)), int(str(self.about.covers_until)))

    def _read(self, actors: Actors) -> Mapping[_Pair, _Years]:
        places = self.table.places
        first, second, third = (places[name] for name in ("ccode1", "ccode2", "year"))
        flags = [(1 << bit, places[column]) for bit, column in enumerate(PACTS)]
        pairs: dict[_Pair, _Years] = defaultdict(self._no_years)
        owed_years = 0
        for number, cells in self.table.rows(self._reject):
            try:
                pair, on = (whole(cells[first]), whole(cells[second])), year(cells[third])
                self._check(pair, on, pairs, actors)
                owed = sum(bit for bit, place in flags if _FLAGS[cells[place].strip()])
            except (KeyError, ValueError, Rejected) as error:
                self._reject(number, _reason(error), cells)
            else:
                pairs[pair].add(on, owed)
                self.report.use()
                owed_years += owed.bit_count()
        if owed_years:
            self.report.add(sums.years(), owed_years)
        return pairs

    def _reject(self, number: int, reason: str, cells: Cells) -> None:
        self.report.reject(number, reason)
        places = self.table.places
        first, second = (_known(whole, cells, places[name]) for name in ("ccode1", "ccode2"))
        on = _known(year, cells, places["year"])
        if first is None or second is None or on is None:
            # The row may be of any dyad of these states and years.
            self._states.add(first, on)
            self._states.add(second, on)
        else:
            self._unclear.add((min(first, second), max(first, second), on))
            self._rejected.add((first, second, on))

    def _check(self, pair: _Pair, on: int, pairs: Mapping[_Pair, _Years], actors: Actors) -> None:
        if not str(self.about.covers_from) <= str(on) <= str(self.about.covers_until):
            raise Rejected(f"The year {on} is outside those of release {self.version}.")
        actors.find_apart([_named(code) for code in pair], on)
        if pair in pairs and pairs[pair].has(on):
            raise Rejected("An earlier row has the same two states and year.")

    def _support(
        self, pair: _Pair, column: str, spell: Spell[int], actors: Actors, *, is_mutual: bool
    ) -> Entry:
        self.report.add(sums.supports())
        self.report.counts["years folded into earlier ones"] += spell.years - 1
        self.report.counts["mutual" if is_mutual else "one-sided"] += 1
        # If one actor succeeds another during a spell, the spell belongs to the later one.
        bound, towards = (actors.find(_named(code), spell.last) for code in pair)
        key = f"{pair[0]}-{pair[1]} {spell.first}-{spell.last} {column}"
        fields = {
            "supporter": bound,
            "recipient": towards,
            "kind": PACTS[column],
            "phase": "AGREED",
            "startedOn": str(spell.first),
            "endedOn": str(spell.last),
            "startCensored": str(spell.first) == self.about.covers_from
            or (*pair, spell.first - 1) in self._rejected,
            "endCensored": str(spell.last) == self.about.covers_until
            or (*pair, spell.last + 1) in self._rejected,
            "mutual": is_mutual,
            "sourceCategory": column,
            "sourceKey": key,
        }
        return Entry("Support", key, fields, self.table.path.name)

    def _coverage(self, pairs: Mapping[_Pair, _Years], actors: Actors) -> Iterator[Entry]:
        """Yields coverage of each state in the years for which all its dyads have both rows.

        The file has only dyads that are bound by a treaty; ATOP has examined all others too. If a
        row of one of the state's dyads is missing in a year, the state is covered in this year only
        towards the states for which both rows exist.
        """
        nothing = self._no_years()
        for (first, second), years in pairs.items():
            mirrored = pairs.get((second, first), nothing)
            low, high = sorted((first, second))
            self._unclear.update((low, high, on) for on in years if not mirrored.has(on))
        for *both, on in self._unclear:
            for state in both:
                self._states.add(state, on)
        codes: dict[str, set[int]] = defaultdict(set)
        for (first, _), years in pairs.items():
            for on in years:
                codes[actors.find(_named(first), on)].add(first)

        def is_unclear(actor: str, on: int) -> bool:
            # The mapping file may assign several codes to one actor.
            return self._states.has_any(codes[actor], on)

        covered: dict[Covered, set[int]] = defaultdict(set)
        for (first, second), years in pairs.items():
            mirrored = pairs.get((second, first), nothing)
            for on in filter(mirrored.has, years):
                actor, other = (actors.find(_named(code), on) for code in (first, second))
                is_clear = (first, second, on) not in self._unclear
                if not is_unclear(actor, on):
                    covered[actor, None].add(on)
                elif first < second and is_unclear(other, on) and is_clear:
                    covered[actor, other].add(on)
        self.report.notes += self._states.notes()
        return coverage(covered, "AS_EITHER", self.table.path.name)


def _known(read: Callable[[str], int], cells: Cells, place: int) -> int | None:
    try:
        return read(cells[place])
    except (IndexError, ValueError):
        return None


def _reason(error: KeyError | ValueError | Rejected) -> str:
    """Returns the reason why a row is rejected, for the report."""
    match error:
        case KeyError():
            return f"An obligation is {error}, and not 0 or 1."
        case ValueError():
            return f"A value cannot be read: {error}."
    return str(error)


def _named(code: int) -> Named:
    """Returns an actor with a made-up name, because the file has only codes."""
    name = f"COW country {code}"
    return Named(str(code), name, "STATE", _SCHEME, has_own_name=False, is_named=False)
