"""Reads the actor-year file: supports, conflicts, coverage and sums."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from seeds.files import Table
from seeds.files.table import Cells
from seeds.importing import sums
from seeds.importing.actors import Actors, Named
from seeds.importing.conflicts import Conflicts
from seeds.importing.coverage import Covered, Unclear, coverage
from seeds.importing.declared import About
from seeds.importing.names import slug_of
from seeds.importing.report import Rejected, Report
from seeds.importing.spells import Spell, spells
from seeds.source import Entry
from seeds.ucdp_esd.attribution import Given, given, pairs
from seeds.ucdp_esd.categories import CATEGORIES
from seeds.ucdp_esd.row import Row, Unit, read_row, unit
from seeds.ucdp_esd.supporter_names import is_coalition, is_state, names, shared

SCHEME = "UCDP_ACTOR"
_CERTAIN, _SOME_OF = "CERTAIN", "SOME_OF"

# The recipient, its opponent and the support: the same in each year of a spell.
_Same = tuple[int, int, Given]


@dataclass
class ExternalSupport:
    """One file of the data set."""

    about: About
    table: Table
    report: Report
    version: str
    _numbers: dict[int, int] = field(default_factory=dict)
    _conflicts: dict[int, str] = field(default_factory=dict)
    # The actors and years of rejected rows, and the units of these rows.
    _unclear: Unclear = field(default_factory=Unclear)
    _rejected: set[Unit] = field(default_factory=set)

    def entries(self, actors: Actors, conflicts: Conflicts) -> Iterator[Entry]:
        """Yields the records of the file."""
        rows = self._rows()
        known = self._named(rows)
        used = [row for row in rows if self._is_used(row, known, actors)]
        yield from self._read_conflicts(used, conflicts)
        there = defaultdict(set)
        for row in used:
            there[row.actor, row.opponent].add(row.year)
        for same, years in self._given(used, known).items():
            for spell in spells(years):
                yield self._support(same, spell, there[same[0], same[1]], known, actors)
        yield from self._coverage(used, known, actors)

    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        places, seen = self.table.places, set[tuple[int, ...]]()
        for number, cells in self.table.rows(self._reject):
            try:
                row = read_row(cells, places)
                self._check(row, seen)
            except Rejected as reason:
                self._reject(number, str(reason), cells)
            else:
                rows.append(row)
                self._numbers[row.id] = number
        return rows

    def _reject(self, number: int, reason: str, cells: Cells) -> None:
        self.report.reject(number, reason)
        self._note(unit(cells, self.table.places))

    def _note(self, rejected: Unit) -> None:
        self._unclear.add(rejected.actor, rejected.year)
        self._rejected.add(rejected)

    def _check(self, row: Row, seen: set[tuple[int, ...]]) -> None:
        if not str(self.about.covers_from) <= str(row.year) <= str(self.about.covers_until):
            raise Rejected(f"The year {row.year} is outside those of release {self.version}.")
        for key in ((row.id,), (row.actor, row.opponent, row.year)):
            if key in seen:
                raise Rejected(
                    "An earlier row has the same id, or the same actor, opponent and year."
                )
            seen.add(key)

    def _named(self, rows: Sequence[Row]) -> Mapping[int, Named]:
        known = names(rows)
        twice = shared(known)
        ids = {id_ for row in rows for id_ in (row.actor, row.opponent, *row.supporters)}
        return {id_: _named(id_, known.get(id_, ""), twice) for id_ in ids}

    def _is_used(self, row: Row, known: Mapping[int, Named], actors: Actors) -> bool:
        """Whether all actors of a row can be resolved, and its number of states is as counted.

        Reports the row as used or rejected.
        """
        try:
            actors.find_apart(
                (known[id_] for id_ in (row.actor, row.opponent, *row.supporters)), row.year
            )
            states, _ = _sides(row, known)
            if len(states) != row.count.states:
                raise Rejected(
                    f"{len(states)} of its supporters are states by their names, and ext_count_s"
                    f" is {row.count.states}."
                )
        except Rejected as reason:
            self.report.reject(self._numbers[row.id], str(reason))
            self._note(Unit(row.actor, row.opponent, row.year))
            return False
        self.report.use()
        return True

    def _read_conflicts(self, rows: Sequence[Row], conflicts: Conflicts) -> Iterator[Entry]:
        first = {row.conflict: row for row in reversed(rows)}
        for id_, row in sorted(first.items()):
            found = conflicts.find("UCDP_CONFLICT", str(id_))
            self._conflicts[id_] = found or f"{slug_of(row.location)}-ucdp-{id_}".lstrip("-")
            if found is None:
                fields = {
                    "name": row.location,
                    "kind": "INTRASTATE" if row.is_civil else "INTERSTATE",
                    "place": row.location,
                    "codes": [{"scheme": "UCDP_CONFLICT", "value": str(id_)}],
                }
                yield Entry("Conflict", self._conflicts[id_], fields, self.table.path.name)

    def _given(
        self, rows: Sequence[Row], known: Mapping[int, Named]
    ) -> Mapping[_Same, dict[int, Row]]:
        found: dict[_Same, dict[int, Row]] = defaultdict(dict)
        count = self.report.counts
        for row in rows:
            count["supporter-category pairs"] += pairs(tuple(row.given.values()))
            for each in given(row, *_sides(row, known)):
                found[row.actor, row.opponent, each][row.year] = row
                attribution = _CERTAIN if each.is_certain else _SOME_OF
                self.report.add(sums.years(attribution))
        return found

    def _support(
        self,
        same: _Same,
        spell: Spell[Row],
        there: set[int],
        known: Mapping[int, Named],
        actors: Actors,
    ) -> Entry:
        actor, opponent, support = same
        kind, category = CATEGORIES[support.category]
        attribution = _CERTAIN if support.is_certain else _SOME_OF
        self.report.add(sums.supports(attribution))
        self.report.counts["years folded into earlier ones"] += spell.years - 1

        # If one actor succeeds another during a spell, the spell belongs to the later one.
        def find(id_: int) -> str:
            return actors.find(known[id_], spell.last)

        first, last = spell.values[0], spell.values[-1]
        rows = f"{first.id}" if first is last else f"{first.id}-{last.id}"
        giver = str(support.by[0]) if support.is_certain else support.side
        fields: dict[str, Any] = {
            "recipient": find(actor),
            "against": find(opponent),
            "kind": kind,
            "phase": "DELIVERED",
            "startedOn": str(spell.first),
            "endedOn": str(spell.last),
            "startCensored": str(spell.first) == self.about.covers_from
            or Unit(actor, opponent, spell.first - 1) in self._rejected,
            "endCensored": spell.last + 1 not in there,
            "conflict": self._conflicts[first.conflict],
            "place": first.location,
            "attribution": attribution,
            "sourceCategory": f"ext_{support.category}: {category}",
            "sourceKey": f"{rows} ext_{support.category} {giver}",
        }
        if support.is_certain:
            fields["supporter"] = find(support.by[0])
        else:
            fields["candidates"] = [find(id_) for id_ in support.by]
            fields["candidatesAtLeast"] = support.at_least
        return Entry("Support", fields["sourceKey"], fields, self.table.path.name)

    def _coverage(
        self, rows: Sequence[Row], known: Mapping[int, Named], actors: Actors
    ) -> Iterator[Entry]:
        """Yields coverage of each actor in the years that have a row, with or without support.

        A year is left out if another row of the actor in that year is rejected, because that row
        may have support.
        """
        ids: dict[str, set[int]] = defaultdict(set)
        there: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            actor = actors.find(known[row.actor], row.year)
            ids[actor].add(row.actor)
            there[actor].add(row.year)
        # The mapping file may assign several ids to one actor.
        covered: dict[Covered, set[int]] = {
            (actor, None): {on for on in years if not self._unclear.has_any(ids[actor], on)}
            for actor, years in there.items()
        }
        self.report.notes += self._unclear.notes()
        return coverage(covered, "AS_RECIPIENT", self.table.path.name)


def _named(id_: int, name: str, twice: set[str]) -> Named:
    kind = "STATE" if is_state(name) else "ARMED_GROUP"
    return Named(
        key=str(id_),
        name=name or f"UCDP actor {id_}",
        kind="ORGANISATION" if is_coalition(name) else kind,
        scheme=SCHEME,
        has_own_name=bool(name) and name not in twice,
        is_named=bool(name),
    )


def _sides(row: Row, known: Mapping[int, Named]) -> tuple[list[int], list[int]]:
    """Returns the states among the supporters, and the others."""
    states = [id_ for id_ in row.supporters if is_state(known[id_].name)]
    return states, [id_ for id_ in row.supporters if id_ not in states]
