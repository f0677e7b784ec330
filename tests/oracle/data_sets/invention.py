"""Generates a small data set from a seed, with many special cases.

It has few distinct values, so that every order has ties and every filter has matches; nulls
wherever allowed; names in scripts, cases and characters that SQL, JSON and LIKE treat differently.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any, TypeVar

from schema.vocabulary import SUPPORT_KINDS
from tests.oracle.data_sets.values import Date
from tests.oracle.data_sets.world import (
    COLLECTIONS,
    TYPES,
    ActorAlias,
    ActorCode,
    ConflictCode,
    DatasetCount,
    Quantity,
    Record,
    Revision,
    World,
    Worth,
    types_of,
)

T = TypeVar("T")

TEXTS = (
    *("Ukraine", "ukraine", "UKRAINE", "Україна", "україна", "Ärzte", "ärzte", "ARZTE", "Straße"),
    *("O'Brien", 'the "Group"', "100 %", "100_%", "100X%", "a_b", "aXb", "C:\\new", "\\", "'", '"'),
    *("🚀 corps", "🚀", "\ue000 private", "\ufffd", "é", "İstanbul", "ı", "\u212a"),
    *("line\nbreak", "tab\tstop", "\x01\x1b\x7f", "\u2028", " padded ", "padded", "{}", "[1]"),
    *("null", "NULL", "true", "0", "00", "1e3", "--", "; DROP TABLE actor", "zeta", "Zeta"),
)
DATES = (
    *("2024", "2024-01", "2024-01-01", "2023-12-31", "2024-02", "2024-02-29", "2024-03", "2024-12"),
    *("2024-12-31", "2025", "2023-02", "2023-02-28", "1900-02", "2000-02", "2024-04", "2024-04-30"),
    *("0001", "9999-12-31", "1999-11"),
    *("198X", "19XX", "2024-XX", "2024-XX-XX", "2024-02-XX", "2024~", "2024-01?", "2024-01-01%"),
)
AMOUNTS = (
    *("0", "1", "1.5", "12.5", "9", "10", "99", "-3", "-0.25", "40000000000", "0.000001"),
    *("0.00000000000000000001", "9007199254740992", "9007199254740993", "-9007199254740993"),
    *("-9007199254740992.5", "-0.000001", "123456789012345678901234"),
    "123456789012345678901233.999999",
)
LANGUAGES = ("en", "uk", "en-GB")
SCHEMES = ("ISO_3166_1_ALPHA_2", "ISO_3166_1_ALPHA_3", "COW", "GLEDITSCH_WARD")
# No two periods begin on one day with equally late ends, so each code has one last holder.
PERIODS = ((None, None), ("1990", "199X"), ("200X~", None), ("2010-XX", "2015"))
CODES = [
    ActorCode(*pair, *(text and Date(text) for text in period))
    for pair in product(SCHEMES, ("1", "10", "9", "UA", "RUS", "Q4"))
    for period in PERIODS
]
CONFLICT_CODES = [ConflictCode(*p) for p in product(("UCDP_CONFLICT", "COW_WAR"), ("1", "9", "Q4"))]
NAME_KINDS = ("ALIAS", "FORMER", "ACRONYM", "NATIVE", "TRANSLITERATION")
ACTOR_KINDS = ("STATE", "ORGANISATION", "PERSON", "NEWS_OUTLET")
PHASES = ("PREDICTED", "PLEDGED", "AGREED", "ALLOCATED", "DELIVERED")
# Ids of one to three digits, to detect ids that are compared as text.
HIGHEST_ROW = 130
# The maximum number of records of each type, after the types it refers to; at least half of it.
# Other types have up to six.
SIZES = {
    "actors": 10,
    "datasets": 4,
    "sources": 6,
    "statements": 14,
    "conflicts": 3,
    "supports": 18,
    "memberships": 8,
    "evidence": 18,
}
OTHER_SIZE = 6

# The generated values of a record, by field.
Known = dict[str, Any]


class Inventor:
    """Generates records."""

    def __init__(self, random: Random) -> None:
        """Starts with all rows free."""
        self.random = random
        self._free_rows = {name: self._rows() for name in COLLECTIONS}

    def _rows(self) -> list[int]:
        """Returns unique ids with gaps, in random order."""
        return self.random.sample(range(1, HIGHEST_ROW), HIGHEST_ROW - 1)

    def world(self, first: World, revision: Revision) -> World:
        """Returns the data set of the first revision. Types follow those that they refer to."""
        world = World(revision=revision, before=first)
        others = dict.fromkeys((name for name in COLLECTIONS if name not in SIZES), OTHER_SIZE)
        for name, most in {**SIZES, **others}.items():
            for _ in range(self.random.randint(most // 2, most)):
                record = self.one_more(name, world)
                if record:
                    getattr(world, name).append(record)
        world.link()
        return world

    def one_more(self, name: str, world: World, row: int | None = None) -> Record | None:
        """Returns a new record; None if a record that it must refer to does not exist.

        `row`: the id of the record that it replaces.
        """
        type_ = TYPES[COLLECTIONS.index(name)]
        held = types_of(type_)
        needed = (of.collection for of, unknown in held.values() if _is_needed(of, unknown))
        if not all(getattr(world, each) for each in needed):
            return None
        row = row or self._free_rows[name].pop()
        makers: dict[str, Callable[[World, int], Known | None]] = {
            "actors": self._actor,
            "memberships": self._membership,
            "datasets": self._dataset,
            "sources": self._source,
            "conflicts": self._conflict,
            "statements": self._statement,
            "supports": self._support,
            "evidence": self._evidence,
            "coverage": self._coverage,
            "successions": self._succession,
        }
        told = makers[name](world, row) if name in makers else {}
        if told is None:
            return None
        rest = {each: self._any(world, row, *held[each]) for each in held if each not in told}
        return type_(row=row, **told, **rest)

    def _any(self, world: World, row: int, of: Any, may_be_unknown: bool) -> Any:
        """Returns a value of a field without its own maker. Texts are unique."""
        options = {
            str: lambda: [f"{self.text()} {row}"],
            bool: lambda: [True, False],
            int: lambda: [0, 1, 2, 10],
            Date: lambda: [Date(text) for text in DATES],
            Decimal: lambda: [Decimal(text) for text in AMOUNTS],
            Quantity: lambda: [self.quantity()],
            Worth: lambda: [self.worth()],
        }
        some = options[of]() if of in options else getattr(world, of.collection)
        return self.maybe(some) if may_be_unknown else self.random.choice(some)

    def maybe(self, options: Sequence[T]) -> T | None:
        """Returns one of the options, or None."""
        return self.random.choice(options) if options and self.random.random() < 0.6 else None

    def text(self) -> str:
        """Returns a text, in half the cases one of the first few, so that texts repeat."""
        return self.random.choice(TEXTS[: self.random.choice((6, len(TEXTS)))])

    def maybe_text(self) -> str | None:
        """Returns a text or None."""
        return self.text() if self.random.random() < 0.6 else None

    def maybe_date(self) -> Date | None:
        """Returns a date of any precision, or None."""
        text = self.maybe(DATES)
        return Date(text) if text else None

    def maybe_amount(self) -> Decimal | None:
        """Returns an amount or None."""
        text = self.maybe(AMOUNTS)
        return Decimal(text) if text else None

    def free_codes(self, world: World) -> list[ActorCode]:
        """Returns the codes that no actor has, in random order."""
        free = _free(CODES, world.actors)
        return self.random.sample(free, len(free))

    def aliases(self, count: int) -> list[ActorAlias]:
        """Returns this many aliases, sometimes one name in two periods."""
        names = [
            ActorAlias(
                name,
                self.maybe(("en", "uk", "fa-Latn")),
                self.random.choice(NAME_KINDS),
                self.maybe_date(),
                self.maybe_date(),
            )
            for name in self.random.sample(TEXTS, count)
        ]
        return list(dict.fromkeys([*names, *(replace(each, ended_on=None) for each in names[2:])]))

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """Returns up to `most` of the options, each once."""
        return self.random.sample(options, self.random.randint(0, min(most, len(options))))

    def _actor(self, world: World, row: int) -> Known:
        """Returns an actor with up to three aliases and two codes."""
        return {
            "slug": f"{self.random.choice(('ally', 'zeta', 'b-2'))}-{row}",
            "name": self.text(),
            "kind": self.random.choice(ACTOR_KINDS),
            "description": self.maybe_text(),
            "aliases": self.aliases(self.random.randint(0, 3)),
            "codes": self.free_codes(world)[: self.random.randint(0, 2)],
        }

    def _membership(self, world: World, _: int) -> Known:
        """Returns a membership of any actor in any actor, also in itself."""
        return {
            "member": self.random.choice(world.actors),
            "organisation": self.random.choice(world.actors),
            "relation": self.random.choice(("MEMBER", "PART")),
            "role": self.maybe_text(),
            "started_on": self.maybe_date(),
            "ended_on": self.maybe_date(),
            "note": self.maybe_text(),
        }

    def _dataset(self, world: World, row: int) -> Known:
        """Returns a data set, sometimes a part of another."""
        return {
            "slug": f"data-{row}",
            "title": self.text(),
            "version": self.random.choice(("1", "2", "10")),
            "licence": self.text(),
            "citation": self.text(),
            "url": self.maybe_text(),
            "part_of": self.maybe(world.datasets),
            "actor_kinds": self.some(ACTOR_KINDS, 2),
            "support_kinds": self.some([term.code for term in SUPPORT_KINDS.terms], 3),
            "counts": [DatasetCount(name, 7) for name in self.some(TEXTS, 2)],
        }

    def _coverage(self, world: World, row: int) -> Known:
        """Returns coverage of an actor, sometimes with a counterpart."""
        roles = ("AS_RECIPIENT", "AS_SUPPORTER", "AS_EITHER")
        # A separate generator, so that the other records do not change.
        random = Random(f"coverage {row}")
        counterpart = random.choice((None, random.choice(world.actors)))
        return {"role": self.random.choice(roles), "counterpart": counterpart}

    def _succession(self, world: World, _: int) -> Known:
        """Returns a succession of any two actors."""
        return {"kind": self.random.choice(("CONTINUES", "SPLITS_FROM", "RENAMED"))}

    def _conflict(self, world: World, row: int) -> Known:
        """Returns a conflict."""
        return {
            "slug": f"war-{row}",
            "name": self.text(),
            "kind": self.random.choice(("INTERSTATE", "INTRASTATE")),
            "place": self.maybe_text(),
            "codes": self.some(_free(CONFLICT_CODES, world.conflicts), 2),
            "started_on": self.maybe_date(),
            "ended_on": self.maybe_date(),
            "note": self.maybe_text(),
        }

    def _source(self, world: World, row: int) -> Known:
        """Returns a source with a unique address."""
        return {
            "title": self.text(),
            "url": self.maybe((f"https://example.org/{row}?q=100%25_",)),
            "publisher": self.maybe(world.actors),
            "published_on": self.maybe_date(),
            "reliability": self.maybe("ABCDEF"),
            "note": self.maybe_text(),
        }

    def _statement(self, world: World, _: int) -> Known:
        """Returns a statement with any number of mentions."""
        most = min(self.random.choice((0, 0, 1, 3)), len(world.actors))
        return {
            "text": self.text(),
            "quoted": self.random.choice((True, False)),
            "language": self.random.choice(LANGUAGES),
            "speaker": self.random.choice(world.actors),
            "on_behalf_of": self.maybe(world.actors),
            "said_on": self.maybe_date(),
            "source": self.random.choice(world.sources),
            "credibility": self.maybe(range(1, 7)),
            "note": self.maybe_text(),
            "corrects": self.maybe(world.statements) if self.random.random() < 0.4 else None,
            "mentions": self.random.sample(world.actors, most),
        }

    def _support(self, world: World, _: int) -> Known:
        """Returns a support, sometimes in return for another."""
        return {
            "supporter": self.random.choice((None, *world.actors, *world.actors)),
            "recipient": self.random.choice((None, *world.actors, *world.actors)),
            "against": self.maybe(world.actors),
            "kind": self.random.choice(SUPPORT_KINDS.terms).code,
            "phase": self.random.choice(PHASES),
            "summary": self.maybe_text(),
            "place": self.maybe_text(),
            "started_on": self.maybe_date(),
            "ended_on": self.maybe_date(),
            "in_return_for": self.maybe(world.supports),
            "dataset": self.maybe(world.datasets),
            "source_category": self.maybe_text(),
            "note": self.maybe_text(),
            "agreed_on": self.maybe_date(),
            "start_censored": self.random.choice((True, False)),
            "end_censored": self.random.choice((True, False)),
            "mutual": self.random.choice((True, False)),
            "conflict": self.maybe(world.conflicts),
            "source_key": self.maybe_text(),
            "attribution": self.random.choice(("CERTAIN", "SOME_OF", "UNKNOWN")),
            "candidates_at_least": self.maybe((1, 2, 10)),
            "candidates": self.some(world.actors, 3),
            "quantity": self.quantity(),
            "worth": self.worth(),
        }

    def quantity(self, like: Quantity | None = None) -> Quantity:
        """Returns a quantity, in the unit of `like` if given; sometimes empty."""
        if self.random.random() < 0.25:
            return Quantity()
        return Quantity(
            value=self.maybe_amount(),
            low=self.maybe_amount(),
            high=self.maybe_amount(),
            unit=like.unit if like else self.maybe(("ROUNDS", "PERSONS", "PIECES")),
            estimated=self.maybe((True, False)),
        )

    def worth(self, like: Worth | None = None) -> Worth:
        """Returns a worth, in the unit and currency of `like` if given; sometimes empty."""
        if self.random.random() < 0.25:
            return Worth()
        return Worth(
            value=self.maybe_amount(),
            low=self.maybe_amount(),
            high=self.maybe_amount(),
            unit=like.unit if like else self.maybe(("CURRENCY", "CURRENCY", "TIV")),
            currency=like.currency if like else self.maybe(("EUR", "USD", "eur")),
            estimated=self.maybe((True, False)),
        )

    def _evidence(self, world: World, _: int) -> Known | None:
        """Returns evidence, mostly asserting and in the unit of the support.

        Some supports get much evidence, some none; a pair of support and statement gets at most
        one.
        """
        taken = {(each.support, each.statement) for each in world.evidence}
        pairs = [*product(world.supports[::3], world.statements[:6])]
        pairs += zip(world.supports, world.statements, strict=False)
        free = [pair for pair in dict.fromkeys(pairs) if pair not in taken]
        if not free:
            return None
        support, statement = self.random.choice(free)
        is_alike = self.random.random() < 0.7
        return {
            "support": support,
            "statement": statement,
            "stance": self.random.choice(("ASSERTS", "ASSERTS", "DENIES", "QUESTIONS")),
            "note": self.maybe_text(),
            "quantity": self.quantity(support.quantity if is_alike else None),
            "worth": self.worth(support.worth if is_alike else None),
        }

    def revision(self, number: int, before: Revision) -> Revision:
        """Returns a revision, sometimes in the same second as the one before."""
        time = f"2025-02-{number:02}T12:00:00Z"
        if number > 1 and self.random.random() < 0.2:
            time = before.time
        return Revision(number=number, time=time, author=self.text(), message=self.maybe_text())


def _free(codes: Sequence[T], records: Sequence[Any]) -> list[T]:
    """Returns the codes that no record has."""
    taken = {code for record in records for code in record.codes}
    return [code for code in codes if code not in taken]


def _is_needed(of: Any, may_be_unknown: bool) -> bool:
    """Whether a field must refer to a record."""
    return isinstance(of, type) and issubclass(of, Record) and not may_be_unknown
