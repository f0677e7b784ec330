"""Invents a data set from a number: small, and full of what goes wrong.

Few different values, so that every order has ties and every filter hits; null wherever null may
be; names in scripts, cases and signs that SQL, JSON and LIKE each treat in their own way.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import product
from random import Random
from typing import TypeVar

from schema.vocabulary import SUPPORT_KINDS

from .values import Date
from .world import (
    Actor,
    ActorCode,
    Dataset,
    Evidence,
    Membership,
    Quantity,
    Revision,
    Source,
    Statement,
    Support,
    World,
)

T = TypeVar("T")

TEXTS = (
    *("Ukraine", "ukraine", "UKRAINE", "Україна", "україна", "Ärzte", "ärzte", "ARZTE", "Straße"),
    *("O'Brien", 'the "Group"', "100 %", "100_%", "100X%", "a_b", "aXb", "C:\\new", "\\", "'", '"'),
    *("🚀 corps", "🚀", "\ue000 private", "\ufffd", "e\u0301", "é", "İstanbul", "ı", "\u212a"),
    *("line\nbreak", "tab\tstop", "\x01\x1b\x7f", "\u2028", " padded ", "padded", "{}", "[1]"),
    *("null", "NULL", "true", "0", "00", "1e3", "--", "; DROP TABLE actor", "zeta", "Zeta"),
)
DATES = (
    *("2024", "2024-01", "2024-01-01", "2023-12-31", "2024-02", "2024-02-29", "2024-03", "2024-12"),
    *("2024-12-31", "2025", "2023-02", "2023-02-28", "1900-02", "2000-02", "2024-04", "2024-04-30"),
    *("0001", "9999-12-31", "1999-11"),
)
AMOUNTS = ("0", "1", "1.5", "12.5", "9", "10", "99", "-3", "-0.25", "40000000000", "0.000001")
SCHEMES = ("ISO_3166_1_ALPHA_2", "ISO_3166_1_ALPHA_3", "COW", "GLEDITSCH_WARD")
ACTOR_KINDS = ("STATE", "ORGANISATION", "PERSON", "NEWS_OUTLET")
PHASES = ("PREDICTED", "PLEDGED", "AGREED", "ALLOCATED", "DELIVERED")
# Every number of digits, so that an id compared as text is found out.
HIGHEST_ROW = 130


@cache
def invented(seed: int) -> World:
    """The data set of this number. Number 0 is the empty one."""
    return _Inventor(Random(seed)).world() if seed else World(revisions=[_FIRST])


_FIRST = Revision(number=0, time="2026-01-01T00:00:00Z", author="nobody")


class _Inventor:
    """Writes one data set."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.codes = list(product(SCHEMES, ("1", "10", "9", "UA", "ua", "Ж")))
        random.shuffle(self.codes)

    def world(self) -> World:
        """Everything, each kind of record after those it names."""
        rows = self.rows
        actors = [self.actor(row) for row in rows(10)]
        datasets = [self.dataset(row) for row in rows(3)]
        sources = [self.source(row, actors) for row in rows(6)]
        statements = [self.statement(row, actors, sources) for row in rows(14)]
        supports: list[Support] = []
        for row in rows(18):
            supports.append(self.support(row, actors, datasets, supports))
        return World(
            actors=actors,
            memberships=[self.membership(row, actors) for row in rows(8)],
            datasets=datasets,
            sources=sources,
            statements=statements,
            supports=supports,
            evidence=self.evidence(supports, statements),
            revisions=[_FIRST, *(self.revision(number) for number in self.revision_numbers())],
        )

    def rows(self, most: int) -> list[int]:
        """Ids with gaps, in no order."""
        return self.random.sample(range(1, HIGHEST_ROW), self.random.randint(most // 2, most))

    def maybe(self, options: Sequence[T]) -> T | None:
        """One of these, or unknown."""
        return self.random.choice(options) if options and self.random.random() < 0.6 else None

    def text(self) -> str:
        """Half the time one of the first few, so that names meet."""
        return self.random.choice(TEXTS[: self.random.choice((6, len(TEXTS)))])

    def maybe_text(self) -> str | None:
        """Text, or unknown."""
        return self.text() if self.random.random() < 0.6 else None

    def maybe_date(self) -> Date | None:
        """A date of any precision, or unknown."""
        text = self.maybe(DATES)
        return Date(text) if text else None

    def maybe_amount(self) -> Decimal | None:
        """An amount, or unknown."""
        text = self.maybe(AMOUNTS)
        return Decimal(text) if text else None

    def actor(self, row: int) -> Actor:
        """Somebody, with up to three other names and up to two codes."""
        codes = [ActorCode(*self.codes.pop()) for _ in range(self.random.randint(0, 2))]
        return Actor(
            row=row,
            slug=f"{self.random.choice(('ally', 'zeta', 'b-2'))}-{row}",
            name=self.text(),
            kind=self.random.choice(ACTOR_KINDS),
            description=self.maybe_text(),
            aliases=self.random.sample(TEXTS, self.random.randint(0, 3)),
            codes=codes,
        )

    def membership(self, row: int, actors: Sequence[Actor]) -> Membership:
        """Anybody in anything, itself included."""
        return Membership(
            row=row,
            member=self.random.choice(actors),
            organisation=self.random.choice(actors),
            relation=self.random.choice(("MEMBER", "PART")),
            role=self.maybe_text(),
            started_on=self.maybe_date(),
            ended_on=self.maybe_date(),
            note=self.maybe_text(),
        )

    def dataset(self, row: int) -> Dataset:
        """A collection."""
        return Dataset(
            row=row,
            slug=f"data-{row}",
            title=self.text(),
            version=self.random.choice(("1", "2", "10")),
            licence=self.text(),
            citation=self.text(),
            url=self.maybe_text(),
        )

    def source(self, row: int, actors: Sequence[Actor]) -> Source:
        """A page, whose address is unlike all others."""
        return Source(
            row=row,
            title=self.text(),
            url=self.maybe((f"https://example.org/{row}?q=100%_",)),
            publisher=self.maybe(actors),
            published_on=self.maybe_date(),
            reliability=self.maybe("ABCDEF"),
            note=self.maybe_text(),
        )

    def statement(self, row: int, actors: Sequence[Actor], sources: Sequence[Source]) -> Statement:
        """Something said, of nobody or of several."""
        return Statement(
            row=row,
            text=self.text(),
            quoted=self.random.choice((True, False)),
            language=self.random.choice(("en", "uk", "en-GB")),
            speaker=self.random.choice(actors),
            on_behalf_of=self.maybe(actors),
            said_on=self.maybe_date(),
            source=self.random.choice(sources),
            credibility=self.maybe(range(1, 7)),
            note=self.maybe_text(),
            mentions=self.random.sample(actors, self.random.choice((0, 0, 1, 3))),
        )

    def support(
        self,
        row: int,
        actors: Sequence[Actor],
        datasets: Sequence[Dataset],
        earlier: Sequence[Support],
    ) -> Support:
        """Help, at times in return for help invented before it."""
        return Support(
            row=row,
            supporter=self.random.choice(actors),
            recipient=self.random.choice(actors),
            against=self.maybe(actors),
            kind=self.random.choice(SUPPORT_KINDS.terms).code,
            phase=self.random.choice(PHASES),
            summary=self.maybe_text(),
            place=self.maybe_text(),
            started_on=self.maybe_date(),
            ended_on=self.maybe_date(),
            in_return_for=self.maybe(earlier),
            dataset=self.maybe(datasets),
            source_category=self.maybe_text(),
            note=self.maybe_text(),
            quantity=self.quantity(),
        )

    def quantity(self, like: Quantity | None = None) -> Quantity:
        """A quantity, in the unit and currency of `like` if that is given; at times nothing."""
        if self.random.random() < 0.25:
            return Quantity()
        return Quantity(
            value=self.maybe_amount(),
            low=self.maybe_amount(),
            high=self.maybe_amount(),
            unit=like.unit if like else self.maybe(("CURRENCY", "PERSONS", "PIECES")),
            currency=like.currency if like else self.maybe(("EUR", "USD", "eur")),
            estimated=self.maybe((True, False)),
        )

    def evidence(
        self, supports: Sequence[Support], statements: Sequence[Statement]
    ) -> list[Evidence]:
        """Some supports get much evidence, some none; a pair of support and statement but one."""
        pairs = [*product(supports[::3], statements[:6]), *zip(supports, statements, strict=False)]
        pairs = self.random.sample(list(dict.fromkeys(pairs)), len(supports))
        rows = self.random.sample(range(1, HIGHEST_ROW), len(pairs))
        return [self.one_evidence(row, *pair) for row, pair in zip(rows, pairs, strict=True)]

    def one_evidence(self, row: int, support: Support, statement: Statement) -> Evidence:
        """More often for than against, and mostly in the support's own unit."""
        like = support.quantity if self.random.random() < 0.7 else None
        return Evidence(
            row=row,
            support=support,
            statement=statement,
            stance=self.random.choice(("ASSERTS", "ASSERTS", "DENIES", "QUESTIONS")),
            note=self.maybe_text(),
            quantity=self.quantity(like),
        )

    def revision_numbers(self) -> list[int]:
        """Up to twelve, so that 10 is told from 9."""
        numbers = list(range(1, self.random.randint(2, 13)))
        self.random.shuffle(numbers)
        return numbers

    def revision(self, number: int) -> Revision:
        """A write."""
        time = f"2026-02-{number:02}T12:00:00Z"
        return Revision(number=number, time=time, author=self.text(), message=self.maybe_text())
